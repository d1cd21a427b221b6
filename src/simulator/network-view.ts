import type { Call } from './http.js';
import { isAdmin, json } from './http.js';
import { isoSeconds } from './ids.js';
import type {
  FloatingIpRecord,
  NetworkRecord,
  PortRecord,
  RouterRecord,
  SecurityGroupRecord,
  SecurityGroupRuleRecord,
  SubnetRecord,
} from './model.js';
import { addressIn, subnetsOf } from './network-state.js';
import type { RegionState } from './state.js';

/** Neutron's rows and errors, with the extensions the local real cloud has. */

export function neutronError(status: number, type: string, message: string, detail = ''): Response {
  return json({ NeutronError: { type, message, detail } }, status);
}

type Row = Record<string, unknown>;

function stamps(o: { created: number; updated?: number; revision?: number }): Row {
  return {
    created_at: isoSeconds(o.created),
    updated_at: isoSeconds(o.updated ?? o.created),
    revision_number: o.revision ?? 0,
  };
}

function ownership(projectId: string): Row {
  return { tenant_id: projectId, project_id: projectId };
}

export function renderNetwork(call: Call, network: NetworkRecord): Row {
  return {
    id: network.id,
    name: network.name,
    ...ownership(network.projectId),
    admin_state_up: network.adminStateUp,
    mtu: network.mtu,
    status: 'ACTIVE',
    subnets: subnetsOf(call.env.region, network.id).map(({ id }) => id),
    shared: network.shared,
    availability_zone_hints: [],
    availability_zones: [],
    ipv4_address_scope: null,
    ipv6_address_scope: null,
    'router:external': network.external,
    ...(network.external &&
      !call.env.state.settings.withoutExtensions.has('auto-allocated-topology') && {
        is_default: network.isDefault,
      }),
    description: network.description,
    port_security_enabled: true,
    dns_domain: '',
    tags: network.tags,
    ...stamps(network),
    ...(isAdmin(call.get('token')) && {
      'provider:network_type': network.external ? 'flat' : 'vxlan',
      'provider:physical_network': network.external ? 'public' : null,
      'provider:segmentation_id': network.external ? null : 1,
    }),
  };
}

/** What of a network the asking project may see: under the newer policy defaults, only its owner is told whether it is external. */
export function visibleFields(call: Call, row: Row): Row {
  const token = call.get('token');
  const told =
    row['project_id'] === token.project?.id || isAdmin(token) || !call.env.state.settings.scopedPolicies;
  if (told) return row;
  const { 'router:external': _external, ...rest } = row;
  return rest;
}

/** First and last address of a subnet that a port may get. */
function poolOf(cidr: string): { start: string; end: string } {
  const size = 2 ** (32 - Number(cidr.split('/')[1] ?? 24));
  return { start: addressIn(cidr, 2), end: addressIn(cidr, size - 2) };
}

export function renderSubnet(subnet: SubnetRecord): Row {
  return {
    id: subnet.id,
    name: subnet.name,
    ...ownership(subnet.projectId),
    network_id: subnet.networkId,
    ip_version: 4,
    subnetpool_id: subnet.subnetpoolId,
    enable_dhcp: subnet.enableDhcp,
    ipv6_ra_mode: null,
    ipv6_address_mode: null,
    gateway_ip: subnet.gatewayIp,
    cidr: subnet.cidr,
    allocation_pools: [poolOf(subnet.cidr)],
    host_routes: [],
    dns_nameservers: [],
    description: subnet.description,
    service_types: [],
    tags: [],
    ...stamps(subnet),
  };
}

export function renderPort(port: PortRecord): Row {
  return {
    id: port.id,
    name: port.name,
    network_id: port.networkId,
    ...ownership(port.projectId),
    mac_address: port.mac,
    admin_state_up: true,
    status: port.status,
    device_id: port.deviceId,
    device_owner: port.deviceOwner,
    fixed_ips: port.fixedIps.map(({ subnetId, ip }) => ({ subnet_id: subnetId, ip_address: ip })),
    allowed_address_pairs: [],
    extra_dhcp_opts: [],
    security_groups: port.securityGroups,
    description: port.description,
    'binding:vnic_type': 'normal',
    port_security_enabled: true,
    dns_name: '',
    dns_assignment: port.fixedIps.map(({ ip }) => {
      const hostname = `host-${ip.replaceAll('.', '-')}`;
      return { ip_address: ip, hostname, fqdn: `${hostname}.cloud.internal.` };
    }),
    tags: [],
    ...stamps(port),
  };
}

export function renderRule(group: SecurityGroupRecord, rule: SecurityGroupRuleRecord): Row {
  return {
    id: rule.id,
    ...ownership(group.projectId),
    security_group_id: group.id,
    ethertype: rule.ethertype,
    direction: rule.direction,
    protocol: rule.protocol,
    port_range_min: rule.portMin,
    port_range_max: rule.portMax,
    remote_ip_prefix: rule.remoteIpPrefix,
    remote_address_group_id: null,
    normalized_cidr: rule.remoteIpPrefix,
    remote_group_id: rule.remoteGroupId,
    description: rule.description,
    tags: [],
    created_at: isoSeconds(rule.created),
    updated_at: isoSeconds(rule.created),
    revision_number: 0,
  };
}

export function renderSecurityGroup(group: SecurityGroupRecord): Row {
  return {
    id: group.id,
    name: group.name,
    stateful: true,
    ...ownership(group.projectId),
    description: group.description,
    shared: false,
    security_group_rules: group.rules.map((rule) => ({
      ...renderRule(group, rule),
      standard_attr_id: parseInt(rule.id.slice(0, 4), 16),
    })),
    tags: [],
    ...stamps(group),
  };
}

export function renderFloatingIp(region: RegionState, floating: FloatingIpRecord): Row {
  const port = floating.portId === null ? undefined : region.ports.get(floating.portId);
  return {
    id: floating.id,
    ...ownership(floating.projectId),
    floating_ip_address: floating.address,
    floating_network_id: floating.networkId,
    router_id: floating.routerId,
    port_id: floating.portId,
    fixed_ip_address: floating.fixedIp,
    status: floating.portId === null ? 'DOWN' : 'ACTIVE',
    description: floating.description,
    dns_domain: '',
    dns_name: '',
    port_details: port
      ? {
          name: port.name,
          network_id: port.networkId,
          mac_address: port.mac,
          admin_state_up: true,
          status: port.status,
          device_id: port.deviceId,
          device_owner: port.deviceOwner,
        }
      : null,
    port_forwardings: [],
    tags: [],
    ...stamps(floating),
  };
}

export function renderRouter(router: RouterRecord, region: RegionState): Row {
  const { externalNetworkId, externalIp } = router;
  return {
    id: router.id,
    name: router.name,
    ...ownership(router.projectId),
    admin_state_up: true,
    status: 'ACTIVE',
    external_gateway_info:
      externalNetworkId === null
        ? null
        : {
            network_id: externalNetworkId,
            external_fixed_ips: subnetsOf(region, externalNetworkId).map((subnet) => ({
              subnet_id: subnet.id,
              ip_address: externalIp,
            })),
            enable_snat: true,
          },
    description: router.description,
    availability_zones: [],
    availability_zone_hints: [],
    routes: [],
    flavor_id: null,
    tags: [],
    ...stamps(router),
  };
}
