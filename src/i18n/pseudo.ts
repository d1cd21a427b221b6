import { registerLocale } from './localizer.js';

/**
 * The language of tests: every text of the kit is marked, so what is not marked was hard-coded. Importing this
 * module makes it known; no bundle for pages holds it.
 */
export const PSEUDO_LOCALE = 'en-XA';

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const MARKED = 'áƀćďéƒǧĥíĵķľḿńóƥʠřšťúṽŵẋýžÁƁĆĎÉƑǦĤÍĴĶĽḾŃÓƤɊŘŠŤÚṼŴẊÝŽ';

/** Accents every plain letter. Applying it twice changes nothing more. */
function accent(text: string): string {
  let out = '';
  for (const letter of text) {
    const at = PLAIN.indexOf(letter);
    out += at < 0 ? letter : (MARKED[at] ?? letter);
  }
  return out;
}

/** Brackets a whole text, line by line, and makes it a third longer, as German or Finnish would be. */
function bracket(text: string): string {
  return text
    .split('\n')
    .map((line) => `⟦${line}${'~'.repeat(Math.ceil(line.length / 3))}⟧`)
    .join('\n');
}

registerLocale(PSEUDO_LOCALE, {}, {}, { words: accent, whole: bracket });
