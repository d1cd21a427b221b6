import type { ServerAddress } from '../openstack/compute.js';

/** How to get into a running instance. */
export interface ConnectInfo {
  readonly address: string;
  /** Whether the address can be reached only from within the cloud's networks, as far as it tells. */
  readonly inside: boolean;
  /** A line for a terminal; undefined without a known account. */
  readonly command: string | undefined;
}

/** Addresses no one outside can reach (RFC 1918, RFC 6598, RFC 4193, link-local). */
export function isPrivateAddress(address: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd]|fe[89ab])/i.test(
    address,
  );
}

/** The address that reaches furthest: floating, then public IPv4, public IPv6, and only then private ones. */
export function bestAddress(addresses: readonly ServerAddress[]): string | undefined {
  const rank = ({ address, type, version }: ServerAddress) =>
    (type === 'floating' ? 0 : isPrivateAddress(address) ? 4 : 1) + (version === 6 ? 1 : 0);
  return [...addresses].sort((a, b) => rank(a) - rank(b))[0]?.address;
}

/**
 * @param user the image's account, where it is known
 * @param keyFile file of a key that was just made here; an older one is where its owner put it
 * @param through the way to an address that is reached only from inside, as `ssh -J` takes it
 */
export function connectInfo(
  addresses: readonly ServerAddress[],
  user: string | undefined,
  keyFile: string | undefined,
  through?: string,
): ConnectInfo | undefined {
  const address = bestAddress(addresses);
  if (address === undefined) return undefined;
  const floating = addresses.some((entry) => entry.address === address && entry.type === 'floating');
  const identity = keyFile === undefined ? '' : `-i ${/^[\w.-]+$/.test(keyFile) ? keyFile : `"${keyFile}"`} `;
  const inside = !floating && isPrivateAddress(address);
  const jump = inside && through !== undefined ? `-J ${through} ` : '';
  return {
    address,
    inside,
    command:
      user === undefined || user === 'Administrator' ? undefined : `ssh ${jump}${identity}${user}@${address}`,
  };
}
