/** The part of the browser's LockManager that is used here. */
export interface Locks {
  request(name: string, options: { signal: AbortSignal }, work: () => Promise<void>): Promise<unknown>;
  query(): Promise<{
    readonly held?: readonly { readonly name?: string }[];
    readonly pending?: readonly { readonly name?: string }[];
  }>;
}

const PREFIX = 'exo.launch.';

/** Undefined outside of browsers, and on pages without TLS. */
const browserLocks = (): Locks | undefined => globalThis.navigator?.locks;

/**
 * Does some work on a launch while no other page of this browser does; waits for its turn. Where the browser has no
 * locks, or does not let the page use them, it is done at once: marks keep the peace then.
 *
 * @throws an AbortError when `signal` is aborted while it waits
 */
export async function alone(
  launchId: string,
  signal: AbortSignal,
  work: () => Promise<void>,
  locks = browserLocks(),
): Promise<void> {
  if (!locks) return work();
  let begun = false;
  try {
    await locks.request(PREFIX + launchId, { signal }, () => {
      begun = true;
      return work();
    });
  } catch (error) {
    // A frame without an origin may not lock.
    if (begun || signal.aborted) throw error;
    await work();
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
