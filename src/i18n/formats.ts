/**
 * `Intl` objects are costly to make (tens of microseconds each) and a list of ten thousand rows asks for
 * one per cell, so they are kept.
 */
const kept = new Map<string, unknown>();

function keep<T>(key: string, make: () => T, is: (value: unknown) => value is T): T {
  const found = kept.get(key);
  if (is(found)) return found;
  const made = make();
  kept.set(key, made);
  return made;
}

export function numberFormat(locale: string, significantDigits?: number): Intl.NumberFormat {
  return keep(
    `number ${locale} ${String(significantDigits)}`,
    () =>
      new Intl.NumberFormat(
        locale,
        significantDigits === undefined ? {} : { maximumSignificantDigits: significantDigits },
      ),
    (value) => value instanceof Intl.NumberFormat,
  );
}

export function unitFormat(locale: string, unit: 'second' | 'minute' | 'hour' | 'day'): Intl.NumberFormat {
  return keep(
    `unit ${locale} ${unit}`,
    () => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }),
    (value) => value instanceof Intl.NumberFormat,
  );
}

export function pluralRules(locale: string): Intl.PluralRules {
  return keep(
    `plural ${locale}`,
    () => new Intl.PluralRules(locale),
    (value) => value instanceof Intl.PluralRules,
  );
}

export function listFormat(locale: string, type: 'conjunction' | 'disjunction'): Intl.ListFormat {
  return keep(
    `list ${locale} ${type}`,
    () => new Intl.ListFormat(locale, { type }),
    (value) => value instanceof Intl.ListFormat,
  );
}

export function dateFormat(locale: string): Intl.DateTimeFormat {
  return keep(
    `date ${locale}`,
    () => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
    (value) => value instanceof Intl.DateTimeFormat,
  );
}

export function relativeFormat(locale: string): Intl.RelativeTimeFormat {
  return keep(
    `relative ${locale}`,
    () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
    (value) => value instanceof Intl.RelativeTimeFormat,
  );
}

/** Sorts names as a person does: `web-2` before `web-10`, capitals beside small letters. */
export function collator(locale: string): Intl.Collator {
  return keep(
    `collator ${locale}`,
    () => new Intl.Collator(locale, { numeric: true, sensitivity: 'base' }),
    (value) => value instanceof Intl.Collator,
  );
}
