import type { Server, ServerFlavor } from '../../openstack/server.js';
import type { LaunchWish } from './wish.js';

/** What the kit and Exosphere write by themselves; another launch writes its own. */
const OWN = /^exo(?::|[A-Z])/;

/** What of an instance says how to make another. */
type Model = Pick<Server, 'imageId' | 'keyName' | 'securityGroups' | 'availabilityZone' | 'metadata'> & {
  readonly flavor: Pick<ServerFlavor, 'id' | 'name'>;
  readonly addresses: readonly { readonly network: string; readonly type?: string | undefined }[];
};

/** Another one like an instance: image, size, key, network, groups, zone and metadata. It has a name of its own. */
export function likeServer(server: Model): LaunchWish {
  const { imageId, flavor, keyName, addresses, securityGroups, availabilityZone, metadata } = server;
  const own = Object.entries(metadata).filter(([key]) => !OWN.test(key));
  return {
    image: imageId,
    size: flavor.id ?? flavor.name,
    key: keyName ?? 'none',
    network: addresses[0]?.network,
    groups: securityGroups.length > 0 ? [...new Set(securityGroups)] : undefined,
    address: addresses.some(({ type }) => type === 'floating') ? 'new' : undefined,
    zone: availabilityZone,
    metadata: own.length > 0 ? Object.fromEntries(own) : undefined,
  };
}
