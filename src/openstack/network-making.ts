import { versioned } from './catalog.js';
import type { Action } from './errors.js';
import { key, list, member, needed, optional, readRow, rowReader, text } from './schema.js';
import { ServiceClient, type CallOptions, type ServiceClientOptions } from './service.js';

/** Something of the network service, as far as making and removing it needs. */
export interface NetworkPart {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** ISO 8601; empty where the cloud does not tell. */
  readonly created: string;
}

/** Reference: Network, GET /v2.0/security-groups. */
export interface Group extends NetworkPart {
  /** How many rules let something in. */
  readonly openings: number;
}

/** Reference: Network, GET /v2.0/ports. */
export interface Port extends NetworkPart {
  readonly networkId: string;
  /** Empty: nothing uses it. */
  readonly deviceId: string;
  readonly deviceOwner: string;
  readonly securityGroups: readonly string[];
  readonly addresses: readonly string[];
  /** Ids of the subnets that the addresses are of. */
  readonly subnetIds: readonly string[];
}

/** Reference: Network, GET /v2.0/floatingips. */
export interface Address extends NetworkPart {
  readonly address: string;
  readonly networkId: string;
  readonly portId: string | undefined;
  /** It leads to no port, or to one that nothing uses; false where the cloud does not tell. */
  readonly unused: boolean;
}

/** One thing that a new security group lets in; without a range all ports, without `from` from anywhere. */
export interface NewRule {
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'ipv6-icmp';
  readonly ethertype: 'IPv4' | 'IPv6';
  readonly ports?: readonly [number, number] | undefined;
  /** CIDR. */
  readonly from?: string | undefined;
}

const OPEN = 'open' as const;
const part = {
  id: key('id'),
  name: optional('name', text, ''),
  description: optional('description', text, ''),
  created: optional('created_at', text, ''),
};
const partReader = rowReader('network.part', part, OPEN);
const rawPort = rowReader(
  'port',
  {
    ...part,
    networkId: needed('network_id', text, ''),
    deviceId: optional('device_id', text, ''),
    deviceOwner: optional('device_owner', text, ''),
    securityGroups: optional('security_groups', list(text), []),
    fixedIps: optional(
      'fixed_ips',
      list(
        rowReader(
          'port.address',
          { address: needed('ip_address', text, ''), subnetId: optional('subnet_id', text) },
          OPEN,
        ),
      ),
      [],
    ),
  },
  OPEN,
);
const rawGroup = rowReader(
  'security_group',
  {
    ...part,
    rules: optional(
      'security_group_rules',
      list(rowReader('security_group.rule', { direction: optional('direction', text, '') }, OPEN)),
      [],
    ),
  },
  OPEN,
);
const rawAddress = rowReader(
  'floatingip',
  {
    id: key('id'),
    description: part.description,
    created: part.created,
    address: needed('floating_ip_address', text, ''),
    networkId: needed('floating_network_id', text, ''),
    portId: optional('port_id', text),
    // Extension fip-port-details.
    port: optional(
      'port_details',
      rowReader('floatingip.port', { deviceId: optional('device_id', text) }, OPEN),
    ),
  },
  OPEN,
);

function portOf(raw: unknown): Port {
  const { fixedIps, ...port } = readRow(rawPort, raw, 'port');
  return {
    ...port,
    addresses: fixedIps.map(({ address }) => address),
    subnetIds: fixedIps.flatMap(({ subnetId }) => subnetId ?? []),
  };
}

function addressOf(raw: unknown): Address {
  const { port, ...row } = readRow(rawAddress, raw, 'floatingip');
  return { ...row, name: row.address, unused: row.portId === undefined || port?.deviceId === '' };
}

function groupOf(raw: unknown): Group {
  const { rules, ...group } = readRow(rawGroup, raw, 'security_group');
  return { ...group, openings: rules.filter(({ direction }) => direction === 'ingress').length };
}

function rows<T>(body: unknown, name: string, read: (raw: unknown) => T): readonly T[] {
  const raw = member(body, name);
  if (!Array.isArray(raw)) throw new TypeError(`no list of ${name} in the answer`);
  return raw.map(read);
}

