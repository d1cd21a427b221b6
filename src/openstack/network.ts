import { versioned } from './catalog.js';
import { quota, type Quota } from './quota.js';
import {
  count,
  dict,
  flag,
  key,
  list,
  member,
  needed,
  oneOf,
  optional,
  readRow,
  rowReader,
  text,
  type Page,
  type Reader,
} from './schema.js';
import { ServiceClient, type CallOptions, type ServiceClientOptions } from './service.js';

export type { Quota } from './quota.js';

/** Reference: Network, GET /v2.0/networks. */
export interface Network {
  readonly id: string;
  readonly name: string;
  readonly status: 'ACTIVE' | 'BUILD' | 'DOWN' | 'ERROR' | 'UNKNOWN';
  /** Whether it leads out of the cloud: floating IPs come from it, servers are rarely put in it. */
  readonly external: boolean;
  readonly shared: boolean;
  readonly projectId: string | undefined;
  readonly adminStateUp: boolean;
  /** Ids. */
  readonly subnets: readonly string[];
  /** Whether it is the external network that auto-allocated topologies use. */
  readonly isDefault: boolean;
  readonly description?: string | undefined;
}

/** Reference: Network, GET /v2.0/security-groups, `security_group_rules`. */
export interface SecurityGroupRule {
  readonly id: string;
  readonly direction: 'ingress' | 'egress';
  readonly ethertype: 'IPv4' | 'IPv6';
  /** A name or a number; undefined is any. */
  readonly protocol: string | undefined;
  readonly portMin: number | undefined;
  readonly portMax: number | undefined;
  readonly remoteIpPrefix: string | undefined;
  readonly remoteGroupId: string | undefined;
  readonly description: string | undefined;
}

/** Reference: Network, GET /v2.0/security-groups. Names are not unique. */
export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly projectId: string | undefined;
  readonly rules: readonly SecurityGroupRule[];
}

/** Reference: Network, GET /v2.0/floatingips. */
export interface FloatingIp {
  readonly id: string;
  readonly address: string;
  readonly fixedAddress: string | undefined;
  readonly networkId: string;
  readonly portId: string | undefined;
  readonly status: 'ACTIVE' | 'DOWN' | 'ERROR' | 'UNKNOWN';
  readonly projectId: string | undefined;
  readonly description: string;
}

/** Fields that extensions add to resources of every kind. */
const COMMON = [
  'tenant_id',
  'revision_number',
  'created_at',
  'updated_at',
  'tags',
  'description',
  'standard_attr_id',
];

const rawNetwork = rowReader(
  'network',
  {
    id: key('id'),
    name: needed('name', text, ''),
    status: needed('status', oneOf(['ACTIVE', 'BUILD', 'DOWN', 'ERROR']), 'UNKNOWN'),
    external: optional('router:external', flag),
    shared: optional('shared', flag, false),
    projectId: optional('project_id', text),
    adminStateUp: optional('admin_state_up', flag, true),
    subnets: optional('subnets', list(text), []),
    isDefault: optional('is_default', flag),
    description: optional('description', text),
  },
  [
    ...COMMON,
    'availability_zone_hints',
    'availability_zones',
    'dns_domain',
    'ipv4_address_scope',
    'ipv6_address_scope',
    'l2_adjacency',
    'mtu',
    'port_security_enabled',
    'project_default',
    'provider:network_type',
    'provider:physical_network',
    'provider:segmentation_id',
    'qinq',
    'qos_policy_id',
    'segments',
    'vlan_transparent',
  ],
);

/**
 * Some services hide `router:external` from those who do not own the network. An external one is then known by
 * `is_default`, which no other has, or by its being visible at all: neither the project's own nor shared.
 */
function networkReader(projectId: string): Reader<Network> {
  return (value, report, row, field) => {
    const network = rawNetwork(value, report, row, field);
    if (!network) return undefined;
    const { external, isDefault, shared } = network;
    const foreign = !shared && network.projectId !== undefined && network.projectId !== projectId;
    return {
      ...network,
      external: external ?? (isDefault !== undefined || foreign),
      isDefault: isDefault ?? false,
    };
  };
}

const ruleReader: Reader<SecurityGroupRule> = rowReader(
  'security_group.rule',
  {
    id: key('id'),
    direction: needed('direction', oneOf(['ingress', 'egress']), 'ingress'),
    ethertype: needed('ethertype', oneOf(['IPv4', 'IPv6']), 'IPv4'),
    protocol: optional('protocol', text),
    portMin: optional('port_range_min', count),
    portMax: optional('port_range_max', count),
    remoteIpPrefix: optional('remote_ip_prefix', text),
    remoteGroupId: optional('remote_group_id', text),
    description: optional('description', text),
  },
  [
    ...COMMON,
    'project_id',
    'security_group_id',
    'normalized_cidr',
    'remote_address_group_id',
    'belongs_to_default_sg',
  ],
);

const securityGroupReader: Reader<SecurityGroup> = rowReader(
  'security_group',
  {
    id: key('id'),
    name: needed('name', text, ''),
    description: optional('description', text, ''),
    projectId: optional('project_id', text),
    rules: optional('security_group_rules', list(ruleReader), []),
  },
  [...COMMON, 'stateful', 'shared'],
);

const floatingIpReader: Reader<FloatingIp> = rowReader(
  'floatingip',
  {
    id: key('id'),
    address: needed('floating_ip_address', text, ''),
    fixedAddress: optional('fixed_ip_address', text),
    networkId: needed('floating_network_id', text, ''),
    portId: optional('port_id', text),
    status: optional('status', oneOf(['ACTIVE', 'DOWN', 'ERROR']), 'UNKNOWN'),
    projectId: optional('project_id', text),
    description: optional('description', text, ''),
  },
  [
    ...COMMON,
    'dns_domain',
    'dns_name',
    'distributed',
    'port_details',
    'port_forwardings',
    'qos_network_policy_id',
    'qos_policy_id',
    'router_id',
    'subnet_id',
  ],
);

