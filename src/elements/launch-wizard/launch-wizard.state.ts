import { newVolumes } from '../../launch/boot.js';
import { lastUsed } from '../../launch/history.js';
import { offerImages, suggestImage, type ImageOffer } from '../../launch/images.js';
import { keyNameProblem, suggestKey, suggestKeyName, type KeyChoice } from '../../launch/keypairs.js';
import { dnsLabel, nameProblem, numberedNames, takenNames, type NameProblem } from '../../launch/names.js';
import { isUsable, type NetworkChoice, type NetworkOffer } from '../../launch/networks.js';
import type { LaunchRequest } from '../../launch/plan.js';
import type { LaunchProfile } from '../../launch/profiles.js';
import { quotaUses, roomFor, type LaunchNeeds, type QuotaUse } from '../../launch/quota.js';
import type { AddressOffer } from '../../launch/reach.js';
import { offerSizes, suggestSize, type SizeOffer } from '../../launch/sizes.js';
import { readPublicKey, type PublicKeyReading } from '../../launch/public-key.js';
import { offerTypes, typeOf } from '../../launch/types.js';
import { cannotFit } from '../../launch/user-data.js';
import type { CollectionState } from '../../live/collection.js';
import type { LimitsRow } from '../../live/resources.js';
import type { Flavor, Keypair, Server } from '../../openstack/compute.js';
import type { Zone } from '../../openstack/dns.js';
import type { OpenStackError } from '../../openstack/errors.js';
import type { Image } from '../../openstack/image.js';
import type {
  AvailabilityZone,
  ServerGroup,
  VolumeSnapshot,
  VolumeType,
} from '../../openstack/launch-facts.js';
import type { FloatingIp, Network, SecurityGroup } from '../../openstack/network.js';
import type { Volume } from '../../openstack/volume.js';
import type { LaunchDefaults } from '../../session/settings.js';
import { decideMore, type MoreDecision } from './decide-more.js';
import {
  decideAddress,
  decideNetwork,
  decideSafety,
  type NetworkDecision,
  type NetworkFacts,
  type SafetyDecision,
} from './decide-network.js';
import { decideStorage, startsFromImage, type StorageDecision } from './decide-storage.js';
import { withoutLocked, type Draft, type KeyDraft } from './wishes.js';

export type { Draft, KeyDraft, Script } from './wishes.js';

/** At most so many in one launch: each is a request of its own. */
export const MOST_AT_ONCE = 25;

/** What the cloud says; undefined where it lacks the service. */
export interface Known {
  readonly images: CollectionState<Image> | undefined;
  readonly flavors: CollectionState<Flavor> | undefined;
  readonly keypairs: CollectionState<Keypair> | undefined;
  readonly networks: CollectionState<Network> | undefined;
  readonly groups: CollectionState<SecurityGroup> | undefined;
  readonly limits: CollectionState<LimitsRow> | undefined;
  readonly servers: CollectionState<Server> | undefined;
  /** Aliases of Neutron's extensions; undefined while they are not known. */
  readonly extensions: ReadonlySet<string> | undefined;
  /** False: the cloud says that it makes no network for this project. */
  readonly allocates: boolean;
  /** What is asked only where somebody looks for it, or has chosen it. */
  readonly extras?: Extras | undefined;
}

/** Each is undefined while nobody has asked, or where the cloud lacks the service. */
export interface Extras {
  readonly volumes?: CollectionState<Volume> | undefined;
  readonly snapshots?: CollectionState<VolumeSnapshot> | undefined;
  readonly volumeTypes?: CollectionState<VolumeType> | undefined;
  /** One row, that of Cinder. */
  readonly volumeLimits?: CollectionState<LimitsRow> | undefined;
  readonly zones?: CollectionState<AvailabilityZone> | undefined;
  readonly serverGroups?: CollectionState<ServerGroup> | undefined;
  readonly addresses?: CollectionState<FloatingIp> | undefined;
  readonly dnsZones?: CollectionState<Zone> | undefined;
}

/** What is asked of the cloud beyond what everybody needs. */
export type Extra = keyof Extras;

const OF_PART: Partial<Record<Part, readonly Extra[]>> = {
  network: ['addresses'],
  storage: ['volumes', 'snapshots', 'volumeTypes', 'volumeLimits'],
  advanced: ['zones', 'serverGroups'],
};

