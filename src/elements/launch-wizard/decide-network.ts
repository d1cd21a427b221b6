import { offerNetworks, type NetworkChoice, type NetworkOffer } from '../../launch/networks.js';
import type { NewGroup } from '../../launch/plan.js';
import { externalOf, offerAddress, type AddressOffer } from '../../launch/reach.js';
import {
  admits,
  groupName,
  isAddress,
  isCidr,
  openingOf,
  rulesFor,
  SAFE_OPENINGS,
  suggestGroups,
  type OpeningWish,
} from '../../launch/security.js';
import type { LimitsRow } from '../../live/resources.js';
import type { Server, ServerNetwork } from '../../openstack/compute.js';
import type { FloatingIp, Network, SecurityGroup } from '../../openstack/network.js';
import type { LaunchDefaults } from '../../session/settings.js';
import type { Draft } from './wishes.js';

/** Addresses of a network that is made for a launch; its router knows no other. */
export const OWN_CIDR = '10.42.0.0/24';

export interface NetworkFacts {
  readonly networks: readonly Network[];
  readonly absent: boolean;
  readonly allocates: boolean;
  readonly projectId: string;
  /** Name for a network made for the launch. */
  readonly name: string;
  readonly usedLast: string | undefined;
  readonly count: number;
  readonly limits: readonly LimitsRow[];
  /** The newest of the project. */
  readonly servers: readonly Server[];
  readonly exits: ReadonlyMap<string, readonly string[]> | undefined;
  readonly connectable: ReadonlySet<string> | undefined;
  /** Addresses that were typed and cannot be had. */
  readonly misfits?: ReadonlyMap<string, unknown> | undefined;
  /** Floating IPs of the project; undefined while nobody has asked. */
  readonly addresses: readonly FloatingIp[] | undefined;
  /** Undefined: they could not be listed, there are none here, or they are still awaited. */
  readonly groups: readonly SecurityGroup[] | undefined;
  readonly groupsAwaited: boolean;
  readonly preferences: LaunchDefaults;
}

/** How the instances are connected. */
export interface NetworkDecision {
  readonly offer: NetworkOffer;
  readonly choice: NetworkChoice | undefined;
  /** A network of its own can be made. */
  readonly canMake: boolean;
  readonly fixedIp: string | undefined;
  readonly more: readonly ServerNetwork[];
  readonly problem: 'cidr' | 'fixed-ip' | 'one-only' | 'name' | undefined;
}

/** What may come in. */
export interface SafetyDecision {
  /** Ids of groups that were chosen, or are the usual ones. */
  readonly groups: readonly string[];
  /** What is let in beside, as it was typed. */
  readonly openings: readonly OpeningWish[];
  /** Ids for the request: `groups`, and one of ours that is there already. */
  readonly all: readonly string[];
  readonly newGroup: NewGroup | undefined;
  readonly problem: boolean;
}

function leftOf(limits: readonly LimitsRow[], resource: string): number {
  const quota = limits.find(({ id }) => id === 'network')?.quotas[resource];
  return quota ? quota.limit - quota.used : Infinity;
}

export function decideNetwork(draft: Draft, facts: NetworkFacts): NetworkDecision {
  const { preferences, usedLast } = facts;
  const offered = offerNetworks(facts, [preferences.network, usedLast]);
  const offer =
    facts.allocates || offered.automatic?.kind !== 'topology'
      ? offered
      : { ...offered, automatic: undefined, choice: undefined };
  const canMake = !facts.absent && leftOf(facts.limits, 'network') >= 1;
  const own: NetworkChoice | undefined = canMake ? ownNetwork(draft, facts) : undefined;
  const named = chosen(draft.network, offer, own) ?? own;
  const choice =
    named?.kind === 'network' && draft.connect === named.id && facts.connectable?.has(named.id)
      ? { ...named, externalNetworkId: outsideOf(facts) }
      : named;
  const fixed = draft.fixedIp?.trim() || undefined;
  const more = (draft.moreNetworks ?? []).filter(({ id }) =>
    offer.usable.some((network) => network.id === id),
  );
  const addresses = [fixed, ...more.map(({ fixedIp }) => fixedIp?.trim() || undefined)].filter(
    (each) => each !== undefined,
  );
  const problem =
    choice?.kind === 'new' && choice.name.trim() === ''
      ? 'name'
      : choice?.kind === 'new' && !isSubnet(choice.cidr)
        ? 'cidr'
        : facts.misfits?.size || addresses.some((each) => !isAddress(each))
          ? 'fixed-ip'
          : addresses.length > 0 && facts.count > 1
            ? 'one-only'
            : undefined;
  return {
    offer,
    choice,
    canMake,
    fixedIp: choice?.kind === 'network' ? fixed : undefined,
    more: more.map(({ id, fixedIp }) => ({
      networkId: id,
      ...(fixedIp?.trim() && { fixedIp: fixedIp.trim() }),
    })),
    problem,
  };
}

