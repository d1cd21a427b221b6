import type { CollectionState } from '../../live/collection.js';
import type { Server } from '../../openstack/compute.js';
import type { OpenStackError } from '../../openstack/errors.js';
import type { Connection } from '../../session/connection.js';
import type { SessionState } from '../../session/session.js';
import type { Rights } from './actions.js';

/** What the element shows. Its `kind` is also its CSS state: `exo-instance-list:state(ready)`. */
export type ListView =
  | { readonly kind: 'no-session'; readonly choosing: boolean }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed' | 'forbidden' | 'service-missing'; readonly error: OpenStackError }
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
    };

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
      // Somebody who signs in again in place keeps what they had.
      return session.connection === undefined ? { kind: 'loading' } : listView(servers, false);
    case 'signed-in':
    case 'expired':
      return listView(servers, session.status === 'expired');
  }
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
  session: SessionState | undefined,
  connection: Pick<Connection, 'canAct' | 'roles'> | undefined,
): Rights {
  return {
    signedIn: session?.status === 'signed-in',
    canAct: connection?.canAct ?? false,
    passesLocks: connection?.roles.includes('admin') ?? false,
  };
}
