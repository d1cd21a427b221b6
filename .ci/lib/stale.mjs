import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { root } from './root.mjs';

/** The newest change of a file, or of anything below a folder, in ms; a removed file shows in its folder. 0: not there. */
async function newest(file) {
  const found = await stat(file).catch(() => undefined);
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const below = await Promise.all((await readdir(file)).map((name) => newest(path.join(file, name))));
  return Math.max(found.mtimeMs, ...below);
}

/** Must `output` be made again, because it is missing or older than one of `inputs`? Paths from the top folder. */
export async function isStale(output, inputs) {
  const made = await stat(path.join(root, output)).catch(() => undefined);
  if (!made) return true;
  const changed = await Promise.all(inputs.map((input) => newest(path.join(root, input))));
  return changed.some((time) => time > made.mtimeMs);
}
