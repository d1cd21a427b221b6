import { serve as listen, type ServerType } from '@hono/node-server';
import { pathToFileURL } from 'node:url';
import { createCloud, type Cloud } from './cloud.js';
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
  readonly cloud: Cloud;
  close(): Promise<void>;
}

/** Puts a simulated cloud on a port; its catalog names the address a request came to. */
export async function serve(options: ServeOptions = {}): Promise<ServedCloud> {
  const hostname = options.hostname ?? '127.0.0.1';
  const { port = 5000, ...rest } = options;
  const cloud = createCloud({ seed: 'demo', ...rest, followHost: true });
  let server: ServerType | undefined;
  const bound = await new Promise<number>((resolve, reject) => {
    server = listen({ fetch: (request: Request) => cloud.fetch(request), port, hostname }, (info) =>
      resolve(info.port),
    );
    server.on('error', reject);
  });
  return {
    url: `http://${hostname === '127.0.0.1' ? 'localhost' : hostname}:${bound}`,
    cloud,
    close: () =>
      new Promise((resolve) => {
        server?.close(() => resolve());
        if (server && 'closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { url } = await serve({ port: Number(process.env['PORT'] ?? 5000) });
  process.stdout.write(`Simulated cloud: ${url}/v3 (user demo, password demo-password)\n`);
}
