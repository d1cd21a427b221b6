import { lastUsed } from '../../launch/history.js';
import { suggestKey, suggestKeyName, type KeyChoice } from '../../launch/keypairs.js';
import type { UnfinishedLaunch } from '../../launch/unfinished.js';
import { rowsOf, type Known, type Setting } from './launch-wizard.state.js';

/**
 * The key that a launch is carried on with where its own is none of the person's: Nova keeps key pairs by person, not by
 * project. Undefined where it goes on with its own, or needs none any more.
 */
export function keyInPlace(
  { request, hasKey, running, count }: Pick<UnfinishedLaunch, 'request' | 'hasKey' | 'running' | 'count'>,
  known: Pick<Known, 'keypairs' | 'recent'>,
  { user, now, canGenerate }: Setting,
): Exclude<KeyChoice, { kind: 'import' }> | undefined {
  if (!request || hasKey || running >= count) return undefined;
  const mine = rowsOf(known.keypairs);
  const names = new Set(mine.map(({ name }) => name));
  const { keyName } = lastUsed(rowsOf(known.recent), user.id);
  const found = suggestKey(mine, [keyName], canGenerate, suggestKeyName(user.name, new Date(now), names));
  return found.kind === 'import' ? undefined : found;
}
