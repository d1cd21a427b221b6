import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { likeDisks, type Disks } from '../../../../src/elements/launch-wizard/like-disks.js';
import { likePlacement, type Placement } from '../../../../src/elements/launch-wizard/like-placement.js';
import { likePrepared } from '../../../../src/elements/launch-wizard/like-prepared.js';
import { likeServer } from '../../../../src/elements/launch-wizard/like.js';
import type { Draft } from '../../../../src/elements/launch-wizard/wishes.js';
import { exosphereMetadata } from '../../../../src/launch/exosphere/prepare.js';
import { givenMetadata, givenTo } from '../../../../src/launch/given.js';
import { LAUNCH_MARK } from '../../../../src/launch/mark.js';
import type { LaunchProfile } from '../../../../src/launch/profiles.js';
import { LAUNCH_SETUP } from '../../../../src/launch/setup.js';
import type { VolumeOrigin } from '../../../../src/openstack/launch-facts.js';
import type { LaunchDefaults } from '../../../../src/session/settings.js';

const PROVISIONING = {
  repository: 'https://gitlab.example.org/exosphere/exosphere.git',
  commit: '0123456789abcdef0123456789abcdef01234567',
};
const REPO = 'https://github.com/binder-examples/requirements';

describe('another like an instance', () => {
  const server = {
    imageId: 'image-1',
    flavor: { id: undefined, name: 'm3.small' },
    keyName: 'laptop',
    addresses: [
      { network: 'storage', type: 'fixed' },
      { network: 'lab', type: 'fixed' },
      { network: 'lab', type: 'floating' },
    ],
    securityGroups: ['default', 'default', 'web'],
    availabilityZone: 'nova',
    metadata: {
      'exo:launch': 'x 1/1',
      exoSetup: '{}',
      exouserPassword: '•••',
      exoplanet: 'kept',
      note: 'kept',
    },
    tags: ['course'],
  };

  it('takes what was chosen, and nothing that was written by the kit or is a passphrase', () => {
    assert.deepEqual(likeServer(server), {
      image: 'image-1',
      size: 'm3.small',
      key: 'laptop',
      network: 'lab',
      moreNetworks: ['storage'],
      groups: ['default', 'web'],
      address: 'new',
      zone: 'nova',
      tags: ['course'],
      metadata: { exoplanet: 'kept', note: 'kept' },
    });
  });

  it('has no key where there was none', () => {
    assert.equal(likeServer({ ...server, keyName: undefined }).key, 'none');
  });
});

describe('what a launch was given', () => {
  const key = { kind: 'existing', name: 'laptop' } as const;
  const kit: LaunchProfile = { kind: 'kit', keys: ['ssh-ed25519 AAAA ada'], packages: ['git'] };
  const exosphere: LaunchProfile = {
    kind: 'exosphere',
    provisioning: PROVISIONING,
    creator: 'ada',
    keys: ['ssh-ed25519 AAAA ada'],
    shell: true,
    desktop: false,
    updates: true,
  };
  for (const [what, request, words] of [
    ['nothing', { key }, undefined],
    ['an empty script', { key, userData: '' }, undefined],
    ['a script', { key, userData: '#!/bin/sh\nPASSWORD=hunter2' }, 'script'],
    ['keys and packages', { key, profile: kit }, 'packages keys'],
    ['a script beside them', { key, profile: kit, userData: new Uint8Array([1]) }, 'script packages keys'],
    ['no key but the key pair', { key, profile: exosphere }, undefined],
    ['hints', { key, hints: { same_host: 'a' } }, 'hints'],
    ['no hint but a group, which shows', { key, hints: { group: 'a' } }, undefined],
    ['a fixed address', { key, fixedIp: '10.0.0.7', zone: 'example.org.' }, 'addresses dns'],
    [
      'one on a further network',
      { key, moreNetworks: [{ networkId: 'a' }, { networkId: 'b', fixedIp: '10.1.0.7' }] },
      'addresses',
    ],
    ['further networks', { key, moreNetworks: [{ networkId: 'a' }, { portId: 'b' }] }, undefined],
    ['the key of somebody else', { key: { kind: 'none' }, profile: exosphere }, 'keys'],
  ] as const) {
    it(`is written on the instance, and never what it was: ${what}`, () => {
      const metadata = givenMetadata(request);
      assert.equal(metadata['exo:launch-given'], words);
      assert.deepEqual(
        givenTo({ [LAUNCH_MARK]: 'x 1/1', ...metadata }),
        words === undefined ? [] : words.split(' '),
      );
    });
  }

  it('is not known of what was made by other means', () => assert.equal(givenTo({}), undefined));
});

