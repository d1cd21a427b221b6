import type { DnsClient } from '../openstack/dns.js';
import { dnsLabel, numberedNames } from './names.js';

/** Octets in one label of a DNS name (RFC 1035). */
const LABEL_LIMIT = 63;

/**
 * What instances are called in DNS: one label for each of `count`, different from one another whatever the length of
 * the name. A name of no Latin letter becomes an internationalized label (`xn--…`), and where that cannot be,
 * `instance`.
 */
export function hostLabels(name: string, count: number): readonly string[] {
  const base = name.trim();
  return numberedNames(base, count).map((full) => {
    const end = full.slice(base.length);
    const plain = dnsLabel(base);
    if (plain !== undefined) return plain.slice(0, LABEL_LIMIT - end.length).replace(/-+$/, '') + end;
    return internationalized(base, end) ?? `instance${end}`;
  });
}

/** The longest beginning of a name, with its end, that is a label in the way that browsers make one. */
function internationalized(base: string, end: string): string | undefined {
  const letters = Array.from(base.normalize('NFKC').replace(/[\s_.]+/g, '-'));
  for (let length = Math.min(letters.length, LABEL_LIMIT); length > 0; length--) {
    const url = `http://${letters.slice(0, length).join('')}${end}/`;
    const label = URL.canParse(url) ? new URL(url).hostname : '';
    if (/^xn--[a-z\d-]+$/.test(label) && label.length <= LABEL_LIMIT) return label;
  }
  return undefined;
}

/**
 * The host names of a zone, with the dot at their end, that something has already: an address cannot get one of them.
 *
 * @param zone its name, with the dot at its end
 * @throws OpenStackError
 */
export async function takenHostNames(
  client: DnsClient,
  zone: string,
  labels: readonly string[],
  o: { readonly signal?: AbortSignal | undefined } = {},
): Promise<readonly string[]> {
  const zoneId = (await client.zones(o)).find(({ name }) => name === zone)?.id;
  if (zoneId === undefined) return [];
  const names = labels.map((label) => `${label}.${zone}`);
  const found = await Promise.all(names.map((name) => client.records(zoneId, name, o)));
  return names.filter((_, i) => found[i]?.some(({ type }) => /^(?:A|AAAA|CNAME)$/.test(type)));
}
