import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What the bundler of a host page makes of its own source, with the packages it uses inside. A development build has
 * the checks that a framework makes only there.
 */
export async function bundle(source: string, { development = false } = {}): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: ROOT, loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    external: ['/kit/*'],
    conditions: [development ? 'development' : 'production', 'browser'],
    define: { 'process.env.NODE_ENV': development ? '"development"' : '"production"' },
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}
