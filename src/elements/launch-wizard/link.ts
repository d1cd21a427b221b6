import type { LaunchWish } from './wish.js';

/** Longest value in a link. */
const LONGEST = 255;

/**
 * What a link wishes to launch, from the fragment of a URL such as `#launch?image=Ubuntu%2024.04&size=m3.small`:
 * `like` (id of an instance), `name`, `image`, `size`, `key`, `network`, `zone` (availability zone), `profile` (`plain`, `kit`), `address` (`new`,
 * `none`), `count`, `group` (several), `volume` (GiB, several). What is unknown, too long or no such value is left out;
 * neither scripts nor metadata come by link. Undefined where it is no such link.
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
      .map((value) => value.trim())
      .filter((value) => value !== '' && value.length <= LONGEST);
  const one = (key: string) => all(key)[0];
  const whole = (value: string | undefined) =>
    value !== undefined && /^[1-9]\d{0,5}$/.test(value) ? Number(value) : undefined;
  const address = one('address');
  const profile = one('profile');
  const groups = all('group');
  const volumes = all('volume').flatMap((size) => whole(size) ?? []);
  const wish: LaunchWish = {
    like: one('like'),
    name: one('name'),
    image: one('image'),
    size: one('size'),
    key: one('key'),
    network: one('network'),
    zone: one('zone'),
    profile: profile === 'plain' || profile === 'kit' ? profile : undefined,
    address: address === 'new' || address === 'none' ? address : undefined,
    count: whole(one('count')),
    groups: groups.length > 0 ? groups : undefined,
    volumes: volumes.length > 0 ? volumes : undefined,
  };
  return Object.values(wish).some((value) => value !== undefined) ? wish : undefined;
}

/** The fragment of a link to a wish, without `#`; what `readLink` leaves out is left out. */
export function writeLink(wish: LaunchWish, name: string): string {
  const given = new URLSearchParams();
  const { image, size, key, network, zone, profile, address, count, groups = [], volumes = [] } = wish;
  const single = {
    like: wish.like,
    name: wish.name,
    image,
    size,
    key,
    network,
    zone,
    profile,
    address,
    count,
  };
  for (const [entry, value] of Object.entries(single))
    if (value !== undefined) given.set(entry, String(value));
  for (const group of groups) given.append('group', group);
  for (const volume of volumes) given.append('volume', String(volume));
  return `${name}?${given.toString().replaceAll('+', '%20')}`;
}
