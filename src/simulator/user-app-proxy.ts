import { json } from './http.js';
import { passphraseOf } from './setup.js';
import type { CloudState } from './state.js';

/** Names of the proxy: scheme of what it leads to, address with dashes, port. */
const NAME = /^(?:http-)?(\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3})-(\d+)$/;
const GUACAMOLE = '49528';
const OPEN = { 'Access-Control-Allow-Origin': '*' };

/** Whether a request is for the user application proxy. */
export function isForProxy(url: URL, host: string | undefined): host is string {
  return host !== undefined && url.hostname.endsWith(`.${host}`);
}

/** The proxy, and behind it the Guacamole of servers that have one: it signs in whoever knows the passphrase. */
export async function proxied(state: CloudState, host: string, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const [, dashed = '', port] = NAME.exec(url.hostname.slice(0, -host.length - 1)) ?? [];
  const address = dashed.replaceAll('-', '.');
  const server = state.regions
    .flatMap((region) => [...region.floatingIps.values()].map((floating) => ({ region, floating })))
    .filter(({ floating }) => floating.address === address)
    .map(({ region, floating }) =>
      region.servers.get(region.ports.get(floating.portId ?? '')?.deviceId ?? ''),
    )
    .find((found) => found?.vmState === 'active');
  if (!server || port !== GUACAMOLE || server.metadata['exoGuac'] === undefined)
    return new Response('Bad Gateway', { status: 502, headers: OPEN });
  if (request.method !== 'POST' || url.pathname !== '/guacamole/api/tokens')
    return new Response('Guacamole', { status: 200, headers: OPEN });
  const form = new URLSearchParams(await request.text());
  const right = form.get('username') === 'exouser' && form.get('password') === passphraseOf(server);
  const answer = right
    ? json({ authToken: '2068C1171C6F6677B7DA3895EDF2D7C0', username: 'exouser', dataSource: 'default' })
    : json({ message: 'Invalid login', type: 'INVALID_CREDENTIALS' }, 403);
  for (const [name, value] of Object.entries(OPEN)) answer.headers.set(name, value);
  return answer;
}
