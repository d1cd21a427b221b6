import type { ServerAddress } from '../../openstack/compute.js';

/** Floating addresses first, for they are what one connects to; then IPv4 before IPv6; each address once. */
export function orderAddresses(addresses: readonly ServerAddress[]): readonly ServerAddress[] {
  const seen = new Set<string>();
  return addresses
    .filter(({ address }) => !seen.has(address) && seen.add(address))
    .sort((a, b) => rank(a) - rank(b));
}

function rank({ type, version }: ServerAddress): number {
  return (type === 'floating' ? 0 : 10) + version;
}

/** A text that sorts as the address does: 10.0.0.9 before 10.0.0.10, IPv4 before IPv6. */
export function addressKey(address: string): string {
  if (!address.includes(':')) {
    return `4${address
      .split('.')
      .map((part) => part.padStart(3, '0'))
      .join('')}`;
  }
  const [head = '', tail] = address.toLowerCase().split('::');
  const front = groups(head);
  const back = groups(tail ?? '');
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0');
  return `6${[...front, ...zeros, ...back].map((group) => group.padStart(4, '0')).join('')}`;
}

function groups(text: string): string[] {
  return text === '' ? [] : text.split(':');
}
