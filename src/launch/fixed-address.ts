import type { Server } from '../openstack/server.js';
import type { Subnet } from '../openstack/subnets.js';

/** Why a network cannot give an address that somebody has chosen. */
export type Misfit =
  /** It is none of the network's. */
  | { readonly why: 'outside'; readonly cidrs: readonly string[] }
  /** The first and the last of an IPv4 network belong to it as a whole. */
  | { readonly why: 'reserved' }
  /** The network gives IPv6 addresses by itself. */
  | { readonly why: 'automatic' }
  | { readonly why: 'taken'; /** Name of the instance that has it. */ readonly name: string };

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** Undefined where it is no address. */
function read(text: string): Address | undefined {
  const four = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (four) return { bits: 32, value: joined(four.slice(1).map(BigInt), 8n) };
  try {
    // The URL parser writes it in the shortest way, in hexadecimal throughout.
    const [head = '', tail] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split('::');
    const [before, after] = [head, tail ?? ''].map((part) => part.split(':').filter(Boolean));
    const zeros =
      tail === undefined ? [] : Array<string>(8 - (before?.length ?? 0) - (after?.length ?? 0)).fill('0');
    const groups = [...(before ?? []), ...zeros, ...(after ?? [])];
    return {
      bits: 128,
      value: joined(
        groups.map((group) => BigInt(`0x${group}`)),
        16n,
      ),
    };
  } catch {
    return undefined;
  }
}

function joined(parts: readonly bigint[], width: bigint): bigint {
  return parts.reduce((whole, part) => (whole << width) | part, 0n);
}

/** Whether two texts are the same address. */
function isSame(a: Address, text: string): boolean {
  const b = read(text);
  return b?.bits === a.bits && b.value === a.value;
}

/**
 * Why an address cannot be had on a network; undefined where nothing speaks against it, or too little is known.
 *
 * @param subnets of the network; none where they cannot be seen
 * @param servers with addresses on that network
 */
export function misfitOf(
  text: string,
  subnets: readonly Subnet[],
  servers: readonly Pick<Server, 'name' | 'addresses'>[],
): Misfit | undefined {
  const address = read(text);
  if (!address) return undefined;
  const holder = servers.find(({ addresses }) => addresses.some((each) => isSame(address, each.address)));
  if (holder) return { why: 'taken', name: holder.name };
  const known = subnets.map((subnet) => ({ ...subnet, range: rangeOf(subnet.cidr) }));
  if (known.length === 0 || known.some(({ range }) => range === undefined)) return undefined;
  const home = known.find(
    ({ range }) =>
      range?.bits === address.bits && address.value >= range.first && address.value <= range.last,
  );
  if (!home?.range) return { why: 'outside', cidrs: subnets.map(({ cidr }) => cidr) };
  if (home.ipv6Mode === 'slaac' || home.ipv6Mode === 'dhcpv6-stateless') return { why: 'automatic' };
  const { first, last, bits } = home.range;
  // Networks of one or two addresses have none to spare.
  const isEdge = address.value === first || (bits === 32 && address.value === last);
  return isEdge && last - first > 1n ? { why: 'reserved' } : undefined;
}

function rangeOf(cidr: string): { bits: 32 | 128; first: bigint; last: bigint } | undefined {
  const [text = '', prefix = ''] = cidr.split('/');
  const address = read(text);
  if (!address || !/^\d{1,3}$/.test(prefix) || Number(prefix) > address.bits) return undefined;
  const free = BigInt(address.bits - Number(prefix));
  const first = (address.value >> free) << free;
  return { bits: address.bits, first, last: first + (1n << free) - 1n };
}
