import type { SizeGroup } from '../session/settings.js';
import { isNamed } from './named.js';
import type { SizeOffer } from './sizes.js';

/** Sizes under their titles, in the portal's order; those that no group names come last, without one. */
export function groupSizes(
  offers: readonly SizeOffer[],
  groups: readonly SizeGroup[],
): readonly { readonly group: SizeGroup | undefined; readonly offers: readonly SizeOffer[] }[] {
  const groupOf = (offer: SizeOffer) => groups.find(({ sizes }) => isNamed(offer.flavor, sizes));
  return [...groups, undefined]
    .map((group) => ({ group, offers: offers.filter((offer) => groupOf(offer) === group) }))
    .filter((each) => each.offers.length > 0);
}
