// npm run build [-- part …] [-- --if-stale]
// Parts: cdn, npm, simulator, types, manifest; all of them when none is named.
import { cp, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { ensureDependencies } from './lib/dependencies.mjs';
import { isMain } from './lib/main.mjs';
import { root } from './lib/root.mjs';
import { bin } from './lib/run.mjs';
import { isStale } from './lib/stale.mjs';

const at = (file) => path.join(root, file);
const INPUTS = ['src', 'themes', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'rollup.config.mjs', 'custom-elements-manifest.config.mjs', '.ci/rollup']; // prettier-ignore

const rollup = (part) =>
  bin('rollup', 'dist/bin/rollup', ['-c', '--silent'], { output: 'collect', env: { PART: part } });

/** The folders that hold nothing but a part, and how it is made. */
const PARTS = {
  cdn: {
    owns: ['dist/cdn'],
    async make() {
      const done = await rollup('cdn');
      if (done.code === 0) await cp(at('themes'), at('dist/cdn/themes'), { recursive: true });
      return done;
    },
  },
  npm: {
    owns: ['openstack', 'live', 'session', 'launch', 'ui', 'i18n', 'elements'].map(
      (storey) => `dist/${storey}`,
    ),
    make: () => rollup('npm'),
  },
  simulator: { owns: ['dist/simulator'], make: () => rollup('simulator') },
  types: {
    owns: ['dist/types'],
    make: () => bin('typescript', 'bin/tsc', ['-p', 'tsconfig.build.json'], { output: 'collect' }),
  },
  manifest: {
    owns: ['gen'],
    make: () =>
      bin('@custom-elements-manifest/analyzer', 'cem.js', ['analyze', '--quiet'], { output: 'collect' }),
  },
};

const stamp = (part) => `dist/.made/${part}`;

/**
 * Removes what an earlier build left in a folder. Afterwards, not before: a portal that is being served from there
 * goes on with the old files until the new ones are written.
 */
async function removeOlder(folder, time) {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    // file systems keep times in steps, of two seconds at worst
    if (entry.isFile() && (await stat(file)).mtimeMs < time - 2000) await rm(file, { force: true });
  }
}

async function make(part) {
  const started = performance.now();
  const { owns, make } = PARTS[part];
  await rm(at(stamp(part)), { force: true });
  const before = Date.now();
  const { code, output } = await make();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'built ' : 'FAILED'} ${part.padEnd(9)} ${seconds} s`);
  if (code !== 0) throw new Error(`The build of "${part}" failed:\n${output.trim()}`);
  await Promise.all(owns.map((folder) => removeOlder(at(folder), before)));
  await mkdir(at('dist/.made'), { recursive: true });
  await writeFile(at(stamp(part)), '');
}

/** Builds the named parts, two at a time; every part runs to its end, then the failures are thrown together. */
export async function build(parts = Object.keys(PARTS), { ifStale = false } = {}) {
  const waiting = [];
  for (const part of parts) {
    if (!PARTS[part]) throw new Error(`No part "${part}": ${Object.keys(PARTS).join(', ')}`);
    if (!ifStale || (await isStale(stamp(part), INPUTS))) waiting.push(part);
  }
  const failures = [];
  const worker = async () => {
    for (let part = waiting.shift(); part; part = waiting.shift())
      await make(part).catch((e) => failures.push(e.message));
  };
  await Promise.all([worker(), worker()]);
  if (failures.length > 0) throw new Error(failures.join('\n\n'));
}

if (isMain(import.meta.url)) {
  const args = process.argv.slice(2);
  const parts = args.filter((arg) => !arg.startsWith('--'));
  try {
    await ensureDependencies();
    await build(parts.length > 0 ? parts : undefined, { ifStale: args.includes('--if-stale') });
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
