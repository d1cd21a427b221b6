import type { Image } from '../../openstack/image.js';
import { likeServer } from './like.js';
import { isPending, rowsOf, waitsFor, type Known } from './known.js';
import type { Draft } from './wishes.js';

/**
 * What shall be launched, as somebody outside the form says it: a link, an attribute, an instance to launch another
 * like. Names or ids; what is left out is decided as always.
 */
export interface LaunchWish {
  /** Id of an instance of the project: another one like it, but for what else is wished. It gets a name of its own. */
  readonly like?: string | undefined;
  readonly name?: string | undefined;
  readonly image?: string | undefined;
  readonly size?: string | undefined;
  /** Name of a key pair; `none` for none. */
  readonly key?: string | undefined;
  readonly network?: string | undefined;
  readonly groups?: readonly string[] | undefined;
  readonly count?: number | undefined;
  readonly address?: 'new' | 'none' | undefined;
  /** Availability zone. */
  readonly zone?: string | undefined;
  readonly profile?: Draft['profile'];
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** Sizes of new empty volumes, GiB. */
  readonly volumes?: readonly number[] | undefined;
}

/** What of a wish is not there in this cloud. */
export type MissingWish = 'like' | 'image' | 'size' | 'key' | 'network' | 'groups';

/** Whether a wish is looked up in more than what is asked for when a form opens. */
export function wantsMore({ like, groups }: LaunchWish): boolean {
  return like !== undefined || groups !== undefined;
}

/** Whether everything is there that a wish is looked up in. */
export function canLookUp(known: Known, wish: LaunchWish): boolean {
  const { images, flavors, keypairs, networks, recent } = known;
  if ([images, flavors, keypairs, networks, recent].some(isPending)) return false;
  return !wantsMore(wish) || !(waitsFor(known.groups) || waitsFor(known.servers));
}

/** A wish as a draft of the form, with what could not be found. Of several images of a name it is the newest. */
export function draftOf(
  wished: LaunchWish,
  known: Known,
): { readonly draft: Draft; readonly missing: readonly MissingWish[] } {
  const missing: MissingWish[] = [];
  const model = rowsOf(known.servers).find(({ id }) => id === wished.like);
  if (wished.like !== undefined && !model) missing.push('like');
  const wish: LaunchWish = model ? { ...likeServer(model), ...given(wished) } : wished;
  const find = <R extends { readonly id: string; readonly name: string }>(
    what: MissingWish,
    rows: readonly R[],
    wanted: string | undefined,
  ): R | undefined => {
    if (wanted === undefined) return undefined;
    const found = rows.find(({ id }) => id === wanted) ?? rows.find(({ name }) => name === wanted);
    if (!found) missing.push(what);
    return found;
  };
  const image = find('image', newestFirst(rowsOf(known.images)), wish.image);
  const size = find('size', rowsOf(known.flavors), wish.size);
  const keys = rowsOf(known.keypairs).map(({ name }) => ({ id: name, name }));
  const key = wish.key === 'none' ? undefined : find('key', keys, wish.key);
  const network = find('network', rowsOf(known.networks), wish.network);
  const groups = wish.groups?.flatMap((group) => find('groups', rowsOf(known.groups), group)?.id ?? []);
  const draft: Draft = {
    name: wish.name,
    imageId: image?.id,
    flavorId: size?.id,
    key: wish.key === 'none' ? { kind: 'none' } : key && { kind: 'existing', name: key.name },
    network: network?.id,
    groups: groups && groups.length > 0 ? groups : undefined,
    count: wish.count === undefined ? undefined : String(wish.count),
    address: wish.address && { kind: wish.address },
    availabilityZone: wish.zone,
    profile: wish.profile,
    metadata: wish.metadata && Object.entries(wish.metadata).map(([name, value]) => ({ key: name, value })),
    volumes: wish.volumes?.map((gibibytes) => ({ size: String(gibibytes) })),
  };
  return { draft: said(draft), missing: [...new Set(missing)] };
}

function given(wish: LaunchWish): LaunchWish {
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
}

function newestFirst(images: readonly Image[]): readonly Image[] {
  return [...images].sort((a, b) => b.created.localeCompare(a.created));
}

/** Without what is not said: it would cover what another draft says. */
export function said(draft: Draft): Draft {
  return Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined));
}
