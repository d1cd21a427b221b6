import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { isAbort, isOpenStackError } from '../../../src/openstack/errors.js';
import { Secret } from '../../../src/openstack/secret.js';
import { flavorsOf, imagesOf, serversOf } from '../../../src/session/collections.js';
import { limitsOf } from '../../../src/session/limits.js';
import type { Session } from '../../../src/session/session.js';
import { settle } from '../live/surroundings.js';
import { password, stage, stateOf, type Stage } from './stage.js';

const MINUTE = 60_000;

let at: Stage;
let session: Session;

beforeEach(() => {
  at = stage();
  session = at.load();
});

const statuses = (of: Session): string[] => {
  const seen: string[] = [];
  of.subscribe(() => {
    if (seen.at(-1) !== of.state.status) seen.push(of.state.status);
  });
  return seen;
};

describe('signing in', () => {
  it('opens the only project by itself', async () => {
    const seen = statuses(session);
    await session.signIn(password('single'));
    await settle();
    const { connection, projects } = stateOf(session, 'signed-in');
    assert.equal(connection.project.name, 'demo');
    assert.equal(connection.user.name, 'single');
    assert.deepEqual(connection.roles, ['member']);
    assert.equal(connection.region, 'RegionOne');
    assert.equal(connection.cloudName, 'cloud.example');
    assert.equal(connection.canAct, true);
    assert.equal(projects.length, 1);
    assert.equal(session.current, connection);
    assert.deepEqual(session.connections, [connection]);
    assert.deepEqual(seen, ['signing-in', 'signed-in']);
  });

  it('lets the person choose among several', async () => {
    await session.signIn(password());
    const { projects, user, failed } = stateOf(session, 'choosing');
    assert.deepEqual(projects.map(({ name }) => name).sort(), ['demo', 'research']);
    assert.equal(user, 'demo');
    assert.equal(failed, undefined);
    assert.equal(session.current, undefined);
    const research = projects.find(({ name }) => name === 'research');
    await session.selectProject(research?.id ?? '');
    assert.equal(stateOf(session, 'signed-in').connection.project.name, 'research');
  });

  it('shows somebody without projects that there is none', async () => {
    await session.signIn(password('nobody'));
    assert.deepEqual(stateOf(session, 'choosing').projects, []);
  });

  it('counts the enabled projects only, and shows all', async () => {
    const research = [...at.cloud.state.projects.values()].find(({ name }) => name === 'research');
    assert.ok(research);
    Object.assign(research, { enabled: false });
    await session.signIn(password());
    const { connection, projects } = stateOf(session, 'signed-in');
    assert.equal(connection.project.name, 'demo');
    assert.equal(projects.length, 2);
  });

  it('opens the project that was asked for', async () => {
    await session.signIn(password());
    const wanted = stateOf(session, 'choosing').projects.find(({ name }) => name === 'research')?.id;
    const other = at.load();
    await other.signIn(password(), { projectId: wanted });
    assert.equal(stateOf(other, 'signed-in').connection.project.name, 'research');
  });

  it('lets the person choose anew when the project cannot be opened', async () => {
    await session.signIn(password('single'), { projectId: 'no-such-project' });
    const { projects, failed } = stateOf(session, 'choosing');
    assert.equal(projects.length, 1);
    assert.equal(failed?.kind, 'auth');
    assert.equal(failed.attempt.action, 'select-project');
    await assert.rejects(session.selectProject('no-such-project'), isOpenStackError);
    assert.equal(stateOf(session, 'choosing').failed?.attempt.action, 'select-project');
    await session.selectProject(projects[0]?.id ?? '');
    stateOf(session, 'signed-in');
  });

  it('with a wrong password leaves the state as it was', async () => {
    const before = session.state;
    await assert.rejects(session.signIn(password('demo', 'wrong')), (error) => {
      assert.ok(isOpenStackError(error));
      assert.equal(error.kind, 'auth');
      assert.equal(error.reason, 'wrong-credentials');
      return true;
    });
    assert.equal(session.state, before);
    await session.signIn(password('single'));
    const { connection } = stateOf(session, 'signed-in');
    await assert.rejects(session.signIn(password('demo', 'wrong')));
    assert.equal(stateOf(session, 'signed-in').connection, connection);
  });

  it('without an identity service is an error that says so', async () => {
    session = at.load({ settings: { authUrl: undefined } });
    session.configure({ authUrl: undefined });
    await assert.rejects(
      session.signIn(password()),
      (error) => isOpenStackError(error) && error.reason === 'no-auth-url',
    );
    assert.equal(session.state.status, 'signed-out');
    await session.signIn(password('single'), { authUrl: at.cloud.authUrl });
    stateOf(session, 'signed-in');
  });

  it('can be aborted', async () => {
    const stop = new AbortController();
    const signing = session.signIn(password(), { signal: stop.signal });
    stop.abort();
    await assert.rejects(signing, isAbort);
    assert.equal(session.state.status, 'signed-out');
    await assert.rejects(session.signIn(password(), { signal: stop.signal }), isAbort);
  });

  it('is overtaken by the next', async () => {
    const first = session.signIn(password());
    const second = session.signIn(password('single'));
    await assert.rejects(first, isAbort);
    assert.equal(session.state.status, 'signing-in');
    await second;
    assert.equal(stateOf(session, 'signed-in').connection.user.name, 'single');
  });

  it('works with a token, and with one of a project', async () => {
    await session.signIn(password('single'));
    const { token } = JSON.parse(at.tab.getItem('exo.session.') ?? '{}') as { token: string };
    const other = at.load({ name: 'other' });
    await other.signIn({ method: 'token', token: new Secret(token) });
    assert.equal(stateOf(other, 'signed-in').connection.project.name, 'demo');
  });

  it('by somebody else ends what was there', async () => {
    await session.signIn(password('single'));
    const { connection } = stateOf(session, 'signed-in');
    const servers = serversOf(connection);
    servers.subscribe(() => undefined);
    await at.environment.clock.advance(0);
    await session.signIn(password());
    assert.deepEqual(
      session.connections.map(({ user }) => user.name),
      ['demo'],
    );
    assert.ok(
      [...at.cloud.state.tokens.values()].every(({ user, revoked }) => user.name === 'demo' || revoked),
    );
    const asked = at.asked.length;
    await at.environment.clock.advance(5 * MINUTE);
    assert.equal(at.asked.length, asked, 'nobody asks with the old token');
  });

  it('to a second cloud keeps the first where that is asked for', async () => {
    await session.signIn(password('single'));
    const first = stateOf(session, 'signed-in').connection;
    const cloud = stage({ origin: 'https://second.example' });
    const both = (request: Request): Promise<Response> =>
      (request.url.startsWith('https://second.example') ? cloud : at).fetch(request);
    const two = at.load({ fetch: both });
    await two.signIn(password('single'));
    await two.signIn(password('single'), { authUrl: cloud.cloud.authUrl, add: true });
    assert.equal(two.connections.length, 2);
    assert.equal(two.current?.cloudName, 'second.example');
    const [one] = two.connections;
    assert.ok(one);
    two.use(one);
    assert.equal(two.current?.cloudName, 'cloud.example');
    two.use(first); // of another session
    assert.equal(two.current, one);
  });
});

