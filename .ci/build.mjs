// npm run build [-- part …] [-- --if-stale]
// Parts: cdn, npm, simulator, types, manifest; all of them when none is named.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
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

/** What each part clears before, and how it is made. */
const PARTS = {
  cdn: {
    clears: ['dist/cdn'],
    async make() {
      const done = await rollup('cdn');
      if (done.code === 0) await cp(at('themes'), at('dist/cdn/themes'), { recursive: true });
      return done;
    },
  },
  npm: { clears: [], make: () => rollup('npm') },
  simulator: { clears: ['dist/simulator'], make: () => rollup('simulator') },
  types: {
    clears: ['dist/types'],
    make: () => bin('typescript', 'bin/tsc', ['-p', 'tsconfig.build.json'], { output: 'collect' }),
  },
  manifest: {
    clears: ['gen', 'custom-elements.json'],
    make: () =>
      bin('@custom-elements-manifest/analyzer', 'cem.js', ['analyze', '--quiet'], { output: 'collect' }),
  },
};

const stamp = (part) => `dist/.made/${part}`;

async function make(part) {
  const started = performance.now();
  const { clears, make } = PARTS[part];
  await Promise.all([...clears, stamp(part)].map((file) => rm(at(file), { recursive: true, force: true })));
  const { code, output } = await make();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'built ' : 'FAILED'} ${part.padEnd(9)} ${seconds} s`);
  if (code !== 0) throw new Error(`The build of "${part}" failed:\n${output.trim()}`);
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
  if (parts.length === Object.keys(PARTS).length && waiting.length === parts.length) {
    await rm(at('dist'), { recursive: true, force: true });
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
