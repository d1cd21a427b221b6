const KEY = 'exo.launches.kept';
/** So many are remembered: an older one is finished, or shows again. */
const MOST = 50;

/** Ids of unfinished launches that somebody decided to keep as they are, in this browser. */
export function keptLaunches(): ReadonlySet<string> {
  try {
    const value: unknown = JSON.parse(globalThis.localStorage.getItem(KEY) ?? '[]');
    return new Set(Array.isArray(value) ? value.filter((id) => typeof id === 'string') : []);
  } catch {
    return new Set();
  }
}

export function keepLaunch(launchId: string): void {
  try {
    const ids = [...keptLaunches(), launchId].slice(-MOST);
    globalThis.localStorage.setItem(KEY, JSON.stringify(ids));
  } catch {
    // Storage is refused or full: it is spoken of again after a reload.
  }
}
