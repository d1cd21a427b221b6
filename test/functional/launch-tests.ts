import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { newLaunchId } from '../../src/launch/mark.js';
import { planLaunch, type LaunchRequest } from '../../src/launch/plan.js';
import type { LaunchProgress, Leftover } from '../../src/launch/progress.js';
import { runSteps } from '../../src/launch/run.js';
import { servicesOf, type LaunchServices } from '../../src/launch/services.js';
import { undoLaunch } from '../../src/launch/undo.js';
import { unfinishedLaunches } from '../../src/launch/unfinished.js';
import { ComputeClient } from '../../src/openstack/compute.js';
import { NetworkClient } from '../../src/openstack/network.js';
import { NetworkMaker } from '../../src/openstack/network-making.js';
import { ServerGroupMaker } from '../../src/openstack/server-groups.js';
import { VolumeMaker } from '../../src/openstack/volume-making.js';
import type { Connection } from '../../src/session/connection.js';
import { Session } from '../../src/session/session.js';
import { actorIn, passwordOf, whole } from './actor.js';
import { flavorFor, must, smallestImage } from './choice.js';
import type { TestCloud } from './cloud.js';

type Wish = Partial<LaunchRequest>;

/** What can happen to a request. `lost`: the cloud does what was asked, and nobody hears of it. */
const MISFORTUNES = ['409', '413', '429', '500', '503', 'timeout', 'lost'] as const;
type Misfortune = (typeof MISFORTUNES)[number];