describe('how an instance was prepared', () => {
  const OURS = { [LAUNCH_MARK]: 'x 1/1' };
  const KIT = { ...OURS, [LAUNCH_SETUP]: '{"status":"complete","epoch":1}' };
  const exosphere = (repo?: string): Readonly<Record<string, string>> =>
    exosphereMetadata(
      {
        kind: 'exosphere',
        provisioning: PROVISIONING,
        creator: 'ada',
        keys: [],
        shell: true,
        desktop: true,
        updates: true,
        ...(repo !== undefined && { workflow: { repo, ref: 'v2', path: 'lab' } }),
      },
      'id',
      { option: 'automatic' },
    );
  const all: LaunchDefaults = { exosphere: PROVISIONING };
  const prepared: Draft = { profile: 'exosphere', desktop: true, webShell: true };
  const cases: readonly {
    readonly what: string;
    readonly metadata: Readonly<Record<string, string>>;
    readonly preferences?: LaunchDefaults;
    readonly proxy?: false;
    readonly draft: Draft;
    readonly left: readonly string[];
  }[] = [
    { what: 'by other means', metadata: {}, draft: {}, left: ['maybe'] },
    { what: 'not at all', metadata: OURS, draft: { profile: 'plain' }, left: [] },
    { what: 'by the kit', metadata: KIT, draft: { profile: 'kit' }, left: [] },
    {
      what: 'by the kit, with what cannot be read back',
      metadata: { ...KIT, 'exo:launch-given': 'script packages keys later' },
      draft: { profile: 'kit' },
      left: ['script', 'packages', 'keys'],
    },
    {
      what: 'by the kit, which is not offered',
      metadata: { ...KIT, 'exo:launch-given': 'script packages keys' },
      preferences: { profiles: ['plain'] },
      draft: {},
      left: ['profile', 'script'],
    },
    {
      what: 'not at all, which is not offered',
      metadata: OURS,
      preferences: { profiles: ['kit'] },
      draft: {},
      left: ['profile'],
    },
    {
      what: 'by the kit, where the portal decides all of it',
      metadata: { ...KIT, 'exo:launch-given': 'script packages keys' },
      preferences: { locked: ['profile', 'script', 'key'], profiles: ['plain'] },
      draft: {},
      left: [],
    },
    { what: 'by Exosphere', metadata: exosphere(), draft: prepared, left: ['maybe'] },
    {
      what: 'by a launch of ours in its way, with notebooks',
      metadata: { ...OURS, ...exosphere(REPO) },
      draft: { ...prepared, workflow: { repo: REPO, ref: 'v2', path: 'lab' } },
      left: [],
    },
    {
      what: 'in its way, where no proxy leads to it',
      metadata: { ...OURS, ...exosphere(REPO) },
      proxy: false,
      draft: { profile: 'exosphere', desktop: true },
      left: ['web-shell', 'workflow'],
    },
    {
      what: 'in its way, with a password in an address',
      metadata: { ...OURS, ...exosphere('https://ada:hunter2@example.org/lab/notes') },
      draft: prepared,
      left: ['secret-workflow'],
    },
    {
      what: 'in its way, with what a shell would read',
      metadata: { ...OURS, ...exosphere('https://example.org/$(reboot)') },
      draft: prepared,
      left: ['workflow'],
    },
    {
      what: 'in its way, without a shell',
      metadata: { ...OURS, exoServerVersion: '6', exoSetup: '{}' },
      draft: { profile: 'exosphere', webShell: false },
      left: [],
    },
    {
      what: 'in its way, which is not offered',
      metadata: { ...OURS, ...exosphere(REPO) },
      preferences: {},
      draft: {},
      left: ['profile'],
    },
  ];
  for (const { what, metadata, preferences = all, proxy = true, draft, left } of cases) {
    it(what, () => {
      const found = likePrepared(metadata, { preferences, hasAppProxy: proxy });
      assert.deepEqual(found.draft, draft);
      assert.deepEqual(
        found.left.map((each) => each.what),
        left,
      );
      assert.doesNotMatch(JSON.stringify(found), /hunter2/);
    });
  }
});

