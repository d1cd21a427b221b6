/**
 * `Intl` objects are costly to make (tens of microseconds each) and a list of ten thousand rows asks for
 * one per cell, so they are kept, by locale.
 */
function keep<T>(make: (locale: string, more: string) => T): (locale: string, more?: string) => T {
  const kept = new Map<string, T>();
  return (locale, more = '') => {
    const key = locale + more;
    let found = kept.get(key);
    if (found === undefined) kept.set(key, (found = make(locale, more)));
    return found;
  };
}

export const numberFormat = keep((locale) => new Intl.NumberFormat(locale));

/** Three significant digits: what is worth reading of a size. */
export const shortNumberFormat = keep(
  (locale) => new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 }),
);

/** A number with its unit as a word, such as `minute`. */
export const unitFormat = keep(
  (locale, unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }),
);

export const pluralRules = keep((locale) => new Intl.PluralRules(locale));

/** `a, b, and c`, or `a, b, or c`. */
export const listFormat = keep(
  (locale, type) => new Intl.ListFormat(locale, { type: type === 'disjunction' ? type : 'conjunction' }),
);

export const dateFormat = keep(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
);

export const timeFormat = keep((locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'short' }));

export const relativeFormat = keep((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));

/** Sorts names as a person does: `web-2` before `web-10`, capitals beside small letters. */
export const collator = keep((locale) => new Intl.Collator(locale, { numeric: true, sensitivity: 'base' }));