/** What the open parts of the form, and what was chosen in them, want to know. */
export function extrasFor(
  draft: Draft,
  open: ReadonlySet<Part>,
  setting: Setting,
  { storage }: Pick<Decision, 'storage'>,
): ReadonlySet<Extra> {
  const wanted = new Set<Extra>();
  for (const part of open) for (const extra of OF_PART[part] ?? []) wanted.add(extra);
  if (open.has('advanced') && setting.hasDnsService) wanted.add('dnsZones');
  if (draft.boot?.kind === 'volume') wanted.add('volumes');
  if (draft.boot?.kind === 'snapshot') wanted.add('snapshots');
  if (storage.kind === 'new-volume' || storage.data.length > 0) wanted.add('volumeLimits');
  if (draft.address?.kind === 'existing') wanted.add('addresses');
  return wanted;
}

/** Who launches, where, and when. */
export interface Setting {
  readonly projectId: string;
  readonly projectName?: string | undefined;
  readonly user: { readonly id: string; readonly name: string };
  readonly canAct: boolean;
  readonly expired: boolean;
  readonly hasNetworkService: boolean;
  readonly hasVolumeService: boolean;
  readonly hasDnsService: boolean;
  /** There is a proxy that serves programs of instances to browsers. */
  readonly hasAppProxy: boolean;
  readonly canGenerate: boolean;
  readonly preferences: LaunchDefaults;
  readonly suggestedName: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

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
    | 'no-network'
    | 'network'
    | 'address'
    | 'openings'
    | 'storage'
    | 'advanced'
    | 'quota-network'
    | 'quota-address'
    | 'quota-storage'
    | 'name'
    | 'key'
    | 'script';
  readonly part: Part | undefined;
}

export interface KeyDecision {
  readonly kind: KeyChoice['kind'];
  /** Undefined while something is missing. */
  readonly choice: KeyChoice | undefined;
  /** Name of the new key, in `generate` and `import`. */
  readonly name: string;
  readonly nameProblem: ReturnType<typeof keyNameProblem>;
  /** What is wrong with the pasted key; not shown while nothing was pasted. */
  readonly problem: Extract<PublicKeyReading, { ok: false }>['problem'] | undefined;
}

/** Everything that would be launched now, what else could be, and what stands against it. */
export interface Decision {
  readonly name: string;
  readonly nameProblem: NameProblem | undefined;
  readonly names: readonly string[];
  /** Names of all instances of the project. */
  readonly taken: ReadonlySet<string>;
  /** Those of `names` that are taken. */
  readonly duplicates: readonly string[];
  readonly images: readonly ImageOffer[];
  readonly image: Image | undefined;
  readonly sizes: readonly SizeOffer[];
  readonly size: SizeOffer | undefined;
  readonly key: KeyDecision;
  readonly network: NetworkOffer;
  readonly networkChoice: NetworkChoice | undefined;
  readonly networking: NetworkDecision;
  readonly address: AddressOffer;
  readonly safety: SafetyDecision;
  /** Ids of security groups that are there. */
  readonly groups: readonly string[];
  readonly storage: StorageDecision;
  /** A DNS zone, where the instances have addresses to be named. */
  readonly zone: string | undefined;
  readonly more: MoreDecision;
  /** What it makes beside the instances, for the quotas. */
  readonly needs: LaunchNeeds;
  readonly count: number;
  /** Undefined: what was typed is no number of instances. */
  readonly countProblem: boolean;
  /** How many could be launched at most. */
  readonly most: number;
  readonly uses: readonly QuotaUse[];
  readonly quotaKnown: boolean;
  readonly userData: string | Uint8Array | undefined;
  /** Parts whose answer is not known yet. */
  readonly pending: ReadonlySet<Part>;
  readonly obstacles: readonly Obstacle[];
}

/** Pending until every page is there: a default that flips under the hand is worse than a moment's wait. */
export function isPending(state: CollectionState<{ readonly id: string }> | undefined): boolean {
  return state?.status === 'pending' || (state?.status === 'ready' && !state.complete);
}

export function rowsOf<R>(state: CollectionState<R> | undefined): readonly R[] {
  return state?.status === 'ready' ? state.rows : [];
}

/** The error of a list that has nothing to show. */
export function failureOf(state: CollectionState<unknown> | undefined): OpenStackError | undefined {
  return state?.status === 'failed' ? state.error : undefined;
}

