import type { Image } from '../../openstack/image.js';
import type { Server } from '../../openstack/server.js';
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
  /** Further networks, in the order of the interfaces. */
  readonly moreNetworks?: readonly string[] | undefined;
  readonly groups?: readonly string[] | undefined;
  readonly count?: number | undefined;
  readonly address?: 'new' | 'none' | undefined;
  /** Availability zone. */
  readonly zone?: string | undefined;
  readonly profile?: Draft['profile'];
  readonly tags?: readonly string[] | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** Graphical, and a shell in the browser: for a profile that brings one. */
  readonly desktop?: boolean | undefined;
  readonly webShell?: boolean | undefined;
  /** Size of a new volume that it starts from, with the image on it, GiB. */
  readonly bootVolume?: number | undefined;
  /** Sizes of new empty volumes, GiB. */
  readonly volumes?: readonly number[] | undefined;
}

/** The instance that another one is wished like, if it is there. */
export function modelOf({ like }: LaunchWish, known: Known): Server | undefined {
  return like === undefined ? undefined : rowsOf(known.servers).find(({ id }) => id === like);
}

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

/**
 * A wish as a draft of the form, with the names of what could not be found. Of several images of a name it is the newest.
 *
 * @param like what is known of the instance to be like beyond what the list of instances tells
 */
export function draftOf(
  wished: LaunchWish,
  known: Known,
  like: Draft = {},
): { readonly draft: Draft; readonly missing: readonly string[] } {
  const missing = new Set<string>();
  const model = modelOf(wished, known);
  if (wished.like !== undefined && !model) missing.add(wished.like);
  const wish: LaunchWish = model ? { ...likeServer(model), ...given(wished) } : wished;
  const find = <R extends { readonly id: string; readonly name: string }>(
    rows: readonly R[],
    wanted: string | undefined,
  ): R | undefined => {
    if (wanted === undefined) return undefined;
    const found = rows.find(({ id }) => id === wanted) ?? rows.find(({ name }) => name === wanted);
    if (!found) missing.add(wanted);
    return found;
  };
  const image = find(newestFirst(rowsOf(known.images)), wish.image);
  const size = find(rowsOf(known.flavors), wish.size);
  const keys = rowsOf(known.keypairs).map(({ name }) => ({ id: name, name }));
  const key = wish.key === 'none' ? undefined : find(keys, wish.key);
  const network = find(rowsOf(known.networks), wish.network);
  const more = wish.moreNetworks?.flatMap((name) => find(rowsOf(known.networks), name) ?? []);
  const groups = wish.groups?.flatMap((group) => find(rowsOf(known.groups), group)?.id ?? []);
  const draft: Draft = {
    name: wish.name,
    imageId: image?.id,
    flavorId: size?.id,
    key: wish.key === 'none' ? { kind: 'none' } : key && { kind: 'existing', name: key.name },
    network: network?.id,
    moreNetworks: more && more.length > 0 ? more.map(({ id }) => ({ id })) : undefined,
    groups: groups && groups.length > 0 ? groups : undefined,
    count: wish.count === undefined ? undefined : String(wish.count),
    address: wish.address && { kind: wish.address },
    availabilityZone: wish.zone,
    profile: wish.profile,
    tags: wish.tags,
    desktop: wish.desktop,
    webShell: wish.webShell,
    boot: wish.bootVolume === undefined ? undefined : { kind: 'new-volume', size: String(wish.bootVolume) },
    metadata: wish.metadata && Object.entries(wish.metadata).map(([name, value]) => ({ key: name, value })),
    volumes: wish.volumes?.map((gibibytes) => ({ size: String(gibibytes) })),
  };
  return { draft: { ...like, ...said(draft) }, missing: [...missing] };
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
