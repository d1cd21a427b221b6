import type { Connection } from '../session/connection.js';
import type { Session } from '../session/session.js';

/**
 * The connections an element shows.
 *
 * @param scope `current` (also when empty), `all`, the id of a connection, or `cloud host/project[/region]` with the
 *   name or the id of the project
 */
export function connectionsIn(
  session: Pick<Session, 'connections' | 'current'> | undefined,
  scope: string | undefined,
): readonly Connection[] {
  if (!session) return [];
  const { current, connections } = session;
  if (scope === 'all') return connections;
  if (!scope || scope === 'current') return current ? [current] : [];
  const named = connections.filter((each) => isNamed(each, scope));
  // Of several regions the one where the person is.
  return named.length > 1 && current && named.includes(current) ? [current] : named.slice(0, 1);
}

function isNamed({ id, authUrl, project, region }: Connection, scope: string): boolean {
  if (id === scope) return true;
  const [host = '', wanted = '', place] = scope.split('/').map(decoded);
  return (
    host.toLowerCase() === hostOf(authUrl) &&
    (wanted === project.id || wanted === project.name) &&
    (place === undefined || place === region)
  );
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}

/** A name may hold a slash, written `%2F`. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
