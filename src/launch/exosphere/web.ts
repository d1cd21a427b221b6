import { isRecord } from '../../openstack/schema.js';
import type { ServerAddress } from '../../openstack/compute.js';
import { HOST_NAME } from '../../session/setting-forms.js';
import type { UserAppProxy } from '../../session/settings.js';
import { isPrivateAddress } from '../connect.js';
import { EXO_GUACAMOLE_PORT, EXO_WORKFLOW_PORT } from './keys.js';
import { objectsIn } from './setup.js';

// A cloud that has a user application proxy gives every address and port in it a name with a certificate: browsers reach
// what instances serve without one of their own.

/** The host name for a region; undefined where there is none. */
export function proxyFor(
  proxies: readonly UserAppProxy[] | undefined,
  region: string | undefined,
): string | undefined {
  const own = proxies?.find((proxy) => proxy.region !== undefined && proxy.region === region);
  const host = (own ?? proxies?.find((proxy) => proxy.region === undefined))?.hostname;
  return host !== undefined && HOST_NAME.test(host) ? host : undefined;
}

/** The address the proxy can lead to: an IPv4 one that is reached from outside. It has no names for IPv6. */
export function proxiedAddress(addresses: readonly ServerAddress[]): string | undefined {
  return (
    addresses.find(({ type, version }) => type === 'floating' && version === 4)?.address ??
    addresses.find(({ version, address }) => version === 4 && !isPrivateAddress(address))?.address
  );
}

/**
 * The URL of what an instance serves.
 *
 * @param o.plain it speaks HTTP on that port, without TLS
 * @param o.path begins with `/`
 */
export function proxiedUrl(o: {
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly path: string;
  readonly plain: boolean;
}): string {
  return `https://${o.plain ? 'http-' : ''}${o.address.replaceAll('.', '-')}-${o.port}.${o.host}${o.path}`;
}

/** What can be opened in a browser on an instance with Guacamole. */
export type WebAccess = 'shell' | 'desktop';

/** Guacamole's names of its connections: `shell`, NUL, `c`, NUL, `default`, in base64. */
const CONNECTIONS: Readonly<Record<WebAccess, string>> = {
  shell: 'c2hlbGwAYwBkZWZhdWx0',
  desktop: 'ZGVza3RvcABjAGRlZmF1bHQ=',
};

interface Reached {
  readonly host: string;
  readonly address: string;
}

/** Where Guacamole gives a token for the account and the passphrase. */
export function guacamoleTokensUrl({ host, address }: Reached): string {
  const path = '/guacamole/api/tokens';
  return proxiedUrl({ host, address, port: EXO_GUACAMOLE_PORT, path, plain: true });
}

/**
 * The page of a shell or a desktop.
 *
 * @param token from Guacamole; without one it asks for the account and the passphrase itself
 */
export function guacamoleUrl({ host, address }: Reached, access: WebAccess, token?: string): string {
  const query = token === undefined ? '' : `?token=${encodeURIComponent(token)}`;
  const path = `/guacamole/#/client/${CONNECTIONS[access]}${query}`;
  return proxiedUrl({ host, address, port: EXO_GUACAMOLE_PORT, path, plain: true });
}

/** The token in Guacamole's answer; undefined where it is none. */
export function guacamoleToken(body: unknown): string | undefined {
  const token = isRecord(body) ? body['authToken'] : undefined;
  return typeof token === 'string' && /^[\w.~-]{8,512}$/.test(token) ? token : undefined;
}

/** The page of a workflow's Jupyter. */
export function workflowUrl({ host, address }: Reached, path: string, token: string): string {
  const below = path
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .map(encodeURIComponent)
    .join('/');
  return proxiedUrl({
    host,
    address,
    port: EXO_WORKFLOW_PORT,
    path: `/${below}?token=${encodeURIComponent(token)}`,
    plain: true,
  });
}

/** The latest token that a workflow has told on the console: it has a new one after each start. */
export function workflowToken(log: string): string | undefined {
  let token: string | undefined;
  for (const value of objectsIn(log, /"exoWorkflowToken"/)) {
    const told = isRecord(value) ? value['exoWorkflowToken'] : undefined;
    if (typeof told === 'string' && /^[a-f\d]{16,128}$/i.test(told)) token = told;
  }
  return token;
}
