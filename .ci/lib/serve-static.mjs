import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

const TYPES = { '.css': 'text/css', '.html': 'text/html', '.ico': 'image/x-icon', '.js': 'text/javascript', '.json': 'application/json', '.map': 'application/json', '.mjs': 'text/javascript', '.png': 'image/png', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' }; // prettier-ignore

/** The media type of a file, by its name. */
export const typeOf = (file) => {
  const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
  return /^text|json|svg/.test(type) ? `${type}; charset=utf-8` : type;
};

/** Answers with a file below `folder`; false when there is none. */
export async function sendFile(response, folder, pathname, headers = {}) {
  const file = path.join(folder, path.normalize(decodeURIComponent(pathname)));
  if (file !== folder && !file.startsWith(folder + path.sep)) return false;
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) return false;
  response.writeHead(200, {
    'content-type': typeOf(file),
    'content-length': found.size,
    'cache-control': 'no-cache',
    ...headers,
  });
  createReadStream(file).pipe(response);
  return true;
}

/** A folder over HTTP on a free port of the loopback interface. */
export async function serveFolder(folder) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    sendFile(response, folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname).then(
      (sent) => sent || response.writeHead(404).end(),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())),
  };
}