describe('moving around', () => {
  it('keeps the connection of a project for when one comes back', async () => {
    await session.signIn(password());
    const [a, b] = stateOf(session, 'choosing').projects;
    assert.ok(a && b);
    await session.selectProject(a.id);
    const first = session.current;
    await session.selectProject(b.id);
    assert.equal(session.current?.project.id, b.id);
    const asked = at.asked.length;
    await session.selectProject(a.id);
    assert.equal(session.current, first);
    assert.equal(at.asked.length, asked);
    assert.deepEqual(session.connections, [first], 'one takes the place of the other');
  });

  it('opens a project beside the one that is current where that is asked for', async () => {
    await session.signIn(password());
    const [a, b] = stateOf(session, 'choosing').projects;
    assert.ok(a && b, 'two projects');
    await session.selectProject(a.id);
    const first = session.current;
    await session.selectProject(b.id, { add: true });
    assert.deepEqual(
      session.connections.map(({ project }) => project.id),
      [a.id, b.id],
    );
    assert.equal(session.current?.project.id, b.id);
    session.close(session.current);
    assert.deepEqual(session.connections, [first]);
    assert.equal(session.current, first);
    assert.ok(first, 'one is open');
    session.close(first);
    assert.deepEqual(session.connections, [first], 'the last one stays');
  });

  it('stays where it is when another project cannot be opened', async () => {
    await session.signIn(password('single'));
    const { connection } = stateOf(session, 'signed-in');
    await assert.rejects(session.selectProject('no-such-project'), isOpenStackError);
    assert.equal(stateOf(session, 'signed-in').connection, connection);
  });

  it('is an error when nobody is signed in', async () => {
    await assert.rejects(session.selectProject('any'), isOpenStackError);
  });

  it('goes to another region, and to none that there is not', async () => {
    at = stage({ regions: ['North', 'South'] });
    session = at.load({ settings: { region: 'South' } });
    await session.signIn(password('single'));
    const south = stateOf(session, 'signed-in').connection;
    assert.deepEqual(south.regions, ['North', 'South']);
    assert.equal(south.region, 'South');
    session.selectRegion('North');
    assert.equal(session.current?.region, 'North');
    assert.notEqual(session.current, south);
    session.selectRegion('East');
    assert.equal(session.current?.region, 'North');
    session.selectRegion('South');
    assert.equal(session.current, south);
  });
});

