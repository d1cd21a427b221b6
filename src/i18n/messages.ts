import type { VocabularyKey } from './vocabulary.js';
import type { Wording } from './wording.js';

/**
 * One text of the interface.
 *
 * A plain string may hold `{name}`, filled from the arguments, and the nouns of the vocabulary: `{instance}`,
 * `{instance.many}`, `{Instance}`, `{Instance.many}`. What needs a plural, a date or a choice is a function.
 */
export type Message = string | ((wording: Wording, args: never) => string);

/** The texts of one namespace, with their English. */
export interface Messages<M extends Readonly<Record<string, Message>> = Readonly<Record<string, Message>>> {
  readonly namespace: string;
  readonly english: M;
}

type Nouns = VocabularyKey | Capitalize<VocabularyKey>;
type NounPlaceholder = Nouns | `${Nouns}.many`;
type Names<S extends string> = S extends `${string}{${infer N}}${infer Rest}`
  ? Exclude<N, NounPlaceholder> | Names<Rest>
  : never;

/** The arguments a message needs: none, or one object. */
export type MessageArguments<E> = E extends string
  ? [Names<E>] extends [never]
    ? []
    : [args: Readonly<Record<Names<E>, string | number>>]
  : E extends (...parameters: infer P) => string
    ? P extends [unknown, infer A]
      ? [args: A]
      : []
    : never;

/** A translation or a portal's own wording of some of the texts of a namespace. */
export type MessageOverrides = Readonly<Record<string, Message>>;

/** Declares the texts of a namespace. English is the source; other languages come by `registerLocale`. */
export function defineMessages<const M extends Readonly<Record<string, Message>>>(
  namespace: string,
  english: M,
): Messages<M> {
  return { namespace, english };
}
