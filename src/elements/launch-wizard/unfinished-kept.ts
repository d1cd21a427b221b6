import { KeptSet } from './kept-set.js';

/** So many are remembered: an older one is finished, or shows again. */
const kept = new KeptSet('exo.launches.kept', 50);

/** Ids of unfinished launches that somebody decided to keep as they are, in this browser. */
export const keptLaunches = (): ReadonlySet<string> => kept.all;

export const keepLaunch = (launchId: string): void => kept.add(launchId);
