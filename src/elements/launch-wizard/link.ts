import type { LaunchWish } from './wish.js';

/** Longest value in a link. */
const LONGEST = 255;
/** So many values of one kind are taken: as many tags as Nova takes, and no wall of names that are not there. */
const MOST = 50;
const PROFILES = ['plain', 'kit', 'exosphere'] as const;

/**
 * What a link wishes to launch, from the fragment of a URL such as `#launch?image=Ubuntu%2024.04&size=m3.small`; the keys
 * are in docs/launch-links.md. What is unknown, too long, too much or no such value is left out. Nothing comes by link that runs on
 * the instance, lets somebody in, or is written on it unseen: scripts, packages, repositories, keys, open ports, metadata.
 * Undefined where it is no such link.
 *
 * @param name what stands before the question mark
 */
export function readLink(fragment: string, name: string): LaunchWish | undefined {
  const [start = '', ...rest] = fragment.replace(/^#/, '').split('?');
  if (start !== name || rest.length === 0) return undefined;
  const given = new URLSearchParams(rest.join('?'));
  const all = (key: string) =>
    given
      .getAll(key)
      .slice(0, MOST)
      .map((value) => value.trim())
      .filter((value) => value !== '' && value.length <= LONGEST);
  const one = (key: string) => all(key)[0];
  const whole = (value: string | undefined) =>
    value !== undefined && /^[1-9]\d{0,5}$/.test(value) ? Number(value) : undefined;
  const flag = (key: string) => ({ yes: true, no: false })[one(key) ?? ''];
  const some = (values: readonly string[]) => (values.length > 0 ? values : undefined);
  const address = one('address');
  const profile = one('profile');
  const [network, ...moreNetworks] = all('network');
  const volumes = all('volume').flatMap((size) => whole(size) ?? []);
  const wish: LaunchWish = {
    like: one('like'),
    name: one('name'),
    image: one('image'),
    size: one('size'),
    key: one('key'),
    network,
    moreNetworks: some(moreNetworks),
    zone: one('zone'),
    profile: PROFILES.find((kind) => kind === profile),
    address: address === 'new' || address === 'none' ? address : undefined,
    count: whole(one('count')),
    groups: some(all('group')),
    tags: some(all('tag')),
    desktop: flag('desktop'),
    webShell: flag('web-shell'),
    bootVolume: whole(one('boot')),
    volumes: volumes.length > 0 ? volumes : undefined,
  };
  return Object.values(wish).some((value) => value !== undefined) ? wish : undefined;
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
