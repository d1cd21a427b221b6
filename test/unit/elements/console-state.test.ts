import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  endingOf,
  kindsOf,
  leaves,
  reachable,
  sandboxOf,
  sourceOf,
} from '../../../src/elements/console/console.state.js';

describe('which console is opened', () => {
  it('is the best that there is, or the one that was asked for', () => {
    assert.deepEqual(kindsOf('auto'), ['vnc', 'spice', 'serial']);
    assert.deepEqual(kindsOf('serial'), ['serial']);
  });
});

describe('whether a page reaches a console', () => {
  for (const [page, url, expected] of [
    ['https:', 'wss://c.example:6080/?token=t', true],
    ['https:', 'ws://c.example:6080/?token=t', false],
    ['https:', 'http://c.example:6080/vnc_auto.html', false],
    ['https:', 'ws://127.0.0.1:6083/', true],
    ['https:', 'ws://localhost:6083/', true],
    ['http:', 'ws://c.example:6083/', true],
  ] as const)
    it(`${page} to ${url}`, () => {
      assert.equal(reachable(page, new URL(url)), expected);
    });
});

describe('how a console is told of', () => {
  it('names its place without its token', () => {
    assert.equal(sourceOf(new URL('wss://c.example:6080/?token=secret')), 'wss://c.example:6080');
  });

  it('tells what was closed from what was lost', () => {
    assert.deepEqual([1000, 1001, 1006, 1011, 0].map(endingOf), ['over', 'over', 'lost', 'lost', 'lost']);
  });
});

describe('a frame', () => {
  it('has its own origin only where that is not the page’s', () => {
    const url = new URL('https://c.example/vnc_auto.html');
    assert.match(sandboxOf('https://portal.example', url), /allow-same-origin/);
    assert.doesNotMatch(sandboxOf('https://c.example', url), /allow-same-origin/);
  });
});

describe('the way out by keyboard', () => {
  const key = { ctrlKey: true, shiftKey: true, altKey: false, code: 'F9' };
  it('is Ctrl + Shift + F9 and no other', () => {
    assert.equal(leaves(key), true);
    assert.equal(leaves({ ...key, shiftKey: false }), false);
    assert.equal(leaves({ ...key, altKey: true }), false);
    assert.equal(leaves({ ...key, code: 'F8' }), false);
  });
});
