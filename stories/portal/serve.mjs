// The demo portal over HTTP: static files, a strict Content Security Policy, and nothing else of ours behind it.
//   node stories/portal/serve.mjs
//     PORT           where to listen (8080)
//     OS_AUTH_URL    the identity service to sign in to (http://localhost:5000/v3)
//     EXO_CONNECT    further origins the page may speak to, separated by spaces; consoles among them
//                    (default: every port of the identity service's host)
//     EXO_CLOUD_NAME what the cloud is called on the page
//     EXO_PROXY      a path prefix such as /openstack under which this server passes requests on, for a cloud without CORS
import { readFile } from 'node:fs/promises';
import { createServer, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { isMain } from '../../.ci/lib/main.mjs';
import { sendFile } from '../../.ci/lib/serve-static.mjs';

const here = fileURLToPath(new URL('.', import.meta.url)).replace(/[\\/]$/, '');
const kit = path.join(here, '../../dist/cdn');

/** Consoles are WebSockets, which a policy names apart from the services beside them. */
const socketsOf = (origins) =>
  origins.filter((origin) => origin.startsWith('http')).map((origin) => origin.replace('http', 'ws'));

/** What an institution's security officer would write: nothing inline, nothing from elsewhere, one named policy. */
export const contentSecurityPolicy = (connect) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    `connect-src ${["'self'", ...connect, ...socketsOf(connect)].join(' ')}`,
    // Where a console lets only the cloud's own page in, that page is shown.
    `frame-src ${connect.length > 0 ? connect.join(' ') : "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types exo-lit exo-sso 'allow-duplicates'",
  ].join('; ');

/** OpenStack services of one cloud often share a host and differ in the port. */
const everyPortOf = (url) => {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${hostname}:*`;
};

/**
 * Passes `<prefix>/host:port/path` on to `https://host:port/path`, and `<prefix>/http/host:port/path` to http. Only to
 * the hosts in `allowed`, and only for the portal's own pages: an open proxy would lend this machine's place in the network.
 */
async function passOn(request, response, prefix, allowed) {
  const rest = request.url.slice(prefix.length + 1);
  const [, plain, host, below = '/'] = /^(http\/)?([^/?]+)(\/.*|\?.*)?$/s.exec(rest) ?? [];
  const site = request.headers['sec-fetch-site'] ?? 'same-origin';
  if (!host || site !== 'same-origin' || !allowed(plain ? 'http:' : 'https:', host)) {
    response.writeHead(403, { 'content-type': 'text/plain' }).end('This proxy does not go there.\n');
    return;
  }
  const headers = { ...request.headers, host };
  for (const name of ['origin', 'referer', 'cookie', 'connection']) delete headers[name];
  const onward = (plain ? httpRequest : httpsRequest)(`${plain ? 'http' : 'https'}://${host}${below}`, {
    method: request.method,
    headers,
  });
  const answered = new Promise((resolve, reject) => onward.once('response', resolve).once('error', reject));
  await pipeline(request, onward);
  const answer = await answered;
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  await pipeline(answer, response);
}

/**
 * Exosphere's redirector: the token that Keystone posts goes on in the URL of a page, which a portal without service
 * workers needs a server for.
 */
async function redirectToken(request, response) {
  let body = '';
  for await (const chunk of request) body += chunk;
  const token = new URLSearchParams(body).get('token');
  if (!token) return response.writeHead(400).end();
  const location = `/auth/oidc-login?${new URLSearchParams({ token })}`;
  response.writeHead(303, { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }).end();
}

/**
 * Serves the portal.
 *
 * @param {import('./serve.d.mts').PortalOptions} [options]
 * @returns {Promise<import('./serve.d.mts').Portal>}
 */
