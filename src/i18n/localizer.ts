import { collator } from './formats.js';
import type { Message, MessageArguments, MessageOverrides, Messages } from './messages.js';
import { ENGLISH_VOCABULARY, type Noun, type Vocabulary, type VocabularyKey } from './vocabulary.js';
import { createWording, type Wording } from './wording.js';

/** Texts by namespace: what a translation brings, or what a portal words differently. */
export type Translations = Readonly<Record<string, MessageOverrides>>;

/** Changes made to every text of a language; the pseudo-locale marks texts by it. */
export interface TextTransform {
  /** The words of the language, without what is filled in. */
  words(text: string): string;
  /** A whole text, with what was filled in. */
  whole(text: string): string;
}

interface LocaleData {
  texts: Record<string, MessageOverrides>;
  vocabulary: Partial<Vocabulary>;
  transform: TextTransform | undefined;
}

const registered = new Map<string, LocaleData>();
const listeners = new Set<() => void>();

/**
 * Adds a language, or more texts of one already there. Texts it leaves out stay English.
 * Elements on the page change at once.
 *
 * @param locale BCP 47 tag. `de` serves `de-AT` too.
 * @param translations texts by namespace and key
 * @param vocabulary the language's nouns; a portal's own still win
 */
export function registerLocale(
  locale: string,
  translations: Translations,
  vocabulary: Partial<Vocabulary> = {},
  transform?: TextTransform,
): void {
  const key = locale.toLowerCase();
  const data = registered.get(key) ?? { texts: {}, vocabulary: {}, transform: undefined };
  for (const [namespace, more] of Object.entries(translations)) {
    data.texts[namespace] = { ...data.texts[namespace], ...more };
  }
  registered.set(key, {
    texts: data.texts,
    vocabulary: { ...data.vocabulary, ...vocabulary },
    transform: transform ?? data.transform,
  });
  for (const listener of [...listeners]) listener();
}

/** Calls `listener` whenever a language was added. @returns a function that stops it. */
export function onLocaleRegistered(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What is registered for a tag, nearest first: `de-CH`, `de`. */
function dataOf(locale: string): LocaleData[] {
  const found: LocaleData[] = [];
  for (let tag = locale.toLowerCase(); tag; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
    const data = registered.get(tag);
    if (data) found.push(data);
  }
  return found;
}

/**
 * The language in which the kit can speak when the page speaks `wanted`.
 *
 * Sentences, plurals and dates stay in one language: where the texts would be English, so are the dates.
 */
export function supportedLocale(wanted: string): string {
  try {
    const [locale = 'en'] = Intl.getCanonicalLocales(wanted);
    return /^en\b/.test(locale) || dataOf(locale).length > 0 ? locale : 'en';
  } catch {
    // Not a language tag.
    return 'en';
  }
}

/** Speaks one language with one portal's nouns. Immutable and cheap; elements make one when either changes. */
export class Localizer {
  /** BCP 47 tag of the texts this speaks; not always the tag asked for. */
  readonly locale: string;
  /** Direction of that language's script. */
  readonly dir: 'ltr' | 'rtl';
  readonly wording: Wording;
  readonly #overrides: Translations;
  readonly #data: readonly LocaleData[];
  readonly #transform: TextTransform;

  /**
   * @param options.locale the language wanted, a BCP 47 tag
   * @param options.vocabulary the portal's own nouns
   * @param options.strings the portal's own sentences, by namespace and key; they win over every translation
   */
  constructor(options: {
    locale: string;
    vocabulary?: Partial<Vocabulary> | undefined;
    strings?: Translations | undefined;
  }) {
    const locale = supportedLocale(options.locale);
    this.locale = locale;
    this.dir = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/.test(locale) ? 'rtl' : 'ltr';
    this.#overrides = options.strings ?? {};
    this.#data = dataOf(locale);
    this.#transform = this.#data[0]?.transform ?? UNCHANGED;
    const vocabulary: Record<VocabularyKey, Noun> = { ...ENGLISH_VOCABULARY };
    for (const data of [...this.#data].reverse()) Object.assign(vocabulary, data.vocabulary);
    Object.assign(vocabulary, options.vocabulary);
    this.wording = createWording(locale, vocabulary, this.#transform);
  }

  /** The text for `key`, in this language. */
  text<M extends Readonly<Record<string, Message>>, K extends keyof M & string>(
    messages: Messages<M>,
    key: K,
    ...args: MessageArguments<M[K]>
  ): string {
    const { namespace, english } = messages;
    const texts = [this.#overrides, ...this.#data.map((data) => data.texts)];
    const message = texts.find((text) => text[namespace]?.[key])?.[namespace]?.[key] ?? english[key] ?? key;
    const values: unknown = args[0];
    return this.#transform.whole(
      typeof message === 'function'
        ? this.#transform.words(String(Reflect.apply(message, undefined, [this.wording, values])))
        : this.#fill(message, values),
    );
  }

  /** Orders names as a reader of this language expects, digits as numbers. */
  compare(a: string, b: string): number {
    return collator(this.locale).compare(a, b);
  }

  #fill(template: string, values: unknown): string {
    return template
      .split(/(\{[\w.]+\})/)
      .map((piece, at) =>
        at % 2 === 0 ? this.#transform.words(piece) : (this.#value(piece.slice(1, -1), values) ?? piece),
      )
      .join('');
  }

  #value(name: string, values: unknown): string | undefined {
    if (typeof values === 'object' && values !== null && Object.hasOwn(values, name)) {
      const value: unknown = Reflect.get(values, name);
      return typeof value === 'number' ? this.wording.number(value) : typeof value === 'string' ? value : '';
    }
    const [word = '', form] = name.split('.');
    const key = word.charAt(0).toLowerCase() + word.slice(1);
    if (!isNoun(key)) return undefined;
    return this.wording[key === word ? 'noun' : 'Noun'](key, form === 'many' ? form : 'one');
  }
}

const UNCHANGED: TextTransform = { words: (text) => text, whole: (text) => text };

function isNoun(key: string): key is VocabularyKey {
  return Object.hasOwn(ENGLISH_VOCABULARY, key);
}
