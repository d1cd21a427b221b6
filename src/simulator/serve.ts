import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createCloud, type Cloud } from './cloud.js';
import { CONSOLE_ENDS } from './console-end.js';
import { json, nothing } from './http.js';
import { isObject, numberAt, objectAt, stringAt, stringsOf, type JsonObject } from './json.js';
import type { CloudOptions } from './options.js';
import { CONSOLES } from './remote-consoles.js';
import { acceptSocket } from './websocket.js';

export interface ServeOptions extends CloudOptions {
  /** Default 5000; 0 takes a free one. */
  port?: number;
  /** Address to listen on, default `127.0.0.1`. */
  hostname?: string;
}

export interface ServedCloud {
  /** Where it answers, without a slash at the end. */
  readonly url: string;
  /** The cloud behind it: another one after a reset. */
  readonly cloud: Cloud;
  close(): Promise<void>;
}

const CONTROL = '/__simulator/';

/**
 * Puts a simulated cloud on a port. Its catalog names the address a request came to. The seed is
 * `demo` unless told otherwise.
 *
 * Beside the cloud's own APIs it takes orders, for showing how a page bears trouble. They are JSON
 * with that content type, so that no other page in the browser can give them:
 *
 * - `POST /__simulator/fail` `{"match": {"method", "path", "body", "times"}, "fault": {"status",
 *   "body", "headers", "latency", "drop", "html", "truncate", "withoutCors"}}`: see `Fault`
 * - `POST /__simulator/clear` `{}` takes all faults back
 * - `POST /__simulator/advance` `{"seconds"}` lets time pass
 * - `POST /__simulator/revoke` `{"user"}` ends the user's tokens
 * - `POST /__simulator/reset` `{}` begins anew
 */
export async function serve(options: ServeOptions = {}): Promise<ServedCloud> {
  const { port = 5000, hostname = '127.0.0.1', ...rest } = options;
  const begin = (): Cloud => createCloud({ seed: 'demo', ...rest, followHost: true });
  let cloud = begin();

  async function control(request: Request, order: string): Promise<Response> {
    if (request.method !== 'POST' || !request.headers.get('Content-Type')?.startsWith('application/json'))
      return json({ error: 'POST JSON here' }, 415);
    const body: unknown = await request.json().catch(() => undefined);
    if (!isObject(body)) return json({ error: 'the body is no JSON object' }, 400);
    if (order === 'reset') cloud = begin();
    else if (order === 'clear') cloud.clearFaults();
    else if (order === 'advance') cloud.advance((numberAt(body, 'seconds') ?? 0) * 1000);
    else if (order === 'revoke') cloud.revokeTokens(stringAt(body, 'user'));
    else if (order === 'fail') fail(cloud, body);
    else return json({ error: `there is no order ${order}` }, 404);
    return nothing(204);
  }

  const listener = getRequestListener(async (request, { outgoing }) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith(`${CONSOLES}/`))
      return new Response(
        'The consoles of simulated machines are WebSockets; a page for them there is not.\n',
      );
    if (pathname.startsWith(CONTROL)) return control(request, pathname.slice(CONTROL.length));
    try {
      return await cloud.fetch(request);
    } catch {
      // A dropped connection, or a client that went away.
      outgoing.destroy();
      return RESPONSE_ALREADY_SENT;
    }
  });
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  const consoles = new Set<() => void>();
  server.on('upgrade', (request, stream, head) => {
    const end = openConsole(cloud, request, stream, head, () => consoles.delete(end));
    consoles.add(end);
  });
  const address = await new Promise<AddressInfo | string | null>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, hostname, () => resolve(server.address()));
  });
  const bound = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://${hostname === '127.0.0.1' ? 'localhost' : hostname}:${bound}`,
    get cloud() {
      return cloud;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const end of [...consoles]) end();
        server.closeAllConnections();
      }),
  };
}

/**
 * The console of a simulated machine. As Nova's proxies do, it takes every connection, and ends it without a word where
 * the token is not good.
 *
 * @returns ends it
 */
function openConsole(
  cloud: Cloud,
  request: IncomingMessage,
  stream: Duplex,
  head: Buffer,
  over: () => void,
): () => void {
  const socket = acceptSocket(request, stream, head);
  const token = new URL(request.url ?? '/', 'http://localhost').searchParams.get('token') ?? '';
  const found = cloud.state.consoleTokens.get(token);
  if (!socket || !found || found.kind === 'spice') {
    socket?.close(1011);
    return () => undefined;
  }
  const wire = {
    say: (bytes: Uint8Array) => {
      socket.send(bytes);
    },
    end: () => {
      socket.close();
    },
  };
  const hear = CONSOLE_ENDS[found.kind](wire, found);
  socket.onMessage = hear;
  socket.onClose = over;
  return () => {
    socket.close(1001);
  };
}

function fail(cloud: Cloud, body: JsonObject): void {
  const match = objectAt(body, 'match');
  const fault = objectAt(body, 'fault');
  const method = stringAt(match, 'method');
  const path = stringAt(match, 'path');
  const text = stringAt(match, 'body');
  const times = numberAt(match, 'times');
  const status = numberAt(fault, 'status');
  const latency = numberAt(fault, 'latency');
  const html = fault?.['html'];
  cloud.fail(
    {
      ...(method !== undefined && { method }),
      ...(path !== undefined && { path }),
      ...(text !== undefined && { body: text }),
      ...(times !== undefined && { times }),
    },
    {
      ...(status !== undefined && { status }),
      ...(fault?.['body'] !== undefined && { body: fault['body'] }),
      headers: stringsOf(objectAt(fault, 'headers')),
      ...(latency !== undefined && { latency }),
      drop: fault?.['drop'] === true,
      ...((typeof html === 'string' || typeof html === 'boolean') && { html }),
      truncate: fault?.['truncate'] === true,
      withoutCors: fault?.['withoutCors'] === true,
    },
  );
}
