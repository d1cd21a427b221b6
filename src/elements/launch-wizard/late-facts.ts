import { canAllocateNetwork, canConnect, exitsOf } from '../../launch/abilities.js';
import { volumeLimitsOf } from '../../launch/extras.js';
import { misfitOf, type Misfit } from '../../launch/fixed-address.js';
import { isPlaced } from '../../launch/given.js';
import { hostLabels, takenHostNames } from '../../launch/host-names.js';
import { networkLimitsOf } from '../../launch/limits.js';
import type * as Weigh from '../../launch/weigh.js';
import { isAddress } from '../../launch/security.js';
import type { LimitsRow } from '../../live/resources.js';
import { DnsClient } from '../../openstack/dns.js';
import { isOpenStackError } from '../../openstack/errors.js';
import { orNone } from '../../openstack/or-none.js';
import { SubnetClient, type Subnet } from '../../openstack/subnets.js';
import type { Network } from '../../openstack/network.js';
import type { Server } from '../../openstack/server.js';
import { securityGroupsOf, serversOf } from '../../session/collections.js';
import type { Connection } from '../../session/connection.js';
import { LazyPart } from '../../ui/lazy.js';
import { CollectionController, type CollectionControllerHost } from '../collection-controller.js';
import { hostsKey, isPending, type Known } from './known.js';
import type { Decision } from './launch-wizard.state.js';

/** Milliseconds after the last letter of a name before it is looked up. */
const TYPING = 400;
/** More names than these are not looked up while somebody types: each is a request. */
const MOST_HOSTS = 5;

/**
 * What an element that launches asks once somebody turns to it: it says more exactly what a launch will meet, and the
 * form has its answers without it.
 */
export class LateFacts {
  readonly #host: CollectionControllerHost;
  readonly #servers;
  readonly #groups;
  readonly #networkLimits;
  #volumeLimits: CollectionController<LimitsRow> | undefined;
  #connection: Connection | undefined;
  #allocates: boolean | undefined;
  #exits: ReadonlyMap<string, readonly string[]> = new Map();
  #connectable: ReadonlySet<string> = new Set();
  #subnets: ReadonlyMap<string, readonly Subnet[]> = new Map();
  #misfits: ReadonlyMap<string, Misfit> = new Map();
  #takenHosts: Known['takenHosts'];
  #hosts = '';
  #typing: AbortController | undefined;
  readonly #weigh: LazyPart<typeof Weigh>;
  #weight: Known['weight'];
  #weighed: readonly unknown[] = [];
  /** Questions beside the lists, by what they are about; each is asked once. */
  readonly #asked = new Map<string, Promise<void>>();
  readonly #open = new Set<Promise<void>>();

  constructor(host: CollectionControllerHost) {
    this.#host = host;
    this.#servers = new CollectionController(host, serversOf);
    this.#groups = new CollectionController(host, securityGroupsOf);
    this.#networkLimits = new CollectionController(host, networkLimitsOf);
    this.#weigh = new LazyPart(host, () => import('../../launch/weigh.js'));
    this.follow();
  }

