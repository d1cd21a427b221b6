import type { Collection } from '../live/collection.js';
import type { Server } from '../openstack/server.js';
import type { Connection } from './connection.js';

// Apart from the list itself, so that whoever only looks whether it is there does not carry it.

const lists = new WeakMap<Connection, Collection<Server>>();

/** Remembers the list that somebody on the page keeps. */
export function keepAtHand(connection: Connection, servers: Collection<Server>): void {
  lists.set(connection, servers);
}

/** All servers of the project, where the page has them; nothing is asked. */
export function serversAtHand(connection: Connection): readonly Server[] | undefined {
  const state = lists.get(connection)?.state;
  return state?.status === 'ready' && state.complete ? state.rows : undefined;
}
