import type { ActionBan } from '../../session/settings.js';
import type { Rights } from './availability.js';

/** What a portal does not offer, as the table of actions asks it; nothing where there are no bans. */
export function bannedBy(bans: readonly ActionBan[] | undefined): Rights['banned'] {
  if (!bans || bans.length === 0) return undefined;
  return (action, { flavor: { id, name } }) => {
    const ban = bans.find(
      ({ actions, sizes }) =>
        actions.includes(action) &&
        (sizes === undefined || sizes.some((size) => isLike(name, size) || isLike(id, size))),
    );
    return ban ? (ban.reason ?? true) : false;
  };
}

/** `g3.*` is every name that begins so. */
function isLike(name: string | undefined, pattern: string): boolean {
  if (name === undefined) return false;
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
