/**
 * What a terminal would show of a console's output, line by line: colours and weights, and carriage returns that
 * write over what stood there. Everything else that controls a terminal is dropped, so that nothing a server writes
 * does more than be read. Pure, and linear in the length of what it reads.
 */

/** A colour of the 16 a terminal names (0 to 15), or any by red, green and blue (0 to 255 each). */
export type AnsiColor = number | readonly [red: number, green: number, blue: number];

/** How a piece of a line looks; undefined properties are as usual. */
export interface AnsiStyle {
  readonly color?: AnsiColor | undefined;
  readonly ground?: AnsiColor | undefined;
  readonly bold?: boolean | undefined;
  readonly faint?: boolean | undefined;
  readonly italic?: boolean | undefined;
  readonly underline?: boolean | undefined;
  readonly strike?: boolean | undefined;
  readonly inverse?: boolean | undefined;
}

/** A piece of a line in one style; without one where it looks as usual. */
export interface AnsiSpan {
  readonly text: string;
  readonly style: AnsiStyle | undefined;
}

/** A line as it is shown: the text is that of its spans, one after the other. */
export interface AnsiLine {
  readonly text: string;
  readonly spans: readonly AnsiSpan[];
}

const PLAIN: AnsiStyle = {};
/** A line longer than this is broken: a page cannot lay out a hundred thousand characters in one. */
export const LONGEST_LINE = 4096;
/** More parameters than a colour needs are nobody's colours. */
const MOST_PARAMETERS = 32;

/** The six steps of the colour cube of a terminal with 256 colours. */
const CUBE = [0, 95, 135, 175, 215, 255] as const;

function indexed(index: number): AnsiColor | undefined {
  if (index < 0 || index > 255) return undefined;
  if (index < 16) return index;
  if (index > 231) {
    const grey = 8 + (index - 232) * 10;
    return [grey, grey, grey];
  }
  const step = (at: number): number => CUBE[Math.floor((index - 16) / at) % 6] ?? 0;
  return [step(36), step(6), step(1)];
}

const byte = (value: number | undefined): number => Math.max(0, Math.min(255, value ?? 0));

/** The colour after 38 or 48, and how many parameters it took. */
function extended(codes: readonly number[], at: number): [AnsiColor | undefined, number] {
  if (codes[at] === 5) return [indexed(codes[at + 1] ?? 0), 2];
  if (codes[at] === 2) return [[byte(codes[at + 1]), byte(codes[at + 2]), byte(codes[at + 3])], 4];
  return [undefined, 1];
}

/** Logs repeat a few changes of style without end: each is worked out once, and gives the same object. */
const changes = new WeakMap<AnsiStyle, Map<string, AnsiStyle>>();
const MOST_CHANGES = 256;

function restyled(before: AnsiStyle, parameters: string): AnsiStyle {
  const known = changes.get(before) ?? new Map<string, AnsiStyle>();
  let style = known.get(parameters);
  if (style) return style;
  style = restyledAnew(before, parameters);
  if (known.size >= MOST_CHANGES) known.clear();
  changes.set(before, known.set(parameters, style));
  return style;
}

/** The style after `ESC [ parameters m`. */
function restyledAnew(before: AnsiStyle, parameters: string): AnsiStyle {
  const codes = parameters.split(/[;:]/, MOST_PARAMETERS).map(Number);
  let style: AnsiStyle = before;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const [color, took] = extended(codes, at + 1);
      at += took;
      if (color !== undefined) style = code === 38 ? { ...style, color } : { ...style, ground: color };
    } else style = restyledBy(style, code);
  }
  return Object.values(style).some((value) => value !== undefined) ? style : PLAIN;
}

function restyledBy(style: AnsiStyle, code: number): AnsiStyle {
  if (code >= 30 && code <= 37) return { ...style, color: code - 30 };
  if (code >= 90 && code <= 97) return { ...style, color: code - 82 };
  if (code >= 40 && code <= 47) return { ...style, ground: code - 40 };
  if (code >= 100 && code <= 107) return { ...style, ground: code - 92 };
  switch (code) {
    case 0:
      return PLAIN;
    case 1:
      return { ...style, bold: true };
    case 2:
      return { ...style, faint: true };
    case 3:
      return { ...style, italic: true };
    case 4:
      return { ...style, underline: true };
    case 7:
      return { ...style, inverse: true };
    case 9:
      return { ...style, strike: true };
    case 22:
      return { ...style, bold: undefined, faint: undefined };
    case 23:
      return { ...style, italic: undefined };
    case 24:
      return { ...style, underline: undefined };
    case 27:
      return { ...style, inverse: undefined };
    case 29:
      return { ...style, strike: undefined };
    case 39:
      return { ...style, color: undefined };
    case 49:
      return { ...style, ground: undefined };
    default:
      return style;
  }
}

const ESCAPE = 0x1b;

/** Where the sequence that begins with the escape at `at` ends: the index after it. */
function endOfSequence(raw: string, at: number): number {
  const kind = raw.charAt(at + 1);
  let end = at + 2;
  if (kind === '[') {
    // Parameters and intermediates, then one final byte.
    while (end < raw.length && raw.charCodeAt(end) >= 0x20 && raw.charCodeAt(end) <= 0x3f) end++;
    return Math.min(raw.length, end + 1);
  }
  if (kind === ']' || kind === 'P' || kind === '_' || kind === '^' || kind === 'X') {
    // A string for the terminal itself, such as its title or the clipboard: ends with BEL or ESC \.
    for (; end < raw.length; end++) {
      if (raw.charCodeAt(end) === 0x07) return end + 1;
      if (raw.charCodeAt(end) === ESCAPE) return raw.charAt(end + 1) === '\\' ? end + 2 : end;
    }
    return raw.length;
  }
  // ESC ( B and its like have intermediates; the others are two characters.
  let final = at + 1;
  while (final < raw.length && raw.charCodeAt(final) >= 0x20 && raw.charCodeAt(final) <= 0x2f) final++;
  return Math.min(raw.length, final + 1);
}

