import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { leastBootSize, newVolumes, suggestBootSize, volumeSizeProblem } from '../../../src/launch/boot.js';
import { quotaUses, roomFor } from '../../../src/launch/quota.js';
import { offerAddress, type AddressChoice, type AddressFacts } from '../../../src/launch/reach.js';
import {
  admits,
  groupName,
  isAddress,
  isCidr,
  openingOf,
  openingProblem,
  readPorts,
  rulesFor,
  SAFE_OPENINGS,
} from '../../../src/launch/security.js';
import { facetsOf } from '../../../src/launch/image-search.js';
import { groupSizes } from '../../../src/launch/size-groups.js';
import { offerTypes, typeOf } from '../../../src/launch/types.js';
import { offerSizes } from '../../../src/launch/sizes.js';
import type { FloatingIp } from '../../../src/openstack/network.js';
import { flavor, group, image, network, rule, server } from './rows.js';

describe('ports and addresses as people type them', () => {
  for (const [text, expected] of [
    ['22', [22, 22]],
    [' 8000 - 8010 ', [8000, 8010]],
    ['8000–8010', [8000, 8010]],
    ['1-65535', [1, 65_535]],
    ['0', undefined],
    ['65536', undefined],
    ['20-10', undefined],
    ['22,80', undefined],
    ['ssh', undefined],
  ] as const) {
    it(`reads "${text}"`, () => assert.deepEqual(readPorts(text)?.ports, expected));
  }

  for (const [text, expected] of [
    ['192.0.2.0/24', true],
    ['192.0.2.7', true],
    ['0.0.0.0/0', true],
    ['2001:db8::/32', true],
    ['::/0', true],
    ['192.0.2.0/33', false],
    ['192.0.2', false],
    ['192.0.2.256', false],
    ['2001:db8::/129', false],
    ['2001:::1', false],
    ['home', false],
    ['', false],
  ] as const) {
    it(`${expected ? 'takes' : 'refuses'} "${text}" as a network`, () =>
      assert.equal(isCidr(text), expected));
  }

  it('tells addresses from networks', () => {
    assert.deepEqual(['10.0.0.7', '2001:db8::1', '10.0.0.7/24', '10.0.0', 'x'].map(isAddress), [
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('opens nothing when the port was left out', () => {
    assert.equal(openingProblem({ protocol: 'tcp', ports: '' }), 'ports');
    assert.equal(openingOf({ protocol: 'udp', ports: ' ' }), undefined);
    assert.equal(openingProblem({ protocol: 'icmp', ports: '' }), undefined);
    assert.equal(openingProblem({ protocol: 'tcp', ports: '22', from: 'home' }), 'from');
  });
});

describe('what a launch lets in', () => {
  const safe = SAFE_OPENINGS.flatMap((wish) => openingOf(wish) ?? []);

  it('is SSH and ping by both versions of IP, and nothing else', () => {
    assert.deepEqual(rulesFor(safe), [
      { protocol: 'tcp', ethertype: 'IPv4', ports: [22, 22] },
      { protocol: 'tcp', ethertype: 'IPv6', ports: [22, 22] },
      { protocol: 'icmp', ethertype: 'IPv4' },
      { protocol: 'ipv6-icmp', ethertype: 'IPv6' },
    ]);
    assert.equal(groupName(safe), 'allow-ssh-ping');
  });

  it('is bound to where it may come from', () => {
    const from = openingOf({ protocol: 'udp', ports: '60000-61000', from: ' 192.0.2.0/24 ' });
    assert.ok(from, 'it is understood');
    assert.deepEqual(rulesFor([from]), [
      { protocol: 'udp', ethertype: 'IPv4', ports: [60_000, 61_000], from: '192.0.2.0/24' },
    ]);
    assert.equal(groupName([from]), 'allow-udp-60000-61000-from-192.0.2.0-24');
    const six = openingOf({ protocol: 'tcp', ports: '22', from: '2001:db8::/32' });
    assert.deepEqual(six && rulesFor([six]).map(({ ethertype }) => ethertype), ['IPv6']);
    assert.equal(openingOf({ protocol: 'tcp', ports: '22', from: '::/0' })?.from, 'anywhere');
  });

  it('is known of groups that let in more', () => {
    const [ssh, ping] = safe;
    assert.ok(ssh && ping, 'both are there');
    const wide = group('wide', { rules: [rule({ portMin: 20, portMax: 30 })] });
    assert.equal(admits([wide], ssh), true);
    assert.equal(admits([wide], ping), false);
    assert.equal(admits([group('near', { rules: [rule({ remoteIpPrefix: '10.0.0.0/8' })] })], ssh), false);
    assert.equal(
      admits([group('all', { rules: [rule({ protocol: undefined, portMin: undefined })] })], ping),
      true,
    );
  });
});

describe('the address that an instance gets', () => {
  const home = network('home');
  const outside = network('outside', { external: true, projectId: 'operators' });
  const fip = (address: string, portId?: string): FloatingIp => ({
    id: `fip-${address}`,
    address,
    fixedAddress: undefined,
    networkId: outside.id,
    portId,
    status: 'DOWN',
    projectId: 'project',
    description: '',
  });
  const facts = (change: Partial<AddressFacts> = {}): AddressFacts => ({
    networks: [home, outside],
    networkChoice: { kind: 'network', id: home.id, name: 'home' },
    servers: [],
    projectId: 'project',
    addresses: [fip('192.0.2.1'), fip('192.0.2.2', 'port')],
    left: 5,
    count: 1,
    preferred: undefined,
    external: undefined,
    ...change,
  });
  const shared = network('campus', { projectId: 'operators', shared: true });
  const onShared = {
    networks: [shared, outside],
    networkChoice: { kind: 'network', id: shared.id, name: 'campus' },
  } as const;

  for (const [what, choice, change, expected] of [
    ['is a new one on the project’s own network', undefined, {}, ['new', 'usual']],
    [
      'is a new one where the cloud makes the network',
      undefined,
      { networkChoice: { kind: 'topology' } },
      ['new', 'usual'],
    ],
    ['is none on a network of others', undefined, onShared, ['none', 'foreign']],
    ['is a new one there, when somebody asks', { kind: 'new' }, onShared, ['new', 'asked']],
    [
      'is a new one there, when the portal says so',
      undefined,
      { ...onShared, preferred: 'new' },
      ['new', 'portal'],
    ],
    ['is none when the portal says so', undefined, { preferred: 'none' }, ['none', 'portal']],
    ['is none for several, unless asked for', undefined, { count: 3 }, ['none', 'several']],
    ['is one each, when asked for', { kind: 'new' }, { count: 3 }, ['new', 'asked']],
    ['is none when the quota is used up', undefined, { left: 0 }, ['none', 'quota']],
    ['is none without a network outside', undefined, { networks: [home] }, ['none', 'no-external']],
    [
      'is none where the cloud decides on the network',
      { kind: 'new' },
      { networkChoice: { kind: 'auto' } },
      ['none', 'no-service'],
    ],
    [
      'is none on a network that is outside itself',
      undefined,
      { networkChoice: { kind: 'network', id: outside.id, name: 'outside' } },
      ['none', 'is-outside'],
    ],
    [
      'is none where no router leads out',
      undefined,
      { exits: new Map([[home.id, []]]) },
      ['none', 'no-way-out'],
    ],
    [
      'is none there, though somebody or the portal wants one',
      { kind: 'new' },
      { exits: new Map([[home.id, []]]), preferred: 'new' },
      ['none', 'no-way-out'],
    ],
    [
      'is a new one where a router leads out',
      undefined,
      { exits: new Map([[home.id, [outside.id]]]) },
      ['new', 'usual'],
    ],
    [
      'is a new one where only of another network it is known that none leads out',
      undefined,
      { exits: new Map([['another', []]]) },
      ['new', 'usual'],
    ],
    ['is none when somebody said so', { kind: 'none' }, {}, ['none', 'asked']],
  ] as readonly [string, AddressChoice | undefined, Partial<AddressFacts>, readonly string[]][]) {
    it(what, () => {
      const offer = offerAddress(choice, facts(change));
      assert.deepEqual([offer.kind, offer.why], expected);
      assert.equal(offer.wish?.kind, expected[0]);
    });
  }

  it('is taken from others’ networks where it was done before', () => {
    const before = server('web', {
      addresses: [{ network: 'campus', address: '192.0.2.9', version: 4, type: 'floating', mac: undefined }],
    });
    assert.equal(offerAddress(undefined, facts({ ...onShared, servers: [before] })).kind, 'new');
  });

  it('can be one that the project has, for one instance', () => {
    const free = offerAddress({ kind: 'existing', id: 'fip-192.0.2.1' }, facts());
    assert.deepEqual(free.wish, { kind: 'existing', id: 'fip-192.0.2.1', address: '192.0.2.1' });
    assert.deepEqual(
      free.free.map(({ address }) => address),
      ['192.0.2.1'],
    );
    const used = offerAddress({ kind: 'existing', id: 'fip-192.0.2.2' }, facts());
    assert.equal(used.wish, undefined);
    assert.equal(
      offerAddress({ kind: 'existing', id: 'fip-192.0.2.1' }, facts({ count: 2 })).notExisting,
      'one-only',
    );
  });

  it('comes from where the router leads, whatever is the cloud’s default', () => {
    const usual = network('usual', { external: true, isDefault: true });
    const exits = new Map([[home.id, [outside.id]]]);
    const offer = offerAddress(undefined, facts({ networks: [home, usual, outside], exits }));
    assert.deepEqual(offer.wish, { kind: 'new', networkId: outside.id });
    const other = facts({ networks: [home, usual, outside], exits: new Map([[home.id, [usual.id]]]) });
    assert.deepEqual(offerAddress(undefined, other).free, [], 'one of elsewhere cannot be pointed at it');
  });

  it('cannot be had where the quota has none left, and says so', () => {
    const offer = offerAddress({ kind: 'new' }, facts({ left: 1, count: 2 }));
    assert.deepEqual([offer.wish, offer.notNew, offer.why], [undefined, 'quota', 'quota']);
  });

  it('comes from the network that the portal names, else the cloud’s default', () => {
    const usual = network('usual', { external: true, isDefault: true });
    const wished = (external?: string) =>
      offerAddress(undefined, facts({ networks: [home, outside, usual], external })).wish;
    assert.deepEqual(wished(), { kind: 'new', networkId: usual.id });
    assert.deepEqual(wished('outside'), { kind: 'new', networkId: outside.id });
  });
});

describe('volumes to start from', () => {
  it('are never smaller than what goes onto them', () => {
    assert.equal(leastBootSize(image('x', { minDisk: 10, size: 12.5 * 1024 ** 3 }), undefined), 13);
    assert.equal(leastBootSize(undefined, 30), 30);
    assert.equal(leastBootSize(undefined, undefined), 1);
    assert.equal(suggestBootSize(30, flavor('small', { disk: 20 })), 30);
    assert.equal(suggestBootSize(10, flavor('none', { disk: 0 })), 20);
    assert.equal(suggestBootSize(10, flavor('small', { disk: 20 }), 40), 40);
  });

  it('have whole sizes', () => {
    assert.deepEqual(
      ['20', ' 7 ', '0', '1.5', '-1', '', 'x', '99999999999', '5'].map((text) => volumeSizeProblem(text, 6)),
      [undefined, undefined, 'number', 'number', 'number', 'number', 'number', 'number', 'small'],
    );
  });

  it('count with the data volumes', () => {
    const boot = { kind: 'new-volume', size: 20, type: 'fast', deleteWithServer: true } as const;
    assert.deepEqual(newVolumes(boot, [{ size: 5 }]), [{ size: 20, type: 'fast' }, { size: 5 }]);
    assert.deepEqual(newVolumes({ kind: 'volume', volumeId: 'x', deleteWithServer: false }, []), []);
  });
});

describe('quotas of all services', () => {
  const limits = [
    {
      id: 'compute',
      quotas: {
        instances: { used: 1, limit: 10 },
        cores: { used: 0, limit: Infinity },
        ram: { used: 0, limit: Infinity },
      },
    },
    {
      id: 'network',
      quotas: {
        port: { used: 0, limit: 50 },
        floatingip: { used: 8, limit: 10 },
        security_group: { used: 10, limit: 10 },
      },
    },
    {
      id: 'block-storage',
      quotas: {
        volumes: { used: 0, limit: 10 },
        gigabytes: { used: 900, limit: 1000 },
        gigabytes_fast: { used: 0, limit: 30 },
      },
    },
  ] as const;
  const small = { vcpus: 1, ram: 1024 };

  it('count what each instance and what the launch takes', () => {
    const uses = quotaUses(limits, small, 2, {
      ports: 2,
      floatingIps: 1,
      volumes: [{ size: 20, type: 'fast' }, { size: 30 }],
      groupRules: 6,
    });
    assert.deepEqual(
      uses.map(({ resource, added, over }) => [resource, added, over]),
      [
        ['instances', 2, false],
        ['cores', 2, false],
        ['ram', 2048, false],
        ['volumes', 4, false],
        ['gigabytes', 100, false],
        ['gigabytes_fast', 40, true],
        ['floatingip', 2, false],
        ['port', 4, false],
        ['security_group', 1, true],
      ],
    );
  });

  it('bound the number of instances by the scarcest of them', () => {
    assert.equal(roomFor(limits, small), 9);
    assert.equal(roomFor(limits, small, { floatingIps: 1 }), 2);
    assert.equal(roomFor(limits, small, { volumes: [{ size: 60 }] }), 1);
    assert.equal(roomFor(limits, small, { volumes: [{ size: 20, type: 'fast' }] }), 1);
  });
});

describe('what a portal has picked', () => {
  const old = image('Ubuntu 24.04 May', {
    osDistro: 'ubuntu',
    osVersion: '24.04',
    created: '2026-05-01T00:00:00Z',
  });
  const fresh = image('Ubuntu 24.04 June', {
    osDistro: 'ubuntu',
    osVersion: '24.04',
    created: '2026-06-01T00:00:00Z',
  });
  const going = image('Ubuntu 24.04 July', {
    osDistro: 'ubuntu',
    osVersion: '24.04',
    created: '2026-07-01T00:00:00Z',
    status: 'queued',
  });
  const jupyter = image('jupyter-3', { properties: { role: 'notebook' } });
  const types = [
    {
      name: 'Ubuntu',
      versions: [
        { name: '26.04', image: { osDistro: 'ubuntu', osVersion: '26.04' } },
        { name: '24.04', image: { osDistro: 'Ubuntu', osVersion: '24.04' } },
      ],
    },
    {
      name: 'Jupyter',
      versions: [{ name: '3', image: { properties: { role: 'notebook' } }, sizes: ['g*'] }],
    },
    { name: 'Mistake', versions: [{ name: '1', image: {} }] },
  ];
  const offers = offerTypes(types, [old, fresh, going, jupyter]);

  it('is the newest image that is ready', () => {
    assert.deepEqual(
      offers.map(({ first }) => first?.image?.name),
      ['Ubuntu 24.04 June', 'jupyter-3', undefined],
    );
  });

  it('is found again by its image', () => {
    assert.equal(typeOf(offers, fresh)?.version.name, '24.04');
    assert.equal(typeOf(offers, jupyter)?.offer.type.name, 'Jupyter');
    assert.equal(typeOf(offers, old), undefined);
    assert.equal(typeOf(offers, undefined), undefined);
  });

  it('groups sizes, each once, and forgets none', () => {
    const sizes = offerSizes([flavor('g1'), flavor('m1'), flavor('x1')], undefined, [], 1, ['g*', 'X1']);
    const titles = groupSizes(sizes, [
      { title: 'Graphics', sizes: ['g*'] },
      { title: 'Everything', sizes: ['g1', 'M1'] },
      { title: 'Nothing', sizes: ['none'] },
    ]);
    assert.deepEqual(
      titles.map(({ group: of, offers: own }) => [of?.title, own.map((offer) => offer.flavor.name)]),
      [
        ['Graphics', ['g1']],
        ['Everything', ['m1']],
        [undefined, ['x1']],
      ],
    );
    assert.deepEqual(
      sizes.map(({ flavor: { name }, reasons }) => [name, reasons.map(({ kind }) => kind)]),
      [
        ['g1', []],
        ['m1', ['not-for-this']],
        ['x1', []],
      ],
    );
  });

  it('tells whose an image is and what it is', () => {
    assert.deepEqual(facetsOf(image('x'), 'Debian', 'project'), {
      owner: 'public',
      system: 'Debian',
      architecture: '',
      kind: 'image',
    });
    const snapshot = image('x', {
      visibility: 'private',
      owner: 'project',
      properties: { image_type: 'snapshot', architecture: 'aarch64' },
    });
    assert.deepEqual(facetsOf(snapshot, undefined, 'project'), {
      owner: 'own',
      system: '',
      architecture: 'aarch64',
      kind: 'snapshot',
    });
    assert.equal(facetsOf(image('x', { visibility: 'shared' }), undefined, 'project').owner, 'shared');
  });
});
