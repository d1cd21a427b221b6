import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { addressKey, type Choices } from '../../../../src/elements/instances/choices.js';
import { request, type Place } from '../../../../src/elements/instances/requests.js';
import { writeDescription, writeMark, type LaunchMark } from '../../../../src/launch/mark.js';
import { serversOf } from '../../../../src/session/collections.js';
import type { Session } from '../../../../src/session/session.js';
import type { CloudOptions } from '../../../../src/simulator/index.js';
import { password, stage, stateOf, type Stage } from '../../session/stage.js';

interface Scene extends Stage {
  readonly place: Place;
  /** Methods and paths of what was changed in the cloud, in their order. */
  changes(): readonly string[];
}

describe('an instance that is deleted', () => {
  const ADDRESS = '198.18.0.11';
  const VOLUME = '4b8f0f8e-0001-4c1c-9f6e-0242ac120002';
  const sessions: Session[] = [];
  afterEach(async () => {
    for (const session of sessions.splice(0)) await session.signOut();
  });

  /** `web-1` of the demo, with an address and a volume; `launched` as if a launch had made all of it. */
  async function scene(
    o: { readonly launched?: boolean; readonly options?: CloudOptions } = {},
  ): Promise<Scene> {
    const made = stage({ seed: 'demo', ...o.options });
    const session = made.load();
    sessions.push(session);
    await session.signIn(password());
    const { state } = session;
    if (state.status === 'choosing') {
      const demo = state.projects.find(({ name }) => name === 'demo');
      await session.selectProject(demo?.id ?? '');
    }
    stateOf(session, 'signed-in');
    const connection = session.current;
    assert.ok(connection, 'signed in');
    const region = regionOf(made);
    const server = [...region.servers.values()].find(({ name }) => name === 'web-1');
    assert.ok(server, 'there is web-1');
    const now = made.cloud.state.now();
    region.volumes.set(VOLUME, {
      id: VOLUME,
      name: 'data-1',
      description: null,
      projectId: server.projectId,
      userId: server.userId,
      size: 20,
      status: 'in-use',
      type: 'standard',
      bootable: false,
      imageId: null,
      metadata: {},
      created: now,
      updated: now,
      attachment: { id: 'attachment', serverId: server.id, device: '/dev/vdb', attachedAt: now },
    });
    server.volumes = [{ id: VOLUME, deleteOnTermination: false }];
    if (o.launched) {
      const mark: LaunchMark = { launchId: 'launch-1', number: 1, count: 1, part: 'server', recipe: '' };
      server.metadata = { 'exo:launch': writeMark(mark) };
      for (const port of region.portsOf(server.id))
        Object.assign(port, { byNova: false, description: writeDescription({ ...mark, part: 'port' }) });
      for (const floating of region.floatingIps.values())
        if (floating.address === ADDRESS)
          floating.description = writeDescription({ ...mark, part: 'address' });
      for (const { id } of server.volumes) {
        const volume = region.volumes.get(id);
        if (volume) volume.metadata = { 'exo:launch': writeMark({ ...mark, part: 'volume-1' }) };
      }
    }
    const servers = serversOf(connection);
    await servers.read(server.id);
    const from = made.asked.length;
    return {
      ...made,
      place: { connection, servers, id: server.id },
      changes: () =>
        made.asked
          .slice(from)
          .filter(({ method }) => method !== 'GET')
          .map(({ method, url }) => `${method} ${new URL(url).pathname.replace(/[0-9a-f-]{32,36}/g, '…')}`),
    };
  }

  const regionOf = ({ cloud }: Stage) => {
    const [region] = cloud.state.regions;
    if (!region) throw new Error('the cloud has no region');
    return region;
  };
  const addresses = (made: Stage) => [...regionOf(made).floatingIps.values()].map(({ address }) => address);
  const give = ({ place }: Scene, gives: boolean): Choices => ({
    addresses: new Map([[addressKey(place.connection, ADDRESS), gives]]),
  });

  it('leaves its address and its volumes to the project unless something else was chosen', async () => {
    const made = await scene();
    await request('delete', made.place);
    made.cloud.advance(60_000);
    assert.deepEqual(made.changes(), ['DELETE /compute/v2.1/servers/…']);
    assert.ok(addresses(made).includes(ADDRESS), 'the address stays');
    assert.ok(regionOf(made).volumes.has(VOLUME), 'the volume stays');
  });

  it('takes along what was chosen: volumes are decided before it goes, addresses given back after', async () => {
    const made = await scene();
    await request('delete', made.place, { ...give(made, true), volumes: new Map([[VOLUME, true]]) });
    assert.deepEqual(
      made.changes().map((each) => each.replace(/\/(?:compute|network)\/v[\d.]+/, '')),
      ['PUT /servers/…/os-volume_attachments/…', 'DELETE /servers/…', 'DELETE /floatingips/…'],
    );
    made.cloud.advance(60_000);
    assert.ok(!addresses(made).includes(ADDRESS), 'the address is gone');
    assert.ok(!regionOf(made).volumes.has(VOLUME), 'the volume is gone');
  });

  it('keeps a volume that would have gone', async () => {
    const made = await scene();
    const [attached] = regionOf(made).servers.get(made.place.id)?.volumes ?? [];
    if (attached) attached.deleteOnTermination = true;
    await made.place.servers.read(made.place.id);
    assert.deepEqual(made.place.servers.get(made.place.id)?.volumesDeletedWith, [VOLUME]);
    await request('delete', made.place, { volumes: new Map([[VOLUME, false]]) });
    made.cloud.advance(60_000);
    assert.ok(regionOf(made).volumes.has(VOLUME), 'the volume stays');
  });

  it('is as it was when the cloud refuses, and so are its volumes', async () => {
    const made = await scene();
    made.cloud.fail({ method: 'DELETE', path: '/servers/' }, { status: 409 });
    await assert.rejects(
      request('delete', made.place, { ...give(made, true), volumes: new Map([[VOLUME, true]]) }),
    );
    const server = regionOf(made).servers.get(made.place.id);
    assert.deepEqual(
      server?.volumes.map(({ deleteOnTermination }) => deleteOnTermination),
      [false],
    );
    assert.ok(addresses(made).includes(ADDRESS), 'its address stays');
    assert.equal(made.place.servers.get(made.place.id)?.pending, undefined);
  });

  it('is not deleted while the wish for its addresses cannot be looked up', async () => {
    const made = await scene();
    made.cloud.fail({ method: 'GET', path: '/floatingips', times: Infinity }, { status: 403 });
    await assert.rejects(request('delete', made.place, give(made, true)));
    assert.deepEqual(made.changes(), []);
    await request('delete', made.place);
    assert.deepEqual(made.changes(), ['DELETE /compute/v2.1/servers/…']);
  });

  it('leaves nothing of its launch over', async () => {
    const made = await scene({ launched: true });
    const ports = regionOf(made).portsOf(made.place.id).length;
    assert.ok(ports > 0, 'it has ports');
    const all = regionOf(made).ports.size;
    await request('delete', made.place);
    made.cloud.advance(60_000);
    assert.ok(!addresses(made).includes(ADDRESS), 'the address that its launch took is given back');
    assert.equal(regionOf(made).ports.size, all - ports);
  });

  describe('and was put into a server group by its launch', () => {
    const NAME = 'web-group-exo-0199f0c0ffee';

    /** `others` are in the group as well. */
    async function grouped(o: { readonly name?: string; readonly others?: readonly string[] } = {}) {
      const made = await scene({ launched: true, options: { actionSeconds: 2 } });
      const region = regionOf(made);
      const server = region.servers.get(made.place.id);
      assert.ok(server, 'there is web-1');
      const group = {
        id: 'group-1',
        name: o.name ?? NAME,
        policy: 'anti-affinity',
        projectId: server.projectId,
        userId: server.userId,
      };
      region.serverGroups.set(group.id, group);
      Object.assign(server, { groupId: group.id });
      const others = (o.others ?? []).map((name) => {
        const other = [...region.servers.values()].find((each) => each.name === name);
        assert.ok(other, `there is ${name}`);
        Object.assign(other, { groupId: group.id });
        other.metadata = { ...server.metadata };
        return other.id;
      });
      for (const id of others) await made.place.servers.read(id);
      return { made, others, isThere: () => region.serverGroups.has(group.id) };
    }

    /** Second by second, until it is done. */
    async function letTimePass(made: Scene, work: Promise<unknown>): Promise<void> {
      let over = false;
      const done = work.finally(() => (over = true));
      while (!over) await made.environment.clock.advance(1_000);
      await done;
    }

    it('takes the group along when it is the last in it', async () => {
      const { made, isThere } = await grouped();
      await request('delete', made.place);
      assert.ok(!isThere(), 'the group is still there');
      assert.equal(made.changes().filter((each) => each.includes('server-groups')).length, 1);
    });

    it('leaves it to those that stay', async () => {
      const { made, isThere } = await grouped({ others: ['matlab-license'] });
      await letTimePass(made, request('delete', made.place));
      assert.ok(isThere(), 'the group is gone');
    });

    it('takes it along when all go at the same time', async () => {
      const { made, others, isThere } = await grouped({ others: ['matlab-license'] });
      const all = [made.place.id, ...others].map((id) => request('delete', { ...made.place, id }));
      await letTimePass(made, Promise.all(all));
      assert.ok(!isThere(), 'the group is still there');
    });

    it('leaves one that somebody has made', async () => {
      const { made, isThere } = await grouped({ name: 'web-group' });
      await request('delete', made.place);
      assert.ok(isThere(), 'the group is gone');
    });

    it('says so when it may not be removed', async () => {
      const { made } = await grouped();
      made.cloud.fail({ method: 'DELETE', path: '/os-server-groups', times: Infinity }, { status: 403 });
      await assert.rejects(request('delete', made.place), {
        kind: 'forbidden',
        attempt: { action: 'delete-server-group', name: NAME },
      });
    });
  });

  it('keeps the address of its launch where that was chosen, and forgets what it was for', async () => {
    const made = await scene({ launched: true });
    await request('delete', made.place, give(made, false));
    made.cloud.advance(60_000);
    const kept = [...regionOf(made).floatingIps.values()].find(({ address }) => address === ADDRESS);
    assert.equal(kept?.description, '');
    assert.deepEqual(regionOf(made).volumes.get(VOLUME)?.metadata, {});
  });

  it('gives the address of a shelved one back only where that was chosen', async () => {
    const made = await scene({ launched: true });
    await request('shelve', made.place);
    assert.ok(addresses(made).includes(ADDRESS), 'it stays');
    const other = await scene();
    await request('shelve', other.place, give(other, true));
    assert.deepEqual(
      other.changes().map((each) => each.replace(/\/(?:compute|network)\/v[\d.]+/, '')),
      ['POST /servers/…/action', 'DELETE /floatingips/…'],
    );
  });
});
