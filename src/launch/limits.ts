import { Collection } from '../live/collection.js';
import { limits, type LimitsRow } from '../live/resources.js';
import { ComputeClient } from '../openstack/compute.js';
import { NetworkClient } from '../openstack/network.js';
import type { Connection } from '../session/connection.js';
import { liveOptions } from '../session/live-options.js';

const MINUTE = 60_000;

/** What Nova allows the project: a launch is offered by it, so that it is asked for at once. */
export function launchLimitsOf(connection: Connection): Collection<LimitsRow> {
  return connection.resource('launch-limits', () =>
    limits({ compute: connection.client(ComputeClient) }, liveOptions(connection, 'launch-limits')),
  );
}

/** What Neutron allows the project, as one row. */
export function networkLimitsOf(connection: Connection): Collection<LimitsRow> {
  return connection.resource('launch-network-limits', () => {
    const client = connection.client(NetworkClient);
    return new Collection<LimitsRow>(
      {
        attempt: { action: 'read-limits' },
        cadence: { quiet: 5 * MINUTE, fresh: 5_000 },
        async *read({ signal }) {
          const quotas = { ...(await client.quotas({ signal })) };
          yield { rows: [{ id: 'network', quotas }], next: false, problems: [], date: undefined };
        },
      },
      liveOptions(connection, 'launch-network-limits'),
    );
  });
}
