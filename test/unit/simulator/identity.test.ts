import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCloud } from '../../../src/simulator/index.js';
import { ask, namesIn, passwordOf, person, signIn, stillClock } from './client.js';

const TOKENS = '/v3/auth/tokens';

describe("the simulator's Keystone", () => {
  it('says where its v3 API is, with 300 at the root', async () => {
    const cloud = createCloud();
    const root = await ask(cloud, 'GET', '/');
    assert.equal(root.status, 300);
    assert.equal(root.at('versions.values.0.links.0.href'), 'https://cloud.example/v3/');
    assert.equal((await ask(cloud, 'GET', '/v3')).at('version.status'), 'stable');
  });

  for (const domain of [{ id: 'default' }, { name: 'Default' }])
    it(`takes a password with the domain by ${Object.keys(domain).join()}`, async () => {
      const answer = await ask(createCloud(), 'POST', TOKENS, {
        body: { auth: { identity: passwordOf('demo', 'demo-password', domain) } },
      });
      assert.equal(answer.status, 201);
      assert.equal(answer.at('token.user.name'), 'demo');
      assert.equal(answer.at('token.project'), undefined);
      assert.equal(answer.at('token.catalog'), undefined);
    });

  for (const [what, identity] of [
    ['a wrong password', passwordOf('demo', 'wrong')],
    ['an unknown user', passwordOf('nobody', 'demo-password')],
    ['an unknown domain', passwordOf('demo', 'demo-password', { name: 'Elsewhere' })],
  ] as const)
    it(`refuses ${what} without telling what was wrong`, async () => {
      const answer = await ask(createCloud(), 'POST', TOKENS, { body: { auth: { identity } } });
      assert.equal(answer.status, 401);
      assert.deepEqual(answer.at('error'), {
        code: 401,
        message: 'The request you have made requires authentication.',
        title: 'Unauthorized',
      });
      assert.equal(answer.headers.get('WWW-Authenticate'), 'Keystone uri="https://cloud.example/v3"');
    });

  it('turns an unscoped token into one of a project, which ends no later', async () => {
    const cloud = createCloud({ clock: stillClock() });
    const unscoped = await ask(cloud, 'POST', TOKENS, { body: { auth: { identity: passwordOf('demo') } } });
    const id = unscoped.headers.get('X-Subject-Token') ?? '';
    const projects = await ask(cloud, 'GET', '/v3/auth/projects', { headers: { 'X-Auth-Token': id } });
    assert.deepEqual(namesIn(projects.at('projects')), ['demo', 'research']);
    cloud.advance(600_000);
    const scoped = await ask(cloud, 'POST', TOKENS, {
      body: {
        auth: {
          identity: { methods: ['token'], token: { id } },
          scope: { project: { id: projects.at('projects.1.id') } },
        },
      },
    });
    assert.equal(scoped.status, 201);
    assert.equal(scoped.at('token.project.name'), 'research');
    assert.deepEqual(scoped.at('token.methods'), ['token', 'password']);
    assert.equal(scoped.at('token.expires_at'), unscoped.at('token.expires_at'));
  });

  it('refuses a project the user has no role in', async () => {
    const answer = await ask(createCloud(), 'POST', TOKENS, {
      body: {
        auth: {
          identity: passwordOf('reader'),
          scope: { project: { name: 'research', domain: { id: 'default' } } },
        },
      },
    });
    assert.equal(answer.status, 401);
  });

  it('puts each service of each region in the catalog, at addresses that answer', async () => {
    const who = await person({ regions: ['RegionOne', 'North'] });
    const catalog = await who.get('/v3/auth/catalog');
    const types: string[] = [];
    for (let service = 0; catalog.at(`catalog.${service}`) !== undefined; service++) {
      types.push(String(catalog.at(`catalog.${service}.type`)));
      for (let index = 0; catalog.at(`catalog.${service}.endpoints.${index}`) !== undefined; index++) {
        const url = String(catalog.at(`catalog.${service}.endpoints.${index}.url`));
        const { status } = await who.call('GET', `${url}/`);
        assert.ok(status < 400 || status === 404, `${url} answers ${status}`);
        assert.notEqual((await who.call('GET', url.replace(/\/v3\/\w{32}$/, '/'))).status, 404, url);
      }
    }
    assert.deepEqual(types.sort(), [
      'block-storage', 'compute', 'identity', 'image', 'network', 'placement', 'volumev3',
    ]); // prettier-ignore
  });

  it('lets a token expire', async () => {
    const who = await person({ tokenSeconds: 60 });
    who.cloud.advance(59_000);
    assert.equal((await who.get('/v3/auth/projects')).status, 200);
    who.cloud.advance(1000);
    assert.equal((await who.get('/v3/auth/projects')).status, 401);
    assert.equal((await who.get('/compute/v2.1/servers')).status, 401);
  });

  it('revokes a token on request, and is asked about it', async () => {
    const who = await person();
    const headers = { 'X-Subject-Token': who.token };
    assert.equal((await who.call('GET', TOKENS, { headers })).at('token.user.id'), who.userId);
    assert.equal((await who.call('DELETE', TOKENS, { headers })).status, 204);
    assert.equal((await who.get('/compute/v2.1/servers')).status, 401);
    const other = await signIn(who.cloud);
    assert.equal((await other.call('GET', TOKENS, { headers })).status, 404);
  });

  it('revokes all tokens of a user when a test says so, and nobody else’s', async () => {
    const demo = await person();
    const reader = await signIn(demo.cloud, 'reader');
    demo.cloud.revokeTokens('demo');
    assert.equal((await demo.get('/network/v2.0/networks')).status, 401);
    assert.equal((await reader.get('/network/v2.0/networks')).status, 200);
  });

  it('lists all projects to an administrator only', async () => {
    const demo = await person();
    const refused = await demo.get('/v3/projects');
    assert.equal(refused.status, 403);
    assert.equal(
      refused.at('error.message'),
      'You are not authorized to perform the requested action: identity:list_projects.',
    );
    const admin = await signIn(demo.cloud, 'admin', 'admin');
    assert.ok(namesIn((await admin.get('/v3/projects')).at('projects')).includes('research'), 'research');
  });

  it('knows users a test adds, disabled ones too', async () => {
    const users = [
      { name: 'ada', password: 'ada-password', roles: { analysis: ['member'] } },
      { name: 'bob', password: 'bob-password', roles: { analysis: ['member'] }, enabled: false },
    ];
    const ada = await person({ users }, 'ada', 'analysis');
    assert.equal((await ada.get('/compute/v2.1/servers')).status, 200);
    await assert.rejects(signIn(ada.cloud, 'bob', 'analysis'), /401/);
  });
});

