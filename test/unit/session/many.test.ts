import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ComputeClient } from '../../../src/openstack/compute.js';
import { isOpenStackError } from '../../../src/openstack/errors.js';
import { placeOf, readPlace } from '../../../src/session/place.js';
import type { Session } from '../../../src/session/session.js';
import { password, stage, stateOf, type Stage } from './stage.js';

const HOUR = 3_600_000;

let at: Stage;
let other: Stage;
let session: Session;

beforeEach(() => {
  at = stage();
  other = stage({ origin: 'https://second.example' });
  session = load();
});

function load(link = ''): Session {
  return at.load({
    fetch: (request) => (request.url.startsWith('https://second.example') ? other : at).fetch(request),
    link: () => link,
    settings: {
      clouds: [
        { name: 'First', authUrl: at.cloud.authUrl },
        { name: 'Second', authUrl: other.cloud.authUrl },
      ],
    },
  });
}

const second = { authUrl: 'https://second.example/v3', add: true } as const;
const where = (of: Session): string[] =>
  of.connections.map(({ cloudName, user, project }) => [cloudName, user.name, project.name].join(' '));

describe('several accounts', () => {
  it('stand beside each other: of two clouds, and of one', async () => {
    await session.signIn(password('single'));
    await session.signIn(password('single'), second);
    await session.signIn(password('solo'), { add: true });
    assert.deepEqual(where(session), ['First single demo', 'Second single demo', 'First solo solo-project']);
    assert.deepEqual(
      session.logins.map(({ cloudName, user, ended }) => [cloudName, user.name, ended]),
      [
        ['First', 'single', false],
        ['Second', 'single', false],
        ['First', 'solo', false],
      ],
    );
    assert.equal(new Set(session.connections.map(({ id }) => id)).size, 3);
    assert.equal(new Set(session.connections.map(({ loginId }) => loginId)).size, 3);
    assert.equal(session.current?.user.name, 'solo');
  });

  it('are left one by one, which revokes their tokens alone', async () => {
    await session.signIn(password('single'));
    await session.signIn(password('single'), second);
    const [first, last] = session.logins;
    assert.ok(first && last, 'two accounts');
    await session.leave(last.id);
    assert.deepEqual(where(session), ['First single demo']);
    assert.equal(stateOf(session, 'signed-in').connection.cloudName, 'First');
    assert.ok(
      [...other.cloud.state.tokens.values()].every(({ revoked }) => revoked),
      'the second’s are revoked',
    );
    assert.ok(
      [...at.cloud.state.tokens.values()].some(({ revoked }) => !revoked),
      'the first’s are good',
    );
    await session.leave('nobody');
    await session.leave(first.id);
    assert.deepEqual(session.state, { status: 'signed-out', because: 'signed-out' });
    assert.deepEqual(session.logins, []);
  });

  it('end one by one, and the others go on', async () => {
    await session.signIn(password('single'));
    await session.signIn(password('single'), second);
    const [first, last] = session.connections;
    assert.ok(first && last, 'two connections');
    at.cloud.revokeTokens();
    const waiting = first.client(ComputeClient).limits();
    await at.environment.clock.advance(1000);
    assert.equal(stateOf(session, 'signed-in').connection, last);
    assert.deepEqual([first.ended, last.ended], [true, false]);
    await last.client(ComputeClient).limits();
    session.use(first);
    assert.deepEqual([stateOf(session, 'expired').because, session.current], ['revoked', first]);
    await session.signIn(password('single'), { add: true });
    stateOf(session, 'signed-in');
    await waiting;
    assert.deepEqual(session.connections, [first, last]);
  });

  it('open projects of their own', async () => {
    await session.signIn(password());
    const [demo, research] = stateOf(session, 'choosing').projects;
    assert.ok(demo && research, 'two projects');
    await session.selectProject(demo.id);
    await session.signIn(password('solo'), { add: true });
    const [login] = session.logins;
    await session.selectProject(research.id, { login: login?.id, add: true });
    assert.equal(session.current?.user.name, 'demo');
    assert.equal(session.connections.length, 3);
    await assert.rejects(session.selectProject(research.id, { login: 'nobody' }), isOpenStackError);
  });

  it('come back after a reload, all of them, the current one current', async () => {
    await session.signIn(password('single'));
    await session.signIn(password('single'), second);
    const [first] = session.connections;
    assert.ok(first, 'a connection');
    session.use(first);
    const again = load();
    await again.restore();
    assert.deepEqual(where(again).sort(), where(session).sort());
    assert.equal(again.current?.cloudName, 'First');
    for (const connection of again.connections) await connection.client(ComputeClient).limits();
  });

  it('come back without the one whose sign-in has ended meanwhile', async () => {
    await session.signIn(password('single'));
    await session.signIn(password('single'), second);
    at.cloud.revokeTokens();
    const again = load();
    await again.restore();
    assert.deepEqual(where(again), ['Second single demo']);
    // Whichever of them was the current one.
    const [first] = session.connections;
    assert.ok(first, 'a connection');
    session.use(first);
    const third = load();
    await third.restore();
    assert.deepEqual(where(third), ['Second single demo']);
  });

  it('are all signed out at once', async () => {
    await session.signIn(password('single'));
    await session.signIn(password('single'), second);
    await session.signOut();
    for (const { state } of [at.cloud, other.cloud])
      assert.ok(
        [...state.tokens.values()].every(({ revoked }) => revoked),
        'revoked',
      );
    assert.deepEqual(at.tab.keys, []);
  });
});

