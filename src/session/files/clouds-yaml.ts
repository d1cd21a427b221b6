import { isRecord } from '../../openstack/schema.js';
import { foundCloud, type FileProblem, type FoundCloud, type Values } from './found.js';

/** What a clouds.yaml holds. */
export interface CloudsFile {
  readonly clouds: readonly (FoundCloud | FileProblem)[];
  /** Whether the text could not be read as YAML, or holds no clouds. */
  readonly unreadable: boolean;
}

/** Whether a text looks like a clouds.yaml, or the secure.yaml beside it. */
export function isCloudsYaml(text: string): boolean {
  return /^\s*(?:["']?clouds["']?\s*:|\{\s*"clouds")/m.test(text);
}

/**
 * Reads a clouds.yaml as OpenStack's own clients do; a cloud with several regions is there once, in the first of
 * them.
 *
 * @param texts the file and, in any order, the secure.yaml with its secrets
 */
export async function readCloudsYaml(texts: readonly string[]): Promise<CloudsFile> {
  const { parse } = await import('yaml');
  let all: Record<string, unknown> = {};
  try {
    for (const text of texts) {
      const read: unknown = parse(text, { maxAliasCount: 100 });
      if (isRecord(read)) all = merged(all, read);
    }
  } catch {
    return { clouds: [], unreadable: true };
  }
  const clouds = isRecord(all['clouds']) ? all['clouds'] : {};
  const profiles = isRecord(all['public-clouds']) ? all['public-clouds'] : {};
  const found = Object.entries(clouds).flatMap(([name, cloud]) => {
    if (!isRecord(cloud)) return [];
    const profile = profiles[String(cloud['profile'] ?? cloud['cloud'])];
    return [foundCloud(name, valuesOf(isRecord(profile) ? merged(profile, cloud) : cloud), new Set())];
  });
  return { clouds: found, unreadable: found.length === 0 };
}

/** The second over the first, key by key. */
function merged(
  under: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const result: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const known = result[key];
    result[key] = isRecord(known) && isRecord(value) ? merged(known, value) : value;
  }
  return result;
}

function valuesOf(cloud: Readonly<Record<string, unknown>>): Values {
  const auth = isRecord(cloud['auth']) ? cloud['auth'] : {};
  const values = new Map<string, string>();
  for (const [key, value] of Object.entries({ ...cloud, ...auth }))
    if (typeof value === 'string' || typeof value === 'number')
      values.set(key.replaceAll('-', '_'), String(value));
  const regions = cloud['regions'];
  const first: unknown = Array.isArray(regions) ? regions[0] : undefined;
  const region = isRecord(first) ? first['name'] : first;
  if (typeof region === 'string' && !values.has('region_name')) values.set('region_name', region);
  return values;
}