const partOf = (raw: unknown): NetworkPart => readRow(partReader, raw, 'part');

/**
 * What it takes to put something new on a network, and to remove it again. A client of its own, so that a page that
 * only shows networks does not carry it. Reference: Network API v2.0.
 */
export class NetworkMaker extends ServiceClient {
  static readonly type = 'network';

  constructor(o: ServiceClientOptions) {
    super({ ...o, endpoint: versioned(o.endpoint, 'v2.0') });
  }

  /**
   * The project's own ports of a name, an id, a network, a device, or with a device owner; an empty `device_id` finds
   * those that nothing uses, where there is the extension `empty-string-filtering`. Never all of them.
   * Reference: GET /v2.0/ports.
   */
  ports(
    by:
      | { readonly name: string }
      | { readonly id: string }
      | { readonly device_owner: string }
      | { readonly network_id: string }
      | { readonly device_id: string },
    o: CallOptions = {},
  ): Promise<readonly Port[]> {
    return this.#list('list-networks', 'ports', portOf, by, o);
  }

  /** Reference: POST /v2.0/ports. */
  createPort(
    port: {
      readonly name: string;
      readonly description: string;
      readonly networkId: string;
      readonly deviceOwner: string;
      /** Ids; none leaves it to the cloud. */
      readonly securityGroups?: readonly string[] | undefined;
      readonly fixedIp?: string | undefined;
    },
    o: CallOptions = {},
  ): Promise<Port> {
    const { name, description } = port;
    const wanted = {
      name,
      description,
      network_id: port.networkId,
      device_owner: port.deviceOwner,
      security_groups: port.securityGroups,
      fixed_ips: port.fixedIp === undefined ? undefined : [{ ip_address: port.fixedIp }],
    };
    return this.#create('create-port', 'ports', 'port', wanted, portOf, name, o);
  }

  /** Floating IPs of the project. Reference: GET /v2.0/floatingips. */
  addresses(o: CallOptions = {}): Promise<readonly Address[]> {
    return this.#list('list-floating-ips', 'floatingips', addressOf, {}, o);
  }

  /** Takes an address from a pool, and points it at a port where one is given. Reference: POST /v2.0/floatingips. */
  createAddress(
    wanted: {
      readonly networkId: string;
      readonly portId?: string | undefined;
      readonly description: string;
    },
    o: CallOptions = {},
  ): Promise<Address> {
    const body = {
      floating_network_id: wanted.networkId,
      port_id: wanted.portId,
      description: wanted.description,
    };
    return this.#create('create-floating-ip', 'floatingips', 'floatingip', body, addressOf, '', o);
  }

  /** Points an address at a port, or at none. Reference: PUT /v2.0/floatingips/{id}. */
  async bindAddress(id: string, portId: string | null, name: string, o: CallOptions = {}): Promise<void> {
    await this.request({
      attempt: { action: 'create-floating-ip', name },
      method: 'PUT',
      path: `/floatingips/${encodeURIComponent(id)}`,
      signal: o.signal,
      body: { floatingip: { port_id: portId } },
      read: () => undefined,
    });
  }

  /** The project's own security groups, of a name or all. Reference: GET /v2.0/security-groups. */
  groups(name?: string, o: CallOptions = {}): Promise<readonly Group[]> {
    const by = name === undefined ? {} : { name };
    return this.#list('list-security-groups', 'security-groups', groupOf, by, o);
  }

