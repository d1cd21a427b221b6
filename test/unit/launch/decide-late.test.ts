import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  decide,
  type Draft,
  type Known,
  type Setting,
} from '../../../src/elements/launch-wizard/launch-wizard.state.js';
import { hostsKey } from '../../../src/elements/launch-wizard/known.js';
import type { LimitsRow } from '../../../src/live/resources.js';
import {
  flavor,
  group,
  image,
  keypair,
  limits,
  network,
  ready,
  rule,
  server,
  setting as usual,
} from './rows.js';

const pending = { status: 'pending' } as const;
const home = network('home');
const outside = network('outside', { external: true, projectId: 'operators' });

/** What is known when the form has opened, and nobody has turned to it. */
const opened = (change: Partial<Known> = {}): Known => ({
  images: ready(image('Ubuntu 24.04')),
  flavors: ready(flavor('small')),
  keypairs: ready(keypair('laptop')),
  networks: ready(home, outside),
  limits: ready(...limits({ instances: [0, 100], cores: [0, 100] })),
  recent: ready(server('web')),
  ...change,
});

const setting = (preferences: Setting['preferences'] = {}) => usual({ preferences });

const of = (id: LimitsRow['id'], resource: string, used: number, limit: number) =>
  ready<LimitsRow>({ id, quotas: { [resource]: { used, limit } } });

const open = rule({ protocol: 'icmp', portMin: undefined, portMax: undefined });

describe('what is decided before everything is known', () => {
  for (const [what, known, s] of [
    ['nobody has turned to it', opened(), setting()],
    [
      'the rest is on its way',
      opened({ servers: pending, groups: pending, networkLimits: pending }),
      setting(),
    ],
    ['volumes are to be made', opened(), setting({ bootVolume: { size: 20 } })],
  ] as const) {
    it(`can be launched while ${what}`, () => {
      const decision = decide({}, known, s);
      assert.deepEqual(decision.obstacles, []);
      assert.equal(decision.address.wish?.kind, 'new');
      assert.equal(decision.safety.newGroup?.name, 'allow-ssh-ping');
    });
  }

  it('takes the group of the portal as it is called, until it is known', () => {
    const portal = setting({ securityGroup: 'web' });
    const before = decide({}, opened(), portal).safety;
    assert.deepEqual([before.all, before.newGroup], [['web'], undefined]);
    const web = group('web', { rules: [rule(), open] });
    const after = decide({}, opened({ groups: ready(web) }), portal).safety;
    assert.deepEqual([after.all, after.newGroup], [[web.id], undefined]);
  });

  it('makes no group where one of the project lets everything in that is wished', () => {
    const usual = group('default', { rules: [rule(), open] });
    const { safety } = decide({}, opened({ groups: ready(usual) }), setting());
    assert.deepEqual([safety.all, safety.newGroup], [[usual.id], undefined]);
  });

  it('warns of a name of the newest instances, and of all once they are known', () => {
    const taken = (name: string, known: Known) => decide({ name }, known, setting()).duplicates;
    assert.deepEqual(taken('web', opened()), ['web']);
    assert.deepEqual(taken('old', opened()), []);
    assert.deepEqual(taken('old', opened({ servers: ready(server('web'), server('old')) })), ['old']);
  });

  it('does not choose again when all instances become known', () => {
    const recent = ready(server('mine', { userId: 'ada', keyName: 'laptop' }));
    const servers = ready(
      server('newer', { userId: 'ada', keyName: 'office', created: '2099-01-01T00:00:00Z' }),
    );
    const keypairs = ready(keypair('laptop'), keypair('office'));
    assert.equal(decide({}, opened({ recent, keypairs }), setting()).key.name, 'laptop');
    assert.equal(decide({}, opened({ recent, keypairs, servers }), setting()).key.name, 'laptop');
  });

  it('says that no router leads out, once that is known, and has no public address', () => {
    const decision = decide({}, opened({ exits: new Map([[home.id, []]]) }), setting());
    assert.deepEqual([decision.address.wish?.kind, decision.address.why], ['none', 'no-way-out']);
    assert.deepEqual(decision.obstacles, []);
    const own = decide({ network: 'own' }, opened({ exits: new Map([[home.id, []]]) }), setting());
    assert.equal(own.address.wish?.kind, 'new', 'a network of its own gets a router');
  });

  it('has one where the network is connected with the launch, as long as that can be', () => {
    const closed = { exits: new Map([[home.id, []]]), connectable: new Set([home.id]) };
    const decided = (draft: Draft, known: Partial<Known> = closed, preferences = {}) =>
      decide(draft, opened(known), setting(preferences));
    const connected = decided({ connect: home.id });
    assert.deepEqual(
      [connected.networkChoice, connected.address.wish, connected.needs.router],
      [
        { kind: 'network', id: home.id, name: home.name, externalNetworkId: outside.id },
        { kind: 'new', networkId: outside.id },
        true,
      ],
    );
    assert.deepEqual(connected.obstacles, []);
    const without = { kind: 'network', id: home.id, name: home.name };
    const meanwhile = { exits: new Map([[home.id, [outside.id]]]), connectable: new Set<string>() };
    for (const decision of [
      decided({}),
      decided({ connect: 'another' }),
      decided({ connect: home.id }, meanwhile),
      decided({ connect: home.id }, {}),
      decided({ connect: home.id }, closed, { locked: ['network'] }),
    ])
      assert.deepEqual(decision.networkChoice, without);
  });

  it('warns of names that lead elsewhere in the zone, as long as they are the names', () => {
    const portal = setting({ zone: 'lab.example.' });
    const takenHosts = { of: hostsKey('lab.example.', 'web', 2), hosts: ['web-2.lab.example.'] };
    const hosts = (draft: Draft) => decide(draft, opened({ takenHosts }), portal).takenHosts;
    const two: Draft = { name: 'web', count: '2', address: { kind: 'new' } };
    assert.deepEqual(hosts(two), ['web-2.lab.example.']);
    assert.deepEqual(hosts({ ...two, name: 'other' }), []);
    assert.deepEqual(hosts({ ...two, address: { kind: 'none' } }), [], 'nothing is named there');
  });
});