describe('the disks of an instance', () => {
  const IMAGES = [{ id: 'image-1' }];
  const TYPES: Disks['types'] = ['ssd', 'standard'].map((name) => ({
    id: name,
    name,
    description: undefined,
    isDefault: false,
  }));
  const volume = (id: string, more: Partial<VolumeOrigin> = {}): VolumeOrigin => ({
    id,
    name: `${id}-name`,
    size: 10,
    type: 'standard',
    bootable: false,
    image: undefined,
    snapshotId: undefined,
    sourceId: undefined,
    metadata: {},
    attachments: [{ serverId: 'server', device: '/dev/vdb' }],
    ...more,
  });
  const boot = (more: Partial<VolumeOrigin> = {}): VolumeOrigin =>
    volume('boot', {
      size: 33,
      type: 'ssd',
      bootable: true,
      image: { id: 'image-1', name: 'Debian 12' },
      attachments: [{ serverId: 'server', device: '/dev/vda' }],
      ...more,
    });
  const server = (volumes: readonly VolumeOrigin[], more: object = {}) => ({
    id: 'server',
    imageId: undefined,
    metadata: { [LAUNCH_MARK]: 'x 1/2' },
    volumesAttached: volumes.map(({ id }) => id),
    volumesDeletedWith: [] as readonly string[] | undefined,
    ...more,
  });
  const disks = (volumes: readonly VolumeOrigin[]): Disks => ({ volumes, snapshots: [], types: TYPES });
  const onVolume = { kind: 'new-volume', size: '33', type: 'ssd', keep: true } as const;

  it('starts from a new volume of the same size and kind, with the same image, that stays as well', () => {
    const volumes = [volume('data'), boot()];
    const found = likeDisks(server(volumes), disks(volumes), IMAGES);
    assert.deepEqual(found.draft, { boot: onVolume, imageId: 'image-1' });
    assert.deepEqual(found.left, [{ what: 'volumes', names: ['data-name'] }]);
  });

  for (const [deleted, keep] of [
    [['boot'], false],
    [['other'], true],
    [undefined, undefined],
  ] as const) {
    it(`goes with it as there: ${String(deleted)}`, () => {
      const found = likeDisks(server([boot()], { volumesDeletedWith: deleted }), disks([boot()]), IMAGES);
      assert.deepEqual(found.draft.boot, { ...onVolume, keep });
    });
  }

  it('knows the boot volume by its mark, wherever the cloud has put it', () => {
    const volumes = [
      boot({ id: 'odd', attachments: [{ serverId: 'server', device: '/dev/xvdf' }] }),
      volume('own', { metadata: { [LAUNCH_MARK]: 'x 1/2 boot' }, bootable: true, size: 44, attachments: [] }),
    ];
    const { boot: found } = likeDisks(server(volumes), disks(volumes), IMAGES).draft;
    assert.equal(found?.kind === 'new-volume' && found.size, '44');
  });

  it('gets new volumes as its launch made them, in their order, and none of another launch', () => {
    const volumes = [
      volume('c', { metadata: { [LAUNCH_MARK]: 'x 1/2 volume-10' }, size: 3 }),
      volume('b', { metadata: { [LAUNCH_MARK]: 'x 1/2 volume-2' }, size: 2, type: 'ssd' }),
      volume('other', { metadata: { [LAUNCH_MARK]: 'y 1/2 volume-1' } }),
      volume('sister', { metadata: { [LAUNCH_MARK]: 'x 2/2 volume-1' }, name: '' }),
    ];
    const found = likeDisks(server(volumes, { imageId: 'image-1' }), disks(volumes), IMAGES);
    assert.deepEqual(found, {
      draft: {
        volumes: [
          { size: '2', type: 'ssd' },
          { size: '3', type: 'standard' },
        ],
      },
      left: [{ what: 'volumes', names: ['other-name', 'sister'] }],
      missing: [],
    });
  });

  const snapshot = { id: 'snap', name: 'set up', status: 'available', size: 30, volumeId: 'x', created: '' };
  it('starts from the snapshot that it was made from', () => {
    const volumes = [boot({ snapshotId: 'snap' })];
    const found = likeDisks(server(volumes), { ...disks(volumes), snapshots: [snapshot] }, IMAGES);
    assert.deepEqual(found, {
      draft: { boot: { ...onVolume, kind: 'snapshot', id: 'snap' } },
      left: [],
      missing: [],
    });
  });

  for (const [what, volumes, left, missing, imageId] of [
    ['a snapshot that is gone', [boot({ snapshotId: 'snap' })], ['boot-copy'], [], 'image-1'],
    ['another volume', [boot({ sourceId: 'first' })], ['boot-copy'], [], 'image-1'],
    ['what nobody knows', [boot({ image: undefined })], ['boot-source'], [], undefined],
    ['an image that is gone', [boot({ image: { id: 'old', name: 'Old 1' } })], [], ['Old 1'], undefined],
    ['a kind that is gone', [boot({ type: 'tape' })], [], ['tape'], 'image-1'],
    ['nothing that is there', [], ['boot-source'], [], undefined],
  ] as const) {
    it(`says what cannot be: made from ${what}`, () => {
      const found = likeDisks(server(volumes), disks(volumes), IMAGES);
      assert.deepEqual(
        [found.left.map((each) => each.what), found.missing, found.draft.imageId],
        [left, missing, imageId],
      );
    });
  }

  it('takes a kind on trust where kinds cannot be read', () => {
    const found = likeDisks(server([boot()]), { ...disks([boot()]), types: undefined }, IMAGES);
    assert.deepEqual(found.draft.boot, onVolume);
  });

  it('says that they could not be read', () => {
    assert.deepEqual(likeDisks(server([boot()]), undefined, IMAGES), {
      draft: {},
      left: [{ what: 'disks' }],
      missing: [],
    });
  });
});

