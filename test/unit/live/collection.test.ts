import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { Collection, type CollectionState } from '../../../src/live/collection.js';
import { failure, thing, Things, type Thing } from './rows.js';
import { ManualEnvironment, settle } from './surroundings.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

let environment: ManualEnvironment;
let source: Things;
let collection: Collection<Thing>;

const clock = (): ManualEnvironment['clock'] => environment.clock;
const names = (): string[] => ready().rows.map((row) => row.name);
const heard: CollectionState<Thing>[] = [];
const listen = (state: CollectionState<Thing>): void => {
  heard.push(state);
};

function ready(): CollectionState<Thing> & { status: 'ready' } {
  const { state } = collection;
  assert.equal(state.status, 'ready');
  if (state.status !== 'ready') throw new Error('not ready');
  return state;
}

function start(...rows: Thing[]): void {
  source = new Things(...rows);
  collection = new Collection(source, { environment });
}

beforeEach(() => {
  environment = new ManualEnvironment();
  heard.length = 0;
  start(thing('a'), thing('b'));
});

describe('a collection that nobody subscribes to', () => {
  it('asks nothing', async () => {
    await clock().advance(10 * MINUTE);
    assert.deepEqual(source.asked, []);
    assert.deepEqual(collection.state, { status: 'pending' });
  });

  it('is filled by refresh(), once, and left alone afterwards', async () => {
    await collection.refresh();
    assert.deepEqual(names(), ['thing a', 'thing b']);
    await clock().advance(10 * MINUTE);
    assert.deepEqual(source.asked, ['all']);
    assert.equal(clock().sleeping, 0);
  });
});

describe('the first list', () => {
  it('arrives for the first subscriber and tells when it was confirmed', async () => {
    collection.subscribe(listen);
    await clock().advance(0);
    const { updatedAt, refreshing, complete, lastError } = ready();
    assert.deepEqual(
      { updatedAt, refreshing, complete, lastError },
      {
        updatedAt: clock().now(),
        refreshing: false,
        complete: true,
        lastError: undefined,
      },
    );
    assert.equal(collection.get('a')?.name, 'thing a');
    assert.equal(collection.get('nobody'), undefined);
  });

  it('shows its pages as they arrive', async () => {
    start(thing('a'), thing('b'), thing('c'));
    source.pageSize = 1;
    source.hold = true;
    collection.subscribe(listen);
    await clock().advance(0);
    assert.equal(collection.state.status, 'pending');
    source.release();
    await settle();
    assert.deepEqual(names(), ['thing a']);
    assert.equal(ready().complete, false);
    assert.equal(ready().refreshing, true);
    source.release();
    await settle();
    assert.deepEqual(names(), ['thing a', 'thing b']);
    source.release();
    await settle();
    assert.deepEqual(names(), ['thing a', 'thing b', 'thing c']);
    assert.equal(ready().complete, true);
    assert.equal(ready().refreshing, false);
  });

  it('is ready though it is empty', async () => {
    start();
    collection.subscribe(listen);
    await clock().advance(0);
    assert.deepEqual(ready().rows, []);
    assert.equal(ready().complete, true);
  });

  it('that fails is `failed`, and is tried again by itself', async () => {
    source.failures.push(failure());
    collection.subscribe(listen);
    await clock().advance(0);
    const { state } = collection;
    assert.equal(state.status, 'failed');
    await clock().advance(5 * SECOND);
    assert.deepEqual(names(), ['thing a', 'thing b']);
    assert.equal(ready().lastError, undefined);
  });

  it('that fails half-way keeps the pages that have come, and completes them later', async () => {
    source.pageSize = 1;
    source.failAfter = 1;
    collection.subscribe(listen);
    await clock().advance(0);
    assert.deepEqual(names(), ['thing a']);
    assert.equal(ready().complete, false);
    assert.equal(ready().lastError?.kind, 'server');
    source.failAfter = undefined;
    source.rows.delete('a');
    await clock().advance(5 * SECOND);
    assert.deepEqual(names(), ['thing b']);
    assert.equal(ready().complete, true);
  });

  it('is asked for again, as pending, when a person does so after a failure', async () => {
    source.failures.push(failure());
    collection.subscribe(listen);
    await clock().advance(0);
    source.hold = true;
    const refreshed = collection.refresh();
    assert.equal(collection.state.status, 'pending');
    await settle();
    source.release();
    await refreshed;
    assert.equal(ready().rows.length, 2);
  });

  it('turns what is not an error of the wire into one', async () => {
    source.failures.push('bug');
    collection.subscribe(listen);
    await clock().advance(0);
    const { state } = collection;
    assert.equal(state.status === 'failed' && state.error.kind, 'protocol');
    assert.equal(state.status === 'failed' && state.error.attempt.action, 'list-instances');
  });
});

