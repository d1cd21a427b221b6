import { bodyOf, isAdmin, projectOf, type Call } from './http.js';
import {
  arrayAt,
  isObject,
  numberAt,
  objectAt,
  stringAt,
  stringList,
  stringsOf,
  type JsonObject,
} from './json.js';
import { refuse, requireMember, since } from './compute-version.js';
import type { FlavorRecord, ServerRecord } from './model.js';
import { autoAllocate, defaultExternalNetwork, defaultSecurityGroup } from './network-state.js';
import { groupHasRoom, instancesWithinQuota, metadataRefusal } from './quota.js';
import { groupHint } from './server-groups.js';
import { build, connectTo, record } from './server-life.js';
import { checkCreate } from './server-schema.js';
import type { RegionState } from './state.js';

/** What shall be attached, decided when asked and done when the build comes to it. */
type Connections =
  | { kind: 'none' }
  | { kind: 'auto' }
  | {
      kind: 'list';
      items: readonly ({ network: string; fixedIp?: string | undefined } | { port: string })[];
    };

function flavorFor(call: Call, server: JsonObject): FlavorRecord {
  const ref = String(server['flavorRef']).split('/').at(-1) ?? '';
  const flavor = call.env.region.flavors.get(ref);
  if (!flavor) refuse(400, `Flavor ${ref} could not be found.`);
  return flavor;
}

/** Networks this project may attach a server to. */
export function reachable(region: RegionState, projectId: string): string[] {
  return [...region.networks.values()]
    .filter((network) => !network.external && (network.projectId === projectId || network.shared))
    .map((network) => network.id);
}

/** Whether a project without a network can get one: Nova asks Neutron for a dry run. */
function checkAutoAllocation(call: Call, projectId: string): void {
  const { settings } = call.env.state;
  const missing = settings.withoutExtensions.has('auto-allocated-topology');
  if ((settings.scopedPolicies && !isAdmin(call.get('token'))) || missing) {
    refuse(
      500,
      "Unexpected API Error. Please report this at http://bugs.launchpad.net/nova/ and attach the Nova API log if possible.\n<class 'neutronclient.common.exceptions.NotFound'>",
    );
  }
  if (!defaultExternalNetwork(call.env.region))
    refuse(400, `Unable to automatically allocate a network for project ${projectId}`);
}

function connectionsFor(call: Call, wanted: unknown): Connections {
  const { region } = call.env;
  const projectId = projectOf(call);
  if (wanted === 'none') return { kind: 'none' };
  const own = reachable(region, projectId);
  const ambiguous = 'Multiple possible networks found, use a Network ID to be more specific.';
  if (wanted === 'auto') {
    if (own.length > 1) refuse(409, ambiguous);
    if (own.length === 0) checkAutoAllocation(call, projectId);
    return { kind: 'auto' };
  }
  const list: unknown[] = Array.isArray(wanted) ? wanted : [];
  if (list.length === 0) {
    if (own.length > 1) refuse(409, ambiguous);
    return { kind: 'list', items: own.map((network) => ({ network })) };
  }
  const items = list.map((item) => {
    const port = stringAt(item, 'port');
    if (port !== undefined) {
      const found = region.ports.get(port);
      if (found?.projectId !== projectId) refuse(400, `Port id ${port} could not be found.`);
      if (found.deviceId !== '') refuse(409, `Port ${port} is still in use.`);
      return { port };
    }
    const id = stringAt(item, 'uuid') ?? '';
    const network = region.networks.get(id);
    if (!network || (!own.includes(id) && !network.external))
      refuse(400, `Network ${id} could not be found.`);
    if (network.external && !network.shared)
      refuse(403, `It is not allowed to create an interface on external network ${id}`);
    const fixedIp = stringAt(item, 'fixed_ip');
    const taken = [...region.ports.values()].some(
      (port) => port.networkId === id && port.fixedIps.some(({ ip }) => ip === fixedIp),
    );
    if (fixedIp !== undefined && taken)
      refuse(400, `Fixed IP address ${fixedIp} is already in use on instance.`);
    return { network: id, fixedIp };
  });
  return { kind: 'list', items };
}

function securityGroupsFor(call: Call, names: readonly string[]): readonly string[] {
  const { region, state } = call.env;
  const projectId = projectOf(call);
  if (names.length === 0) return [defaultSecurityGroup(state, region, projectId).id];
  return names.map((name) => {
    if (name === 'default') return defaultSecurityGroup(state, region, projectId).id;
    const found = [...region.securityGroups.values()].filter(
      (group) => group.projectId === projectId && (group.id === name || group.name === name),
    );
    const [first, second] = found;
    if (!first) refuse(400, `Unable to find security_group with name or id '${name}'`);
    if (second)
      refuse(409, `Multiple security_group matches found for name '${name}', use an ID to be more specific.`);
    return first.id;
  });
}

interface Boot {
  readonly imageId: string;
  readonly volumes: ServerRecord['volumes'];
}