  /** Turns to the element's connection. */
  follow(): void {
    for (const list of this.#lists) list.follow();
    const { connection } = this.#host;
    if (connection === this.#connection) return;
    this.#connection = connection;
    this.#allocates = undefined;
    this.#exits = new Map();
    this.#connectable = new Set();
    this.#subnets = new Map();
    this.#misfits = new Map();
    this.#asked.clear();
    this.#open.clear();
    this.#forgetHosts();
  }

  get known(): Pick<
    Known,
    | 'servers'
    | 'groups'
    | 'networkLimits'
    | 'volumeLimits'
    | 'allocates'
    | 'exits'
    | 'connectable'
    | 'misfits'
    | 'takenHosts'
    | 'weight'
  > {
    return {
      servers: this.#servers.state,
      groups: this.#groups.state,
      networkLimits: this.#networkLimits.state,
      volumeLimits: this.#volumeLimits?.state,
      allocates: this.#allocates,
      exits: this.#exits,
      connectable: this.#connectable,
      misfits: this.#misfits,
      takenHosts: this.#takenHosts,
      weight: this.#weight,
    };
  }

  /** The project's instances as far as they are known. */
  get servers(): readonly Server[] {
    return this.#servers.rows;
  }

  /** Whether everything has been answered that was asked. */
  get isSettled(): boolean {
    return this.#open.size === 0 && !this.#lists.some(({ state }) => isPending(state));
  }

  /** Asks for what a decision depends on. */
  want(decision: Decision): void {
    this.#weighAgain(decision);
    const connection = this.#connection;
    if (!connection) return;
    if ((decision.needs.volumes?.length ?? 0) > 0 && connection.has('block-storage'))
      this.#volumeLimits ??= new CollectionController(this.#host, volumeLimitsOf);
    const { networkChoice: choice, network, address } = decision;
    if (choice?.kind === 'topology') this.#askAllocation(connection);
    if (choice?.kind === 'network' && !/^(?:no-external|is-outside)$/.test(address.notNew ?? '')) {
      const own = network.usable.some(
        ({ id, projectId }) => id === choice.id && projectId === connection.project.id,
      );
      // Routers of networks of others cannot be seen.
      if (own) this.#askExits(connection, choice.id);
    }
    this.#fitAddresses(connection, decision);
    this.#lookUp(connection, decision);
  }

  /** Resolves once everything has been answered, one way or the other; never rejects. */
  async settled(): Promise<void> {
    while (!this.isSettled) {
      const lists = this.#lists.filter(({ state }) => isPending(state));
      await Promise.allSettled([...this.#open, ...lists.map(({ collection }) => collection?.refresh())]);
      // An answer may lead to another question, once the form was drawn with it.
      this.#host.requestUpdate();
      await this.#host.updateComplete;
    }
  }

  /** Asks again for what could not be had. */
  retry(): void {
    for (const { collection, state } of this.#lists)
      if (state?.status === 'failed') void collection?.refresh();
  }

  /** A launch may have connected a network. */
  renew(): void {
    for (const what of this.#asked.keys()) if (what.startsWith('exits ')) this.#asked.delete(what);
  }

  get #lists() {
    return [
      this.#servers,
      this.#groups,
      this.#networkLimits,
      ...(this.#volumeLimits ? [this.#volumeLimits] : []),
    ];
  }

  /** Whether the cloud makes a network for a project that has none: asked before, not after the click. */
  #askAllocation(connection: Connection): void {
    this.#ask('allocation', async () => {
      const allocates = await canAllocateNetwork(connection);
      return () => {
        this.#allocates = allocates;
      };
    });
  }

  #askExits(connection: Connection, networkId: string): void {
    this.#ask(`exits ${networkId}`, async () => {
      const exits = await exitsOf(connection, networkId);
      const connectable = exits?.length === 0 && (await canConnect(connection, networkId));
      return () => {
        if (exits) this.#exits = new Map([...this.#exits, [networkId, exits]]);
        const others = [...this.#connectable].filter((id) => id !== networkId);
        this.#connectable = new Set(connectable ? [...others, networkId] : others);
      };
    });
  }

  /** Whether the networks can give the addresses that somebody has typed; their subnets are asked for then. */
  #fitAddresses(connection: Connection, { networkChoice: choice, networking, network }: Decision): void {
    const chosen = [
      ...(choice?.kind === 'network' ? [{ networkId: choice.id, fixedIp: networking.fixedIp }] : []),
      ...networking.more,
    ];
    const misfits = new Map<string, Misfit>();
    for (const each of chosen) {
      if (!('networkId' in each) || each.fixedIp === undefined || !isAddress(each.fixedIp)) continue;
      const { networkId, fixedIp } = each;
      this.#askSubnets(connection, networkId);
      const misfit = misfitOf(
        fixedIp,
        this.#subnets.get(networkId) ?? [],
        this.#serversOn(networkId, network.usable),
      );
      if (misfit) misfits.set(`${networkId} ${fixedIp}`, misfit);
    }
    if (JSON.stringify([...misfits]) === JSON.stringify([...this.#misfits])) return;
    this.#misfits = misfits;
    this.#host.requestUpdate();
  }

  #askSubnets(connection: Connection, networkId: string): void {
    this.#ask(`subnets ${networkId}`, async () => {
      // What cannot be seen is left to the launch.
      const subnets = await orNone(connection.client(SubnetClient).of(networkId));
      return () => {
        this.#subnets = new Map([...this.#subnets, [networkId, subnets]]);
      };
    });
  }

