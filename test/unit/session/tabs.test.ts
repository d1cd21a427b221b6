import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ComputeClient } from '../../../src/openstack/compute.js';
import type { Session, SessionOptions } from '../../../src/session/session.js';
import type { Channel, ChannelFactory } from '../../../src/session/tabs.js';
import { settle } from '../live/surroundings.js';
import { MemoryStorage, password, stage, stateOf, type Stage } from './stage.js';

/** What tabs of one origin say to each other, and what was said. */
class Hub {
  readonly said: { readonly name: string; readonly data: unknown }[] = [];
  readonly #ends: { name: string; hear: (event: MessageEvent<unknown>) => void; from: Channel }[] = [];

  readonly open: ChannelFactory = (name) => {
    const channel: Channel = {
      postMessage: (data: unknown) => {
        this.said.push({ name, data });
        for (const end of this.#ends)
          if (end.name === name && end.from !== channel)
            setImmediate(() => end.hear(new MessageEvent('message', { data: structuredClone(data) })));
      },
      addEventListener: (_type: string, listener: unknown) => {
        if (typeof listener === 'function')
          this.#ends.push({
            name,
            from: channel,
            hear: (event) => void Reflect.apply(listener, channel, [event]),
          });
      },
    };
    return channel;
  };
}

const HOUR = 3_600_000;

let at: Stage;
let hub: Hub;

beforeEach(() => {
  at = stage();
  hub = new Hub();
});

/** A session in a tab of its own. */
function tab(o: SessionOptions = {}): Session {
  const own = new MemoryStorage();
  return at.load({
    channel: hub.open,
    storage: (kind) => (kind === 'tab' ? own : at.device),
    ...o,
  });
}

const wait = (): Promise<void> => settle(60);

describe('tabs of one origin', () => {
  it('are all signed in when one is', async () => {
    const [one, two] = [tab(), tab()];
    await Promise.all([one.restore(), two.restore()]);
    await one.signIn(password('single'));
    await wait();
    const { connection } = stateOf(two, 'signed-in');
    assert.equal(connection.user.name, 'single');
    await connection.client(ComputeClient).limits();
  });

  it('are signed in when they are opened later', async () => {
    const one = tab();
    await one.signIn(password('single'));
    const two = tab();
    await two.restore();
    await wait();
    assert.equal(stateOf(two, 'signed-in').connection.project.name, 'demo');
  });

  it('are all signed out when one is', async () => {
    const one = tab();
    await one.signIn(password('single'));
    const two = tab();
    await two.restore();
    await wait();
    stateOf(two, 'signed-in');
    await two.signOut();
    await wait();
    assert.deepEqual(one.state, { status: 'signed-out', because: 'signed-out' });
    assert.deepEqual(one.connections, []);
    assert.ok(
      [...at.cloud.state.tokens.values()].every(({ revoked }) => revoked),
      'every token is revoked',
    );
  });

  it('stand in projects of their own', async () => {
    const one = tab();
    await one.signIn(password());
    const { projects } = stateOf(one, 'choosing');
    const id = (name: string): string => projects.find((project) => project.name === name)?.id ?? '';
    await one.selectProject(id('demo'));
    const two = tab();
    await two.restore();
    await wait();
    await two.selectProject(id('research'));
    await wait();
    assert.equal(stateOf(one, 'signed-in').connection.project.name, 'demo');
    assert.equal(stateOf(two, 'signed-in').connection.project.name, 'research');
    // Both stay where they are when one signs in again for both.
    await at.environment.clock.advance(2 * HOUR);
    stateOf(one, 'expired');
    const { connection } = stateOf(two, 'expired');
    await one.signIn(password());
    await wait();
    assert.equal(stateOf(one, 'signed-in').connection.project.name, 'demo');
    assert.equal(stateOf(two, 'signed-in').connection, connection);
    await connection.client(ComputeClient).limits();
  });

  it('go on in place when another has signed in again before the end', async () => {
    const one = tab();
    await one.signIn(password('single'));
    const two = tab();
    await two.restore();
    await wait();
    const { connection } = stateOf(two, 'signed-in');
    await at.environment.clock.advance(HOUR / 2);
    await one.signIn(password('single'));
    await wait();
    assert.equal(stateOf(two, 'signed-in').connection, connection);
    assert.equal(connection.expiresAt.getTime(), one.current?.expiresAt.getTime());
    await connection.client(ComputeClient).limits();
  });

  it('share nothing but the sign-out where nothing is to persist', async () => {
    const settings = { persist: 'none' } as const;
    const one = tab({ settings });
    await one.signIn(password('single'));
    const two = tab();
    await two.restore();
    await wait();
    assert.equal(two.state.status, 'signed-out');
    await two.signIn(password('single'));
    await two.signOut();
    await wait();
    assert.equal(one.state.status, 'signed-out');
    const secrets = [...at.cloud.state.tokens.keys()];
    const told = JSON.stringify(hub.said.filter(({ data }) => !JSON.stringify(data).includes('"here"')));
    assert.ok(!secrets.some((value) => told.includes(value)), 'no token in what was told');
  });

  it('follow nobody where the portal does not want it', async () => {
    const settings = { sessionShare: false };
    const one = tab({ settings });
    await one.signIn(password('single'));
    const two = tab({ settings });
    await two.restore();
    await wait();
    assert.equal(two.state.status, 'signed-out');
    assert.ok(!JSON.stringify(hub.said).includes('"here"'), 'nothing was told');
  });

  it('of other names and of other clouds are not followed', async () => {
    const one = tab();
    const named = tab({ name: 'other' });
    const elsewhere = tab({ settings: { authUrl: 'https://second.example/v3' } });
    await one.signIn(password('single'));
    await wait();
    assert.equal(named.state.status, 'signed-out');
    assert.equal(elsewhere.state.status, 'signed-out');
  });

  it('leave a portal’s own token where it is', async () => {
    const helper = at.load({ name: 'helper' });
    await helper.signIn(password('single'));
    const { token } = JSON.parse(at.tab.getItem('exo.session.helper') ?? '{}') as { token: string };
    const one = tab();
    one.getToken = () => Promise.resolve(token);
    await one.restore();
    stateOf(one, 'signed-in');
    const two = tab();
    await two.restore();
    await wait();
    assert.equal(two.state.status, 'signed-out');
    assert.ok(!JSON.stringify(hub.said).includes(token), 'it was not told');
  });

  it('do without a channel that is refused', async () => {
    const one = tab({
      channel: () => {
        throw new DOMException('blocked', 'SecurityError');
      },
    });
    await one.restore();
    await one.signIn(password('single'));
    await one.signOut();
    assert.equal(one.state.status, 'signed-out');
  });
});