export async function servePortal({
  port = 0,
  host = 'localhost',
  authUrl = 'http://localhost:5000/v3',
  cloudName = 'Lakeside Research Cloud',
  connect = [everyPortOf(authUrl)],
  proxy,
  config = {},
  files = new Map(),
} = {}) {
  // Web shells are signed in to by way of the cloud's proxy for what people run there.
  const proxies = (config.userAppProxy ?? []).map(({ hostname }) => `https://*.${hostname}`);
  const policy = contentSecurityPolicy([...new Set([new URL(authUrl).origin, ...connect, ...proxies])]);
  const allowed = (protocol, hostAndPort) =>
    [authUrl, ...connect].some((text) => {
      const [, scheme, name, wanted] = /^(https?:)\/\/([^/:]+)(?::(\d+|\*))?/.exec(text) ?? [];
      const at = new URL(`${protocol}//${hostAndPort}`);
      const fits = wanted === '*' || (wanted ?? '') === at.port;
      return scheme === protocol && name === at.hostname && fits;
    });

  const answer = async (request, response) => {
    if (proxy && request.url.startsWith(`${proxy}/`)) return passOn(request, response, proxy, allowed);
    const { pathname } = new URL(request.url, 'http://localhost');
    if (request.method === 'POST' && pathname === '/oidc-redirector') return redirectToken(request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD') return response.writeHead(405).end();
    const extra = files.get(pathname);
    if (extra) return extra(request, response);
    if (pathname === '/config.json') {
      const signIn = { methods: ['password', 'sso', 'application-credential', 'file'] };
      const body = JSON.stringify({ authUrl, cloudName, signIn, ...(proxy ? { proxy } : {}), ...config });
      return response
        .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
        .end(body);
    }
    // What people come back to from their institution's sign-in is the portal again, some folders down.
    const isReturn = pathname === '/auth/oidc-login' || pathname === '/auth/callback';
    if (pathname === '/' || pathname === '/index.html' || isReturn) {
      const source = await readFile(path.join(here, 'index.html'), 'utf8');
      const page = isReturn ? source.replace(/ (href|src|config)="(?=[\w.])(?!https?:)/g, ' $1="/') : source;
      const script = files.has('/live-reload.js')
        ? '<script type="module" src="live-reload.js"></script>\n  </head>'
        : '';
      return response
        .writeHead(200, {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': policy,
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'cache-control': 'no-cache',
        })
        .end(script ? page.replace('</head>', script) : page);
    }
    // The service worker of single sign-on has to be in the folder it is for.
    if (
      pathname === '/auth/websso/exo.sso-worker.js' &&
      (await sendFile(response, kit, path.basename(pathname)))
    )
      return;
    const sent = pathname.startsWith('/kit/')
      ? await sendFile(response, kit, pathname.slice('/kit/'.length))
      : /\.(css|js|svg)$/.test(pathname) && (await sendFile(response, here, pathname));
    return sent || response.writeHead(404, { 'content-type': 'text/plain' }).end('There is no such page.\n');
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      if (!response.headersSent) response.writeHead(502, { 'content-type': 'text/plain' });
      response.end(`${error.message}\n`);
    });
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return {
    url: `http://${host}:${server.address().port}`,
    close: () => new Promise((resolve) => (server.close(() => resolve()), server.closeAllConnections())),
  };
}

if (isMain(import.meta.url)) {
  const { PORT, OS_AUTH_URL, EXO_AUTH_URL, EXO_CONNECT, EXO_CLOUD_NAME, EXO_PROXY } = process.env;
  const authUrl = EXO_AUTH_URL || OS_AUTH_URL;
  const { url } = await servePortal({
    port: Number(PORT ?? 8080),
    ...(authUrl ? { authUrl } : {}),
    ...(EXO_CONNECT ? { connect: EXO_CONNECT.split(/[\s,]+/).filter(Boolean) } : {}),
    ...(EXO_CLOUD_NAME ? { cloudName: EXO_CLOUD_NAME } : {}),
    ...(EXO_PROXY ? { proxy: EXO_PROXY.replace(/\/$/, '') } : {}),
  });
  console.log(`The portal: ${url}`);
}