const quotaReader = rowReader(
  'network.quota',
  { used: optional('used', count, 0), limit: needed('limit', count, -1) },
  ['reserved'],
);

/** Networks, security groups and floating IPs. Reference: Network API v2.0. */
export class NetworkClient extends ServiceClient {
  static readonly type = 'network';
  #extensions: Promise<ReadonlySet<string>> | undefined;

  constructor(o: ServiceClientOptions) {
    super({ ...o, endpoint: versioned(o.endpoint, 'v2.0') });
  }

  /** Aliases of what this cloud's network service can do, such as `auto-allocated-topology`; asked for once. Reference: GET /v2.0/extensions. */
  extensions(o: CallOptions = {}): Promise<ReadonlySet<string>> {
    this.#extensions ??= this.request({
      attempt: { action: 'list-networks' },
      method: 'GET',
      path: '/extensions',
      signal: o.signal,
      read: (body) =>
        new Set(
          readRow(
            list(rowReader('extension', { alias: key('alias') }, 'open')),
            member(body, 'extensions'),
            'extensions',
          ).map(({ alias }) => alias),
        ),
    }).then(
      ({ data }) => data,
      (error: unknown) => {
        this.#extensions = undefined;
        throw error;
      },
    );
    return this.#extensions;
  }

  /** The project's own networks, shared and external ones. Reference: GET /v2.0/networks. */
  async *networks(o: CallOptions = {}): AsyncGenerator<Page<Network>, void, undefined> {
    yield* this.pages({ action: 'list-networks' }, '/networks', 'networks', networkReader(this.projectId), {
      signal: o.signal,
    });
  }

  /**
   * The project's own network with a router to the outside, made if it is not there yet.
   * Reference: GET /v2.0/auto-allocated-topology/{project}, extension `auto-allocated-topology`.
   *
   * @param o.dryRun only finds out whether it could be made; the id is undefined then. Some services answer `not-found`
   *   to this question whoever asks, so that its failure says nothing
   * @throws OpenStackError kind `conflict` or `invalid` when the cloud has no default network or subnet pool for it
   */
  async autoAllocatedTopology(
    o: CallOptions & { dryRun?: boolean | undefined } = {},
  ): Promise<{ id: string | undefined }> {
    const { data } = await this.request({
      attempt: { action: o.dryRun ? 'list-networks' : 'create-network' },
      method: 'GET',
      path: `/auto-allocated-topology/${this.projectId}`,
      query: o.dryRun ? { fields: 'dry-run' } : undefined,
      signal: o.signal,
      read: (body) =>
        readRow(
          rowReader('auto_allocated_topology', { id: optional('id', text) }, ['tenant_id', 'project_id']),
          member(body, 'auto_allocated_topology'),
          'topology',
        ),
    });
    return { id: o.dryRun ? undefined : data.id };
  }

  /** Reference: GET /v2.0/security-groups. */
  async *securityGroups(o: CallOptions = {}): AsyncGenerator<Page<SecurityGroup>, void, undefined> {
    yield* this.pages(
      { action: 'list-security-groups' },
      '/security-groups',
      'security_groups',
      securityGroupReader,
      {
        signal: o.signal,
      },
    );
  }

  /** Reference: GET /v2.0/floatingips. */
  async *floatingIps(o: CallOptions = {}): AsyncGenerator<Page<FloatingIp>, void, undefined> {
    yield* this.pages({ action: 'list-floating-ips' }, '/floatingips', 'floatingips', floatingIpReader, {
      signal: o.signal,
    });
  }

  /**
   * Takes an address out of an external network's pool. Reference: POST /v2.0/floatingips.
   *
   * @param floatingIp.portId binds it at once
   * @param floatingIp.fixedAddress needed where the port has several
   */
  async createFloatingIp(
    floatingIp: { networkId: string; portId?: string | undefined; fixedAddress?: string | undefined },
    o: CallOptions = {},
  ): Promise<FloatingIp> {
    const { data } = await this.request({
      attempt: { action: 'create-floating-ip' },
      method: 'POST',
      path: '/floatingips',
      signal: o.signal,
      body: {
        floatingip: {
          floating_network_id: floatingIp.networkId,
          port_id: floatingIp.portId,
          fixed_ip_address: floatingIp.fixedAddress,
        },
      },
      read: (body) => readRow(floatingIpReader, member(body, 'floatingip'), 'floatingip'),
    });
    return data;
  }

  /** Reference: DELETE /v2.0/floatingips/{id}. */
  async deleteFloatingIp(id: string, name?: string, o: CallOptions = {}): Promise<void> {
    await this.request({
      attempt: { action: 'delete-floating-ip', name },
      method: 'DELETE',
      path: `/floatingips/${encodeURIComponent(id)}`,
      signal: o.signal,
      expect: 'nothing',
      read: () => undefined,
    });
  }

  /**
   * Quotas by the service's own names (`network`, `port`, `floatingip`, `security_group`, ...).
   * Reference: GET /v2.0/quotas/{project}/details.json, extension `quota_details`.
   */
  async quotas(o: CallOptions = {}): Promise<Record<string, Quota>> {
    const { data } = await this.request({
      attempt: { action: 'read-limits' },
      method: 'GET',
      path: `/quotas/${this.projectId}/details.json`,
      signal: o.signal,
      read: (body) => readRow(dict(quotaReader), member(body, 'quota'), 'quota'),
    });
    return Object.fromEntries(
      Object.entries(data).map(([name, { used, limit }]) => [name, quota(used, limit)]),
    );
  }
}
