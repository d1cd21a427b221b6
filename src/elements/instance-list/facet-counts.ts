import type { Server } from '../../openstack/compute.js';
import { FACETS, facetMatcher, valuesOf, type FacetKey, type Facets, type FacetWords } from './facets.js';

/** The values of a facet with how many rows each would show. */
export interface FacetCounts {
  readonly key: FacetKey;
  readonly values: readonly { readonly value: string; readonly count: number; readonly chosen: boolean }[];
}

/**
 * What can be chosen of each facet, the most frequent first. Counts are of the rows that all other facets let through,
 * so that they tell what a click would show. Facets that all rows share a value of are left out.
 *
 * @param rows those that match the search and the status
 */
export function countFacets(
  rows: readonly Server[],
  facets: Facets,
  words: FacetWords,
): readonly FacetCounts[] {
  return FACETS.flatMap((key) => {
    const counts = new Map<string, number>();
    const matches = facetMatcher(facets, words, key);
    for (const row of rows) {
      if (matches && !matches(row)) continue;
      for (const value of valuesOf(row, key, words)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const chosen = new Set(facets[key]);
    for (const value of chosen) if (!counts.has(value)) counts.set(value, 0);
    const tells = chosen.size > 0 || [...counts.values()].some((count) => count < rows.length);
    if (!tells) return [];
    const values = [...counts]
      .map(([value, count]) => ({ value, count, chosen: chosen.has(value) }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    return { key, values };
  });
}
