import type { ComputeClient } from './compute.js';
import { isOpenStackError, OpenStackError } from './errors.js';
import { member, needed, readRow, rowReader, text } from './schema.js';
import { Secret } from './secret.js';
import type { CallOptions } from './service.js';

/** The screen of a server by VNC or SPICE, or its first serial line. */
export type ConsoleKind = 'vnc' | 'spice' | 'serial';

const KINDS = {
  vnc: { protocol: 'vnc', type: 'novnc', action: 'os-getVNCConsole' },
  spice: { protocol: 'spice', type: 'spice-html5', action: 'os-getSPICEConsole' },
  serial: { protocol: 'serial', type: 'serial', action: 'os-getSerialConsole' },
} as const;

const urlReader = rowReader('remote-console', { url: needed('url', text, '') }, ['protocol', 'type']);

/**
 * Makes a way to the console of a server. Whoever has its URL can use the console until the cloud forgets the token in
 * it (ten minutes, as Nova comes), so it is a secret.
 *
 * Reference: Compute, POST /servers/{id}/remote-consoles from microversion 2.6 on; below it POST /servers/{id}/action,
 * `os-getVNCConsole`, `os-getSPICEConsole`, `os-getSerialConsole`.
 *
 * @returns `http:` or `https:` for vnc and spice, `ws:` or `wss:` for serial
 * @throws OpenStackError kind `conflict` where the server has no console now, and see {@link isNoSuchConsole}
 */
export async function openRemoteConsole(
  compute: ComputeClient,
  server: { readonly id: string; readonly name?: string | undefined },
  kind: ConsoleKind,
  { signal }: CallOptions = {},
): Promise<Secret> {
  const { protocol, type, action } = KINDS[kind];
  const attempt = { action: 'open-console', name: server.name } as const;
  const { max } = await compute.versions({ signal });
  const isNew = max !== undefined && Number(max.split('.')[1]) >= 6;
  const answer = await compute.callServer(server.id, {
    attempt,
    method: 'POST',
    path: isNew ? '/remote-consoles' : '/action',
    body: isNew ? { remote_console: { protocol, type } } : { [action]: { type } },
    signal,
    read: (body) => readRow(urlReader, member(body, isNew ? 'remote_console' : 'console'), 'remote-console'),
  });
  const url = answer?.url ?? '';
  const schemes = kind === 'serial' ? ['ws:', 'wss:'] : ['http:', 'https:'];
  if (!URL.canParse(url) || !schemes.includes(new URL(url).protocol))
    throw new OpenStackError({
      kind: 'protocol',
      reason: 'unexpected-body',
      attempt,
      service: 'compute',
    });
  return new Secret(url);
}

/**
 * Whether the cloud offers no console of this kind: it is switched off (400, or 404 by its route), its hypervisor has
 * none (501), or its policy keeps it (403).
 */
export function isNoSuchConsole(error: unknown): boolean {
  return isOpenStackError(error) && [400, 403, 404, 501].includes(error.status ?? 0);
}

/**
 * The WebSocket behind the page that a `novnc` URL leads to, as that page would find it.
 *
 * @returns undefined where the URL names none
 */
export function vncSocket(url: Secret): Secret | undefined {
  const page = new URL(url.reveal());
  const token = page.searchParams.get('token');
  const path =
    page.searchParams.get('path') ??
    (token === null ? undefined : `?${new URLSearchParams({ token }).toString()}`);
  if (path === undefined) return undefined;
  const socket = new URL(path, new URL('.', page));
  socket.protocol = page.protocol === 'https:' ? 'wss:' : 'ws:';
  socket.hash = '';
  return socket.host === page.host ? new Secret(socket.href) : undefined;
}
