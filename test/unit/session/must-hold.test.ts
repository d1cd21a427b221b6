import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ComputeClient } from '../../../src/openstack/compute.js';
import { isOpenStackError } from '../../../src/openstack/errors.js';
import { Secret } from '../../../src/openstack/secret.js';
import { imagesOf, serversOf } from '../../../src/session/collections.js';
import { limitsOf } from '../../../src/session/limits.js';
import { createCloud } from '../../../src/simulator/index.js';
import { settle } from '../live/surroundings.js';
import { password, stage, stateOf, type Stage } from './stage.js';

const HOUR = 3_600_000;

/** What went over the wire: where to, and every word of it. */
interface Sent {
  readonly host: string;
  readonly words: string;
}

async function record(request: Request): Promise<Sent> {
  const headers = [...request.headers].flat().join(' ');
  return {
    host: new URL(request.url).host,
    words: `${request.url} ${headers} ${await request.clone().text()}`,
  };
}

describe('a credential goes only to the identity service it belongs to, and a token only to hosts of its own catalog or the proxy', () => {
  const clouds = (): { at: Stage; second: ReturnType<typeof createCloud>; sent: Sent[] } => {
    const at = stage();
    const { clock } = at.environment;
    const users = [{ name: 'other', password: 'other-password', roles: { demo: ['member'] } }];
    return { at, second: createCloud({ origin: 'https://second.example', clock, users }), sent: [] };
  };

  it('over signing in, asking, signing in again, moving and signing out', async () => {
    const { at, second, sent } = clouds();
    const session = at.load({
      fetch: async (request) => {
        sent.push(await record(request));
        return request.url.startsWith(second.origin) ? second.fetch(request) : at.fetch(request);
      },
    });
    await session.signIn(password('single'));
    await session.signIn(password('other'), { authUrl: second.authUrl, add: true });
    for (const connection of session.connections) await connection.client(ComputeClient).limits();
    at.cloud.revokeTokens();
    second.revokeTokens();
    const waiting = session.connections.map((connection) => connection.client(ComputeClient).limits());
    await settle(60);
    await session.signIn(password('other'), { authUrl: second.authUrl, add: true });
    await session.signIn(password('single'), { add: true });
    await Promise.all(waiting);
    await session.signOut();
    assert.ok(sent.length > 20, 'requests were recorded');
    const belong: readonly (readonly [Iterable<string>, string])[] = [
      [['single-password'], 'cloud.example'],
      [['other-password'], 'second.example'],
      [at.cloud.state.tokens.keys(), 'cloud.example'],
      [second.state.tokens.keys(), 'second.example'],
    ];
    for (const [secrets, home] of belong)
      for (const secret of secrets)
        for (const { host, words } of sent) if (words.includes(secret)) assert.equal(host, home);
  });

  it('through a proxy, which is the only host that is asked', async () => {
    const at = stage();
    const sent: Sent[] = [];
    const session = at.load({
      settings: { proxy: 'https://portal.example/openstack' },
      fetch: async (request) => {
        sent.push(await record(request));
        return at.fetch(
          new Request(request.url.replace('https://portal.example/openstack/', 'https://'), request),
        );
      },
    });
    await session.signIn(password('single')).catch((error: unknown) => {
      if (!isOpenStackError(error)) throw error;
    });
    assert.ok(sent.length > 0, 'requests were recorded');
    assert.deepEqual([...new Set(sent.map(({ host }) => host))], ['portal.example']);
  });
});

describe('storage that throws', () => {
  for (const persist of ['none', 'tab', 'device'] as const)
    it(`costs nothing but the reload, with persist="${persist}"`, async () => {
      const at = stage();
      const session = at.load({
        settings: { persist },
        storage: () => {
          throw new DOMException('blocked', 'SecurityError');
        },
        channel: () => {
          throw new DOMException('blocked', 'SecurityError');
        },
      });
      await session.restore();
      await session.signIn(password('single'));
      await stateOf(session, 'signed-in').connection.client(ComputeClient).limits();
      await session.signOut();
      assert.equal(session.state.status, 'signed-out');
      assert.ok(
        [...at.cloud.state.tokens.values()].every(({ revoked }) => revoked),
        'revoked',
      );
    });
});

describe('a clock that is an hour wrong', () => {
  for (const [how, skew] of [
    ['behind the cloud’s', HOUR],
    ['ahead of the cloud’s', -HOUR],
  ] as const)
    it(`${how} changes nothing`, async () => {
      const at = stage({ tokenSeconds: 3600 });
      at.cloud.advance(skew);
      // Browsers are rarely told the cloud's time.
      const fetch = async (request: Request): Promise<Response> => {
        const answer = await at.fetch(request);
        const headers = new Headers(answer.headers);
        headers.delete('Date');
        return new Response(answer.body, { status: answer.status, headers });
      };
      const { clock } = at.environment;
      const left = (date: Date | undefined): number =>
        Math.round(((date?.getTime() ?? NaN) - clock.now()) / 60_000);
      const session = at.load({ fetch });
      let notices = 0;
      session.on('expiring', () => notices++);
      await session.signIn(password('single'));
      assert.equal(left(session.current?.expiresAt), 60);
      await clock.advance(30 * 60_000);
      for (let reload = 0; reload < 3; reload++) {
        const again = at.load({ fetch });
        await again.restore();
        assert.equal(left(stateOf(again, 'signed-in').connection.expiresAt), 30, `reload ${reload}`);
      }
      await clock.advance(26 * 60_000);
      assert.equal(notices, 1);
      stateOf(session, 'signed-in');
      await clock.advance(5 * 60_000);
      stateOf(session, 'expired');
      await session.signIn(password('single'));
      stateOf(session, 'signed-in');
    });
});

