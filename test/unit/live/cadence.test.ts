import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pollDelay, type Cadence, type Pace } from '../../../src/live/cadence.js';
import { same } from '../../../src/live/same.js';

const cadence: Cadence = { busy: 4_000, quiet: 30_000, calm: 60_000 };
const pace: Pace = {
  failures: 0,
  lasting: false,
  retryAfter: undefined,
  hurrying: false,
  busy: false,
  unchanged: 0,
};

describe('the delay to the next poll', () => {
  for (const [name, how, expected] of [
    ['is quiet while nothing moves', {}, 30_000],
    ['grows when nothing has moved for long', { unchanged: 900_000 }, 45_000],
    ['grows no further than calm', { unchanged: 9e9 }, 60_000],
    ['is busy while something moves', { busy: true }, 4_000],
    ['grows for what moves for long', { busy: true, unchanged: 80_000 }, 10_000],
    ['grows no further than quiet', { busy: true, unchanged: 9e9 }, 30_000],
    ['is short in a hurry', { hurrying: true }, 2_000],
    ['backs off after a failure', { failures: 1 }, 3_000],
    ['doubles with each failure', { failures: 3 }, 12_000],
    ['does not double for ever', { failures: 99 }, 225_000],
    ['is long for what does not pass', { failures: 1, lasting: true }, 45_000],
    ['is at least what the cloud asks for', { failures: 1, retryAfter: 120 }, 120_000],
    ['is not shortened by what the cloud asks for', { failures: 4, retryAfter: 1 }, 24_000],
    ['is not short in a hurry after a failure', { failures: 1, hurrying: true, busy: true }, 3_000],
  ] as const) {
    it(name, () => assert.equal(pollDelay(cadence, { ...pace, ...how }, 0.5), expected));
  }

  it('is jittered by a tenth, and never before what the cloud asks for', () => {
    assert.equal(pollDelay(cadence, pace, 0), 27_000);
    assert.ok(pollDelay(cadence, pace, 0.999) <= 33_000, 'at most a tenth more');
    const refused = { ...pace, failures: 1, retryAfter: 10 };
    for (const random of [0, 0.5, 0.999]) assert.equal(pollDelay(cadence, refused, random), 10_000);
    assert.equal(pollDelay(cadence, { ...pace, failures: 2 }, 0), 8_000);
    assert.ok(pollDelay(cadence, { ...pace, failures: 2 }, 0.999) > 4_000, 'at least half');
  });

  it('knows neither busy nor calm where there is only quiet', () => {
    for (const how of [{ busy: true }, { hurrying: true }, { unchanged: 9e9 }]) {
      const delay = pollDelay({ quiet: 600_000 }, { ...pace, ...how }, 0.5);
      assert.ok(delay === 600_000 || how.hurrying, String(delay));
    }
  });
});

describe('sameness', () => {
  const row = { id: 'a', list: [{ x: 1 }, 'two'], nothing: undefined, deep: { er: { still: null } } };
  it('is told for copies', () => assert.equal(same(row, structuredClone(row)), true));
  for (const [name, other] of [
    ['a changed value', { ...row, id: 'b' }],
    ['a missing key', { id: 'a', list: row.list, deep: row.deep }],
    ['a further key', { ...row, more: undefined }],
    ['a longer list', { ...row, list: [...row.list, 3] }],
    ['a shorter list', { ...row, list: [{ x: 1 }] }],
    ['a difference deep down', { ...row, deep: { er: { still: undefined } } }],
    ['a list instead of an object', { ...row, deep: [{ still: null }] }],
    ['nothing', undefined],
    ['null', null],
  ] as const) {
    it(`is denied for ${name}`, () => {
      assert.equal(same(row, other), false);
      assert.equal(same(other, row), false);
    });
  }
});
