import {
  dateFormat,
  listFormat,
  numberFormat,
  pluralRules,
  relativeFormat,
  shortNumberFormat,
  timeFormat,
  unitFormat,
} from './formats.js';
import type { Vocabulary, VocabularyKey } from './vocabulary.js';

/** One text per plural category of the language; `other` is always there. `{n}` stands for the number. */
export type PluralForms = { readonly other: string } & Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

/** What a message may ask of the language it is written in. */
export interface Wording {
  /** BCP 47 tag used for numbers and dates. */
  readonly locale: string;
  /** A noun of the vocabulary, in lower case. */
  noun(key: VocabularyKey, form?: 'one' | 'many'): string;
  /** The same with a capital, to open a sentence or a heading. */
  Noun(key: VocabularyKey, form?: 'one' | 'many'): string;
  /** The form for `n`; `{n}` in it becomes the formatted number. */
  plural(n: number, forms: PluralForms): string;
  readonly number: (n: number) => string;
  /** A size given in bytes, in binary units with at most three significant digits: `1.42 GiB`. */
  readonly bytes: (n: number) => string;
  /** A size given in MiB, the unit of Nova's `ram`. */
  readonly mebibytes: (n: number) => string;
  /** A size given in GiB, the unit of Nova's and Cinder's `disk` and `size`. */
  readonly gibibytes: (n: number) => string;
  /** `a, b, and c`. */
  list(items: readonly string[], type?: 'conjunction' | 'disjunction'): string;
  /** Date and time of an ISO 8601 text or an epoch in ms; an unreadable one is given back as it is. */
  date(iso: string | number): string;
  /** The time of day of an epoch in ms; the date too where that is another day than that of `now`. */
  time(at: number, now: number): string;
  /** How long ago (or how far ahead) that was, seen from `now` (epoch, ms): `3 hours ago`. */
  ago(iso: string | number, now: number): string;
  /** A length of time given in seconds, in its largest fitting unit: `5 minutes`. */
  duration(seconds: number): string;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
const UNITS_OF_TIME = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
] as const;
const NO_BREAK_SPACE = '\u00a0';

/** Nova writes `2026-03-01T10:00:00.000000` for UTC in places and leaves the zone out. */
function epoch(iso: string | number): number {
  if (typeof iso === 'number') return iso;
  return Date.parse(/T[^Z+-]*$/.test(iso) ? `${iso}Z` : iso);
}

export function createWording(
  locale: string,
  vocabulary: Vocabulary,
  transform: { words(text: string): string },
): Wording {
  const number = (n: number) => numberFormat(locale).format(n);

  const size = (amount: number, unit: number): string => {
    let value = amount;
    let step = unit;
    // From 1000 on a fourth digit would be needed, so the next unit starts a little early: 0.98 GiB.
    if (Math.abs(value) >= 999.5) {
      for (; Math.abs(value) >= 999.5 && step < UNITS.length - 1; step += 1) value /= 1024;
    } else {
      for (; value !== 0 && Math.abs(value) < 1 && step > 0; step -= 1) value *= 1024;
    }
    return `${shortNumberFormat(locale).format(value)}${NO_BREAK_SPACE}${UNITS[step] ?? ''}`;
  };

  const noun = (key: VocabularyKey, form: 'one' | 'many' = 'one') => transform.words(vocabulary[key][form]);

  return {
    locale,
    noun,
    Noun(key, form) {
      const text = noun(key, form);
      return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
    },
    plural(n, forms) {
      const form = forms[pluralRules(locale).select(n)] ?? forms.other;
      return form.replaceAll('{n}', number(n));
    },
    number,
    bytes: (n) => size(n, 0),
    mebibytes: (n) => size(n, 2),
    gibibytes: (n) => size(n, 3),
    list: (items, type = 'conjunction') => listFormat(locale, type).format(items),
    date(iso) {
      const at = epoch(iso);
      return Number.isNaN(at) ? String(iso) : dateFormat(locale).format(at);
    },
    time: (at, now) =>
      new Date(at).toDateString() === new Date(now).toDateString()
        ? timeFormat(locale).format(at)
        : dateFormat(locale).format(at),
    ago(iso, now) {
      const at = epoch(iso);
      if (Number.isNaN(at)) return String(iso);
      const seconds = (at - now) / 1000;
      const length = Math.abs(seconds);
      const say = (n: number, unit: Intl.RelativeTimeFormatUnit) =>
        relativeFormat(locale).format(Math.trunc(n), unit);
      // Half a minute is "now": clocks differ by seconds, and a ticking text is noise.
      if (length < 30) return say(0, 'second');
      if (length < 60) return say(Math.sign(seconds), 'minute');
      const [unit, from] = UNITS_OF_TIME.find(([, least]) => length >= least) ?? ['minute', 60];
      return say(seconds / from, unit);
    },
    duration(seconds) {
      const say = (unit: string, length: number) =>
        unitFormat(locale, unit).format(Math.round(seconds / length));
      if (seconds < 90) return say('second', 1);
      if (seconds < 5400) return say('minute', 60);
      return seconds < 129_600 ? say('hour', 3600) : say('day', 86_400);
    },
  };
}