/** Characters that are not shown: controls but the tab, and those that turn the direction of what follows. */
function isHidden(code: number): boolean {
  return (
    (code < 0x20 && code !== 0x09) ||
    (code >= 0x7f && code <= 0x9f) ||
    code === 0x200e ||
    code === 0x200f ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069)
  );
}

const SPECIAL = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/; // eslint-disable-line no-control-regex
const EACH_SPECIAL = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g; // eslint-disable-line no-control-regex
/** A carriage return, a backspace, or `ESC [ K`. */
const WRITES_OVER = /[\r\b]|\u001b\[\d*K/; // eslint-disable-line no-control-regex

/** The line under construction: one cell for each character, so that a carriage return can write over it. */
class Cells {
  characters: string[] = [];
  styles: AnsiStyle[] = [];
  cursor = 0;

  put(character: string, style: AnsiStyle): void {
    this.characters[this.cursor] = character;
    this.styles[this.cursor] = style;
    this.cursor++;
  }

  /** `ESC [ K`: 0 to the end, 1 to the cursor, 2 all. */
  erase(how: string): void {
    if (how === '1') {
      this.characters.fill(' ', 0, this.cursor);
      this.styles.fill(PLAIN, 0, this.cursor);
      return;
    }
    this.characters.length = how === '2' ? 0 : Math.min(this.characters.length, this.cursor);
    this.styles.length = this.characters.length;
  }

  spans(): AnsiSpan[] {
    const spans: AnsiSpan[] = [];
    let text = '';
    let current: AnsiStyle = PLAIN;
    const flush = (): void => {
      if (text !== '') spans.push({ text, style: current === PLAIN ? undefined : current });
      text = '';
    };
    for (let at = 0; at < this.characters.length; at++) {
      const style = this.styles[at] ?? PLAIN;
      if (style !== current) flush();
      current = style;
      text += this.characters[at] ?? ' ';
    }
    flush();
    return spans;
  }
}

/** Reads lines one after the other: a colour goes on until another one is set. */
export class AnsiReader {
  #style: AnsiStyle = PLAIN;

  /** One line, without its line feed. More than one where it is too long to be shown as one. */
  read(raw: string): AnsiLine[] {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (!SPECIAL.test(line)) {
      const style = this.#style === PLAIN ? undefined : this.#style;
      return broken(line, line === '' ? [] : [{ text: line, style }]);
    }
    if (!WRITES_OVER.test(line)) return this.#readOn(line);
    const cells = new Cells();
    let at = 0;
    while (at < line.length) {
      const code = line.charCodeAt(at);
      if (code === ESCAPE) {
        const end = endOfSequence(line, at);
        this.#restyle(line.slice(at + 1, end));
        if (line.charAt(at + 1) === '[' && line.charAt(end - 1) === 'K')
          cells.erase(line.slice(at + 2, end - 1));
        at = end;
      } else if (code === 0x0d) {
        cells.cursor = 0;
        at++;
      } else if (code === 0x08) {
        cells.cursor = Math.max(0, cells.cursor - 1);
        at++;
      } else if (isHidden(code)) {
        at++;
      } else {
        // Two halves of one character stay together.
        const character = String.fromCodePoint(line.codePointAt(at) ?? code);
        cells.put(character, this.#style);
        at += character.length;
      }
    }
    const spans = cells.spans();
    return broken(spans.map(({ text }) => text).join(''), spans);
  }

  /** A line in which nothing is written over: in pieces, which is many times faster than in characters. */
  #readOn(line: string): AnsiLine[] {
    const spans: AnsiSpan[] = [];
    let text = '';
    let style = this.#style;
    const flush = (): void => {
      if (text !== '') spans.push({ text, style: style === PLAIN ? undefined : style });
      text = '';
    };
    let at = 0;
    while (at < line.length) {
      EACH_SPECIAL.lastIndex = at;
      const next = EACH_SPECIAL.exec(line)?.index ?? line.length;
      text += line.slice(at, next);
      at = next + 1;
      if (line.charCodeAt(next) !== ESCAPE) continue;
      at = endOfSequence(line, next);
      this.#restyle(line.slice(next + 1, at));
      if (this.#style === style) continue;
      flush();
      style = this.#style;
    }
    flush();
    return broken(spans.map((span) => span.text).join(''), spans);
  }

  #restyle(sequence: string): void {
    if (!sequence.startsWith('[') || !sequence.endsWith('m')) return;
    const parameters = sequence.slice(1, -1);
    if (/^[\d;:]*$/.test(parameters)) this.#style = restyled(this.#style, parameters);
  }
}

/** A line in pieces that can be shown. */
function broken(text: string, spans: readonly AnsiSpan[]): AnsiLine[] {
  if (text.length <= LONGEST_LINE) return [{ text, spans }];
  const lines: AnsiLine[] = [];
  let room = LONGEST_LINE;
  let current: AnsiSpan[] = [];
  const flush = (): void => {
    lines.push({ text: current.map((span) => span.text).join(''), spans: current });
    current = [];
    room = LONGEST_LINE;
  };
  for (const { text: whole, style } of spans) {
    for (let from = 0; from < whole.length;) {
      const piece = whole.slice(from, from + room);
      current.push({ text: piece, style });
      from += piece.length;
      room -= piece.length;
      if (room === 0) flush();
    }
  }
  if (current.length > 0) flush();
  return lines;
}
