import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LaunchRequest } from '../../src/launch/plan.js';
import { unfinishedLaunches } from '../../src/launch/unfinished.js';
import { NetworkMaker } from '../../src/openstack/network-making.js';
import { VolumeMaker } from '../../src/openstack/volume-making.js';
import { USUAL_SERVICES, type CloudOptions } from '../../src/simulator/options.js';
import { networkIn, snapshotIn } from './launch-things.js';
import {
  added,
  externalNetwork,
  failuresOf,
  idsOf,
  isExplained,
  LaunchWorld,
  requestFor,
  sortedNames,
  type Browser,
  type Fate,
} from './launch-world.js';
import { MISFORTUNES } from './misfortunes.js';

interface Scenario {
  readonly what: string;
  readonly cloud?: CloudOptions;
  wish(world: LaunchWorld, browser: Browser): Partial<LaunchRequest> | Promise<Partial<LaunchRequest>>;
}

const newAddress = (world: LaunchWorld) => ({ kind: 'new', networkId: externalNetwork(world) }) as const;
const PUBLIC_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1Zf2d8zNhkGZKfXjEeyW1p2QKx1y1xV3qS0nXn5q3b ada';
const GROUP = {
  name: 'ssh-and-ping',
  rules: [
    { protocol: 'tcp', ethertype: 'IPv4', ports: [22, 22] },
    { protocol: 'icmp', ethertype: 'IPv4' },
  ],
} as const;

const SCENARIOS: readonly Scenario[] = [
  {
    what: 'an address, a volume, a new key and a new security group',
    wish: (world) => ({
      address: newAddress(world),
      volumes: [{ size: 1 }],
      key: { kind: 'import', name: 'ada', publicKey: PUBLIC_KEY },
      newGroup: GROUP,
    }),
  },
  {
    what: 'a network of its own with a way out, and an address in it',
    wish: (world) => ({
      network: { kind: 'new', name: 'lab', cidr: '10.77.0.0/24', externalNetworkId: externalNetwork(world) },
      address: newAddress(world),
      fixedIp: '10.77.0.20',
    }),
  },
  {
    what: 'a network of its own without an address',
    wish: (world) => ({
      network: { kind: 'new', name: 'lab', cidr: '10.77.0.0/24', externalNetworkId: externalNetwork(world) },
    }),
  },
  {
    what: 'a network of the project that is connected to the outside, an address in it, and a volume',
    wish: (world) => ({
      network: {
        kind: 'network',
        id: networkIn(world, 'closed', '10.79.0.0/24'),
        name: 'closed',
        externalNetworkId: externalNetwork(world),
      },
      address: newAddress(world),
      volumes: [{ size: 1 }],
    }),
  },
  {
    what: 'a new volume to start from and two for data',
    wish: () => ({
      boot: { kind: 'new-volume', size: 10, deleteWithServer: true },
      volumes: [{ size: 1 }, { size: 2 }],
    }),
  },
  {
    what: 'a volume and a floating IP that are there',
    async wish(world, { connection }) {
      const { imageId } = requestFor(world);
      const volume = await world.clock.drive(
        connection.client(VolumeMaker).createVolume({ name: 'kept', size: 10, imageId, metadata: {} }),
      );
      await world.clock.drive(world.clock.sleep(10_000));
      const address = await world.clock.drive(
        connection.client(NetworkMaker).createAddress({ networkId: externalNetwork(world), description: '' }),
      );
      return {
        imageId: '',
        boot: { kind: 'volume', volumeId: volume.id, deleteWithServer: false },
        address: { kind: 'existing', id: address.id, address: address.address },
      };
    },
  },
  {
    what: 'three instances with addresses',
    wish: (world) => ({ count: 3, address: newAddress(world) }),
  },
  {
    what: 'two instances with volumes and no ports of their own',
    wish: () => ({ count: 2, volumes: [{ size: 1 }] }),
  },
  {
    what: 'names in DNS for two instances',
    cloud: { services: [...USUAL_SERVICES, 'dns'] },
    wish: (world) => ({ count: 2, address: newAddress(world), zone: 'demo.sim.example.' }),
  },
  {
    what: 'a new group for two instances that are to stand together',
    wish: () => ({ count: 2, newServerGroup: { name: 'pair', policy: 'soft-affinity' } }),
  },
  {
    what: 'a snapshot to start from, and several networks with addresses that were chosen',
    wish: (world) => ({
      imageId: '',
      boot: { kind: 'new-volume', size: 15, snapshotId: snapshotIn(world), deleteWithServer: true },
      network: { kind: 'network', id: networkIn(world, 'front', '10.80.0.0/24'), name: 'front' },
      fixedIp: '10.80.0.50',
      moreNetworks: [{ networkId: networkIn(world, 'back', '10.81.0.0/24'), fixedIp: '10.81.0.60' }],
    }),
  },
  { what: 'nothing but an instance', wish: () => ({}) },
];

