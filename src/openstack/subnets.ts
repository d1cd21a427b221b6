import { versioned } from './catalog.js';
import { key, optional, rowReader, text } from './schema.js';
import { ServiceClient, type CallOptions, type ServiceClientOptions } from './service.js';

/** The addresses of a network. Reference: Network, GET /v2.0/subnets. */
export interface Subnet {
  readonly id: string;
  /** Such as `10.0.0.0/20` or `2001:db8::/64`. */
  readonly cidr: string;
  /** For IPv6: `slaac` and `dhcpv6-stateless` leave no choice of an address, `dhcpv6-stateful` does. */
  readonly ipv6Mode?: string | undefined;
}

const reader = rowReader(
  'subnet',
  { id: key('id'), cidr: key('cidr'), ipv6Mode: optional('ipv6_address_mode', text) },
  'open',
);

/** A client of its own: only those ask who choose addresses. Reference: Network API v2.0. */
export class SubnetClient extends ServiceClient {
  static readonly type = 'network';

  constructor(o: ServiceClientOptions) {
    super({ ...o, endpoint: versioned(o.endpoint, 'v2.0') });
  }

  /**
   * The subnets of a network, as far as the project may see them; none where one of them cannot be read, for half of them
   * would speak against addresses of the other half. Reference: GET /v2.0/subnets?network_id.
   */
  async of(networkId: string, o: CallOptions = {}): Promise<readonly Subnet[]> {
    const pages = this.pages({ action: 'list-networks' }, '/subnets', 'subnets', reader, {
      query: { network_id: networkId },
      signal: o.signal,
    });
    const found: Subnet[] = [];
    for await (const { rows, problems } of pages) {
      if (problems.length > 0) return [];
      found.push(...rows);
    }
    return found;
  }
}
