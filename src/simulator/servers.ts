import { bodyOf, isAdmin, json, param, projectOf, type App, type Call } from './http.js';
import { arrayAt, pythonRepr } from './json.js';
import {
  checkSort,
  done,
  knownQuery,
  page,
  refuse,
  requireMember,
  selfLinks,
  since,
} from './compute-version.js';
import type { ServerRecord } from './model.js';
import { serverAction } from './server-actions.js';
import { guard } from './server-guard.js';
import { createServers } from './server-create.js';
import { change, record, remove } from './server-life.js';
import { checkDescription, checkHostname, checkMembers, checkName } from './server-schema.js';
import { basicServer, detailedServer, statesOf } from './server-view.js';

/** The server a path names, as far as this project may see it. */
export function serverIn(call: Call): ServerRecord {
  const id = param(call, 'id');
  const server = call.env.region.servers.get(id);
  const own = server && (server.projectId === projectOf(call) || isAdmin(call.get('token')));
  if (!own || server.deleted) refuse(404, `Instance ${id} could not be found.`);
  return server;
}

const QUERY_SINCE_75 = new Set([
  'user_id', 'project_id', 'tenant_id', 'launch_index', 'image_ref', 'image', 'kernel_id',
  'ramdisk_id', 'hostname', 'key_name', 'power_state', 'vm_state', 'task_state', 'host', 'node',
  'flavor', 'reservation_id', 'launched_at', 'terminated_at', 'availability_zone', 'name',
  'display_name', 'description', 'display_description', 'locked_by', 'uuid', 'root_device_name',
  'config_drive', 'access_ip_v4', 'access_ip_v6', 'auto_disk_config', 'progress', 'sort_key',
  'sort_dir', 'all_tenants', 'soft_deleted', 'deleted', 'status', 'changes-since', 'ip', 'ip6',
  'created_at', 'block_device_mapping', 'services', 'metadata', 'system_metadata', 'info_cache',
  'security_groups', 'pci_devices', 'limit', 'marker', 'page_size', 'offset', 'tags', 'tags-any',
  'not-tags', 'not-tags-any', 'changes-before', 'locked',
]); // prettier-ignore

function moment(call: Call, name: string): number | undefined {
  const text = call.req.query(name);
  if (text === undefined) return undefined;
  const zoned = /[Zz]$|[+-]\d\d:?\d\d$/.test(text) || !text.includes('T');
  const time = Date.parse(zoned ? text : `${text}Z`);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(time)) {
    refuse(
      400,
      `Invalid input for query parameters ${name}. Value: ${text}. ${pythonRepr(text)} is not a 'date-time'`,
    );
  }
  return time;
}

/** A filter Nova hands to the database as a regular expression; plain text where it is none. */
function pattern(text: string): (value: string) => boolean {
  try {
    const expression = new RegExp(text, 'i');
    return (value) => expression.test(value);
  } catch {
    return (value) => value.includes(text);
  }
}

function addressesMatch(call: Call, server: ServerRecord, text: string): boolean {
  const matches = pattern(text);
  const { region } = call.env;
  return region
    .portsOf(server.id)
    .some(
      (port) =>
        port.fixedIps.some(({ ip }) => matches(ip)) ||
        matches(region.floatingIpsByPort.get(port.id)?.address ?? ''),
    );
}

