import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { settle } from '../live/surroundings.js';
import { MemoryStorage, password, stage, stateOf, type Stage } from './stage.js';

const MINUTE = 60_000;
const KEY = 'exo.session.';

let at: Stage;

beforeEach(() => {
  at = stage();
});

const stored = (): Record<string, unknown> =>
  JSON.parse(at.tab.getItem(KEY) ?? '{}') as Record<string, unknown>;

describe('a session that survives a reload', () => {
  it('keeps what it needs in the tab, and no password', async () => {
    const session = at.load();
    await session.signIn(password('single'));
    assert.deepEqual(Object.keys(stored()).sort(), [
      'authUrl',
      'expiry',
      'project',
      'region',
      'token',
      'user',
    ]);
    assert.deepEqual(at.tab.keys, ['exo.project.https://cloud.example/v3', KEY]);
    assert.deepEqual(at.device.keys, []);
    assert.ok(![...at.tab.values.values()].join().includes('single-password'));
  });

  it('goes on where it was', async () => {
    const before = at.load();
    await before.signIn(password());
    await before.selectProject(
      stateOf(before, 'choosing').projects.find(({ name }) => name === 'research')?.id ?? '',
    );
    const session = at.load();
    const restoring = session.restore();
    assert.equal(session.state.status, 'restoring');
    await restoring;
    const { connection, projects } = stateOf(session, 'signed-in');
    assert.equal(connection.project.name, 'research');
    assert.equal(projects.length, 2);
    await session.selectProject(projects.find(({ name }) => name === 'demo')?.id ?? '');
    assert.equal(stateOf(session, 'signed-in').connection.project.name, 'demo');
  });

  it('still gives notice, expires, and revokes its token at sign-out', async () => {
    await at.load().signIn(password('single'));
    const session = at.load();
    await session.restore();
    let told = 0;
    session.addEventListener('expiring', () => told++);
    await at.environment.clock.advance(57 * MINUTE);
    assert.equal(told, 1);
    const token = [...at.cloud.state.tokens.values()].find(({ project }) => project);
    await session.signOut();
    assert.equal(token?.revoked, true);
  });

  it('knows its own project where the cloud does not list projects', async () => {
    await at.load().signIn(password('single'));
    const session = at.load();
    at.cloud.fail({ path: /auth\/projects/ }, { status: 403 });
    await session.restore();
    assert.deepEqual(
      stateOf(session, 'signed-in').projects.map(({ name, enabled }) => ({ name, enabled })),
      [{ name: 'demo', enabled: true }],
    );
  });

  it('is over when its token has run out, without a request', async () => {
    await at.load().signIn(password('single'));
    await at.environment.clock.advance(2 * 60 * MINUTE);
    at.tab.setItem(
      KEY,
      JSON.stringify({
        ...stored(),
        token: 'x',
        authUrl: at.cloud.authUrl,
        project: 'p',
        expiry: '2029-01-01T00:00:00Z',
      }),
    );
    const session = at.load();
    const asked = at.asked.length;
    await session.restore();
    assert.deepEqual(session.state, { status: 'signed-out', because: 'expired' });
    assert.equal(at.asked.length, asked);
    assert.equal(at.tab.getItem(KEY), null);
  });

  it('is over when its token was revoked meanwhile', async () => {
    await at.load().signIn(password('single'));
    at.cloud.revokeTokens();
    const session = at.load();
    await session.restore();
    assert.deepEqual(session.state, { status: 'signed-out', because: 'revoked' });
    assert.equal(at.tab.getItem(KEY), null);
  });

  it('is tried again by the next reload when the cloud is down, and tells of it', async () => {
    await at.load().signIn(password('single'));
    const mend = at.cloud.fail({ path: /auth\/tokens/, times: 100 }, { status: 500 });
    const session = at.load();
    let told = 0;
    session.addEventListener('error', () => told++);
    await session.restore();
    assert.equal(session.state.status, 'signed-out');
    assert.equal(told, 1);
    mend();
    const again = at.load();
    await again.restore();
    stateOf(again, 'signed-in');
  });

  it('has nothing to go on where nothing was kept, or for another cloud, or when it is damaged', async () => {
    const fresh = at.load();
    await fresh.restore();
    assert.deepEqual(fresh.state, { status: 'signed-out', because: 'new' });
    await at.load().signIn(password('single'));
    const other = at.load({ settings: { authUrl: 'https://other.example/v3' } });
    await other.restore();
    assert.deepEqual(other.state, { status: 'signed-out', because: 'new' });
    for (const damaged of [
      '{',
      '7',
      '{"token":1}',
      '{"token":"t","authUrl":"u","project":"p","expiry":"never"}',
    ]) {
      at.tab.setItem(KEY, damaged);
      const session = at.load();
      await session.restore();
      assert.deepEqual(session.state, { status: 'signed-out', because: 'new' });
    }
  });

  it('is restored once, whoever asks, and not when somebody is signed in', async () => {
    await at.load().signIn(password('single'));
    const session = at.load();
    const validated = at.count('GET', '/v3/auth/tokens');
    await Promise.all([session.restore(), session.restore()]);
    await session.restore();
    assert.equal(at.count('GET', '/v3/auth/tokens') - validated, 1);
  });

  it('is apart from sessions of other names', async () => {
    await at.load({ name: 'left' }).signIn(password('single'));
    const right = at.load({ name: 'right' });
    await right.restore();
    assert.deepEqual(right.state, { status: 'signed-out', because: 'new' });
    const left = at.load({ name: 'left' });
    await left.restore();
    stateOf(left, 'signed-in');
  });
});

