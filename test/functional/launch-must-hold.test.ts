import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorMessages } from '../../src/i18n/en/errors.js';
import { hostLabels } from '../../src/launch/host-names.js';
import type { LaunchRequest } from '../../src/launch/plan.js';
import type { LaunchFailure, LaunchProgress } from '../../src/launch/progress.js';
import { unfinishedLaunches } from '../../src/launch/unfinished.js';
import { autoAllocate } from '../../src/simulator/network-state.js';
import { USUAL_SERVICES } from '../../src/simulator/options.js';
import {
  DEFAULT_COMPUTE_QUOTA,
  DEFAULT_NETWORK_QUOTA,
  DEFAULT_VOLUME_QUOTA,
} from '../../src/simulator/quota.js';
import { must } from './choice.js';
import {
  added,
  externalNetwork,
  failuresOf,
  idsOf,
  LaunchWorld,
  requestFor,
  sortedNames,
  projectIn,
} from './launch-world.js';
import { goneWishes } from './misfortunes.js';

const address = (world: LaunchWorld) => ({ kind: 'new', networkId: externalNetwork(world) }) as const;

/** What a person is told, which has words of its own. */
function failureOf(progress: LaunchProgress): LaunchFailure {
  assert.equal(progress.outcome, 'failed');
  const failure = must(progress.steps.flatMap((step) => step.failure ?? [])[0], 'failure');
  if (failure.kind === 'error') {
    const { kind, reason } = failure.error;
    const words: Readonly<Record<string, unknown>> = errorMessages.english;
    assert.ok((reason ?? kind) in words || kind in words, `no words for ${kind} ${reason}`);
  }
  return failure;
}

/** It failed, says how, names what is there, and takes it away. */
async function failsWith(
  world: LaunchWorld,
  wish: Partial<LaunchRequest>,
  before = world.things(),
): Promise<LaunchFailure> {
  const browser = await world.browser();
  const progress = await world.launch(browser, requestFor(world, wish));
  const failure = failureOf(progress);
  const named = idsOf(progress.made);
  const unnamed = [...added(before, world.things())].filter(
    ([id, name]) => !named.has(id) && !/^(?:subnet|port$|network auto|router auto)/.test(name),
  );
  assert.deepEqual(unnamed, []);
  assert.deepEqual(await world.undo(browser, progress.made), []);
  await browser.close();
  return failure;
}

function assertError(failure: LaunchFailure, kind: string, action: string): void {
  assert.ok(failure.kind === 'error', failure.kind);
  assert.deepEqual([failure.error.kind, failure.error.attempt.action], [kind, action], failure.error.message);
}

describe('a launch of instances', () => {
  for (const [what, name] of [
    ['Latin', 'a'.repeat(255)],
    ['Chinese', '漢'.repeat(255)],
    ['Arabic', 'ب'.repeat(255)],
    ['emoji', '🚀'.repeat(255)],
    ['accents', 'é'.repeat(255)],
  ] as const)
    it(`takes names of 255 characters of ${what}`, async () => {
      const world = new LaunchWorld({ services: [...USUAL_SERVICES, 'dns'] });
      const browser = await world.browser();
      const before = world.things();
      const progress = await world.launch(
        browser,
        requestFor(world, {
          name,
          address: address(world),
          volumes: [{ size: 1 }, { size: 1 }],
          zone: 'demo.sim.example.',
        }),
      );
      assert.equal(progress.outcome, 'complete', failuresOf(progress));
      const names = [...added(before, world.things()).values()].map((thing) => thing.replace(/^\S+ /, ''));
      assert.ok(
        names.every((each) => Array.from(each).length <= 255),
        'a name is too long',
      );
      assert.equal(names.filter((each) => each.endsWith('-data') || each.endsWith('-data-2')).length, 2);
      assert.ok(names.includes(`${hostLabels(name, 1).join()}.demo.sim.example.`), names.join());
      assert.deepEqual(await unfinished(world), []);
      assert.deepEqual(await world.undo(browser, progress.made), []);
      await browser.close();
    });

  const unfinished = async (world: LaunchWorld) => {
    const browser = await world.browser();
    const found = await world.clock.drive(unfinishedLaunches(browser.connection));
    await browser.close();
    return found;
  };

  it('says that a network has no way out, where an address is wanted for an instance on it', async () => {
    const world = new LaunchWorld();
    const network = {
      kind: 'new',
      name: 'closed',
      cidr: '10.9.0.0/24',
      externalNetworkId: undefined,
    } as const;
    const failure = await failsWith(world, { network, address: address(world) });
    assertError(failure, 'not-found', 'create-floating-ip');
    assert.equal(failure.kind === 'error' && failure.error.reason, 'no-way-out');
  });

  it('may be ten at once, by ten people with the same security group and the same name', async () => {
    const people = Array.from({ length: 10 }, (_, n) => `person-${n}`);
    const world = new LaunchWorld({
      users: people.map((name) => ({
        name,
        password: `${name}-password`,
        roles: { demo: ['member', 'reader'] },
      })),
    });
    const quota = { ...DEFAULT_COMPUTE_QUOTA, instances: 10 };
    world.region.computeQuotas.set(projectIn(world), quota);
    autoAllocate(world.cloud.state, world.region, projectIn(world));
    const before = world.things();
    const browsers = [];
    for (const name of people) browsers.push(await world.browser(name));
    const newGroup = {
      name: 'ssh',
      rules: [{ protocol: 'tcp', ethertype: 'IPv4', ports: [22, 22] }],
    } as const;
    const ends = await Promise.all(
      browsers.map((browser) =>
        world.launch(
          browser,
          requestFor(world, { address: address(world), newGroup, volumes: [{ size: 1 }] }),
        ),
      ),
    );
    for (const end of ends) assert.equal(end.outcome, 'complete', failuresOf(end));
    const count = (kind: string) =>
      sortedNames(added(before, world.things())).filter((thing) => thing.startsWith(kind)).length;
    assert.deepEqual(['server', 'port', 'address', 'volume', 'group'].map(count), [10, 10, 10, 10, 1]);
    const [group] = [...world.region.securityGroups.values()].filter(({ name }) => name === 'ssh');
    assert.equal(group?.rules.filter(({ direction }) => direction === 'ingress').length, 1);
    assert.deepEqual(await unfinished(world), []);
    for (const browser of browsers) await browser.close();
  });
});