/** The servers a list request means, newest first. */
function listed(call: Call): ServerRecord[] {
  const query = new URL(call.req.url).searchParams;
  knownQuery(
    call,
    QUERY_SINCE_75,
    (names) => `${pythonRepr(names[0])} does not match any of the regexes: '^_'`,
  );
  checkSort(call, since(call, 75) ? SORT_KEYS_SINCE_75 : [...SORT_KEYS_SINCE_75, ...IGNORED_SORT_KEYS]);
  const admin = isAdmin(call.get('token'));
  const everyone =
    query.has('all_tenants') && !/^(0|f|false|no|off|n)$/i.test(query.get('all_tenants') ?? '');
  if (everyone && !admin)
    refuse(403, "Policy doesn't allow os_compute_api:servers:detail:get_all_tenants to be performed.");
  const checks: ((server: ServerRecord) => boolean)[] = [];
  const projectId = projectOf(call);
  if (!everyone) checks.push((server) => server.projectId === projectId);
  const changed = moment(call, 'changes-since');
  const before = since(call, 66) ? moment(call, 'changes-before') : undefined;
  if (changed !== undefined && before !== undefined && changed > before) {
    refuse(400, 'The value of changes-since must be less than or equal to changes-before.');
  }
  // The database keeps whole seconds, and so does the comparison.
  if (changed !== undefined) checks.push((server) => Math.floor(server.updated / 1000) * 1000 >= changed);
  if (before !== undefined) checks.push((server) => Math.floor(server.updated / 1000) * 1000 <= before);
  const deletedToo = changed !== undefined || before !== undefined;
  if (!deletedToo) {
    const wantsDeleted = admin && /^(1|t|true|on|y|yes)$/i.test(query.get('deleted') ?? '');
    checks.push((server) => server.deleted === wantsDeleted);
  }
  const statuses = query.getAll('status');
  if (statuses.length > 0) {
    const states = statesOf(statuses);
    if (states.vm.size === 0) {
      if (since(call, 38)) refuse(400, 'Invalid status value');
      return [];
    }
    if (states.vm.size === 1 && states.vm.has('deleted') && !admin)
      refuse(403, 'Only administrators may list deleted instances');
    checks.push(
      (server) =>
        states.vm.has(server.vmState) &&
        (states.task.has('default') || states.task.has(server.taskState ?? '')),
    );
  }
  const text = (name: string): string | undefined => query.get(name) ?? undefined;
  const name = text('name');
  if (name !== undefined) checks.push((server) => pattern(name)(server.name));
  const image = text('image');
  if (image !== undefined) checks.push((server) => server.imageId === image);
  const flavor = text('flavor');
  if (flavor !== undefined) checks.push((server) => server.flavor.id === flavor);
  const ip = text('ip');
  if (ip !== undefined) checks.push((server) => addressesMatch(call, server, ip));
  const keyName = text('key_name');
  if (keyName !== undefined) checks.push((server) => server.keyName === keyName);
  const reservation = text('reservation_id');
  if (reservation !== undefined) checks.push((server) => server.reservationId === reservation);
  if (since(call, 26)) {
    const tags = (parameter: string): string[] | undefined => text(parameter)?.split(',');
    const all = tags('tags');
    if (all) checks.push((server) => all.every((tag) => server.tags.includes(tag)));
    const any = tags('tags-any');
    if (any) checks.push((server) => any.some((tag) => server.tags.includes(tag)));
    const not = tags('not-tags');
    if (not) checks.push((server) => !not.every((tag) => server.tags.includes(tag)));
    const notAny = tags('not-tags-any');
    if (notAny) checks.push((server) => !notAny.some((tag) => server.tags.includes(tag)));
  }
  const rows = [...call.env.region.servers.values()].filter((server) =>
    checks.every((check) => check(server)),
  );
  return sorted(call, rows);
}

/** Accepted and passed over before microversion 2.75. */
const IGNORED_SORT_KEYS = [
  'architecture', 'cell_name', 'cleaned', 'default_ephemeral_device', 'default_swap_device',
  'deleted', 'deleted_at', 'disable_terminate', 'ephemeral_gb', 'ephemeral_key_uuid', 'id',
  'key_data', 'launched_on', 'memory_mb', 'os_type', 'reservation_id', 'root_gb',
  'shutdown_terminate', 'user_data', 'vcpus', 'vm_mode',
]; // prettier-ignore

const SORT_KEYS_SINCE_75 = [
  'access_ip_v4', 'access_ip_v6', 'auto_disk_config', 'availability_zone', 'config_drive',
  'created_at', 'display_description', 'display_name', 'host', 'hostname', 'image_ref',
  'instance_type_id', 'kernel_id', 'key_name', 'launch_index', 'launched_at', 'locked',
  'locked_by', 'node', 'power_state', 'progress', 'project_id', 'ramdisk_id',
  'root_device_name', 'task_state', 'terminated_at', 'updated_at', 'user_id', 'uuid', 'vm_state',
]; // prettier-ignore

const SORT_KEYS: Readonly<Record<string, (server: ServerRecord) => string | number>> = {
  created_at: (server) => Math.floor(server.created / 1000),
  updated_at: (server) => Math.floor(server.updated / 1000),
  display_name: (server) => server.name.toLowerCase(),
  uuid: (server) => server.id,
  vm_state: (server) => server.vmState,
  task_state: (server) => server.taskState ?? '',
  power_state: (server) => server.powerState,
  launched_at: (server) => server.launchedAt ?? 0,
  key_name: (server) => server.keyName ?? '',
};

