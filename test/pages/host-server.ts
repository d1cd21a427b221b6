import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const KIT = fileURLToPath(new URL('../../dist/cdn', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
};

/** A page of somebody else that has the kit in it. */
export interface HostPage {
  /** What stands in the head, after the character set. */
  readonly head?: string;
  readonly body: string;
  /** Attributes of the root element. */
  readonly html?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Scripts and style sheets beside the page, by name. */
  readonly files?: Readonly<Record<string, string>>;
}

/**
 * Web servers of institutions, all in one: each page stands in a folder of its own with its own headers, and the
 * built kit in `/kit/`, the same files a second time in `/other-kit/`.
 */
export class HostServer {
  readonly #server: Server;
  readonly #pages = new Map<string, HostPage>();

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(new URL(request.url ?? '/', 'http://localhost').pathname, response).catch(() =>
        response.writeHead(404).end(),
      );
    });
  }

  static async start(): Promise<HostServer> {
    const host = new HostServer();
    await new Promise<void>((resolve, reject) => {
      host.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return host;
  }

  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Puts a page up; gives its address. */
  add(page: HostPage): string {
    const folder = `/page-${this.#pages.size + 1}/`;
    this.#pages.set(folder, page);
    return this.origin + folder;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #answer(pathname: string, response: ServerResponse): Promise<void> {
    const [, folder = '', name = ''] = /^(\/[^/]+\/)(.*)$/.exec(pathname) ?? [];
    const page = this.#pages.get(folder);
    if (pathname === '/favicon.ico') return void response.writeHead(204).end();
    const send = (body: string | Buffer, type: string, headers: HostPage['headers'] = {}) =>
      response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, ...headers }).end(body);
    if (page && name === '') return void send(documentOf(page), 'text/html', page.headers);
    const type = TYPES[path.extname(name)] ?? 'text/plain';
    const own = page?.files?.[name];
    if (own !== undefined) return void send(own, type);
    if (folder !== '/kit/' && folder !== '/other-kit/') throw new Error(`There is no ${pathname}`);
    const file = path.join(KIT, path.normalize(`/${name}`));
    // Sandboxed frames have no origin, and modules are always asked for by the rules of CORS.
    send(await readFile(file), type, { 'access-control-allow-origin': '*', 'cache-control': 'max-age=600' });
  }
}

function documentOf({ html = 'lang="en"', head = '', body }: HostPage): string {
  return `<!doctype html>
<html ${html}>
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>A host page</title>
    ${head}
  </head>
  <body>
    ${body}
  </body>
</html>
`;
}
