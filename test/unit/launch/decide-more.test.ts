import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  decide,
  extrasFor,
  type Draft,
  type Known,
  type Part,
} from '../../../src/elements/launch-wizard/launch-wizard.state.js';
import { requestOf } from '../../../src/elements/launch-wizard/request-of.js';
import { generateSshKey } from '../../../src/launch/ssh-key.js';
import type { Volume } from '../../../src/openstack/volume.js';
import { flavor, group, image, keypair, limits, network, ready, rule, setting } from './rows.js';

const ubuntu = image('Ubuntu 24.04', { osDistro: 'ubuntu', minDisk: 10 });
const small = flavor('small');
const home = network('home');
const lab = network('lab');
const outside = network('outside', { external: true, projectId: 'operators' });

const known = (change: Partial<Known> = {}): Known => ({
  images: ready(ubuntu),
  flavors: ready(small, flavor('large', { vcpus: 8, ram: 8192 }), flavor('diskless', { vcpus: 16, disk: 0 })),
  keypairs: ready(keypair('laptop')),
  networks: ready(home),
  groups: ready(group('default')),
  limits: ready(...limits({})),
  recent: ready(),
  servers: ready(),
  ...change,
});

const volume = (id: string, change: Partial<Volume> = {}): Volume => ({
  id,
  name: id,
  description: undefined,
  status: 'available',
  size: 30,
  volumeType: undefined,
  bootable: true,
  encrypted: false,
  multiattach: false,
  availabilityZone: undefined,
  created: '',
  updated: undefined,
  userId: undefined,
  projectId: undefined,
  metadata: {},
  attachments: [],
  ...change,
});

const request = (draft: Draft, k = known(), s = setting()) => requestOf(decide(draft, k, s), 'id', undefined);
const why = (draft: Draft, k = known(), s = setting()) =>
  decide(draft, k, s).obstacles.map((obstacle) => obstacle.why);

describe('what an instance starts from', () => {
  it('is the image on the size’s own disk, unless that has none', () => {
    assert.equal(request({})?.boot, undefined);
    assert.deepEqual(request({ flavorId: 'flavor-diskless' })?.boot, {
      kind: 'new-volume',
      size: 20,
      type: undefined,
      deleteWithServer: true,
    });
    const without = setting({ hasVolumeService: false });
    assert.equal(request({ flavorId: 'flavor-diskless' }, known(), without)?.boot, undefined);
  });

  it('is a new volume where the portal says so, as large as the image needs at least', () => {
    const portal = (size: number) => setting({ preferences: { bootVolume: { size, type: 'fast' } } });
    assert.deepEqual(request({}, known(), portal(40))?.boot, {
      kind: 'new-volume',
      size: 40,
      type: 'fast',
      deleteWithServer: true,
    });
    assert.equal(decide({}, known(), portal(5)).storage.volume.size, '10');
  });

  it('needs no room on the size’s disk for an image that goes onto a volume', () => {
    const tiny = known({ flavors: ready(flavor('tiny', { disk: 5 })) });
    assert.deepEqual(why({}, tiny), ['no-size-fits']);
    assert.deepEqual(why({ boot: { kind: 'new-volume' } }, tiny), []);
  });

  it('can be a volume, for one instance, and then wants no image', () => {
    const draft = { boot: { kind: 'volume', id: 'root' } } as const;
    const extras = { volumes: ready(volume('root')) };
    const k = known({ images: ready(), extras });
    assert.deepEqual(why(draft, k), []);
    const made = request(draft, k);
    assert.deepEqual(made?.boot, { kind: 'volume', volumeId: 'root', deleteWithServer: false });
    assert.equal(made.imageId, '');
    assert.deepEqual(why({ ...draft, count: '2' }, k), ['storage']);
    assert.deepEqual(why(draft, known({ extras: { volumes: ready() } })), ['storage']);
  });

  it('waits for the list that it was chosen from', () => {
    const draft = { boot: { kind: 'volume', id: 'root' } } as const;
    assert.deepEqual(why(draft), ['loading']);
    assert.deepEqual([...decide(draft, known(), setting()).pending], ['storage']);
  });

  it('can be a snapshot, and is never smaller', () => {
    const snapshot = { id: 's', name: 'before', status: 'available', size: 50, volumeId: 'v', created: '' };
    const k = known({ images: ready(), extras: { snapshots: ready(snapshot) } });
    const draft = { boot: { kind: 'snapshot', id: 's', keep: true } } as const;
    assert.deepEqual(request(draft, k)?.boot, {
      kind: 'new-volume',
      size: 50,
      type: undefined,
      snapshotId: 's',
      deleteWithServer: false,
    });
    assert.deepEqual(why({ boot: { ...draft.boot, size: '40' } }, k), ['storage']);
  });

  it('comes with further volumes, as far as their sizes make sense and the quota goes', () => {
    assert.deepEqual(request({ volumes: [{}, { size: '5', type: 'fast' }] })?.volumes, [
      { size: 10, type: undefined },
      { size: 5, type: 'fast' },
    ]);
    assert.deepEqual(why({ volumes: [{ size: '0' }] }), ['storage']);
    assert.deepEqual(why({ volumes: Array.from({ length: 11 }, () => ({})) }), ['storage']);
    const full = known({
      volumeLimits: ready({ id: 'block-storage', quotas: { gigabytes: { used: 95, limit: 100 } } }),
    });
    assert.deepEqual(why({ volumes: [{ size: '10' }] }, full), ['quota-storage']);
    assert.deepEqual(why({ volumes: [{ size: '5' }] }, full), []);
  });
});

