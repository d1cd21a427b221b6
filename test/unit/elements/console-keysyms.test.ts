import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CHORDS, pressesOf } from '../../../src/elements/console/keysyms.js';

const keys = (text: string): [number, boolean][] =>
  pressesOf(text).map(({ keysym, shift }) => [keysym, shift]);

describe('the presses that type a text', () => {
  it('are the letters themselves, with Shift where a US keyboard has them behind it', () => {
    assert.deepEqual(keys('aA1!'), [
      [0x61, false],
      [0x41, true],
      [0x31, false],
      [0x21, true],
    ]);
  });

  it('end a line with Enter, however it was written', () => {
    assert.deepEqual(
      keys('a\r\nb\nc\rd\t').map(([keysym]) => keysym),
      [...[0x61, 0xff0d, 0x62, 0xff0d, 0x63, 0xff0d, 0x64, 0xff09]],
    );
  });

  it('stand for themselves in Latin 1 and have a range of their own beyond', () => {
    assert.deepEqual(keys('é€😀'), [
      [0xe9, false],
      [0x10020ac, false],
      [0x101f600, false],
    ]);
  });

  it('leave out what no key is for', () => {
    assert.deepEqual(keys('\u0000\u001b\u007f\u0085'), []);
  });
});

describe('keys that a browser keeps', () => {
  it('go down with what holds first', () => {
    assert.deepEqual(
      CHORDS['ctrl-alt-del'].map(({ code }) => code),
      ['ControlLeft', 'AltLeft', 'Delete'],
    );
  });

  it('are known by meaning and by place', () => {
    for (const [name, chord] of Object.entries(CHORDS))
      for (const { keysym, code } of chord) assert.ok(keysym > 0 && code !== null, name);
  });
});