/** Decides everything from what was chosen, what the cloud offers and who asks. Pure. */
export function decide(wished: Draft, known: Known, setting: Setting): Decision {
  const servers = rowsOf(known.servers);
  const { preferences, projectId } = setting;
  const draft = withoutLocked(wished, preferences.locked);
  const used = lastUsed(servers, setting.user.id);

  const count = readCount(draft.count);
  const howMany = count ?? 1;
  const name = draft.name ?? setting.suggestedName;
  const names = numberedNames(name, howMany);
  const taken = new Set(servers.filter(({ pending }) => pending !== 'deleting').map((server) => server.name));

  const images = preferred(offerImages(rowsOf(known.images), projectId), preferences.images, (o) => o.image);
  const types = offerTypes(preferences.types ?? [], rowsOf(known.images));
  const image =
    images.find((offer) => offer.image.id === draft.imageId)?.image ??
    suggestImage(images, [
      preferences.defaultImage,
      used.imageId,
      preferences.images?.[0],
      types.find(({ first }) => first !== undefined)?.first?.image?.id,
    ]);
  const onlySizes = typeOf(types, image)?.version.sizes;
  const onImage = startsFromImage(draft.boot) ? image : undefined;
  // On a volume of its own the image does not need the size's disk.
  const fitted = onImage && draft.boot?.kind === 'new-volume' ? { ...onImage, minDisk: 0, size: 0 } : onImage;

  const limits = [...rowsOf(known.limits), ...rowsOf(known.extras?.volumeLimits)];
  const flavors = rowsOf(known.flavors);
  const sizes = preferred(
    offerSizes(flavors, fitted, limits, howMany, onlySizes),
    preferences.sizes,
    (o) => o.flavor,
  );
  const flavor =
    flavors.find(({ id }) => id === draft.flavorId) ??
    // Suggested for one: a size that flees when the count grows would be a riddle.
    suggestSize(offerSizes(flavors, fitted, limits, 1, onlySizes), [
      preferences.defaultSize,
      used.size,
      ...(preferences.sizes ?? []),
    ]) ??
    suggestSize(offerSizes(flavors, fitted, [], 1, onlySizes), []);
  const size = sizes.find((offer) => offer.flavor === flavor);

  const key = decideKey(draft.key, rowsOf(known.keypairs), used.keyName, setting);
  const storage = decideStorage(draft.boot, draft.volumes, {
    image,
    flavor,
    volumes: rowsOf(known.extras?.volumes),
    snapshots: rowsOf(known.extras?.snapshots),
    hasVolumes: setting.hasVolumeService,
    count: howMany,
    preferences,
  });
  const facts: NetworkFacts = {
    networks: rowsOf(known.networks),
    extensions: known.extensions,
    // A list that cannot be read leaves it to the cloud, as none at all.
    absent: !setting.hasNetworkService || failureOf(known.networks) !== undefined,
    allocates: known.allocates,
    projectId,
    name,
    usedLast: used.network,
    count: howMany,
    limits,
    servers,
    addresses: known.extras?.addresses?.status === 'ready' ? known.extras.addresses.rows : undefined,
    groups: known.groups?.status === 'ready' ? known.groups.rows : undefined,
    preferences,
  };
  const networking = decideNetwork(draft, facts);
  const address = decideAddress(draft, facts, networking.choice);
  const safety = decideSafety(draft, facts);
  const more = decideMore(draft, {
    preferences,
    name,
    userName: setting.user.name,
    publicKey: publicKeyOf(key, rowsOf(known.keypairs)),
    hasAppProxy: setting.hasAppProxy,
  });
  const needs: LaunchNeeds = {
    ports: setting.hasNetworkService ? 1 + networking.more.length : 0,
    floatingIps: address.wish?.kind === 'new' ? 1 : 0,
    volumes: newVolumes(storage.boot, storage.volumes),
    network: networking.choice?.kind === 'new',
    router: networking.choice?.kind === 'new' && networking.choice.externalNetworkId !== undefined,
    serverGroup: more.newServerGroup !== undefined,
    // Neutron adds two that let everything out.
    groupRules: safety.newGroup && safety.newGroup.rules.length + 2,
  };

  const userData = draft.script?.kind === 'file' ? draft.script.bytes : draft.script?.text || undefined;
  const decision = {
    name,
    nameProblem: nameProblem(name, howMany),
    names,
    taken,
    duplicates: takenNames(names, taken),
    images,
    image: onImage,
    sizes,
    size,
    key,
    network: networking.offer,
    networkChoice: networking.choice,
    networking,
    address,
    safety,
    groups: safety.all,
    storage,
    zone:
      address.wish && address.wish.kind !== 'none'
        ? (draft.zone ?? usualZone(setting)) || undefined
        : undefined,
    more,
    needs,
    count: howMany,
    countProblem: count === undefined || count > MOST_AT_ONCE,
    most: Math.min(MOST_AT_ONCE, flavor ? roomFor(limits, flavor, needs) : Infinity),
    uses: flavor ? quotaUses(limits, flavor, howMany, needs) : [],
    quotaKnown: failureOf(known.limits) === undefined,
    userData,
    pending: pendingParts(draft, known, setting),
  };
  return { ...decision, obstacles: obstacles(decision, known, setting, startsFromImage(draft.boot)) };
}