describe('how an instance is reached', () => {
  const withOutside = (change: Partial<Known> = {}) => known({ networks: ready(home, outside), ...change });

  it('has an address where one can be had, and counts it', () => {
    const decision = decide({}, withOutside(), setting());
    assert.deepEqual(decision.address.wish, { kind: 'new', networkId: outside.id });
    assert.deepEqual(request({}, withOutside())?.address, { kind: 'new', networkId: outside.id });
    assert.equal(decision.needs.floatingIps, 1);
    assert.equal(request({ address: { kind: 'none' } }, withOutside())?.address, undefined);
  });

  it('is told when the quota of addresses is used up after one was asked for', () => {
    const full = ready({ id: 'network', quotas: { floatingip: { used: 5, limit: 5 } } } as const);
    assert.deepEqual(why({ address: { kind: 'new' } }, withOutside({ limits: full })), ['address']);
    assert.deepEqual(why({}, withOutside({ limits: full })), []);
  });

  it('lets in SSH and ping by a group of its own where the project’s groups do not', () => {
    const made = request({});
    assert.deepEqual(made?.securityGroups, ['group-default']);
    assert.equal(made.newGroup?.name, 'allow-ssh-ping');
    assert.equal(made.newGroup.rules.length, 4);
    const ours = group('allow-ssh-ping', {
      rules: [rule(), rule({ protocol: 'icmp', portMin: undefined, portMax: undefined })],
    });
    const again = request({}, known({ groups: ready(group('default'), ours) }));
    assert.deepEqual(again?.securityGroups, ['group-default', ours.id]);
    assert.equal(again.newGroup, undefined);
  });

  it('lets in nothing more than was ticked', () => {
    assert.equal(request({ openings: [] })?.newGroup, undefined);
    const web = request({ openings: [{ protocol: 'tcp', ports: '443' }] })?.newGroup;
    assert.deepEqual(
      web?.rules.map(({ ports }) => ports),
      [
        [443, 443],
        [443, 443],
      ],
    );
    assert.deepEqual(why({ openings: [{ protocol: 'tcp', ports: '' }] }), ['openings']);
  });

  it('leaves it to a group that the institution names', () => {
    const k = known({ groups: ready(group('default'), group('campus')) });
    const made = request({}, k, setting({ preferences: { securityGroup: 'campus' } }));
    assert.deepEqual([made?.securityGroups, made?.newGroup], [['group-campus'], undefined]);
  });

  it('is on a network made for it when asked, with the way out that there is', () => {
    const draft = { network: 'own', newNetwork: { cidr: '10.9.0.0/24' } } as const;
    assert.deepEqual(request(draft, withOutside())?.network, {
      kind: 'new',
      name: 'swift-otter-network',
      cidr: '10.9.0.0/24',
      externalNetworkId: outside.id,
    });
    for (const cidr of ['', '10.9.0.0', '10.9.0.0/30', '2001:db8::/64']) {
      assert.deepEqual(why({ network: 'own', newNetwork: { cidr } }), ['network'], cidr);
    }
  });

  it('can be on several networks, with addresses of one’s choice for one instance', () => {
    const k = known({ networks: ready(home, lab) });
    const draft = {
      network: home.id,
      fixedIp: ' 10.0.0.7 ',
      moreNetworks: [{ id: lab.id, fixedIp: '10.1.0.7' }],
    };
    const made = request(draft, k);
    assert.equal(made?.fixedIp, '10.0.0.7');
    assert.deepEqual(made.moreNetworks, [{ networkId: lab.id, fixedIp: '10.1.0.7' }]);
    assert.equal(decide(draft, k, setting()).needs.ports, 2);
    assert.deepEqual(why({ ...draft, count: '2' }, k), ['network']);
    assert.deepEqual(why({ ...draft, fixedIp: '10.0.0' }, k), ['network']);
  });

  it('gets a name in the zone that the portal wants, unless somebody wants none', () => {
    const portal = setting({ projectName: 'My Lab', preferences: { zone: '{project}.example.org.' } });
    assert.equal(request({}, withOutside(), portal)?.zone, 'my-lab.example.org.');
    assert.equal(request({ zone: '' }, withOutside(), portal)?.zone, undefined);
    assert.equal(request({}, withOutside(), { ...portal, hasDnsService: false })?.zone, undefined);
  });

  it('gets a name only where it has an address', () => {
    assert.equal(request({ zone: 'example.org.' }, withOutside())?.zone, 'example.org.');
    assert.equal(
      request({ zone: 'example.org.', address: { kind: 'none' } }, withOutside())?.zone,
      undefined,
    );
  });
});

