import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCloud, type Cloud } from './cloud.js';
import { json, nothing } from './http.js';
import { isObject, numberAt, objectAt, stringAt, stringsOf, type JsonObject } from './json.js';
import type { CloudOptions } from './options.js';

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
  const begin = (): Cloud => createCloud({ seed: 'demo', consoles: [], ...rest, followHost: true });
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
        server.closeAllConnections();
      }),
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
