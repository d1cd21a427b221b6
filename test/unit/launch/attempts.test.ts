import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { onceAlone, onceAmongOthers, type Maker } from '../../../src/launch/attempts.js';
import { OpenStackError, type ErrorKind } from '../../../src/openstack/errors.js';

interface Thing {
  readonly id: string;
  readonly young: boolean;
}

/** What others do while somebody waits; then it goes on at once. */
function making(o: Partial<Maker<Thing>>, meanwhile: () => void = () => undefined): Promise<Thing> {
  return onceAmongOthers<Thing>({
    clock: {
      now: () => 0,
      random: () => 0,
      sleep: () => {
        meanwhile();
        return Promise.resolve();
      },
    },
    signal: new AbortController().signal,
    tell: () => undefined,
    find: () => Promise.resolve([]),
    create: () => assert.fail('it is made once more'),
    isYoung: ({ young }) => young,
    ...o,
  });
}

describe('what others may be making, too', () => {
  it('is taken at once where it has been there for long', async () => {
    const old = { id: 'old', young: false };
    const found = await making({ find: () => Promise.resolve([old]) }, () => assert.fail('it waits'));
    assert.equal(found, old);
  });

  it('is looked at again where it was made just now: whoever made it may take it away for an older one', async () => {
    const [old, late] = [
      { id: 'old', young: true },
      { id: 'late', young: true },
    ];
    let there: Thing[] = [late];
    const found = await making({ find: () => Promise.resolve(there) }, () => (there = [old]));
    assert.equal(found, old);
  });

  it('is made where it is gone after all', async () => {
    const own = { id: 'own', young: true };
    let there: Thing[] = [{ id: 'late', young: true }];
    const create = () => {
      there = [own];
      return Promise.resolve(own);
    };
    const found = await making({ find: () => Promise.resolve(there), create }, () => {
      if (there[0] !== own) there = [];
    });
    assert.equal(found, own);
  });
});

describe('what comes of an answer that was lost', () => {
  const failure = (kind: ErrorKind) =>
    new OpenStackError({ kind, attempt: { action: 'create-floating-ip' } });
  const first = { id: 'first', young: true };
  const second = { id: 'second', young: true };

  /** The first request is done after so many looks; the second one is answered. */
  async function late(looks: number, answer: () => Thing): Promise<{ made: Thing; removed: string[] }> {
    let asked = 0;
    const there: Thing[] = [];
    const removed: string[] = [];
    const made = await onceAlone<Thing>({
      since: 0,
      clock: { now: () => 0, random: () => 0, sleep: () => Promise.resolve() },
      signal: new AbortController().signal,
      tell: () => undefined,
      find: () => {
        if (looks-- <= 0 && !there.includes(first)) there.unshift(first);
        return Promise.resolve([...there]);
      },
      create: () => {
        if (asked++ === 0) return Promise.reject(failure('timeout'));
        const own = answer();
        there.push(own);
        return Promise.resolve(own);
      },
      remove: ({ id }) => {
        removed.push(id);
        return Promise.resolve();
      },
    });
    return { made, removed };
  }

  it('is found when it is looked for', async () => {
    assert.deepEqual(await late(1, () => assert.fail('it is made once more')), { made: first, removed: [] });
  });

  it('is taken when the cloud refuses a second one, because it has come meanwhile', async () => {
    const refuse = (): never => {
      throw failure('conflict');
    };
    assert.deepEqual(await late(3, refuse), { made: first, removed: [] });
  });

  it('stays, and the second one goes, when it comes beside it', async () => {
    assert.deepEqual(await late(3, () => second), { made: first, removed: ['second'] });
  });
});
