import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AnsiReader, LONGEST_LINE, type AnsiStyle } from '../../../../src/elements/instance/log/ansi.js';
import {
  contrast,
  DARK_GROUND,
  LIGHT_GROUND,
  readable,
  stylesOf,
} from '../../../../src/elements/instance/log/colors.js';
import {
  findIn,
  joined,
  MOST_MATCHES,
  plainText,
  readLog,
} from '../../../../src/elements/instance/log/log-text.js';

const ESC = '\u001b';

function spans(...lines: string[]): [string, AnsiStyle | undefined][] {
  const reader = new AnsiReader();
  return lines.flatMap((line) => reader.read(line).flatMap((each) => each.spans.map(({ text, style }) => [text, style] as [string, AnsiStyle | undefined]))); // prettier-ignore
}

const text = (line: string): string =>
  new AnsiReader()
    .read(line)
    .map((each) => each.text)
    .join('');

describe('the console log', () => {
  it('reads colours and weights', () => {
    assert.deepEqual(spans(`[${ESC}[0;32m  OK  ${ESC}[0m] Started`), [
      ['[', undefined],
      ['  OK  ', { color: 2 }],
      ['] Started', undefined],
    ]);
    const loud: AnsiStyle = { bold: true, color: 9, ground: 4 };
    assert.deepEqual(spans(`${ESC}[1;91;44mx`), [['x', loud]]);
    assert.deepEqual(spans(`${ESC}[38;5;208mx`), [['x', { color: [255, 135, 0] }]]);
    assert.deepEqual(spans(`${ESC}[38;5;244mx`), [['x', { color: [128, 128, 128] }]]);
    assert.deepEqual(spans(`${ESC}[48;2;1;2;300mx`), [['x', { ground: [1, 2, 255] }]]);
    assert.deepEqual(spans(`${ESC}[38:2:1:2:3mx`), [['x', { color: [1, 2, 3] }]]);
    assert.deepEqual(spans(`${ESC}[1mx${ESC}[22my${ESC}[3;4;9mz${ESC}[m.`), [
      ['x', { bold: true }],
      ['y', undefined],
      ['z', { italic: true, underline: true, strike: true }],
      ['.', undefined],
    ]);
  });

  it('goes on with a colour on the next line', () => {
    assert.deepEqual(spans(`${ESC}[31mred`, 'still', `${ESC}[39mnot`), [
      ['red', { color: 1 }],
      ['still', { color: 1 }],
      ['not', undefined],
    ]);
  });

  it('writes over what stood before a carriage return', () => {
    assert.equal(text('10 %\r20 %\r100 %'), '100 %');
    assert.equal(text('abcdef\rxy'), 'xycdef');
    assert.equal(text(`abcdef\rxy${ESC}[K`), 'xy');
    assert.equal(text(`abcdef${ESC}[2K\rxy`), 'xy');
    assert.equal(text('ab\b\bcd'), 'cd');
    assert.equal(text('windows\r'), 'windows');
  });

  it('drops what else controls a terminal', () => {
    const hostile = {
      title: `a${ESC}]0;title\u0007b`,
      link: `a${ESC}]8;;javascript:alert(1)${ESC}\\b`,
      clipboard: `a${ESC}]52;c;aGVsbG8=\u0007b`,
      screen: `a${ESC}[2J${ESC}[1;1Hb`,
      charset: `a${ESC}(Bb`,
      reset: `a${ESC}cb`,
      device: `a${ESC}P1$r0m${ESC}\\b`,
      bell: 'a\u0007\u0000b',
      c1: 'a\u009bb',
      bidi: 'a\u202e\u2066b',
      queries: `a${ESC}[6n${ESC}[?1049hb`,
    };
    for (const [name, line] of Object.entries(hostile)) assert.equal(text(line), 'ab', name);
    assert.equal(text(`a${ESC}`), 'a');
    assert.equal(text(`a${ESC}[31`), 'a');
    assert.equal(text(`a${ESC}]0;never ends`), 'a');
  });

  it('leaves markup what it is: text', () => {
    assert.equal(text('<img src=x onerror=alert(1)>'), '<img src=x onerror=alert(1)>');
  });

  it('keeps what is one character together', () => {
    assert.equal(text(`😀\r${ESC}[31m✓`), '✓');
  });

  it('breaks lines that no page can lay out', () => {
    const lines = new AnsiReader().read(`${ESC}[31m${'x'.repeat(100_000)}`);
    assert.ok(
      lines.every((line) => line.text.length <= LONGEST_LINE),
      'too long',
    );
    assert.equal(lines.map((line) => line.text).join('').length, 100_000);
  });

  it('does not take long for whatever a server writes', () => {
    const started = performance.now();
    new AnsiReader().read(`${ESC}[`.repeat(200_000));
    new AnsiReader().read(`${ESC}]`.repeat(200_000));
    new AnsiReader().read(`${ESC}[${'1;'.repeat(200_000)}m`);
    new AnsiReader().read(`a\r`.repeat(200_000));
    assert.ok(performance.now() - started < 2000, `${performance.now() - started} ms`);
  });

  it('has colours that can be read on light and on dark', () => {
    for (let red = 0; red <= 255; red += 51)
      for (let green = 0; green <= 255; green += 51)
        for (let blue = 0; blue <= 255; blue += 51)
          for (const ground of [LIGHT_GROUND, DARK_GROUND, [red, 128, blue] as const])
            assert.ok(
              contrast(readable([red, green, blue], ground), ground) >= 4.5,
              `${red} ${green} ${blue}`,
            );
  });

  it('gives the same styles for the same look', () => {
    const [first, , second] = spans(`${ESC}[1;31ma${ESC}[0mb${ESC}[1;31mc`);
    assert.equal(first?.[1], second?.[1]);
    assert.match(stylesOf({ color: 1 })['color'] ?? '', /^light-dark\(rgb/);
    assert.equal(stylesOf({ inverse: true })['background-color']?.startsWith('light-dark'), true);
  });

  it('is read and searched in pieces, so that the page lives on', async () => {
    const raw = Array.from({ length: 100_000 }, (_, n) => `[ ${n}] ${ESC}[32mline${ESC}[0m ${n}`).join('\n');
    let pauses = 0;
    const pause = (): Promise<void> => {
      pauses++;
      return Promise.resolve();
    };
    const { signal } = new AbortController();
    const lines = (await readLog(raw, signal, pause)) ?? [];
    assert.equal(lines.length, 100_000);
    assert.ok(pauses > 1, `${pauses} pauses`);
    const matches = await findIn(lines, 'LINE 99999', signal, pause);
    assert.deepEqual(matches, [{ line: 99_999, start: 9, end: 19 }]);
    assert.equal((await findIn(lines, 'line', signal, pause))?.length, MOST_MATCHES);
    assert.equal(await readLog(raw, AbortSignal.abort()), undefined);
  });

  it('grows by its end, and is read anew where the end does not fit', () => {
    const known = Array.from({ length: 100 }, (_, n) => `line ${n}`).join('\n');
    assert.equal(joined(known, `${known.slice(-600)}\nmore`), `${known}\nmore`);
    assert.equal(joined(known, known.slice(-50)), known);
    assert.equal(joined(known, 'something else'), undefined);
    assert.equal(joined('', 'first'), undefined);
  });

  it('is copied without what controls a terminal', async () => {
    const lines = (await readLog(`a${ESC}[31mb\nc\n`, new AbortController().signal)) ?? [];
    assert.equal(plainText(lines), 'ab\nc\n');
  });
});
