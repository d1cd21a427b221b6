import type { CollectionState } from '../../live/collection.js';
import { ComputeClient, type Server } from '../../openstack/compute.js';
import type { OpenStackError } from '../../openstack/errors.js';
import type { Connection } from '../../session/connection.js';
import type { SessionState } from '../../session/session.js';
import type { ActionBan } from '../../session/settings.js';
import { bannedBy } from '../instances/bans.js';
import { forbiddenOn } from '../instances/forbidden.js';
import type { Rights } from './actions.js';

/** What the element shows. Its `kind` is also its CSS state: `exo-instance-list:state(ready)`. */
export type ListView =
  | { readonly kind: 'no-session'; readonly choosing: boolean }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed' | 'forbidden' | 'service-missing'; readonly error: OpenStackError }
  /** None of several connections has anything to show. */
  | { readonly kind: 'failed'; readonly troubles: readonly Trouble[] }
  | {
      readonly kind: 'empty' | 'ready';
      readonly servers: readonly Server[];
      /** False while pages are still coming in. */
      readonly complete: boolean;
      /** When the cloud last confirmed the rows, milliseconds since 1970. */
      readonly updatedAt: number;
      /** Why the rows are older than they should be. */
      readonly stale: OpenStackError | undefined;
      /** The session has run out; the rows stay until the person has signed in again. */
      readonly expired: boolean;
      /** Connections of several with which something is wrong, while the others are shown. */
      readonly troubles: readonly Trouble[];
    };

/** What is wrong with one connection of several. */
export interface Trouble {
  readonly connection: Connection;
  readonly why: 'expired' | 'stale' | 'failed' | 'service-missing';
  readonly error: OpenStackError | undefined;
  /** For `stale`: when the cloud last confirmed the rows, milliseconds since 1970. */
  readonly updatedAt: number;
}

/** One connection and what its cloud has told so far. */
export interface ServersPart {
  readonly connection: Connection;
  readonly state: CollectionState<Server>;
}

/**
 * @param session the state of the session, nothing without one
 * @param servers the state of the collection of its connection, nothing without one
 */
export function viewOf(
  session: SessionState | undefined,
  servers: CollectionState<Server> | undefined,
): ListView {
  switch (session?.status) {
    case undefined:
    case 'signed-out':
      return { kind: 'no-session', choosing: false };
    case 'choosing':
      return { kind: 'no-session', choosing: true };
    case 'restoring':
    case 'signing-in':
    case 'second-factor':
    case 'password-expired':
      // Somebody who signs in again in place keeps what they had.
      return session.connection === undefined ? { kind: 'loading' } : listView(servers, false);
    case 'signed-in':
    case 'expired':
      return listView(servers, session.status === 'expired');
  }
}

/**
 * What the element shows of several connections: whatever there is. One that is down does not take the others along.
 *
 * @param servers the rows of all of them
 */
export function viewOfAll(
  session: SessionState | undefined,
  parts: readonly ServersPart[],
  servers: readonly Server[],
): ListView {
  if (parts.length === 0) {
    const elsewhere = session?.status === 'signed-in' || session?.status === 'expired';
    return elsewhere ? { kind: 'no-session', choosing: true } : viewOf(session, undefined);
  }
  const views = parts.map(({ connection, state }) => ({
    connection,
    view: listView(state, connection.ended),
  }));
  const [only, ...others] = views;
  if (only && others.length === 0) return isFilled(only.view) ? { ...only.view, servers } : only.view;
  const troubles = views.flatMap(({ connection, view }): Trouble[] => {
    if (isFailed(view)) {
      const why = view.kind === 'service-missing' ? view.kind : 'failed';
      return [{ connection, why, error: view.error, updatedAt: 0 }];
    }
    const { stale, updatedAt } = isFilled(view) ? view : { stale: undefined, updatedAt: 0 };
    if (connection.ended) return [{ connection, why: 'expired', error: undefined, updatedAt }];
    return stale ? [{ connection, why: 'stale', error: stale, updatedAt }] : [];
  });
  const loading = views.some(({ connection, view }) => view.kind === 'loading' && !connection.ended);
  const filled = views.map(({ view }) => view).filter(isFilled);
  if (filled.length === 0) {
    return loading ? { kind: 'loading' } : { kind: 'failed', troubles };
  }
  if (servers.length === 0 && loading) return { kind: 'loading' };
  return {
    kind: servers.length > 0 ? 'ready' : 'empty',
    servers,
    complete: !loading && filled.every(({ complete }) => complete),
    updatedAt: Math.max(0, ...filled.map(({ updatedAt }) => updatedAt)),
    stale: undefined,
    expired: false,
    troubles,
  };
}

/** The list is there. */
export type Filled = Extract<ListView, { readonly kind: 'empty' | 'ready' }>;

export function isFilled(view: ListView): view is Filled {
  return view.kind === 'ready' || view.kind === 'empty';
}

function isFailed(view: ListView): view is Extract<ListView, { readonly error: unknown }> {
  return 'error' in view;
}

function listView(servers: CollectionState<Server> | undefined, expired: boolean): ListView {
  switch (servers?.status) {
    case undefined:
    case 'pending':
      return { kind: 'loading' };
    case 'failed':
      return { kind: failureKind(servers.error), error: servers.error };
    case 'ready': {
      const { rows, complete, updatedAt, lastError } = servers;
      if (rows.length === 0 && !complete) {
        return lastError === undefined
          ? { kind: 'loading' }
          : { kind: failureKind(lastError), error: lastError };
      }
      return {
        kind: rows.length === 0 ? 'empty' : 'ready',
        servers: rows,
        complete,
        updatedAt,
        // The rows are old because nobody is signed in; that is said instead.
        stale: expired ? undefined : lastError,
        expired,
        troubles: [],
      };
    }
  }
}

function failureKind({ kind, reason }: OpenStackError): 'failed' | 'forbidden' | 'service-missing' {
  if (reason === 'service-missing' || reason === 'no-endpoint') return 'service-missing';
  return kind === 'forbidden' ? 'forbidden' : 'failed';
}

/** What the person may do over a connection. */
export function rightsOf(
  connection:
    | (Pick<Connection, 'canAct' | 'ended' | 'roles'> &
        Partial<Pick<Connection, 'resource' | 'client' | 'has'>>)
    | undefined,
  bans?: readonly ActionBan[],
): Rights {
  const resource = connection?.resource?.bind(connection);
  const banned = bannedBy(bans);
  return {
    signedIn: connection?.ended === false,
    canAct: connection?.canAct ?? false,
    passesLocks: connection?.roles.includes('admin') ?? false,
    ...(resource && { forbidden: forbiddenOn({ resource }) }),
    ...(connection?.has?.('compute') && { newest: () => connection.client?.(ComputeClient).newest }),
    ...(banned && { banned }),
  };
}
