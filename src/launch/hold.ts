/** The part of the browser's LockManager that is used here. */
export type Locks = Pick<LockManager, 'request' | 'query'>;

const PREFIX = 'exo.launch.';

/** Undefined outside of browsers, and on pages without TLS. */
const browserLocks = (): Locks | undefined => globalThis.navigator?.locks;

/**
 * Does some work on a launch while no other page of this browser does; waits for its turn. Where the browser has no
 * locks, or does not let the page use them, it is done at once: marks keep the peace then.
 *
 * @throws an AbortError when `signal` is aborted while it waits
 */
export async function alone<T>(
  launchId: string,
  signal: AbortSignal,
  work: () => Promise<T>,
  locks = browserLocks(),
): Promise<T> {
  if (!locks) return work();
  let begun = false;
  try {
    return await locks.request(PREFIX + launchId, { signal }, () => {
      begun = true;
      return work();
    });
  } catch (error) {
    // A frame without an origin may not lock.
    if (begun || signal.aborted) throw error;
    return work();
  }
}

/** The launches that pages of this browser are running. */
export async function underWay(locks = browserLocks()): Promise<ReadonlySet<string>> {
  try {
    const { held = [], pending = [] } = (await locks?.query()) ?? {};
    const names = [...held, ...pending].flatMap(({ name = '' }) => name);
    return new Set(names.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length)));
  } catch {
    return new Set();
  }
}
