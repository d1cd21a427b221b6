import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  extent,
  keepOnly,
  NOTHING_SELECTED,
  toggle,
  toggleAll,
  toggleRange,
} from '../../../../src/elements/instance-list/selection.js';

const shown = ['a', 'b', 'c', 'd', 'e'];
const ids = (selection: { ids: ReadonlySet<string> }) => [...selection.ids].sort();

describe('selecting rows', () => {
  it('ticks and unticks one', () => {
    const once = toggle(NOTHING_SELECTED, 'b');
    assert.deepEqual(ids(once), ['b']);
    assert.deepEqual(ids(toggle(once, 'b')), []);
    assert.deepEqual(ids(NOTHING_SELECTED), []);
  });

  it('takes everything from the last row touched to this one, in either direction', () => {
    assert.deepEqual(ids(toggleRange(toggle(NOTHING_SELECTED, 'b'), 'd', shown)), ['b', 'c', 'd']);
    assert.deepEqual(ids(toggleRange(toggle(NOTHING_SELECTED, 'd'), 'b', shown)), ['b', 'c', 'd']);
  });

  it('unticks a range when its end was ticked', () => {
    const all = toggleAll(NOTHING_SELECTED, shown);
    const without = toggle(all, 'b');
    assert.deepEqual(ids(toggleRange(without, 'd', shown)), ['a', 'e']);
  });

  it('is an ordinary click when the row touched last is no longer shown', () => {
    const from = toggle(NOTHING_SELECTED, 'gone');
    assert.deepEqual(ids(toggleRange(from, 'b', shown)), ['b', 'gone']);
  });

  it('ticks all that are shown, then none of them, and leaves the others', () => {
    const hidden = toggle(NOTHING_SELECTED, 'hidden');
    const all = toggleAll(hidden, shown);
    assert.deepEqual(ids(all), [...shown, 'hidden']);
    assert.deepEqual(ids(toggleAll(all, shown)), ['hidden']);
    assert.deepEqual(ids(toggleAll(toggle(NOTHING_SELECTED, 'a'), shown)), shown);
  });

  it('knows whether none, some or all of the rows shown are ticked', () => {
    assert.equal(extent(toggle(NOTHING_SELECTED, 'hidden'), shown), 'none');
    assert.equal(extent(toggle(NOTHING_SELECTED, 'a'), shown), 'some');
    assert.equal(extent(toggleAll(NOTHING_SELECTED, shown), shown), 'all');
    assert.equal(extent(NOTHING_SELECTED, []), 'none');
  });

  it('forgets rows that are gone, and is the same object when none is', () => {
    const selection = toggle(toggle(NOTHING_SELECTED, 'a'), 'b');
    assert.deepEqual(ids(keepOnly(selection, (id) => id === 'a')), ['a']);
    assert.equal(
      keepOnly(selection, () => true),
      selection,
    );
  });
});
