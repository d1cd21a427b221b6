import type { Network } from '../openstack/network.js';

/**
 * How the instances get onto a network.
 *
 * `topology`: Neutron is asked beforehand for the project's own, and makes it where there is none
 * (GET /v2.0/auto-allocated-topology/{project}). Not left to Nova's `networks: "auto"`: that needs 2.37, refuses where
 * there are several, and ends in a 500 on clouds whose policies let members make a topology but not ask for a dry run.
 * `auto`: left to Nova, where the cloud shows no network service.
 */
export type NetworkChoice =
  | { readonly kind: 'auto'; readonly externalNetworkId?: undefined }
  | { readonly kind: 'topology'; readonly externalNetworkId?: undefined }
  | {
      readonly kind: 'network';
      readonly id: string;
      readonly name: string;
      /** Nothing leads out of it: a router is made with the launch that connects it with this network outside. */
      readonly externalNetworkId?: string | undefined;
    }
  /** Made for this launch, with a subnet, and with a router where there is a way out. */
  | {
      readonly kind: 'new';
      readonly name: string;
      readonly cidr: string;
      /** The network that leads out of the cloud. */
      readonly externalNetworkId: string | undefined;
    };

/** What is known when the network is decided. */
export interface NetworkFacts {
  readonly networks: readonly Network[];
  /** The cloud lists no network service. */
  readonly absent: boolean;
  readonly projectId: string;
}

/** What is offered, and what is taken when nobody says otherwise. */
export interface NetworkOffer {
  /** Networks that can be chosen by name; own ones first. */
  readonly usable: readonly Network[];
  /** What "automatically" means here; undefined where it cannot be promised. */
  readonly automatic: NetworkChoice | undefined;
  /** Undefined: there is no way onto a network. */
  readonly choice: NetworkChoice | undefined;
  /** Several networks and nothing that decides between them: the person should look. */
  readonly ask: boolean;
}

/** The name Neutron gives the network it makes for a project. */
const AUTO_ALLOCATED = 'auto_allocated_network';

/** Whether an instance can be attached to it directly: up, with addresses to give, and not the way out. */
export function isUsable(network: Network): boolean {
  return (
    network.status === 'ACTIVE' &&
    network.adminStateUp &&
    network.subnets.length > 0 &&
    (!network.external || network.shared)
  );
}

/** What can be done about the network, and what will be. `wanted`: ids or names, most wanted first. */
export function offerNetworks(facts: NetworkFacts, wanted: readonly (string | undefined)[]): NetworkOffer {
  if (facts.absent) {
    return { usable: [], automatic: { kind: 'auto' }, choice: { kind: 'auto' }, ask: false };
  }
  const usable = facts.networks
    .filter(isUsable)
    .sort(
      (a, b) =>
        Number(a.external) - Number(b.external) ||
        Number(b.projectId === facts.projectId) - Number(a.projectId === facts.projectId) ||
        a.name.localeCompare(b.name),
    );
  const named = wanted
    .map((want) => want && usable.find(({ id, name }) => id === want || name === want))
    .find((network) => typeof network === 'object');
  const automatic = automaticOf(usable, facts);
  const choice = named ? choose(named) : (automatic ?? (usable[0] && choose(usable[0])));
  return { usable, automatic, choice, ask: !named && !automatic && usable.length > 1 };
}

function choose({ id, name }: Network): NetworkChoice {
  return { kind: 'network', id, name };
}

function automaticOf(usable: readonly Network[], facts: NetworkFacts): NetworkChoice | undefined {
  const [first] = usable;
  if (first && usable.length === 1) return choose(first);
  const made = usable.find(({ name, projectId }) => name === AUTO_ALLOCATED && projectId === facts.projectId);
  if (made) return choose(made);
  // Only clouds with the extension `auto-allocated-topology` say so of a network, and it is the one that they need.
  if (!facts.networks.some(({ external, isDefault }) => external && isDefault)) return undefined;
  // Where there are several, one more is rarely what somebody wants.
  return usable.length === 0 ? { kind: 'topology' } : undefined;
}
