// npm run size: what a page downloads for each file of the CDN build, against the budgets.
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { isMain } from './lib/main.mjs';
import { root } from './lib/root.mjs';

const CDN = path.join(root, 'dist/cdn');

/**
 * In KB of 1000 bytes, gzip -9. `goal` is the design's number where a file has not come down to it yet: the budget
 * keeps it from growing until it does. docs/decisions/size-budgets.md
 */
const BUDGETS = {
  'exo-session.js': { budget: 21, goal: 20 },
  'exo-login.js': { budget: 28 },
  'exo-session-status.js': { budget: 26 },
  'exo-project-picker.js': { budget: 28 },
  'exo-instance-list.js': { budget: 61, goal: 40 },
  'exo-launch-wizard.js': { budget: 55 },
  'exo-instance.js': { budget: 50 },
  'exo-console.js': { budget: 36 },
  'exo-quick-launch.js': { budget: 52 },
  'exo-api-log.js': { budget: 22 },
  'exo-credentials.js': { budget: 34 },
  'exo-doctor.js': { budget: 30 },
  'exo.js': { budget: 120 },
};

/** A file and what it imports at once (what it imports later loads when it is used, and is not counted). */
function withImports(file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  const code = readFileSync(file, 'utf8');
  for (const [, specifier] of code.matchAll(/(?:^|[;}\s])(?:import|export)\b[^;'"()]*?["'](\.[^"']+)["']/g)) {
    withImports(path.join(path.dirname(file), specifier), seen);
  }
  return seen;
}

export const measure = (buffers) =>
  buffers.reduce(
    (sum, bytes) => ({
      raw: sum.raw + bytes.length,
      gzip: sum.gzip + gzipSync(bytes, { level: 9 }).length,
      brotli:
        sum.brotli + brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
    }),
    { raw: 0, gzip: 0, brotli: 0 },
  );

export function sizes() {
  const entries = readdirSync(CDN)
    .filter((name) => name.endsWith('.js'))
    .sort();
  const themes = existsSync(path.join(CDN, 'themes'))
    ? readdirSync(path.join(CDN, 'themes'))
        .filter((n) => n.endsWith('.css'))
        .sort()
    : [];
  return [
    ...entries.map((name) => ({
      name,
      ...measure([...withImports(path.join(CDN, name))].map((f) => readFileSync(f))),
      ...BUDGETS[name],
    })),
    ...themes.map((name) => ({
      name: `themes/${name}`,
      ...measure([readFileSync(path.join(CDN, 'themes', name))]),
    })),
  ];
}

/** The files that an entry loads when it is used. */
function chunksOf(name) {
  const folder = path.join(CDN, 'chunks');
  if (!existsSync(folder)) return [];
  const prefix = name.replace(/js$/, '');
  return readdirSync(folder)
    .filter((chunk) => chunk.startsWith(prefix) && chunk.endsWith('.js'))
    .sort();
}

/** Prints the table; returns one message for each entry over its budget or without a file. */
export function report() {
  if (!existsSync(CDN)) return ['There is no dist/cdn yet: npm run build'];
  const rows = sizes();
  const kb = (bytes) => (bytes / 1000).toFixed(1).padStart(8);
  console.log(`${'KB = 1000 bytes'.padEnd(24)}     raw  gzip -9   brotli   budget  (goal)`);
  for (const { name, raw, gzip, brotli, budget, goal } of rows) {
    const over = gzip > (budget ?? Infinity) * 1000 ? '  OVER' : '';
    const left =
      budget === undefined ? '' : `${String(budget).padStart(9)}${goal ? `    (${goal})` : ''}${over}`;
    console.log(`${name.padEnd(24)}${kb(raw)} ${kb(gzip)} ${kb(brotli)}${left}`);
    for (const chunk of chunksOf(name)) {
      const { raw, gzip, brotli } = measure([readFileSync(path.join(CDN, 'chunks', chunk))]);
      const part = chunk.slice(name.length - 2).replace(/-[^-]*\.js$/, '');
      console.log(`  + ${part.padEnd(20)}${kb(raw)} ${kb(gzip)} ${kb(brotli)}   when it is used`);
    }
  }
  const missing = Object.keys(BUDGETS)
    .filter((name) => !rows.some((row) => row.name === name))
    .map((name) => `dist/cdn/${name} is missing: a budget without a file. npm run build`);
  const over = rows
    .filter(({ gzip, budget }) => budget !== undefined && gzip > budget * 1000)
    .map(
      ({ name, gzip, budget }) =>
        `dist/cdn/${name} is ${gzip} bytes after gzip -9, ${gzip - budget * 1000} over its budget of ${budget} KB. ` +
        'Look at what was added (npx source-map-explorer, or the "sources" of its .map file): import from the module ' +
        'that holds it instead of an index, load what is heavy when it is used (import()), or drop a dependency. ' +
        'Raising a budget takes a decision record in docs/decisions/.',
    );
  return [...missing, ...over];
}

if (isMain(import.meta.url)) {
  const problems = report();
  for (const problem of problems) console.error(`\n${problem}`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
