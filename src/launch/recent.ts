import { Collection } from '../live/collection.js';
import { ComputeClient } from '../openstack/compute.js';
import type { Server } from '../openstack/server.js';
import type { Connection } from '../session/connection.js';
import { serversAtHand } from '../session/servers-at-hand.js';

/** So many tell what somebody used last, in a project of many people too. */
const MOST = 50;
const MINUTE = 60_000;

/**
 * The newest servers of the project. Nothing is asked where the page has them all at hand.
 * Reference: GET /servers/detail?sort_key=created_at.
 */
export function recentServersOf(connection: Connection): Collection<Server> {
  return connection.resource(
    'launch-recent-servers',
    () =>
      new Collection<Server>(
        {
          attempt: { action: 'list-instances' },
          cadence: { quiet: 30 * MINUTE, fresh: MINUTE },
          async *read({ signal }) {
            const rows =
              serversAtHand(connection) ??
              (await connection.client(ComputeClient).newestServers(MOST, { signal }));
            yield { rows: [...rows], next: false, problems: [], date: undefined };
          },
        },
        { environment: connection.environment },
      ),
  );
}
