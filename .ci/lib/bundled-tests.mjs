import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { root } from './root.mjs';

const FOLDER = 'test/elements';
const TYPES = { '.js': 'text/javascript; charset=utf-8', '.map': 'application/json; charset=utf-8' };

/** Every element test with what it imports; what several of them import lies in chunks of its own, once. By address. */
async function bundle() {
  const { build } = await import('esbuild');
  const names = await readdir(path.join(root, FOLDER), { recursive: true });
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: names.filter((name) => name.endsWith('.test.ts')).map((name) => path.join(FOLDER, name)),
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['development', 'browser'],
    // what the test runner serves itself
    external: ['/__*'],
    outdir: root,
    outbase: root,
    chunkNames: 'bundled/[name]-[hash]',
    sourcemap: 'linked',
    logLevel: 'warning',
  });
  return new Map(
    outputFiles.map(({ path: file, contents }) => [
      `/${path.relative(root, file).split(path.sep).join('/')}`,
      Buffer.from(contents),
    ]),
  );
}

/**
 * Middleware that answers a page with a few chunks where the modules themselves would be hundreds of requests for each
 * test file. It bundles once, when the first of them is asked for. When that fails, the modules are served one by one, and
 * the tests that need the broken one fail by themselves.
 */
export function bundledTests() {
  let bundling;
  return async (context, next) => {
    const name = context.path.replace(/\.test\.ts$/, '.test.js');
    if (name === context.path && !/^\/(bundled|test)\//.test(name)) return next();
    const body = (await (bundling ??= bundle().catch(() => new Map()))).get(name);
    if (!body) return next();
    context.body = body;
    context.set({ 'content-type': TYPES[path.extname(name)] });
    // the name of a chunk changes with what is in it
    context.set('cache-control', name.startsWith('/bundled/') ? 'max-age=31536000, immutable' : 'no-cache');
    return undefined;
  };
}
