import { isAdmin, json, nothing, projectOf, type App, type Call } from './http.js';
import { stringAt } from './json.js';
import type { NetworkRecord, SubnetRecord } from './model.js';
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
import { createNetwork, createSubnet, subnetsOf } from './network-state.js';
import { renderNetwork, renderSubnet, visibleFields } from './network-view.js';

/** Networks this project sees: its own, shared ones, external ones. */
export function visibleNetworks(call: Call): NetworkRecord[] {
  return [...call.env.region.networks.values()].filter(
    (row) => row.projectId === projectOf(call) || row.shared || row.external || isAdmin(call.get('token')),
  );
}

function visibleSubnets(call: Call): SubnetRecord[] {
  const { networks, subnets } = call.env.region;
  return [...subnets.values()].filter(
    (row) =>
      row.projectId === projectOf(call) ||
      networks.get(row.networkId)?.shared === true ||
      isAdmin(call.get('token')),
  );
}

const NETWORK_FILTERS = ['shared', 'admin_state_up', 'router:external', 'is_default', 'mtu'];
const NETWORK_ATTRIBUTES = [
  'admin_state_up',
  'shared',
  'router:external',
  'is_default',
  'mtu',
  'port_security_enabled',
  'dns_domain',
  'availability_zone_hints',
];

export function networks(app: App): void {
  const root = NETWORK_ROOT;
  app.get(`${root}/networks`, (call) =>
    neutronList(
      call,
      'networks',
      visibleNetworks(call).map((row) => renderNetwork(call, row)),
      NETWORK_FILTERS,
      (row) => visibleFields(call, row),
    ),
  );
  app.get(`${root}/networks/:id`, (call) =>
    json({
      network: onlyFields(
        call,
        visibleFields(call, renderNetwork(call, rowIn(call, visibleNetworks(call), 'network'))),
      ),
    }),
  );
  app.post(`${root}/networks`, async (call) => {
    const wanted = await wantedIn(call, 'network', NETWORK_ATTRIBUTES);
    requireNetworkMember(call, 'create_network');
    for (const attribute of ['shared', 'router:external']) {
      if (wanted[attribute] === true && !isAdmin(call.get('token'))) {
        refuseNetwork(
          403,
          'PolicyNotAuthorized',
          `(rule:create_network and rule:create_network:${attribute}) is disallowed by policy`,
        );
      }
    }
    checkNetworkQuota(call, 'network');
    const made = createNetwork(call.env.state, call.env.region, {
      name: stringAt(wanted, 'name') ?? '',
      projectId: projectOf(call),
      description: stringAt(wanted, 'description') ?? '',
      adminStateUp: wanted['admin_state_up'] !== false,
      external: wanted['router:external'] === true,
      shared: wanted['shared'] === true,
    });
    return json({ network: { ...renderNetwork(call, made), is_default: made.isDefault } }, 201);
  });
  app.delete(`${root}/networks/:id`, (call) => {
    const row = rowIn(call, visibleNetworks(call), 'network');
    if (row.projectId !== projectOf(call) && !isAdmin(call.get('token')))
      refuseNetwork(403, 'PolicyNotAuthorized', 'rule:delete_network is disallowed by policy');
    requireNetworkMember(call, 'delete_network');
    const { region } = call.env;
    const used = [...region.ports.values()].filter((port) => port.networkId === row.id);
    if (used.length > 0) {
      refuseNetwork(
        409,
        'NetworkInUse',
        `Unable to complete operation on network ${row.id}. There are one or more ports still in use on the network, id for these ports is: ${used.map(({ id }) => id).join(',')}.`,
      );
    }
    region.networks.delete(row.id);
    for (const subnet of subnetsOf(region, row.id)) region.subnets.delete(subnet.id);
    return nothing(204);
  });
}

const SUBNET_ATTRIBUTES = [
  'cidr',
  'gateway_ip',
  'enable_dhcp',
  'allocation_pools',
  'dns_nameservers',
  'host_routes',
  'subnetpool_id',
  'use_default_subnetpool',
  'prefixlen',
  'ipv6_ra_mode',
  'ipv6_address_mode',
];

export function subnets(app: App): void {
  const root = NETWORK_ROOT;
  app.get(`${root}/subnets`, (call) => neutronList(call, 'subnets', visibleSubnets(call).map(renderSubnet)));
  app.get(`${root}/subnets/:id`, (call) =>
    json({ subnet: onlyFields(call, renderSubnet(rowIn(call, visibleSubnets(call), 'subnet'))) }),
  );
  app.post(`${root}/subnets`, async (call) => {
    const wanted = await wantedIn(call, 'subnet', SUBNET_ATTRIBUTES, ['network_id', 'ip_version']);
    requireNetworkMember(call, 'create_subnet');
    const { region, state } = call.env;
    const id = stringAt(wanted, 'network_id') ?? '';
    const parent = ownRows(call, region.networks).find((row) => row.id === id);
    if (!parent) refuseMissing('network', id);
    const cidr = stringAt(wanted, 'cidr');
    if (cidr === undefined || !/^\d+\.\d+\.\d+\.\d+\/\d+$/.test(cidr)) {
      refuseNetwork(
        400,
        'BadRequest',
        'Bad subnets request: a subnetpool must be specified in the absence of a cidr.',
      );
    }
    if (subnetsOf(region, id).some((other) => other.cidr === cidr)) {
      refuseNetwork(
        400,
        'InvalidInput',
        `Invalid input for operation: Requested subnet with cidr: ${cidr} for network: ${id} overlaps with another subnet.`,
      );
    }
    checkNetworkQuota(call, 'subnet');
    const made = createSubnet(state, region, parent, {
      name: stringAt(wanted, 'name') ?? '',
      description: stringAt(wanted, 'description') ?? '',
      cidr,
      ...(wanted['gateway_ip'] === null && { gatewayIp: null }),
      enableDhcp: wanted['enable_dhcp'] !== false,
    });
    return json({ subnet: renderSubnet(made) }, 201);
  });
  app.delete(`${root}/subnets/:id`, (call) => {
    const row = rowIn(call, ownRows(call, call.env.region.subnets), 'subnet');
    requireNetworkMember(call, 'delete_subnet');
    const used = [...call.env.region.ports.values()].filter((port) =>
      port.fixedIps.some(({ subnetId }) => subnetId === row.id),
    );
    if (used.length > 0) {
      refuseNetwork(
        409,
        'SubnetInUse',
        `Unable to complete operation on subnet ${row.id}: One or more ports have an IP allocation from this subnet.`,
      );
    }
    call.env.region.subnets.delete(row.id);
    return nothing(204);
  });
}
