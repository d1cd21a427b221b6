import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { Collection } from '../../../src/live/collection.js';
import { shareOver, type NewsChannel, type Sharing } from '../../../src/live/sharing.js';
import { failure, thing, Things } from './rows.js';
import { ManualClock, ManualEnvironment } from './surroundings.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** What tabs of one origin speak over: everybody hears the others, later, and gets copies. */
class Origin {
  readonly #tabs: ((message: MessageEvent<unknown>) => void)[] = [];
  readonly said: unknown[] = [];

  open(): Sharing {
    const heard: ((message: MessageEvent<unknown>) => void)[] = [];
    this.#tabs.push((message) => {
      for (const listener of heard) listener(message);
    });
    const own = this.#tabs.length - 1;
    const channel = {
      postMessage: (data: unknown) => {
        const copy: unknown = structuredClone(data);
        this.said.push(copy);
        this.#tabs.forEach((tell, tab) => {
          if (tab !== own)
            queueMicrotask(() => {
              tell({ data: copy } as MessageEvent<unknown>);
            });
        });
      },
      addEventListener: (_: string, listener: (message: MessageEvent<unknown>) => void) =>
        heard.push(listener),
    };
    return shareOver(channel as unknown as NewsChannel);
  }
}

/** One tab: its own surroundings and its own list of the same cloud. */
class Tab {
  readonly environment: ManualEnvironment;
  readonly collection: Collection<{ id: string; name: string }>;
  readonly leave: () => void;

  constructor(list = 'servers') {
    this.environment = new ManualEnvironment(clock);
    this.collection = new Collection(source, {
      environment: this.environment,
      shared: origin.open()(list),
    });
    this.leave = this.collection.subscribe(() => undefined);
  }

  get names(): string[] {
    const { state } = this.collection;
    return state.status === 'ready' ? state.rows.map(({ name }) => name) : [state.status];
  }
}

let clock: ManualClock;
let origin: Origin;
let source: Things;

beforeEach(() => {
  clock = new ManualClock();
  origin = new Origin();
  source = new Things(thing('a'), thing('b'));
});

/** Opens tabs one after the other; each asks once, to have something to show. */
async function open(count: number): Promise<Tab[]> {
  const tabs: Tab[] = [];
  for (let i = 0; i < count; i++) {
    tabs.push(new Tab());
    await clock.advance(SECOND);
  }
  assert.equal(source.asked.length, count);
  source.asked.length = 0;
  return tabs;
}

describe('tabs of one origin', () => {
  it('ask as much as one', async () => {
    const [alone] = await open(1);
    await clock.advance(60 * MINUTE);
    const asked = source.asked.length;
    alone?.leave();
    await clock.advance(MINUTE);
    source.asked.length = 0;
    await open(5);
    await clock.advance(60 * MINUTE);
    assert.ok(asked > 50, `one asks ${asked} times an hour`);
    assert.ok(source.asked.length <= asked + 5, `five ask ${source.asked.length} times, one ${asked}`);
  });

  it('all see what one of them has learned', async () => {
    const tabs = await open(3);
    source.put(thing('a', { name: 'renamed', updated: '2030-01-01T00:00:10Z' }));
    source.put(thing('b', { gone: true, updated: '2030-01-01T00:00:10Z' }));
    source.put(thing('c', { updated: '2030-01-01T00:00:10Z' }));
    await clock.advance(40 * SECOND);
    assert.equal(source.asked.length, 1);
    for (const tab of tabs) assert.deepEqual(tab.names, ['renamed', 'thing c']);
  });

  it('all see what a full list no longer names', async () => {
    const tabs = await open(2);
    source.rows.delete('b');
    await clock.advance(15 * MINUTE);
    assert.deepEqual(source.asked.filter((asked) => asked === 'all').length, 1);
    for (const tab of tabs) assert.deepEqual(tab.names, ['thing a']);
  });

  it('go on when the one that asked is hidden, and when it is closed', async () => {
    const [one, two] = await open(2);
    await one?.environment.show(false);
    await clock.advance(10 * MINUTE);
    assert.ok(source.asked.length >= 8, `asked ${source.asked.length} times in ten minutes`);
    two?.leave();
    await one?.environment.show(true);
    source.asked.length = 0;
    await clock.advance(10 * MINUTE);
    assert.ok(source.asked.length >= 8, `asked ${source.asked.length} times in ten minutes`);
  });

  it('do not wait for ever for one that says it asks and falls silent', async () => {
    const [one, two] = await open(2);
    source.hold = true;
    await clock.advance(40 * SECOND);
    assert.equal(source.asked.length, 1, 'one asks, and gets no answer');
    await clock.advance(30 * SECOND);
    assert.equal(source.asked.length, 2, 'the other asks itself');
    assert.ok(one && two, 'there are two');
  });

  it('keep their rows when the one that asks fails, and ask themselves', async () => {
    const [, two] = await open(2);
    source.failures.push(failure());
    await clock.advance(50 * SECOND);
    assert.equal(source.asked.length, 2);
    assert.deepEqual(two?.names, ['thing a', 'thing b']);
  });

  it('are silent together when all of them are hidden', async () => {
    const tabs = await open(3);
    for (const tab of tabs) await tab.environment.show(false);
    source.asked.length = 0;
    await clock.advance(60 * MINUTE);
    assert.deepEqual(source.asked, []);
  });

  it('ask for everything when they have missed something', async () => {
    const tabs = await open(2);
    tabs[1]?.leave();
    await clock.advance(10 * SECOND);
    source.put(thing('c', { updated: '2029-12-31T23:30:00Z' }));
    await clock.advance(20 * MINUTE);
    assert.deepEqual(tabs[0]?.names, ['thing a', 'thing b', 'thing c']);
    assert.deepEqual(tabs[1]?.names, ['thing a', 'thing b']);
    source.asked.length = 0;
    tabs[1]?.collection.subscribe(() => undefined);
    await clock.advance(20 * MINUTE);
    assert.deepEqual(tabs[1]?.names, ['thing a', 'thing b', 'thing c']);
  });

  it('never mix lists of different places', async () => {
    const here = new Tab('project-1 servers');
    const there = new Tab('project-2 servers');
    await clock.advance(SECOND);
    source.asked.length = 0;
    await clock.advance(10 * MINUTE);
    const alone = source.asked.length / 2;
    assert.ok(alone >= 8, `each asks ${alone} times`);
    assert.notEqual(here.collection, there.collection);
  });

  it('believe nothing that is not news', async () => {
    const [tab] = await open(1);
    const talk = origin.open();
    for (const said of [null, 7, { rows: 'x' }, { rows: [{ name: 'no id' }], gone: [], asked: 0 }]) {
      // Somebody else's script may say what it likes.
      talk('servers')?.tell(said as never);
    }
    await clock.advance(SECOND);
    assert.deepEqual(tab?.names, ['thing a', 'thing b']);
  });

  it('do not take a row that is older than theirs', async () => {
    source.put(thing('a', { name: 'new', updated: '2030-01-01T00:00:00Z' }));
    const [tab] = await open(1);
    origin
      .open()('servers')
      ?.tell({
        rows: [thing('a', { name: 'old' })],
        gone: [],
        ids: undefined,
        asked: clock.now(),
      });
    await clock.advance(SECOND);
    assert.deepEqual(tab?.names, ['new', 'thing b']);
  });
});
