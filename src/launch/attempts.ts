import type { Clock } from '../openstack/clock.js';
import { isOpenStackError, type OpenStackError } from '../openstack/errors.js';
import type { LaunchDoing, LaunchFailure } from './progress.js';

/** How often a lost answer is looked after, in milliseconds before each look: a slow cloud may take a while. */
const LOOKS = [1_000, 3_000, 6_000];
/** A cloud that says "not so fast" is asked again this often, and waited for at most so long. */
const RATE_LIMITED = 4;
const LONGEST_PAUSE = 60;
/** Milliseconds after which everything that was made in the same second is listed. */
const SETTLING = 2_000;

/** For so many milliseconds nobody can have seen a launch, and carry it on. */
const UNSEEN = 5_000;

export type Tell = (doing: LaunchDoing | undefined) => void;

/** A failure that is already in its final form. */
export class Failed extends Error {
  constructor(readonly failure: LaunchFailure) {
    super(failure.kind);
  }
}

/** Whether what was asked may have been done all the same. A refusal is clear, silence is not. */
export function isUnclear({ kind, reason }: OpenStackError): boolean {
  if (reason === 'answer-lost') return true;
  if (reason === 'offline' || reason === 'mixed-content') return false;
  return (
    kind === 'timeout' || kind === 'server' || kind === 'protocol' || kind === 'network' || kind === 'cors'
  );
}

/** Something that a launch makes, and how it is told from others. */
export interface Maker<T extends { readonly id: string }> {
  readonly create: () => Promise<T>;
  /** All that carry the mark of this launch and this part. Oldest first; see {@link oldestFirst}. */
  readonly find: () => Promise<readonly T[]>;
  /** Takes away what was made a second time. */
  readonly remove?: ((made: T) => Promise<void>) | undefined;
  /** Somebody may have made it just now, and take it away again because another one is older. */
  readonly isYoung?: ((found: T) => boolean) | undefined;
}

interface Attempts {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly tell: Tell;
}

/**
 * Makes one thing once. After an answer that is unclear it looks whether the thing is there, and asks once more when
 * it is not; where it cannot look it ends, because a second one would be a gamble with somebody's quota.
 *
 * @param find looks for it by its mark; undefined when it is not there
 * @throws OpenStackError, Failed
 */
export async function once<T>(
  o: Attempts & {
    readonly create: () => Promise<T>;
    readonly find: () => Promise<T | undefined>;
    /** It is asked for once more, though what was asked for first may still come. */
    readonly onOnceMore?: (() => void) | undefined;
  },
): Promise<T> {
  const { clock, signal, tell } = o;
  let lost = 0;
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    try {
      return await o.create();
    } catch (error) {
      if (!isOpenStackError(error)) throw error;
      if (error.kind === 'rate-limit' && attempt < RATE_LIMITED) {
        const seconds = Math.min(error.retryAfter ?? 2 ** attempt, LONGEST_PAUSE);
        tell({ kind: 'pausing', seconds });
        await clock.sleep(seconds * 1000, signal);
        tell(undefined);
        continue;
      }
      if (!isUnclear(error)) throw error;
      tell({ kind: 'looking' });
      const found = await look(o, error);
      tell(undefined);
      if (found !== undefined) return found;
      if (++lost > 1) throw error;
      o.onOnceMore?.();
    }
  }
}

/**
 * The same for a launch that others may carry on at the same time: what is there is taken, what somebody else makes in
 * the same moment is found when the cloud refuses a second one, and of two the older stays.
 */
export async function onceAmongOthers<T extends { readonly id: string }>(o: Attempts & Maker<T>): Promise<T> {
  const first = async () => (await o.find())[0];
  let there = await first();
  if (there && o.isYoung?.(there)) {
    await o.clock.sleep(SETTLING, o.signal);
    there = await first();
  }
  return there ?? makeOne(o, true);
}

/**
 * The same for a launch that has just begun. As long as nobody else can know of it, only what came of a lost answer may be
 * there beside what it makes; later it may be carried on elsewhere while it is under way.
 *
 * @param since when it began, milliseconds since 1970
 */
export function onceAlone<T extends { readonly id: string }>(
  o: Attempts & Maker<T> & { readonly since: number },
): Promise<T> {
  return isUnseen(o) ? makeOne(o, false) : onceAmongOthers(o);
}

function isUnseen({ clock, since }: { readonly clock: Clock; readonly since: number }): boolean {
  return clock.now() - since < UNSEEN;
}

async function makeOne<T extends { readonly id: string }>(
  o: Attempts & Maker<T>,
  amongOthers: boolean,
): Promise<T> {
  const first = async () => (await o.find())[0];
  const since = o.clock.now();
  let mayBeTwo = amongOthers;
  let made: T;
  try {
    made = await once({ ...o, find: first, onOnceMore: () => (mayBeTwo = true) });
  } catch (error) {
    mayBeTwo ||= !isUnseen({ ...o, since });
    if (!mayBeTwo || !isOpenStackError(error) || !/^(?:conflict|invalid|quota)$/.test(error.kind))
      throw error;
    const found = await first().catch(() => undefined);
    if (!found) throw error;
    return found;
  }
  if (!mayBeTwo && isUnseen({ ...o, since })) return made;
  // Services tell the second in which something was made: whoever asks after it has passed sees what counts.
  await o.clock.sleep(SETTLING, o.signal);
  const [oldest] = await o.find().catch(() => []);
  if (!oldest || oldest.id === made.id) return made;
  await o.remove?.(made);
  return oldest;
}

/** By the time at which things were made; all who look have to come to the same answer. */
export function oldestFirst<T extends { readonly id: string; readonly created: string }>(
  things: readonly T[],
): readonly T[] {
  return [...things].sort((a, b) => a.created.localeCompare(b.created) || a.id.localeCompare(b.id));
}

async function look<T>(
  { clock, signal, find }: { clock: Clock; signal: AbortSignal; find: () => Promise<T | undefined> },
  lost: OpenStackError,
): Promise<T | undefined> {
  let seen = false;
  for (const wait of LOOKS) {
    await clock.sleep(wait, signal);
    try {
      const found = await find();
      if (found !== undefined) return found;
      seen = true;
    } catch (error) {
      if (!isOpenStackError(error)) throw error;
      seen = false;
    }
  }
  if (!seen) throw new Failed({ kind: 'error', error: lost, unclear: true });
  return undefined;
}
