import type { Collection } from '../live/collection.js';
import { limits, type LimitsRow } from '../live/resources.js';
import { ComputeClient } from '../openstack/compute.js';
import { NetworkClient } from '../openstack/network.js';
import { VolumeClient } from '../openstack/volume.js';
import type { Connection } from './connection.js';
import { liveOptions } from './live-options.js';

// Apart from the other lists, so that who shows none of Cinder's things does not carry its client.

/** The project's limits and their use: one row per service that the cloud has. */
export function limitsOf(c: Connection): Collection<LimitsRow> {
  return c.resource('limits', () =>
    limits(
      {
        compute: c.client(ComputeClient),
        network: c.has('network') ? c.client(NetworkClient) : undefined,
        volume: c.has('block-storage') ? c.client(VolumeClient) : undefined,
      },
      liveOptions(c, 'limits'),
    ),
  );
}