describe('a launch on a cloud that has less', () => {
  it('works without a volume service, and without an address', async () => {
    const world = new LaunchWorld({
      services: USUAL_SERVICES.filter((service) => service !== 'block-storage'),
    });
    const browser = await world.browser();
    const progress = await world.launch(browser, requestFor(world, { address: address(world) }));
    assert.equal(progress.outcome, 'complete', failuresOf(progress));
    assert.deepEqual(await world.clock.drive(unfinishedLaunches(browser.connection)), []);
    assert.deepEqual(await world.undo(browser, progress.made), []);
  });

  it('says that there are no volumes where one was asked for', async () => {
    const world = new LaunchWorld({
      services: USUAL_SERVICES.filter((service) => service !== 'block-storage'),
    });
    const failure = await failsWith(world, { volumes: [{ size: 1 }] });
    assert.ok(
      failure.kind === 'error' && failure.error.reason === 'service-missing',
      JSON.stringify(failure),
    );
  });

  it('says that there are no DNS names where one was asked for, and the instance runs', async () => {
    const world = new LaunchWorld();
    const browser = await world.browser();
    const progress = await world.launch(
      browser,
      requestFor(world, { address: address(world), zone: 'demo.' }),
    );
    assert.ok(failuresOf(progress).includes('service-missing'), failuresOf(progress));
    assert.equal(progress.instances[0]?.status, 'ACTIVE');
  });

  const LESS = [
    'auto-allocated-topology',
    'standard-attr-tag',
    'dns-integration',
    'fip-port-details',
    'standard-attr-timestamp',
  ];

  it('works without any extension of the network service, on a network that is there', async () => {
    const world = new LaunchWorld({ withoutExtensions: LESS });
    const browser = await world.browser();
    const network = must(autoAllocate(world.cloud.state, world.region, projectIn(world)), 'network');
    const progress = await world.launch(
      browser,
      requestFor(world, {
        network: { kind: 'network', id: network.id, name: network.name },
        address: address(world),
        newGroup: { name: 'ping', rules: [{ protocol: 'icmp', ethertype: 'IPv4' }] },
      }),
    );
    assert.equal(progress.outcome, 'complete', failuresOf(progress));
    assert.deepEqual(await world.undo(browser, progress.made), []);
  });

  it('says that it makes no network by itself where an address needs one', async () => {
    const world = new LaunchWorld({ withoutExtensions: LESS });
    const failure = await failsWith(world, { address: address(world) });
    assertError(failure, 'not-found', 'create-network');
  });
});

