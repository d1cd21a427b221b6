import { dict, list, text, type Reader } from './schema.js';

// Exosphere keeps the passphrase of an instance in a tag, in its first version in the metadata. Both come with every
// list of servers. They are taken out where an answer is read, so that nothing that shows, searches, exports or shares
// servers can show them; who needs one asks for it (server-passphrase.ts).

/** Before the passphrase, in a tag. */
export const PASSPHRASE_TAG = 'exoPw:';
/** The entry of the metadata that is one. */
export const PASSPHRASE_METADATA = 'exouserPassword';
/** Stands for what is not shown. */
export const HIDDEN = '•••';

export function isPassphraseTag(tag: string): boolean {
  return tag.startsWith(PASSPHRASE_TAG) && tag.length > PASSPHRASE_TAG.length;
}

const tags = list(text);
const entries = dict(text);

/** The tags without those that hold a passphrase. */
export const openTags: Reader<readonly string[]> = (...at) =>
  tags(...at)?.filter((tag) => !isPassphraseTag(tag));

/** Whether there is a tag with a passphrase; undefined for no. */
export const hasPassphraseTag: Reader<true> = (value) =>
  Array.isArray(value) && value.some((tag: unknown) => typeof tag === 'string' && isPassphraseTag(tag))
    ? true
    : undefined;

/** The metadata; that there is a passphrase in it can be seen, the passphrase not. */
export const openMetadata: Reader<Readonly<Record<string, string>>> = (...at) => {
  const read = entries(...at);
  return read && PASSPHRASE_METADATA in read ? { ...read, [PASSPHRASE_METADATA]: HIDDEN } : read;
};
