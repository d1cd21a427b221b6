/** The language of tests: every text of the kit is marked, so what is not marked was hard-coded. */
export const PSEUDO_LOCALE = 'en-XA';

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const MARKED = 'áƀćďéƒǧĥíĵķľḿńóƥʠřšťúṽŵẋýžÁƁĆĎÉƑǦĤÍĴĶĽḾŃÓƤɊŘŠŤÚṼŴẊÝŽ';

/** Accents every plain letter. Applying it twice changes nothing more. */
export function accent(text: string): string {
  let out = '';
  for (const letter of text) {
    const at = PLAIN.indexOf(letter);
    out += at < 0 ? letter : (MARKED[at] ?? letter);
  }
  return out;
}

/** Brackets a whole text and makes it a third longer, as German or Finnish would be. */
export function bracket(text: string): string {
  return `⟦${text}${'~'.repeat(Math.ceil(text.length / 3))}⟧`;
}
