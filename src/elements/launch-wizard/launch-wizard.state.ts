import { newVolumes } from '../../launch/boot.js';
import { lastUsed } from '../../launch/history.js';
import { offerImages, suggestImage, type ImageOffer } from '../../launch/images.js';
import { dnsLabel, nameProblem, numberedNames, takenNames, type NameProblem } from '../../launch/names.js';
import type { NetworkChoice, NetworkOffer } from '../../launch/networks.js';
import { boundUses, quotaUses, roomFor, type LaunchNeeds, type QuotaUse } from '../../launch/quota.js';
import type { AddressOffer } from '../../launch/reach.js';
import { offerSizes, suggestSize, type SizeOffer } from '../../launch/sizes.js';
import { offerTypes, typeOf } from '../../launch/types.js';
import type { Image } from '../../openstack/image.js';
import { decideKey, publicKeyOf, type KeyDecision } from './decide-key.js';
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
import { failureOf, hostsKey, isAwaited, isPending, rowsOf, waitsFor, type Known } from './known.js';
import { obstacles, type Obstacle, type Part } from './obstacles.js';
import type { Setting } from './setting.js';
import { withoutLocked, type Draft } from './wishes.js';

export type { KeyDecision } from './decide-key.js';
export { extrasFor, failureOf, isPending, rowsOf, type Extra, type Extras, type Known } from './known.js';
export type { Obstacle, Part } from './obstacles.js';
export type { Setting } from './setting.js';
export type { Draft, KeyDraft, Script } from './wishes.js';

/** At most so many in one launch: each is a request of its own. */
export const MOST_AT_ONCE = 25;

/** Everything that would be launched now, what else could be, and what stands against it. */
export interface Decision {
  readonly name: string;
  readonly nameProblem: NameProblem | undefined;
  readonly names: readonly string[];
  /** Names of all instances of the project. */
  readonly taken: ReadonlySet<string>;
  /** Those of `names` that are taken. */
  readonly duplicates: readonly string[];
  /** Host names that the instances would get, and something has already. */
  readonly takenHosts: readonly string[];
  readonly images: readonly ImageOffer[];
  readonly image: Image | undefined;
  readonly sizes: readonly SizeOffer[];
  readonly size: SizeOffer | undefined;
  readonly key: KeyDecision;
  /** Public half of the key, where it is known. */
  readonly publicKey: string | undefined;
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

/** Decides everything from what was chosen, what the cloud offers and who asks. Pure. */
export function decide(wished: Draft, known: Known, setting: Setting): Decision {
  const { preferences, projectId } = setting;
  const draft = withoutLocked(wished, preferences.locked);
  // What was used last is as it was when the form opened: a choice that flips under the hand would be a riddle.
  const recent = rowsOf(known.recent);
  const used = lastUsed(recent, setting.user.id);

  const count = readCount(draft.count);
  const howMany = count ?? 1;
  const name = draft.name ?? setting.suggestedName;
  const names = numberedNames(name, howMany);
  const servers = known.servers?.status === 'ready' ? known.servers.rows : recent;
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

  const limits = [known.limits, known.networkLimits, known.volumeLimits].flatMap(rowsOf);
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
    // A list that cannot be read leaves it to the cloud, as none at all.
    absent: !setting.hasNetworkService || failureOf(known.networks) !== undefined,
    allocates: known.allocates ?? true,
    projectId,
    name,
    usedLast: used.network,
    count: howMany,
    limits,
    servers: recent,
    addresses: known.extras?.addresses?.status === 'ready' ? known.extras.addresses.rows : undefined,
    groups: known.groups?.status === 'ready' ? known.groups.rows : undefined,
    groupsAwaited: setting.hasNetworkService && isAwaited(known.groups),
    exits: known.exits,
    connectable: known.connectable,
    misfits: known.misfits,
    preferences,
  };
  const networking = decideNetwork(draft, facts);
  const address = decideAddress(draft, facts, networking.choice);
  const safety = decideSafety(draft, facts);
  const publicKey = publicKeyOf(key, rowsOf(known.keypairs));
  const more = decideMore(draft, {
    preferences,
    name,
    userName: setting.user.name,
    publicKey,
    hasAppProxy: setting.hasAppProxy,
    zones: rowsOf(known.extras?.zones).map(({ id }) => id),
  });
  const zone =
    address.wish && address.wish.kind !== 'none'
      ? (draft.zone ?? usualZone(setting)) || undefined
      : undefined;
  const needs: LaunchNeeds = {
    ports: setting.hasNetworkService ? 1 + networking.more.length : 0,
    floatingIps: address.wish?.kind === 'new' ? 1 : 0,
    volumes: newVolumes(storage.boot, storage.volumes),
    network: networking.choice?.kind === 'new',
    router: networking.choice?.externalNetworkId !== undefined,
    serverGroup: more.newServerGroup !== undefined,
    // Neutron adds two that let everything out.
    groupRules: safety.newGroup && safety.newGroup.rules.length + 2,
  };

