import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readDraft, writeDraft } from '../../../../src/elements/launch-wizard/draft-text.js';
import { readLink, writeLink } from '../../../../src/elements/launch-wizard/link.js';
import type { Known } from '../../../../src/elements/launch-wizard/known.js';
import { draftOf, type LaunchWish } from '../../../../src/elements/launch-wizard/wish.js';
import {
  withoutLocked,
  type AddressDraft,
  type BootDraft,
  type Draft,
  type KeyDraft,
} from '../../../../src/elements/launch-wizard/wishes.js';
import type { CollectionState } from '../../../../src/live/collection.js';
import { flavor, group, image, keypair, network, server } from '../../launch/rows.js';

const PUBLIC = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2vZ1b8qzjP0h6m6lHkzVfUqYb3s1nJrYc9x0m0pR7k me@here';

/** Everything that a draft can hold: what is forgotten when it is read fails here to compile. */
const full: Required<Omit<Draft, 'script' | 'moreKeysRefused'>> = {
  name: 'zwei 🚀',
  imageId: 'i',
  flavorId: 'f',
  key: { kind: 'existing', name: 'laptop' },
  network: 'own',
  newNetwork: { name: 'n', cidr: '10.0.0.0/24' },
  connect: 'network-1',
  fixedIp: '10.0.0.7',
  moreNetworks: [{ id: 'm', fixedIp: '10.1.0.7' }],
  address: { kind: 'new', networkId: 'out' },
  groups: ['g'],
  openings: [
    { protocol: 'tcp', ports: '443', from: '192.0.2.0/24' },
    { protocol: 'icmp', ports: '', from: undefined },
  ],
  count: '3',
  boot: { kind: 'new-volume', size: '20', type: 'fast', keep: true },
  volumes: [{ size: '5', type: 'slow' }],
  availabilityZone: 'nova',
  serverGroupId: 's',
  newServerGroup: 'anti-affinity',
  hints: [{ key: 'a', value: 'b' }],
  metadata: [{ key: 'c', value: 'd' }],
  tags: ['t'],
  description: 'about',
  configDrive: true,
  zone: 'example.org.',
  profile: 'kit',
  moreKeys: PUBLIC,
  packages: 'git',
  desktop: false,
  webShell: true,
  workflow: { repo: 'https://github.com/binder-examples/r', ref: 'v2', path: 'lab' },
  updates: false,
};

/** What can be chosen in more than one way: each with all that it can hold, or it fails here to compile. */
type EachOf<U extends { readonly kind: string }> = {
  readonly [K in U['kind']]: Required<Extract<U, { readonly kind: K }>>;
};
const boots: EachOf<BootDraft> = {
  image: { kind: 'image' },
  'new-volume': { kind: 'new-volume', size: '20', type: 'fast', keep: true },
  volume: { kind: 'volume', id: 'v', remove: true },
  snapshot: { kind: 'snapshot', id: 's', size: '20', type: 'fast', keep: false },
};
const addresses: EachOf<AddressDraft> = {
  none: { kind: 'none' },
  new: { kind: 'new', networkId: 'out' },
  existing: { kind: 'existing', id: 'a' },
};
const keys: EachOf<KeyDraft> = {
  none: { kind: 'none' },
  existing: { kind: 'existing', name: 'laptop' },
  generate: { kind: 'generate', name: 'new' },
  import: { kind: 'import', name: 'new', text: PUBLIC, refused: false },
};

describe('a draft as text', () => {
  const ways: readonly Draft[] = [
    ...Object.values(boots).map((boot) => ({ boot })),
    ...Object.values(addresses).map((address) => ({ address })),
    ...Object.values(keys).map((key) => ({ key })),
    ...(['plain', 'kit', 'exosphere'] as const).map((profile) => ({ profile })),
  ];
  for (const draft of [full, ...ways]) {
    it(`comes back as it was: ${JSON.stringify(draft).slice(0, 60)}`, () =>
      assert.deepEqual(readDraft(writeDraft(draft)), draft));
  }

  for (const [what, draft, kept] of [
    [
      'a private key among those of others',
      { moreKeys: `${PUBLIC}\nb3BlbnNzaHVudGVyMg==` },
      { moreKeys: PUBLIC },
    ],
    [
      'an account in the address of a repository',
      { workflow: { repo: 'https://ada:hunter2@example.org/lab/notes', ref: 'v2' } },
      { workflow: { repo: 'https://example.org/lab/notes', ref: 'v2', path: undefined } },
    ],
    ['that something was refused', { name: 'web', moreKeysRefused: true }, { name: 'web' }],
  ] as const) {
    it(`holds none of it: ${what}`, () => {
      const written = writeDraft(draft);
      assert.doesNotMatch(written, /hunter2|b3Blb|Refused/);
      assert.deepEqual(readDraft(written), kept);
    });
  }

  it('holds no boot script', () => {
    const text = writeDraft({ ...full, script: { kind: 'text', text: '#!/bin/sh\nPASSWORD=hunter2' } });
    assert.doesNotMatch(text, /hunter2|"script"/);
  });

  it('holds a public key, and nothing else that was pasted for one', () => {
    const draft = (text: string): Draft => ({ key: { kind: 'import', name: 'new', text, refused: false } });
    assert.deepEqual(readDraft(writeDraft(draft(PUBLIC))), draft(PUBLIC));
    const written = writeDraft(draft('-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz'));
    assert.doesNotMatch(written, /PRIVATE|b3BlbnNz/);
  });

  for (const text of [
    '',
    'null',
    '[]',
    '7',
    '{"name":7,"key":{"kind":"x"},"volumes":"no","boot":{"kind":"volume"}}',
    '{"groups":[7]}',
  ]) {
    it(`is nothing that breaks the form: ${text}`, () => {
      const { groups = [], ...rest } = readDraft(text);
      assert.deepEqual([groups, rest], [[], {}]);
    });
  }
});

