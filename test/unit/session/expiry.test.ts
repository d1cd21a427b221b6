import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { isAbort, isOpenStackError } from '../../../src/openstack/errors.js';
import { Secret } from '../../../src/openstack/secret.js';
import { flavorsOf, keypairsOf, serversOf } from '../../../src/session/collections.js';
import { limitsOf } from '../../../src/session/limits.js';
import type { Session } from '../../../src/session/session.js';
import { ComputeClient } from '../../../src/openstack/compute.js';
import { settle } from '../live/surroundings.js';
import { password, stage, stateOf, type Stage } from './stage.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

let at: Stage;
let session: Session;
const clock = (): Stage['environment']['clock'] => at.environment.clock;

/** What a session tells by events, in order. */
function events(of: Session): string[] {
  const told: string[] = [];
  for (const type of ['expiring', 'expired', 'error'] as const)
    of.addEventListener(type, () => told.push(type));
  return told;
}

beforeEach(() => {
  at = stage();
  session = at.load();
});

describe('a password session', () => {
  it('gives notice five minutes before its token ends, and expires when it does', async () => {
    const told = events(session);
    await session.signIn(password('single'));
    const { connection } = stateOf(session, 'signed-in');
    await clock().advance(54 * MINUTE);
    assert.deepEqual(told, []);
    await clock().advance(2 * MINUTE);
    assert.deepEqual(told, ['expiring']);
    await clock().advance(5 * MINUTE);
    assert.deepEqual(told, ['expiring', 'expired']);
    const state = stateOf(session, 'expired');
    assert.equal(state.because, 'expired');
    assert.equal(state.connection, connection);
    assert.equal(session.current, connection);
    assert.deepEqual(at.tab.keys, ['exo.project.https://cloud.example/v3']);
  });

  it('notices after the computer has slept', async () => {
    const told = events(session);
    await session.signIn(password('single'));
    await clock().sleepThrough(8 * 60 * MINUTE);
    assert.deepEqual(told, ['expired']);
  });

  it('gives shorter notice for tokens that live shortly', async () => {
    at = stage({ tokenSeconds: 600 });
    session = at.load();
    const told = events(session);
    await session.signIn(password('single'));
    await clock().advance(8 * MINUTE);
    assert.deepEqual(told, []);
    await clock().advance(SECOND * 30);
    assert.deepEqual(told, ['expiring']);
  });

  it('expires when its token is revoked: rows stay, nothing more is asked', async () => {
    await session.signIn(password('single'));
    const { connection } = stateOf(session, 'signed-in');
    const flavors = flavorsOf(connection);
    const servers = serversOf(connection);
    flavors.subscribe(() => undefined);
    servers.subscribe(() => undefined);
    await clock().advance(0);
    at.cloud.revokeTokens();
    await clock().advance(MINUTE);
    assert.equal(stateOf(session, 'expired').because, 'revoked');
    assert.ok(flavors.state.status === 'ready' && flavors.state.rows.length > 0);
    const asked = at.asked.length;
    await clock().advance(30 * MINUTE);
    assert.equal(at.asked.length, asked);
    assert.ok(servers.state.status === 'ready');
    assert.equal(servers.state.lastError, undefined);
  });

  it('goes on in place after signing in again: same connection, waiting requests answered', async () => {
    await session.signIn(password('single'));
    const { connection } = stateOf(session, 'signed-in');
    const servers = serversOf(connection);
    servers.subscribe(() => undefined);
    await clock().advance(0);
    at.cloud.revokeTokens();
    const list = connection.client(ComputeClient).flavors().next();
    const write = connection
      .client(ComputeClient)
      .createKeypair({ name: 'mine', publicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBx me' });
    await clock().advance(20 * MINUTE);
    stateOf(session, 'expired');
    const seen: (object | undefined)[] = [];
    session.subscribe(() => seen.push(session.current));
    await session.signIn(password('single'));
    assert.equal(stateOf(session, 'signed-in').connection, connection);
    assert.ok(seen.every((current) => current === connection));
    assert.ok(((await list).value?.rows.length ?? 0) > 0);
    assert.equal((await write).name, 'mine');
    await clock().advance(MINUTE);
    assert.ok(servers.state.status === 'ready' && servers.state.lastError === undefined);
    assert.ok(connection.expiresAt.getTime() > clock().now());
  });

  it('comes back to the project it was in, though there are others', async () => {
    await session.signIn(password());
    const research = stateOf(session, 'choosing').projects.find(({ name }) => name === 'research');
    await session.selectProject(research?.id ?? '');
    const { connection } = stateOf(session, 'signed-in');
    await clock().advance(2 * 60 * MINUTE);
    stateOf(session, 'expired');
    await session.signIn(password());
    assert.equal(stateOf(session, 'signed-in').connection, connection);
    assert.equal(connection.project.name, 'research');
  });

  it('goes on in the other projects that were open as well', async () => {
    await session.signIn(password());
    for (const { id } of stateOf(session, 'choosing').projects)
      await session.selectProject(id, { add: true });
    const [first, second] = session.connections;
    assert.ok(first && second, 'two connections');
    at.cloud.revokeTokens();
    const waiting = [first, second].map((connection) => connection.client(ComputeClient).limits());
    await clock().advance(MINUTE);
    stateOf(session, 'expired');
    await session.signIn(password());
    assert.equal((await Promise.all(waiting)).length, 2);
    assert.deepEqual(session.connections, [first, second]);
  });

  it('refuses a project that is not open to the person any more, and that alone', async () => {
    await session.signIn(password());
    for (const { id } of stateOf(session, 'choosing').projects)
      await session.selectProject(id, { add: true });
    const [first, second] = session.connections;
    assert.ok(first && second, 'two connections');
    at.cloud.revokeTokens();
    await clock().advance(MINUTE);
    void second.client(ComputeClient).limits();
    await clock().advance(MINUTE);
    stateOf(session, 'expired');
    const roles = [...at.cloud.state.users.values()].find(({ name }) => name === 'demo')?.roles;
    for (const user of at.cloud.state.users.values())
      if (user.name === 'demo')
        Object.assign(user, { roles: new Map([...user.roles].filter(([id]) => id !== first.project.id)) });
    await session.signIn(password());
    await assert.rejects(first.client(ComputeClient).limits(), isOpenStackError);
    assert.equal(stateOf(session, 'signed-in').connection, second);
    await second.client(ComputeClient).limits();
    await assert.rejects(session.selectProject(first.project.id), isOpenStackError);
    for (const user of at.cloud.state.users.values())
      if (user.name === 'demo') Object.assign(user, { roles });
    await session.selectProject(first.project.id);
    await first.client(ComputeClient).limits();
  });

  it('stays expired when signing in again fails', async () => {
    await session.signIn(password('single'));
    await clock().advance(2 * 60 * MINUTE);
    await assert.rejects(session.signIn(password('single', 'wrong')), isOpenStackError);
    stateOf(session, 'expired');
  });

  it('lets a request that waits be aborted', async () => {
    await session.signIn(password('single'));
    const { connection } = stateOf(session, 'signed-in');
    at.cloud.revokeTokens();
    const stop = new AbortController();
    const waiting = connection.client(ComputeClient).limits({ signal: stop.signal });
    await clock().advance(MINUTE);
    stop.abort();
    await assert.rejects(waiting, isAbort);
  });

  it('refuses what waits when somebody signs out, or somebody else signs in', async () => {
    for (const end of [() => session.signOut(), () => session.signIn(password())]) {
      session = at.load();
      await session.signIn(password('single'));
      const { connection } = stateOf(session, 'signed-in');
      at.cloud.revokeTokens('single');
      const waiting = connection.client(ComputeClient).limits();
      const refused = assert.rejects(waiting, (error) => isOpenStackError(error) && error.kind === 'auth');
      await clock().advance(MINUTE);
      stateOf(session, 'expired');
      await end();
      await refused;
      await assert.rejects(connection.client(ComputeClient).limits(), isOpenStackError);
    }
  });

  it('that was choosing is signed out', async () => {
    await session.signIn(password());
    stateOf(session, 'choosing');
    await clock().advance(61 * MINUTE);
    assert.deepEqual(session.state, { status: 'signed-out', because: 'expired' });
  });
});

describe('an application credential', () => {
  async function credential(
    of: string,
  ): Promise<{ method: 'application_credential'; id: string; secret: Secret }> {
    const helper = at.load({ name: 'helper' });
    await helper.signIn(password(of));
    const { connection } = stateOf(helper, 'signed-in');
    const { token } = JSON.parse(at.tab.getItem('exo.session.helper') ?? '{}') as { token: string };
    const response = await at.cloud.fetch(
      new Request(`${at.cloud.authUrl}/users/${connection.user.id}/application_credentials`, {
        method: 'POST',
        headers: { 'X-Auth-Token': token, 'Content-Type': 'application/json' },
        body: JSON.stringify({ application_credential: { name: 'kit' } }),
      }),
    );
    const body = (await response.json()) as { application_credential: { id: string; secret: string } };
    const { id, secret } = body.application_credential;
    await helper.signOut();
    return { method: 'application_credential', id, secret: new Secret(secret) };
  }

  it('renews its token silently, before it ends', async () => {
    const told = events(session);
    await session.signIn(await credential('single'));
    const { connection } = stateOf(session, 'signed-in');
    const before = connection.expiresAt;
    await clock().advance(5 * 60 * MINUTE);
    assert.equal(stateOf(session, 'signed-in').connection, connection);
    assert.ok(connection.expiresAt > before);
    assert.deepEqual(told, []);
    assert.ok((await connection.client(ComputeClient).limits()).instances.limit > 0);
  });

  it('renews once for any number of requests that meet a 401', async () => {
    await session.signIn(await credential('single'));
    const { connection } = stateOf(session, 'signed-in');
    await clock().advance(MINUTE);
    at.cloud.revokeTokens();
    const before = at.count('POST', '/v3/auth/tokens');
    const collections = [
      serversOf(connection),
      flavorsOf(connection),
      keypairsOf(connection),
      limitsOf(connection),
    ];
    await Promise.all(collections.map((collection) => collection.refresh()));
    for (const { state } of collections) assert.ok(state.status === 'ready' && state.lastError === undefined);
    assert.equal(at.count('POST', '/v3/auth/tokens') - before, 1);
    stateOf(session, 'signed-in');
  });

  it('that was taken away ends the session, without a loop', async () => {
    const told = events(session);
    await session.signIn(await credential('single'));
    const { connection } = stateOf(session, 'signed-in');
    serversOf(connection).subscribe(() => undefined);
    await clock().advance(MINUTE);
    at.cloud.state.applicationCredentials.length = 0;
    at.cloud.revokeTokens();
    const before = at.count('POST', '/v3/auth/tokens');
    await clock().advance(30 * MINUTE);
    stateOf(session, 'expired');
    assert.ok(at.count('POST', '/v3/auth/tokens') - before <= 2);
    assert.deepEqual(told, ['error', 'expired']);
  });

  it('survives an identity service that is down for a moment', async () => {
    await session.signIn(await credential('single'));
    const { connection } = stateOf(session, 'signed-in');
    await clock().advance(MINUTE);
    at.cloud.revokeTokens();
    const mend = at.cloud.fail({ path: /auth\/tokens/, times: 100 }, { status: 500 });
    const refused = connection.client(ComputeClient).limits();
    await assert.rejects(refused, isOpenStackError);
    mend();
    await clock().advance(MINUTE);
    await connection.client(ComputeClient).limits();
    stateOf(session, 'signed-in');
  });
});

describe("a portal's token", () => {
  /** A portal whose user is signed in: gives a token of the project, a new one where the last is no good. */
  async function portal(user = 'single'): Promise<{
    getToken: () => Promise<string>;
    calls: () => number;
    give: (token?: string) => void;
  }> {
    const helper = at.load({ name: 'portal' });
    let calls = 0;
    let fixed: string | undefined;
    await helper.signIn(password(user));
    return {
      calls: () => calls,
      give: (token) => {
        fixed = token;
      },
      async getToken() {
        calls++;
        if (fixed !== undefined) return fixed;
        await helper.signIn(password(user));
        const { token } = JSON.parse(at.tab.getItem('exo.session.portal') ?? '{}') as { token: string };
        return token;
      },
    };
  }

  it('signs in by itself as soon as the identity service is known', async () => {
    const { getToken, calls } = await portal();
    session = at.load();
    session.configure({ authUrl: undefined });
    session.getToken = getToken;
    await settle();
    assert.equal(calls(), 0);
    session.configure({ authUrl: at.cloud.authUrl });
    await settle(60);
    assert.equal(stateOf(session, 'signed-in').connection.project.name, 'demo');
    assert.equal(calls(), 1);
    assert.equal(at.tab.getItem('exo.session.'), null, 'the portal keeps it');
  });

  it('is asked for again after a 401, once, and the request goes on', async () => {
    const { getToken, calls } = await portal();
    session.getToken = getToken;
    await session.restore();
    const { connection } = stateOf(session, 'signed-in');
    await clock().advance(MINUTE);
    at.cloud.revokeTokens();
    await Promise.all([connection.client(ComputeClient).limits(), serversOf(connection).refresh()]);
    assert.equal(calls(), 2);
    assert.equal(stateOf(session, 'signed-in').connection, connection);
  });

  it('that is bad is not asked for in a loop', async () => {
    const { getToken, calls, give } = await portal();
    session.getToken = getToken;
    await session.restore();
    serversOf(stateOf(session, 'signed-in').connection).subscribe(() => undefined);
    await clock().advance(0);
    give('stale');
    at.cloud.revokeTokens();
    await clock().advance(60 * MINUTE);
    stateOf(session, 'expired');
    assert.ok(calls() <= 3, String(calls()));
    give(undefined);
    await at.environment.show(false);
    await at.environment.show(true);
    await settle(60);
    stateOf(session, 'signed-in');
  });

  it('that the identity service likes and others refuse is not asked for in a loop', async () => {
    const { getToken, calls } = await portal();
    session.getToken = getToken;
    await session.restore();
    const servers = serversOf(stateOf(session, 'signed-in').connection);
    at.cloud.fail({ path: /compute/, times: 1000 }, { status: 401 });
    servers.subscribe(() => undefined);
    await clock().advance(10 * MINUTE);
    assert.ok(calls() <= 4, `${calls()} calls`);
  });

  it('that is near its end, and always the same, is not asked for in a loop', async () => {
    const { getToken, calls, give } = await portal();
    give(await getToken());
    await clock().advance(57 * MINUTE);
    session.getToken = getToken;
    await session.restore();
    stateOf(session, 'signed-in');
    await clock().advance(10 * MINUTE);
    stateOf(session, 'expired');
    assert.ok(calls() <= 6, `${calls()} calls`);
  });

  it('is renewed once for all projects that are open', async () => {
    const { getToken, calls, give } = await portal('demo');
    const helper = at.load({ name: 'portal' });
    await helper.signIn(password(), {
      projectId: [...at.cloud.state.projects.values()].find(({ name }) => name === 'demo')?.id,
    });
    const token = async (): Promise<string> => {
      await helper.signIn(password());
      return (JSON.parse(at.tab.getItem('exo.session.portal') ?? '{}') as { token: string }).token;
    };
    give(await token());
    session.getToken = getToken;
    await session.restore();
    const { projects } = stateOf(session, 'signed-in');
    for (const { id } of projects) await session.selectProject(id, { add: true });
    const [first, second] = session.connections;
    assert.ok(first && second, 'two connections');
    await clock().advance(MINUTE);
    at.cloud.revokeTokens();
    give(await token());
    const before = calls();
    const answers = await Promise.all(
      [first, second].map((connection) => connection.client(ComputeClient).limits()),
    );
    assert.equal(answers.length, 2);
    assert.equal(calls() - before, 1);
  });

  it('that lives shortly is not renewed in a loop', async () => {
    at = stage({ tokenSeconds: 20 });
    session = at.load();
    const { getToken, calls } = await portal();
    session.getToken = getToken;
    await session.restore();
    await clock().advance(10 * MINUTE);
    assert.ok(calls() <= 2 + 600 / 15, String(calls()));
  });

  it('is not revoked at sign-out: it is not ours', async () => {
    const { getToken } = await portal();
    session.getToken = getToken;
    await session.restore();
    const deleted = at.count('DELETE', '/v3/auth/tokens');
    await session.signOut();
    assert.equal(at.count('DELETE', '/v3/auth/tokens'), deleted);
    await clock().advance(MINUTE);
    assert.equal(session.state.status, 'signed-out', 'and nobody is signed in again behind their back');
  });

  it('that the portal refuses leaves nobody signed in, and its words in no error', async () => {
    const told: unknown[] = [];
    session.addEventListener('error', (event) => event instanceof CustomEvent && told.push(event.detail));
    session.getToken = () => Promise.reject(new Error('secret-token'));
    await session.restore();
    assert.equal(session.state.status, 'signed-out');
    assert.equal(told.length, 1);
    const [detail] = told;
    assert.ok(
      typeof detail === 'object' && detail !== null && 'error' in detail && isOpenStackError(detail.error),
    );
    assert.equal(detail.error.reason, 'no-token');
    assert.ok(!String(detail.error).includes('secret-token'));
    assert.ok(!JSON.stringify(detail.error).includes('secret-token'));
  });
});
