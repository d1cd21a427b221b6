import type { ComputeClient, Flavor, Keypair, Quota } from '../openstack/compute.js';
import type { Image, ImageClient } from '../openstack/image.js';
import type { Network, NetworkClient, SecurityGroup } from '../openstack/network.js';
import type { VolumeClient } from '../openstack/volume.js';
import type { Cadence } from './cadence.js';
import { Collection, type CollectionOptions } from './collection.js';

const MINUTE = 60_000;
/** What operators change. */
const CATALOGUE: Cadence = { quiet: 30 * MINUTE };
/** What people make and take away, here or elsewhere. */
const BELONGINGS: Cadence = { quiet: 10 * MINUTE, fresh: 10_000 };
/** What every launch and deletion moves. */
const USAGE: Cadence = { quiet: 5 * MINUTE, fresh: 5_000 };

/** The sizes an instance can have. */
export function flavors(client: Pick<ComputeClient, 'flavors'>, o: CollectionOptions): Collection<Flavor> {
  return new Collection(
    {
      attempt: { action: 'list-flavors' },
      read: ({ signal }) => client.flavors({ signal }),
      cadence: CATALOGUE,
    },
    o,
  );
}

/** The images an instance can start from. */
export function images(client: Pick<ImageClient, 'images'>, o: CollectionOptions): Collection<Image> {
  return new Collection(
    {
      attempt: { action: 'list-images' },
      read: ({ signal }) => client.images({ signal }),
      cadence: { quiet: 15 * MINUTE, fresh: MINUTE },
    },
    o,
  );
}

/** The user's own key pairs. */
export function keypairs(client: Pick<ComputeClient, 'keypairs'>, o: CollectionOptions): Collection<Keypair> {
  return new Collection(
    {
      attempt: { action: 'list-keypairs' },
      read: ({ signal }) => client.keypairs({ signal }),
      cadence: BELONGINGS,
    },
    o,
  );
}

/** The networks the project can see. */
export function networks(client: Pick<NetworkClient, 'networks'>, o: CollectionOptions): Collection<Network> {
  return new Collection(
    {
      attempt: { action: 'list-networks' },
      read: ({ signal }) => client.networks({ signal }),
      cadence: BELONGINGS,
    },
    o,
  );
}

/** The project's security groups, rules included. */
export function securityGroups(
  client: Pick<NetworkClient, 'securityGroups'>,
  o: CollectionOptions,
): Collection<SecurityGroup> {
  return new Collection(
    {
      attempt: { action: 'list-security-groups' },
      read: ({ signal }) => client.securityGroups({ signal }),
      cadence: BELONGINGS,
    },
    o,
  );
}

/** What one service allows the project, and how much of it is used. */
export interface LimitsRow {
  readonly id: 'compute' | 'block-storage' | 'network';
  /** By the service's own word: `instances`, `cores`, `ram` (MiB), `volumes`, `gigabytes` (GiB), `floatingip`, ... */
  readonly quotas: Readonly<Record<string, Quota>>;
  /** Bounds of which the service does not tell what is used: `keypairs`, `serverMetadata`, `serverGroupMembers`. */
  readonly bounds?: Readonly<Record<string, number>> | undefined;
}

/** Where limits come from; a cloud may lack all but compute. */
export interface LimitsClients {
  readonly compute: Pick<ComputeClient, 'limits'>;
  readonly network?: Pick<NetworkClient, 'quotas'> | undefined;
  readonly volume?: Pick<VolumeClient, 'limits'> | undefined;
}

/**
 * The project's limits, one row per service. A service other than compute that does not answer keeps the row it had,
 * or has none.
 */
export function limits(clients: LimitsClients, o: CollectionOptions): Collection<LimitsRow> {
  const last = new Map<LimitsRow['id'], LimitsRow>();
  const read = async (
    id: LimitsRow['id'],
    answer: Promise<object> | undefined,
  ): Promise<LimitsRow | undefined> => {
    const row = answer && { id, ...quotasOf(await answer) };
    if (row) last.set(id, row);
    return row;
  };
  return new Collection<LimitsRow>(
    {
      attempt: { action: 'read-limits' },
      cadence: USAGE,
      async *read({ signal }) {
        const others = [
          read('network', clients.network?.quotas({ signal })).catch(() => last.get('network')),
          read('block-storage', clients.volume?.limits({ signal })).catch(() => last.get('block-storage')),
        ];
        const rows = await Promise.all([read('compute', clients.compute.limits({ signal })), ...others]);
        yield { rows: rows.filter((row) => row !== undefined), next: false, problems: [], date: undefined };
      },
    },
    o,
  );
}

/** What is counted, and what is a bound alone. */
function quotasOf(values: object): Required<Pick<LimitsRow, 'quotas' | 'bounds'>> {
  const quotas: Record<string, Quota> = {};
  const bounds: Record<string, number> = {};
  for (const [name, value] of Object.entries(values)) {
    if (isQuota(value)) quotas[name] = value;
    else if (isBound(value)) bounds[name] = value.limit;
  }
  return { quotas, bounds };
}

function isQuota(value: unknown): value is Quota {
  return typeof value === 'object' && value !== null && 'used' in value && 'limit' in value;
}

function isBound(value: unknown): value is { readonly limit: number } {
  return typeof value === 'object' && value !== null && 'limit' in value && !('used' in value);
}
