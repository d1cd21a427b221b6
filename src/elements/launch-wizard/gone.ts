import type { CollectionState } from '../../live/collection.js';
import { profilesOf } from './decide-more.js';
import { startsFromImage } from './decide-storage.js';
import type { Known } from './known.js';
import type { Decision, Part } from './launch-wizard.state.js';
import type { Setting } from './setting.js';
import { withoutLocked, type Draft, type Lock } from './wishes.js';

/** What a draft, a template or a link can name and is not what will be launched. */
export type Gone =
  | 'image'
  | 'image-unusable'
  | 'size'
  | 'key'
  | 'network'
  | 'network-unusable'
  /** One of the further ones. */
  | 'networks'
  | 'groups'
  | 'zone'
  | 'server-group'
  | 'dns'
  | 'storage'
  | 'profile'
  | 'desktop'
  | 'web-shell'
  | 'workflow'
  /** The portal has decided otherwise. */
  | 'locked';

const id = (row: { readonly id: string }) => row.id;
const name = (row: { readonly name: string }) => row.name;

/** Whether a list is there and has no such row. */
function lacks<R>(
  state: CollectionState<R> | undefined,
  wanted: string | undefined,
  is: (row: R) => string,
): boolean {
  return (
    wanted !== undefined &&
    state?.status === 'ready' &&
    state.complete &&
    !state.rows.some((row) => is(row) === wanted)
  );
}

/**
 * What a draft names and is passed over: the cloud no longer has it, it cannot be used, or the portal does not offer it,
 * or has decided otherwise. What a field says for itself (a size that is too small, a volume that is gone) is not in it.
 */
export function goneOf(draft: Draft, known: Known, decision: Decision, setting: Setting): readonly Gone[] {
  const { locked = [] } = setting.preferences;
  const free = withoutLocked(draft, locked);
  const gone = [...notThere(free, known, decision), ...notOffered(free, decision, setting)];
  return isOverruled(draft, decision, locked) ? [...gone, 'locked'] : gone;
}

function notThere(draft: Draft, known: Known, { pending, ...decision }: Decision): readonly Gone[] {
  const { images, flavors, keypairs, networks, groups, extras } = known;
  const { image, networkChoice: choice, networking } = decision;
  const { imageId, network, moreNetworks = [] } = draft;
  const key = draft.key?.kind === 'existing' ? draft.key.name : undefined;
  const otherImage = imageId !== undefined && startsFromImage(draft.boot) && image?.id !== imageId;
  const noImage = lacks(images, imageId, id);
  const hasNetworks = networks?.status === 'ready' && networks.complete;
  const chosen = choice?.kind === 'new' ? 'own' : choice?.kind === 'network' ? choice.id : undefined;
  const isNamed = network !== undefined && network !== 'automatic';
  const otherNetwork = hasNetworks && isNamed && network !== chosen;
  const noNetwork = network !== 'own' && lacks(networks, network, id);
  const found: readonly (readonly [Gone, boolean, Part?])[] = [
    ['image', otherImage && noImage, 'image'],
    ['image-unusable', otherImage && !noImage && images?.status === 'ready', 'image'],
    ['size', lacks(flavors, draft.flavorId, id), 'size'],
    ['key', lacks(keypairs, key, name), 'key'],
    ['network', otherNetwork && noNetwork, 'network'],
    ['network-unusable', otherNetwork && !noNetwork, 'network'],
    ['networks', hasNetworks && networking.more.length < moreNetworks.length, 'network'],
    ['groups', draft.groups?.some((each) => lacks(groups, each, id)) === true],
    ['zone', lacks(extras?.zones, draft.availabilityZone || undefined, id)],
  ];
  return found.filter(([, is, part]) => is && !(part && pending.has(part))).map(([what]) => what);
}

function notOffered(
  { profile, moreKeys, packages, desktop, webShell, workflow, boot, volumes = [] }: Draft,
  { more }: Decision,
  { preferences, hasAppProxy, hasVolumeService }: Setting,
): readonly Gone[] {
  const wanted = profile ?? (moreKeys?.trim() || packages?.trim() ? 'kit' : undefined);
  const noProfile = wanted !== undefined && !profilesOf(preferences).includes(wanted);
  const brings = more.profile.kind === 'exosphere' ? more.profile : undefined;
  // Who has chosen another way to prepare it has seen that it comes without.
  const isSilent = brings !== undefined || profile === undefined;
  const found: readonly (readonly [Gone, boolean])[] = [
    ['storage', !hasVolumeService && (volumes.length > 0 || (boot !== undefined && boot.kind !== 'image'))],
    ['profile', noProfile],
    ['desktop', desktop === true && isSilent && !brings],
    ['web-shell', webShell === true && isSilent && !brings?.shell],
    ['workflow', Boolean(workflow?.repo.trim()) && isSilent && !(brings && hasAppProxy)],
  ];
  return found.filter(([, is]) => is).map(([what]) => what);
}

/** Whether something was chosen that the portal has decided otherwise. */
function isOverruled(draft: Draft, decision: Decision, locked: readonly string[]): boolean {
  const { image, size, key, networkChoice, address, safety, count, storage, more } = decision;
  const network = networkChoice?.kind === 'network' ? networkChoice.id : undefined;
  const other = <T>(wanted: T | undefined, is: T | undefined) => wanted !== undefined && wanted !== is;
  const differs: Readonly<Record<Lock, boolean>> = {
    image: other(draft.imageId, image?.id),
    size: other(draft.flavorId, size?.flavor.id),
    key: other(draft.key?.kind === 'existing' ? draft.key.name : undefined, key.name),
    network: draft.network !== 'automatic' && other(draft.network, network),
    address: other(draft.address?.kind, address.kind),
    groups: other(draft.groups && [...draft.groups].sort().join(), [...safety.groups].sort().join()),
    count: other(draft.count?.trim(), String(count)),
    script: draft.script !== undefined,
    storage: other(draft.boot?.kind, storage.kind) || other(draft.volumes?.length, storage.data.length),
    placement:
      other(draft.availabilityZone, more.availabilityZone) || other(draft.serverGroupId, more.serverGroupId),
    profile: other(draft.profile, more.profile.kind),
  };
  return (
    decision.pending.size === 0 && Object.entries(differs).some(([lock, is]) => is && locked.includes(lock))
  );
}

/**
 * A draft without what another project has, or somebody has deleted, and the form could not let go of: its launch would
 * end half-way.
 */
export function withoutLost(draft: Draft, { extras }: Known, hasDns: boolean): Draft {
  const { serverGroupId, zone, ...rest } = draft;
  const noGroup = lacks(extras?.serverGroups, serverGroupId || undefined, id);
  const noZone = Boolean(zone) && (!hasDns || lacks(extras?.dnsZones, zone, name));
  if (!noGroup && !noZone) return draft;
  return {
    ...rest,
    ...(serverGroupId !== undefined && !noGroup && { serverGroupId }),
    ...(zone !== undefined && !noZone && { zone }),
  };
}