interface Stage {
  readonly world: LaunchWorld;
  readonly browser: Browser;
  readonly request: LaunchRequest;
  readonly before: ReadonlyMap<string, string>;
}

async function stage(scenario: Scenario): Promise<Stage> {
  const world = new LaunchWorld({
    ...scenario.cloud,
    users: [
      { name: 'demo', password: 'demo-password', roles: { demo: ['member', 'reader'] } },
      { name: 'ada', password: 'ada-password', roles: { demo: ['member', 'reader'] } },
    ],
  });
  const browser = await world.browser();
  // What the wizard has made sure of: the project has a network.
  const request = requestFor(world, await scenario.wish(world, browser));
  return { world, browser, request, before: world.things() };
}

/** What a launch that meets no misfortune makes, and by which requests. */
async function fairWeather(scenario: Scenario): Promise<{ things: string[]; requests: readonly string[] }> {
  const { world, browser, request, before } = await stage(scenario);
  world.set(undefined);
  const progress = await world.launch(browser, request);
  assert.equal(progress.outcome, 'complete', failuresOf(progress));
  const requests = [...world.requests];
  const things = sortedNames(added(before, world.things()));
  await browser.close();
  return { things, requests };
}

/** Runs cells one after another and tells of all that go wrong. */
async function cells(
  fates: readonly Fate[],
  requests: readonly string[],
  cell: (fate: Fate, index: number) => Promise<void>,
): Promise<void> {
  const wrong: string[] = [];
  for (const [index, fate] of fates.entries()) {
    try {
      await cell(fate, index);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      wrong.push(`${fate.what} at ${fate.at} ${requests[fate.at] ?? ''}: ${message}`);
    }
  }
  assert.deepEqual(wrong, []);
}