describe('many subscribers', () => {
  it('share one request', async () => {
    source.hold = true;
    for (let each = 0; each < 20; each++) collection.subscribe(listen);
    const refreshed = [collection.refresh(), collection.refresh()];
    await clock().advance(0);
    assert.deepEqual(source.asked, ['all']);
    source.release();
    await Promise.all(refreshed);
    await settle();
    assert.deepEqual(source.asked, ['all']);
  });

  it('hear of changes once per microtask', async () => {
    collection.subscribe(listen);
    await clock().advance(0);
    heard.length = 0;
    collection.patch('a', { pending: 'one' });
    collection.patch('b', { pending: 'two' });
    assert.equal(heard.length, 0);
    await Promise.resolve();
    assert.equal(heard.length, 1);
  });

  it('are not harmed by one that throws, nor called after they have left', async () => {
    const reported: unknown[] = [];
    globalThis.reportError = (error) => void reported.push(error);
    let called = 0;
    collection.subscribe(() => {
      leave();
      throw new Error('harm');
    });
    const leave = collection.subscribe(() => called++);
    collection.subscribe(listen);
    await clock().advance(0);
    assert.equal(heard.at(-1)?.status, 'ready');
    assert.equal(called, 0, 'it had left');
    assert.ok(reported.length > 0, 'the page hears of it');
    Reflect.deleteProperty(globalThis, 'reportError');
  });

  it('are served from what is there when they come a little later', async () => {
    const leave = collection.subscribe(listen);
    await clock().advance(0);
    leave();
    await clock().advance(9 * SECOND);
    collection.subscribe(listen);
    await clock().advance(0);
    assert.equal(source.asked.length, 1);
    await clock().advance(2 * SECOND);
    assert.equal(source.asked.length, 2, 'asked again once it was ten seconds old');
  });
});

describe('a refresh', () => {
  it('keeps the identity of rows that are the same, and of the list where all are', async () => {
    start(thing('a', { addresses: ['192.0.2.1'] }), thing('b'));
    collection.subscribe(listen);
    await clock().advance(0);
    const [a, b] = ready().rows;
    const before = ready().rows;
    await collection.refresh();
    assert.equal(ready().rows, before);
    source.put(thing('a', { addresses: ['192.0.2.1', '192.0.2.7'] }));
    await collection.refresh();
    assert.notEqual(ready().rows[0], a);
    assert.deepEqual(ready().rows[0]?.addresses, ['192.0.2.1', '192.0.2.7']);
    assert.equal(ready().rows[1], b);
  });

  it('never blanks the list: rows stay while pages arrive', async () => {
    source.pageSize = 1;
    collection.subscribe(listen);
    await clock().advance(0);
    source.hold = true;
    source.put(thing('c'));
    const refreshed = collection.refresh();
    await settle();
    source.release();
    await settle();
    assert.deepEqual(names(), ['thing a', 'thing b']);
    assert.equal(ready().refreshing, true);
    source.release();
    await settle();
    source.release();
    await refreshed;
    assert.deepEqual(names(), ['thing a', 'thing b', 'thing c']);
  });

  it('that fails keeps the rows, tells why, and forgets it when the next succeeds', async () => {
    collection.subscribe(listen);
    await clock().advance(0);
    const before = ready();
    source.failures.push(failure({ kind: 'server' }));
    await clock().advance(31 * SECOND);
    assert.equal(ready().rows, before.rows);
    assert.equal(ready().updatedAt, before.updatedAt);
    assert.equal(ready().lastError?.kind, 'server');
    await clock().advance(10 * SECOND);
    assert.equal(ready().lastError, undefined);
    assert.ok(ready().updatedAt > before.updatedAt);
  });

  it('by a person lists all, also while a delta is under way', async () => {
    collection.subscribe(listen);
    await clock().advance(0);
    source.hold = true;
    await clock().advance(31 * SECOND);
    const refreshed = collection.refresh();
    source.hold = false;
    source.release();
    await refreshed;
    assert.deepEqual(source.asked, ['all', '2029-12-31T22:59:55Z', 'all']);
  });
});

