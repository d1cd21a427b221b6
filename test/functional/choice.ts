import assert from 'node:assert/strict';
import { ComputeClient } from '../../src/openstack/compute.js';
import { ImageClient, type Image } from '../../src/openstack/image.js';
import { NetworkClient } from '../../src/openstack/network.js';
import { whole, type Actor } from './actor.js';

/** What has to be there for a test to go on. */
export function must<T>(found: T | undefined, what: string): T {
  assert.ok(found !== undefined, `there is no ${what}`);
  return found;
}

export function ids(rows: readonly { readonly id: string }[]): string[] {
  return rows.map(({ id }) => id).sort();
}

/** The image that asks for least. */
export async function smallestImage(actor: Actor): Promise<Image> {
  const { rows } = await whole(actor.client(ImageClient).images());
  const [image] = rows
    .filter(({ status }) => status === 'active')
    .sort((a, b) => a.minDisk - b.minDisk || a.minRam - b.minRam || a.name.localeCompare(b.name));
  assert.ok(image, 'the cloud has no image');
  return image;
}

/** The smallest size the image fits in. */
export async function flavorFor(actor: Actor, image: Image): Promise<{ id: string; name: string }> {
  const { rows } = await whole(actor.client(ComputeClient).flavors());
  const [flavor] = rows
    .filter(({ ram, disk }) => ram >= image.minRam && (disk === 0 || disk >= image.minDisk))
    .sort((a, b) => a.ram - b.ram || a.vcpus - b.vcpus);
  assert.ok(flavor, 'no flavor is large enough');
  return flavor;
}

/** The project's only own network; where there are none or several, the cloud's choice. */
export async function networksFor(actor: Actor): Promise<'auto' | { networkId: string }[]> {
  const { rows } = await whole(actor.client(NetworkClient).networks());
  const inside = rows.filter((network) => !network.external && network.subnets.length > 0);
  const [only] = inside;
  return only && inside.length === 1 ? [{ networkId: only.id }] : 'auto';
}