describe('what older versions kept', () => {
  it('is read', async () => {
    await session.signIn(password('single'));
    const kept = JSON.parse(at.tab.getItem('exo.session.') ?? '{}') as Record<string, unknown>;
    delete kept['user'];
    delete kept['others'];
    at.tab.setItem('exo.session.', JSON.stringify(kept));
    const again = load();
    await again.restore();
    assert.deepEqual(where(again), ['First single demo']);
  });
});

describe('a disabled project', () => {
  it('is shown and not opened', async () => {
    await session.signIn(password('closed'));
    const { connection, projects } = stateOf(session, 'signed-in');
    assert.equal(connection.project.name, 'demo');
    const closed = projects.find(({ enabled }) => !enabled);
    assert.equal(closed?.name, 'closed');
    await assert.rejects(
      session.selectProject(closed.id),
      (error) => isOpenStackError(error) && error.reason === 'no-access',
    );
    assert.equal(stateOf(session, 'signed-in').connection, connection);
  });
});

describe('a link', () => {
  it('names a place and no secret, and leads there', async () => {
    await session.signIn(password());
    const { projects } = stateOf(session, 'choosing');
    await session.selectProject(projects.find(({ name }) => name === 'research')?.id ?? '');
    const { current } = session;
    assert.ok(current, 'a connection');
    const place = placeOf(current);
    assert.equal(place, `exo=cloud.example/${current.project.id}/RegionOne`);
    assert.deepEqual(readPlace(`#top&${place}`), {
      cloud: 'cloud.example',
      projectId: current.project.id,
      region: 'RegionOne',
    });
    const there = load(`#${place}`);
    await there.signIn(password());
    assert.equal(stateOf(there, 'signed-in').connection.project.name, 'research');
    // Once: whoever goes elsewhere is not taken back.
    await there.selectProject(projects.find(({ name }) => name === 'demo')?.id ?? '');
    await at.environment.clock.advance(2 * HOUR);
    await there.signIn(password());
    assert.equal(stateOf(there, 'signed-in').connection.project.name, 'demo');
  });

  it('to another cloud, or to nothing, is not followed', async () => {
    for (const link of ['#exo=elsewhere.example/abc/North', '#exo=', '#exo=%E0%A4%A', '#other']) {
      const there = load(link);
      await there.signIn(password('single'));
      assert.equal(stateOf(there, 'signed-in').connection.project.name, 'demo', link);
    }
  });
});