describe('a renewal', () => {
  it('does not take an answer that was asked for before', async () => {
    source.hold = true;
    const before = collection.refresh();
    await settle();
    const renewed = [collection.renew(), collection.renew()];
    // The rows of the first answer are those of the moment it was asked for.
    source.put(thing('c'));
    source.hold = false;
    source.release();
    await before;
    assert.deepEqual(names(), ['thing a', 'thing b']);
    await Promise.all(renewed);
    assert.deepEqual(names(), ['thing a', 'thing b', 'thing c']);
    assert.deepEqual(source.asked, ['all', 'all'], 'and those who wait share one request');
  });

  it('asks once where nothing is under way, and again the next time', async () => {
    await collection.renew();
    await collection.renew();
    assert.deepEqual(source.asked, ['all', 'all']);
  });

  it('follows one that fails', async () => {
    source.failures.push(failure());
    const before = collection.refresh();
    const renewed = collection.renew();
    await before;
    await renewed;
    assert.deepEqual(names(), ['thing a', 'thing b']);
  });
});

describe('deltas', () => {
  it('ask from the newest change on, with a little overlap, by the same URL while nothing happens', async () => {
    start(thing('a', { updated: '2029-12-31T10:00:00Z' }), thing('b', { updated: '2029-12-31T11:30:00Z' }));
    collection.subscribe(listen);
    await clock().advance(3 * MINUTE);
    assert.equal(source.asked[0], 'all');
    assert.ok(source.asked.length > 4);
    assert.deepEqual([...new Set(source.asked.slice(1))], ['2029-12-31T11:29:55Z']);
  });

  it('bring in what is new and changed and leave the rest as it is', async () => {
    collection.subscribe(listen);
    await clock().advance(0);
    const [, b] = ready().rows;
    source.put(thing('a', { name: 'renamed', updated: '2030-01-01T00:00:05Z' }));
    source.put(thing('c', { updated: '2030-01-01T00:00:07Z' }));
    await clock().advance(31 * SECOND);
    assert.deepEqual(names(), ['renamed', 'thing b', 'thing c']);
    assert.equal(ready().rows[1], b);
    await clock().advance(31 * SECOND);
    assert.equal(source.asked.at(-1), '2030-01-01T00:00:02Z');
  });

  it('take out what has gone', async () => {
    collection.subscribe(listen);
    await clock().advance(0);
    source.put(thing('a', { gone: true, updated: '2030-01-01T00:00:05Z' }));
    await clock().advance(31 * SECOND);
    assert.deepEqual(names(), ['thing b']);
    assert.equal(collection.get('a'), undefined);
  });

  it('are not relied on: a full list comes after ten minutes, and finds what they did not tell', async () => {
    collection.subscribe(listen);
    await clock().advance(0);
    source.rows.delete('a');
    source.put(thing('b', { addresses: ['192.0.2.1'] })); // an address does not touch `updated`
    await clock().advance(9 * MINUTE);
    assert.equal(source.asked.filter((what) => what === 'all').length, 1);
    await clock().advance(2 * MINUTE);
    assert.equal(source.asked.filter((what) => what === 'all').length, 2);
    assert.deepEqual(names(), ['thing b']);
    assert.deepEqual(collection.get('b')?.addresses, ['192.0.2.1']);
  });

  it('give way to a full list after five minutes while something moves', async () => {
    start(thing('a', { moving: true }));
    collection.subscribe(listen);
    await clock().advance(6 * MINUTE);
    assert.equal(source.asked.filter((what) => what === 'all').length, 2);
  });

  it('give way to a full list after an error', async () => {
    collection.subscribe(listen);
    await clock().advance(0);
    source.failures.push(failure());
    await clock().advance(40 * SECOND);
    assert.deepEqual(source.asked.slice(1), ['2029-12-31T22:59:55Z', 'all']);
  });

  it('are moved on when they repeat many rows that are old by now', async () => {
    start(
      ...Array.from({ length: 100 }, (_, index) => thing(String(index), { updated: '2029-12-31T23:59:50Z' })),
    );
    collection.subscribe(listen);
    await clock().advance(50 * SECOND);
    assert.equal(source.asked.at(-1), '2029-12-31T23:59:45Z');
    await clock().advance(2 * MINUTE);
    assert.equal(source.asked.at(-1), '2029-12-31T23:59:51Z');
    source.put(thing('1', { name: 'renamed', updated: '2030-01-01T00:03:00Z' }));
    await clock().advance(MINUTE);
    assert.equal(collection.get('1')?.name, 'renamed');
  });

  it('do not happen for an empty list: there is nothing to go by', async () => {
    start();
    collection.subscribe(listen);
    await clock().advance(2 * MINUTE);
    assert.deepEqual([...new Set(source.asked)], ['all']);
    source.put(thing('first', { updated: '2030-01-01T00:02:00Z' }));
    await clock().advance(MINUTE);
    assert.deepEqual(names(), ['thing first']);
  });
});

