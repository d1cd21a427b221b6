import type { Server, ServerFlavor } from '../../openstack/server.js';
import type { LaunchWish } from './wish.js';

/** What the kit and Exosphere write by themselves; another launch writes its own, and a passphrase is nobody else's. */
const OWN = /^exo(?::|[A-Z]|userPassword$)/;

/** What of an instance says how to make another. */
type Model = Pick<
  Server,
  'imageId' | 'keyName' | 'securityGroups' | 'availabilityZone' | 'metadata' | 'tags'
> & {
  readonly flavor: Pick<ServerFlavor, 'id' | 'name'>;
  readonly addresses: readonly { readonly network: string; readonly type?: string | undefined }[];
};

/**
 * Another one like an instance, as far as a list of instances tells: image, size, key, networks, groups, zone, tags and
 * metadata. It has a name of its own.
 */
export function likeServer(server: Model): LaunchWish {
  const { imageId, flavor, keyName, addresses, securityGroups, availabilityZone, metadata, tags } = server;
  const own = Object.entries(metadata).filter(([key]) => !OWN.test(key));
  // A public address leads to the first network.
  const floating = addresses.find(({ type }) => type === 'floating');
  const first = (floating ?? addresses[0])?.network;
  const more = [...new Set(addresses.map(({ network }) => network))].filter((name) => name !== first);
  return {
    image: imageId,
    size: flavor.id ?? flavor.name,
    key: keyName ?? 'none',
    network: first,
    moreNetworks: some(more),
    groups: some([...new Set(securityGroups)]),
    address: floating && 'new',
    zone: availabilityZone,
    tags: some(tags),
    metadata: own.length > 0 ? Object.fromEntries(own) : undefined,
  };
}

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
