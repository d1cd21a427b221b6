import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mayBeUnfinished } from '../../src/launch/glance.js';
import { NetworkMaker } from '../../src/openstack/network-making.js';
import type { LaunchRequest } from '../../src/launch/plan.js';
import { servicesOf } from '../../src/launch/services.js';
import { undoLaunch } from '../../src/launch/undo.js';
import { unfinishedLaunches, type UnfinishedLaunch } from '../../src/launch/unfinished.js';
import { keypairsOf, networksOf, securityGroupsOf } from '../../src/session/collections.js';
import type { Connection } from '../../src/session/connection.js';
import type { Leftover } from '../../src/launch/progress.js';
import { autoAllocate } from '../../src/simulator/network-state.js';
import { must } from './choice.js';
import { networkIn } from './launch-things.js';
import {
  added,
  externalNetwork,
  failuresOf,
  LaunchWorld,
  requestFor,
  sortedNames,
  type Browser,
  projectIn,
} from './launch-world.js';

const PUBLIC_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1Zf2d8zNhkGZKfXjEeyW1p2QKx1y1xV3qS0nXn5q3b ada';

const address = (world: LaunchWorld) => ({ kind: 'new', networkId: externalNetwork(world) }) as const;

async function unfinished(
  world: LaunchWorld,
  { connection }: { connection: Connection },
): Promise<readonly UnfinishedLaunch[]> {
  return world.clock.drive(unfinishedLaunches(connection));
}

/** A launch whose page was closed when it had sent so many requests. */
async function closedAfter(
  requests: number,
  wish: (world: LaunchWorld) => Partial<LaunchRequest>,
  what: 'closed before' | 'closed after' = 'closed before',
): Promise<{
  world: LaunchWorld;
  browser: Browser;
  request: LaunchRequest;
  before: ReadonlyMap<string, string>;
}> {
  const world = new LaunchWorld({
    users: ['demo', 'ada'].map((name) => ({
      name,
      password: `${name}-password`,
      roles: { demo: ['member', 'reader'] },
    })),
  });
  const closing = await world.browser();
  const request = requestFor(world, wish(world));
  const before = world.things();
  world.set({ at: requests, what });
  await world.launch(closing, request);
  const sent = [...world.requests];
  world.set(undefined);
  await closing.close();
  const browser = await world.browser();
  world.requests = sent;
  return { world, browser, request, before };
}

describe('a launch that two browsers carry on at once', () => {
  const wishes: readonly (readonly [string, (world: LaunchWorld) => Partial<LaunchRequest>])[] = [
    ['an address and a volume', (world) => ({ address: address(world), volumes: [{ size: 1 }] })],
    ['two instances', () => ({ count: 2 })],
    [
      'a network of its own',
      (world) => ({
        network: {
          kind: 'new',
          name: 'lab',
          cidr: '10.77.0.0/24',
          externalNetworkId: externalNetwork(world),
        },
        address: address(world),
        newGroup: { name: 'ping', rules: [{ protocol: 'icmp', ethertype: 'IPv4' }] },
      }),
    ],
    ['a volume to start from', () => ({ boot: { kind: 'new-volume', size: 10, deleteWithServer: true } })],
  ];
  for (const [what, wish] of wishes)
    it(`is made once: ${what}`, async () => {
      const fair = await closedAfter(Infinity, wish);
      const things = sortedNames(added(fair.before, fair.world.things()));
      for (let requests = 0; requests < 12; requests++) {
        const { world, browser, request, before } = await closedAfter(requests, wish);
        const other = await world.browser();
        const ends = await Promise.all([
          world.launch(browser, request, { again: true }),
          world.launch(other, request, { again: true }),
        ]);
        for (const end of ends) assert.equal(end.outcome, 'complete', `${requests}: ${failuresOf(end)}`);
        await world.clock.drive(world.clock.sleep(60_000));
        assert.deepEqual(sortedNames(added(before, world.things())), things, `after ${requests} requests`);
        const [one, two] = ends.map(({ instances }) => instances.map(({ id }) => id));
        assert.deepEqual(one, two, 'they end with the same instances');
        await Promise.all([browser.close(), other.close()]);
      }
    });
});