describe('how many instances the quotas allow', () => {
  for (const [what, change, draft, most] of [
    ['ports', { networkLimits: of('network', 'port', 7, 10) }, { address: { kind: 'none' } }, 3],
    [
      'ports, two for each',
      { networkLimits: of('network', 'port', 5, 10), networks: ready(home, network('lab')) },
      { address: { kind: 'none' }, network: home.id, moreNetworks: [{ id: 'network-lab' }] },
      2,
    ],
    ['addresses', { networkLimits: of('network', 'floatingip', 8, 10) }, { address: { kind: 'new' } }, 2],
    ['no address that several do not get', { networkLimits: of('network', 'floatingip', 8, 10) }, {}, 25],
    ['volumes', { volumeLimits: of('block-storage', 'volumes', 6, 10) }, { volumes: [{}, {}] }, 2],
    ['GiB', { volumeLimits: of('block-storage', 'gigabytes', 0, 100) }, { volumes: [{ size: '30' }] }, 3],
    [
      'GiB of a volume type',
      { volumeLimits: of('block-storage', 'gigabytes_fast', 0, 50) },
      { volumes: [{ size: '30', type: 'fast' }] },
      1,
    ],
    ['nothing, where the quotas are not known yet', {}, { volumes: [{ size: '30' }] }, 25],
  ] as readonly [string, Partial<Known>, Draft, number][]) {
    it(`goes by ${what}`, () => {
      const decision = decide(draft, opened(change), setting());
      assert.equal(decision.most, most);
      const more = decide({ ...draft, count: String(most + 1) }, opened(change), setting());
      assert.notDeepEqual(more.obstacles, [], 'one more cannot be launched');
    });
  }

  for (const [what, change, draft, why] of [
    ['a network', { networkLimits: of('network', 'subnet', 1, 1) }, { network: 'own' }, 'quota-network'],
    ['a router', { networkLimits: of('network', 'router', 1, 1) }, { network: 'own' }, 'quota-network'],
    ['a security group', { networkLimits: of('network', 'security_group', 1, 1) }, {}, 'quota-network'],
    ['its rules', { networkLimits: of('network', 'security_group_rule', 5, 6) }, {}, 'quota-network'],
    [
      'a server group',
      { limits: ready<LimitsRow>({ id: 'compute', quotas: { serverGroups: { used: 1, limit: 1 } } }) },
      { newServerGroup: 'anti-affinity' },
      'quota-group',
    ],
  ] as readonly [string, Partial<Known>, Draft, string][]) {
    it(`is none where there is no room for ${what}, and says where to help it`, () => {
      const found = decide(draft, opened(change), setting()).obstacles.map((each) => each.why);
      assert.deepEqual(found, [why]);
    });
  }
});

