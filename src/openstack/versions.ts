import { OpenStackError } from './errors.js';
import { isRecord } from './schema.js';

/** The microversions of a service; both undefined where it has none. */
export interface VersionRange {
  readonly min: string | undefined;
  readonly max: string | undefined;
}

/** Below zero when `a` is the older one, above when it is the newer one. */
export function compareVersions(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA - majorB || minorA - minorB;
}

/**
 * Reads a service's version document (`{version: {...}}` or `{versions: [...]}`); an answer without usable numbers
 * is a service without microversions.
 */
export function readVersionRange(body: unknown): VersionRange {
  const documents: unknown[] = !isRecord(body)
    ? []
    : Array.isArray(body['versions'])
      ? body['versions']
      : [body['version']];
  let best: VersionRange = { min: undefined, max: undefined };
  for (const document of documents) {
    if (!isRecord(document)) continue;
    const { version, min_version: min } = document;
    // `max_version` is Placement's and Ironic's name for the same thing.
    const max = version ?? document['max_version'];
    if (!isVersion(max) || !isVersion(min)) continue;
    if (best.max === undefined || compareVersions(max, best.max) > 0) best = { min, max };
  }
  return best;
}

function isVersion(value: unknown): value is string {
  return typeof value === 'string' && /^\d+\.\d+$/.test(value);
}

/**
 * The microversion to ask for.
 *
 * @param wanted the newest that is of use
 * @param needed the oldest that will do
 * @returns undefined when no header is to be sent, because the service has no microversions or would answer in this
 *   one anyhow: what a service does without the header is its oldest
 * @throws OpenStackError kind `protocol`, reason `microversion`, when the service is too old for what is needed
 */
export function chooseMicroversion(range: VersionRange, wanted: string, needed?: string): string | undefined {
  const { min, max } = range;
  if (needed !== undefined && compareVersions(max ?? '0.0', needed) < 0) {
    throw new OpenStackError({
      kind: 'protocol',
      reason: 'microversion',
      attempt: { action: 'read-versions' },
      detail: `needs microversion ${needed}, offered is ${max ?? 'none'}`,
    });
  }
  if (min === undefined || max === undefined) return undefined;
  const chosen = compareVersions(wanted, max) < 0 ? wanted : max;
  return compareVersions(chosen, min) > 0 ? chosen : undefined;
}
