import type { Image } from '../openstack/image.js';
import type { ImageOffer } from './images.js';

/** The offers whose name, system or version holds every word of `text`. */
export function searchImages(offers: readonly ImageOffer[], text: string): readonly ImageOffer[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return offers.filter(({ image, system, version }) => {
    const said = [image.name, system, version, image.id, ...image.tags].join(' ').toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

/** What an image is, for those who look for one among many. */
export interface Facets {
  readonly owner: 'public' | 'own' | 'shared' | 'community';
  readonly system: string;
  readonly architecture: string;
  readonly kind: 'image' | 'snapshot';
}

export function facetsOf(
  image: Pick<Image, 'visibility' | 'owner' | 'properties'>,
  system: string | undefined,
  projectId: string,
): Facets {
  const { visibility, owner, properties } = image;
  return {
    owner:
      visibility === 'public'
        ? 'public'
        : owner === projectId || visibility === 'private'
          ? 'own'
          : visibility,
    system: system ?? '',
    architecture: properties['architecture'] ?? properties['hw_architecture'] ?? '',
    kind: properties['image_type'] === 'snapshot' ? 'snapshot' : 'image',
  };
}