describe('a launch that is carried on elsewhere while it is under way', () => {
  const wishes: readonly (readonly [string, (world: LaunchWorld) => Partial<LaunchRequest>])[] = [
    ['an instance', () => ({})],
    ['an address and a volume', (world) => ({ address: address(world), volumes: [{ size: 1 }] })],
    ['two instances', () => ({ count: 2 })],
  ];
  for (const [what, wish] of wishes)
    it(`makes nothing twice, whichever request takes long: ${what}`, async () => {
      const fair = await closedAfter(Infinity, wish);
      const things = sortedNames(added(fair.before, fair.world.things()));
      const requests = fair.world.requests.length;
      for (let at = 0; at < requests; at++) {
        const world = new LaunchWorld();
        const [one, two] = [await world.browser(), await world.browser()];
        const request = requestFor(world, wish(world));
        const before = world.things();
        world.set({ at, what: 'slow' });
        const later = world.clock.drive(world.clock.sleep(8_000)).then(() => {
          world.set(undefined);
          return world.launch(two, request, { again: true });
        });
        const ends = await Promise.all([world.launch(one, request), later]);
        for (const end of ends) assert.equal(end.outcome, 'complete', `${at}: ${failuresOf(end)}`);
        await world.clock.drive(world.clock.sleep(60_000));
        assert.deepEqual(sortedNames(added(before, world.things())), things, `${at} took long`);
        const [first, second] = ends.map(({ instances }) => instances.map(({ id }) => id));
        assert.deepEqual(first, second, 'they end with the same instances');
        await Promise.all([one.close(), two.close()]);
      }
    });
});

