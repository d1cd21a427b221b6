import type { Call } from './http.js';
import { isAdmin } from './http.js';
import { isoMicros, isoSeconds } from './ids.js';
import { selfLinks, since } from './compute-version.js';
import type { FlavorRecord, ServerRecord } from './model.js';
import type { RegionState } from './state.js';

const REBUILDING = {
  rebuilding: 'REBUILD',
  rebuild_block_device_mapping: 'REBUILD',
  rebuild_spawning: 'REBUILD',
};
const RESIZING = {
  resize_prep: 'RESIZE',
  resize_migrating: 'RESIZE',
  resize_migrated: 'RESIZE',
  resize_finish: 'RESIZE',
};

/** Nova's `_STATE_MAP`: the status a person sees, from the two states the service keeps. */
const STATUSES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  active: {
    default: 'ACTIVE',
    rebooting: 'REBOOT',
    reboot_pending: 'REBOOT',
    reboot_started: 'REBOOT',
    rebooting_hard: 'HARD_REBOOT',
    reboot_pending_hard: 'HARD_REBOOT',
    reboot_started_hard: 'HARD_REBOOT',
    updating_password: 'PASSWORD',
    migrating: 'MIGRATING',
    ...REBUILDING,
    ...RESIZING,
  },
  building: { default: 'BUILD' },
  stopped: { default: 'SHUTOFF', ...REBUILDING, ...RESIZING },
  resized: { default: 'VERIFY_RESIZE', resize_reverting: 'REVERT_RESIZE' },
  paused: { default: 'PAUSED', migrating: 'MIGRATING' },
  suspended: { default: 'SUSPENDED' },
  rescued: { default: 'RESCUE' },
  error: { default: 'ERROR', ...REBUILDING },
  deleted: { default: 'DELETED' },
  'soft-delete': { default: 'SOFT_DELETED' },
  shelved: { default: 'SHELVED' },
  shelved_offloaded: { default: 'SHELVED_OFFLOADED' },
};

export function statusOf(server: ServerRecord): string {
  if (server.deleted) return 'DELETED';
  const states = STATUSES[server.vmState];
  return states?.[server.taskState ?? 'default'] ?? states?.['default'] ?? 'UNKNOWN';
}

/** The vm states and task states behind status words, as Nova's status filter understands them. */
export function statesOf(statuses: readonly string[]): { vm: Set<string>; task: Set<string> } {
  const wanted = new Set(statuses.map((status) => status.toLowerCase()));
  const vm = new Set<string>();
  const task = new Set<string>();
  for (const [vmState, tasks] of Object.entries(STATUSES))
    for (const [taskState, status] of Object.entries(tasks))
      if (wanted.has(status.toLowerCase())) {
        vm.add(vmState);
        task.add(taskState);
      }
  return { vm, task };
}

const PROGRESS_STATUSES = new Set(['ACTIVE', 'BUILD', 'REBUILD', 'RESIZE', 'VERIFY_RESIZE', 'MIGRATING']);

/** Addresses by network name: each port's fixed addresses, then its floating one. Hidden while building. */
function addressesOf(region: RegionState, server: ServerRecord): Record<string, unknown[]> {
  const addresses: Record<string, unknown[]> = {};
  if (server.vmState === 'building' || server.deleted) return addresses;
  const floating: { label: string; row: unknown }[] = [];
  for (const port of region.portsByDevice.get(server.id) ?? []) {
    const label = region.networks.get(port.networkId)?.name ?? '';
    const rows = (addresses[label] ??= []);
    const row = (address: string, type: string): unknown => ({
      version: address.includes(':') ? 6 : 4,
      addr: address,
      'OS-EXT-IPS:type': type,
      'OS-EXT-IPS-MAC:mac_addr': port.mac,
    });
    for (const fixed of port.fixedIps) rows.push(row(fixed.ip, 'fixed'));
    const bound = region.floatingIpsByPort.get(port.id);
    if (bound) floating.push({ label, row: row(bound.address, 'floating') });
  }
  for (const { label, row } of floating) addresses[label]?.push(row);
  return addresses;
}

function flavorOf(call: Call, flavor: FlavorRecord): unknown {
  if (!since(call, 47)) {
    return {
      id: flavor.id,
      links: [{ rel: 'bookmark', href: `${call.env.base}/compute/flavors/${flavor.id}` }],
    };
  }
  return {
    vcpus: flavor.vcpus,
    ram: flavor.ram,
    disk: flavor.disk,
    ephemeral: flavor.ephemeral,
    swap: flavor.swap,
    original_name: flavor.name,
    extra_specs: flavor.extraSpecs,
  };
}

function securityGroupsOf(region: RegionState, server: ServerRecord): { name: string }[] {
  const names: { name: string }[] = [];
  for (const port of region.portsByDevice.get(server.id) ?? [])
    for (const id of port.securityGroups) names.push({ name: region.securityGroups.get(id)?.name ?? id });
  return names;
}

