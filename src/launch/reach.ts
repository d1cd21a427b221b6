import type { Server } from '../openstack/compute.js';
import type { FloatingIp, Network } from '../openstack/network.js';
import type { NetworkChoice } from './networks.js';
import type { AddressWish } from './plan.js';

/** Why instances get an address of their own, or cannot. */
export type AddressWhy =
  /** Somebody chose it. */
  | 'asked'
  /** The portal's settings say so. */
  | 'portal'
  /** So that it is reached from everywhere. */
  | 'usual'
  /** The cloud has no network service, or it does not tell of its networks. */
  | 'no-service'
  | 'no-external'
  /** No router leads from the network to where addresses come from. */
  | 'no-way-out'
  /** The network is one that is reached from outside as it is. */
  | 'is-outside'
  /** The network belongs to others: whether it has a way out is not known. */
  | 'foreign'
  /** Several instances would take several addresses. */
  | 'several'
  | 'quota'
  /** All addresses that the project has are in use. */
  | 'none-free'
  /** One address is for one instance. */
  | 'one-only';

/** What was typed and chosen. */
export type AddressChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'new'; readonly networkId?: string | undefined }
  | { readonly kind: 'existing'; readonly id: string };

export interface AddressFacts {
  readonly networks: readonly Network[];
  readonly networkChoice: NetworkChoice | undefined;
  readonly servers: readonly Pick<Server, 'addresses'>[];
  readonly projectId: string;
  /** External networks that the routers of a network lead to, by its id; one that is not in it is not known. */
  readonly exits?: ReadonlyMap<string, readonly string[]> | undefined;
  /** The project's floating IPs; undefined while nobody has asked. */
  readonly addresses: readonly FloatingIp[] | undefined;
  /** How many more the project may have; `Infinity` where that is not known. */
  readonly left: number;
  readonly count: number;
  /** What the portal wants. */
  readonly preferred: 'new' | 'none' | undefined;
  /** Name or id of the external network that the portal wants. */
  readonly external: string | undefined;
}

export interface AddressOffer {
  /** What will be; undefined while the choice cannot be had. */
  readonly wish: AddressWish | undefined;
  readonly kind: AddressChoice['kind'];
  readonly why: AddressWhy;
  /** Why a new one cannot be had. */
  readonly notNew: AddressWhy | undefined;
  /** Why one that is there cannot be taken. */
  readonly notExisting: AddressWhy | undefined;
  /** Those that lead outside, the one that would be taken first. */
  readonly external: readonly Network[];
  /** Addresses that nothing uses. */
  readonly free: readonly FloatingIp[];
}

/** The networks that floating IPs come from, the cloud's default before others. */
export function externalOf({
  networks,
  external,
}: Pick<AddressFacts, 'networks' | 'external'>): readonly Network[] {
  const rank = (network: Network) =>
    network.id === external || network.name === external ? 0 : network.isDefault ? 1 : 2;
  return networks
    .filter((network) => network.external && network.status === 'ACTIVE' && network.subnets.length > 0)
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

/** Those that lead into the network of the instances, as far as that is known. */
function inReach(external: readonly Network[], { networkChoice, exits }: AddressFacts): readonly Network[] {
  const known =
    networkChoice?.kind === 'network' && networkChoice.externalNetworkId === undefined
      ? exits?.get(networkChoice.id)
      : undefined;
  return known ? external.filter(({ id }) => known.includes(id)) : external;
}

/** Whether a floating IP can surely be pointed into the network: it is the project's own, or it was done before. */
function isWithinReach({ networks, networkChoice, servers, projectId }: AddressFacts): boolean {
  if (networkChoice?.kind === 'new') return networkChoice.externalNetworkId !== undefined;
  if (networkChoice?.kind !== 'network') return true;
  const network = networks.find(({ id }) => id === networkChoice.id);
  if (network?.projectId === projectId) return true;
  return servers.some(({ addresses }) =>
    addresses.some(({ type, network: name }) => type === 'floating' && name === networkChoice.name),
  );
}

/** Which address an instance gets, what else could be, and why. */
export function offerAddress(choice: AddressChoice | undefined, facts: AddressFacts): AddressOffer {
  const { networkChoice, networks, addresses = [], left, count, preferred } = facts;
  const outside = externalOf(facts);
  const external = inReach(outside, facts);
  const free = addresses.filter(
    ({ portId, fixedAddress, networkId }) =>
      portId === undefined &&
      fixedAddress === undefined &&
      (external.length === outside.length || external.some(({ id }) => id === networkId)),
  );
  const chosen = networks.find(({ id }) => networkChoice?.kind === 'network' && id === networkChoice.id);
  const impossible: AddressWhy | undefined =
    networkChoice === undefined || networkChoice.kind === 'auto'
      ? 'no-service'
      : chosen?.external
        ? 'is-outside'
        : outside.length === 0
          ? 'no-external'
          : external.length === 0
            ? 'no-way-out'
            : undefined;
  const notNew: AddressWhy | undefined = impossible ?? (left < count ? 'quota' : undefined);
  const notExisting: AddressWhy | undefined =
    impossible ?? (count > 1 ? 'one-only' : facts.addresses && free.length === 0 ? 'none-free' : undefined);
  const offer = { notNew, notExisting, external, free };
  const [first] = external;
  const fresh = (networkId?: string): AddressWish | undefined => {
    const from = external.find(({ id }) => id === networkId) ?? first;
    return notNew === undefined && from ? { kind: 'new', networkId: from.id } : undefined;
  };
  const none = (why: AddressWhy): AddressOffer => ({ ...offer, wish: { kind: 'none' }, kind: 'none', why });
  if (choice?.kind === 'none') return none('asked');
  // What is not possible here was chosen elsewhere, or before something else was.
  if (choice && impossible) return none(impossible);
  if (choice?.kind === 'new')
    return { ...offer, wish: fresh(choice.networkId), kind: 'new', why: notNew ?? 'asked' };
  if (choice?.kind === 'existing') {
    const found = free.find(({ id }) => id === choice.id);
    const wish: AddressWish | undefined =
      found && notExisting === undefined
        ? { kind: 'existing', id: found.id, address: found.address }
        : undefined;
    return { ...offer, wish, kind: 'existing', why: notExisting ?? 'asked' };
  }
  if (preferred === 'none') return none('portal');
  const against =
    notNew ??
    (preferred === 'new' ? undefined : count > 1 ? 'several' : isWithinReach(facts) ? undefined : 'foreign');
  if (against !== undefined) return none(against);
  return { ...offer, wish: fresh(), kind: 'new', why: preferred === 'new' ? 'portal' : 'usual' };
}
