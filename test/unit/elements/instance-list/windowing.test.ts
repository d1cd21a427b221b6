import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { arrange, rearrange, type Arrangement } from '../../../../src/elements/instance-list/arrange.js';
import { differences } from '../../../../src/elements/instance-list/differences.js';
import { Extents } from '../../../../src/elements/instance-list/extents.js';
import { RowSlots } from '../../../../src/elements/instance-list/row-slots.js';
import { Ranks } from '../../../../src/elements/instance-list/ranks.js';
import type { Server } from '../../../../src/openstack/compute.js';
import { server } from './server.js';

const ids = (count: number) => Array.from({ length: count }, (_, at) => String(at));

describe('where rows are', () => {
  it('is guessed, until the first are measured', () => {
    const extents = new Extents(40);
    extents.ids = ids(100);
    assert.equal(extents.total, 4000);
    assert.equal(extents.at(100), 2);
    extents.measure(
      new Map([
        [0, 50],
        [1, 50],
        [2, 300],
      ]),
    );
    assert.equal(extents.offsetOf(3), 400);
    // The one that is open does not make the others taller.
    assert.equal(extents.total, 400 + 97 * 50);
    assert.equal(extents.at(399), 2);
    assert.equal(extents.at(400), 3);
  });

  it('ends at both ends', () => {
    const extents = new Extents(10);
    assert.equal(extents.at(50), 0);
    extents.ids = ids(3);
    assert.deepEqual([extents.at(-5), extents.at(1e6), extents.offsetOf(99)], [0, 2, 30]);
  });

  it('follows the rows when they are in another order', () => {
    const extents = new Extents(10);
    extents.ids = ['a', 'b', 'c'];
    extents.measure(
      new Map([
        [0, 20],
        [1, 20],
        [2, 90],
      ]),
    );
    extents.ids = ['c', 'a', 'b'];
    assert.equal(extents.offsetOf(1), 90);
    extents.forget();
    assert.equal(extents.total, 60);
  });
});

describe('rows of the tree', () => {
  const of = (slots: RowSlots, text: string, reuse = true) => {
    const letters = text.split('');
    const assigned = slots.assign(letters, reuse);
    return letters.map((id) => assigned.get(id));
  };

  it('stay with what they show, and take what comes when that has left', () => {
    const slots = new RowSlots();
    assert.deepEqual(of(slots, 'abcd'), [1, 2, 3, 4]);
    assert.deepEqual(of(slots, 'cdef'), [3, 4, 2, 1]);
    assert.deepEqual(of(slots, 'abcd'), [1, 2, 3, 4]);
    assert.deepEqual(of(slots, 'cxby'), [3, 1, 2, 4]);
    assert.deepEqual(of(slots, 'pq'), [3, 1]);
    assert.deepEqual(of(slots, 'rst'), [3, 1, 5]);
  });

  it('are made anew where none may change hands', () => {
    const slots = new RowSlots();
    assert.deepEqual(of(slots, 'ab', false), [1, 2]);
    assert.deepEqual(of(slots, 'bc', false), [2, 3]);
  });
});

/** The same numbers each time. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * sides);
  };
}

/** The rows after some have come, gone and changed. */
function change(rows: readonly Server[], roll: (sides: number) => number): Server[] {
  const after = rows.flatMap((row) => {
    if (roll(40) === 0) return [];
    if (roll(30) === 0) return { ...row, name: `web-${String(roll(60))}`, taskState: 'rebooting' };
    return row;
  });
  for (let more = roll(3); more > 0; more -= 1)
    after.splice(roll(2) === 0 ? after.length : 0, 0, server({ name: `new-${String(roll(60))}` }));
  return after;
}

describe('what differs', () => {
  it('is found wherever rows come and go', () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const roll = dice(seed);
      const before = Array.from({ length: 60 }, () => server());
      const after = change(before, roll);
      const { came, went, changed } = differences(before, after);
      const there = new Set(before.map(({ id }) => id));
      const kept = new Set(after.map(({ id }) => id));
      assert.deepEqual(came.map(({ id }) => id), after.filter(({ id }) => !there.has(id)).map(({ id }) => id)); // prettier-ignore
      assert.deepEqual(new Set(went), new Set(before.filter(({ id }) => !kept.has(id))));
      assert.equal(changed.length, after.filter((row) => there.has(row.id) && !before.includes(row)).length);
      assert.ok(
        changed.every(([was, now]) => was.id === now.id && was !== now),
        'each is told of its own',
      );
    }
  });
});

describe('a few rows that differ', () => {
  const arrangement: Omit<Arrangement, 'hold'> = {
    query: '',
    filter: undefined,
    sort: { key: 'name', direction: 'ascending' },
    compare: (a, b) => a.localeCompare(b, 'en', { numeric: true }),
    imageName: () => '',
    placeOf: () => '',
  };

  for (const sort of [
    { key: 'name', direction: 'ascending' },
    { key: 'name', direction: 'descending' },
    { key: 'status', direction: 'ascending' },
    { key: 'age', direction: 'descending' },
  ] as const) {
    it(`are where sorting all would have put them: ${sort.key} ${sort.direction}`, () => {
      for (const query of ['', '1']) {
        for (let seed = 1; seed <= 30; seed += 1) {
          const how = { ...arrangement, sort, query };
          const before = Array.from({ length: 80 }, () => server());
          const after = change(before, dice(seed));
          const moved = rearrange(arrange(before, how), differences(before, after), { ...how, hold: false });
          assert.deepEqual(moved?.map(({ id }) => id), arrange(after, how).map(({ id }) => id)); // prettier-ignore
        }
      }
    });
  }

  it('stay where they are while somebody has a row in hand', () => {
    const [a, b, c] = [server({ name: 'a' }), server({ name: 'b' }), server({ name: 'c' })];
    const after = [{ ...a, name: 'z' }, b, c, server({ name: 'bb' })];
    const moved = rearrange([a, b, c], differences([a, b, c], after), { ...arrangement, hold: true });
    assert.deepEqual(
      moved?.map(({ name }) => name).filter((name) => name !== 'bb'),
      ['z', 'b', 'c'],
    );
    assert.equal(moved?.length, 4);
  });

  it('are sorted with all others when they are many', () => {
    const before = Array.from({ length: 60 }, () => server());
    const after = before.map((row) => ({ ...row, name: 'x' }));
    assert.equal(rearrange(before, differences(before, after), { ...arrangement, hold: false }), undefined);
  });
});

describe('ranks of texts', () => {
  it('order as comparing does, whenever they were made known', () => {
    const compare = (a: string, b: string) =>
      a.localeCompare(b, 'en', { numeric: true, sensitivity: 'base' });
    const ranks = new Ranks(compare);
    ranks.add(['b', 'A', 'web-10']);
    ranks.add(['a', 'web-9', 'B']);
    const texts = ['b', 'A', 'web-10', 'a', 'web-9', 'B'];
    for (const one of texts)
      for (const two of texts)
        assert.equal(Math.sign(ranks.of(one) - ranks.of(two)), Math.sign(compare(one, two)), `${one} ${two}`);
  });
});
