import type { Account } from '../functional/cloud.js';
import { PREFIX, type MadeElsewhere } from './world.js';

interface Named {
  readonly id: string;
  readonly name: string;
}

interface FloatingIp extends Named {
  readonly port_id: string | null;
}

/** The services' own API, spoken without the kit: for what a test arranges and looks at behind its back. */
export class RestClient {
  readonly #authUrl: string;
  readonly #account: Account;
  #token = '';
  #endpoints = new Map<string, string>();

  constructor(authUrl: string, account: Account) {
    this.#authUrl = authUrl;
    this.#account = account;
  }

  async list<T extends Named>(service: string, path: string, key: string): Promise<T[]> {
    const body = await this.call(service, 'GET', path);
    return (body as Record<string, T[]>)[key] ?? [];
  }

  async named<T extends Named>(service: string, path: string, key: string, name: string): Promise<T> {
    const found = (await this.list<T>(service, path, key)).find((each) => each.name === name);
    if (!found) throw new Error(`there is none named ${name} in ${key}`);
    return found;
  }

  async call(service: string, method: string, path: string, body?: unknown): Promise<unknown> {
    if (this.#token === '') await this.#signIn();
    const base = this.#endpoints.get(service);
    if (base === undefined) throw new Error(`the catalog has no ${service}`);
    const response = await fetch(base + path, {
      method,
      headers: {
        'X-Auth-Token': this.#token,
        'Content-Type': 'application/json',
        ...(service === 'compute' ? { 'OpenStack-API-Version': 'compute 2.90' } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** The networks of the project's own that have a subnet. */
  async ownNetworks(): Promise<Named[]> {
    const networks = await this.list<Named & { subnets: string[] }>(
      'network',
      '/networks?router:external=False',
      'networks',
    );
    return networks.filter(({ subnets }) => subnets.length > 0);
  }

  /** What is named so, or begins so. */
  async made(name: string): Promise<MadeElsewhere> {
    const begins = (each: Named): boolean => each.name.startsWith(name);
    const [servers, ports, addresses, volumes] = await Promise.all([
      this.list('compute', '/servers', 'servers'),
      this.list('network', '/ports', 'ports'),
      this.list<FloatingIp>('network', '/floatingips', 'floatingips'),
      this.list<Named & { size: number }>('block-storage', '/volumes/detail', 'volumes'),
    ]);
    const own = new Set(ports.filter(begins).map(({ id }) => id));
    return {
      servers: servers.filter(begins).length,
      ports: own.size,
      addresses: addresses.filter(({ port_id }) => own.has(port_id ?? '')).length,
      volumes: volumes.filter(begins).map(({ size }) => size),
    };
  }

  /** Takes away what launches of tests have left, which no server uses. */
  async #clearLaunches(): Promise<void> {
    const of = ({ name }: Named): boolean => name.startsWith(PREFIX);
    const ports = (await this.list('network', '/ports', 'ports')).filter(of);
    const own = new Set(ports.map(({ id }) => id));
    const addresses = await this.list<FloatingIp>('network', '/floatingips', 'floatingips');
    for (const { id, port_id } of addresses)
      if (own.has(port_id ?? ''))
        await this.call('network', 'DELETE', `/floatingips/${id}`).catch(ignoreGone);
    for (const id of own) await this.call('network', 'DELETE', `/ports/${id}`).catch(ignoreGone);
    const volumes = async (): Promise<(Named & { status: string })[]> =>
      (await this.list<Named & { status: string }>('block-storage', '/volumes/detail', 'volumes')).filter(of);
    const end = Date.now() + 60_000;
    for (let left = await volumes(); left.length > 0; left = await volumes()) {
      if (Date.now() > end) throw new Error('volumes do not go away');
      for (const { id, status } of left)
        if (status === 'available' || status === 'error')
          await this.call('block-storage', 'DELETE', `/volumes/${id}`).catch(ignoreGone);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  /** Makes a token worthless. */
  async revoke(token: string): Promise<void> {
    const headers = { 'X-Auth-Token': token, 'X-Subject-Token': token };
    const response = await fetch(`${this.#authUrl}/auth/tokens`, { method: 'DELETE', headers });
    if (response.status !== 204) throw new Error(`the token was not revoked: ${response.status}`);
  }

  /** Deletes every server of the project, or those of tests only, and what launches and key pairs of tests are left. */
  async clear(which: 'all' | 'of tests'): Promise<void> {
    const goes = ({ name }: Named): boolean => which === 'all' || name.startsWith(PREFIX);
    const servers = async (): Promise<Named[]> =>
      (await this.list('compute', '/servers', 'servers')).filter(goes);
    for (const { id } of await servers())
      await this.call('compute', 'DELETE', `/servers/${id}`).catch(ignoreGone);
    const end = Date.now() + 60_000;
    while ((await servers()).length > 0) {
      if (Date.now() > end) throw new Error('servers do not go away');
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    if (this.#endpoints.has('network') && this.#endpoints.has('block-storage')) await this.#clearLaunches();
    const keys = await this.call('compute', 'GET', '/os-keypairs');
    for (const { keypair } of (keys as { keypairs: { keypair: { name: string } }[] }).keypairs)
      if (which === 'all' || keypair.name.startsWith(PREFIX))
        await this.call('compute', 'DELETE', `/os-keypairs/${encodeURIComponent(keypair.name)}`);
  }

  async #signIn(): Promise<void> {
    const { name, password, domain, project } = this.#account;
    const response = await fetch(`${this.#authUrl}/auth/tokens`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        auth: {
          identity: {
            methods: ['password'],
            password: { user: { name, password, domain: { id: domain.id } } },
          },
          scope: { project: { name: project, domain: { id: domain.id } } },
        },
      }),
    });
    if (response.status !== 201) throw new Error(`${name} is not let in: ${response.status}`);
    const { token } = (await response.json()) as {
      token: { catalog: { type: string; endpoints: { interface: string; url: string }[] }[] };
    };
    this.#token = response.headers.get('X-Subject-Token') ?? '';
    for (const { type, endpoints } of token.catalog) {
      const url = endpoints.find((endpoint) => endpoint.interface === 'public')?.url.replace(/\/$/, '');
      if (url === undefined) continue;
      const suffix = { image: '/v2', network: '/v2.0' }[type] ?? '';
      this.#endpoints.set(type, url.endsWith(suffix) ? url : url + suffix);
    }
  }
}

function ignoreGone(error: unknown): void {
  if (!(error instanceof Error) || !error.message.includes(': 404 ')) throw error;
}
