import type { Server, ServerAddress } from '../openstack/compute.js';
import type { Image } from '../openstack/image.js';
import { bestAddress, isPrivateAddress } from './connect.js';
import { EXO_USER } from './exosphere/keys.js';
import { exosphereOrigin } from './exosphere/origin.js';
import { loginUser } from './login-user.js';

/** A computer that lets people through to those that cannot be reached from outside. */
export interface JumpHost {
  /** The instance's name; undefined for the institution's own, which people know. */
  readonly name: string | undefined;
  /** As `ssh -J` takes it: `[user@]host[:port]`. */
  readonly account: string;
}

/** What is known of an instance that somebody wants to get into. */
export type Inside = Pick<Server, 'addresses' | 'keyName'>;

/**
 * The way to an instance that only its own network reaches: the institution's, or else a running instance on the same
 * network that is reached from outside; one with the same key before others.
 *
 * @param bastion the institution's, from the settings
 */
export function jumpHostFor(
  inside: Inside,
  servers: readonly Server[],
  images: readonly Image[],
  bastion: string | undefined,
): JumpHost | undefined {
  if (bastion !== undefined) return { name: undefined, account: bastion };
  const networks = new Set(inside.addresses.map(({ network }) => network));
  const ways = servers.flatMap((server) => {
    const address = server.status === 'ACTIVE' ? outerAddress(server.addresses) : undefined;
    const user = accountOf(
      server,
      images.find(({ id }) => id === server.imageId),
    );
    if (address === undefined || user === undefined || user === 'Administrator') return [];
    if (!server.addresses.some(({ network }) => networks.has(network))) return [];
    return [{ name: server.name, account: `${user}@${address}`, sameKey: server.keyName === inside.keyName }];
  });
  const way = ways.find(({ sameKey }) => sameKey) ?? ways[0];
  return way && { name: way.name, account: way.account };
}

/** The account to sign in with, where it is known. */
export function accountOf(
  { metadata }: Pick<Server, 'metadata'>,
  image: Image | undefined,
): string | undefined {
  return exosphereOrigin(metadata) ? EXO_USER : image && loginUser(image);
}

/** What the internet reaches. */
function outerAddress(addresses: readonly ServerAddress[]): string | undefined {
  const best = bestAddress(addresses);
  const floats = addresses.some(({ address, type }) => address === best && type === 'floating');
  if (best === undefined || (!floats && isPrivateAddress(best))) return undefined;
  return best.includes(':') ? `[${best}]` : best;
}
