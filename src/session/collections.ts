import type { Collection } from '../live/collection.js';
import * as resources from '../live/resources.js';
import { ComputeClient, type Flavor, type Keypair } from '../openstack/compute.js';
import { ImageClient, type Image } from '../openstack/image.js';
import { NetworkClient, type Network, type SecurityGroup } from '../openstack/network.js';
import type { Connection } from './connection.js';
import { liveOptions } from './live-options.js';

export { serversOf } from './servers-of.js';

// One function for each list, so that a bundle holds what it asks for only. Many elements ask, one collection answers.
// All throw an OpenStackError of reason `service-missing` where the cloud lacks the service.

/** The sizes an instance can have. */
export function flavorsOf(c: Connection): Collection<Flavor> {
  return c.resource('flavors', () => resources.flavors(c.client(ComputeClient), liveOptions(c, 'flavors')));
}

/** The images an instance can start from. */
export function imagesOf(c: Connection): Collection<Image> {
  return c.resource('images', () => resources.images(c.client(ImageClient), liveOptions(c, 'images')));
}

/** The user's key pairs. */
export function keypairsOf(c: Connection): Collection<Keypair> {
  return c.resource('keypairs', () =>
    resources.keypairs(c.client(ComputeClient), liveOptions(c, 'keypairs')),
  );
}

/** The networks the project can see. */
export function networksOf(c: Connection): Collection<Network> {
  return c.resource('networks', () =>
    resources.networks(c.client(NetworkClient), liveOptions(c, 'networks')),
  );
}

/** The project's security groups. */
export function securityGroupsOf(c: Connection): Collection<SecurityGroup> {
  return c.resource('security-groups', () =>
    resources.securityGroups(c.client(NetworkClient), liveOptions(c, 'security-groups')),
  );
}
