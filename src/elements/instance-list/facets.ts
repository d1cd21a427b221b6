import type { Server } from '../../openstack/compute.js';

/** By what a list can be narrowed down, besides the status; each has a message `facet-<key>`. */
export const FACETS = [
  'creator',
  'size',
  'image',
  'keypair',
  'network',
  'zone',
  'tag',
  'created',
  'locked',
] as const;

export type FacetKey = (typeof FACETS)[number];

/** The values chosen of each facet. A row has to have one of each facet that has any. */
export type Facets = Readonly<Partial<Record<FacetKey, readonly string[]>>>;

export const NO_FACETS: Facets = {};

/** Within so many days an instance was created; values of the facet `created`. */
export const AGES: Readonly<Record<string, number>> = { '1d': 1, '7d': 7, '30d': 30, '365d': 365 };

/** What a row only refers to, in words. */
export interface FacetWords {
  readonly sizeName: (server: Server) => string;
  readonly imageName: (server: Server) => string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const DAY = 86_400_000;

/** The values that a row has of a facet. */
export function valuesOf(server: Server, key: FacetKey, words: FacetWords): readonly string[] {
  switch (key) {
    case 'creator':
      return [creatorOf(server)];
    case 'size':
      return [words.sizeName(server)];
    case 'image':
      return [words.imageName(server)];
    case 'keypair':
      return [server.keyName ?? ''];
    case 'network':
      return [...new Set(server.addresses.map(({ network }) => network))];
    case 'zone':
      return [server.availabilityZone ?? ''];
    case 'tag':
      return server.tags;
    case 'created': {
      const age = words.now - Date.parse(server.created);
      return Object.keys(AGES).filter((name) => age <= (AGES[name] ?? 0) * DAY);
    }
    case 'locked':
      return [server.locked ? 'yes' : 'no'];
  }
}

/** Who made it: the name that Exosphere writes on it, else the user's id. */
export function creatorOf({ metadata, userId }: Pick<Server, 'metadata' | 'userId'>): string {
  return metadata['exoCreatorUsername'] ?? userId ?? '';
}

/** Whether a row has what was chosen. @param except a facet that is left out of account */
export function facetMatcher(
  facets: Facets,
  words: FacetWords,
  except?: FacetKey,
): ((server: Server) => boolean) | undefined {
  const wanted = FACETS.flatMap((key) => {
    const values = facets[key];
    return key === except || !values || values.length === 0 ? [] : [{ key, values: new Set(values) }];
  });
  if (wanted.length === 0) return undefined;
  return (server) =>
    wanted.every(({ key, values }) => valuesOf(server, key, words).some((value) => values.has(value)));
}

/** The facets with a value chosen or dropped. */
export function toggleFacet(facets: Facets, key: FacetKey, value: string): Facets {
  const values = facets[key] ?? [];
  const now = values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
  const { [key]: _, ...others } = facets;
  return now.length === 0 ? others : { ...others, [key]: now };
}

export function facetCount(facets: Facets): number {
  return Object.values(facets).reduce((count, values) => count + values.length, 0);
}