/** The writes that a launch of an instance with address and volume consists of. */
const WRITES = ['/ports', '/floatingips', '/volumes', '/servers'] as const;

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
  }: {
    readonly pace?: number;
    readonly concurrency?: number;
    readonly writes?: readonly (typeof WRITES)[number][];
  } = {},
): void {
  describe(`a launch on ${cloud.title}`, { concurrency }, () => {
    let session: Session;
    let connection: Connection;
    let usual: Omit<LaunchRequest, 'launchId' | 'name'>;
    let withVolumes = false;
    /** By launch: what the next matching write meets. */
    const fates = new Map<string, { readonly path: string; readonly misfortune: Misfortune }>();

    const fetch = async (request: Request): Promise<Response> => {
      const { method, url } = request;
      if (method !== 'POST' || fates.size === 0) return cloud.fetch(request);
      const body = await request.clone().text();
      const launchId = [...fates.keys()].find((id) => body.includes(id)) ?? '';
      const fate = fates.get(launchId);
      if (!fate || !new URL(url).pathname.endsWith(fate.path)) return cloud.fetch(request);
      fates.delete(launchId);
      const { misfortune } = fate;
      if (misfortune === 'timeout') throw new TypeError('Failed to fetch');
      if (misfortune === 'lost') {
        await (await cloud.fetch(request)).text();
        throw new TypeError('Failed to fetch');
      }
      return new Response(JSON.stringify({ error: { code: Number(misfortune), message: 'Not now.' } }), {
        status: Number(misfortune),
        headers: { 'Content-Type': 'application/json', 'Retry-After': '1' },
      });
    };

    const requestOf = (wish: Wish = {}): LaunchRequest => ({
      ...usual,
      launchId: newLaunchId(),
      name: `exo-launch-${randomUUID().slice(0, 8)}`,
      ...wish,
    });

    const services = (): LaunchServices => {
      const real = servicesOf(connection);
      const { clock } = real;
      const sleep: typeof clock.sleep = (ms, signal) => clock.sleep(ms / pace, signal);
      return { ...real, clock: { ...clock, sleep } };
    };

    /** Runs to the end, or until `stop` says that the page is closed. */
    async function launch(
      request: LaunchRequest,
      o: { again?: boolean; stop?: (progress: LaunchProgress) => boolean } = {},
    ): Promise<LaunchProgress> {
      let last: LaunchProgress | undefined;
      const closed = new AbortController();
      const plan = planLaunch(request, { buildSeconds: 5 });
      for await (const progress of runSteps(plan, services(), { again: o.again, signal: closed.signal })) {
        last = progress;
        if (o.stop?.(progress)) {
          closed.abort();
          break;
        }
      }
      return must(last, 'progress');
    }

    const undo = (made: readonly Leftover[]) => undoLaunch(made, services());

    /** Everything in the project that has something to do with a launch. */
    async function thingsOf({ name, launchId }: LaunchRequest): Promise<string[]> {
      const maker = connection.client(NetworkMaker);
      const servers = (await whole(connection.client(ComputeClient).servers())).rows;
      const isOwn = (text: string | undefined) => text?.includes(launchId) === true;
      const volumes = withVolumes ? await connection.client(VolumeMaker).volumes() : [];
      return [
        ...servers
          .filter((server) => server.name.startsWith(name) && server.taskState !== 'deleting')
          .map((server) => `server ${server.name}`),
        ...(await maker.ports({ name })).filter((port) => isOwn(port.description)).map(() => `port ${name}`),
        ...(await maker.addresses()).filter((each) => isOwn(each.description)).map(() => 'address'),
        ...volumes
          .filter(({ metadata, status }) => isOwn(metadata['exo:launch']) && status !== 'deleting')
          .map((volume) => `volume ${volume.name}`),
      ];
    }

    const everything = ({ name }: LaunchRequest): string[] => [
      `server ${name}`,
      `port ${name}`,
      'address',
      ...(withVolumes ? [`volume ${name}-data`] : []),
    ];

    before(async () => {
      session = new Session({ settings: { authUrl: cloud.authUrl, persist: 'none' }, fetch });
      await session.signIn(passwordOf(cloud.member));
      if (session.state.status === 'choosing') {
        const { projects } = session.state;
        await session.selectProject(
          must(
            projects.find(({ name }) => name === cloud.member.project),
            'the project',
          ).id,
        );
      }
      connection = must(session.current, 'connection');
      withVolumes = connection.has('block-storage');
      const actor = await actorIn(cloud, cloud.member);
      const image = await smallestImage(actor);
      const { rows } = await whole(actor.client(NetworkClient).networks());
      const external = must(
        rows.find((network) => network.external),
        'external network',
      );
      const { id = '' } = await actor.client(NetworkClient).autoAllocatedTopology();
      usual = {
        count: 1,
        imageId: image.id,
        flavorId: (await flavorFor(actor, image)).id,
        key: { kind: 'none' },
        network: { kind: 'network', id, name: '' },
        securityGroups: [],
        address: { kind: 'new', networkId: external.id },
        ...(withVolumes && { volumes: [{ size: 1 }] }),
      };
    });
    after(() => session.signOut());

    it('makes the port and the address before the instance, the volume with it, and takes all away again', async () => {
      const request = requestOf();
      const progress = await launch(request);
      assert.equal(progress.outcome, 'complete', JSON.stringify(progress.steps.map((each) => each.failure)));
      assert.deepEqual((await thingsOf(request)).sort(), everything(request).sort());
      const [instance] = progress.instances;
      assert.ok(
        instance?.addresses.some(({ type }) => type === 'floating'),
        'the instance has no floating IP',
      );
      assert.deepEqual(await undo(progress.made), []);
      assert.deepEqual(await thingsOf(request), []);
      assert.deepEqual(await undo(progress.made), [], 'undoing it once more is no failure');
    });

    it('is found by any browser when its page is closed between two steps, and goes on or is undone there', async () => {
      const steps = planLaunch(requestOf(), { buildSeconds: 5 }).steps.filter(
        ({ kind }) => kind !== 'active',
      );
      for (const [at, step] of steps.entries()) {
        const request = requestOf();
        await launch(request, {
          stop: ({ steps: states }) =>
            states.some(({ step: { id }, status }) => id === step.id && status === 'done'),
        });
        const left = await thingsOf(request);
        const found = (await unfinishedLaunches(connection)).find(
          ({ launchId }) => launchId === request.launchId,
        );
        if (step.kind === 'server') {
          assert.equal(found, undefined, 'all is asked for, so nothing is unfinished');
          const progress = await launch(request, { again: true });
          assert.equal(progress.outcome, 'complete');
          assert.deepEqual((await thingsOf(request)).sort(), everything(request).sort());
          await undo(progress.made);
        } else {
          assert.ok(found, `nothing tells of the launch after ${step.id}`);
          assert.ok(left.length > 0 && found.made.length >= left.length, `unnamed: ${left.join()}`);
          if (at % 2 === 0) {
            const again = must(found.request, 'way to go on');
            const progress = await launch(again, { again: true });
            assert.equal(progress.outcome, 'complete', step.id);
            assert.deepEqual((await thingsOf(request)).sort(), everything(request).sort());
            await undo(progress.made);
          } else {
            assert.deepEqual(await undo(found.made), []);
          }
        }
        assert.deepEqual(await thingsOf(request), [], `left after ${step.id}`);
      }
    });

    it('makes a network with a way out, a security group and a volume to start from, and takes them away again', async (t) => {
      const { address, imageId } = usual;
      if (!withVolumes || address?.kind !== 'new') {
        t.skip('no volumes here');
        return;
      }
      const name = `exo-own-${randomUUID().slice(0, 8)}`;
      const request = requestOf({
        name,
        imageId,
        network: { kind: 'new', name, cidr: '10.77.0.0/24', externalNetworkId: address.networkId },
        newGroup: { name, rules: [{ protocol: 'tcp', ethertype: 'IPv4', ports: [22, 22] }] },
        boot: { kind: 'new-volume', size: 5, deleteWithServer: true },
        volumes: [],
      });
      const progress = await launch(request);
      assert.equal(progress.outcome, 'complete', JSON.stringify(progress.steps.map((each) => each.failure)));
      assert.deepEqual([...new Set(progress.made.map(({ kind }) => kind))].sort(), [
        'floating-ip',
        'network',
        'port',
        'router',
        'security-group',
        'server',
        'volume',
      ]);
      const again = await launch(request, { again: true });
      assert.deepEqual(
        again.made.map((left) => ('id' in left ? left.id : left.name)).sort(),
        progress.made.map((left) => ('id' in left ? left.id : left.name)).sort(),
        'the second run found what the first has made',
      );
      assert.deepEqual(await undo(progress.made), []);
      assert.deepEqual(await thingsOf(request), []);
      const maker = connection.client(NetworkMaker);
      assert.deepEqual(await maker.named('networks', name), []);
      assert.deepEqual(await maker.named('routers', name), []);
      assert.deepEqual(await maker.groups(name), []);
    });

    it('gives an instance its group, zone, words and a name of 255 characters of another script', async () => {
      const name = `exo-${'漢'.repeat(251)}`;
      const group = `exo-group-${randomUUID().slice(0, 8)}`;
      const request = requestOf({
        name,
        newServerGroup: { name: group, policy: 'soft-anti-affinity' },
        availabilityZone: 'nova',
        configDrive: true,
        metadata: { purpose: 'Grüße 漢字', 'key with spaces': "$'$$" },
        tags: ['exo-tag'],
        description: 'Grüße',
        userData: `#!/bin/sh\n${'echo 1\r\n'.repeat(10_000)}`,
        volumes: [],
      });
      const progress = await launch(request);
      assert.equal(progress.outcome, 'complete', JSON.stringify(progress.steps.map((each) => each.failure)));
      const id = must(progress.instances[0]?.id, 'instance');
      const server = await connection.client(ComputeClient).server(id);
      assert.equal(server.name, name);
      assert.equal(server.metadata['purpose'], 'Grüße 漢字');
      assert.equal(server.metadata['key with spaces'], "$'$$");
      assert.deepEqual(server.tags, ['exo-tag']);
      assert.equal(server.description, 'Grüße');
      assert.equal(server.availabilityZone, 'nova');
      const groups = connection.client(ServerGroupMaker);
      const own = async () => (await groups.all()).filter(({ name: each }) => each.startsWith(group));
      const [made] = await own();
      assert.deepEqual([made?.policy, made?.members], ['soft-anti-affinity', [id]]);
      assert.deepEqual(await undo(progress.made), []);
      assert.deepEqual(await thingsOf(request), []);
      assert.deepEqual(await own(), []);
    });

    it('is made once by two who carry it on at the same time', async () => {
      const request = requestOf();
      await launch(request, {
        stop: ({ steps }) => steps.some(({ step: { kind }, status }) => kind === 'port' && status === 'done'),
      });
      const [one, two] = await Promise.all([
        launch(request, { again: true }),
        launch(request, { again: true }),
      ]);
      for (const { outcome, steps } of [one, two])
        assert.equal(outcome, 'complete', JSON.stringify(steps.map((each) => each.failure)));
      assert.equal(one.instances[0]?.id, two.instances[0]?.id);
      assert.deepEqual((await thingsOf(request)).sort(), everything(request).sort());
      assert.deepEqual(await undo(one.made), []);
      assert.deepEqual(await thingsOf(request), []);
    });

    it('says that the image is gone, and takes away what was made before it', async () => {
      const request = requestOf({ imageId: randomUUID() });
      const progress = await launch(request);
      assert.equal(progress.outcome, 'failed');
      const [failure] = progress.steps.flatMap((step) => step.failure ?? []);
      assert.ok(failure?.kind === 'error', 'it does not say why');
      assert.deepEqual([failure.error.kind, failure.error.attempt.action], ['invalid', 'create-instance']);
      assert.deepEqual(await undo(progress.made), []);
      assert.deepEqual(await thingsOf(request), []);
    });

    for (const path of writes)
      for (const misfortune of MISFORTUNES)
        it(`makes nothing twice and leaves nothing unnamed when ${path} meets ${misfortune}`, async (t) => {
          if (path === '/volumes' && !withVolumes) {
            t.skip('no volumes here');
            return;
          }
          const request = requestOf();
          fates.set(request.launchId, { path, misfortune });
          const first = await launch(request);
          assert.ok(!fates.has(request.launchId), 'the misfortune did not happen');
          let { made } = first;
          const things = await thingsOf(request);
          assert.equal(new Set(things).size, things.length, `twice: ${things.join()}`);
          if (first.outcome === 'failed') {
            assert.ok(
              first.steps.some(({ failure }) => failure?.kind === 'error'),
              'it does not say why',
            );
            for (const thing of things)
              assert.ok(made.length >= things.length, `${thing} is not among ${JSON.stringify(made)}`);
            const second = await launch(request, { again: true });
            assert.equal(second.outcome, 'complete');
            made = second.made;
          }
          assert.deepEqual((await thingsOf(request)).sort(), everything(request).sort());
          assert.deepEqual(await undo(made), []);
          assert.deepEqual(await thingsOf(request), []);
        });
  });
}
