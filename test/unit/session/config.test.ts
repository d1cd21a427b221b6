import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isOpenStackError } from '../../../src/openstack/errors.js';
import { readConfig } from '../../../src/session/config.js';
import { Session } from '../../../src/session/session.js';

const whole = {
  authUrl: 'https://cloud.example/identity/v3',
  cloudName: 'Lakeside Cloud',
  domain: 'Default',
  region: 'North',
  proxy: '/openstack',
  persist: 'tab',
  locale: 'de',
  vocabulary: { instance: { one: 'computer', many: 'computers' } },
  docsUrl: '/help',
  launch: {
    images: ['Debian 12', 'Ubuntu 24.04'],
    sizes: ['m1.small'],
    defaultImage: 'Debian 12',
    defaultSize: 'm1.small',
    network: 'private',
    securityGroup: 'default',
    openings: [{ protocol: 'tcp', ports: '22', from: '192.0.2.0/24' }],
    address: 'none',
    externalNetwork: 'outside',
    bootVolume: { size: 40, type: 'fast' },
    availabilityZone: 'north',
    zone: '{project}.example.org.',
    profiles: ['kit'],
    types: [
      {
        name: 'Ubuntu',
        description: 'What most people take.',
        logo: '/ubuntu.svg',
        versions: [
          {
            name: '24.04',
            image: {
              id: 'x',
              name: 'Ubuntu*',
              visibility: 'public',
              osDistro: 'ubuntu',
              osVersion: '24.04',
              properties: { role: 'base' },
            },
            primary: true,
            sizes: ['m1.*'],
          },
        ],
      },
    ],
    sizeGroups: [{ title: 'General', description: 'For most things.', sizes: ['m1.*'] }],
    locked: ['storage'],
    exosphere: { repository: 'https://git.example/exosphere.git', commit: '0a07992d'.repeat(5) },
  },
  userAppProxy: [{ region: 'North', hostname: 'north.proxy.example' }],
  jumpHost: 'ada@bastion.example.org:2222',
} as const;

const problemsOf = (json: unknown): string[] =>
  readConfig(json).problems.map(({ kind, row, field }) => `${kind} ${row}.${field}`);

describe('a configuration', () => {
  it('names people by the ids of their accounts', () => {
    const { settings, problems } = readConfig({ people: { a1b2: 'Ada Lovelace' } });
    assert.deepEqual(settings, { people: { a1b2: 'Ada Lovelace' } });
    assert.deepEqual(problems, []);
    assert.equal(readConfig({ people: ['Ada'] }).problems.length, 1);
  });

  it('is taken as it is when it is right', () => {
    const { settings, problems } = readConfig(whole);
    assert.deepEqual(problems, []);
    assert.deepEqual({ ...settings, vocabulary: { instance: settings.vocabulary?.instance } }, whole);
  });

  it('may be empty, and name its schema', () => {
    assert.deepEqual(readConfig({}), { settings: {}, problems: [] });
    assert.deepEqual(problemsOf({ $schema: 'https://example.org/schema.json' }), []);
  });

  for (const [name, json, problem] of [
    ['an unknown key', { autUrl: 'https://cloud.example' }, 'unknown-field config.autUrl'],
    ['a wrong type', { cloudName: 7 }, 'wrong-type config.cloudName'],
    ['a wrong word', { persist: 'forever' }, 'unknown-value config.persist'],
    ['an address of another scheme', { docsUrl: 'javascript:alert(1)' }, 'wrong-type config.docsUrl'],
    [
      'an address of another host without scheme',
      { docsUrl: '//evil.example/' },
      'wrong-type config.docsUrl',
    ],
    ['an unknown launch key', { launch: { flavor: 'x' } }, 'unknown-field config.launch.flavor'],
    ['a wrong launch key', { launch: { images: 'Debian' } }, 'wrong-type config.launch.images'],
    [
      'an opening of an unknown kind',
      { launch: { openings: [{ protocol: 'sctp', ports: '1' }] } },
      'unknown-value config.launch.openings.protocol',
    ],
    [
      'a version without images',
      { launch: { types: [{ name: 'x', versions: [{ name: '1' }] }] } },
      'missing-field config.launch.types.versions.image',
    ],
    [
      'a branch in the place of a commit',
      { launch: { exosphere: { repository: 'https://git.example/exo.git', commit: 'master' } } },
      'wrong-type config.launch.exosphere.commit',
    ],
    [
      'a repository that a shell would run',
      { launch: { exosphere: { repository: 'https://git.example/$(id)', commit: 'a'.repeat(40) } } },
      'wrong-type config.launch.exosphere.repository',
    ],
    [
      'a proxy that is no host name',
      { userAppProxy: [{ hostname: 'evil.example/#' }] },
      'wrong-type config.userAppProxy.hostname',
    ],
    ['a way in that a shell would run', { jumpHost: 'ada@bastion.example;id' }, 'wrong-type config.jumpHost'],
    ['a way in that is an option', { jumpHost: '-oProxyCommand=id' }, 'wrong-type config.jumpHost'],
    [
      'an unknown noun',
      { vocabulary: { server: { one: 'a', many: 'b' } } },
      'unknown-field config.vocabulary.server',
    ],
    ['half a noun', { vocabulary: { image: { one: 'a' } } }, 'missing-field config.vocabulary.many'],
    ['no object', 'hello', 'wrong-type config.'],
    ['a list', [], 'wrong-type config.'],
  ] as const) {
    it(`with ${name} is told of, and the rest is taken`, () => {
      assert.deepEqual(problemsOf(json), [problem]);
      if (typeof json === 'object' && !Array.isArray(json)) {
        const { settings } = readConfig(Object.assign({}, json, { domain: 'Default' }));
        assert.equal(settings.domain, 'Default');
        for (const value of Object.values(settings)) assert.notEqual(value, undefined);
      }
    });
  }

  it('keeps the right entries beside a wrong one', () => {
    const { settings } = readConfig({ launch: { images: ['Debian 12', 7], sizes: 3, network: 'private' } });
    assert.deepEqual(settings.launch?.images, ['Debian 12']);
    assert.equal(settings.launch?.sizes, undefined);
    assert.equal(settings.launch?.network, 'private');
  });
});

describe('reading a configuration', () => {
  const answering = (status: number, body: string): Session =>
    new Session({
      fetch: (request) => {
        assert.equal(request.url, 'https://portal.example/exo.json');
        assert.equal(request.headers.get('x-auth-token'), null);
        return Promise.resolve(
          new Response(body, { status, headers: { 'Content-Type': 'application/json' } }),
        );
      },
    });

  it('applies what is right in it and tells the rest', async () => {
    const session = answering(200, JSON.stringify({ cloudName: 'Ours', colour: 'red' }));
    session.configure({ domain: 'Default' });
    const loading = session.loadConfig('https://portal.example/exo.json');
    assert.equal(session.configuring, true);
    assert.deepEqual(await loading, [{ kind: 'unknown-field', row: 'config', field: 'colour' }]);
    assert.equal(session.configuring, false);
    assert.deepEqual(session.settings, { domain: 'Default', cloudName: 'Ours' });
  });

  it('is an error when there is none, and changes nothing', async () => {
    const session = answering(404, '{}');
    await assert.rejects(
      session.loadConfig('https://portal.example/exo.json'),
      (error) => isOpenStackError(error) && error.attempt.action === 'read-config',
    );
    assert.equal(session.configuring, false);
    assert.deepEqual(session.settings, {});
  });
});
