import type { Secret } from '../../openstack/secret.js';

/** Where a passphrase can be: with Nova, as the guest has left it there, and in a tag. */
export interface PassphrasePlaces {
  /** The tags as they are now, those with a passphrase apart. */
  tags(): Promise<{ readonly tags: readonly string[]; readonly passphrases: readonly Secret[] }>;
  writeTags(all: {
    readonly tags: readonly string[];
    readonly passphrases: readonly Secret[];
  }): Promise<void>;
  /** What the guest has left; undefined for nothing. */
  left(): Promise<Secret | undefined>;
  forgetLeft(): Promise<void>;
}

/**
 * How handing it over ended. `none`: the guest has left nothing, or not yet. `done`: it is in the tag, and nowhere else.
 * `kept`: it stays where the guest left it, because a tag cannot hold it, another one is there, or the tag could not be
 * read back.
 */
export type HandOver =
  | { readonly kind: 'none' }
  | { readonly kind: 'done' }
  | { readonly kind: 'kept'; readonly why: 'unfit' | 'full' | 'another' | 'unverified' };

/** Nova's limits of a server's tags. */
const LONGEST = 60 - 'exoPw:'.length;
const MOST_TAGS = 50;

/** Whether a tag can hold it. */
export function fitsTag(passphrase: string): boolean {
  return passphrase.length <= LONGEST && /^[\x20-\x7e]+$/.test(passphrase) && !/[,/]/.test(passphrase);
}

const same = (one: Secret, other: Secret): boolean => one.reveal() === other.reveal();

/**
 * Moves a passphrase from where the guest left it into the tag, from which every client of Exosphere reads it. First it
 * is written and read back, only then is the other copy deleted: whenever this ends in between, the passphrase is in at
 * least one of the two, and the next call goes on.
 *
 * @throws OpenStackError of the call that failed; nothing is lost
 */
export async function handOver(places: PassphrasePlaces): Promise<HandOver> {
  const left = await places.left();
  if (!left) return { kind: 'none' };
  const before = await places.tags();
  const there = before.passphrases.some((passphrase) => same(passphrase, left));
  if (!there) {
    // That of the tag is of a first start before this one, or somebody's own: which one is good nobody can know.
    if (before.passphrases.length > 0) return { kind: 'kept', why: 'another' };
    if (!fitsTag(left.reveal())) return { kind: 'kept', why: 'unfit' };
    if (before.tags.length >= MOST_TAGS) return { kind: 'kept', why: 'full' };
    await places.writeTags({ tags: before.tags, passphrases: [left] });
    const after = await places.tags();
    if (!after.passphrases.some((passphrase) => same(passphrase, left)))
      return { kind: 'kept', why: 'unverified' };
  }
  await places.forgetLeft();
  return { kind: 'done' };
}

/** The passphrase, from wherever it is. What the guest has left is the newer one. */
export async function findPassphrase(
  places: Pick<PassphrasePlaces, 'tags' | 'left'>,
): Promise<Secret | undefined> {
  return (await places.left()) ?? (await places.tags()).passphrases[0];
}