/** `{id, name, links}`, as `GET /servers` lists it. */
export function basicServer(call: Call, server: ServerRecord): Record<string, unknown> {
  return { id: server.id, name: server.name, links: selfLinks(call, 'servers', server.id) };
}

/**
 * A server with all the fields the asked microversion has for an ordinary user (an administrator
 * sees more). A fault without a host lives in cell0 and is told by the single GET only.
 */
export function detailedServer(
  call: Call,
  server: ServerRecord,
  o: { single: boolean },
): Record<string, unknown> {
  const { region, state } = call.env;
  const status = statusOf(server);
  const row: Record<string, unknown> = {
    id: server.id,
    name: server.name,
    status,
    tenant_id: server.projectId,
    user_id: server.userId,
    metadata: server.metadata,
    hostId:
      server.host === null
        ? ''
        : state.idFor(`host/${server.host}/${server.projectId}`) +
          state.idFor(`host-tail/${server.host}/${server.projectId}`).slice(0, 24),
    image:
      server.imageId === ''
        ? ''
        : {
            id: server.imageId,
            links: [{ rel: 'bookmark', href: `${call.env.base}/compute/images/${server.imageId}` }],
          },
    flavor: flavorOf(call, server.flavor),
    created: isoSeconds(server.created),
    updated: isoSeconds(server.updated),
    addresses: addressesOf(region, server),
    accessIPv4: '',
    accessIPv6: '',
    links: selfLinks(call, 'servers', server.id),
    'OS-DCF:diskConfig': server.diskConfig,
    'OS-EXT-AZ:availability_zone': server.availabilityZone,
    config_drive: server.configDrive ? 'True' : '',
    key_name: server.keyName,
    'OS-SRV-USG:launched_at': server.launchedAt === null ? null : isoMicros(server.launchedAt),
    'OS-SRV-USG:terminated_at': server.terminatedAt === null ? null : isoMicros(server.terminatedAt),
    'OS-EXT-STS:task_state': server.taskState,
    'OS-EXT-STS:vm_state': server.vmState,
    'OS-EXT-STS:power_state': server.powerState,
    'os-extended-volumes:volumes_attached': server.volumes.map((volume) => ({
      id: volume.id,
      ...(since(call, 3) && { delete_on_termination: volume.deleteOnTermination }),
    })),
  };
  const groups = securityGroupsOf(region, server);
  if (groups.length > 0) row['security_groups'] = groups;
  if (server.fault && (status === 'ERROR' || status === 'DELETED')) {
    if (o.single || server.inCell)
      row['fault'] = {
        code: server.fault.code,
        created: isoSeconds(server.fault.created),
        message: server.fault.message,
      };
  }
  if (PROGRESS_STATUSES.has(status)) row['progress'] = server.progress;
  if (since(call, 9)) row['locked'] = server.locked;
  if (since(call, 19)) row['description'] = server.description;
  if (since(call, 26)) row['tags'] = server.tags;
  if (since(call, 63)) row['trusted_image_certificates'] = null;
  if (since(call, 71) && o.single) row['server_groups'] = server.groupId === null ? [] : [server.groupId];
  if (since(call, 73)) row['locked_reason'] = server.lockedReason;
  if (since(call, 100)) row['scheduler_hints'] = hintsOf(server);
  if (isAdmin(call.get('token'))) addAdminFields(call, server, row);
  else if (since(call, 90)) row['OS-EXT-SRV-ATTR:hostname'] = server.hostname;
  return row;
}

/** Nova puts each value in a list, where it is none. */
function hintsOf({ hints }: ServerRecord): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(hints).map(([name, value]) => [name, Array.isArray(value) ? value : [value]]),
  );
}

function addAdminFields(call: Call, server: ServerRecord, row: Record<string, unknown>): void {
  row['OS-EXT-SRV-ATTR:host'] = server.host;
  row['OS-EXT-SRV-ATTR:instance_name'] = `instance-${server.sequence.toString(16).padStart(8, '0')}`;
  row['OS-EXT-SRV-ATTR:hypervisor_hostname'] = server.host;
  if (since(call, 3)) {
    row['OS-EXT-SRV-ATTR:reservation_id'] = server.reservationId;
    row['OS-EXT-SRV-ATTR:launch_index'] = server.launchIndex;
    row['OS-EXT-SRV-ATTR:hostname'] = server.hostname;
    row['OS-EXT-SRV-ATTR:kernel_id'] = '';
    row['OS-EXT-SRV-ATTR:ramdisk_id'] = '';
    row['OS-EXT-SRV-ATTR:root_device_name'] = server.host === null ? null : '/dev/vda';
    row['OS-EXT-SRV-ATTR:user_data'] = server.userData;
  }
  if (since(call, 16)) row['host_status'] = server.host === null ? '' : 'UP';
}
