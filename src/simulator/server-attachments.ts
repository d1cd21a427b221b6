import { bodyOf, json, param, projectOf, type App, type Call } from './http.js';
import { objectAt, stringAt } from './json.js';
import { done, refuse, since } from './compute-version.js';
import type { PortRecord, ServerRecord, VolumeRecord } from './model.js';
import { guard, type Guard } from './server-guard.js';
import { change, connectTo, record } from './server-life.js';
import { checkMembers, invalidField } from './server-schema.js';
import { reachable } from './server-create.js';
import { serverIn } from './servers.js';

/** Volumes and network cards that come to a server and go. */

const VOLUME_STATES: NonNullable<Guard['from']> = [
  'active',
  'paused',
  'stopped',
  'resized',
  'soft-delete',
  'shelved',
  'shelved_offloaded',
];

/** Before 2.20 shelved servers keep what they have. */
function checkShelved(call: Call, server: ServerRecord, name: string): void {
  if (server.vmState.startsWith('shelved') && !since(call, 20))
    refuse(409, `Cannot '${name}' instance ${server.id} while it is in vm_state ${server.vmState}`);
}

function volumeOf(call: Call, id: string): VolumeRecord {
  const volume = call.env.region.volumes.get(id);
  if (volume?.projectId !== projectOf(call)) refuse(404, `Volume ${id} could not be found.`);
  return volume;
}

/** The first letter that no disk has; a server with a disk of its own has `vda`. */
function nextDevice(call: Call, server: ServerRecord): string {
  const taken = new Set(
    server.volumes.map(({ id }) => call.env.region.volumes.get(id)?.attachment?.device ?? ''),
  );
  if (server.imageId !== '') taken.add('/dev/vda');
  for (let code = 97; ; code += 1) {
    const device = `/dev/vd${String.fromCharCode(code)}`;
    if (!taken.has(device)) return device;
  }
}

function volumes(app: App, root: string): void {
  const path = `${root}/servers/:id/os-volume_attachments`;
  app.post(path, async (call) => {
    const body = await bodyOf(call);
    if (body?.['volumeAttachment'] === undefined) refuse(400, "'volumeAttachment' is a required property");
    const wanted = checkMembers('volumeAttachment', body['volumeAttachment'], [
      'volumeId',
      'device',
      ...(since(call, 49) ? ['tag'] : []),
      ...(since(call, 79) ? ['delete_on_termination'] : []),
    ]);
    const volumeId = stringAt(wanted, 'volumeId');
    if (volumeId === undefined)
      return invalidField('volumeAttachment', wanted, "'volumeId' is a required property");
    const server = serverIn(call);
    checkShelved(call, server, 'attach_volume');
    guard(call, server, {
      name: 'attach_volume',
      policy: 'os_compute_api:os-volumes-attachments:create',
      from: VOLUME_STATES,
    });
    const volume = volumeOf(call, volumeId);
    if (volume.status !== 'available') {
      refuse(
        400,
        `Invalid volume: volume ${volume.id} status must be 'available'. Currently in '${volume.status}' status`,
      );
    }
    record(call, server, 'attach_volume');
    const { state } = call.env;
    const device = nextDevice(call, server);
    const deleteOnTermination = wanted['delete_on_termination'] === true;
    const tag = stringAt(wanted, 'tag');
    server.volumes = [...server.volumes, { id: volume.id, deleteOnTermination, tag }];
    volume.attachment = { id: state.ids.uuid(), serverId: server.id, device, attachedAt: state.now() };
    volume.status = 'attaching';
    volume.updated = state.now();
    state.schedule(state.now() + state.settings.actionMs, (at) => {
      if (volume.status !== 'attaching') return;
      volume.status = 'in-use';
      volume.updated = at;
    });
    return json({
      volumeAttachment: {
        ...(!since(call, 89) && { id: volume.id }),
        serverId: server.id,
        volumeId: volume.id,
        device,
        ...(since(call, 70) && { tag: tag ?? null }),
        ...(since(call, 79) && { delete_on_termination: deleteOnTermination }),
      },
    });
  });
  const attached = (call: Call, server: ServerRecord): ServerRecord['volumes'][number] => {
    const id = param(call, 'volume');
    const found = server.volumes.find((each) => each.id === id);
    if (!found) refuse(404, `Instance ${server.id} is not attached to volume ${id}`);
    return found;
  };
  app.put(`${path}/:volume`, async (call) => {
    const wanted = objectAt(await bodyOf(call), 'volumeAttachment');
    const server = serverIn(call);
    if (!since(call, 85)) {
      refuse(403, "Policy doesn't allow os_compute_api:os-volumes-attachments:swap to be performed.");
    }
    guard(call, server, {
      name: 'update',
      policy: 'os_compute_api:os-volumes-attachments:update',
      tasks: 'any',
      mustHaveLaunched: false,
      passesLock: true,
    });
    const found = attached(call, server);
    if (stringAt(wanted, 'volumeId') !== found.id)
      refuse(403, "Policy doesn't allow os_compute_api:os-volumes-attachments:swap to be performed.");
    const deleted = wanted?.['delete_on_termination'];
    if (typeof deleted === 'boolean') found.deleteOnTermination = deleted;
    return done(202);
  });
  app.delete(`${path}/:volume`, (call) => {
    const server = serverIn(call);
    checkShelved(call, server, 'detach_volume');
    const volume = volumeOf(call, param(call, 'volume'));
    const found = attached(call, server);
    if (server.imageId === '' && server.volumes[0] === found)
      refuse(400, 'Cannot detach a root device volume');
    guard(call, server, {
      name: 'detach_volume',
      policy: 'os_compute_api:os-volumes-attachments:delete',
      from: VOLUME_STATES,
    });
    if (volume.status !== 'in-use') {
      refuse(
        400,
        `Invalid volume: volume '${volume.id}' status must be 'in-use'. Currently in '${volume.status}' status`,
      );
    }
    record(call, server, 'detach_volume');
    const { state } = call.env;
    volume.status = 'detaching';
    state.schedule(state.now() + state.settings.actionMs, (at) => {
      if (volume.status !== 'detaching') return;
      server.volumes = server.volumes.filter((each) => each !== found);
      volume.attachment = null;
      volume.status = 'available';
      volume.updated = at;
    });
    return done(202);
  });
}

