import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { request as requestAction } from '../../src/elements/instances/requests.js';
import { planLaunch, type LaunchRequest } from '../../src/launch/plan.js';
import type { LaunchProgress, Leftover } from '../../src/launch/progress.js';
import { NetworkMaker } from '../../src/openstack/network-making.js';
import { WayOutClient } from '../../src/openstack/way-out.js';
import { serversOf } from '../../src/session/collections.js';
import { eventually } from './actor.js';
import { must } from './choice.js';
import type { TestCloud } from './cloud.js';
import { failuresOf, LaunchStage, type Fetch, type Wish } from './launch-stage.js';
import { MISFORTUNES, refused, type Misfortune } from './misfortunes.js';

/** The writes of a launch that makes everything for an instance, by the last part of their paths. */
export const WRITES = [
  'ports',
  'floatingips',
  'volumes',
  'servers',
  'os-keypairs',
  'os-server-groups',
] as const;
export type Write = (typeof WRITES)[number];

interface Fate {
  readonly write: Write;
  /** `closed`: the page goes while the request is on its way. */
  readonly what: Misfortune | 'closed';
  readonly close?: () => void;
}

const PUBLIC_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1Zf2d8zNhkGZKfXjEeyW1p2QKx1y1xV3qS0nXn5q3b ada';

/**
 * A launch with everything around the instance, against every misfortune, and found again by its marks.
 *
 * @param o.pace how many times faster than real ones the pauses of a launch are
 * @param o.concurrency how many launches at once the project has room for
 * @param o.writes which of its writes meet misfortunes
 */