/** The DNS zone that the portal wants, where the cloud can give names. */
function usualZone({ hasDnsService, preferences, projectName = '' }: Setting): string | undefined {
  return hasDnsService ? preferences.zone?.replaceAll('{project}', dnsLabel(projectName) ?? '') : undefined;
}

/** What is to be launched, once nothing stands against it. */
export function requestOf(
  decision: Decision,
  launchId: string,
  publicKey: string | undefined,
): LaunchRequest | undefined {
  const { image, size, networkChoice, key, storage, address, safety, networking, more, zone } = decision;
  if (!size || !networkChoice || !key.choice || !address.wish || storage.problem) return undefined;
  if (!image && !storage.boot) return undefined;
  const { choice } = key;
  const { profile, problems: _, ...rest } = more;
  return {
    launchId,
    name: decision.name.trim(),
    count: decision.count,
    imageId: image?.id ?? '',
    flavorId: size.flavor.id,
    key:
      choice.kind !== 'generate'
        ? choice
        : publicKey === undefined
          ? { kind: 'none' }
          : { kind: 'import', name: choice.name, publicKey },
    network: networkChoice,
    securityGroups: safety.all,
    ...given({
      userData: decision.userData,
      profile: profile.kind === 'plain' ? undefined : withKey(profile, publicKey),
      newGroup: safety.newGroup,
      boot: storage.boot,
      volumes: storage.volumes.length > 0 ? storage.volumes : undefined,
      address: address.wish.kind === 'none' ? undefined : address.wish,
      fixedIp: networking.fixedIp,
      moreNetworks: networking.more.length > 0 ? networking.more : undefined,
      zone,
      ...rest,
    }),
  };
}

/** A key that is made with the launch is for the profile's account as well. */
function withKey(profile: LaunchProfile, publicKey: string | undefined): LaunchProfile {
  return profile.kind === 'exosphere' && publicKey !== undefined
    ? { ...profile, keys: [publicKey, ...profile.keys] }
    : profile;
}

/** Only what has a value: what is not asked for is not said. */
function given<T extends object>(all: T): Partial<T> {
  const found: Partial<T> = {};
  for (const name in all) if (all[name] !== undefined) found[name] = all[name];
  return found;
}

/** A whole number from 1; undefined for anything else. */
function readCount(typed: string | undefined): number | undefined {
  if (typed === undefined) return 1;
  return /^\s*[1-9]\d{0,3}\s*$/.test(typed) ? Number(typed) : undefined;
}

/** Puts what the portal names first, in its order. */
function preferred<O>(
  offers: readonly O[],
  wanted: readonly string[] | undefined,
  of: (offer: O) => { readonly id: string; readonly name: string },
): readonly O[] {
  if (!wanted?.length) return offers;
  const rank = (offer: O) => {
    const { id, name } = of(offer);
    const at = wanted.findIndex((want) => want === id || want === name);
    return at < 0 ? wanted.length : at;
  };
  return [...offers].sort((a, b) => rank(a) - rank(b));
}

function publicKeyOf({ choice }: KeyDecision, keypairs: readonly Keypair[]): string | undefined {
  if (choice?.kind === 'import') return choice.publicKey;
  return choice?.kind === 'existing'
    ? keypairs.find(({ name }) => name === choice.name)?.publicKey
    : undefined;
}