/** IPv4 with room for an instance, its router and the cloud's own. */
function isSubnet(text: string): boolean {
  const prefix = Number(/^[\d.]+\/(\d+)$/.exec(text.trim())?.[1] ?? NaN);
  return isCidr(text) && prefix >= 8 && prefix <= 29;
}

/** Where a router that is made leads. */
function outsideOf({ networks, preferences }: NetworkFacts): string | undefined {
  return externalOf({ networks, external: preferences.externalNetwork })[0]?.id;
}

function ownNetwork({ newNetwork }: Draft, facts: NetworkFacts): NetworkChoice {
  return {
    kind: 'new',
    name: newNetwork?.name ?? `${facts.name.trim()}-network`,
    cidr: newNetwork?.cidr ?? OWN_CIDR,
    externalNetworkId: outsideOf(facts),
  };
}

function chosen(
  draft: string | undefined,
  { automatic, usable, choice }: NetworkOffer,
  own: NetworkChoice | undefined,
): NetworkChoice | undefined {
  if (draft === 'own' && own) return own;
  if (draft === 'automatic' && automatic) return automatic;
  const named = usable.find(({ id }) => id === draft);
  return named ? { kind: 'network', id: named.id, name: named.name } : choice;
}

export function decideAddress(
  draft: Draft,
  facts: NetworkFacts,
  networkChoice: NetworkChoice | undefined,
): AddressOffer {
  return offerAddress(draft.address, {
    ...facts,
    networkChoice,
    left: leftOf(facts.limits, 'floatingip'),
    preferred: facts.preferences.address,
    external: facts.preferences.externalNetwork,
  });
}

export function decideSafety(draft: Draft, facts: NetworkFacts): SafetyDecision {
  const { groups, preferences, projectId } = facts;
  const portal = preferences.securityGroup;
  if (facts.groupsAwaited) return safetyUntold(draft, preferences);
  const known = groups ?? [];
  const named = known.some(({ id, name }) => id === portal || name === portal);
  const chosenGroups =
    draft.groups?.filter((id) => known.some((group) => group.id === id)) ??
    suggestGroups(known, portal === undefined ? [] : [portal], projectId);
  // A group that the institution names is its answer to what may come in.
  const openings = draft.openings ?? preferences.openings ?? (named ? [] : SAFE_OPENINGS);
  const wanted = openings.map(openingOf).filter((opening) => opening !== undefined);
  const chosenRows = known.filter(({ id }) => chosenGroups.includes(id));
  const problem = wanted.length < openings.length;
  const missing = wanted.filter((opening) => !admits(chosenRows, opening));
  // Where groups cannot be listed, making one would be a guess: the cloud takes the project's default, and what that
  // lets in nobody can promise.
  if (groups === undefined) return { groups: [], openings: [], all: [], newGroup: undefined, problem: false };
  if (missing.length === 0) {
    return { groups: chosenGroups, openings, all: chosenGroups, newGroup: undefined, problem };
  }
  const name = groupName(missing);
  const there = known.find(
    (group) =>
      group.name === name &&
      group.projectId === projectId &&
      missing.every((opening) => admits([group], opening)),
  );
  return {
    groups: chosenGroups,
    openings,
    all: there ? [...new Set([...chosenGroups, there.id])] : chosenGroups,
    newGroup: there ? undefined : { name, rules: rulesFor(missing) },
    problem,
  };
}

/** Before the groups are listed: what is wished is let in by a group of ours, that of the portal is there. */
function safetyUntold(draft: Draft, preferences: LaunchDefaults): SafetyDecision {
  const portal = preferences.securityGroup;
  const groups = draft.groups ?? (portal === undefined ? [] : [portal]);
  const openings = draft.openings ?? preferences.openings ?? (portal === undefined ? SAFE_OPENINGS : []);
  const wanted = openings.map(openingOf).filter((opening) => opening !== undefined);
  return {
    groups,
    openings,
    all: groups,
    newGroup: wanted.length > 0 ? { name: groupName(wanted), rules: rulesFor(wanted) } : undefined,
    problem: wanted.length < openings.length,
  };
}
