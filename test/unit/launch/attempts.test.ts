import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { onceAmongOthers, type Maker } from '../../../src/launch/attempts.js';

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