describe('persist', () => {
  it('none keeps nothing', async () => {
    const session = at.load({ settings: { persist: 'none' } });
    await session.signIn(password('single'));
    assert.deepEqual([...at.tab.keys, ...at.device.keys], []);
    const next = at.load({ settings: { persist: 'none' } });
    await next.restore();
    assert.deepEqual(next.state, { status: 'signed-out', because: 'new' });
  });

  it('tab remembers the last project until sign-out', async () => {
    const session = at.load();
    await session.signIn(password());
    await session.selectProject(stateOf(session, 'choosing').projects[1]?.id ?? '');
    const next = at.load();
    await next.signIn(password());
    assert.equal(stateOf(next, 'signed-in').connection.project.id, session.current?.project.id);
    await next.signOut();
    assert.deepEqual(at.tab.keys, []);
    await next.signIn(password());
    stateOf(next, 'choosing');
  });

  it('device remembers the last project, a plain id, beyond that', async () => {
    const session = at.load({ settings: { persist: 'device' } });
    await session.signIn(password());
    const id = stateOf(session, 'choosing').projects[1]?.id ?? '';
    await session.selectProject(id);
    await session.signOut();
    assert.deepEqual([...at.device.values.values()], [id]);
    assert.deepEqual(at.tab.keys, []);
    await session.signIn(password());
    assert.equal(stateOf(session, 'signed-in').connection.project.id, id);
  });

  it('does without a storage that throws, as in a sandboxed frame', async () => {
    const refuse = (): never => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    const full: MemoryStorage = Object.assign(new MemoryStorage(), {
      setItem() {
        throw new DOMException('full', 'QuotaExceededError');
      },
    });
    for (const storage of [refuse, () => full, () => undefined]) {
      const session = at.load({ storage });
      await session.restore();
      await session.signIn(password('single'));
      stateOf(session, 'signed-in');
      await session.signOut();
      await settle();
      assert.equal(session.state.status, 'signed-out');
    }
  });
});

describe('a computer whose clock is wrong', () => {
  for (const [name, wrong] of [
    ['two hours ahead', 120 * MINUTE],
    ['two hours behind', -120 * MINUTE],
  ] as const) {
    it(`(${name}) has a session all the same, also after a reload`, async () => {
      at = stage();
      at.cloud.advance(-wrong);
      const session = at.load();
      let told = 0;
      session.addEventListener('expiring', () => told++);
      await session.signIn(password('single'));
      const left = stateOf(session, 'signed-in').connection.expiresAt.getTime() - at.environment.clock.now();
      assert.ok(Math.abs(left - 60 * MINUTE) < MINUTE, `${left} ms left`);
      await at.environment.clock.advance(50 * MINUTE);
      stateOf(session, 'signed-in');
      assert.equal(told, 0);
      const next = at.load();
      await next.restore();
      stateOf(next, 'signed-in');
      await at.environment.clock.advance(7 * MINUTE);
      assert.equal(told, 1);
      stateOf(next, 'signed-in');
    });
  }
});