describe('what Nova bounds without counting it', () => {
  const bounds = (most: Record<string, number>) =>
    ready<LimitsRow>({ id: 'compute', quotas: {}, bounds: most });
  const stand = (draft: Draft, change: Partial<Known>) => {
    const { obstacles, uses, most } = decide(draft, opened(change), setting());
    return {
      why: obstacles.map((each) => [each.why, each.part]),
      uses: uses.map(({ resource, used, added, limit }) => [resource, used, added, limit]),
      most,
    };
  };
  const keys = bounds({ keypairs: 2 });
  const two = ready(keypair('laptop'), keypair('windows', { type: 'x509' }));

  it('is a key pair more where one is made or added, beside all that the person has', () => {
    const full = stand({ key: { kind: 'generate' } }, { limits: keys, keypairs: two });
    assert.deepEqual(full.uses, [['keypairs', 2, 1, 2]]);
    assert.deepEqual(full.why, [['quota-key', 'key']]);
    const room = stand({ key: { kind: 'generate' } }, { limits: keys });
    assert.deepEqual([room.uses, room.why], [[['keypairs', 1, 1, 2]], []]);
  });

  it('is no key pair where one is used that is there, or none', () => {
    for (const key of [{ kind: 'existing', name: 'laptop' }, { kind: 'none' }] as const)
      assert.deepEqual(stand({ key }, { limits: keys, keypairs: two }).uses, []);
  });

  const pairs = (n: number) => Array.from({ length: n }, (_, i) => ({ key: `k${i}`, value: '' }));
  const items = bounds({ serverMetadata: 4 });

  it('is metadata of the person and of the launch, together on each instance', () => {
    const fits = stand({ metadata: pairs(3) }, { limits: items });
    assert.deepEqual([fits.uses, fits.why], [[['serverMetadata', 0, 4, 4]], []]);
    const over = stand({ metadata: pairs(4), count: '2' }, { limits: items });
    assert.deepEqual(over.uses, [['serverMetadata', 0, 5, 4]]);
    assert.deepEqual(over.why, [['quota-metadata', 'advanced']]);
  });

  it('is what the profile writes, once that is weighed', () => {
    const weight = { metadata: 3, bytes: 0, packed: false, tooLong: undefined };
    const over = stand({ metadata: pairs(2) }, { limits: items, weight });
    assert.deepEqual(over.uses, [['serverMetadata', 0, 5, 4]]);
    assert.deepEqual(over.why, [['quota-metadata', 'advanced']]);
  });

  const ours = server('ours', { userId: 'ada' });
  const theirs = server('theirs', { userId: 'bob' });
  const team = { id: 'team', name: 'team', policy: 'affinity', members: [ours.id, theirs.id, 'gone'] };
  const inTeam = (limit: number): Partial<Known> => ({
    limits: bounds({ serverGroupMembers: limit }),
    servers: ready(ours, theirs),
    extras: { serverGroups: ready(team) },
  });

  it('is the person’s instances in a server group, with as many as are launched', () => {
    const fits = stand({ serverGroupId: 'team', count: '2' }, inTeam(3));
    assert.deepEqual([fits.uses, fits.why, fits.most], [[['serverGroupMembers', 1, 2, 3]], [], 2]);
    const over = stand({ serverGroupId: 'team', count: '3' }, inTeam(3));
    assert.deepEqual(over.why, [['quota-members', 'advanced']]);
    const hinted = stand({ hints: [{ key: 'group', value: 'team' }], count: '3' }, inTeam(3));
    assert.deepEqual(hinted.why, over.why);
  });

  it('is all that are launched, in a new server group', () => {
    const over = stand({ newServerGroup: 'affinity', count: '3' }, inTeam(2));
    assert.deepEqual(
      [over.uses, over.why, over.most],
      [[['serverGroupMembers', 0, 3, 2]], [['quota-members', 'advanced']], 2],
    );
    assert.deepEqual(stand({ count: '3' }, inTeam(2)).uses, [], 'without a group');
  });

  it('waits for the members of a group that was chosen before', () => {
    const waiting = decide({ serverGroupId: 'team' }, opened(), setting());
    assert.deepEqual(waiting.obstacles, [{ why: 'loading', part: undefined }]);
  });

  it('stops nothing where it has no end, or is not told', () => {
    const draft: Draft = { key: { kind: 'generate' }, metadata: pairs(500), newServerGroup: 'affinity' };
    assert.deepEqual(stand(draft, {}).why, []);
    const endless = bounds({ keypairs: Infinity, serverMetadata: Infinity, serverGroupMembers: Infinity });
    assert.deepEqual(stand(draft, { limits: endless }).why, []);
  });
});
