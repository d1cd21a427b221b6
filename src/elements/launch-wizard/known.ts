import type { Misfit } from '../../launch/fixed-address.js';
import type { Weight } from '../../launch/weigh.js';
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
import type { Part } from './obstacles.js';
import type { Setting } from './setting.js';
import type { Draft } from './wishes.js';

/** What the cloud has said; undefined where it lacks the service, or nobody has asked yet. */
export interface Known {
  // Asked for when the form opens.
  readonly images: CollectionState<Image> | undefined;
  readonly flavors: CollectionState<Flavor> | undefined;
  readonly keypairs: CollectionState<Keypair> | undefined;
  readonly networks: CollectionState<Network> | undefined;
  /** Those of Nova. */
  readonly limits: CollectionState<LimitsRow> | undefined;
  /** The newest instances of the project: they tell what was chosen the last time. */
  readonly recent: CollectionState<Server> | undefined;

  // Asked for once somebody turns to it.
  /** All instances of the project. */
  readonly servers?: CollectionState<Server> | undefined;
  readonly groups?: CollectionState<SecurityGroup> | undefined;
  /** One row, that of Neutron. */
  readonly networkLimits?: CollectionState<LimitsRow> | undefined;
  /** One row, that of Cinder; asked for where volumes are made. */
  readonly volumeLimits?: CollectionState<LimitsRow> | undefined;
  /** False: the cloud says that it makes no network for this project. */
  readonly allocates?: boolean | undefined;
  /** External networks that a network's routers lead to, by its id; one that is not in it is not known. */
  readonly exits?: ReadonlyMap<string, readonly string[]> | undefined;
  /** Ids of networks of the project that nothing leads out of, and that a router can be put on. */
  readonly connectable?: ReadonlySet<string> | undefined;
  /** Addresses that were typed and their network cannot give, by its id, a space and the address. */
  readonly misfits?: ReadonlyMap<string, Misfit> | undefined;
  /** Host names, with the dot at their end, that something has already; of which names is in `of`. */
  readonly takenHosts?: { readonly of: string; readonly hosts: readonly string[] } | undefined;

  /** What an instance is given beside its mark; undefined for nothing, and until it is weighed. */
  readonly weight?: Weight | undefined;

  /** What is asked only where somebody looks for it, or has chosen it. */
  readonly extras?: Extras | undefined;
}

/** Each is undefined while nobody has asked, or where the cloud lacks the service. */
export interface Extras {
  readonly volumes?: CollectionState<Volume> | undefined;
  readonly snapshots?: CollectionState<VolumeSnapshot> | undefined;
  readonly volumeTypes?: CollectionState<VolumeType> | undefined;
  readonly zones?: CollectionState<AvailabilityZone> | undefined;
  readonly serverGroups?: CollectionState<ServerGroup> | undefined;
  readonly addresses?: CollectionState<FloatingIp> | undefined;
  readonly dnsZones?: CollectionState<Zone> | undefined;
}

/** What is asked of the cloud beyond what everybody needs. */
export type Extra = keyof Extras;

const OF_PART: Partial<Record<Part, readonly Extra[]>> = {
  network: ['addresses'],
  storage: ['volumes', 'snapshots', 'volumeTypes'],
  advanced: ['zones', 'serverGroups'],
};

/** What the open parts of the form, and what was chosen in them, want to know. */
export function extrasFor(draft: Draft, open: ReadonlySet<Part>, setting: Setting): ReadonlySet<Extra> {
  const wanted = new Set<Extra>();
  for (const part of open) for (const extra of OF_PART[part] ?? []) wanted.add(extra);
  if (draft.boot?.kind === 'volume') wanted.add('volumes');
  if (draft.boot?.kind === 'snapshot') wanted.add('snapshots');
  if (draft.address?.kind === 'existing') wanted.add('addresses');
  if (draft.serverGroupId) wanted.add('serverGroups');
  if (draft.availabilityZone) wanted.add('zones');
  if ((draft.zone || open.has('advanced')) && setting.hasDnsService) wanted.add('dnsZones');
  return wanted;
}

/** What host names are asked about; each other text is another question. */
export function hostsKey(zone: string, name: string, count: number): string {
  return `${zone} ${count} ${name.trim()}`;
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

/** What somebody chose from a list that is not there yet, or that nobody has asked for yet. */
export function waitsFor(state: CollectionState<{ readonly id: string }> | undefined): boolean {
  return state === undefined || isPending(state);
}

/** It is on its way, or will be asked for. */
export function isAwaited(state: CollectionState<unknown> | undefined): boolean {
  return state === undefined || state.status === 'pending';
}