describe('a launch by somebody', () => {
  it('who may do nothing with networks works where Nova does it in its own name', async () => {
    const world = new LaunchWorld({ scopedPolicies: false });
    autoAllocate(world.cloud.state, world.region, projectIn(world));
    const browser = await world.browser();
    const stop = world.cloud.fail(
      { path: /^\/network\/.*(?:auto-allocated|ports|floatingips|security-groups)/, times: Infinity },
      { status: 403 },
    );
    const progress = await world.launch(browser, requestFor(world));
    assert.equal(progress.outcome, 'complete', failuresOf(progress));
    stop();
  });

  for (const [what, method, path, wish, action] of [
    ['a port', 'POST', '/ports', (world: LaunchWorld) => ({ address: address(world) }), 'create-port'],
    [
      'a floating IP',
      'POST',
      '/floatingips',
      (world: LaunchWorld) => ({ address: address(world) }),
      'create-floating-ip',
    ],
    [
      'a security group',
      'POST',
      '/security-groups',
      () => ({ newGroup: { name: 'ping', rules: [] } }),
      'create-security-group',
    ],
    [
      'a network',
      'POST',
      '/networks',
      () => ({ network: { kind: 'new', name: 'lab', cidr: '10.7.0.0/24' } }),
      'create-network',
    ],
    ['a volume', 'POST', '/volumes', () => ({ volumes: [{ size: 1 }] }), 'create-volume'],
    [
      'a server group',
      'POST',
      '/os-server-groups',
      () => ({ newServerGroup: { name: 'pair', policy: 'affinity' } }),
      'create-server-group',
    ],
    ['an instance', 'POST', '/servers', () => ({}), 'create-instance'],
  ] as const)
    it(`who may not make ${what} is told so, and nothing is left`, async () => {
      const world = new LaunchWorld();
      autoAllocate(world.cloud.state, world.region, projectIn(world));
      world.cloud.fail({ method, path, times: Infinity }, { status: 403 });
      assertError(await failsWith(world, wish(world)), 'forbidden', action);
    });

  it('who may only look is told so', async () => {
    const world = new LaunchWorld();
    autoAllocate(world.cloud.state, world.region, projectIn(world));
    const browser = await world.browser('reader');
    const progress = await world.launch(browser, requestFor(world));
    assertError(failureOf(progress), 'forbidden', 'create-instance');
  });
});

describe('what changes between the review and the launch', () => {
  for (const [what, take, wish, action] of [
    [
      'instances',
      (world: LaunchWorld) =>
        world.region.computeQuotas.set(projectIn(world), { ...DEFAULT_COMPUTE_QUOTA, instances: 0 }),
      () => ({}),
      'create-instance',
    ],
    [
      'cores',
      (world: LaunchWorld) =>
        world.region.computeQuotas.set(projectIn(world), { ...DEFAULT_COMPUTE_QUOTA, cores: 0 }),
      () => ({}),
      'create-instance',
    ],
    [
      'server groups',
      (world: LaunchWorld) =>
        world.region.computeQuotas.set(projectIn(world), { ...DEFAULT_COMPUTE_QUOTA, server_groups: 0 }),
      () => ({ newServerGroup: { name: 'pair', policy: 'affinity' } }),
      'create-server-group',
    ],
    [
      'floating IPs',
      (world: LaunchWorld) =>
        world.region.networkQuotas.set(projectIn(world), { ...DEFAULT_NETWORK_QUOTA, floatingip: 0 }),
      (world: LaunchWorld) => ({ address: address(world) }),
      'create-floating-ip',
    ],
    [
      'ports',
      (world: LaunchWorld) =>
        world.region.networkQuotas.set(projectIn(world), { ...DEFAULT_NETWORK_QUOTA, port: 0 }),
      (world: LaunchWorld) => ({ address: address(world) }),
      'create-port',
    ],
    [
      'volumes',
      (world: LaunchWorld) =>
        world.region.volumeQuotas.set(projectIn(world), { ...DEFAULT_VOLUME_QUOTA, volumes: 0 }),
      () => ({ volumes: [{ size: 1 }] }),
      'create-volume',
    ],
    [
      'gigabytes',
      (world: LaunchWorld) =>
        world.region.volumeQuotas.set(projectIn(world), { ...DEFAULT_VOLUME_QUOTA, gigabytes: 1 }),
      () => ({ volumes: [{ size: 2 }] }),
      'create-volume',
    ],
  ] as const)
    it(`is told: somebody has taken the quota of ${what}`, async () => {
      const world = new LaunchWorld();
      autoAllocate(world.cloud.state, world.region, projectIn(world));
      take(world);
      assertError(await failsWith(world, wish(world)), 'quota', action);
    });

  it('is told: the image was deleted, and all that was made can be taken away', async () => {
    const world = new LaunchWorld();
    autoAllocate(world.cloud.state, world.region, projectIn(world));
    const { imageId } = requestFor(world);
    const wish = { imageId, flavorId: requestFor(world).flavorId, address: address(world) };
    world.region.images.delete(imageId);
    const failure = await failsWith(world, wish);
    assertError(failure, 'invalid', 'create-instance');
    assert.ok(failure.kind === 'error' && /image/i.test(failure.error.detail ?? ''), 'it does not say what');
  });

  it('is told: the image for a new volume was deleted', async () => {
    const world = new LaunchWorld();
    autoAllocate(world.cloud.state, world.region, projectIn(world));
    const { imageId, flavorId } = requestFor(world);
    world.region.images.delete(imageId);
    const boot = { kind: 'new-volume', size: 10, deleteWithServer: true } as const;
    assertError(await failsWith(world, { imageId, flavorId, boot }), 'invalid', 'create-volume');
  });

  it('is told: the network, the security group, the key, the size or the zone is gone', async () => {
    const gone = '3bcde54e-9c40-4e43-a0b8-5aa59832cb46';
    for (const wish of goneWishes(gone)) {
      const world = new LaunchWorld();
      autoAllocate(world.cloud.state, world.region, projectIn(world));
      assertError(await failsWith(world, wish), 'invalid', 'create-instance');
    }
  });
});
