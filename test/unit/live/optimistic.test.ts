import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { Collection } from '../../../src/live/collection.js';
import { thing, Things, type Thing } from './rows.js';
import { ManualEnvironment, settle } from './surroundings.js';

const SECOND = 1000;

let environment: ManualEnvironment;
let source: Things;
let collection: Collection<Thing>;
const pending = (id = 'a'): string | undefined => collection.get(id)?.pending;
const shown = (): readonly Thing[] => (collection.state.status === 'ready' ? collection.state.rows : []);
const poll = (): Promise<void> => environment.clock.advance(30 * SECOND);

beforeEach(async () => {
  environment = new ManualEnvironment();
  source = new Things(thing('a'), thing('b'));
  collection = new Collection(source, { environment });
  collection.subscribe(() => undefined);
  await environment.clock.advance(0);
});

describe('an optimistic change', () => {
  it('shows at once, in the list and by id, and leaves the other rows as they are', () => {
    const [, b] = shown();
    collection.patch('a', { pending: 'deleting' });
    assert.equal(pending(), 'deleting');
    assert.deepEqual(
      shown().map((row) => row.pending),
      ['deleting', undefined],
    );
    assert.equal(shown()[1], b);
    assert.equal(shown()[0], collection.get('a'), 'one and the same row');
  });

  it('keeps its row the same object while nothing changes', async () => {
    collection.patch('a', { pending: 'deleting' });
    const [row] = shown();
    await poll();
    assert.equal(shown()[0], row);
  });

  it('is taken back by rollback, to the very row that was there', () => {
    const [a] = shown();
    const change = collection.patch('a', { pending: 'deleting' });
    change.rollback();
    change.rollback();
    assert.equal(shown()[0], a);
  });

  it('survives polls that still tell the old state, until the write is answered', async () => {
    collection.patch('a', { pending: 'starting' });
    for (let times = 0; times < 10; times++) await poll();
    await collection.refresh();
    assert.equal(pending(), 'starting');
  });

  it('lets what else changes show through', async () => {
    collection.patch('a', { pending: 'starting' });
    source.put(thing('a', { name: 'renamed', updated: '2030-01-01T00:00:10Z' }));
    await poll();
    assert.equal(collection.get('a')?.name, 'renamed');
    assert.equal(pending(), 'starting');
  });

  it('gives way to the first newer row after the write was accepted', async () => {
    collection.patch('a', { pending: 'starting' }).commit();
    await environment.clock.advance(SECOND);
    assert.equal(pending(), 'starting');
    source.put(thing('a', { moving: true, updated: '2030-01-01T00:00:01Z' }));
    await poll();
    assert.equal(pending(), undefined);
    assert.equal(collection.get('a')?.moving, true);
  });

  it('is not overtaken by an answer that was asked for before the write was accepted', async () => {
    source.put(thing('a', { name: 'renamed', updated: '2030-01-01T00:00:01Z' }));
    source.hold = true;
    await poll(); // asked ...
    const change = collection.patch('a', { pending: 'starting' });
    await environment.clock.advance(SECOND);
    change.commit();
    source.hold = false;
    source.release(); // ... and answered
    await settle();
    assert.equal(collection.get('a')?.name, 'renamed');
    assert.equal(pending(), 'starting');
  });

  it('outlives an answer of a cloud that lags a little', async () => {
    collection.patch('a', { pending: 'starting' }).commit();
    await environment.clock.advance(5 * SECOND);
    await collection.refresh();
    assert.equal(pending(), 'starting');
  });

  it('is not believed for ever: a full list that shows nothing of it ends it', async () => {
    collection.patch('a', { pending: 'starting' }).commit();
    await environment.clock.advance(11 * SECOND);
    await collection.refresh();
    assert.equal(pending(), undefined);
  });

  it('is not ended by a delta that shows nothing of it: a full list has to tell', async () => {
    collection.patch('a', { pending: 'starting' }).commit();
    source.put(thing('b', { updated: '2030-01-01T00:00:05Z' }));
    await environment.clock.advance(31 * SECOND);
    assert.deepEqual(source.asked, ['all', '2029-12-31T22:59:55Z']);
    assert.equal(pending(), 'starting');
    await environment.clock.advance(31 * SECOND);
    assert.equal(source.asked.at(2), 'all');
    assert.equal(pending(), undefined);
  });

  it('that a delta shows nothing of has a full list asked for', async () => {
    collection.patch('a', { pending: 'deleting' }).commit();
    source.rows.delete('a'); // and no word of it among the changes
    await environment.clock.advance(70 * SECOND);
    assert.deepEqual(
      shown().map((row) => row.id),
      ['b'],
    );
    assert.ok(source.asked.filter((what) => what === 'all').length >= 2);
  });

  it('goes with its row', async () => {
    const change = collection.patch('a', { pending: 'deleting' });
    source.put(thing('a', { gone: true, updated: '2030-01-01T00:00:05Z' }));
    await poll();
    assert.equal(collection.get('a'), undefined);
    change.commit();
    change.rollback();
    assert.deepEqual(
      shown().map((row) => row.id),
      ['b'],
    );
  });

  it('lies beside others on the same row', () => {
    const first = collection.patch('a', { pending: 'stopping' });
    collection.patch('a', { name: 'new name' });
    assert.equal(pending(), 'stopping');
    first.rollback();
    assert.equal(pending(), undefined);
    assert.equal(collection.get('a')?.name, 'new name');
  });

  it('of an unknown row changes nothing', () => {
    const before = shown();
    collection.patch('nobody', { pending: 'deleting' }).commit();
    assert.deepEqual(shown(), before);
  });

  it('makes no list ready that has not come yet', () => {
    const fresh = new Collection(source, { environment });
    fresh.patch('a', { pending: 'deleting' });
    assert.deepEqual(fresh.state, { status: 'pending' });
  });
});
