import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readDraft, writeDraft } from '../../../../src/elements/launch-wizard/draft-text.js';
import { readLink, writeLink } from '../../../../src/elements/launch-wizard/link.js';
import type { LaunchWish } from '../../../../src/elements/launch-wizard/wish.js';
import { withoutLocked, type Draft } from '../../../../src/elements/launch-wizard/wishes.js';

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

describe('a draft as text', () => {
  it('comes back as it was', () => assert.deepEqual(readDraft(writeDraft(full)), full));

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
  const wish: LaunchWish = {
    like: '8a1f',
    name: 'web & co',
    image: 'Ubuntu 24.04 (ü)',
    size: 'm3.small',
    key: 'none',
    network: 'lab',
    groups: ['a', 'b+c'],
    address: 'new',
    zone: 'nova',
    profile: 'kit',
    count: 2,
    volumes: [5, 10],
  };

  it('comes back as it was written', () =>
    assert.deepEqual(readLink(`#${writeLink(wish, 'launch')}`, 'launch'), wish));

  for (const [fragment, what] of [
    ['', 'nothing'],
    ['#instances', 'another place'],
    ['#launch', 'no choices'],
    ['#launch?', 'no choices'],
    ['#other?image=x', 'another name'],
    ['#launch?script=%23!%2Fbin%2Fsh&metadata=x', 'scripts and metadata'],
    ['#launch?count=-1&address=all&profile=exosphere&volume=x', 'values that cannot be'],
    [`#launch?image=${'x'.repeat(300)}`, 'too long'],
  ] as const) {
    it(`is none: ${what}`, () => assert.equal(readLink(fragment, 'launch'), undefined));
  }

  it('does not get past what the portal has locked', () => {
    assert.deepEqual(withoutLocked({ imageId: 'mine', name: 'web' }, ['image']), { name: 'web' });
  });
});