describe('leaving and coming back', () => {
  it('asks no more, and after five seconds waits for nothing more', async () => {
    start(thing('a', { moving: true }));
    const leave = collection.subscribe(listen);
    await clock().advance(SECOND);
    leave();
    await clock().advance(4.5 * SECOND);
    assert.ok(clock().sleeping > 0, 'still ready to go on');
    await clock().advance(SECOND);
    assert.equal(clock().sleeping, 0);
    assert.equal(environment.listeners, 0);
    assert.equal(source.asked.length, 1);
  });

  it('goes on at once where somebody comes back in time', async () => {
    start(thing('a', { moving: true }));
    const leave = collection.subscribe(listen);
    await clock().advance(SECOND);
    leave();
    await clock().advance(4.5 * SECOND);
    collection.subscribe(listen);
    await clock().advance(0);
    assert.equal(source.asked.length, 2);
  });

  it('does not start anew for somebody who comes back in time', async () => {
    const leave = collection.subscribe(listen);
    await clock().advance(SECOND);
    leave();
    leave();
    await clock().advance(4 * SECOND);
    collection.subscribe(listen);
    await clock().advance(20 * SECOND);
    assert.equal(source.asked.length, 1);
    await clock().advance(10 * SECOND);
    assert.equal(source.asked.length, 2);
  });

  it('aborts the request under way when nobody waits for it any more, and takes nothing of it', async () => {
    source.hold = true;
    const leave = collection.subscribe(listen);
    await clock().advance(0);
    leave();
    await clock().advance(6 * SECOND);
    assert.equal(source.signals[0]?.aborted, true);
    source.release();
    await settle();
    assert.equal(collection.state.status, 'pending');
    collection.subscribe(listen);
    source.hold = false;
    await clock().advance(0);
    assert.equal(ready().rows.length, 2);
    assert.deepEqual(source.asked, ['all', 'all']);
  });

  it('lists all for somebody who comes after long', async () => {
    const leave = collection.subscribe(listen);
    await clock().advance(0);
    leave();
    await clock().advance(2 * MINUTE);
    collection.subscribe(listen);
    assert.equal(ready().rows.length, 2, 'the old rows are shown meanwhile');
    await clock().advance(0);
    assert.deepEqual(source.asked, ['all', 'all']);
  });

  it('ends for good when closed', async () => {
    collection.subscribe(listen);
    await clock().advance(0);
    source.hold = true;
    await clock().advance(31 * SECOND);
    collection.close();
    assert.equal(source.signals[1]?.aborted, true);
    assert.equal(ready().refreshing, false);
    collection.subscribe(listen);
    await collection.refresh();
    await clock().advance(10 * MINUTE);
    assert.equal(source.asked.length, 2);
    assert.equal(clock().sleeping, 0);
    assert.equal(environment.listeners, 0);
  });
});

describe('a page that is not looked at', () => {
  it('asks nothing while hidden, and once, for everything, when it is back', async () => {
    collection.subscribe(listen);
    await clock().advance(0);
    await environment.show(false);
    await clock().advance(5 * MINUTE);
    assert.equal(source.asked.length, 1);
    assert.equal(clock().sleeping, 0);
    await environment.show(true);
    assert.deepEqual(source.asked, ['all', 'all']);
    await clock().advance(29 * SECOND);
    assert.equal(source.asked.length, 2);
  });

  it('lists all after a while away: not every change leaves a trace', async () => {
    collection.subscribe(listen);
    await clock().advance(0);
    await environment.show(false);
    await clock().advance(20 * SECOND);
    await environment.show(true);
    assert.deepEqual(source.asked, ['all', 'all']);
  });

  it('that is hidden from the beginning waits', async () => {
    await environment.show(false);
    collection.subscribe(listen);
    await clock().advance(MINUTE);
    assert.equal(source.asked.length, 0);
    await environment.show(true);
    assert.equal(ready().rows.length, 2);
  });

  it('that is left for a moment asks no more than usual', async () => {
    collection.subscribe(listen);
    await clock().advance(0);
    for (let times = 0; times < 10; times++) {
      await environment.show(false);
      await environment.show(true);
    }
    assert.equal(source.asked.length, 1);
  });

  it('asks nothing while offline, and once when the network is back', async () => {
    collection.subscribe(listen);
    await clock().advance(0);
    await environment.connect(false);
    await clock().advance(30 * MINUTE);
    assert.equal(source.asked.length, 1);
    await environment.connect(true);
    assert.equal(source.asked.length, 2);
  });

  it('asks nothing while no subscriber can be seen', async () => {
    let seen = false;
    collection.subscribe(listen, { visible: () => seen });
    collection.subscribe(listen, { visible: () => false });
    await clock().advance(10 * MINUTE);
    assert.equal(source.asked.length, 0);
    seen = true;
    await clock().advance(3 * SECOND);
    assert.equal(source.asked.length, 1);
  });

  it('lists all after the computer has slept', async () => {
    collection.subscribe(listen);
    await clock().advance(0);
    await clock().sleepThrough(5 * MINUTE);
    assert.deepEqual(source.asked, ['all', 'all']);
  });
});

