import { failureOf, type Known } from './known.js';
import type { Decision } from './launch-wizard.state.js';
import type { Setting } from './setting.js';

/** A part of the form. */
export type Part = 'name' | 'image' | 'size' | 'key' | 'network' | 'storage' | 'advanced' | 'count';

/** Why it cannot be launched now; `part` is where it can be helped. */
export interface Obstacle {
  readonly why:
    | 'loading'
    | 'reader'
    | 'expired'
    | 'images'
    | 'sizes'
    | 'no-image'
    | 'no-size'
    | 'no-size-fits'
    | 'quota'
    | 'size'
    | 'count'
    | 'networks'
    | 'no-network'
    | 'network'
    | 'address'
    | 'openings'
    | 'storage'
    | 'advanced'
    | 'quota-network'
    | 'quota-address'
    | 'quota-storage'
    | 'quota-key'
    | 'quota-group'
    | 'quota-members'
    | 'quota-metadata'
    | 'name'
    | 'key'
    | 'script';
  readonly part: Part | undefined;
}

/** What stands against a launch, the first thing to see to first. */
export function obstacles(
  d: Omit<Decision, 'obstacles'>,
  known: Known,
  setting: Setting,
  needsImage: boolean,
): readonly Obstacle[] {
  const found: Obstacle[] = [];
  const add = (why: Obstacle['why'], part?: Part) => found.push({ why, part });
  if (!setting.canAct) add('reader');
  if (setting.expired) add('expired');
  if (d.pending.size > 0) {
    add('loading');
    return found;
  }
  if (d.nameProblem) add('name', 'name');
  if (needsImage && failureOf(known.images)) add('images', 'image');
  else if (needsImage && !d.image) add('no-image', 'image');
  if (failureOf(known.flavors)) add('sizes', 'size');
  else if (!d.size) add(d.sizes.length === 0 ? 'no-size' : 'no-size-fits', 'size');
  else if (d.size.reasons.length > 0) {
    const quota = d.size.reasons.every(({ kind }) => kind === 'quota');
    if (!quota) add('size', 'size');
    else if (d.most < 1) add(d.sizes.every((offer) => offer.reasons.length > 0) ? 'quota' : 'size', 'size');
    else add('count', 'count');
  }
  if (d.countProblem) add('count', 'count');
  if (!d.key.choice) add('key', 'key');
  // Nobody would know where it gets; who may not list them launches where the cloud puts it.
  const unlisted = setting.hasNetworkService && failureOf(known.networks)?.kind;
  if (unlisted && !/^(?:forbidden|not-found)$/.test(unlisted)) add('networks', 'network');
  if (!d.networkChoice) add('no-network', 'network');
  // The fixed addresses are asked for among what few people need.
  if (d.networking.problem)
    add('network', /^(?:fixed-ip|one-only)$/.test(d.networking.problem) ? 'advanced' : 'network');
  if (!d.address.wish) add('address', 'network');
  if (d.safety.problem) add('openings', 'network');
  if (d.storage.problem) add('storage', 'storage');
  for (const why of new Set(
    d.uses.filter(({ over }) => over).map(({ resource }) => QUOTA[resource.replace(/_.*$/, '')]),
  )) {
    if (why) add(why, PART[why] ?? 'advanced');
  }
  // Ports count for several networks, too; where they are too few for so many instances, that is said already.
  if (d.uses.some(({ resource, over }) => over && resource === 'port') && !found.some(isQuota))
    add(d.count > 1 ? 'count' : 'quota-network', d.count > 1 ? 'count' : 'network');
  const access = (problem: string) => problem === 'keys' || problem === 'workflow';
  if ([...d.more.problems].some(access)) add('key', 'key');
  if ([...d.more.problems].some((problem) => !access(problem))) add('advanced', 'advanced');
  if (known.weight?.tooLong) add('script', 'advanced');
  return found;
}

const isQuota = ({ why }: Obstacle): boolean => /^(?:quota.*|count|size)$/.test(why);

/** Whose quota is too small, where it is not that of the size. */
const QUOTA: Readonly<Record<string, Obstacle['why']>> = {
  volumes: 'quota-storage',
  gigabytes: 'quota-storage',
  floatingip: 'quota-address',
  network: 'quota-network',
  subnet: 'quota-network',
  router: 'quota-network',
  security: 'quota-network',
  keypairs: 'quota-key',
  serverGroups: 'quota-group',
  serverGroupMembers: 'quota-members',
  serverMetadata: 'quota-metadata',
};

/** Where that can be helped, if not under *Advanced*. */
const PART: Partial<Record<Obstacle['why'], Part>> = {
  'quota-storage': 'storage',
  'quota-address': 'network',
  'quota-network': 'network',
  'quota-key': 'key',
};