function decideKey(
  draft: KeyDraft | undefined,
  keypairs: readonly Keypair[],
  usedLast: string | undefined,
  { user, now, canGenerate }: Setting,
): KeyDecision {
  const taken = new Set(keypairs.map(({ name }) => name));
  const suggested = suggestKeyName(user.name, new Date(now), taken);
  // Another cloud has other keys: one that is not there was not chosen here.
  const chosen = draft?.kind === 'existing' && !taken.has(draft.name) ? undefined : draft;
  const choice = chosen ?? suggestKey(keypairs, [usedLast], canGenerate, suggested);
  if (choice.kind === 'none')
    return { kind: 'none', choice, name: '', nameProblem: undefined, problem: undefined };
  if (choice.kind === 'existing') {
    return { kind: 'existing', choice, name: choice.name, nameProblem: undefined, problem: undefined };
  }
  const name = choice.name ?? suggested;
  const problem = keyNameProblem(name, taken);
  if (choice.kind === 'generate') {
    return {
      kind: 'generate',
      choice: problem || !canGenerate ? undefined : { kind: 'generate', name: name.trim() },
      name,
      nameProblem: problem,
      problem: undefined,
    };
  }
  const { text, refused } = 'text' in choice ? choice : { text: choice.publicKey, refused: false };
  const reading = readPublicKey(text);
  return {
    kind: 'import',
    choice:
      !problem && reading.ok ? { kind: 'import', name: name.trim(), publicKey: reading.line } : undefined,
    name,
    nameProblem: problem,
    problem: refused ? 'private-key' : reading.ok ? undefined : reading.problem,
  };
}

function pendingParts(
  draft: Draft,
  known: Known,
  { hasNetworkService, preferences }: Setting,
): ReadonlySet<Part> {
  const pending = new Set<Part>();
  const history = isPending(known.servers);
  // What has failed is told at once, whatever else is on its way.
  const waits = (state: Parameters<typeof isPending>[0], more: boolean) =>
    isPending(state) || (more && failureOf(state) === undefined);
  if (waits(known.images, history && preferences.defaultImage === undefined)) pending.add('image');
  if (waits(known.flavors, pending.has('image') || isPending(known.limits))) pending.add('size');
  if (waits(known.keypairs, history)) pending.add('key');
  if (hasNetworkService && waits(known.networks, history || wantsExtensions(known))) pending.add('network');
  if (hasNetworkService && isPending(known.groups)) pending.add('network');
  const { volumes, snapshots, addresses } = known.extras ?? {};
  if (draft.boot?.kind === 'volume' && waitsFor(volumes)) pending.add('storage');
  if (draft.boot?.kind === 'snapshot' && waitsFor(snapshots)) pending.add('storage');
  if (draft.address?.kind === 'existing' && waitsFor(addresses)) pending.add('network');
  return pending;
}

/** Whether it matters what Neutron can do beyond the usual: it is asked where a project has no network. */
export function wantsExtensions({ networks, extensions }: Pick<Known, 'networks' | 'extensions'>): boolean {
  return networks?.status === 'ready' && networks.complete && !extensions && !networks.rows.some(isUsable);
}

/** What somebody chose from a list that is not there yet, or that nobody has asked for yet. */
function waitsFor(state: CollectionState<{ readonly id: string }> | undefined): boolean {
  return state === undefined || isPending(state);
}

function obstacles(
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
  if (!d.networkChoice) add('no-network', 'network');
  if (d.networking.problem) add('network', 'network');
  if (!d.address.wish) add('address', 'network');
  if (d.safety.problem) add('openings', 'network');
  if (d.storage.problem) add('storage', 'storage');
  for (const why of new Set(
    d.uses.filter(({ over }) => over).map(({ resource }) => QUOTA[resource.replace(/_.*$/, '')]),
  )) {
    if (why) add(why, why === 'quota-storage' ? 'storage' : why === 'advanced' ? why : 'network');
  }
  if (d.more.problems.has('keys')) add('key', 'key');
  if ([...d.more.problems].some((problem) => problem !== 'keys')) add('advanced', 'advanced');
  if (d.userData !== undefined && cannotFit(d.userData)) add('script', 'advanced');
  return found;
}

/** Whose quota is too small, where it is not that of the size. */
const QUOTA: Readonly<Record<string, 'quota-network' | 'quota-address' | 'quota-storage' | 'advanced'>> = {
  volumes: 'quota-storage',
  gigabytes: 'quota-storage',
  floatingip: 'quota-address',
  network: 'quota-network',
  subnet: 'quota-network',
  router: 'quota-network',
  security: 'quota-network',
  serverGroups: 'advanced',
};
