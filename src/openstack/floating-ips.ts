import { versioned } from './catalog.js';
import { ServiceClient, type CallOptions, type ServiceClientOptions } from './service.js';

/** Where a floating IP leads. Reference: Network API v2.0, floating IPs. */
export class FloatingIpClient extends ServiceClient {
  static readonly type = 'network';

  constructor(o: ServiceClientOptions) {
    super({ ...o, endpoint: versioned(o.endpoint, 'v2.0') });
  }

  /**
   * Points it at a fixed address of a port, in place of where it led before. Reference: PUT /v2.0/floatingips/{id}.
   *
   * @param to.fixedAddress needed where the port has several
   */
  assign(
    floatingIp: { readonly id: string; readonly address: string },
    to: { readonly portId: string; readonly fixedAddress?: string | undefined },
    o: CallOptions = {},
  ): Promise<void> {
    const body = { port_id: to.portId, ...(to.fixedAddress && { fixed_ip_address: to.fixedAddress }) };
    return this.#put('assign-floating-ip', floatingIp, body, o);
  }

  /** Takes it from where it leads; the project keeps it. Reference: PUT /v2.0/floatingips/{id}. */
  unassign(
    floatingIp: { readonly id: string; readonly address: string },
    o: CallOptions = {},
  ): Promise<void> {
    return this.#put('unassign-floating-ip', floatingIp, { port_id: null }, o);
  }

  /**
   * Says what it is for. Reference: PUT /v2.0/floatingips/{id}, `description`.
   *
   * @param description at most 255 characters
   */
  describe(
    floatingIp: { readonly id: string; readonly address: string },
    description: string,
    o: CallOptions = {},
  ): Promise<void> {
    return this.#put('change-floating-ip', floatingIp, { description }, o);
  }

  async #put(
    action: 'assign-floating-ip' | 'unassign-floating-ip' | 'change-floating-ip',
    { id, address }: { readonly id: string; readonly address: string },
    floatingip: object,
    o: CallOptions,
  ): Promise<void> {
    await this.request({
      attempt: { action, name: address },
      method: 'PUT',
      path: `/floatingips/${encodeURIComponent(id)}`,
      signal: o.signal,
      body: { floatingip },
      read: () => undefined,
    });
  }
}
