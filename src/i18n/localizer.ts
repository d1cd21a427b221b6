import { collator } from './formats.js';
import type { Message, MessageArguments, MessageOverrides, Messages } from './messages.js';
import { accent, bracket, PSEUDO_LOCALE } from './pseudo.js';
import { ENGLISH_VOCABULARY, type Vocabulary, type VocabularyKey } from './vocabulary.js';
import { createWording, type Wording } from './wording.js';

export { PSEUDO_LOCALE } from './pseudo.js';

/** Texts by namespace: what a translation brings, or what a portal words differently. */
export type Translations = Readonly<Record<string, MessageOverrides>>;

const registered = new Map<string, { texts: Translations; vocabulary: Partial<Vocabulary> }>();
const listeners = new Set<() => void>();
const RTL = /^(ar|arc|ckb|dv|fa|he|ks|ku|nqo|ps|sd|syr|ug|ur|yi)\b(?!-latn)/i;

/**
 * Adds a language, or more texts of one already there. Texts it leaves out stay English.
 * Elements on the page change at once.
 *
 * @param locale BCP 47 tag. `de` serves `de-AT` too.
 */
export function registerLocale(
  locale: string,
  translations: Translations,
  vocabulary: Partial<Vocabulary> = {},
): void {
  const key = locale.toLowerCase();
  const before = registered.get(key);
  const texts: Record<string, MessageOverrides> = { ...before?.texts };
  for (const [namespace, more] of Object.entries(translations)) {
    texts[namespace] = { ...texts[namespace], ...more };
  }
  registered.set(key, { texts, vocabulary: { ...before?.vocabulary, ...vocabulary } });
  for (const listener of [...listeners]) listener();
}

/** Calls `listener` whenever a language was added. @returns a function that stops it. */
export function onLocaleRegistered(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function isTag(locale: string): boolean {
  try {
    return Intl.getCanonicalLocales(locale).length === 1;
  } catch {
    return false;
  }
}

/** `de-CH-1901`, `de-CH`, `de`. */
function broader(locale: string): string[] {
  const parts = locale.toLowerCase().split('-');
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('-'));
}

/**
 * The language in which the kit can speak when the page speaks `wanted`.
 *
 * Sentences, plurals and dates stay in one language: where the texts would be English, so are the dates.
 */
export function supportedLocale(wanted: string): string {
  if (!isTag(wanted)) return 'en';
  if (wanted.toLowerCase() === PSEUDO_LOCALE.toLowerCase()) return PSEUDO_LOCALE;
  return broader(wanted).some((tag) => tag === 'en' || registered.has(tag)) ? wanted : 'en';
}

/** Speaks one language with one portal's nouns. Immutable and cheap; elements make one when either changes. */
export class Localizer {
  /** BCP 47 tag of the texts this speaks; not always the tag asked for. */
  readonly locale: string;
  /** Direction of that language's script. */
  readonly dir: 'ltr' | 'rtl';
  readonly wording: Wording;
  readonly #overrides: Translations;
  readonly #pseudo: boolean;
  readonly #tags: readonly string[];
  readonly #vocabulary: Vocabulary;

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
    this.locale = supportedLocale(options.locale);
    this.dir = RTL.test(this.locale) ? 'rtl' : 'ltr';
    this.#pseudo = this.locale === PSEUDO_LOCALE;
    this.#overrides = options.strings ?? {};
    this.#tags = this.#pseudo ? [] : broader(this.locale);
    const vocabulary: Record<VocabularyKey, Vocabulary[VocabularyKey]> = { ...ENGLISH_VOCABULARY };
    for (const tag of [...this.#tags].reverse()) Object.assign(vocabulary, registered.get(tag)?.vocabulary);
    Object.assign(vocabulary, options.vocabulary);
    this.#vocabulary = vocabulary;
    this.wording = createWording(
      this.#pseudo ? 'en' : this.locale,
      vocabulary,
      this.#pseudo ? accent : (text) => text,
    );
  }

  /** The text for `key`, in this language. */
  text<M extends Readonly<Record<string, Message>>, K extends keyof M & string>(
    messages: Messages<M>,
    key: K,
    ...args: MessageArguments<M[K]>
  ): string {
    const message = this.#find(messages.namespace, key) ?? messages.english[key] ?? key;
    const values: unknown = args[0];
    if (typeof message === 'function') {
      const text = call(message, this.wording, values);
      return this.#pseudo ? bracket(accent(text)) : text;
    }
    const text = this.#fill(message, values);
    return this.#pseudo ? bracket(text) : text;
  }

  /** Orders names as a reader of this language expects, digits as numbers. */
  compare(a: string, b: string): number {
    return collator(this.wording.locale).compare(a, b);
  }

  #find(namespace: string, key: string): Message | undefined {
    const own = this.#overrides[namespace]?.[key];
    if (own !== undefined) return own;
    for (const tag of this.#tags) {
      const found = registered.get(tag)?.texts[namespace]?.[key];
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #fill(template: string, values: unknown): string {
    const plain = this.#pseudo ? accent : (text: string) => text;
    return template
      .split(/(\{[\w.]+\})/)
      .map((piece) => {
        if (!piece.startsWith('{') || !piece.endsWith('}')) return plain(piece);
        return this.#value(piece.slice(1, -1), values) ?? piece;
      })
      .join('');
  }

  #value(name: string, values: unknown): string | undefined {
    if (typeof values === 'object' && values !== null && Object.hasOwn(values, name)) {
      const value: unknown = Reflect.get(values, name);
      if (typeof value === 'number') return this.wording.number(value);
      if (typeof value === 'string') return value;
      return '';
    }
    const [word = '', form] = name.split('.');
    const key = word.charAt(0).toLowerCase() + word.slice(1);
    if (!isNoun(this.#vocabulary, key)) return undefined;
    const many = form === 'many' ? 'many' : 'one';
    return key === word ? this.wording.noun(key, many) : this.wording.Noun(key, many);
  }
}

function isNoun(vocabulary: Vocabulary, key: string): key is VocabularyKey {
  return Object.hasOwn(vocabulary, key);
}

/** What `text` takes is checked against the message where it is called; here only the shape is left. */
function call(message: Exclude<Message, string>, wording: Wording, args: unknown): string {
  const text: unknown = Reflect.apply(message, undefined, [wording, args]);
  return typeof text === 'string' ? text : '';
}
