import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hostLabels, takenHostNames } from '../../src/launch/host-names.js';
import type { LaunchRequest } from '../../src/launch/plan.js';
import { DnsClient } from '../../src/openstack/dns.js';
import { USUAL_SERVICES } from '../../src/simulator/options.js';
import { must } from './choice.js';
import { externalNetwork, failuresOf, LaunchWorld, requestFor, type Browser } from './launch-world.js';

const ZONE = 'demo.sim.example.';

async function stage(
  wish: Partial<LaunchRequest> = {},
): Promise<{ world: LaunchWorld; browser: Browser; request: LaunchRequest }> {
  const world = new LaunchWorld({ services: [...USUAL_SERVICES, 'dns'] });
  const browser = await world.browser();
  const address = { kind: 'new', networkId: externalNetwork(world) } as const;
  return { world, browser, request: requestFor(world, { address, zone: ZONE, ...wish }) };
}

function zoneIn(world: LaunchWorld) {
  return must(
    [...world.region.zones.values()].find(({ name }) => name === ZONE),
    'zone',
  );
}

const hosts = (world: LaunchWorld) =>
  zoneIn(world).records.filter(({ type, action }) => type === 'A' && action !== 'DELETE');

describe('the name of an instance in DNS', () => {
  it('leads to its floating IP, and goes when the launch is undone', async () => {
    const { world, browser, request } = await stage();
    const progress = await world.launch(browser, request);
    assert.equal(progress.outcome, 'complete', failuresOf(progress));
    const [floating] = [...world.region.floatingIps.values()];
    assert.deepEqual(
      hosts(world).map(({ name, records }) => [name, records]),
      [[`web.${ZONE}`, [floating?.address]]],
    );
    assert.deepEqual(await world.undo(browser, progress.made), []);
    assert.deepEqual(hosts(world), []);
  });

  it('is told to be taken before and at the launch, and the instance runs without it', async () => {
    const { world, browser, request } = await stage();
    await world.launch(browser, { ...request, launchId: 'first' });
    const client = browser.connection.client(DnsClient);
    const labels = hostLabels('web', 1);
    assert.deepEqual(await world.clock.drive(takenHostNames(client, ZONE, [...labels, 'free'])), [
      `web.${ZONE}`,
    ]);
    const progress = await world.launch(browser, request);
    assert.equal(progress.outcome, 'failed');
    const failed = progress.steps.filter(({ status }) => status === 'failed');
    assert.deepEqual(
      failed.map(({ step: { kind }, failure }) => [
        kind,
        failure?.kind === 'error' && [failure.error.reason, failure.error.attempt],
      ]),
      [['dns', ['name-taken', { action: 'create-dns-record', name: `web.${ZONE}` }]]],
    );
    assert.equal(progress.instances[0]?.status, 'ACTIVE');
    assert.equal(hosts(world).length, 1);
    assert.deepEqual(await world.undo(browser, progress.made), []);
    assert.equal(hosts(world).length, 1, 'the record of the other instance is still there');
  });

  it('is one label of letters that every resolver takes, whatever the instance is called', async () => {
    const { world, browser, request } = await stage({ name: '漢'.repeat(253), count: 2 });
    const progress = await world.launch(browser, request);
    assert.equal(progress.outcome, 'complete', failuresOf(progress));
    const names = hosts(world).map(({ name }) => name);
    assert.equal(new Set(names).size, 2);
    for (const name of names) assert.match(name, /^xn--[a-z\d-]{1,59}\.demo\.sim\.example\.$/);
  });

  it('is not given where its zone is gone, and the instance runs', async () => {
    const { world, browser, request } = await stage();
    world.region.zones.clear();
    const progress = await world.launch(browser, request);
    assert.match(failuresOf(progress), /"kind":"not-found","attempt":\{"action":"create-dns-record"/);
    assert.equal(progress.instances[0]?.status, 'ACTIVE');
  });

  it('is found among more zones than an answer of the service holds', async () => {
    const { world, browser } = await stage();
    const zone = zoneIn(world);
    for (let n = 0; n < 1200; n++)
      world.region.zones.set(`z${n}`, {
        ...zone,
        id: `z${n}`,
        name: `z${n}.example.`,
        created: zone.created + n,
        records: [],
      });
    const zones = await world.clock.drive(browser.connection.client(DnsClient).zones());
    assert.equal(new Set(zones.map(({ id }) => id)).size, 1201);
  });
});