/** Image, or what the block devices say the server starts from. */
function bootFor(call: Call, server: JsonObject, flavor: FlavorRecord): Boot {
  const { region, state } = call.env;
  const devices = (arrayAt(server, 'block_device_mapping_v2') ?? []).filter(isObject);
  const volumes: Boot['volumes'] = [];
  let root: JsonObject | undefined;
  for (const device of devices) {
    const source = stringAt(device, 'source_type');
    const uuid = stringAt(device, 'uuid') ?? '';
    if (String(device['boot_index']) === '0') root = device;
    const deleteOnTermination = device['delete_on_termination'] === true;
    if (source === 'volume') {
      const volume = region.volumes.get(uuid);
      if (volume?.projectId !== projectOf(call))
        refuse(400, `Block Device Mapping is Invalid: failed to get volume ${uuid}.`);
      if (volume.status !== 'available')
        refuse(
          400,
          `Invalid volume: volume ${uuid} status must be 'available'. Currently in '${volume.status}'`,
        );
      volumes.push({ id: uuid, deleteOnTermination, tag: stringAt(device, 'tag') });
    } else if (source === 'image' && device['destination_type'] === 'volume') {
      const now = state.now();
      const volume = {
        id: state.ids.uuid(),
        name: '',
        description: '',
        projectId: projectOf(call),
        userId: call.get('token').user.id,
        size: numberAt(device, 'volume_size') ?? flavor.disk,
        status: 'available',
        type: 'standard',
        bootable: true,
        imageId: uuid,
        metadata: {},
        created: now,
        updated: now,
        attachment: null,
      };
      region.volumes.set(volume.id, volume);
      volumes.push({ id: volume.id, deleteOnTermination });
    }
  }
  const rootSource = stringAt(root, 'source_type');
  const fromVolume = root !== undefined && root['destination_type'] !== 'local' && rootSource !== 'blank';
  const imageRef = stringAt(server, 'imageRef') ?? '';
  if (imageRef === '' && !fromVolume) {
    if (devices.length > 0)
      refuse(
        400,
        'Block Device Mapping is Invalid: Boot sequence for the instance and image/block device mapping combination is not valid.',
      );
    refuse(400, 'Missing imageRef attribute');
  }
  checkImage(call, imageRef, flavor, fromVolume);
  return { imageId: fromVolume ? '' : imageRef, volumes };
}

function checkImage(call: Call, imageId: string, flavor: FlavorRecord, fromVolume: boolean): void {
  if (imageId === '') return;
  const image = call.env.region.images.get(imageId);
  const visible =
    image &&
    (image.visibility === 'public' || image.visibility === 'community' || image.owner === projectOf(call));
  if (!visible) refuse(400, 'Can not find requested image');
  if (image.status !== 'active') refuse(400, `Image ${imageId} is not active.`);
  if (flavor.ram < image.minRam) refuse(400, "Flavor's memory is too small for requested image.");
  if (fromVolume || flavor.disk === 0) return;
  const bytes = flavor.disk * 1024 ** 3;
  if (image.size > bytes)
    refuse(
      400,
      `Flavor's disk is too small for requested image. Flavor disk is ${bytes} bytes, image is ${image.size} bytes.`,
    );
  if (image.minDisk > flavor.disk)
    refuse(
      400,
      `Flavor's disk is smaller than the minimum size specified in image metadata. Flavor disk is ${bytes} bytes, minimum size is ${image.minDisk * 1024 ** 3} bytes.`,
    );
}

/** A host name made of a display name, as Nova makes it. */
export function hostnameFrom(name: string, id: string): string {
  const clean = name
    // What is outside of Latin-1 goes; letters such as ü stay.
    .replace(/[\u0100-\u{10ffff}]/gu, '')
    .replace(/[ _.]/g, '-')
    .replace(/[^\p{L}\p{N}_.-]+/gu, '')
    .toLowerCase()
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 63);
  return clean === '' ? `server-${id}` : clean;
}

function password(call: Call): string {
  const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  let text = '';
  while (text.length < 12) text += alphabet.charAt(Math.floor(call.env.state.ids.random() * alphabet.length));
  return text;
}