  /** Instances with their addresses on a network; none where another network has its name. */
  #serversOn(networkId: string, networks: readonly Network[]): readonly Pick<Server, 'name' | 'addresses'>[] {
    const name = networks.find(({ id }) => id === networkId)?.name;
    if (networks.filter((each) => each.name === name).length !== 1) return [];
    return this.servers.map((server) => ({
      name: server.name,
      addresses: server.addresses.filter((each) => each.network === name && each.type !== 'floating'),
    }));
  }

  #ask(what: string, question: () => Promise<() => void>): void {
    if (this.#asked.has(what)) return;
    const connection = this.#connection;
    const answer = question()
      .then((learn) => {
        if (connection === this.#connection) learn();
      })
      .catch((error: unknown) => {
        // Who has left asks for nothing more.
        if (connection === this.#connection) throw error;
      })
      .finally(() => {
        this.#open.delete(answer);
        this.#host.requestUpdate();
      });
    this.#asked.set(what, answer);
    this.#open.add(answer);
  }

  /** Weighs what an instance is given, when that has changed; what the last weighing has told stands meanwhile. */
  #weighAgain(decision: Decision): void {
    const { name, names, userData, more, storage, address, networking, zone } = decision;
    const { choice = { kind: 'none' } } = decision.key;
    const { profile, hints } = more;
    const key = choice.kind === 'generate' ? ({ kind: 'none' } as const) : choice;
    const placed = { hints, fixedIp: networking.fixedIp, moreNetworks: networking.more, zone };
    const request = { name, key, profile, volumes: storage.volumes, address: address.wish, ...placed };
    const of = [userData, names.at(-1), JSON.stringify(request)];
    if (of.every((each, i) => each === this.#weighed[i])) return;
    this.#weighed = of;
    const plain = userData === undefined && profile.kind === 'plain' && !isPlaced(placed);
    if (plain && !this.#weight) return;
    const answer = (plain ? Promise.resolve(undefined) : this.#weigh.load())
      .then((part) => part?.weigh({ ...request, userData }, names))
      .then((weight) => {
        if (of === this.#weighed) this.#weight = weight;
      })
      .finally(() => {
        this.#open.delete(answer);
        this.#host.requestUpdate();
      });
    this.#open.add(answer);
  }

  /** Whether the names are free in the zone that they shall be in, once somebody has stopped typing. */
  #lookUp(connection: Connection, { name, nameProblem, count, zone }: Decision): void {
    const wanted = zone === undefined || nameProblem || count > MOST_HOSTS ? '' : hostsKey(zone, name, count);
    if (wanted === this.#hosts) return;
    this.#forgetHosts();
    this.#hosts = wanted;
    if (wanted === '' || zone === undefined) return;
    const typing = new AbortController();
    this.#typing = typing;
    const { signal } = typing;
    void this.#find(connection, zone, hostLabels(name, count), signal);
  }

  async #find(
    connection: Connection,
    zone: string,
    labels: readonly string[],
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await connection.environment.clock.sleep(TYPING, signal);
      const taken = await takenHostNames(connection.client(DnsClient), zone, labels, { signal });
      if (signal.aborted) return;
      this.#takenHosts = { of: this.#hosts, hosts: taken };
      this.#host.requestUpdate();
    } catch (error) {
      // The launch itself will tell, and nobody has asked for this.
      if (!signal.aborted && !isOpenStackError(error)) throw error;
    }
  }

  #forgetHosts(): void {
    this.#typing?.abort();
    this.#typing = undefined;
    this.#hosts = '';
    this.#takenHosts = undefined;
  }
}
