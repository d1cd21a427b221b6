import type { Call } from './http.js';
import { json, nothing } from './http.js';
import { isUuid } from './ids.js';
import { pythonRepr, stringAt, stringsOf, objectAt } from './json.js';
import { done, refuse, since } from './compute-version.js';
import type { FlavorRecord, ServerRecord } from './model.js';
import { computeQuotaOf, computeUsageOf } from './quota.js';
import { guard, type Action } from './server-guard.js';
import { change, record, transition } from './server-life.js';
import { checkMembers, checkName, invalidField } from './server-schema.js';
import { detailedServer } from './server-view.js';

/** Actions that change what a server is made of: its size, its disk, where it is kept. */

const SERVERS = 'os_compute_api:servers:';

/** Nova's message for a size for which too little is left. */
function checkQuota(call: Call, server: ServerRecord, flavor: FlavorRecord): void {
  const { region } = call.env;
  const quota = computeQuotaOf(region, server.projectId);
  const used = computeUsageOf(region, server.projectId);
  const more = { cores: flavor.vcpus - server.flavor.vcpus, ram: flavor.ram - server.flavor.ram };
  const over = (['cores', 'ram'] as const).filter(
    (kind) => more[kind] > 0 && quota[kind] >= 0 && used[kind] + more[kind] > quota[kind],
  );
  if (over.length === 0) return;
  const list = (pick: (kind: 'cores' | 'ram') => number): string =>
    over.map((kind) => String(pick(kind))).join(', ');
  const names = over.join(', ');
  refuse(
    403,
    `Quota exceeded for ${names}: Requested ${list((kind) => more[kind])}, but already used ` +
      `${list((kind) => used[kind])} of ${list((kind) => quota[kind])} ${names}`,
  );
}

/** A disk that cannot shrink: the host gives up, and the server is as it was. */
const resize: Action = (call, server, argument) => {
  const { flavorRef } = checkMembers('resize', argument, ['flavorRef', 'OS-DCF:diskConfig']);
  if (flavorRef === undefined) invalidField('resize', argument, "'flavorRef' is a required property");
  const id = String(flavorRef).split('/').at(-1) ?? '';
  guard(call, server, {
    name: 'resize',
    policy: `${SERVERS}resize`,
    from: ['active', 'stopped'],
    needsHost: true,
  });
  const flavor = call.env.region.flavors.get(id);
  if (!flavor || flavor.disabled) refuse(400, `Flavor ${id} could not be found.`);
  if (flavor.id === server.flavor.id) refuse(400, 'When resizing, instances must change flavor!');
  checkQuota(call, server, flavor);
  record(call, server, 'resize');
  const { vmState, powerState } = server;
  transition(
    call.env.state,
    server,
    'resize_prep',
    { vmState: 'resized', powerState },
    ['resize_migrating', 'resize_migrated', 'resize_finish'],
    () => {
      server.resizedFrom = { flavor: server.flavor, vmState: vmState === 'stopped' ? 'stopped' : 'active' };
      server.flavor = flavor;
    },
  );
  return done(202);
};

const confirmResize: Action = (call, server) => {
  guard(call, server, { name: 'confirmResize', policy: `${SERVERS}confirm_resize`, from: ['resized'] });
  record(call, server, 'confirmResize');
  const { state } = call.env;
  const vmState = server.powerState === 4 ? 'stopped' : 'active';
  // Nova names no task for it: the state turns when the host has cleaned up.
  state.schedule(state.now() + state.settings.actionMs, (at) => {
    if (server.deleted || server.vmState !== 'resized') return;
    server.resizedFrom = null;
    change(server, at, { vmState });
  });
  return done(204);
};

const revertResize: Action = (call, server) => {
  guard(call, server, { name: 'revertResize', policy: `${SERVERS}revert_resize`, from: ['resized'] });
  record(call, server, 'revertResize');
  const { resizedFrom } = server;
  const vmState = resizedFrom?.vmState ?? 'active';
  const to = { vmState, powerState: vmState === 'stopped' ? 4 : 1 } as const;
  transition(call.env.state, server, 'resize_reverting', to, [], () => {
    server.flavor = resizedFrom?.flavor ?? server.flavor;
    server.resizedFrom = null;
  });
  return done(202);
};

