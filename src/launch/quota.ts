import type { LimitsRow } from '../live/resources.js';
import type { Flavor, Quota } from '../openstack/compute.js';

/** What a launch takes of a project: Nova's `instances`, `cores`, `ram` (MiB), Neutron's `port`. */
export type LaunchResource = 'instances' | 'cores' | 'ram' | 'port';

/** One quota as it stands, and as this launch would leave it. */
export interface QuotaUse {
  readonly resource: LaunchResource;
  /** In use now; RAM in MiB. */
  readonly used: number;
  /** What this launch adds. */
  readonly added: number;
  /** `Infinity`: unlimited. */
  readonly limit: number;
  /** Whether this launch would not fit. */
  readonly over: boolean;
}

type Size = Pick<Flavor, 'vcpus' | 'ram'>;

const RESOURCES: readonly LaunchResource[] = ['instances', 'cores', 'ram', 'port'];

/** What `count` instances of a size take of one resource. */
export function demand(resource: LaunchResource, size: Size, count: number): number {
  switch (resource) {
    case 'instances':
    case 'port':
      return count;
    case 'cores':
      return size.vcpus * count;
    case 'ram':
      return size.ram * count;
  }
}

function quotaFor(limits: readonly LimitsRow[], resource: LaunchResource): Quota | undefined {
  const service = resource === 'port' ? 'network' : 'compute';
  return limits.find(({ id }) => id === service)?.quotas[resource];
}

/** Every quota a launch touches and the cloud tells of, in the order in which people ask. */
export function quotaUses(limits: readonly LimitsRow[], size: Size, count: number): readonly QuotaUse[] {
  return RESOURCES.flatMap((resource) => {
    const quota = quotaFor(limits, resource);
    if (!quota) return [];
    const added = demand(resource, size, count);
    const { used, limit } = quota;
    return [{ resource, used, added, limit, over: used + added > limit }];
  });
}

/** How many instances of a size the project still has room for; `Infinity` where nothing limits them. */
export function roomFor(limits: readonly LimitsRow[], size: Size): number {
  let room = Infinity;
  for (const resource of RESOURCES) {
    const quota = quotaFor(limits, resource);
    const each = demand(resource, size, 1);
    if (quota && each > 0) room = Math.min(room, Math.floor((quota.limit - quota.used) / each));
  }
  return Math.max(0, room);
}