describe("the simulator's application credentials", () => {
  const path = (userId: string): string => `/v3/users/${userId}/application_credentials`;
  const body = (change: object = {}): object => ({ application_credential: { name: 'laptop', ...change } });
  const use = (id: unknown, secret: unknown): object => ({
    auth: { identity: { methods: ['application_credential'], application_credential: { id, secret } } },
  });

  it('sign in to their own project, until deleted', async () => {
    const who = await person();
    const made = await who.call('POST', path(who.userId), { body: body() });
    assert.equal(made.status, 201);
    const id = made.at('application_credential.id');
    const auth = { body: use(id, made.at('application_credential.secret')) };
    const token = await ask(who.cloud, 'POST', TOKENS, auth);
    assert.equal(token.at('token.project.id'), who.projectId);
    assert.deepEqual(token.at('token.methods'), ['application_credential']);
    const headers = { 'X-Auth-Token': token.headers.get('X-Subject-Token') ?? '' };
    assert.equal((await ask(who.cloud, 'GET', '/compute/v2.1/servers', { headers })).status, 200);
    assert.equal((await who.call('DELETE', `${path(who.userId)}/${String(id)}`)).status, 204);
    assert.equal((await ask(who.cloud, 'GET', '/compute/v2.1/servers', { headers })).status, 401);
    assert.equal((await ask(who.cloud, 'POST', TOKENS, auth)).status, 404);
  });

  it('show their secret once', async () => {
    const who = await person();
    await who.call('POST', path(who.userId), { body: body({ secret: 'only-now' }) });
    const listed = await who.get(path(who.userId));
    assert.equal(listed.at('application_credentials.0.name'), 'laptop');
    assert.doesNotMatch(listed.text, /only-now/);
  });

  it('do not make others of their kind unless unrestricted', async () => {
    const who = await person();
    for (const [unrestricted, status] of [
      [false, 403],
      [true, 201],
    ] as const) {
      const name = `first-${String(unrestricted)}`;
      const made = await who.call('POST', path(who.userId), { body: body({ name, unrestricted }) });
      const token = await ask(who.cloud, 'POST', TOKENS, {
        body: use(made.at('application_credential.id'), made.at('application_credential.secret')),
      });
      const second = await ask(who.cloud, 'POST', path(who.userId), {
        headers: { 'X-Auth-Token': token.headers.get('X-Subject-Token') ?? '' },
        body: body({ name: `second-${String(unrestricted)}` }),
      });
      assert.equal(second.status, status);
    }
  });

  it('have a name of their own and expire', async () => {
    const who = await person();
    const expires_at = '2026-01-31T12:10:00';
    const made = await who.call('POST', path(who.userId), { body: body({ expires_at }) });
    assert.equal((await who.call('POST', path(who.userId), { body: body() })).status, 409);
    const auth = {
      body: use(made.at('application_credential.id'), made.at('application_credential.secret')),
    };
    const token = await ask(who.cloud, 'POST', TOKENS, auth);
    assert.equal(token.at('token.expires_at'), '2026-01-31T12:10:00.000000Z');
    who.cloud.advance(600_000);
    assert.equal((await ask(who.cloud, 'POST', TOKENS, auth)).status, 401);
  });
});
