import { versioned } from './catalog.js';
import { key, list, needed, optional, rowReader, text } from './schema.js';
import { ServiceClient, type CallOptions, type ServiceClientOptions } from './service.js';

/** One connection of a server. Reference: Network, GET /v2.0/ports. */
export interface ServerPort {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly networkId: string;
  readonly addresses: readonly string[];
  /** Ids. */
  readonly securityGroups: readonly string[];
}

const portReader = rowReader(
  'server.port',
  {
    id: key('id'),
    name: optional('name', text, ''),
    description: optional('description', text, ''),
    networkId: needed('network_id', text, ''),
    fixedIps: optional(
      'fixed_ips',
      list(rowReader('port.address', { address: key('ip_address') }, ['subnet_id'])),
      [],
    ),
    securityGroups: optional('security_groups', list(text), []),
  },
  // Much of it depends on the plug-ins of the cloud, and on who asks.
  'open',
);

/** What the network service knows of a server's connections. A client of its own: few pages need it. */
export class ServerPortClient extends ServiceClient {
  static readonly type = 'network';

  constructor(o: ServiceClientOptions) {
    super({ ...o, endpoint: versioned(o.endpoint, 'v2.0') });
  }

  /** The ports of one server alone. Reference: GET /v2.0/ports?device_id. */
  async ports(serverId: string, o: CallOptions = {}): Promise<readonly ServerPort[]> {
    const found: ServerPort[] = [];
    const query = { device_id: serverId };
    const pages = this.pages({ action: 'read-instance' }, '/ports', 'ports', portReader, {
      query,
      signal: o.signal,
    });
    for await (const { rows } of pages)
      for (const { fixedIps, ...port } of rows)
        found.push({ ...port, addresses: fixedIps.map(({ address }) => address) });
    return found;
  }

  /**
   * Puts one port into these security groups and no others. Reference: PUT /v2.0/ports/{id}.
   *
   * @param name of the server, for people
   */
  async setGroups(
    portId: string,
    securityGroups: readonly string[],
    name: string,
    o: CallOptions = {},
  ): Promise<void> {
    await this.request({
      attempt: { action: 'change-security-groups', name },
      method: 'PUT',
      path: `/ports/${encodeURIComponent(portId)}`,
      signal: o.signal,
      body: { port: { security_groups: securityGroups } },
      read: () => undefined,
    });
  }
}