/** Nova appends `created_at` and `id` to any order, so that pages do not overlap. */
function sorted(call: Call, rows: ServerRecord[]): ServerRecord[] {
  const query = new URL(call.req.url).searchParams;
  const keys = query.getAll('sort_key');
  const directions = query.getAll('sort_dir');
  const orders = (keys.length > 0 ? keys : ['created_at']).flatMap((key, index) => {
    const pick = SORT_KEYS[key];
    const sign = (directions[index] ?? directions[0] ?? 'desc') === 'asc' ? 1 : -1;
    return pick ? [{ pick, sign }] : [];
  });
  const last = orders.at(-1)?.sign ?? -1;
  return rows.sort((a, b) => {
    for (const { pick, sign } of orders) {
      const left = pick(a);
      const right = pick(b);
      if (left !== right) return left < right ? -sign : sign;
    }
    return (a.sequence - b.sequence) * last;
  });
}

function list(call: Call, path: string, render: (server: ServerRecord) => unknown): Response {
  const { items, next } = page(call, listed(call), (server) => server.id);
  return json({
    servers: items.map(render),
    ...(next !== undefined && {
      servers_links: [{ rel: 'next', href: `${call.env.base}/compute/v2.1/${path}?${next}` }],
    }),
  });
}

/** The answer to an update, which holds all fields since 2.75 only. */
function updatedServer(call: Call, server: ServerRecord): Record<string, unknown> {
  const row = detailedServer(call, server, { single: true });
  if (since(call, 75)) return row;
  const left = /^(OS-EXT|OS-SRV-USG|os-extended|config_drive|key_name|security_groups)/;
  return Object.fromEntries(Object.entries(row).filter(([key]) => !left.test(key)));
}

/** `/servers` and `/servers/{id}`. */
export function servers(app: App, root: string): void {
  app.get(`${root}/servers`, (call) => list(call, 'servers', (server) => basicServer(call, server)));
  app.get(`${root}/servers/detail`, (call) =>
    list(call, 'servers/detail', (server) => detailedServer(call, server, { single: false })),
  );

  app.post(`${root}/servers`, async (call) => {
    const made = await createServers(call);
    if (made.reservationId !== undefined) return json({ reservation_id: made.reservationId }, 202);
    const { first, asked } = made;
    const location = `${call.env.base}/compute/v2.1/servers/${first.id}`;
    return json(
      {
        server: {
          id: first.id,
          links: selfLinks(call, 'servers', first.id),
          'OS-DCF:diskConfig': first.diskConfig,
          security_groups: arrayAt(asked, 'security_groups') ?? [{ name: 'default' }],
          adminPass: made.adminPass,
        },
      },
      202,
      { Location: location },
    );
  });

  app.get(`${root}/servers/:id`, (call) =>
    json({ server: detailedServer(call, serverIn(call), { single: true }) }),
  );

  app.put(`${root}/servers/:id`, async (call) => {
    const body = await bodyOf(call);
    if (body?.['server'] === undefined) refuse(400, "'server' is a required property");
    const wanted = checkMembers('server', body['server'], [
      'name',
      'OS-DCF:diskConfig',
      'accessIPv4',
      'accessIPv6',
      ...(since(call, 19) ? ['description'] : []),
      ...(since(call, 90) ? ['hostname'] : []),
    ]);
    const name = wanted['name'] === undefined ? undefined : checkName('name', wanted['name']);
    const hostname = checkHostname(wanted['hostname']);
    const description = checkDescription(wanted['description']);
    const server = serverIn(call);
    requireMember(call, 'os_compute_api:servers:update');
    server.name = name ?? server.name;
    server.hostname = hostname ?? server.hostname;
    if ('description' in wanted) server.description = description;
    change(server, call.env.state.now(), {});
    return json({ server: updatedServer(call, server) });
  });

  app.delete(`${root}/servers/:id`, (call) => {
    const server = serverIn(call);
    guard(call, server, {
      name: 'delete',
      policy: 'os_compute_api:servers:delete',
      tasks: 'any',
      mustHaveLaunched: false,
    });
    if (server.taskState !== 'deleting') {
      record(call, server, 'delete');
      remove(call.env.state, call.env.region, server);
    }
    return done(204);
  });

  app.post(`${root}/servers/:id/action`, (call) => serverAction(call, serverIn(call)));
}