describe('unfinished launches', () => {
  it('may still be under way elsewhere for two minutes', async () => {
    const { world } = await closedAfter(4, (here) => ({ address: address(here) }));
    const other = await world.browser();
    const [fresh] = await unfinished(world, other);
    assert.equal(fresh?.maybeUnderWay, true);
    await world.clock.drive(world.clock.sleep(130_000));
    const [old] = await unfinished(world, other);
    assert.equal(old?.maybeUnderWay, false);
  });

  it('leave out what a page of this browser is running', async () => {
    const { world, request } = await closedAfter(4, (here) => ({ address: address(here) }));
    const other = await world.browser();
    const held = new Set([request.launchId]);
    assert.deepEqual(await world.clock.drive(unfinishedLaunches(other.connection, held)), []);
  });

  it('can be gone on with though a volume is all there is', async () => {
    for (const wish of [
      { volumes: [{ size: 1 }] },
      { volumes: [{ size: 1 }, { size: 2 }], count: 2 },
    ] as const) {
      const world = new LaunchWorld();
      const closing = await world.browser();
      const network = must(autoAllocate(world.cloud.state, world.region, projectIn(world)), 'network');
      const request = requestFor(world, { ...wish, network: { kind: 'network', id: network.id, name: '' } });
      // The answer to the second volume, where there is one, is not heard any more.
      world.set({ at: wish.count === 2 ? 1 : 0, what: 'closed after' });
      await world.launch(closing, request);
      world.set(undefined);
      const browser = await world.browser();
      const [found] = await unfinished(world, browser);
      const progress = await world.launch(browser, must(found?.request, 'way to go on'), { again: true });
      assert.equal(progress.outcome, 'complete', failuresOf(progress));
      const names = [...world.region.servers.values()].map(({ name }) => name).sort();
      assert.deepEqual(names, wish.count === 2 ? ['web-1', 'web-2'] : ['web']);
      assert.equal(world.region.volumes.size, wish.count === 2 ? 4 : 1);
    }
  });

  it('say whether who looks has the key pair', async () => {
    const wish = (here: LaunchWorld): Partial<LaunchRequest> => ({
      address: address(here),
      key: { kind: 'import', name: 'laptop', publicKey: PUBLIC_KEY },
    });
    const { world, browser, request } = await closedAfter(5, wish);
    assert.equal(world.region.keypairs.length, 1);
    const [own] = await unfinished(world, browser);
    assert.deepEqual(own?.request?.key, request.key, 'it is added, and taken away, as by the first page');
    assert.ok(
      own.made.some(({ kind }) => kind === 'keypair'),
      'the key pair is not told of',
    );
    const [other] = await unfinished(world, await world.browser('ada'));
    assert.equal(other?.hasKey, false, 'somebody who has no such key pair would be refused');
  });

  it('say which other key of the same name who looks would give them', async () => {
    const key = { kind: 'existing', name: 'laptop', publicKey: PUBLIC_KEY } as const;
    const { world } = await closedAfter(3, (here) => ({ address: address(here), key }));
    const theirs = (name: string, publicKey: string) =>
      world.region.keypairs.push({
        sequence: 9,
        userId: must(
          [...world.cloud.state.users.values()].find((user) => user.name === name),
          'user',
        ).id,
        name: 'laptop',
        type: 'ssh',
        publicKey,
        fingerprint: 'aa:bb',
        created: 0,
      });
    theirs('demo', `${PUBLIC_KEY}@office`);
    theirs('ada', 'ssh-ed25519 AAAAanother ada');
    const [own] = await unfinished(world, await world.browser());
    assert.deepEqual([own?.hasKey, own?.otherKey], [true, undefined]);
    const [other] = await unfinished(world, await world.browser('ada'));
    assert.equal(other?.hasKey, true);
    assert.deepEqual([other.otherKey?.name, other.otherKey?.fingerprint], ['laptop', 'aa:bb']);
  });

  it('are found by the hint that a form gives, whatever was left', async () => {
    const cases: readonly [string, (here: LaunchWorld) => Partial<LaunchRequest>, RegExp][] = [
      ['a port', (here) => ({ address: address(here) }), /^POST .*\/ports$/],
      ['a volume', () => ({ volumes: [{ size: 1 }] }), /^POST .*\/volumes$/],
      [
        'a key pair',
        () => ({ key: { kind: 'import', name: 'laptop', publicKey: PUBLIC_KEY } }),
        /^POST .*\/os-keypairs$/,
      ],
      [
        'a server group',
        () => ({ newServerGroup: { name: 'pair', policy: 'affinity' } }),
        /^POST .*\/os-server-groups$/,
      ],
      [
        'a network',
        (here) => ({
          network: {
            kind: 'new',
            name: 'lab',
            cidr: '10.77.0.0/24',
            externalNetworkId: externalNetwork(here),
          },
        }),
        /^POST .*\/networks$/,
      ],
      [
        'a security group',
        () => ({ newGroup: { name: 'ping', rules: [{ protocol: 'icmp', ethertype: 'IPv4' }] } }),
        /^POST .*\/security-groups$/,
      ],
    ];
    for (const [what, wish, last] of cases) {
      const fair = await closedAfter(Infinity, wish);
      const at = fair.world.requests.findIndex((each) => last.test(each));
      assert.ok(at >= 0, `${what}: ${fair.world.requests.join()}`);
      const { world, browser, request } = await closedAfter(at, wish, 'closed after');
      const hint = async () => {
        const { connection } = browser;
        await world.clock.drive(
          Promise.all(
            [keypairsOf(connection), networksOf(connection), securityGroupsOf(connection)].map((each) =>
              each.refresh(),
            ),
          ),
        );
        return world.clock.drive(mayBeUnfinished(connection, []));
      };
      assert.equal(await hint(), true, what);
      const [found] = await unfinished(world, browser);
      assert.ok(request.launchId.replaceAll('-', '').startsWith(found?.launchId.replaceAll('-', '') ?? '-'));
      assert.deepEqual(await world.undo(browser, found?.made ?? []), []);
      assert.equal(await hint(), false, `${what} is undone`);
    }
  });

  it('are told of when an instance was deleted and its page closed before its port was', async () => {
    const { world, browser, request } = await closedAfter(Infinity, (here) => ({ address: address(here) }));
    const [server] = [...world.region.servers.values()];
    const [floating] = [...world.region.floatingIps.values()];
    assert.ok(server && floating);
    const client = browser.connection.client(NetworkMaker);
    await world.clock.drive(
      (async () => {
        await servicesOf(browser.connection).deleteServer(server.id);
        await world.clock.sleep(30_000);
        await client.remove('floatingips', floating.id, '');
      })(),
    );
    const [found] = await unfinished(world, browser);
    assert.deepEqual([found?.launchId, found?.made.map(({ kind }) => kind)], [request.launchId, ['port']]);
    assert.deepEqual(await world.undo(browser, found?.made ?? []), []);
    const own = [...world.region.ports.values()].filter(({ deviceOwner }) => !deviceOwner.includes(':'));
    assert.deepEqual(own, []);
  });

  it('are none after everything has been made', async () => {
    const { world, browser } = await closedAfter(Infinity, (here) => ({
      address: address(here),
      volumes: [{ size: 1 }],
      network: { kind: 'new', name: 'lab', cidr: '10.77.0.0/24', externalNetworkId: externalNetwork(here) },
      newGroup: { name: 'ping', rules: [{ protocol: 'icmp', ethertype: 'IPv4' }] },
    }));
    assert.deepEqual(await unfinished(world, browser), []);
  });
});

