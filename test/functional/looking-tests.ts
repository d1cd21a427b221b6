import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { ComputeClient, type Server, type ServerStatus } from '../../src/openstack/compute.js';
import { readEvents, readHistory, readRawServer } from '../../src/openstack/instance-history.js';
import { isRecord } from '../../src/openstack/schema.js';
import { actorIn, eventually, refusal, type Actor } from './actor.js';
import { flavorFor, must, smallestImage } from './choice.js';
import type { TestCloud } from './cloud.js';

/** What a person looks at to understand an instance: what was done to it, what it says, what it is. */
export function lookingTests(cloud: TestCloud): void {
  describe('looking at a server', () => {
    const name = `exo-looking-${randomUUID().slice(0, 8)}`;
    let actor: Actor;
    let compute: ComputeClient;
    let id = '';

    const reaches = (wanted: ServerStatus): Promise<Server> =>
      eventually(
        () => compute.server(id),
        ({ status, taskState }) => status === wanted && taskState === undefined,
        cloud.patience,
      );

    before(async () => {
      actor = await actorIn(cloud, cloud.member);
      compute = actor.client(ComputeClient);
      const image = await smallestImage(actor);
      const flavorId = (await flavorFor(actor, image)).id;
      ({ id } = await compute.createServer({ name, imageId: image.id, flavorId, networks: 'none' }));
      await reaches('ACTIVE');
      await compute.stopServer(id);
      await reaches('SHUTOFF');
    });
    after(async () => {
      await compute.deleteServer(id).catch(() => undefined);
    });

    it('tells who did what, the newest first', async () => {
      const { entries, next } = await readHistory(compute, id, { name });
      assert.deepEqual(
        entries.map(({ action }) => action),
        ['stop', 'create'],
      );
      assert.equal(next, undefined);
      for (const entry of entries) {
        assert.equal(entry.userId, actor.issued.user.id);
        assert.match(entry.id, /^req-/);
        assert.ok(Math.abs(Date.parse(entry.start) - Date.now()) < 3_600_000, entry.start);
        assert.equal(entry.message, undefined);
      }
    });

    it('tells the parts of an action with their results', async () => {
      const { entries } = await readHistory(compute, id);
      const stop = must(entries[0], 'entry');
      const events = await eventually(
        () => readEvents(compute, id, stop.id),
        (found) => found.length > 0 && found.every(({ finish }) => finish !== undefined),
        cloud.patience,
      );
      const event = must(events[0], 'event');
      assert.equal(event.event, 'compute_stop_instance');
      assert.equal(event.result, 'Success');
      assert.ok(Date.parse(event.finish ?? '') >= Date.parse(event.start), `${event.start} ${event.finish}`);
    });

    it('says not-found to an action that never was', async () => {
      await refusal(readEvents(compute, id, `req-${randomUUID()}`), 'not-found');
    });

    it('shows the console log of a server that is stopped', async () => {
      const log = await compute.consoleOutput(id);
      assert.match(log, /cloud-init/i);
    });

    it('gives the server as the service has it', async () => {
      const raw = await readRawServer(compute, id);
      assert.ok(isRecord(raw), 'no object');
      assert.equal(raw['id'], id);
      assert.ok('OS-EXT-STS:vm_state' in raw, 'nothing but what the kit knows');
    });
  });
}
