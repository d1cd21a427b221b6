import type { Server } from '../../openstack/compute.js';
import type { Prices } from '../../session/settings.js';

/** Hours of a month, on average. */
const MONTH = 730;

/**
 * What an instance costs per hour as it is now, in the portal's currency; undefined where the portal has no price for its
 * size. One that is shelved away from its host, or was never built, holds nothing and costs nothing; a stopped one keeps
 * its place, and its price.
 */
export function costPerHour(
  prices: Prices | undefined,
  { flavor, status, launchedAt }: Pick<Server, 'flavor' | 'status' | 'launchedAt'>,
): number | undefined {
  const price = [flavor.name, flavor.id]
    .map((size) =>
      size !== undefined && prices && Object.hasOwn(prices.perHour, size) ? prices.perHour[size] : undefined,
    )
    .find((each) => each !== undefined);
  if (price === undefined) return undefined;
  if (status === 'SHELVED_OFFLOADED' || status === 'DELETED' || status === 'SOFT_DELETED') return 0;
  return status === 'ERROR' && launchedAt === undefined ? 0 : price;
}

/** An hour and a month of it, as amounts of money. */
export function costText(
  locale: string,
  currency: string,
  perHour: number,
): { readonly hour: string; readonly month: string } {
  const money = (amount: number, digits: Intl.NumberFormatOptions): string =>
    new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits }).format(amount);
  return {
    hour: money(perHour, { minimumFractionDigits: 2, maximumFractionDigits: 4 }),
    month: money(perHour * MONTH, {}),
  };
}
