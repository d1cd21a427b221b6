import { readdirSync, readFileSync } from 'node:fs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import esbuild from 'rollup-plugin-esbuild';
import { templates } from './.ci/rollup/templates.mjs';
import { terser } from './.ci/rollup/terser.mjs';
import { trustedTypes } from './.ci/rollup/trusted-types.mjs';

/** What `npm run build` writes; .ci/build.mjs builds one part alone with `rollup -c --environment PART:cdn`. */
const part = process.env.PART ?? 'all';

const typescript = () =>
  esbuild({ target: 'es2022', tsconfig: 'tsconfig.json', loaders: { '.json': 'json' } });
const resolve = (...exportConditions) =>
  nodeResolve({ exportConditions, extensions: ['.ts', '.mjs', '.js', '.json'], preferBuiltins: true });

/** Every warning is an error, but for what dependencies do inside their own modules. */
const onwarn = (warning) => {
  const files = [warning.loc?.file, warning.id, ...(warning.ids ?? [])].filter(Boolean);
  const theirs = files.length > 0 && files.every((file) => file.includes('node_modules'));
  if (theirs && ['INVALID_ANNOTATION', 'CIRCULAR_DEPENDENCY', 'THIS_IS_UNDEFINED'].includes(warning.code))
    return;
  // a module that holds only types is an empty file of the npm build
  if (warning.code === 'EMPTY_BUNDLE') return;
  throw new Error(`rollup: ${warning.code}: ${warning.message}`);
};

/**
 * Which of our modules do something when they are evaluated, beyond making their exports: package.json says it to
 * everybody's bundler, and here to ours. A module whose exports nobody uses is left out with everything it makes.
 */
const acting = JSON.parse(readFileSync('package.json', 'utf8')).sideEffects.map(
  (glob) => new RegExp(`/${glob.replace('./', '').replaceAll('.', '\\.').replace('*', '[^/]*')}$`),
);
const treeshake = {
  // Lit's modules only make their exports: <exo-session> renders nothing and carries no lit-html.
  moduleSideEffects: (id) =>
    id.includes('node_modules')
      ? !/node_modules\/(?:lit|lit-html|lit-element|@lit\/reactive-element)\//.test(id)
      : acting.some((pattern) => pattern.test(id)),
};

const sources = readdirSync('src', { recursive: true })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
const registrations = sources.filter((file) => /^elements\/exo-[^/]+\.ts$/.test(file));
const tag = (file) => file.replace(/^elements\/|\.ts$/g, '');

const inBrowser = () => [
  resolve('production', 'browser'),
  typescript(),
  trustedTypes(),
  templates(),
  terser(),
];
/**
 * What an element needs to show itself in one file; what it loads when it is used, beside it in chunks/. A chunk takes
 * what it shares with the file from there, so nothing comes twice: docs/decisions/chunks.md.
 */
const oneFile = (input, name) => ({
  input: { [name]: `src/${input}` },
  plugins: inBrowser(),
  preserveEntrySignatures: 'allow-extension',
  output: {
    dir: 'dist/cdn',
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: `chunks/${name}.[name]-[hash].js`,
    sourcemap: true,
  },
});

/** One script tag each: everything, one element, or each element when its tag appears. */
const cdn = [
  oneFile('cdn.ts', 'exo'),
  ...registrations.map((file) => oneFile(file, tag(file))),
  {
    input: { 'exo.loader': 'src/loader.ts' },
    plugins: inBrowser(),
    output: { dir: 'dist/cdn', format: 'es', chunkFileNames: 'shared/[name]-[hash].js', sourcemap: true },
  },
  // A classic script, which every browser takes for a service worker.
  {
    input: 'src/sso-worker.ts',
    plugins: inBrowser(),
    output: { file: 'dist/cdn/exo.sso-worker.js', format: 'iife', sourcemap: true },
  },
];

/** Module for module as in src, dependencies left to the page's own bundler. */
const npm = {
  input: Object.fromEntries(
    sources
      .filter((file) => !['cdn.ts', 'sso-worker.ts'].includes(file) && !file.startsWith('simulator/'))
      .map((file) => [file.replace(/\.ts$/, ''), `src/${file}`]),
  ),
  external: (id) =>
    /^(lit|@lit\/context|uplot|@xterm\/xterm|@xterm\/addon-fit|@novnc\/novnc|yaml)(\/|$)/.test(id),
  plugins: [resolve('browser'), typescript()],
  output: { dir: 'dist', format: 'es', preserveModules: true, preserveModulesRoot: 'src', sourcemap: true },
};

/** Its router is no dependency of the package, so both files carry it. */
const simulator = [
  {
    input: 'src/simulator/cloud.ts',
    plugins: [resolve('browser'), typescript()],
    output: { file: 'dist/simulator/cloud.js', format: 'es', inlineDynamicImports: true, sourcemap: true },
  },
  {
    input: 'src/simulator/serve.ts',
    external: /^node:/,
    plugins: [resolve('node'), typescript()],
    output: { file: 'dist/simulator/serve.js', format: 'es', inlineDynamicImports: true, sourcemap: true },
  },
];

const parts = { npm: [npm], cdn, simulator };
export default (part === 'all' ? Object.values(parts).flat() : parts[part]).map((build) => ({
  treeshake,
  ...build,
  onwarn,
}));