describe('undoing leaves alone what somebody has put to another use', () => {
  const wish = (world: LaunchWorld): Partial<LaunchRequest> => ({
    address: address(world),
    volumes: [{ size: 1 }],
  });

  /** A launch that ended before its server, and another instance of the project. */
  async function abandoned(): Promise<{
    world: LaunchWorld;
    browser: Browser;
    found: UnfinishedLaunch;
    serverId: string;
    before: ReadonlyMap<string, string>;
  }> {
    const { world, browser, before } = await closedAfter(8, wish);
    const progress = await world.launch(browser, requestFor(world, { name: 'other' }));
    const serverId = must(progress.instances[0]?.id, 'instance');
    const found = must((await unfinished(world, browser))[0], 'unfinished launch');
    return { world, browser, found, serverId, before };
  }

  it('but takes one thing of the launch away though the rest of it uses it', async () => {
    const { world, browser, found } = await abandoned();
    const floating = found.made.filter(({ kind }) => kind === 'floating-ip');
    const left = await world.clock.drive(undoLaunch(floating, servicesOf(browser.connection), found.made));
    assert.deepEqual(left, []);
    assert.equal(world.region.floatingIps.size, 0);
  });

  it('a volume on another instance', async () => {
    const { world, browser, found, serverId } = await abandoned();
    const volume = must([...world.region.volumes.values()][0], 'volume');
    volume.status = 'in-use';
    volume.attachment = { id: 'a', serverId, device: '/dev/vdb', attachedAt: 0 };
    const left = await world.undo(browser, found.made);
    assert.deepEqual(
      left.map(({ left: { kind }, error }) => [kind, error.reason]),
      [['volume', 'in-use']],
    );
    assert.ok(world.region.volumes.has(volume.id), 'the volume is gone');
  });

  it('a floating IP that leads to another instance', async () => {
    const { world, browser, found, serverId } = await abandoned();
    const floating = must([...world.region.floatingIps.values()][0], 'floating IP');
    const port = must(world.region.portsOf(serverId)[0], 'port');
    world.region.bindFloatingIp(floating, port);
    const left = await world.undo(browser, found.made);
    assert.deepEqual(
      left.map(({ left: { kind }, error }) => [kind, error.reason]),
      [['floating-ip', 'in-use']],
    );
    assert.equal(world.region.floatingIps.get(floating.id)?.portId, port.id);
  });

  it('a port of another instance', async () => {
    const { world, browser, found, serverId } = await abandoned();
    const port = must(
      [...world.region.ports.values()].find(({ deviceOwner }) => deviceOwner === 'exo:launch'),
      'port',
    );
    world.region.usePort(port, serverId, 'compute:nova');
    const left = await world.undo(browser, found.made);
    assert.ok(world.region.ports.has(port.id), 'the port is gone');
    assert.deepEqual(
      left.map(({ left: { kind }, error }) => [kind, error.reason]),
      [['port', 'in-use']],
    );
  });

  it('a network that another instance is on, with its way out', async () => {
    const { world, browser } = await closedAfter(5, (here) => ({
      network: { kind: 'new', name: 'lab', cidr: '10.77.0.0/24', externalNetworkId: externalNetwork(here) },
      address: address(here),
    }));
    const network = must(
      [...world.region.networks.values()].find(({ name }) => name === 'lab'),
      'network',
    );
    const mine = await world.launch(
      browser,
      requestFor(world, { name: 'mine', network: { kind: 'network', id: network.id, name: 'lab' } }),
    );
    assert.equal(mine.outcome, 'complete', failuresOf(mine));
    const found = must((await unfinished(world, browser))[0], 'unfinished launch');
    const left = await world.undo(browser, found.made);
    assert.deepEqual(
      left.map(({ left: { kind }, error }) => [kind, error.reason]),
      [
        ['router', 'in-use'],
        ['network', 'in-use'],
      ],
    );
    const router = must(
      [...world.region.routers.values()].find(({ name }) => name === 'lab'),
      'router',
    );
    assert.equal(router.subnetIds.length, 1, 'the network has lost its way out');
  });

  describe('a router that connects a network of the project', () => {
    const connecting = (world: LaunchWorld): Partial<LaunchRequest> => ({
      network: {
        kind: 'network',
        id: networkIn(world, 'closed', '10.79.0.0/24'),
        name: 'closed',
        externalNetworkId: externalNetwork(world),
      },
      address: address(world),
    });
    const network = ({ region }: LaunchWorld) =>
      must(
        [...region.networks.values()].find(({ name }) => name === 'closed'),
        'network',
      ).id;
    const router = ({ region }: LaunchWorld) =>
      [...region.routers.values()].find(({ name }) => name === 'web-router');
    const there = (world: LaunchWorld, name: string) =>
      requestFor(world, { name, network: { kind: 'network', id: network(world), name: 'closed' } });
    const undo = async (world: LaunchWorld, browser: Browser, made: readonly Leftover[]) =>
      (await world.undo(browser, made)).map(({ left: { kind }, error }) => [kind, error.reason]);

    it('goes though others were on the network before, and the network stays', async () => {
      const world = new LaunchWorld();
      const browser = await world.browser();
      const request = requestFor(world, connecting(world));
      await world.launch(browser, there(world, 'older'));
      await world.clock.drive(world.clock.sleep(5_000));
      const before = world.things();
      const { made } = await world.launch(browser, request);
      assert.equal(router(world)?.subnetIds.length, 1);
      assert.deepEqual(await undo(world, browser, made), []);
      assert.deepEqual(sortedNames(added(before, world.things())), []);
      assert.deepEqual(sortedNames(added(world.things(), before)), []);
      await browser.close();
    });

    it('stays for an instance that came because of it', async () => {
      const world = new LaunchWorld();
      const browser = await world.browser();
      const { made } = await world.launch(browser, requestFor(world, connecting(world)));
      await world.launch(browser, there(world, 'newer'));
      assert.deepEqual(await undo(world, browser, made), [['router', 'in-use']]);
      assert.equal(router(world)?.subnetIds.length, 1, 'the network has lost its way out');
      await browser.close();
    });

    it('stays for a floating IP of an instance that was there before', async () => {
      const world = new LaunchWorld();
      const browser = await world.browser();
      const request = requestFor(world, connecting(world));
      const older = await world.launch(browser, there(world, 'older'));
      await world.clock.drive(world.clock.sleep(5_000));
      const { made } = await world.launch(browser, request);
      const port = must(world.region.portsOf(must(older.instances[0]?.id, 'instance'))[0], 'port');
      await world.clock.drive(
        browser.connection
          .client(NetworkMaker)
          .createAddress({ networkId: externalNetwork(world), portId: port.id, description: '' }),
      );
      assert.deepEqual(await undo(world, browser, made), [['router', 'in-use']]);
      assert.equal(router(world)?.subnetIds.length, 1, 'the network has lost its way out');
      await browser.close();
    });

    it('stays where somebody has put it on another network as well', async () => {
      const world = new LaunchWorld();
      const browser = await world.browser();
      const { made } = await world.launch(browser, requestFor(world, connecting(world)));
      const other = networkIn(world, 'other', '10.90.0.0/24');
      const subnet = [...world.region.subnets.values()].find(({ networkId }) => networkId === other);
      await world.clock.drive(
        browser.connection
          .client(NetworkMaker)
          .connectRouter(router(world)?.id ?? '', must(subnet, 'subnet').id, true),
      );
      assert.deepEqual(await undo(world, browser, made), [['router', 'in-use']]);
      assert.equal(router(world)?.subnetIds.length, 2, 'somebody has lost their way out');
      await browser.close();
    });

    it('is not made where somebody has connected the network meanwhile', async () => {
      const world = new LaunchWorld();
      const [ada, bob] = [await world.browser(), await world.browser()];
      const wish = connecting(world);
      const [mine, theirs] = ['mine', 'theirs'].map((name) => requestFor(world, { ...wish, name }));
      await world.launch(ada, must(mine, 'request'));
      const second = await world.launch(bob, must(theirs, 'request'));
      assert.equal(second.outcome, 'complete', failuresOf(second));
      assert.ok(!second.made.some(({ kind }) => kind === 'router'), 'it has made a router as well');
      assert.deepEqual(await undo(world, bob, second.made), []);
      const routers = [...world.region.routers.values()].map(({ name }) => name);
      assert.ok(routers.includes('mine-router') && !routers.includes('theirs-router'), routers.join());
      await ada.close();
      await bob.close();
    });
  });

  it('a security group that another instance has', async () => {
    const { world, browser } = await closedAfter(7, (here) => ({
      address: address(here),
      newGroup: { name: 'ping', rules: [{ protocol: 'icmp', ethertype: 'IPv4' }] },
    }));
    const group = must(
      [...world.region.securityGroups.values()].find(({ name }) => name === 'ping'),
      'group',
    );
    await world.launch(browser, requestFor(world, { name: 'other', securityGroups: [group.id] }));
    const found = must((await unfinished(world, browser))[0], 'unfinished launch');
    const left = await world.undo(browser, found.made);
    assert.deepEqual(
      left.map(({ left: { kind }, error }) => [kind, error.reason]),
      [['security-group', 'in-use']],
    );
  });
});

describe('an existing floating IP', () => {
  it('is not taken away from who has begun to use it meanwhile', async () => {
    const world = new LaunchWorld();
    const browser = await world.browser();
    const client = browser.connection.client(NetworkMaker);
    const made = await world.clock.drive(
      client.createAddress({ networkId: externalNetwork(world), description: '' }),
    );
    const other = await world.launch(browser, requestFor(world, { name: 'other' }));
    const port = must(world.region.portsOf(must(other.instances[0]?.id, 'instance'))[0], 'port');
    world.region.bindFloatingIp(must(world.region.floatingIps.get(made.id), 'floating IP'), port);
    const progress = await world.launch(
      browser,
      requestFor(world, { address: { kind: 'existing', id: made.id, address: made.address } }),
    );
    assert.equal(progress.outcome, 'failed');
    assert.match(failuresOf(progress), /in-use/);
    assert.equal(world.region.floatingIps.get(made.id)?.portId, port.id);
    assert.deepEqual(await world.undo(browser, progress.made), []);
    await browser.close();
  });
});