for (const scenario of SCENARIOS)
  describe(`a launch with ${scenario.what}`, () => {
    it('ends complete, undone or explained whatever request meets whatever misfortune', async () => {
      const fair = await fairWeather(scenario);
      const fates = fair.requests.flatMap((_, at) => MISFORTUNES.map((what) => ({ at, what })));
      await cells(fates, fair.requests, async (fate, index) => {
        const { world, browser, request, before } = await stage(scenario);
        world.set(fate);
        let progress = await world.launch(browser, request);
        assert.ok(!world.spared, 'the misfortune did not happen');
        if (progress.outcome === 'failed') {
          isExplained(progress);
          const unclear = progress.steps.some(({ failure }) => failure?.kind === 'error' && failure.unclear);
          const left = added(before, world.things());
          const named = idsOf(progress.made);
          // A subnet goes with its network, a port of Nova's own with its server.
          const unnamed = [...left].filter(([id, name]) => !named.has(id) && !/^(?:subnet|port$)/.test(name));
          assert.ok(unclear || unnamed.length === 0, `unnamed: ${unnamed.join()}; ${failuresOf(progress)}`);
          if (index % 2 === 0) {
            progress = await world.launch(browser, request, { again: true });
            assert.equal(progress.outcome, 'complete', failuresOf(progress));
          }
        }
        if (progress.outcome === 'complete')
          assert.deepEqual(sortedNames(added(before, world.things())), fair.things, 'not what it was to be');
        const undone = await world.undo(browser, progress.made);
        assert.deepEqual(undone, []);
        assert.deepEqual(sortedNames(added(before, world.things())), [], 'left after undoing');
        assert.deepEqual(sortedNames(added(world.things(), before)), [], 'gone that was there before');
        await browser.close();
      });
    });

    it('is undone whatever request of the undoing meets whatever misfortune', async () => {
      const fair = await stage(scenario);
      const launched = await fair.world.launch(fair.browser, fair.request);
      fair.world.set(undefined);
      await fair.world.undo(fair.browser, launched.made);
      const requests = [...fair.world.requests];
      await fair.browser.close();
      const fates = requests.flatMap((_, at) => MISFORTUNES.map((what) => ({ at, what })));
      await cells(fates, requests, async (fate) => {
        const { world, browser, request, before } = await stage(scenario);
        const { made } = await world.launch(browser, request);
        world.set(fate);
        const left = await world.undo(browser, made);
        // What could not be removed is told, and goes when it is asked for again.
        assert.deepEqual(
          await world.undo(
            browser,
            left.map((each) => each.left),
          ),
          [],
        );
        assert.deepEqual(sortedNames(added(before, world.things())), []);
        await browser.close();
      });
    });

    it('is found by a colleague when its page is closed between any two requests, and goes on or is undone', async () => {
      const fair = await fairWeather(scenario);
      const fates = fair.requests.flatMap((_, at) =>
        (['closed before', 'closed after'] as const).map((what) => ({ at, what })),
      );
      await cells(fates, fair.requests, async (fate, index) => {
        const { world, browser, request, before } = await stage(scenario);
        world.set(fate);
        await world.launch(browser, request);
        assert.ok(!world.spared, 'the page was not closed');
        await browser.close();
        // Key pairs belong to who made them: only another browser of the same person sees those.
        const own = index % 2 === 0;
        const other = await world.browser(own ? 'demo' : 'ada');
        const find = async () =>
          (await world.clock.drive(unfinishedLaunches(other.connection))).find(({ launchId }) =>
            request.launchId.replaceAll('-', '').startsWith(launchId.replaceAll('-', '')),
          );
        const found = await find();
        const left = added(before, world.things());
        // A subnet goes with its network, a port of Nova's own with its server.
        const things = [...left].filter(
          ([, name]) => !/^(?:subnet|port$)/.test(name) && (own || !name.startsWith('keypair')),
        );
        const asked = things.filter(([, name]) => name.startsWith('server ')).length === request.count;
        if (found) {
          const named = idsOf(found.made);
          const unnamed = things.filter(([id]) => !named.has(id));
          assert.deepEqual(unnamed, [], 'unnamed');
        } else {
          assert.ok(
            asked || things.length === 0,
            `nothing tells of ${things.map(([, name]) => name).join()}`,
          );
        }
        if (found && index % 3 === 0) {
          assert.deepEqual(await world.undo(other, found.made), []);
          const still = [...added(before, world.things()).values()];
          assert.deepEqual(
            still.filter((name) => own || !name.startsWith('keypair')),
            [],
            'left after undoing',
          );
          assert.equal(await find(), undefined, 'it is told of still');
        } else {
          const again = await world.browser();
          const progress = await world.launch(again, found?.request ?? request, { again: true });
          assert.equal(progress.outcome, 'complete', failuresOf(progress));
          const now = [...added(before, world.things()).values()];
          assert.deepEqual(
            now.filter((name) => !name.startsWith('keypair')).sort(),
            fair.things.filter((name) => !name.startsWith('keypair')),
          );
          await again.close();
        }
        await other.close();
      });
    });
  });