describe('what most people never look at', () => {
  it('is passed on as it was given', () => {
    const made = request({
      availabilityZone: 'north',
      serverGroupId: 'group',
      hints: [{ key: 'different_host', value: 'x' }],
      metadata: [
        { key: ' role ', value: 'web' },
        { key: '', value: '' },
      ],
      tags: [' a ', 'b', 'a', ''],
      description: ' For the course ',
      configDrive: true,
    });
    assert.deepEqual(
      [
        made?.availabilityZone,
        made?.serverGroupId,
        made?.hints,
        made?.metadata,
        made?.tags,
        made?.description,
      ],
      ['north', 'group', { different_host: 'x' }, { role: 'web' }, ['a', 'b'], 'For the course'],
    );
    assert.equal(made?.configDrive, true);
  });

  it('can make the server group that its instances stand in, and counts it', () => {
    const draft = { serverGroupId: 'group', newServerGroup: 'anti-affinity' } as const;
    const made = request(draft);
    assert.equal(made?.serverGroupId, undefined);
    assert.deepEqual(made?.newServerGroup, { name: 'swift-otter-group', policy: 'anti-affinity' });
    const full = known({ limits: ready({ id: 'compute', quotas: { serverGroups: { used: 5, limit: 5 } } }) });
    assert.deepEqual(why(draft, full), ['quota-group']);
  });

  for (const [what, draft] of [
    ['metadata without a name', { metadata: [{ key: '', value: 'x' }] }],
    [
      'metadata of the same name',
      {
        metadata: [
          { key: 'a', value: '1' },
          { key: 'a ', value: '2' },
        ],
      },
    ],
    ['metadata of the launch itself', { metadata: [{ key: ' exo:launch', value: 'x' }] }],
    ['metadata of Exosphere', { metadata: [{ key: 'exoSetup', value: '' }] }],
    ['metadata that is too long', { metadata: [{ key: 'a', value: 'x'.repeat(256) }] }],
    ['hints without a name', { hints: [{ key: ' ', value: 'x' }] }],
    ['a tag with a slash', { tags: ['a/b'] }],
    ['a tag that is too long', { tags: ['x'.repeat(61)] }],
    ['too many tags', { tags: Array.from({ length: 51 }, (_, i) => `t${String(i)}`) }],
    ['a description that is too long', { description: '\u{1f9a6}'.repeat(256) }],
    ['a package that is none', { packages: 'vim; rm' }],
  ] as readonly [string, Draft][]) {
    it(`refuses ${what}`, () => assert.deepEqual(why(draft), ['advanced']));
  }

  it('refuses a further key that is none', () => assert.deepEqual(why({ moreKeys: 'ssh-rsa' }), ['key']));

  it('takes the longest that is allowed', () => {
    assert.deepEqual(why({ description: '\u{1f9a6}'.repeat(255), tags: ['x'.repeat(60)] }), []);
  });
});