const rebuild: Action = (call, server, argument) => {
  const wanted = checkMembers('rebuild', argument, [
    'imageRef',
    'name',
    'adminPass',
    'metadata',
    'accessIPv4',
    'accessIPv6',
    'preserve_ephemeral',
    'OS-DCF:diskConfig',
    ...(since(call, 19) ? ['description'] : []),
    ...(since(call, 54) ? ['key_name'] : []),
    ...(since(call, 57) ? ['user_data'] : ['personality']),
    ...(since(call, 63) ? ['trusted_image_certificates'] : []),
    ...(since(call, 90) ? ['hostname'] : []),
  ]);
  const imageRef = wanted['imageRef'];
  if (imageRef === undefined) invalidField('rebuild', argument, "'imageRef' is a required property");
  const name = wanted['name'] === undefined ? undefined : checkName('name', wanted['name']);
  guard(call, server, {
    name: 'rebuild',
    policy: `${SERVERS}rebuild`,
    from: ['active', 'stopped', 'error'],
  });
  const image = call.env.region.images.get(String(imageRef));
  if (!image) refuse(400, 'Cannot find image for rebuild');
  if (image.status !== 'active') refuse(400, `Image ${image.id} is not active.`);
  if (server.imageId === '' && !since(call, 93))
    refuse(400, 'Unable to rebuild with a different image for a volume-backed server.');
  if (image.minRam > server.flavor.ram) refuse(400, "Flavor's memory is too small for requested image.");
  // One that runs from a volume has the disk of that.
  if (server.imageId !== '' && server.flavor.disk > 0 && image.minDisk > server.flavor.disk)
    refuse(400, "Flavor's disk is smaller than the minimum size specified in image metadata.");
  record(call, server, 'rebuild');
  server.name = name ?? server.name;
  if (server.imageId !== '') server.imageId = image.id;
  if (wanted['metadata'] !== undefined) server.metadata = stringsOf(objectAt(wanted, 'metadata'));
  const stopped = server.vmState === 'stopped';
  const to = stopped
    ? ({ vmState: 'stopped', powerState: 4 } as const)
    : ({ vmState: 'active', powerState: 1 } as const);
  transition(
    call.env.state,
    server,
    'rebuilding',
    to,
    ['rebuild_block_device_mapping', 'rebuild_spawning'],
    (at) => {
      server.fault = null;
      server.launchedAt = at;
    },
  );
  return json(
    { server: { ...detailedServer(call, server, { single: true }), adminPass: adminPass(call) } },
    202,
    { Location: `${call.env.base}/compute/v2.1/servers/${server.id}` },
  );
};

const shelve: Action = (call, server) => {
  guard(call, server, {
    name: 'shelve',
    policy: 'os_compute_api:os-shelve:shelve',
    from: ['active', 'stopped', 'paused', 'suspended'],
  });
  record(call, server, 'shelve');
  const steps = server.imageId === '' ? [] : ['shelving_image_pending_upload', 'shelving_image_uploading'];
  transition(
    call.env.state,
    server,
    'shelving',
    { vmState: 'shelved_offloaded', powerState: 4 },
    [...steps, 'shelving_offloading'],
    () => (server.host = null),
  );
  return done(202);
};

const unshelve: Action = (call, server, argument) => {
  if (since(call, 77) && argument !== null)
    checkMembers(
      'unshelve',
      argument,
      since(call, 91) ? ['availability_zone', 'host'] : ['availability_zone'],
    );
  guard(call, server, {
    name: 'unshelve',
    policy: 'os_compute_api:os-shelve:unshelve',
    from: ['shelved', 'shelved_offloaded'],
  });
  record(call, server, 'unshelve');
  transition(call.env.state, server, 'unshelving', { vmState: 'active', powerState: 1 }, ['spawning'], () => {
    server.host = 'sim-compute';
  });
  return done(202);
};

const rescue: Action = (call, server, argument) => {
  const wanted =
    argument === null ? undefined : checkMembers('rescue', argument, ['adminPass', 'rescue_image_ref']);
  const ref = wanted?.['rescue_image_ref'];
  if (ref !== undefined && !isUuid(String(ref)))
    invalidField('rescue_image_ref', ref, `${pythonRepr(ref)} is not a 'uuid'`);
  guard(call, server, {
    name: 'rescue',
    policy: 'os_compute_api:os-rescue',
    from: ['active', 'stopped', 'error'],
  });
  if (server.imageId === '' && !since(call, 87))
    refuse(400, `Instance ${server.id} cannot be rescued: Cannot rescue a volume-backed instance`);
  if (ref !== undefined && !call.env.region.images.has(String(ref)))
    refuse(400, `Image ${String(ref)} could not be found.`);
  record(call, server, 'rescue');
  transition(call.env.state, server, 'rescuing', { vmState: 'rescued', powerState: 1 });
  return json({ adminPass: stringAt(wanted, 'adminPass') ?? adminPass(call) });
};

const unrescue: Action = (call, server) => {
  guard(call, server, { name: 'unrescue', policy: 'os_compute_api:os-unrescue', from: ['rescued'] });
  record(call, server, 'unrescue');
  transition(call.env.state, server, 'unrescuing', { vmState: 'active', powerState: 1 });
  return done(202);
};

