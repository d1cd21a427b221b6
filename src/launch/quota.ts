import type { LimitsRow } from '../live/resources.js';
import type { Flavor, Quota } from '../openstack/compute.js';

/**
 * What a launch takes of a project, by the services' own words: Nova's `instances`, `cores`, `ram` (MiB),
 * `serverGroups`, and the {@link BoundResource}s; Neutron's `port`, `floatingip`, `network`, `subnet`, `router`, `security_group`,
 * `security_group_rule`; Cinder's `volumes`, `gigabytes` (GiB), and both again for one volume type.
 */
export type LaunchResource =
  | 'instances'
  | 'cores'
  | 'ram'
  | 'serverGroups'
  | BoundResource
  | 'port'
  | 'floatingip'
  | 'network'
  | 'subnet'
  | 'router'
  | 'security_group'
  | 'security_group_rule'
  | 'volumes'
  | 'gigabytes'
  | `volumes_${string}`
  | `gigabytes_${string}`;

/**
 * What Nova bounds without telling what is used: `keypairs` of one user, `serverGroupMembers` of one user in a server
 * group, entries of `serverMetadata` on one instance.
 */
export type BoundResource = 'keypairs' | 'serverGroupMembers' | 'serverMetadata';

/** One quota as it stands, and as this launch would leave it. */
export interface QuotaUse {
  readonly resource: LaunchResource;
  /** In use now; RAM in MiB, disks in GiB. */
  readonly used: number;
  /** What this launch adds. */
  readonly added: number;
  /** `Infinity`: unlimited. */
  readonly limit: number;
  /** Whether this launch would not fit. */
  readonly over: boolean;
}

/** What a launch makes beside the instances. */
export interface LaunchNeeds {
  /** For each instance. Default: 1. */
  readonly ports?: number | undefined;
  /** New ones, for each instance. */
  readonly floatingIps?: number | undefined;
  /** New ones for each instance; GiB. */
  readonly volumes?: readonly { readonly size: number; readonly type?: string | undefined }[] | undefined;
  /** A network with a subnet, made once. */
  readonly network?: boolean | undefined;
  readonly router?: boolean | undefined;
  readonly serverGroup?: boolean | undefined;
  /** Rules of a security group that is made once, those that Neutron adds included. */
  readonly groupRules?: number | undefined;
}

type Size = Pick<Flavor, 'vcpus' | 'ram'>;

const SERVICE: Readonly<Record<string, LimitsRow['id']>> = {
  instances: 'compute',
  cores: 'compute',
  ram: 'compute',
  serverGroups: 'compute',
  volumes: 'block-storage',
  gigabytes: 'block-storage',
};

function quotaFor(limits: readonly LimitsRow[], resource: LaunchResource): Quota | undefined {
  const service = SERVICE[resource.replace(/_.*$/, '')] ?? 'network';
  return limits.find(({ id }) => id === service)?.quotas[resource];
}

interface Demand {
  readonly resource: LaunchResource;
  readonly each: number;
  readonly once: number;
}

/** Everything a launch takes, for each instance and once, in the order in which people ask. */
function demands(size: Size, needs: LaunchNeeds): readonly Demand[] {
  const { ports = 1, floatingIps = 0, volumes = [], groupRules } = needs;
  const each = (resource: LaunchResource, n: number): Demand => ({ resource, each: n, once: 0 });
  const once = (resource: LaunchResource, n: number | boolean | undefined): Demand => ({
    resource,
    each: 0,
    once: Number(n ?? 0),
  });
  const gigabytes = (of: typeof volumes) => of.reduce((sum, volume) => sum + volume.size, 0);
  const types = [...new Set(volumes.flatMap(({ type }) => type ?? []))];
  const all: readonly Demand[] = [
    each('instances', 1),
    each('cores', size.vcpus),
    each('ram', size.ram),
    each('volumes', volumes.length),
    each('gigabytes', gigabytes(volumes)),
    ...types.flatMap((type) => {
      const own = volumes.filter((volume) => volume.type === type);
      return [each(`volumes_${type}`, own.length), each(`gigabytes_${type}`, gigabytes(own))];
    }),
    each('floatingip', floatingIps),
    // A router has a port of its own in the network, and one outside that does not count here.
    { resource: 'port', each: ports, once: Number(needs.router ?? 0) },
    once('network', needs.network),
    once('subnet', needs.network),
    once('router', needs.router),
    once('security_group', groupRules !== undefined),
    once('security_group_rule', groupRules),
    once('serverGroups', needs.serverGroup),
  ];
  const shown = new Set<LaunchResource>(['instances', 'cores', 'ram']);
  return all.filter((demand) => demand.each > 0 || demand.once > 0 || shown.has(demand.resource));
}

/** Every quota a launch touches and the cloud tells of, in the order in which people ask. */
export function quotaUses(
  limits: readonly LimitsRow[],
  size: Size,
  count: number,
  needs: LaunchNeeds = {},
): readonly QuotaUse[] {
  return demands(size, needs).flatMap(({ resource, each, once }) => {
    const quota = quotaFor(limits, resource);
    if (!quota) return [];
    const added = each * count + once;
    const { used, limit } = quota;
    return [use(resource, used, added, limit)];
  });
}

/** The same for what Nova bounds; `wanted` tells what is used of it. */
export function boundUses(
  limits: readonly LimitsRow[],
  wanted: readonly (readonly [resource: BoundResource, used: number, added: number])[],
): readonly QuotaUse[] {
  const bounds = limits.find(({ id }) => id === 'compute')?.bounds ?? {};
  return wanted.flatMap(([resource, used, added]) => {
    const limit = bounds[resource];
    return limit === undefined || added === 0 ? [] : [use(resource, used, added, limit)];
  });
}

function use(resource: LaunchResource, used: number, added: number, limit: number): QuotaUse {
  return { resource, used, added, limit, over: added > 0 && used + added > limit };
}

/** How many instances of a size the project still has room for; `Infinity` where nothing limits them. */
export function roomFor(limits: readonly LimitsRow[], size: Size, needs: LaunchNeeds = {}): number {
  let room = Infinity;
  for (const { resource, each, once } of demands(size, needs)) {
    const quota = quotaFor(limits, resource);
    if (quota && each > 0) room = Math.min(room, Math.floor((quota.limit - quota.used - once) / each));
  }
  return Math.max(0, room);
}
