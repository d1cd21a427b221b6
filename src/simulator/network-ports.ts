import { isAdmin, json, nothing, projectOf, type App, type Call } from './http.js';
import { arrayAt, stringAt, stringList } from './json.js';
import type { FloatingIpRecord, PortRecord } from './model.js';
import {
  checkNetworkQuota,
  NETWORK_ROOT,
  neutronList,
  onlyFields,
  ownRows,
  refuseMissing,
  refuseNetwork,
  requireNetworkMember,
  rowIn,
  wantedIn,
} from './network-common.js';
import { createFloatingIp, createPort, defaultSecurityGroup, subnetsOf } from './network-state.js';
import { renderFloatingIp, renderPort } from './network-view.js';

const PORT_ATTRIBUTES = [
  'network_id',
  'admin_state_up',
  'fixed_ips',
  'security_groups',
  'device_id',
  'device_owner',
  'mac_address',
  'allowed_address_pairs',
  'port_security_enabled',
  'dns_name',
  'binding:vnic_type',
];

export function ports(app: App): void {
  const root = NETWORK_ROOT;
  const own = (call: Call): PortRecord[] => ownRows(call, call.env.region.ports);
  app.get(`${root}/ports`, (call) =>
    neutronList(call, 'ports', own(call).map(renderPort), [
      'device_id',
      'device_owner',
      'network_id',
      'mac_address',
      'fixed_ips',
      'security_groups',
      'admin_state_up',
    ]),
  );
  app.get(`${root}/ports/:id`, (call) =>
    json({ port: onlyFields(call, renderPort(rowIn(call, own(call), 'port'))) }),
  );
  app.post(`${root}/ports`, async (call) => {
    const wanted = await wantedIn(call, 'port', PORT_ATTRIBUTES, ['network_id']);
    requireNetworkMember(call, 'create_port');
    const { region, state } = call.env;
    const id = stringAt(wanted, 'network_id') ?? '';
    const parent = region.networks.get(id);
    if (!parent) refuseMissing('network', id);
    if (parent.projectId !== projectOf(call) && !parent.shared) {
      if (!parent.external) refuseMissing('network', id);
      refuseNetwork(
        403,
        'HTTPForbidden',
        `Tenant ${projectOf(call)} not allowed to create port on this network`,
      );
    }
    checkNetworkQuota(call, 'port');
    const groups = wanted['security_groups'];
    const owner = stringAt(wanted, 'device_owner') ?? '';
    if (owner.startsWith('network:') && !isAdmin(call.get('token')))
      refuseNetwork(
        403,
        'PolicyNotAuthorized',
        '(rule:create_port and rule:create_port:device_owner) is disallowed by policy',
      );
    const [fixed] = arrayAt(wanted, 'fixed_ips') ?? [];
    const fixedIp = stringAt(fixed, 'ip_address');
    const taken = [...region.ports.values()].some(
      (port) => port.networkId === id && port.fixedIps.some(({ ip }) => ip === fixedIp),
    );
    if (fixedIp !== undefined && taken)
      refuseNetwork(
        409,
        'IpAddressAlreadyAllocated',
        `IP address ${fixedIp} already allocated in subnet ${subnetsOf(region, id)[0]?.id ?? ''}`,
      );
    const made = createPort(state, region, {
      networkId: id,
      projectId: projectOf(call),
      name: stringAt(wanted, 'name') ?? '',
      description: stringAt(wanted, 'description') ?? '',
      fixedIp,
      deviceId: stringAt(wanted, 'device_id') ?? '',
      deviceOwner: owner,
      securityGroups: Array.isArray(groups)
        ? stringList(groups)
        : [defaultSecurityGroup(state, region, projectOf(call)).id],
    });
    return json({ port: renderPort(made) }, 201);
  });
  app.put(`${root}/ports/:id`, async (call) => {
    const row = rowIn(call, own(call), 'port');
    const wanted = await wantedIn(call, 'port', PORT_ATTRIBUTES);
    requireNetworkMember(call, 'update_port');
    row.name = stringAt(wanted, 'name') ?? row.name;
    row.description = stringAt(wanted, 'description') ?? row.description;
    const groups = wanted['security_groups'];
    if (Array.isArray(groups)) {
      const { securityGroups } = call.env.region;
      const missing = stringList(groups).find((each) => !securityGroups.has(each));
      if (missing !== undefined) refuseMissing('security_group', missing);
      row.securityGroups = stringList(groups);
    }
    row.updated = call.env.state.now();
    row.revision++;
    return json({ port: renderPort(row) });
  });
  app.delete(`${root}/ports/:id`, (call) => {
    const row = rowIn(call, own(call), 'port');
    requireNetworkMember(call, 'delete_port');
    if (row.deviceOwner === 'network:router_interface') {
      refuseNetwork(
        409,
        'L3PortInUse',
        `Port ${row.id} cannot be deleted directly via the port API: has device owner network:router_interface.`,
      );
    }
    call.env.region.removePort(row);
    return nothing(204);
  });
}

