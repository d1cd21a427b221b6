import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { npm } from './run.mjs';
import { root } from './root.mjs';

const packagesOf = async (file) => JSON.parse(await readFile(path.join(root, file), 'utf8')).packages;

/** Does node_modules hold what the lock file names? Compares with the record npm keeps of what it installed. */
export async function dependenciesAreInstalled() {
  const wanted = await packagesOf('package-lock.json');
  const present = await packagesOf('node_modules/.package-lock.json').catch(() => undefined);
  if (!present) return false;
  return Object.entries(wanted).every(
    // packages for other systems are in the lock and rightly not installed
    ([name, { version, optional }]) =>
      name === '' || (present[name]?.version ?? (optional && version)) === version,
  );
}

/** Installs from the lock file, if anything is missing or of another version. */
export async function ensureDependencies() {
  if (await dependenciesAreInstalled()) return;
  console.log('Installing the dependencies from package-lock.json …');
  const { code } = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) throw new Error('npm ci failed: see its messages above.');
}
