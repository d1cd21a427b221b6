import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Localizer, registerLocale } from '../../../src/i18n/localizer.js';

registerLocale('de', {});
const english = new Localizer({ locale: 'en' }).wording;
const german = new Localizer({ locale: 'de' }).wording;
const NOW = Date.parse('2026-03-01T12:00:00Z');

describe('sizes', () => {
  for (const [bytes, text] of [
    [0, '0 B'],
    [999, '999 B'],
    [1000, '0.977 KiB'],
    [1024, '1 KiB'],
    [1_468_006, '1.4 MiB'],
    [1023.9 * 1024 * 1024, '1 GiB'],
    [2 ** 62, '4 EiB'],
  ] as const) {
    it(`${String(bytes)} bytes are ${text}`, () => {
      assert.equal(english.bytes(bytes), text.replace(' ', '\u00a0'));
    });
  }

  it('start from the unit the service counts in', () => {
    assert.equal(english.mebibytes(512), '512\u00a0MiB');
    assert.equal(english.mebibytes(8192), '8\u00a0GiB');
    assert.equal(english.gibibytes(20), '20\u00a0GiB');
    assert.equal(english.gibibytes(0.5), '512\u00a0MiB');
    assert.equal(english.gibibytes(2048), '2\u00a0TiB');
  });

  it('are written as the language writes numbers', () => {
    assert.equal(german.mebibytes(1536), '1,5\u00a0GiB');
  });
});

describe('ago', () => {
  for (const [iso, text] of [
    ['2026-03-01T11:59:50Z', 'now'],
    ['2026-03-01T11:59:20Z', '1 minute ago'],
    ['2026-03-01T11:55:00Z', '5 minutes ago'],
    ['2026-03-01T09:30:00Z', '2 hours ago'],
    ['2026-02-28T11:00:00Z', 'yesterday'],
    ['2026-01-01T00:00:00Z', 'last month'],
    ['2020-03-01T00:00:00Z', '6 years ago'],
    ['2026-03-01T12:10:00Z', 'in 10 minutes'],
    ['2026-03-01T11:55:00.000000', '5 minutes ago'],
    ['rubbish', 'rubbish'],
  ] as const) {
    it(`${iso} is ${text}`, () => {
      assert.equal(english.ago(iso, NOW), text);
    });
  }
});

describe('the rest', () => {
  it('says how long something takes', () => {
    assert.equal(english.duration(30), '30 seconds');
    assert.equal(english.duration(300), '5 minutes');
    assert.equal(english.duration(7200), '2 hours');
    assert.equal(english.duration(172_800), '2 days');
  });

  it('joins lists', () => {
    assert.equal(english.list(['a', 'b', 'c']), 'a, b, and c');
    assert.equal(english.list(['a', 'b'], 'disjunction'), 'a or b');
  });

  it('gives an unreadable date back', () => {
    assert.equal(english.date('soon'), 'soon');
    assert.match(english.date('2026-03-01T11:55:00Z'), /2026/);
  });
});