/** Points a floating IP at a port, or refuses as Neutron does. */
function bind(call: Call, floating: FloatingIpRecord, portId: string | null): void {
  const { region } = call.env;
  if (portId === null) {
    region.bindFloatingIp(floating, undefined);
    return;
  }
  const port = ownRows(call, region.ports).find((row) => row.id === portId);
  if (!port) refuseMissing('port', portId);
  const taken = region.floatingIpsByPort.get(portId);
  if (taken && taken !== floating) {
    refuseNetwork(
      409,
      'FloatingIPPortAlreadyAssociated',
      `Cannot associate floating IP ${taken.address} (${taken.id}) with port ${portId} using fixed IP ${port.fixedIps[0]?.ip ?? ''}, as that fixed IP already has a floating IP on external network ${floating.networkId}.`,
    );
  }
  const routed = [...region.routers.values()].some(
    (router) =>
      router.externalNetworkId === floating.networkId &&
      port.fixedIps.some(({ subnetId }) => router.subnetIds.includes(subnetId)),
  );
  if (!routed) {
    refuseNetwork(
      404,
      'ExternalGatewayForFloatingIPNotFound',
      `External network ${floating.networkId} is not reachable from subnet ${port.fixedIps[0]?.subnetId ?? ''}.  Therefore, cannot associate Port ${portId} with a Floating IP.`,
    );
  }
  region.bindFloatingIp(floating, port);
}

const FLOATING_ATTRIBUTES = [
  'port_id',
  'fixed_ip_address',
  'floating_ip_address',
  'subnet_id',
  'dns_name',
  'dns_domain',
];

export function floatingIps(app: App): void {
  const root = NETWORK_ROOT;
  const own = (call: Call): FloatingIpRecord[] => ownRows(call, call.env.region.floatingIps);
  app.get(`${root}/floatingips`, (call) =>
    neutronList(
      call,
      'floatingips',
      own(call).map((row) => renderFloatingIp(call.env.region, row)),
      ['floating_ip_address', 'floating_network_id', 'port_id', 'fixed_ip_address', 'router_id'],
    ),
  );
  app.get(`${root}/floatingips/:id`, (call) =>
    json({
      floatingip: onlyFields(call, renderFloatingIp(call.env.region, rowIn(call, own(call), 'floatingip'))),
    }),
  );
  app.post(`${root}/floatingips`, async (call) => {
    const wanted = await wantedIn(call, 'floatingip', FLOATING_ATTRIBUTES, ['floating_network_id']);
    requireNetworkMember(call, 'create_floatingip');
    const id = stringAt(wanted, 'floating_network_id') ?? '';
    const { region, state } = call.env;
    const parent = region.networks.get(id);
    if (!parent) refuseMissing('network', id);
    if (!parent.external) {
      refuseNetwork(
        400,
        'BadRequest',
        `Bad floatingip request: Network ${id} is not a valid external network.`,
      );
    }
    checkNetworkQuota(call, 'floatingip');
    const made = createFloatingIp(state, region, {
      projectId: projectOf(call),
      networkId: id,
      description: stringAt(wanted, 'description') ?? '',
    });
    const port = stringAt(wanted, 'port_id');
    if (port !== undefined) {
      try {
        bind(call, made, port);
      } catch (error) {
        region.floatingIps.delete(made.id);
        throw error;
      }
    }
    return json({ floatingip: renderFloatingIp(region, made) }, 201);
  });
  app.put(`${root}/floatingips/:id`, async (call) => {
    const row = rowIn(call, own(call), 'floatingip');
    const wanted = await wantedIn(call, 'floatingip', FLOATING_ATTRIBUTES);
    requireNetworkMember(call, 'update_floatingip');
    if ('port_id' in wanted) bind(call, row, stringAt(wanted, 'port_id') ?? null);
    row.description = stringAt(wanted, 'description') ?? row.description;
    row.updated = call.env.state.now();
    row.revision++;
    return json({ floatingip: renderFloatingIp(call.env.region, row) });
  });
  app.delete(`${root}/floatingips/:id`, (call) => {
    const row = rowIn(call, own(call), 'floatingip');
    requireNetworkMember(call, 'delete_floatingip');
    call.env.region.bindFloatingIp(row, undefined);
    call.env.region.floatingIps.delete(row.id);
    return nothing(204);
  });
}
