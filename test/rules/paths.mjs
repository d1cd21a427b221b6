import path from 'node:path';

/**
 * The path of a file below the nearest `src` folder, with forward slashes; undefined for a file outside it.
 * `/repo/src/openstack/transport.ts` -> `openstack/transport.ts`
 */
export function belowSrc(filename) {
  const parts = filename.split(/[\\/]/);
  const at = parts.lastIndexOf('src');
  return at < 0 || at === parts.length - 1 ? undefined : parts.slice(at + 1).join('/');
}

/** Where a relative import leads, below `src`; undefined when it leaves `src` or names a package. */
export function importTarget(filename, specifier) {
  const from = belowSrc(filename);
  if (from === undefined || !specifier.startsWith('.')) return undefined;
  const target = path.posix.normalize(path.posix.join(path.posix.dirname(from), specifier));
  return target.startsWith('..') ? undefined : target;
}

/** `openstack/transport.ts` -> `openstack`; a file of `src` itself -> `''`. */
export const storeyOf = (target) => (target.includes('/') ? target.slice(0, target.indexOf('/')) : '');
