import { keyNameProblem, suggestKey, suggestKeyName, type KeyChoice } from '../../launch/keypairs.js';
import { readPublicKey, type PublicKeyReading } from '../../launch/public-key.js';
import type { Keypair } from '../../openstack/compute.js';
import type { Setting } from './setting.js';
import type { KeyDraft } from './wishes.js';

export interface KeyDecision {
  readonly kind: KeyChoice['kind'];
  /** Undefined while something is missing. */
  readonly choice: KeyChoice | undefined;
  /** Name of the new key, in `generate` and `import`. */
  readonly name: string;
  readonly nameProblem: ReturnType<typeof keyNameProblem>;
  /** What is wrong with the pasted key; not shown while nothing was pasted. */
  readonly problem: Extract<PublicKeyReading, { ok: false }>['problem'] | undefined;
}

/** Public half of the key, where it is known. */
export function publicKeyOf({ choice }: KeyDecision, keypairs: readonly Keypair[]): string | undefined {
  if (choice?.kind === 'import') return choice.publicKey;
  const found = choice?.kind === 'existing' && keypairs.find(({ name }) => name === choice.name);
  return found ? found.publicKey : undefined;
}

/** Which key the instances get. */
export function decideKey(
  draft: KeyDraft | undefined,
  keypairs: readonly Keypair[],
  usedLast: string | undefined,
  { user, now, canGenerate, isUnsaved }: Setting,
): KeyDecision {
  const taken = new Set(keypairs.map(({ name }) => name));
  const suggested = suggestKeyName(user.name, new Date(now), taken);
  // Another cloud has other keys: one that is not there was not chosen here.
  const chosen = draft?.kind === 'existing' && !taken.has(draft.name) ? undefined : draft;
  const usable = keypairs.filter(({ publicKey }) => !isUnsaved?.(publicKey));
  const choice = chosen ?? suggestKey(usable, [usedLast], canGenerate, suggested);
  if (choice.kind === 'none')
    return { kind: 'none', choice, name: '', nameProblem: undefined, problem: undefined };
  if (choice.kind === 'existing') {
    return { kind: 'existing', choice, name: choice.name, nameProblem: undefined, problem: undefined };
  }
  const name = choice.name ?? suggested;
  const problem = keyNameProblem(name, taken);
  if (choice.kind === 'generate') {
    return {
      kind: 'generate',
      choice: problem || !canGenerate ? undefined : { kind: 'generate', name: name.trim() },
      name,
      nameProblem: problem,
      problem: undefined,
    };
  }
  const { text, refused } = 'text' in choice ? choice : { text: choice.publicKey, refused: false };
  const reading = readPublicKey(text);
  return {
    kind: 'import',
    choice:
      !problem && reading.ok ? { kind: 'import', name: name.trim(), publicKey: reading.line } : undefined,
    name,
    nameProblem: problem,
    problem: refused ? 'private-key' : reading.ok ? undefined : reading.problem,
  };
}
