import type { CollectionState } from '../../live/collection.js';
import type { Server } from '../../openstack/compute.js';
import type { OpenStackError } from '../../openstack/errors.js';
import type { SessionState } from '../../session/session.js';

/** What the element shows. Its `kind` is also its CSS state: `exo-instance:state(ready)`. */
export type InstanceView =
  | { readonly kind: 'no-session'; readonly choosing: boolean }
  | { readonly kind: 'loading' }
  /** The page has named none. */
  | { readonly kind: 'empty' }
  /** There is none of this id here, as far as this person can see. */
  | { readonly kind: 'not-found' }
  | { readonly kind: 'failed' | 'forbidden' | 'service-missing'; readonly error: OpenStackError }
  | {
      readonly kind: 'ready';
      readonly server: Server;
      /** It was there and is no more. */
      readonly gone: boolean;
      /** Why what is shown is older than it should be. */
      readonly stale: OpenStackError | undefined;
      /** When the cloud last confirmed it, milliseconds since 1970. */
      readonly updatedAt: number;
      /** The session has run out; what is shown stays until the person has signed in again. */
      readonly expired: boolean;
    };

export interface InstanceFacts {
  readonly session: SessionState['status'] | undefined;
  /** False where the connection that is asked for is not open. */
  readonly connected: boolean;
  readonly id: string | undefined;
  /** That of the project's servers. */
  readonly servers: CollectionState<Server> | undefined;
  /** The server as it is among them. */
  readonly server: Server | undefined;
  /** The server as it was last seen here. */
  readonly last: Server | undefined;
  /** How reading it alone went: nothing while that is under way. */
  readonly read: 'done' | OpenStackError | undefined;
}

/** @returns what to show for what is known */
export function instanceView(facts: InstanceFacts): InstanceView {
  const { session, connected, id, servers, server, last, read } = facts;
  if (session === undefined || session === 'signed-out') return { kind: 'no-session', choosing: false };
  if (session === 'choosing') return { kind: 'no-session', choosing: true };
  if (!connected)
    return session === 'restoring' || session === 'signing-in'
      ? { kind: 'loading' }
      : { kind: 'no-session', choosing: false };
  if (!id) return { kind: 'empty' };
  if (servers?.status === 'failed' && servers.error.reason === 'service-missing')
    return { kind: 'service-missing', error: servers.error };
  const shown = server ?? last;
  if (!shown) {
    if (read === undefined) return { kind: 'loading' };
    if (read === 'done') return { kind: 'not-found' };
    return { kind: read.kind === 'forbidden' ? 'forbidden' : 'failed', error: read };
  }
  const ready = servers?.status === 'ready' ? servers : undefined;
  // Lists leave out what was deleted and can be brought back.
  const gone = !server && shown.status !== 'SOFT_DELETED';
  return {
    kind: 'ready',
    server: shown,
    gone,
    stale: server
      ? (ready?.lastError ?? (servers?.status === 'failed' ? servers.error : undefined))
      : undefined,
    updatedAt: ready?.updatedAt ?? 0,
    expired: session === 'expired',
  };
}