  /** Reference: POST /v2.0/security-groups. */
  createGroup(name: string, description: string, o: CallOptions = {}): Promise<Group> {
    const wanted = { name, description };
    return this.#create(
      'create-security-group',
      'security-groups',
      'security_group',
      wanted,
      groupOf,
      name,
      o,
    );
  }

  /** A rule that is there already is as good as made. Reference: POST /v2.0/security-group-rules. */
  async createRule(groupId: string, rule: NewRule, name: string, o: CallOptions = {}): Promise<void> {
    const wanted = {
      security_group_id: groupId,
      direction: 'ingress',
      ethertype: rule.ethertype,
      protocol: rule.protocol,
      port_range_min: rule.ports?.[0],
      port_range_max: rule.ports?.[1],
      remote_ip_prefix: rule.from,
    };
    await this.#create(
      'create-security-group',
      'security-group-rules',
      'security_group_rule',
      wanted,
      () => undefined,
      name,
      o,
    );
  }

  /** The project's own networks, subnets or routers, of a name or all. Reference: GET /v2.0/networks, /subnets, /routers. */
  named(
    kind: 'networks' | 'subnets' | 'routers',
    name?: string,
    o: CallOptions = {},
  ): Promise<readonly NetworkPart[]> {
    return this.#list('list-networks', kind, partOf, name === undefined ? {} : { name }, o);
  }

  /** Reference: POST /v2.0/networks. */
  createNetwork(name: string, description: string, o: CallOptions = {}): Promise<NetworkPart> {
    return this.#create('create-network', 'networks', 'network', { name, description }, partOf, name, o);
  }

  /** With DHCP and IPv4. Reference: POST /v2.0/subnets. */
  createSubnet(
    subnet: {
      readonly name: string;
      readonly description: string;
      readonly networkId: string;
      readonly cidr: string;
    },
    o: CallOptions = {},
  ): Promise<NetworkPart> {
    const { name, description, cidr } = subnet;
    const wanted = { name, description, network_id: subnet.networkId, ip_version: 4, cidr };
    return this.#create('create-network', 'subnets', 'subnet', wanted, partOf, name, o);
  }

  /** Reference: POST /v2.0/routers. */
  createRouter(
    router: { readonly name: string; readonly description: string; readonly externalNetworkId: string },
    o: CallOptions = {},
  ): Promise<NetworkPart> {
    const { name, description } = router;
    const wanted = { name, description, external_gateway_info: { network_id: router.externalNetworkId } };
    return this.#create('create-router', 'routers', 'router', wanted, partOf, name, o);
  }

  /** Connects a router with a subnet, or takes it away. Reference: PUT /v2.0/routers/{id}/add_router_interface. */
  async connectRouter(
    routerId: string,
    subnetId: string,
    connect: boolean,
    o: CallOptions = {},
  ): Promise<void> {
    await this.request({
      attempt: { action: 'create-router' },
      method: 'PUT',
      path: `/routers/${encodeURIComponent(routerId)}/${connect ? 'add' : 'remove'}_router_interface`,
      signal: o.signal,
      body: { subnet_id: subnetId },
      read: () => undefined,
    });
  }

  /** Reference: DELETE /v2.0/{kind}/{id}. */
  async remove(
    kind: 'ports' | 'floatingips' | 'security-groups' | 'networks' | 'routers',
    id: string,
    name: string,
    o: CallOptions = {},
  ): Promise<void> {
    const actions = {
      ports: 'delete-port',
      floatingips: 'delete-floating-ip',
      'security-groups': 'delete-security-group',
      networks: 'delete-network',
      routers: 'delete-network',
    } as const;
    await this.request({
      attempt: { action: actions[kind], name },
      method: 'DELETE',
      path: `/${kind}/${encodeURIComponent(id)}`,
      signal: o.signal,
      expect: 'nothing',
      read: () => undefined,
    });
  }

  async #list<T>(
    action: Action,
    path: string,
    read: (raw: unknown) => T,
    query: Readonly<Record<string, string>>,
    o: CallOptions,
  ): Promise<readonly T[]> {
    const { data } = await this.request({
      attempt: { action },
      method: 'GET',
      path: `/${path}`,
      // An administrator would be shown everybody's.
      query: { ...query, project_id: this.projectId },
      signal: o.signal,
      read: (body) => rows(body, path.replaceAll('-', '_'), read),
    });
    return data;
  }

  async #create<T>(
    action: Action,
    path: string,
    wrapper: string,
    wanted: unknown,
    read: (raw: unknown) => T,
    name: string,
    o: CallOptions,
  ): Promise<T> {
    const { data } = await this.request({
      attempt: { action, name },
      method: 'POST',
      path: `/${path}`,
      signal: o.signal,
      body: { [wrapper]: wanted },
      read: (body) => read(member(body, wrapper)),
    });
    return data;
  }
}
