import { AnsiReader, type AnsiLine } from './ansi.js';

/** A place where a search has found something. `line` counts from 0, `start` and `end` in characters of it. */
export interface Match {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** Lets the page live between two pieces of work. */
export type Pause = () => Promise<void>;

/** How long work goes on before the page gets its turn, ms: with the rendering it stays well under a long task. */
const SLICE = 8;
/** So many lines are read between two looks at the clock. */
const BATCH = 50;
/** More matches than this are not counted: nobody walks through them. */
export const MOST_MATCHES = 9999;

/** Waits until the browser has done what it has to do. */
export const nextTurn: Pause = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });

/** Does something for each index, in slices. False when it was aborted. */
async function inSlices(
  count: number,
  each: (index: number) => void,
  pause: Pause,
  signal: AbortSignal,
): Promise<boolean> {
  let end = performance.now() + SLICE;
  for (let from = 0; from < count; from += BATCH) {
    if (performance.now() > end) {
      await pause();
      end = performance.now() + SLICE;
    }
    if (signal.aborted) return false;
    const to = Math.min(count, from + BATCH);
    for (let index = from; index < to; index++) each(index);
  }
  return !signal.aborted;
}

/** The lines of a log, without a last empty one. */
function linesOf(raw: string): string[] {
  const lines = raw.split('\n');
  if (lines.at(-1)?.trim() === '') lines.pop();
  return lines;
}

/** Reads a whole log. @returns undefined when it was aborted */
export async function readLog(
  raw: string,
  signal: AbortSignal,
  pause: Pause = nextTurn,
): Promise<readonly AnsiLine[] | undefined> {
  const reader = new AnsiReader();
  const raws = linesOf(raw);
  const lines: AnsiLine[] = [];
  const whole = await inSlices(
    raws.length,
    (index) => {
      for (const line of reader.read(raws[index] ?? '')) lines.push(line);
    },
    pause,
    signal,
  );
  return whole ? lines : undefined;
}

/** Where a text stands in a log, capitals or not. @returns undefined when it was aborted */
export async function findIn(
  lines: readonly AnsiLine[],
  wanted: string,
  signal: AbortSignal,
  pause: Pause = nextTurn,
): Promise<readonly Match[] | undefined> {
  const matches: Match[] = [];
  const needle = wanted.toLowerCase();
  if (needle === '') return matches;
  const whole = await inSlices(
    lines.length,
    (line) => {
      const text = lines[line]?.text ?? '';
      const low = text.toLowerCase();
      // A few letters change their length with their case; there the places would be wrong.
      const hay = low.length === text.length ? low : text;
      for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + needle.length)) {
        if (matches.length >= MOST_MATCHES) return;
        matches.push({ line, start: at, end: at + needle.length });
      }
    },
    pause,
    signal,
  );
  return whole ? matches : undefined;
}

/** So much of the end of what is known is looked for in what was read anew. */
const SEAM = 400;

/**
 * What is known of a log with the end of it that was asked for anew.
 *
 * @returns undefined where the two do not meet, and the whole has to be read
 */
export function joined(known: string, tail: string): string | undefined {
  if (known === '' || known.endsWith(tail)) return tail === '' ? known : known || undefined;
  const seam = known.slice(-SEAM);
  const at = tail.lastIndexOf(seam);
  return at < 0 ? undefined : known + tail.slice(at + seam.length);
}

/** The log without what controls a terminal, for the clipboard and as a file. */
export function plainText(lines: readonly AnsiLine[]): string {
  return lines.map(({ text }) => text).join('\n') + '\n';
}