describe('the cadence', () => {
  it('is seconds while something moves, tens of seconds when it does not', async () => {
    start(thing('a', { moving: true }));
    collection.subscribe(listen);
    await clock().advance(13 * SECOND);
    assert.equal(source.asked.length, 4);
    source.put(thing('a', { updated: '2030-01-01T00:00:14Z' }));
    await clock().advance(4 * SECOND);
    const asked = source.asked.length;
    await clock().advance(28 * SECOND);
    assert.equal(source.asked.length, asked);
    await clock().advance(3 * SECOND);
    assert.equal(source.asked.length, asked + 1);
  });

  it('slows down for what hangs in a transition for ever', async () => {
    start(thing('a', { moving: true }));
    collection.subscribe(listen);
    await clock().advance(30 * MINUTE);
    const asked = source.asked.length;
    await clock().advance(60 * MINUTE);
    assert.ok(source.asked.length - asked <= 121, `${source.asked.length - asked} an hour`);
  });

  it('is fast for half a minute after hurry()', async () => {
    collection.subscribe(listen);
    await clock().advance(10 * SECOND);
    collection.hurry();
    await clock().advance(0);
    assert.equal(source.asked.length, 2, 'at once');
    await clock().advance(10 * SECOND);
    assert.equal(source.asked.length, 7, 'then every two seconds');
    await clock().advance(50 * SECOND);
    const asked = source.asked.length;
    await clock().advance(29 * SECOND);
    assert.ok(source.asked.length - asked <= 1);
  });

  it('does not stampede when many hurry', async () => {
    collection.subscribe(listen);
    await clock().advance(0);
    for (let each = 0; each < 50; each++) collection.hurry();
    await clock().advance(0.9 * SECOND);
    assert.equal(source.asked.length, 1);
    await clock().advance(0.2 * SECOND);
    assert.equal(source.asked.length, 2);
  });

  it('backs off further with each failure, and is as usual after a success', async () => {
    collection.subscribe(listen);
    await clock().advance(0);
    for (let each = 0; each < 12; each++) source.failures.push(failure());
    const waits: number[] = [];
    await clock().advance(31 * SECOND);
    let last = clock().now();
    for (let asked = source.asked.length; asked < 9; asked = source.asked.length) {
      await clock().advance(0.5 * SECOND);
      if (source.asked.length === asked) continue;
      waits.push(clock().now() - last);
      last = clock().now();
    }
    for (const [index, wait] of waits.entries()) {
      assert.ok(index === 0 || wait >= (waits[index - 1] ?? 0), waits.join());
    }
    assert.ok((waits.at(-1) ?? 0) > 2 * MINUTE, waits.join());
    source.failures.length = 0;
    await clock().advance(10 * MINUTE);
    assert.equal(ready().lastError, undefined);
  });

  it('asks rarely for what does not pass by itself', async () => {
    source.failures.push(failure({ kind: 'forbidden' }), failure({ kind: 'forbidden' }));
    collection.subscribe(listen);
    await clock().advance(29 * SECOND);
    assert.equal(source.asked.length, 1);
  });

  it('honours Retry-After, also when the page comes back meanwhile', async () => {
    collection.subscribe(listen);
    await clock().advance(0);
    source.failures.push(failure({ kind: 'rate-limit', retryAfter: 90 }));
    await clock().advance(31 * SECOND);
    assert.equal(source.asked.length, 2);
    await environment.show(false);
    await clock().advance(20 * SECOND);
    await environment.show(true);
    collection.hurry();
    await clock().advance(60 * SECOND);
    assert.equal(source.asked.length, 2);
    await clock().advance(15 * SECOND);
    assert.equal(source.asked.length, 3);
  });
});
