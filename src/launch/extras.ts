import { Collection } from '../live/collection.js';
import type { LimitsRow } from '../live/resources.js';
import { DnsClient, type Zone } from '../openstack/dns.js';
import { isOpenStackError, type Action } from '../openstack/errors.js';
import {
  ComputeFacts,
  VolumeFacts,
  type AvailabilityZone,
  type ServerGroup,
  type VolumeSnapshot,
  type VolumeType,
} from '../openstack/launch-facts.js';
import { NetworkClient, type FloatingIp } from '../openstack/network.js';
import type { Page } from '../openstack/schema.js';
import { VolumeClient, type Volume } from '../openstack/volume.js';
import type { Connection } from '../session/connection.js';
import { liveOptions } from '../session/live-options.js';

// Lists that only those ask for who look closer. All throw an OpenStackError of reason `service-missing` where the cloud
// lacks the service.

const CADENCE = { quiet: 10 * 60_000, fresh: 10_000 };

function listed<R extends { readonly id: string }>(
  c: Connection,
  name: string,
  action: Action,
  read: (signal: AbortSignal) => AsyncIterable<Page<R>>,
): Collection<R> {
  return c.resource(
    name,
    () =>
      new Collection<R>(
        { attempt: { action }, read: ({ signal }) => read(signal), cadence: CADENCE },
        liveOptions(c, name),
      ),
  );
}

async function* once<R>(rows: Promise<readonly R[]>): AsyncIterable<Page<R>> {
  yield { rows: [...(await rows)], next: false, problems: [], date: undefined };
}

/** The project's volumes. */
export function volumesOf(c: Connection): Collection<Volume> {
  const client = c.client(VolumeClient);
  return listed(c, 'launch-volumes', 'list-volumes', (signal) => client.volumes({ signal }));
}

/** The project's snapshots of volumes. */
export function snapshotsOf(c: Connection): Collection<VolumeSnapshot> {
  const client = c.client(VolumeFacts);
  return listed(c, 'launch-snapshots', 'list-volumes', (signal) => once(client.snapshots({ signal })));
}

/** Kinds of volumes. */
export function volumeTypesOf(c: Connection): Collection<VolumeType> {
  const client = c.client(VolumeFacts);
  return listed(c, 'launch-volume-types', 'list-volumes', (signal) => once(client.types({ signal })));
}

/** What Cinder allows the project, as one row; single volume types are in it where the cloud tells of them. */
export function volumeLimitsOf(c: Connection): Collection<LimitsRow> {
  const [facts, volumes] = [c.client(VolumeFacts), c.client(VolumeClient)];
  const read = async (signal: AbortSignal): Promise<readonly LimitsRow[]> => {
    try {
      return [{ id: 'block-storage', quotas: await facts.quotas({ signal }) }];
    } catch (error) {
      // Not every policy lets members read them; the limits are for everybody, and tell less.
      if (!isOpenStackError(error) || (error.kind !== 'forbidden' && error.kind !== 'not-found')) throw error;
      return [{ id: 'block-storage', quotas: { ...(await volumes.limits({ signal })) } }];
    }
  };
  return listed(c, 'launch-volume-limits', 'read-limits', (signal) => once(read(signal)));
}

/** Zones of the compute service. */
export function zonesOf(c: Connection): Collection<AvailabilityZone> {
  const client = c.client(ComputeFacts);
  return listed(c, 'launch-zones', 'list-flavors', (signal) => once(client.zones({ signal })));
}

/** The project's server groups. */
export function serverGroupsOf(c: Connection): Collection<ServerGroup> {
  const client = c.client(ComputeFacts);
  return listed(c, 'launch-server-groups', 'list-instances', (signal) =>
    once(client.serverGroups({ signal })),
  );
}

/** The project's floating IPs. */
export function addressesOf(c: Connection): Collection<FloatingIp> {
  const client = c.client(NetworkClient);
  return listed(c, 'launch-addresses', 'list-floating-ips', (signal) => client.floatingIps({ signal }));
}

/** The project's DNS zones. */
export function dnsZonesOf(c: Connection): Collection<Zone> {
  const client = c.client(DnsClient);
  return listed(c, 'launch-dns-zones', 'list-dns', (signal) => once(client.zones({ signal })));
}
