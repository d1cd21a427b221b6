import type { LaunchWish } from './wish.js';

/** Longest value in a link. */
const LONGEST = 255;
/** So many values of one kind are taken: as many tags as Nova takes, and no wall of names that are not there. */
const MOST = 50;
const PROFILES = ['plain', 'kit', 'exosphere'] as const;
const ADDRESSES = ['new', 'none'] as const;

export interface Link {
  /** Empty where nothing of it can be used. */
  readonly wish: LaunchWish;
  /** Keys of the link whose values are too long, too many, or none of those that there are. */
  readonly unusable: readonly string[];
}

/**
 * What a link wishes to launch, from the fragment of a URL such as `#launch?image=Ubuntu%2024.04&size=m3.small`; the keys
 * are in docs/launch-links.md. What is unknown is left out. Nothing comes by link that runs on the instance, lets somebody
 * in, or is written on it unseen: scripts, packages, repositories, keys, open ports, metadata.
 * Undefined where it is no such link.
 *
 * @param name what stands before the question mark
 */
export function readLink(fragment: string, name: string): Link | undefined {
  const [start = '', ...rest] = fragment.replace(/^#/, '').split('?');
  if (start !== name || rest.length === 0) return undefined;
  const given = new URLSearchParams(rest.join('?'));
  const unusable = new Set<string>();
  const all = (key: string) => {
    const values = given
      .getAll(key)
      .map((value) => value.trim())
      .filter(Boolean);
    const usable = values.slice(0, MOST).filter((value) => value.length <= LONGEST);
    if (usable.length < values.length) unusable.add(key);
    return usable;
  };
  const one = (key: string) => all(key)[0];
  const read = <T>(key: string, value: string | undefined, of: (value: string) => T | undefined) => {
    const found = value === undefined ? undefined : of(value);
    if (value !== undefined && found === undefined) unusable.add(key);
    return found;
  };
  const whole = (value: string) => (/^[1-9]\d{0,5}$/.test(value) ? Number(value) : undefined);
  const flag = (key: string) =>
    read(key, one(key), (value) => (value === 'yes' ? true : value === 'no' ? false : undefined));
  const some = <T>(values: readonly T[]) => (values.length > 0 ? values : undefined);
  const [network, ...moreNetworks] = all('network');
  const wish: LaunchWish = {
    like: one('like'),
    name: one('name'),
    image: one('image'),
    size: one('size'),
    key: one('key'),
    network,
    moreNetworks: some(moreNetworks),
    zone: one('zone'),
    profile: read('profile', one('profile'), (value) => PROFILES.find((kind) => kind === value)),
    address: read('address', one('address'), (value) => ADDRESSES.find((kind) => kind === value)),
    count: read('count', one('count'), whole),
    groups: some(all('group')),
    tags: some(all('tag')),
    desktop: flag('desktop'),
    webShell: flag('web-shell'),
    bootVolume: read('boot', one('boot'), whole),
    volumes: some(all('volume').flatMap((size) => read('volume', size, whole) ?? [])),
  };
  const isWish = Object.values(wish).some((value) => value !== undefined);
  return isWish || unusable.size > 0 ? { wish, unusable: [...unusable] } : undefined;
}

/** The fragment of a link to a wish, without `#`; what `readLink` leaves out is left out. */
export function writeLink(wish: LaunchWish, name: string): string {
  const flag = (value: boolean | undefined) => (value === undefined ? [] : [value ? 'yes' : 'no']);
  const one = (value: string | number | undefined) => (value === undefined ? [] : [String(value)]);
  const entries: Readonly<Record<string, readonly (string | number)[]>> = {
    like: one(wish.like),
    name: one(wish.name),
    image: one(wish.image),
    size: one(wish.size),
    key: one(wish.key),
    network: [...one(wish.network), ...(wish.moreNetworks ?? [])],
    zone: one(wish.zone),
    profile: one(wish.profile),
    desktop: flag(wish.desktop),
    'web-shell': flag(wish.webShell),
    address: one(wish.address),
    count: one(wish.count),
    group: wish.groups ?? [],
    tag: wish.tags ?? [],
    boot: one(wish.bootVolume),
    volume: wish.volumes ?? [],
  };
  const given = new URLSearchParams();
  for (const [entry, values] of Object.entries(entries))
    for (const value of values) given.append(entry, String(value));
  return `${name}?${given.toString().replaceAll('+', '%20')}`;
}