describe('who prepares an instance', () => {
  it('is nobody, unless keys or packages are wanted', async () => {
    const { publicKey } = await generateSshKey('bob');
    assert.equal(request({})?.profile, undefined);
    assert.deepEqual(request({ moreKeys: `\n${publicKey}\n`, packages: 'git, htop' })?.profile, {
      kind: 'kit',
      keys: [publicKey],
      packages: ['git', 'htop'],
    });
    const plain = setting({ preferences: { profiles: ['plain'] } });
    assert.equal(request({ packages: 'git' }, known(), plain)?.profile, undefined);
  });

  it('is Exosphere’s way only where the portal names what prepares it', () => {
    const draft = { profile: 'exosphere', desktop: true } as const;
    assert.equal(request(draft)?.profile, undefined);
    const provisioning = { repository: 'https://git.example.org/exosphere.git', commit: 'a'.repeat(40) };
    const configured = setting({ preferences: { exosphere: provisioning } });
    assert.deepEqual(request(draft, known(), configured)?.profile, {
      kind: 'exosphere',
      provisioning,
      creator: 'ada',
      keys: ['ssh-ed25519 AAAA'],
      shell: true,
      desktop: true,
      updates: true,
    });
    const without = request(draft, known(), { ...configured, hasAppProxy: false })?.profile;
    assert.equal(without?.kind === 'exosphere' && without.shell, false);
    const fresh = decide({ ...draft, key: { kind: 'generate' } }, known(), configured);
    const profile = requestOf(fresh, 'id', 'ssh-ed25519 NEW')?.profile;
    assert.deepEqual(profile?.kind === 'exosphere' && profile.keys, ['ssh-ed25519 NEW']);
    const shown = requestOf(fresh, 'id', '')?.profile;
    assert.deepEqual(shown?.kind === 'exosphere' && shown.keys, [], 'no key is made for command lines');
  });
});

describe('what a portal has decided', () => {
  it('is not changed by a draft or a link', () => {
    const draft: Draft = {
      imageId: 'other',
      flavorId: 'flavor-large',
      address: { kind: 'none' },
      openings: [{ protocol: 'tcp', ports: '1-65535' }],
      boot: { kind: 'volume', id: 'x' },
      metadata: [{ key: 'a', value: 'b' }],
    };
    const locked = setting({
      preferences: { locked: ['image', 'size', 'address', 'groups', 'storage'], defaultSize: 'small' },
    });
    const made = request(draft, known({ networks: ready(home, outside) }), locked);
    assert.equal(made?.flavorId, small.id);
    assert.equal(made.address?.kind, 'new');
    assert.equal(made.newGroup?.name, 'allow-ssh-ping');
    assert.equal(made.boot, undefined);
    assert.deepEqual(made.metadata, { a: 'b' });
  });
});

describe('what is asked of the cloud', () => {
  const asks = (draft: Draft, ...open: Part[]) => [...extrasFor(draft, new Set(open), setting())].sort();

  it('is nothing more until somebody looks or chooses', () => {
    assert.deepEqual(asks({}), []);
    assert.deepEqual(asks({}, 'image', 'size', 'key', 'count'), []);
    assert.deepEqual(asks({}, 'network'), ['addresses']);
    assert.deepEqual(asks({}, 'storage'), ['snapshots', 'volumeTypes', 'volumes']);
    assert.deepEqual(asks({}, 'advanced'), ['dnsZones', 'serverGroups', 'zones']);
    assert.deepEqual(asks({ boot: { kind: 'volume', id: 'x' } }), ['volumes']);
    assert.deepEqual(asks({ address: { kind: 'existing', id: 'x' } }), ['addresses']);
  });
});
