// npm run dev: the demo portal on the sources. A change of a source, a theme or the portal shows in the browser by itself.
import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SIGN_IN, startCloud, USER_APP_PROXY, WHO } from './cloud.mjs';
import { build } from './build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { isMain } from './lib/main.mjs';
import { nextFreePort, portFrom, requirePort } from './lib/ports.mjs';
import { root } from './lib/root.mjs';
import { servePortal } from '../stories/portal/serve.mjs';

const RELOAD = `// Server-sent events: the Content Security Policy of the portal allows its own origin, and no inline script.
const events = new EventSource('live-reload');
let started;
events.addEventListener('hello', ({ data }) => {
  if (started !== undefined && started !== data) location.reload();
  started = data;
});
events.addEventListener('change', () => location.reload());
events.addEventListener('styles', () => {
  for (const link of document.querySelectorAll('link[rel=stylesheet]')) link.href = link.href.replace(/\\?.*|$/, '?' + Date.now());
});
events.addEventListener('broken', ({ data }) => console.error(data));
`;

const send = (type, text) => (_request, response) =>
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(text());

/** Starts the portal on the sources; resolves when the first bundle is there. */
export async function startDev({ port, cloudPort }) {
  const { build: bundleOnce, context } = await import('esbuild');
  const { isLitHtml, renamePolicy } = await import('./rollup/trusted-types.mjs');

  const born = String(Date.now());
  const pages = new Set();
  const tell = (event, data = '') => {
    const lines = data.split('\n').map((line) => `data: ${line}\n`).join(''); // prettier-ignore
    for (const page of pages) page.write(`event: ${event}\n${lines}\n`);
  };

  let bundle = '';
  const bundler = await context({
    absWorkingDir: root,
    entryPoints: ['src/cdn.ts'],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['development', 'browser'],
    sourcemap: 'inline',
    write: false,
    outfile: 'exo.js',
    logLevel: 'warning',
    plugins: [
      {
        name: 'exo-dev',
        setup(plugin) {
          plugin.onLoad({ filter: /lit-html\.js$/ }, async ({ path: file }) =>
            isLitHtml(file)
              ? { contents: renamePolicy(await readFile(file, 'utf8')), loader: 'js' }
              : undefined,
          );
          let builds = 0;
          plugin.onEnd(({ errors, outputFiles }) => {
            if (errors.length > 0) {
              tell(
                'broken',
                errors.map(({ text, location }) => `${location?.file}:${location?.line} ${text}`).join('\n'),
              );
              return;
            }
            bundle = outputFiles[0].text;
            builds += 1;
            if (builds > 1) tell('change');
          });
        },
      },
    ],
  });
  await bundler.rebuild();

  // The service worker of single sign-on; a browser keeps the one it has until the page is loaded anew.
  const worker = await bundleOnce({
    absWorkingDir: root,
    entryPoints: ['src/sso-worker.ts'],
    bundle: true,
    format: 'iife',
    target: 'es2022',
    write: false,
  });

  const theme = (name) => async (_request, response) =>
    response
      .writeHead(200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-store' })
      .end(await readFile(path.join(root, 'themes', name), 'utf8'));
  const { readdir } = await import('node:fs/promises');
  const themes = (await readdir(path.join(root, 'themes'))).filter((name) => name.endsWith('.css'));

  const cloud = await startCloud(cloudPort);
  const portal = await servePortal({
    port,
    authUrl: cloud.authUrl,
    config: { signIn: SIGN_IN, userAppProxy: USER_APP_PROXY },
    files: new Map([
      ['/kit/exo.js', send('text/javascript; charset=utf-8', () => bundle)],
      [
        '/auth/websso/exo.sso-worker.js',
        send('text/javascript; charset=utf-8', () => worker.outputFiles[0].text),
      ],
      ['/live-reload.js', send('text/javascript; charset=utf-8', () => RELOAD)],
      [
        '/live-reload',
        (request, response) => {
          response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
          response.write(`event: hello\ndata: ${born}\n\n`);
          pages.add(response);
          request.on('close', () => pages.delete(response));
        },
      ],
      ...themes.map((name) => [`/kit/themes/${name}`, theme(name)]),
    ]),
  });

  // One rebuild for a burst of changes: editors write a file in several steps.
  let waiting;
  const soon = (what) => {
    clearTimeout(waiting);
    waiting = setTimeout(what, 30);
  };
  const rebuild = () => bundler.rebuild().catch(() => undefined); // esbuild has printed what is wrong
  const watchers = [
    watch(path.join(root, 'src'), { recursive: true }, () => soon(rebuild)),
    watch(path.join(root, 'themes'), () => soon(() => tell('styles'))),
    watch(path.join(root, 'stories/portal'), (_event, name) =>
      soon(() => tell(name?.endsWith('.css') ? 'styles' : 'change')),
    ),
  ];
  return {
    portal,
    cloud,
    async close() {
      for (const watcher of watchers) watcher.close();
      await Promise.all([bundler.dispose(), portal.close(), cloud.close()]);
    },
  };
}

if (isMain(import.meta.url)) {
  try {
    const port = portFrom('PORT', 8080);
    await requirePort(port, 'PORT', 'npm run dev');
    const cloudPort = await nextFreePort(portFrom('CLOUD_PORT', 5000));
    await ensureDependencies();
    await build(['simulator'], { ifStale: true });
    const { portal, cloud } = await startDev({ port, cloudPort });
    console.log(
      `\n  The portal on the sources  ${portal.url}\n  The cloud                  ${cloud.authUrl} (simulated)`,
    );
    for (const [label, value] of WHO.slice(0, 2)) console.log(`  ${label.padEnd(25)}  ${value}`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
