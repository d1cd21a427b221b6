import { versioned } from './catalog.js';
import { count, key, list, member, optional, readRow, rowReader, text } from './schema.js';
import { ServiceClient, type CallOptions, type ServiceClientOptions } from './service.js';

/** What a router's end in a network is called, by how the cloud builds routers. */
const ROUTER_PORTS = [
  'network:router_interface',
  'network:router_interface_distributed',
  'network:ha_router_replicated_interface',
];

const portReader = rowReader('router.port', { deviceId: optional('device_id', text, '') }, 'open');
const routerReader = rowReader(
  'router',
  {
    id: key('id'),
    gateway: optional(
      'external_gateway_info',
      rowReader('router.gateway', { networkId: optional('network_id', text) }, 'open'),
    ),
  },
  'open',
);
const subnetReader = rowReader(
  'subnet',
  { id: key('id'), version: optional('ip_version', count), gateway: optional('gateway_ip', text) },
  'open',
);

/** Where the routers of a network lead. A client of its own: few pages need it. Reference: Network API v2.0. */
export class WayOutClient extends ServiceClient {
  static readonly type = 'network';

  constructor(o: ServiceClientOptions) {
    super({ ...o, endpoint: versioned(o.endpoint, 'v2.0') });
  }

  /**
   * Ids of the external networks that a network of the project leads to: floating IPs of those, and of no others, can
   * be pointed into it. Undefined where one of its routers is somebody else's, so that it is not known.
   * Reference: GET /v2.0/ports?network_id&device_owner, GET /v2.0/routers?id.
   *
   * @throws OpenStackError
   */
  async exits(networkId: string, o: CallOptions = {}): Promise<readonly string[] | undefined> {
    const ports = await this.#rows(
      'ports',
      portReader,
      [['network_id', networkId], ...ROUTER_PORTS.map((owner) => ['device_owner', owner])],
      o,
    );
    const ids = [...new Set(ports.map(({ deviceId }) => deviceId).filter(Boolean))];
    if (ids.length === 0) return [];
    const routers = await this.#rows(
      'routers',
      routerReader,
      ids.map((id) => ['id', id]),
      o,
    );
    if (routers.length < ids.length) return undefined;
    return [...new Set(routers.flatMap(({ gateway }) => gateway?.networkId ?? []))];
  }

  /**
   * Whether a router can be put on a network of the project: it has IPv4, and nothing has the address of a gateway yet.
   * Reference: GET /v2.0/subnets?network_id, GET /v2.0/ports?network_id&fixed_ips.
   *
   * @throws OpenStackError
   */
  async isConnectable(networkId: string, o: CallOptions = {}): Promise<boolean> {
    const subnets = await this.#ipv4(networkId, o);
    const gateways = subnets.flatMap(({ gateway }) => gateway ?? []);
    if (subnets.length === 0 || gateways.length < subnets.length) return false;
    const taken = await this.#rows(
      'ports',
      portReader,
      [['network_id', networkId], ...gateways.map((address) => ['fixed_ips', `ip_address=${address}`])],
      o,
    );
    return taken.length === 0;
  }

  /**
   * Ids of the IPv4 subnets of a network. Reference: GET /v2.0/subnets?network_id.
   *
   * @throws OpenStackError
   */
  async ipv4Subnets(networkId: string, o: CallOptions = {}): Promise<readonly string[]> {
    return (await this.#ipv4(networkId, o)).map(({ id }) => id);
  }

  async #ipv4(networkId: string, o: CallOptions) {
    const all = await this.#rows('subnets', subnetReader, [['network_id', networkId]], o);
    return all.filter(({ version }) => version === 4);
  }

  async #rows<T>(
    name: 'ports' | 'routers' | 'subnets',
    reader: Parameters<typeof list<T>>[0],
    by: readonly string[][],
    o: CallOptions,
  ): Promise<readonly T[]> {
    const { data } = await this.request({
      attempt: { action: 'list-networks' },
      method: 'GET',
      // A name that is there several times: any of its values.
      path: `/${name}?${new URLSearchParams([...by]).toString()}`,
      signal: o.signal,
      read: (body) => readRow(list(reader), member(body, name), name),
    });
    return data;
  }
}