describe('a link', () => {
  /** What a wish may say in a link: a field that is forgotten there fails here to compile, or when it is read. */
  const wish = {
    like: '8a1f',
    name: 'web & co',
    image: 'Ubuntu 24.04 (ü)',
    size: 'm3.small',
    key: 'laptop',
    network: 'lab',
    moreNetworks: ['storage', 'a+b'],
    groups: ['a', 'b+c'],
    address: 'new',
    zone: 'nova',
    profile: 'exosphere',
    desktop: true,
    webShell: false,
    tags: ['course', 'a&b'],
    count: 2,
    bootVolume: 40,
    volumes: [5, 10],
  } as const satisfies Required<Omit<LaunchWish, 'metadata'>>;

  it('comes back as it was written', () =>
    assert.deepEqual(readLink(`#${writeLink(wish, 'launch')}`, 'launch'), { wish, unusable: [] }));

  it('holds no metadata, whoever writes it', () =>
    assert.doesNotMatch(writeLink({ ...wish, metadata: { PASSWORD: 'hunter2' } }, 'launch'), /hunter2|meta/));

  /** Why somebody else cannot choose it: it runs there, lets somebody in, or is not seen before the click. */
  const notWished: readonly (keyof Draft)[] = [
    'script', 'packages', 'workflow', 'updates', // runs on the instance
    'moreKeys', 'moreKeysRefused', 'openings', // lets somebody in
    'newNetwork', 'connect', 'fixedIp', // of one project, at one time
    'serverGroupId', 'newServerGroup', 'hints', 'description', 'configDrive', 'zone', // few people want it
  ]; // prettier-ignore

  it('chooses each of its fields in the form, and what of the form it leaves out is known', () => {
    const ready = <R>(...rows: R[]): CollectionState<R> => ({
      status: 'ready',
      rows,
      complete: true,
      updatedAt: 0,
      refreshing: false,
    });
    const known: Known = {
      images: ready(image('ubuntu', { name: wish.image })),
      flavors: ready(flavor(wish.size)),
      keypairs: ready(keypair(wish.key)),
      networks: ready(...[wish.network, ...wish.moreNetworks].map((name) => network(name))),
      groups: ready(...wish.groups.map((name) => group(name))),
      servers: ready(server('model', { id: wish.like })),
      limits: undefined,
      recent: undefined,
    };
    const { draft, missing } = draftOf({ ...wish, metadata: { purpose: 'test' } }, known);
    assert.deepEqual(missing, []);
    assert.deepEqual(draft, {
      name: 'web & co',
      imageId: 'image-ubuntu',
      flavorId: 'flavor-m3.small',
      key: { kind: 'existing', name: 'laptop' },
      network: 'network-lab',
      moreNetworks: [{ id: 'network-storage' }, { id: 'network-a+b' }],
      groups: ['group-a', 'group-b+c'],
      address: { kind: 'new' },
      availabilityZone: 'nova',
      profile: 'exosphere',
      desktop: true,
      webShell: false,
      tags: ['course', 'a&b'],
      metadata: [{ key: 'purpose', value: 'test' }],
      count: '2',
      boot: { kind: 'new-volume', size: '40' },
      volumes: [{ size: '5' }, { size: '10' }],
    });
    const all: Record<keyof Draft, unknown> = { ...full, script: 0, moreKeysRefused: 0 };
    assert.deepEqual([...Object.keys(draft), ...notWished].sort(), Object.keys(all).sort());
  });

  for (const [fragment, what] of [
    ['', 'nothing'],
    ['#instances', 'another place'],
    ['#launch', 'no choices'],
    ['#launch?', 'no choices'],
    ['#other?image=x', 'another name'],
    ['#launch?script=%23!%2Fbin%2Fsh&metadata=x', 'scripts and metadata'],
    ['#launch?count=&address=%20', 'no values'],
  ] as const) {
    it(`is none: ${what}`, () => assert.equal(readLink(fragment, 'launch'), undefined));
  }

  it('takes the first of very many, as a link is anybody’s', () => {
    const many = (key: string) => Array.from({ length: 5000 }, (_, i) => `${key}=${String(i + 1)}`).join('&');
    const link = ['group', 'tag', 'network', 'volume'].map(many).join('&');
    const { wish, unusable } = readLink(`#launch?${link}`, 'launch') ?? {};
    const { groups, tags, moreNetworks, volumes } = wish ?? {};
    assert.deepEqual([groups?.length, tags?.length, moreNetworks?.length, volumes?.length], [50, 50, 49, 50]);
    assert.equal(groups?.[0], '1');
    assert.deepEqual(unusable, ['network', 'group', 'tag', 'volume']);
  });

  for (const [query, unusable] of [
    ['image=x', []],
    ['count=-1', ['count']],
    ['count=3.5', ['count']],
    ['address=all', ['address']],
    ['profile=root', ['profile']],
    ['volume=5&volume=x', ['volume']],
    ['boot=0', ['boot']],
    ['desktop=1&web-shell=true', ['desktop', 'web-shell']],
    [`size=m3.small&image=${'x'.repeat(300)}`, ['image']],
  ] as const) {
    it(`tells by its own words what of it is no value that can be: ${query.slice(0, 40)}`, () =>
      assert.deepEqual(readLink(`#launch?${query}`, 'launch')?.unusable, unusable));
  }

  it('does not get past what the portal has locked', () => {
    assert.deepEqual(withoutLocked({ imageId: 'mine', name: 'web' }, ['image']), { name: 'web' });
  });
});