describe('a catalog', () => {
  for (const services of [
    ['identity', 'compute', 'image', 'network'],
    ['identity', 'compute', 'image', 'block-storage'],
    ['identity'],
  ] as const)
    it(`of ${services.join(', ')} alone is signed in to`, async () => {
      const at = stage({ services });
      const session = at.load();
      await session.signIn(password('single'));
      const { connection } = stateOf(session, 'signed-in');
      assert.equal(
        connection.has('network'),
        services.some((name) => name === 'network'),
      );
      assert.equal(
        connection.has('block-storage'),
        services.some((name) => name === 'block-storage'),
      );
      if (!connection.has('compute')) return;
      const limits = limitsOf(connection);
      await limits.refresh();
      assert.equal(limits.state.status, 'ready');
      if (!connection.has('image'))
        assert.throws(
          () => imagesOf(connection),
          (error) => isOpenStackError(error) && error.reason === 'service-missing',
        );
    });

  /** The catalog is another one in what the cloud answers. */
  const withCatalog = (at: Stage, change: (catalog: unknown[]) => unknown[]) =>
    async function fetch(request: Request): Promise<Response> {
      const answer = await at.fetch(request);
      if (!request.url.endsWith('/auth/tokens') || !answer.ok || answer.status === 204) return answer;
      const body = (await answer.json()) as { token: { catalog?: unknown[] } };
      if (body.token.catalog) body.token.catalog = change(body.token.catalog);
      return new Response(JSON.stringify(body), { status: answer.status, headers: answer.headers });
    };

  it('with services nobody knows, and with nonsense in it, is read as far as it goes', async () => {
    const at = stage();
    const strange = [
      null,
      'compute',
      { type: 'rating', endpoints: [{ interface: 'public', url: 'https://rating.example', region: 'Far' }] },
      { type: 'workflow', endpoints: null },
      { type: 'compute', endpoints: [{ interface: 'public', url: 'not a URL', region: 'RegionOne' }] },
    ];
    const session = at.load({ fetch: withCatalog(at, (catalog) => [...strange, ...catalog]) });
    await session.signIn(password('single'));
    const { connection } = stateOf(session, 'signed-in');
    assert.equal(connection.region, 'RegionOne');
    await connection.client(ComputeClient).limits();
  });

  it('with internal endpoints only is signed in to, and says what is missing', async () => {
    const at = stage();
    const session = at.load({
      fetch: withCatalog(at, (catalog) =>
        catalog.map((service) =>
          typeof service === 'object' && service && 'endpoints' in service && Array.isArray(service.endpoints)
            ? {
                ...service,
                endpoints: service.endpoints.filter(
                  (each: unknown) =>
                    typeof each === 'object' && each && 'interface' in each && each.interface === 'internal',
                ),
              }
            : service,
        ),
      ),
    });
    await session.signIn(password('single'));
    const { connection } = stateOf(session, 'signed-in');
    assert.equal(connection.has('compute'), false);
    assert.throws(
      () => serversOf(connection),
      (error) => isOpenStackError(error) && error.reason === 'service-missing' && error.service === 'compute',
    );
    await session.signOut();
  });
});

describe('a hundred requests that meet one expiry', () => {
  const ids = Array.from(
    { length: 100 },
    (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  );
  const asked = (at: Stage): string[] =>
    at.asked.flatMap(({ url }) => /\/servers\/([\w-]+)$/.exec(new URL(url).pathname)?.[1] ?? []);
  const grants = (at: Stage): number => at.count('POST', '/v3/auth/tokens');

  it('cause one re-authentication where the method allows it', async () => {
    const at = stage();
    const owner = [...at.cloud.state.users.values()].find(({ name }) => name === 'demo');
    const project = [...at.cloud.state.projects.values()].find(({ name }) => name === 'demo');
    at.cloud.state.applicationCredentials.push({
      id: 'credential',
      name: 'mine',
      description: null,
      secret: 'a-secret',
      userId: owner?.id ?? '',
      projectId: project?.id ?? '',
      roles: ['member'],
      unrestricted: false,
      expiresAt: undefined,
      accessRules: undefined,
    });
    const session = at.load();
    await session.signIn({
      method: 'application_credential',
      id: 'credential',
      secret: new Secret('a-secret'),
    });
    const compute = stateOf(session, 'signed-in').connection.client(ComputeClient);
    await compute.versions();
    at.cloud.revokeTokens();
    const before = grants(at);
    const answers = await Promise.allSettled(ids.map((id) => compute.server(id)));
    assert.equal(grants(at) - before, 1);
    for (const answer of answers)
      assert.ok(
        answer.status === 'rejected' && isOpenStackError(answer.reason) && answer.reason.status === 404,
        'an answer',
      );
    assert.deepEqual(asked(at), [...ids, ...ids], 'once before, once after, in order');
  });

  it('wait for the person, cause one re-authentication, and are sent once, in order', async () => {
    const at = stage();
    const session = at.load();
    await session.signIn(password('single'));
    const compute = stateOf(session, 'signed-in').connection.client(ComputeClient);
    await compute.versions();
    await at.environment.clock.advance(2 * HOUR);
    stateOf(session, 'expired');
    const answers = ids.map((id) => compute.server(id).catch((error: unknown) => error));
    await settle();
    assert.deepEqual(asked(at), [], 'nothing is sent meanwhile');
    const before = grants(at);
    await session.signIn(password('single'));
    await Promise.all(answers);
    assert.equal(grants(at) - before, 2, 'who, and in which project');
    assert.deepEqual(asked(at), ids);
  });
});
