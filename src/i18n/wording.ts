import { dateFormat, listFormat, numberFormat, pluralRules, relativeFormat, unitFormat } from './formats.js';
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
  number(n: number): string;
  /** A size given in bytes, in binary units with at most three significant digits: `1.42 GiB`. */
  bytes(n: number): string;
  /** A size given in MiB, the unit of Nova's `ram`. */
  mebibytes(n: number): string;
  /** A size given in GiB, the unit of Nova's and Cinder's `disk` and `size`. */
  gibibytes(n: number): string;
  /** `a, b, and c`. */
  list(items: readonly string[], type?: 'conjunction' | 'disjunction'): string;
  /** Date and time of an ISO 8601 text or an epoch in ms; an unreadable one is given back as it is. */
  date(iso: string | number): string;
  /** How long ago (or how far ahead) that was, seen from `now` (epoch, ms): `3 hours ago`. */
  ago(iso: string | number, now: number): string;
  /** A length of time given in seconds, in its largest fitting unit: `5 minutes`. */
  duration(seconds: number): string;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
const NO_BREAK_SPACE = '\u00a0';

/** Nova writes `2026-03-01T10:00:00.000000` for UTC in places and leaves the zone out. */
function epoch(iso: string | number): number {
  if (typeof iso === 'number') return iso;
  return Date.parse(/T[^Z+-]*$/.test(iso) ? `${iso}Z` : iso);
}

export function createWording(
  locale: string,
  vocabulary: Vocabulary,
  transform: (text: string) => string,
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
    return `${numberFormat(locale, 3).format(value)}${NO_BREAK_SPACE}${UNITS[step] ?? ''}`;
  };

  const noun = (key: VocabularyKey, form: 'one' | 'many' = 'one') => transform(vocabulary[key][form]);

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
    ago(iso, now) {
      const at = epoch(iso);
      if (Number.isNaN(at)) return String(iso);
      const seconds = (at - now) / 1000;
      const length = Math.abs(seconds);
      const say = (n: number, unit: Intl.RelativeTimeFormatUnit) =>
        relativeFormat(locale).format(Math.trunc(n), unit);
      // Half a minute is "now": clocks differ by seconds, and a ticking text is noise.
      if (length < 30) return relativeFormat(locale).format(0, 'second');
      if (length < 60) return say(Math.sign(seconds), 'minute');
      if (length < 3600) return say(seconds / 60, 'minute');
      if (length < 86_400) return say(seconds / 3600, 'hour');
      if (length < 30 * 86_400) return say(seconds / 86_400, 'day');
      if (length < 365 * 86_400) return say(seconds / (30 * 86_400), 'month');
      return say(seconds / (365 * 86_400), 'year');
    },
    duration(seconds) {
      if (seconds < 90) return unitFormat(locale, 'second').format(Math.round(seconds));
      if (seconds < 5400) return unitFormat(locale, 'minute').format(Math.round(seconds / 60));
      if (seconds < 129_600) return unitFormat(locale, 'hour').format(Math.round(seconds / 3600));
      return unitFormat(locale, 'day').format(Math.round(seconds / 86_400));
    },
  };
}