/** `POST /servers`: the rows made, and what the answer says. */
export async function createServers(call: Call): Promise<{
  first: ServerRecord;
  asked: JsonObject;
  adminPass: string;
  reservationId: string | undefined;
}> {
  const { region, state } = call.env;
  const body = await bodyOf(call);
  const asked = checkCreate(call, body);
  requireMember(call, 'os_compute_api:servers:create');
  const token = call.get('token');
  const projectId = projectOf(call);
  const min = numberAt(asked, 'min_count') ?? 1;
  const max = numberAt(asked, 'max_count') ?? min;
  if (min > max) refuse(400, 'min_count must be <= max_count');
  const zone = stringAt(asked, 'availability_zone');
  if (zone !== undefined && zone !== 'nova') refuse(400, 'The requested availability zone is not available');
  const flavor = flavorFor(call, asked);
  const connections = connectionsFor(call, asked['networks']);
  const groupNames = (arrayAt(asked, 'security_groups') ?? []).map((item) => stringAt(item, 'name') ?? '');
  const groups = securityGroupsFor(call, [...new Set(groupNames)]);
  const groupId = groupHint(call, body);
  const keyName = stringAt(asked, 'key_name') ?? null;
  if (
    keyName !== null &&
    !region.keypairs.some((pair) => pair.name === keyName && pair.userId === token.user.id)
  )
    refuse(400, 'Invalid key_name provided.');
  const metadata = stringsOf(objectAt(asked, 'metadata'));
  const refused = metadataRefusal(region, projectId, metadata);
  if (refused !== undefined) refuse(403, refused);
  const allowed = instancesWithinQuota(region, projectId, flavor, min, max);
  if (typeof allowed === 'string') refuse(403, allowed);
  if (groupId !== null && !groupHasRoom(region, { id: groupId, projectId }, token.user.id, allowed))
    refuse(403, 'Quota exceeded, too many servers in group');
  const boot = bootFor(call, asked, flavor);
  const reservationId = `r-${state.ids.hex(8)}`;
  const now = state.now();
  const name = (stringAt(asked, 'name') ?? '').trim();
  const made: ServerRecord[] = [];
  for (let index = 0; index < allowed; index++) {
    const id = state.ids.uuid();
    const own = allowed > 1 ? `${name}-${index + 1}` : name;
    const server: ServerRecord = {
      id,
      name: own,
      hostname: stringAt(asked, 'hostname') ?? hostnameFrom(own, id),
      projectId,
      userId: token.user.id,
      created: now,
      updated: now,
      launchedAt: null,
      terminatedAt: null,
      vmState: 'building',
      taskState: 'scheduling',
      powerState: 0,
      progress: 0,
      flavor,
      imageId: boot.imageId,
      keyName,
      metadata: { ...metadata },
      tags: since(call, 52) ? [...new Set(stringList(asked['tags']))] : [],
      // Before 2.19 the name served as description too.
      description: since(call, 19) ? (stringAt(asked, 'description') ?? null) : name,
      locked: false,
      lockedReason: null,
      userData: stringAt(asked, 'user_data') ?? null,
      availabilityZone: zone ?? '',
      configDrive: /^(true|1|on|yes)$/i.test(String(asked['config_drive'] ?? '')),
      diskConfig: asked['OS-DCF:diskConfig'] === 'AUTO' ? 'AUTO' : 'MANUAL',
      securityGroups: groups,
      volumes: [],
      fault: null,
      host: null,
      inCell: false,
      actions: [],
      sequence: ++region.serverSequence,
      launchIndex: index,
      reservationId,
      groupId,
      hints: objectAt(body, 'os:scheduler_hints') ?? {},
      deleted: false,
      console: [],
    };
    region.servers.set(id, server);
    made.push(server);
    if (index === 0) attach(call, server, boot.volumes, now);
    record(call, server, 'create');
    build(
      state,
      region,
      server,
      () => connect(call, server, connections),
      () => connections.kind !== 'none',
    );
  }
  const [first] = made;
  if (!first) refuse(400, 'min_count must be >= 1');
  const wantsReservation = asked['return_reservation_id'] === true;
  return {
    first,
    asked,
    adminPass: stringAt(asked, 'adminPass') ?? password(call),
    reservationId: wantsReservation ? reservationId : undefined,
  };
}

function attach(call: Call, server: ServerRecord, volumes: Boot['volumes'], now: number): void {
  server.volumes = [...volumes];
  volumes.forEach(({ id }, index) => {
    const volume = call.env.region.volumes.get(id);
    if (!volume) return;
    volume.status = 'in-use';
    volume.updated = now;
    volume.attachment = {
      id: call.env.state.ids.uuid(),
      serverId: server.id,
      device: `/dev/vd${String.fromCharCode(97 + index)}`,
      attachedAt: now,
    };
  });
}

function connect(call: Call, server: ServerRecord, connections: Connections): void {
  const { region, state } = call.env;
  const now = state.now();
  if (connections.kind === 'none') return;
  if (connections.kind === 'auto') {
    const [only] = reachable(region, server.projectId);
    const network = only === undefined ? autoAllocate(state, region, server.projectId) : { id: only };
    if (network) connectTo(state, region, server, network.id, server.securityGroups, now);
    return;
  }
  for (const item of connections.items) {
    if ('network' in item) {
      if (region.networks.has(item.network))
        connectTo(state, region, server, item.network, server.securityGroups, now, item.fixedIp);
      continue;
    }
    const port = region.ports.get(item.port);
    if (!port) continue;
    region.usePort(port, server.id, 'compute:nova');
    port.status = 'ACTIVE';
  }
}