describe('a connection', () => {
  it('gives one client for each service and one collection for many', async () => {
    await session.signIn(password('single'));
    const { connection } = stateOf(session, 'signed-in');
    assert.equal(serversOf(connection), serversOf(connection));
    const servers = serversOf(connection);
    for (let each = 0; each < 5; each++) servers.subscribe(() => undefined);
    await Promise.all([
      servers.refresh(),
      flavorsOf(connection).refresh(),
      imagesOf(connection).refresh(),
      limitsOf(connection).refresh(),
    ]);
    assert.equal(servers.state.status, 'ready');
    assert.equal(flavorsOf(connection).state.status, 'ready');
    assert.equal(imagesOf(connection).state.status, 'ready');
    const limits = limitsOf(connection);
    assert.deepEqual(limits.state.status === 'ready' && limits.state.rows.map(({ id }) => id), [
      'compute',
      'network',
      'block-storage',
    ]);
    assert.equal(typeof limits.get('compute')?.quotas['cores']?.limit, 'number');
    assert.equal(at.count('GET', '/compute/v2.1/servers/detail'), 1);
  });

  it('says what the cloud lacks', async () => {
    at = stage({ services: ['identity', 'compute'] });
    session = at.load();
    await session.signIn(password('single'));
    const { connection } = stateOf(session, 'signed-in');
    assert.equal(connection.has('compute'), true);
    assert.equal(connection.has('image'), false);
    assert.throws(
      () => imagesOf(connection),
      (error) => isOpenStackError(error) && error.reason === 'service-missing' && error.service === 'image',
    );
    const limits = limitsOf(connection);
    await limits.refresh();
    assert.deepEqual(limits.state.status === 'ready' && limits.state.rows.map(({ id }) => id), ['compute']);
  });

  it('knows who may only look', async () => {
    await session.signIn(password('reader'));
    assert.equal(stateOf(session, 'signed-in').connection.canAct, false);
  });
});

describe('signing out', () => {
  it('revokes the tokens, forgets what was kept, and stops what asks', async () => {
    at.tab.setItem('theirs', 'stays');
    await session.signIn(password('single'));
    const { connection } = stateOf(session, 'signed-in');
    const servers = serversOf(connection);
    servers.subscribe(() => undefined);
    await at.environment.clock.advance(0);
    const out = session.signOut();
    assert.deepEqual(session.state, { status: 'signed-out', because: 'signed-out' });
    await out;
    assert.deepEqual(session.connections, []);
    assert.deepEqual(at.tab.keys, ['theirs']);
    assert.deepEqual(at.device.keys, []);
    assert.ok([...at.cloud.state.tokens.values()].every(({ revoked }) => revoked));
    const asked = at.asked.length;
    await at.environment.clock.advance(60 * MINUTE);
    assert.equal(at.asked.length, asked);
    assert.equal(at.environment.clock.sleeping, 0);
  });

  it('ends a sign-in under way', async () => {
    const signing = session.signIn(password('single'));
    const refused = assert.rejects(signing, isAbort);
    await session.signOut();
    await refused;
    assert.equal(session.state.status, 'signed-out');
    await settle(30);
    assert.equal(session.state.status, 'signed-out');
  });

  it('is done though the cloud does not answer', async () => {
    await session.signIn(password('single'));
    at.cloud.fail({ method: 'DELETE', times: 100 }, { status: 500 });
    await session.signOut();
    assert.equal(session.state.status, 'signed-out');
  });
});

describe('secrets', () => {
  it('are in nothing that can be seen', async () => {
    const told: unknown[] = [];
    for (const type of ['change', 'expiring', 'expired', 'error'] as const) {
      session.addEventListener(type, (event) =>
        told.push(event instanceof CustomEvent ? event.detail : event.type),
      );
    }
    session.configure({ persist: 'none' });
    const wrong = await session.signIn(password('demo', 'hunter2-wrong')).catch((error: unknown) => error);
    await session.signIn(password('single'));
    const { connection } = stateOf(session, 'signed-in');
    serversOf(connection).subscribe(() => undefined);
    at.cloud.revokeTokens();
    await at.environment.clock.advance(2 * MINUTE);
    const seen = [
      JSON.stringify(session), JSON.stringify(session.state), JSON.stringify(connection), JSON.stringify(told),
      JSON.stringify(session.log.entries), String(wrong), JSON.stringify(wrong), JSON.stringify(session.settings),
      ...at.tab.keys, ...at.asked.map(({ url }) => url), connection.id,
    ].join('\n'); // prettier-ignore
    assert.doesNotMatch(seen, /hunter2|single-password/);
    for (const token of at.cloud.state.tokens.keys()) assert.ok(!seen.includes(token));
    assert.ok(at.cloud.state.tokens.size > 0);
  });
});

describe('listening', () => {
  it('hears of changes once per microtask, and no more after leaving', async () => {
    let heard = 0;
    const stop = session.subscribe(() => heard++);
    session.configure({ locale: 'de' });
    session.configure({ cloudName: 'Ours' });
    assert.equal(heard, 0);
    await Promise.resolve();
    assert.equal(heard, 1);
    stop();
    session.configure({ locale: 'en' });
    await Promise.resolve();
    assert.equal(heard, 1);
    assert.deepEqual([session.settings.locale, session.settings.cloudName], ['en', 'Ours']);
  });
});
