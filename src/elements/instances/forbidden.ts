import type { Connection } from '../../session/connection.js';
import type { InstanceAction } from './actions.js';

/** What the cloud has refused to this account (403), as long as the connection is there. */
export function forbiddenOn(connection: Pick<Connection, 'resource'>): Set<InstanceAction> {
  return connection.resource('forbidden-actions', () => new Set<InstanceAction>());
}