function rendered(call: Call, port: PortRecord): unknown {
  return {
    port_state: port.status,
    port_id: port.id,
    net_id: port.networkId,
    mac_addr: port.mac,
    fixed_ips: port.fixedIps.map(({ subnetId, ip }) => ({ subnet_id: subnetId, ip_address: ip })),
    ...(since(call, 70) && { tag: null }),
  };
}

const INTERFACE_STATES: NonNullable<Guard['from']> = ['active', 'paused', 'stopped'];

function interfaces(app: App, root: string): void {
  const path = `${root}/servers/:id/os-interface`;
  app.post(path, async (call) => {
    const wanted = checkMembers(
      'interfaceAttachment',
      objectAt(await bodyOf(call), 'interfaceAttachment') ?? {},
      ['net_id', 'port_id', 'fixed_ips', ...(since(call, 49) ? ['tag'] : [])],
    );
    const server = serverIn(call);
    guard(call, server, {
      name: 'attach_interface',
      policy: 'os_compute_api:os-attach-interfaces:create',
      from: INTERFACE_STATES,
    });
    const { state, region } = call.env;
    const networkId = stringAt(wanted, 'net_id');
    const portId = stringAt(wanted, 'port_id');
    if (networkId !== undefined && portId !== undefined)
      refuse(400, 'Must not input both network_id and port_id');
    let port: PortRecord;
    if (portId !== undefined) {
      const found = region.ports.get(portId);
      if (found?.projectId !== server.projectId) refuse(404, `Port id ${portId} could not be found.`);
      if (found.deviceId !== '') refuse(409, `Port ${portId} is still in use.`);
      region.usePort(found, server.id, 'compute:nova');
      port = found;
    } else {
      const own = reachable(region, server.projectId);
      if (networkId !== undefined && !own.includes(networkId))
        refuse(404, `Network ${networkId} could not be found.`);
      if (networkId === undefined && own.length > 1)
        refuse(
          400,
          'More than one possible network found. Specify network ID(s) to select which one(s) to connect to.',
        );
      const network = networkId ?? own[0];
      if (network === undefined) refuse(400, 'No available networks.');
      port = connectTo(state, region, server, network, server.securityGroups, state.now());
    }
    port.status = 'ACTIVE';
    record(call, server, 'attach_interface');
    change(server, state.now(), {});
    return json({ interfaceAttachment: rendered(call, port) });
  });
  app.delete(`${path}/:port`, (call) => {
    const server = serverIn(call);
    guard(call, server, {
      name: 'detach_interface',
      policy: 'os_compute_api:os-attach-interfaces:delete',
      from: INTERFACE_STATES,
    });
    const id = param(call, 'port');
    const { state, region } = call.env;
    const port = region.portsOf(server.id).find((each) => each.id === id);
    if (!port) refuse(404, `Port id ${id} could not be found.`);
    record(call, server, 'detach_interface');
    state.schedule(state.now() + state.settings.actionMs, (at) => {
      region.removePort(port);
      change(server, at, {});
    });
    return done(202);
  });
}

export function serverAttachments(app: App, root: string): void {
  volumes(app, root);
  interfaces(app, root);
}