  const members = groupMembers(more, known, setting);
  // How many there are is not known where they could not be listed.
  const addsKey = /^(?:generate|import)$/.test(key.kind) && failureOf(known.keypairs) === undefined;
  const bounds = boundUses(limits, [
    ['keypairs', rowsOf(known.keypairs).length, addsKey ? 1 : 0],
    ['serverGroupMembers', members ?? 0, members === undefined ? 0 : howMany],
    // The launch's mark is always there.
    ['serverMetadata', 0, Object.keys(more.metadata ?? {}).length + (known.weight?.metadata ?? 1)],
  ]);

  const userData = draft.script?.kind === 'file' ? draft.script.bytes : draft.script?.text || undefined;
  const decision = {
    name,
    nameProblem: nameProblem(name, howMany),
    names,
    taken,
    duplicates: takenNames(names, taken),
    takenHosts:
      zone !== undefined && known.takenHosts?.of === hostsKey(zone, name, howMany)
        ? known.takenHosts.hosts
        : [],
    images,
    image: onImage,
    sizes,
    size,
    key,
    publicKey,
    network: networking.offer,
    networkChoice: networking.choice,
    networking,
    address,
    safety,
    groups: safety.all,
    storage,
    zone,
    more,
    needs,
    count: howMany,
    countProblem: count === undefined || count > MOST_AT_ONCE,
    most: Math.min(
      MOST_AT_ONCE,
      // Several get addresses only where somebody says so.
      flavor
        ? roomFor(limits, flavor, draft.address || preferences.address ? needs : { ...needs, floatingIps: 0 })
        : Infinity,
      ...bounds.map(({ resource, limit, used }) =>
        resource === 'serverGroupMembers' ? Math.max(0, limit - used) : Infinity,
      ),
    ),
    uses: flavor ? [...quotaUses(limits, flavor, howMany, needs), ...bounds] : [],
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

/** How many instances in the server group count: Nova counts those of the person. Undefined without a group. */
function groupMembers(
  { newServerGroup, serverGroupId, hints }: MoreDecision,
  { extras, servers, recent }: Known,
  { user }: Setting,
): number | undefined {
  if (newServerGroup) return 0;
  const id = serverGroupId ?? hints?.['group'];
  const group = rowsOf(extras?.serverGroups).find((each) => each.id === id);
  return (
    group &&
    rowsOf(servers ?? recent).filter(
      (server) => server.userId === user.id && group.members.includes(server.id),
    ).length
  );
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

function pendingParts(
  draft: Draft,
  known: Known,
  { hasNetworkService, preferences }: Setting,
): ReadonlySet<Part> {
  const pending = new Set<Part>();
  const history = isPending(known.recent);
  // What has failed is told at once, whatever else is on its way.
  const waits = (state: Parameters<typeof isPending>[0], more: boolean) =>
    isPending(state) || (more && failureOf(state) === undefined);
  if (waits(known.images, history && preferences.defaultImage === undefined)) pending.add('image');
  if (waits(known.flavors, pending.has('image') || isPending(known.limits))) pending.add('size');
  if (waits(known.keypairs, history)) pending.add('key');
  if (hasNetworkService && waits(known.networks, history)) pending.add('network');
  const { volumes, snapshots, addresses, serverGroups } = known.extras ?? {};
  if (draft.boot?.kind === 'volume' && waitsFor(volumes)) pending.add('storage');
  if (draft.boot?.kind === 'snapshot' && waitsFor(snapshots)) pending.add('storage');
  if (draft.address?.kind === 'existing' && waitsFor(addresses)) pending.add('network');
  if (draft.serverGroupId && !draft.newServerGroup && waitsFor(serverGroups)) pending.add('advanced');
  return pending;
}
