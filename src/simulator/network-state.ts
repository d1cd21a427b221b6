import type {
  FloatingIpRecord,
  NetworkRecord,
  PortRecord,
  RouterRecord,
  SecurityGroupRecord,
  SecurityGroupRuleRecord,
  SubnetRecord,
} from './model.js';
import type { CloudState, RegionState } from './state.js';

/** How networks come about: shared by Neutron's own API, by Nova, and by the seed. */

/** `10.0.0.0/20` and 300 -> `10.0.1.44` */
export function addressIn(cidr: string, host: number): string {
  const network = (cidr.split('/')[0] ?? '').split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const address = network + host;
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

export function createNetwork(
  state: CloudState,
  region: RegionState,
  o: {
    name: string;
    projectId: string;
    external?: boolean;
    shared?: boolean;
    isDefault?: boolean;
    description?: string;
    adminStateUp?: boolean;
  },
): NetworkRecord {
  const now = state.now();
  const network: NetworkRecord = {
    id: state.ids.uuid(),
    name: o.name,
    projectId: o.projectId,
    external: o.external ?? false,
    shared: o.shared ?? false,
    isDefault: o.isDefault ?? false,
    adminStateUp: o.adminStateUp ?? true,
    mtu: 1450,
    description: o.description ?? '',
    created: now,
    updated: now,
    revision: 1,
    tags: [],
  };
  region.networks.set(network.id, network);
  return network;
}

export function createSubnet(
  state: CloudState,
  region: RegionState,
  network: NetworkRecord,
  o: {
    name: string;
    description?: string;
    cidr: string;
    gatewayIp?: string | null;
    enableDhcp?: boolean;
    subnetpoolId?: string;
  },
): SubnetRecord {
  const subnet: SubnetRecord = {
    id: state.ids.uuid(),
    name: o.name,
    description: o.description ?? '',
    networkId: network.id,
    projectId: network.projectId,
    cidr: o.cidr,
    gatewayIp: o.gatewayIp === undefined ? addressIn(o.cidr, 1) : o.gatewayIp,
    enableDhcp: o.enableDhcp ?? true,
    created: state.now(),
    subnetpoolId: o.subnetpoolId ?? null,
    nextHost: 10,
  };
  region.subnets.set(subnet.id, subnet);
  return subnet;
}

export function subnetsOf(region: RegionState, networkId: string): SubnetRecord[] {
  return [...region.subnets.values()].filter((subnet) => subnet.networkId === networkId);
}

export function createPort(
  state: CloudState,
  region: RegionState,
  o: {
    networkId: string;
    projectId: string;
    deviceId?: string;
    deviceOwner?: string;
    name?: string;
    description?: string;
    byNova?: boolean;
    fixedIp?: string | undefined;
    securityGroups?: readonly string[];
    at?: number;
  },
): PortRecord {
  const now = o.at ?? state.now();
  const port: PortRecord = {
    id: state.ids.uuid(),
    name: o.name ?? '',
    description: o.description ?? '',
    networkId: o.networkId,
    projectId: o.projectId,
    deviceId: o.deviceId ?? '',
    deviceOwner: o.deviceOwner ?? '',
    byNova: o.byNova ?? false,
    mac: state.ids.mac(),
    fixedIps: subnetsOf(region, o.networkId).map((subnet) => ({
      subnetId: subnet.id,
      ip: o.fixedIp ?? addressIn(subnet.cidr, subnet.nextHost++),
    })),
    securityGroups: o.securityGroups ?? [defaultSecurityGroup(state, region, o.projectId).id],
    status: o.deviceId ? 'ACTIVE' : 'DOWN',
    created: now,
    updated: now,
    revision: 1,
  };
  region.addPort(port);
  return port;
}

export function createSecurityGroup(
  state: CloudState,
  region: RegionState,
  o: { name: string; description: string; projectId: string },
): SecurityGroupRecord {
  const now = state.now();
  const group: SecurityGroupRecord = {
    id: state.ids.uuid(),
    name: o.name,
    description: o.description,
    projectId: o.projectId,
    created: now,
    updated: now,
    revision: 1,
    rules: [],
  };
  for (const ethertype of ['IPv4', 'IPv6'] as const)
    addRule(state, group, { direction: 'egress', ethertype });
  region.securityGroups.set(group.id, group);
  return group;
}

export function addRule(
  state: CloudState,
  group: SecurityGroupRecord,
  o: Pick<SecurityGroupRuleRecord, 'direction' | 'ethertype'> & Partial<SecurityGroupRuleRecord>,
): SecurityGroupRuleRecord {
  const rule: SecurityGroupRuleRecord = {
    protocol: null,
    portMin: null,
    portMax: null,
    remoteIpPrefix: null,
    remoteGroupId: null,
    description: null,
    created: state.now(),
    ...o,
    id: state.ids.uuid(),
  };
  group.rules.push(rule);
  group.revision++;
  group.updated = state.now();
  return rule;
}

/** The project's `default` group, which Neutron makes when first asked about the project. */
export function defaultSecurityGroup(
  state: CloudState,
  region: RegionState,
  projectId: string,
): SecurityGroupRecord {
  for (const group of region.securityGroups.values())
    if (group.projectId === projectId && group.name === 'default') return group;
  const group = createSecurityGroup(state, region, {
    name: 'default',
    description: 'Default security group',
    projectId,
  });
  for (const ethertype of ['IPv4', 'IPv6'] as const)
    addRule(state, group, { direction: 'ingress', ethertype, remoteGroupId: group.id });
  return group;
}

/** The external network auto-allocation and floating IPs default to. */
export function defaultExternalNetwork(region: RegionState): NetworkRecord | undefined {
  return [...region.networks.values()].find((network) => network.external && network.isDefault);
}

export function autoAllocated(region: RegionState, projectId: string): NetworkRecord | undefined {
  return [...region.networks.values()].find(
    (network) => network.projectId === projectId && network.name === 'auto_allocated_network',
  );
}

/** Network, subnet and router in one, as `auto-allocated-topology` makes them; undefined where the cloud cannot. */
export function autoAllocate(
  state: CloudState,
  region: RegionState,
  projectId: string,
): NetworkRecord | undefined {
  const existing = autoAllocated(region, projectId);
  if (existing) return existing;
  const external = defaultExternalNetwork(region);
  if (!external) return undefined;
  const network = createNetwork(state, region, { name: 'auto_allocated_network', projectId });
  const index = region.nextPrivateNet++;
  const subnet = createSubnet(state, region, network, {
    name: 'auto_allocated_subnet_v4',
    cidr: `10.${Math.floor(index / 16)}.${(index % 16) * 16}.0/20`,
    subnetpoolId: state.idFor(`subnetpool/${region.name}`),
  });
  const router = createRouter(state, region, {
    name: 'auto_allocated_router',
    projectId,
    externalNetworkId: external.id,
  });
  router.description = null;
  connectRouter(state, region, router, subnet);
  return network;
}

export function nextExternalAddress(region: RegionState, networkId: string): string {
  const subnet = subnetsOf(region, networkId)[0];
  return addressIn(subnet?.cidr ?? '198.18.0.0/16', region.nextExternalHost++);
}

export function createRouter(
  state: CloudState,
  region: RegionState,
  o: { name: string; projectId: string; externalNetworkId: string | null },
): RouterRecord {
  const now = state.now();
  const router: RouterRecord = {
    id: state.ids.uuid(),
    name: o.name,
    projectId: o.projectId,
    description: '',
    externalNetworkId: o.externalNetworkId,
    externalIp: o.externalNetworkId === null ? null : nextExternalAddress(region, o.externalNetworkId),
    subnetIds: [],
    created: now,
    updated: now,
    revision: 1,
  };
  region.routers.set(router.id, router);
  return router;
}

/** Plugs a router into a subnet, at its gateway address. */
export function connectRouter(
  state: CloudState,
  region: RegionState,
  router: RouterRecord,
  subnet: SubnetRecord,
): PortRecord {
  const now = state.now();
  const port: PortRecord = {
    id: state.ids.uuid(),
    name: '',
    description: '',
    byNova: false,
    networkId: subnet.networkId,
    projectId: router.projectId,
    deviceId: router.id,
    deviceOwner: 'network:router_interface',
    mac: state.ids.mac(),
    fixedIps: [{ subnetId: subnet.id, ip: subnet.gatewayIp ?? addressIn(subnet.cidr, subnet.nextHost++) }],
    securityGroups: [],
    status: 'DOWN',
    created: now,
    updated: now,
    revision: 1,
  };
  region.addPort(port);
  router.subnetIds.push(subnet.id);
  return port;
}

/** Unplugs a router; the port that is gone, or undefined where there was none. */
export function disconnectRouter(
  region: RegionState,
  router: RouterRecord,
  subnet: SubnetRecord,
): PortRecord | undefined {
  const port = region
    .portsOf(router.id)
    .find((other) => other.fixedIps.some(({ subnetId }) => subnetId === subnet.id));
  if (port) region.removePort(port);
  router.subnetIds = router.subnetIds.filter((id) => id !== subnet.id);
  return port;
}

export function createFloatingIp(
  state: CloudState,
  region: RegionState,
  o: { projectId: string; networkId: string; description?: string },
): FloatingIpRecord {
  const now = state.now();
  const floating: FloatingIpRecord = {
    id: state.ids.uuid(),
    projectId: o.projectId,
    networkId: o.networkId,
    address: nextExternalAddress(region, o.networkId),
    portId: null,
    fixedIp: null,
    routerId: null,
    description: o.description ?? '',
    created: now,
    updated: now,
    revision: 1,
  };
  region.floatingIps.set(floating.id, floating);
  return floating;
}
