import type { ComputeQuota, FlavorRecord, NetworkQuota, VolumeQuota } from './model.js';
import type { RegionState } from './state.js';

/** Nova's defaults; the resources come in the order Nova names them in a refusal. */
export const DEFAULT_COMPUTE_QUOTA: ComputeQuota = {
  instances: 10,
  cores: 20,
  ram: 51_200,
  key_pairs: 100,
  metadata_items: 128,
  server_groups: 10,
  server_group_members: 10,
};

export const DEFAULT_NETWORK_QUOTA: NetworkQuota = {
  network: 100,
  subnet: 100,
  subnetpool: -1,
  port: 500,
  router: 10,
  floatingip: 50,
  security_group: 10,
  security_group_rule: 100,
  rbac_policy: 10,
};

export const DEFAULT_VOLUME_QUOTA: VolumeQuota = {
  volumes: 10,
  gigabytes: 1000,
  snapshots: 10,
  backups: 10,
  backup_gigabytes: 1000,
};

export function computeQuotaOf(region: RegionState, projectId: string): ComputeQuota {
  return region.computeQuotas.get(projectId) ?? DEFAULT_COMPUTE_QUOTA;
}

export interface ComputeUsage {
  instances: number;
  cores: number;
  ram: number;
}

export function computeUsageOf(region: RegionState, projectId: string): ComputeUsage {
  const usage = { instances: 0, cores: 0, ram: 0 };
  for (const server of region.servers.values()) {
    if (server.deleted || server.projectId !== projectId) continue;
    usage.instances++;
    usage.cores += server.flavor.vcpus;
    usage.ram += server.flavor.ram;
  }
  return usage;
}

/**
 * How many of `max` servers fit; a refusal in Nova's words where not even `min` do.
 * nova/compute/utils.py, check_num_instances_quota.
 */
export function instancesWithinQuota(
  region: RegionState,
  projectId: string,
  flavor: FlavorRecord,
  min: number,
  max: number,
): number | string {
  const quota = computeQuotaOf(region, projectId);
  const used = computeUsageOf(region, projectId);
  const each = { instances: 1, cores: flavor.vcpus, ram: flavor.ram };
  const kinds = ['cores', 'instances', 'ram'] as const;
  const over = kinds.filter((kind) => quota[kind] >= 0 && used[kind] + max * each[kind] > quota[kind]);
  if (over.length === 0) return max;
  const fits = Math.min(
    ...kinds.map((kind) =>
      quota[kind] < 0 || each[kind] === 0 ? max : Math.floor((quota[kind] - used[kind]) / each[kind]),
    ),
  );
  if (fits >= min && fits > 0) return fits;
  const list = (pick: (kind: (typeof kinds)[number]) => number): string =>
    over.map((kind) => String(pick(kind))).join(', ');
  const names = over.join(', ');
  return (
    `Quota exceeded for ${names}: Requested ${list((kind) => max * each[kind])}, ` +
    `but already used ${list((kind) => used[kind])} of ${list((kind) => quota[kind])} ${names}`
  );
}

/** Nova's words where so much metadata is more than a server may have. nova/compute/api.py. */
export function metadataRefusal(
  region: RegionState,
  projectId: string,
  metadata: Readonly<Record<string, string>>,
): string | undefined {
  const { metadata_items: most } = computeQuotaOf(region, projectId);
  return most >= 0 && Object.keys(metadata).length > most
    ? `Maximum number of metadata items exceeds ${most}`
    : undefined;
}

/** Whether a server group takes so many more servers of a user: those of others are not counted. */
export function groupHasRoom(
  region: RegionState,
  group: { readonly id: string; readonly projectId: string },
  userId: string,
  more: number,
): boolean {
  const { server_group_members: most } = computeQuotaOf(region, group.projectId);
  const own = [...region.servers.values()].filter(
    (server) => server.groupId === group.id && server.userId === userId && !server.deleted,
  );
  return most < 0 || own.length + more <= most;
}
