import type { Collection } from '../live/collection.js';
import { limits, type LimitsRow } from '../live/resources.js';
import { ComputeClient } from '../openstack/compute.js';
import { NetworkClient } from '../openstack/network.js';
import type { Connection } from '../session/connection.js';
import { liveOptions } from '../session/live-options.js';

/** The limits that a launch counts against, those of Nova and Neutron: Cinder is not asked for what is not used. */
export function launchLimitsOf(connection: Connection): Collection<LimitsRow> {
  return connection.resource('launch-limits', () =>
    limits(
      {
        compute: connection.client(ComputeClient),
        network: connection.has('network') ? connection.client(NetworkClient) : undefined,
      },
      liveOptions(connection, 'launch-limits'),
    ),
  );
}
