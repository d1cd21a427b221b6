import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alone, underWay, type Locks } from '../../../src/launch/hold.js';

/** Locks as a browser has them, as far as they are used. */
class FakeLocks implements Locks {
  readonly held = new Set<string>();
  readonly #waiting: (() => void)[] = [];

  async request(name: string, _options: unknown, work: () => Promise<void>): Promise<void> {
    while (this.held.has(name)) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.held.add(name);
    try {
      await work();
    } finally {
      this.held.delete(name);
      for (const wake of this.#waiting.splice(0)) wake();
    }
  }

  query(): ReturnType<Locks['query']> {
    return Promise.resolve({ held: Array.from(this.held, (name) => ({ name })), pending: [] });
  }
}

describe('a launch in several pages of a browser', () => {
  const { signal } = new AbortController();

  it('is run by one page after the other', async () => {
    const locks = new FakeLocks();
    const order: string[] = [];
    let end: () => void = () => undefined;
    const first = alone(
      'a',
      signal,
      async () => {
        order.push('first begins');
        await new Promise<void>((resolve) => (end = resolve));
        order.push('first ends');
      },
      locks,
    );
    const say = (what: string) => () => {
      order.push(what);
      return Promise.resolve();
    };
    const second = alone('a', signal, say('second begins'), locks);
    await alone('b', signal, say('another launch'), locks);
    end();
    await Promise.all([first, second]);
    assert.deepEqual(order, ['first begins', 'another launch', 'first ends', 'second begins']);
  });

  it('is told to be under way until it ends', async () => {
    const fake = new FakeLocks();
    fake.held.add('something else');
    let seen: ReadonlySet<string> = new Set();
    await alone('a', signal, async () => void (seen = await underWay(fake)), fake);
    assert.deepEqual([...seen], ['a']);
    assert.deepEqual([...(await underWay(fake))], []);
  });

  it('goes on where there are no locks, or none may be had', async () => {
    let times = 0;
    const work = () => {
      times += 1;
      return Promise.resolve();
    };
    await alone('a', signal, work, undefined);
    const refuse = () => Promise.reject(new DOMException('no origin', 'SecurityError'));
    const refusing: Locks = { request: refuse, query: refuse };
    await alone('a', signal, work, refusing);
    assert.equal(times, 2);
    assert.deepEqual([...(await underWay(refusing))], []);
  });

  it('does its work once, and fails with what the work fails with', async () => {
    const locks = new FakeLocks();
    let times = 0;
    const work = (): Promise<never> => {
      times += 1;
      return Promise.reject(new Error('broken'));
    };
    await assert.rejects(alone('a', signal, work, locks), /broken/);
    assert.equal(times, 1);
  });
});