export function launchTests(
  cloud: TestCloud,
  {
    pace = 1,
    concurrency = 1,
    writes = WRITES,
  }: { readonly pace?: number; readonly concurrency?: number; readonly writes?: readonly Write[] } = {},
): void {
  describe(`a launch on ${cloud.title}`, { concurrency }, () => {
    let stage: LaunchStage;
    /** By launch: what the next matching write meets. */
    const fates = new Map<string, Fate>();

    /** A second run of the same launch makes nothing. */
    const findsAgain = async (request: LaunchRequest, { made }: LaunchProgress): Promise<void> => {
      const again = await stage.launch(request, { again: true });
      const names = (things: readonly Leftover[]) =>
        things.map((left) => ('id' in left ? left.id : left.name)).sort();
      assert.deepEqual(names(again.made), names(made), 'the second run found what the first has made');
    };

    const between = async (request: Request, pass: Fetch): Promise<Response> => {
      if (request.method !== 'POST' || fates.size === 0) return pass(request);
      const body = await request.clone().text();
      // A server group has room for the beginning of the id.
      const launchId =
        [...fates.keys()].find((id) => body.includes(id) || body.includes(shortened(id))) ?? '';
      const fate = fates.get(launchId);
      if (!fate || !new URL(request.url).pathname.endsWith(`/${fate.write}`)) return pass(request);
      fates.delete(launchId);
      if (fate.what === 'timeout') throw new TypeError('Failed to fetch');
      if (fate.what !== 'lost' && fate.what !== 'closed') return refused(Number(fate.what));
      await (await pass(request)).text();
      fate.close?.();
      throw new TypeError('Failed to fetch');
    };

    /** What a launch consists of that has to do with a write, and no more: a real cloud takes its time for each. */
    const wishFor = (write: Write): Wish => {
      if (write === 'floatingips' || write === 'ports') return { volumes: [] };
      if (write === 'volumes') return { address: { kind: 'none' } };
      if (write === 'servers') return {};
      return {
        address: { kind: 'none' },
        volumes: [],
        key: { kind: 'import', name: `exo-key-${randomUUID().slice(0, 8)}`, publicKey: PUBLIC_KEY },
        newServerGroup: { name: 'exo-group', policy: 'soft-anti-affinity' },
      };
    };

    before(async () => {
      stage = await LaunchStage.open(cloud, { pace, between });
    });
    after(() => stage.close());

    /** Everything is there once, and goes when it is undone. */
    async function isWhole(request: LaunchRequest, made: Awaited<ReturnType<LaunchStage['launch']>>['made']) {
      assert.deepEqual(await stage.thingsOf(request), stage.everything(request));
      assert.deepEqual(await stage.undo(made), []);
      assert.deepEqual(await stage.thingsOf(request), []);
    }

    it('makes the port and the address before the instance, the volume with it, and takes all away again', async () => {
      const request = stage.request();
      const progress = await stage.launch(request);
      assert.equal(progress.outcome, 'complete', failuresOf(progress));
      const [instance] = progress.instances;
      assert.ok(
        instance?.addresses.some(({ type }) => type === 'floating'),
        'the instance has no floating IP',
      );
      await isWhole(request, progress.made);
      assert.deepEqual(await stage.undo(progress.made), [], 'undoing it once more is no failure');
    });

    const kinds = ['port', 'address', 'volume', 'server'] as const;
    for (const [at, kind] of kinds.entries())
      it(`is found by any browser when its page is closed after the step "${kind}", and goes on or is undone there`, async (t) => {
        const request = stage.request();
        const steps = planLaunch(request, { buildSeconds: 5 }).steps;
        if (!steps.some((step) => step.kind === kind)) {
          t.skip('no volumes here');
          return;
        }
        await stage.launch(request, {
          stop: ({ steps: states }) =>
            states.some(({ step, status }) => step.kind === kind && status === 'done'),
        });
        const left = await stage.thingsOf(request);
        const found = await stage.unfinished(request);
        if (kind === 'server') {
          assert.equal(found, undefined, 'all is asked for, so nothing is unfinished');
          const progress = await stage.launch(request, { again: true });
          assert.equal(progress.outcome, 'complete', failuresOf(progress));
          await isWhole(request, progress.made);
          return;
        }
        assert.ok(found, 'nothing tells of the launch');
        assert.ok(left.length > 0 && found.made.length >= left.length, `unnamed: ${left.join()}`);
        if (at % 2 === 0) {
          const progress = await stage.launch(must(found.request, 'way to go on'), { again: true });
          assert.equal(progress.outcome, 'complete', failuresOf(progress));
          await isWhole(request, progress.made);
          return;
        }
        assert.deepEqual(await stage.undo(found.made), []);
        assert.deepEqual(await stage.thingsOf(request), []);
      });

    for (const write of writes)
      it(`is found by any browser when its page is closed while POST ${write} is on its way`, async (t) => {
        if (write === 'volumes' && !stage.withVolumes) {
          t.skip('no volumes here');
          return;
        }
        const request = stage.request(wishFor(write));
        const closing = new AbortController();
        fates.set(request.launchId, { write, what: 'closed', close: () => closing.abort() });
        await stage.launch(request, { signal: closing.signal });
        assert.ok(closing.signal.aborted, 'the page was not closed');
        const found = await stage.unfinished(request);
        const left = await stage.thingsOf(request);
        if (write === 'servers') assert.equal(found, undefined, 'all is asked for, so nothing is unfinished');
        else assert.ok(found && found.made.length >= left.length, `unnamed: ${left.join()}`);
        const progress = await stage.launch(found?.request ?? request, { again: true });
        assert.equal(progress.outcome, 'complete', failuresOf(progress));
        await isWhole(request, progress.made);
      });

    it('makes a network with a way out, a security group and a volume to start from, and takes them away again', async (t) => {
      if (!stage.withVolumes) {
        t.skip('no volumes here');
        return;
      }
      const name = `exo-own-${randomUUID().slice(0, 8)}`;
      const request = stage.request({
        name,
        network: {
          kind: 'new',
          name,
          cidr: '10.77.0.0/24',
          externalNetworkId: stage.externalNetworkId,
        },
        newGroup: { name, rules: [{ protocol: 'tcp', ethertype: 'IPv4', ports: [22, 22] }] },
        boot: { kind: 'new-volume', size: 5, deleteWithServer: true },
        volumes: [],
      });
      const progress = await stage.launch(request);
      assert.equal(progress.outcome, 'complete', failuresOf(progress));
      assert.deepEqual([...new Set(progress.made.map(({ kind }) => kind))].sort(), [
        'floating-ip',
        'network',
        'port',
        'router',
        'security-group',
        'server',
        'volume',
      ]);
      await findsAgain(request, progress);
      assert.deepEqual(await stage.undo(progress.made), []);
      assert.deepEqual(await stage.thingsOf(request), []);
      assert.deepEqual(await stage.connection.client(NetworkMaker).groups(name), []);
    });

    it('connects a network of the project to the outside, and leaves it as it was when it is undone', async () => {
      const name = `exo-closed-${randomUUID().slice(0, 8)}`;
      const maker = stage.connection.client(NetworkMaker);
      const ways = stage.connection.client(WayOutClient);
      const { id } = await maker.createNetwork(name, '');
      try {
        await maker.createSubnet({ name, description: '', networkId: id, cidr: '10.78.0.0/24' });
        const { externalNetworkId } = stage;
        const network = { kind: 'network', id, name, externalNetworkId } as const;
        const request = stage.request({ network, volumes: [] });
        const progress = await stage.launch(request);
        assert.equal(progress.outcome, 'complete', failuresOf(progress));
        assert.deepEqual(progress.made.map(({ kind }) => kind).sort(), [
          'floating-ip',
          'port',
          'router',
          'server',
        ]);
        assert.deepEqual(await ways.exits(id), [externalNetworkId]);
        await findsAgain(request, progress);
        assert.deepEqual(await stage.undo(progress.made), []);
        assert.deepEqual(await stage.thingsOf(request), []);
        assert.deepEqual(await ways.exits(id), []);
        assert.equal((await maker.named('networks', name)).length, 1, 'the network is gone');
      } finally {
        await maker.remove('networks', id, name);
      }
    });

    it('leaves no server group behind when its instances are deleted one by one', async () => {
      const newServerGroup = { name: 'exo-pair', policy: 'soft-anti-affinity' } as const;
      const request = stage.plain({ count: 2, newServerGroup });
      const progress = await stage.launch(request);
      assert.equal(progress.outcome, 'complete', failuresOf(progress));
      const { connection } = stage;
      const servers = serversOf(connection);
      await Promise.all(
        progress.instances.map(({ id = '' }) => requestAction('delete', { connection, servers, id })),
      );
      // A cloud takes its time to delete what it has accepted to delete.
      await eventually(
        () => stage.thingsOf(request),
        (things) => things.length === 0,
        cloud.patience,
      );
    });

    it('is made once by two who carry it on at the same time', async () => {
      const request = stage.request();
      await stage.launch(request, {
        stop: ({ steps }) => steps.some(({ step: { kind }, status }) => kind === 'port' && status === 'done'),
      });
      const ends = await Promise.all([
        stage.launch(request, { again: true }),
        stage.launch(request, { again: true }),
      ]);
      for (const end of ends) assert.equal(end.outcome, 'complete', failuresOf(end));
      const [one, two] = ends;
      assert.equal(one.instances[0]?.id, two.instances[0]?.id);
      await isWhole(request, one.made);
    });

    for (const write of writes)
      for (const what of MISFORTUNES)
        it(`makes nothing twice and leaves nothing unnamed when POST ${write} meets ${what}`, async (t) => {
          if (write === 'volumes' && !stage.withVolumes) {
            t.skip('no volumes here');
            return;
          }
          const request = stage.request(wishFor(write));
          fates.set(request.launchId, { write, what });
          let progress = await stage.launch(request);
          assert.ok(!fates.has(request.launchId), 'the misfortune did not happen');
          if (progress.outcome === 'failed') {
            assert.ok(
              progress.steps.some(({ failure }) => failure?.kind === 'error'),
              'it does not say why',
            );
            const things = await stage.thingsOf(request);
            assert.equal(new Set(things).size, things.length, `twice: ${things.join()}`);
            assert.ok(
              progress.made.length >= things.length,
              `${things.join()} are not among ${JSON.stringify(progress.made)}`,
            );
            progress = await stage.launch(request, { again: true });
            assert.equal(progress.outcome, 'complete', failuresOf(progress));
          }
          await isWhole(request, progress.made);
        });
  });
}

function shortened(launchId: string): string {
  return launchId.replaceAll('-', '').slice(0, 12);
}
