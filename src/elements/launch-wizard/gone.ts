import type { CollectionState } from '../../live/collection.js';
import type { Known } from './known.js';
import type { Draft } from './wishes.js';

/** What a draft or a template can name that is deleted before it is used. */
export type Gone = 'image' | 'size' | 'key' | 'network' | 'zone';

/** What a draft names by id and the cloud no longer has: something else takes its place. */
export function goneOf(
  draft: Draft,
  { images, flavors, keypairs, networks, extras }: Known,
): readonly Gone[] {
  const lacks = <T>(
    state: CollectionState<T> | undefined,
    wanted: string | undefined,
    is: (row: T) => string,
  ): boolean =>
    wanted !== undefined &&
    state?.status === 'ready' &&
    state.complete &&
    !state.rows.some((row) => is(row) === wanted);
  const { network, key } = draft;
  const id = ({ id }: { readonly id: string }) => id;
  const gone: Record<Gone, boolean> = {
    image: lacks(images, draft.imageId, id),
    size: lacks(flavors, draft.flavorId, id),
    key: lacks(keypairs, key?.kind === 'existing' ? key.name : undefined, ({ name }) => name),
    zone: lacks(extras?.zones, draft.availabilityZone || undefined, id),
    network: network !== 'automatic' && network !== 'own' && lacks(networks, network, id),
  };
  return (['image', 'size', 'key', 'network', 'zone'] as const).filter((what) => gone[what]);
}
