import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  freeName,
  nameProblem,
  usableName,
  numberedNames,
  suggestName,
  takenNames,
} from '../../../src/launch/names.js';

describe('names of instances', () => {
  it('suggests two words that are free and lawful', () => {
    const values = [0, 0, 0.999, 0.999];
    const random = () => values.shift() ?? 0.5;
    const first = suggestName(new Set(), random);
    assert.match(first, /^[a-z]+-[a-z]+$/);
    assert.equal(nameProblem(first), undefined);
    assert.notEqual(suggestName(new Set([first]), random), first);
  });

  it('has thousands to suggest, so that people who do not know of one another rarely meet', () => {
    const all = new Set<string>();
    for (let first = 0; first < 1; first += 0.005)
      for (let second = 0; second < 1; second += 0.005) {
        const values = [first, second];
        all.add(suggestName(new Set(), () => values.shift() ?? 0));
      }
    assert.ok(all.size > 2000, `${String(all.size)} names`);
    assert.ok(
      [...all].every((name) => name.length <= 16),
      'all are short',
    );
  });

  it('finds a free one though chance always hits the same', () => {
    const taken = new Set<string>();
    for (let i = 0; i < 3; i++) taken.add(suggestName(taken, () => 0));
    assert.equal(taken.size, 3);
  });

  for (const [name, problem] of [
    ['web', undefined],
    ['  web  ', undefined],
    ['Über-サーバー 🦦', undefined],
    ['x'.repeat(255), undefined],
    ['🦦'.repeat(255), undefined],
    ['', 'empty'],
    ['   ', 'empty'],
    ['x'.repeat(256), 'too-long'],
    ['a\tb', 'unprintable'],
    ['a\u200bb', 'unprintable'],
    ['a\u2028b', 'unprintable'],
  ] as const) {
    it(`judges ${JSON.stringify(name.slice(0, 12))} of ${name.length}: ${problem ?? 'fine'}`, () => {
      assert.equal(nameProblem(name), problem);
    });
  }

  it('counts the numbers that several instances get', () => {
    assert.equal(nameProblem('x'.repeat(254), 3), 'too-long');
    assert.equal(nameProblem('x'.repeat(253), 3), undefined);
    assert.equal(nameProblem('x'.repeat(252), 12), undefined);
  });

  it('numbers several and leaves one alone', () => {
    assert.deepEqual(numberedNames(' web ', 1), ['web']);
    assert.deepEqual(numberedNames('web', 3), ['web-1', 'web-2', 'web-3']);
    assert.deepEqual(numberedNames('web', 10).slice(0, 1).concat(numberedNames('web', 10).slice(-1)), [
      'web-01',
      'web-10',
    ]);
  });

  it('tells which are taken and finds the next that is not', () => {
    const taken = new Set(['web', 'web-2', 'web-3']);
    assert.deepEqual(takenNames(['web-1', 'web-2'], taken), ['web-2']);
    assert.equal(freeName('web', taken), 'web-4');
    assert.equal(freeName('web-2', taken), 'web-4');
    assert.equal(freeName('db', new Set(['db', 'db-2-1']), 2), 'db-3');
    const longest = '🦦'.repeat(255);
    assert.equal(nameProblem(freeName(longest, new Set([longest]), 25), 25), undefined);
  });
});

describe('a name made usable', () => {
  for (const [what, name, count, usable] of [
    ['keeps what is right', ' lake 7 ', 1, 'lake 7'],
    ['loses what cannot be seen', 'می\u200cخواهم\u2028\u0007', 1, 'میخواهم'],
    ['is shortened by letters, not by halves of them', '🦦'.repeat(300), 1, '🦦'.repeat(255)],
    ['has room for the numbers of several', 'x'.repeat(300), 12, 'x'.repeat(252)],
    ['may be nothing', '\u200b', 1, ''],
  ] as const)
    it(what, () => {
      assert.equal(usableName(name, count), usable);
      if (usable !== '') assert.equal(nameProblem(usable, count), undefined);
    });
});