const createImage: Action = (call, server, argument) => {
  const wanted = checkMembers('createImage', argument, ['name', 'metadata']);
  if (wanted['name'] === undefined) invalidField('createImage', argument, "'name' is a required property");
  const name = checkName('name', wanted['name']);
  guard(call, server, {
    name: 'createImage',
    policy: `${SERVERS}create_image`,
    from: ['active', 'stopped', 'paused', 'suspended'],
    passesLock: true,
  });
  record(call, server, 'createImage');
  const { state, region } = call.env;
  const source = region.images.get(server.imageId);
  const now = state.now();
  const id = state.ids.uuid();
  const image = {
    id,
    name,
    status: server.imageId === '' ? 'active' : 'queued',
    visibility: 'private',
    owner: server.projectId,
    diskFormat: source?.diskFormat ?? 'qcow2',
    containerFormat: 'bare',
    size: server.imageId === '' ? 0 : (source?.size ?? 0),
    minDisk: server.flavor.disk,
    minRam: 0,
    protected: false,
    hidden: false,
    tags: [],
    properties: {
      ...source?.properties,
      ...stringsOf(objectAt(wanted, 'metadata')),
      image_type: 'snapshot',
      instance_uuid: server.id,
      base_image_ref: server.imageId,
    },
    checksum: source?.checksum ?? '00000000000000000000000000000000',
    created: now,
    updated: now,
  } as const;
  region.images.set(id, { ...image, tags: [] });
  if (server.imageId !== '') {
    const { vmState, powerState } = server;
    transition(
      state,
      server,
      'image_snapshot',
      { vmState, powerState },
      ['image_pending_upload', 'image_uploading'],
      (at) => {
        const made = region.images.get(id);
        if (made) Object.assign(made, { status: 'active', updated: at });
      },
      true,
    );
  }
  return since(call, 45)
    ? json({ image_id: id }, 202)
    : nothing(202, { Location: `${call.env.base}/image/v2/images/${id}` });
};

const changePassword: Action = (call, server, argument) => {
  const { adminPass: wanted } = checkMembers('changePassword', argument, ['adminPass']);
  if (wanted === undefined) invalidField('changePassword', argument, "'adminPass' is a required property");
  if (typeof wanted !== 'string')
    invalidField('adminPass', wanted, `${pythonRepr(wanted)} is not of type 'string'`);
  guard(call, server, {
    name: 'changePassword',
    policy: 'os_compute_api:os-admin-password',
    from: ['active'],
  });
  record(call, server, 'changePassword');
  transition(
    call.env.state,
    server,
    'updating_password',
    { vmState: 'active', powerState: 1 },
    [],
    undefined,
    true,
  );
  return done(202);
};

const restore: Action = (call, server) => {
  guard(call, server, {
    name: 'restore',
    policy: 'os_compute_api:os-deferred-delete:restore',
    from: ['soft-delete'],
  });
  record(call, server, 'restore');
  transition(call.env.state, server, 'restoring', { vmState: 'active', powerState: 1 });
  return done(202);
};

function groupOf(call: Call, server: ServerRecord, argument: unknown, action: string): string {
  const wanted = stringAt(argument, 'name');
  if (wanted === undefined)
    refuse(400, argument === null ? `${action} not specified` : 'Security group name cannot be empty');
  const own = [...call.env.region.securityGroups.values()].filter(
    ({ projectId }) => projectId === server.projectId,
  );
  const named = own.filter(({ id, name }) => id === wanted || name === wanted);
  if (named.length > 1 && !named.some(({ id }) => id === wanted))
    refuse(409, `Multiple security_group matches found for name '${wanted}', use an ID to be more specific.`);
  const [found] = named;
  if (!found) refuse(404, `Security group ${wanted} not found for project ${server.projectId}.`);
  return found.id;
}

const addSecurityGroup: Action = (call, server, argument) => {
  guard(call, server, {
    name: 'addSecurityGroup',
    policy: 'os_compute_api:os-security-groups:add',
    ...ANYTIME,
  });
  const id = groupOf(call, server, argument, 'addSecurityGroup');
  const ports = call.env.region.portsOf(server.id);
  for (const port of ports)
    if (!port.securityGroups.includes(id)) port.securityGroups = [...port.securityGroups, id];
  return done(202);
};

const removeSecurityGroup: Action = (call, server, argument) => {
  guard(call, server, {
    name: 'removeSecurityGroup',
    policy: 'os_compute_api:os-security-groups:remove',
    ...ANYTIME,
  });
  const id = groupOf(call, server, argument, 'removeSecurityGroup');
  const ports = call.env.region.portsOf(server.id);
  if (!ports.some((port) => port.securityGroups.includes(id)))
    refuse(404, `Security group ${id} not associated with the instance ${server.id}`);
  for (const port of ports) port.securityGroups = port.securityGroups.filter((each) => each !== id);
  return done(202);
};

const ANYTIME = { tasks: 'any', mustHaveLaunched: false, passesLock: true } as const;

/** A password as Nova makes one: 12 characters. */
function adminPass(call: Call): string {
  return call.env.state.ids.id().slice(0, 12);
}

export const CHANGES: Readonly<Record<string, Action>> = {
  resize,
  confirmResize,
  revertResize,
  rebuild,
  shelve,
  unshelve,
  rescue,
  unrescue,
  createImage,
  changePassword,
  restore,
  addSecurityGroup,
  removeSecurityGroup,
};