describe('where an instance was put', () => {
  const OURS = { [LAUNCH_MARK]: 'x 1/1' };
  const placed: Placement = { configDrive: false, serverGroupId: undefined, hints: {} };
  const untold: Placement = { ...placed, hints: undefined };
  const given = { ...OURS, 'exo:launch-given': 'script hints addresses dns' };
  const cases: readonly {
    readonly what: string;
    readonly description?: string;
    readonly metadata?: Readonly<Record<string, string>>;
    readonly placement?: Placement | 'unread';
    readonly preferences?: LaunchDefaults;
    readonly dns?: false;
    readonly draft: Draft;
    readonly left: readonly string[];
  }[] = [
    { what: 'anywhere', draft: {}, left: [] },
    {
      what: 'with a description',
      description: 'For the course',
      draft: { description: 'For the course' },
      left: [],
    },
    { what: 'with its name for a description', description: 'web-1', draft: {}, left: [] },
    { what: 'without a description', description: '', draft: {}, left: [] },
    {
      what: 'in a group, with a config drive',
      placement: { ...placed, configDrive: true, serverGroupId: 'group-1' },
      draft: { configDrive: true, serverGroupId: 'group-1' },
      left: [],
    },
    {
      what: 'by hints, with those of the cloud itself and the group',
      placement: { ...placed, hints: { same_host: ['a'], group: ['g'], _nova_check_type: ['resize'] } },
      draft: { hints: [{ key: 'same_host', value: 'a' }] },
      left: [],
    },
    {
      what: 'by hints of which one has several values',
      placement: { ...placed, hints: { different_host: ['a', 'b'], query: ['[">=", "$free_ram_mb", 1]'] } },
      draft: { hints: [{ key: 'query', value: '[">=", "$free_ram_mb", 1]' }] },
      left: ['hints'],
    },
    {
      what: 'by hints that the cloud does not tell, at addresses and with a name of its own',
      metadata: given,
      placement: untold,
      draft: {},
      left: ['addresses', 'hints', 'dns'],
    },
    { what: 'by hints that are told', metadata: given, draft: {}, left: ['addresses', 'dns'] },
    {
      what: 'with a name, where every address gets one',
      metadata: given,
      preferences: { zone: 'example.org.' },
      draft: {},
      left: ['addresses'],
    },
    {
      what: 'with a name, where there are none any more',
      metadata: given,
      dns: false,
      draft: {},
      left: ['addresses'],
    },
    {
      what: 'where the portal decides all of it',
      metadata: given,
      placement: { ...untold, serverGroupId: 'group-1' },
      preferences: { locked: ['placement', 'network', 'address'] },
      draft: {},
      left: [],
    },
    { what: 'nobody could read', placement: 'unread', draft: {}, left: ['placement'] },
    {
      what: 'nobody could read, and nobody has to',
      placement: 'unread',
      preferences: { locked: ['placement'] },
      draft: {},
      left: [],
    },
    {
      what: 'by other means',
      metadata: {},
      placement: untold,
      draft: {},
      left: ['maybe addresses', 'maybe hints', 'maybe dns'],
    },
    {
      what: 'by other means, by hints that are told',
      metadata: {},
      dns: false,
      draft: {},
      left: ['maybe addresses'],
    },
  ];
  for (const {
    what,
    description,
    metadata = OURS,
    placement = placed,
    preferences = {},
    dns,
    draft,
    left,
  } of cases) {
    it(what, () => {
      const found = likePlacement(
        { id: 'server', name: 'web-1', description, metadata },
        placement === 'unread' ? undefined : placement,
        { preferences, hasDnsService: dns ?? true },
      );
      assert.deepEqual(found.draft, draft);
      assert.deepEqual(
        found.left.map((each) => (each.what === 'maybe' ? `maybe ${each.had}` : each.what)),
        left,
      );
    });
  }
});
