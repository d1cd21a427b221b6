import type { Keypair } from '../openstack/compute.js';

/** Which key pair the instances get. */
export type KeyChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'existing'; readonly name: string }
  /** Made at launch; the private half is handed over once. */
  | { readonly kind: 'generate'; readonly name: string }
  | { readonly kind: 'import'; readonly name: string; readonly publicKey: string };

/**
 * The key to begin with: the first of `wanted` (most wanted first) that is there, else the first there is, else a new
 * one, where the browser can make it.
 */
export function suggestKey(
  keypairs: readonly Keypair[],
  wanted: readonly (string | undefined)[],
  canGenerate: boolean,
  newName: string,
): KeyChoice {
  const usable = keypairs.filter(({ type }) => type === 'ssh');
  const found = wanted.find((want) => usable.some(({ name }) => name === want)) ?? usable[0]?.name;
  if (found !== undefined) return { kind: 'existing', name: found };
  return canGenerate ? { kind: 'generate', name: newName } : { kind: 'none' };
}

/** A name for a new key that Nova takes in every version and that nobody has: `ada-2026-11-20`. */
export function suggestKeyName(user: string, date: Date, taken: ReadonlySet<string>): string {
  const who =
    user
      .replace(/@.*$/, '')
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'key';
  const base = `${who}-${date.toISOString().slice(0, 10)}`;
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}-${n}`;
    if (!taken.has(name)) return name;
  }
}

/** What is wrong with the name of a new key, by Nova's rules up to 2.91: ASCII letters, digits, space, `-`, `_`. */
export function keyNameProblem(
  name: string,
  taken: ReadonlySet<string>,
): 'empty' | 'too-long' | 'characters' | 'taken' | undefined {
  const trimmed = name.trim();
  if (trimmed === '') return 'empty';
  if (trimmed.length > 255) return 'too-long';
  if (!/^[\w -]+$/.test(trimmed)) return 'characters';
  return taken.has(trimmed) ? 'taken' : undefined;
}
