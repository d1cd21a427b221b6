import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { goneOf, withoutLost, type Gone } from '../../../../src/elements/launch-wizard/gone.js';
import {
  decide,
  type Draft,
  type Known,
  type Setting,
} from '../../../../src/elements/launch-wizard/launch-wizard.state.js';
import { flavor, group, image, keypair, network, ready, setting as usual } from '../../launch/rows.js';

const PROVISIONING = { repository: 'https://cloud.lakeside.example/setup.git', commit: 'a'.repeat(40) };
const EXOSPHERE: Partial<Setting> = { preferences: { exosphere: PROVISIONING } };

const known = (change: Partial<Known> = {}): Known => ({
  images: ready(image('ubuntu'), image('kernel', { properties: { container_format: 'aki' } })),
  flavors: ready(flavor('small')),
  keypairs: ready(keypair('laptop')),
  networks: ready(
    network('home'),
    network('lab'),
    network('outside', { external: true, projectId: 'others' }),
  ),
  groups: ready(group('default'), group('web')),
  limits: ready(),
  recent: ready(),
  servers: ready(),
  extras: { zones: ready({ id: 'nova', available: true }) },
  ...change,
});

const setting = (change: Partial<Setting> = {}): Setting => usual({ hasAppProxy: false, ...change });

const gone = (draft: Draft, s: Partial<Setting> = {}, k: Partial<Known> = {}) =>
  goneOf(draft, known(k), decide(draft, known(k), setting(s)), setting(s));

describe('what a draft names and is passed over', () => {
  const there: Draft = {
    name: 'web',
    imageId: 'image-ubuntu',
    flavorId: 'flavor-small',
    key: { kind: 'existing', name: 'laptop' },
    network: 'network-home',
    moreNetworks: [{ id: 'network-lab' }],
    groups: ['group-web'],
    availabilityZone: 'nova',
    profile: 'kit',
    volumes: [{ size: '5' }],
  };
  const cases: readonly (readonly [string, Draft, readonly Gone[], Partial<Setting>?, Partial<Known>?])[] = [
    ['nothing of what is there', there, []],
    ['nothing of an empty one', {}, []],
    ['nothing while it is loading', { imageId: 'x', network: 'x', flavorId: 'x' }, [], {}, {
      images: { status: 'pending' }, flavors: { status: 'pending' }, networks: { status: 'pending' },
    }],
    ['nothing where it could not be loaded', { network: 'network-home', moreNetworks: [{ id: 'x' }] }, [], {}, {
      networks: undefined,
    }],
    ['an image that is deleted', { imageId: 'x' }, ['image']],
    ['an image that nothing starts from', { imageId: 'image-kernel' }, ['image-unusable']],
    ['no image where it starts from a volume', { imageId: 'x', boot: { kind: 'volume', id: 'v' } }, []],
    ['a size', { flavorId: 'x' }, ['size']],
    ['a key', { key: { kind: 'existing', name: 'x' } }, ['key']],
    ['a network', { network: 'x' }, ['network']],
    ['a network that leads outside', { network: 'network-outside' }, ['network-unusable']],
    ['no network of its own', { network: 'own' }, []],
    [
      'a network of its own where there may be no more',
      { network: 'own' },
      ['network-unusable'],
      {},
      { networkLimits: ready({ id: 'network', quotas: { network: { used: 1, limit: 1 } } }) },
    ],
    ['a further network', { moreNetworks: [{ id: 'network-lab' }, { id: 'network-outside' }] }, ['networks']],
    ['a security group', { groups: ['group-web', 'x'] }, ['groups']],
    ['a zone', { availabilityZone: 'moon' }, ['zone']],
    ['volumes', { volumes: [{ size: '5' }] }, ['storage'], { hasVolumeService: false }],
    ['a volume to start from', { boot: { kind: 'new-volume' } }, ['storage'], { hasVolumeService: false }],
    ['a preparation', { profile: 'exosphere', desktop: true, webShell: true }, ['profile']],
    ['further keys', { moreKeys: 'ssh-ed25519 AAAA' }, ['profile'], { preferences: { profiles: ['plain'] } }],
    ['a desktop', { desktop: true }, ['desktop'], EXOSPHERE],
    ['no desktop that somebody has left', { desktop: true, profile: 'plain' }, [], EXOSPHERE],
    ['no desktop that it brings', { desktop: true, profile: 'exosphere' }, [], EXOSPHERE],
    ['a shell', { webShell: true, profile: 'exosphere' }, ['web-shell'], EXOSPHERE],
    ['no shell that it brings', { webShell: true, profile: 'exosphere' }, [], { ...EXOSPHERE, hasAppProxy: true }],
    [
      'notebooks',
      { profile: 'exosphere', workflow: { repo: 'https://example.org/lab' } },
      ['workflow'],
      EXOSPHERE,
    ],
  ]; // prettier-ignore
  for (const [what, draft, expected, s, k] of cases)
    it(what, () => assert.deepEqual(gone(draft, s, k), expected));

  it('is one sentence where the portal has decided it, and none where it has decided the same', () => {
    const locked = [
      'image', 'size', 'key', 'network', 'address', 'groups', 'count', 'script', 'storage', 'placement', 'profile',
    ]; // prettier-ignore
    const preferences = { locked, defaultImage: 'ubuntu', network: 'home' };
    const same: Draft = {
      imageId: 'image-ubuntu',
      flavorId: 'flavor-small',
      key: { kind: 'existing', name: 'laptop' },
      network: 'network-home',
      groups: ['group-default'],
      count: '1',
      profile: 'plain',
    };
    assert.deepEqual(gone(same, { preferences }), []);
    for (const other of [
      { imageId: 'x' },
      { flavorId: 'x' },
      { key: { kind: 'existing', name: 'x' } },
      { network: 'network-lab' },
      { groups: [] },
      { count: '2' },
      { profile: 'kit' },
      { availabilityZone: 'moon' },
      { volumes: [{}] },
      { boot: { kind: 'new-volume' } },
    ] satisfies Draft[])
      assert.deepEqual(gone({ ...same, ...other }, { preferences }), ['locked'], JSON.stringify(other));
  });
});

describe('what a draft lets go of', () => {
  const draft: Draft = { name: 'web', serverGroupId: 'group', zone: 'lab.example.' };
  const groups = ready({ id: 'group', name: '', policy: 'affinity', members: [] });
  const zones = ready({ id: 'z', name: 'lab.example.' });
  const lost = (extras: Known['extras'], hasDns = true) => withoutLost(draft, known({ extras }), hasDns);

  it('is nothing that is there, or on its way, or could not be loaded', () => {
    assert.equal(lost({ serverGroups: groups, dnsZones: zones }), draft);
    assert.equal(lost({ serverGroups: { status: 'pending' } }), draft);
    assert.equal(lost(undefined), draft);
  });

  it('is a group and a zone of another project', () => {
    assert.deepEqual(lost({ serverGroups: ready(), dnsZones: zones }), { name: 'web', zone: 'lab.example.' });
    assert.deepEqual(lost({ serverGroups: groups, dnsZones: ready() }), {
      name: 'web',
      serverGroupId: 'group',
    });
    assert.deepEqual(lost({ serverGroups: groups }, false), { name: 'web', serverGroupId: 'group' });
  });
});
