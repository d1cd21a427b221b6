import { isOpenStackError, OpenStackError } from '../openstack/errors.js';
import type { NetworkMaker, NetworkPart } from '../openstack/network-making.js';
import { isUnclear, oldestFirst, once, onceAmongOthers, type Maker, type Tell } from './attempts.js';
import {
  LAUNCH_MARK,
  LAUNCH_RECIPE,
  readDescription,
  readMark,
  WAITING_PORT,
  writeDescription,
  writeMark,
  type LaunchMark,
  type LaunchPart,
} from './mark.js';
import { volumeName, type LaunchPlan, type LaunchStep, type MadeFor } from './plan.js';
import type { Leftover } from './progress.js';
import type { LaunchServices } from './services.js';

/** Milliseconds between looks at a volume that is being made, and for how many looks an answer may be missing. */
const VOLUME_PAUSE = 2_000;
const SILENT_LOOKS = 10;

type StepOf<K extends LaunchStep['kind']> = Extract<LaunchStep, { kind: K }>;

/** A step that is neither a key pair nor a server. */
export type PartStep = Exclude<LaunchStep, { kind: 'keypair' | 'server' | 'active' | 'setup' }>;

/** Everything of a launch besides key pairs and servers: finds it by its mark, makes it, and remembers it. */
export class LaunchParts {
  readonly #plan: LaunchPlan;
  readonly #services: LaunchServices;
  readonly #signal: AbortSignal;
  readonly #again: boolean;
  readonly #remember: (made: Leftover) => void;
  #networkId: string | undefined;
  #subnetId: string | undefined;
  #groupId: string | undefined;
  #serverGroupId: string | undefined;
  readonly #ports = new Map<number, string>();
  readonly #addresses = new Map<number, string>();
  readonly #volumes = new Map<string, string>();

  constructor(o: {
    readonly plan: LaunchPlan;
    readonly services: LaunchServices;
    readonly signal: AbortSignal;
    /** The plan was run before: whatever it makes may be there. */
    readonly again: boolean;
    remember(made: Leftover): void;
  }) {
    this.#plan = o.plan;
    this.#services = o.services;
    this.#signal = o.signal;
    this.#again = o.again;
    this.#remember = (made) => o.remember(made);
  }

  /** What there is for instance `number`. */
  madeFor(number: number): MadeFor {
    const { volumes = [] } = this.#plan.request;
    return {
      networkId: this.#networkId,
      groupId: this.#groupId,
      serverGroupId: this.#serverGroupId,
      portId: this.#ports.get(number),
      bootVolumeId: this.#volumes.get(`${number}-0`),
      volumeIds: volumes.flatMap((_, i) => this.#volumes.get(`${number}-${i + 1}`) ?? []),
    };
  }

  do(step: PartStep, tell: Tell): Promise<void> {
    switch (step.kind) {
      case 'network':
        return this.#topology();
      case 'own-network':
        return this.#network(step, tell);
      case 'subnet':
        return this.#subnet(step, tell);
      case 'router':
        return this.#router(step, tell);
      case 'server-group':
        return this.#serverGroup(step, tell);
      case 'group':
        return this.#group(step, tell);
      case 'port':
        return this.#port(step, tell);
      case 'address':
        return this.#address(step, tell);
      case 'volume':
        return this.#volume(step, tell);
      case 'dns':
        return this.#dns(step, tell);
    }
  }

  async #topology(): Promise<void> {
    try {
      this.#networkId = await this.#services.autoNetwork(this.#signal);
    } catch (error) {
      // A role that may not ask Neutron for it: Nova, which asks in its own name, is then asked for "auto". A port
      // beforehand needs a network to be on.
      const refused = isOpenStackError(error) && (error.kind === 'forbidden' || error.kind === 'not-found');
      const asksForPorts = this.#plan.steps.some(({ kind }) => kind === 'port');
      if (!refused || asksForPorts) throw error;
    }
  }

  async #network({ name }: StepOf<'own-network'>, tell: Tell): Promise<void> {
    const client = this.#services.network();
    const found = await this.#once(tell, {
      find: () => this.#named(client, 'networks', name, 'network'),
      create: () => client.createNetwork(name, this.#description('network'), this.#call),
      remove: ({ id }) => client.remove('networks', id, name, this.#call),
    });
    this.#networkId = found.id;
    this.#remember({ kind: 'network', id: found.id, name });
  }

  async #subnet({ name, cidr }: StepOf<'subnet'>, tell: Tell): Promise<void> {
    const client = this.#services.network();
    const networkId = this.#networkId;
    if (networkId === undefined) throw new TypeError('the network is not there');
    const description = this.#description('subnet');
    const found = await this.#once(tell, {
      find: () => this.#named(client, 'subnets', name, 'subnet'),
      create: () => client.createSubnet({ name, description, networkId, cidr }, this.#call),
    });
    this.#subnetId = found.id;
  }

  async #router({ name, externalNetworkId }: StepOf<'router'>, tell: Tell): Promise<void> {
    const client = this.#services.network();
    const subnetId = this.#subnetId;
    if (subnetId === undefined) throw new TypeError('the subnet is not there');
    const description = this.#description('router');
    const router = await this.#once(tell, {
      find: () => this.#named(client, 'routers', name, 'router'),
      create: () => client.createRouter({ name, description, externalNetworkId }, this.#call),
      remove: ({ id }) => client.remove('routers', id, name, this.#call),
    });
    this.#remember({ kind: 'router', id: router.id, name });
    // Twice is refused, and then it is what was wanted.
    await once({
      ...this.#run,
      tell,
      find: () => Promise.resolve(undefined),
      create: () =>
        client.connectRouter(router.id, subnetId, true, this.#call).catch((error: unknown) => {
          const connected =
            isOpenStackError(error) && (error.kind === 'invalid' || error.kind === 'conflict');
          if (!connected || !/already has a port/i.test(error.detail ?? '')) throw error;
        }),
    });
  }

  async #serverGroup({ name, policy }: StepOf<'server-group'>, tell: Tell): Promise<void> {
    // It has no place for a mark: it is found by its name, and by what it is for.
    const find = async () => {
      const groups = await this.#services.serverGroups(name, this.#signal);
      const fitting = groups.filter((group) => group.policy === policy);
      if (fitting.length > 0 || groups.length === 0) return fitting;
      const attempt = { action: 'create-server-group', name } as const;
      throw new OpenStackError({ kind: 'conflict', reason: 'name-taken', attempt, service: 'compute' });
    };
    const [there] = await find();
    const group =
      there ??
      (await once({
        ...this.#run,
        tell,
        find: async () => (await find())[0],
        create: () => this.#services.createServerGroup({ name, policy }, this.#signal),
      }));
    this.#serverGroupId = group.id;
    if (!there || (this.#again && (await this.#areOurs(there.members))))
      this.#remember({ kind: 'server-group', id: group.id, name });
  }

  async #group({ name, rules }: StepOf<'group'>, tell: Tell): Promise<void> {
    const client = this.#services.network();
    const isOwn = ({ description }: NetworkPart) => this.#isOurs(readDescription(description), 1, 'group');
    // It is for all launches to share, those that begin in the same moment too.
    const group = await onceAmongOthers({
      ...this.#run,
      tell,
      find: async () => oldestFirst(await client.groups(name, this.#call)),
      create: () => client.createGroup(name, this.#description('group'), this.#call),
      remove: ({ id }) => client.remove('security-groups', id, name, this.#call),
    });
    this.#groupId = group.id;
    const own = isOwn(group);
    if (own) this.#remember({ kind: 'security-group', id: group.id, name });
    // Somebody may have changed one that was there before; one without any opening was never finished.
    if (!own && group.openings > 0) return;
    await Promise.all(
      rules.map((rule) =>
        once({
          ...this.#run,
          tell,
          find: () => Promise.resolve(undefined),
          create: () =>
            client.createRule(group.id, rule, name, this.#call).catch((error: unknown) => {
              if (!isOpenStackError(error) || error.kind !== 'conflict') throw error;
              if (!/exists/i.test(error.detail ?? '')) throw error;
            }),
        }),
      ),
    );
  }

  async #port({ name, number }: StepOf<'port'>, tell: Tell): Promise<void> {
    const client = this.#services.network();
    const { network, securityGroups, fixedIp } = this.#plan.request;
    const networkId = network.kind === 'network' ? network.id : this.#networkId;
    if (networkId === undefined) {
      const attempt = { action: 'create-port', name } as const;
      throw new OpenStackError({ kind: 'not-found', attempt, service: 'network' });
    }
    const groups = [...securityGroups, ...(this.#groupId === undefined ? [] : [this.#groupId])];
    const port = await this.#once(tell, {
      find: async () => this.#described(await client.ports({ name }, this.#call), 'port', number),
      remove: ({ id }) => client.remove('ports', id, name, this.#call),
      create: () =>
        client.createPort(
          {
            name,
            description: this.#description('port', number, this.#plan.recipe.withPort),
            networkId,
            deviceOwner: WAITING_PORT,
            securityGroups: groups.length > 0 ? groups : undefined,
            fixedIp,
          },
          this.#call,
        ),
    });
    this.#ports.set(number, port.id);
    this.#remember({ kind: 'port', id: port.id, name });
  }

  async #address({ number, wish, name }: StepOf<'address'>, tell: Tell): Promise<void> {
    const client = this.#services.network();
    const portId = this.#ports.get(number);
    if (portId === undefined) throw new TypeError('the port is not there');
    const bind = (id: string) =>
      once({
        ...this.#run,
        tell,
        find: () => Promise.resolve(undefined),
        create: () => client.bindAddress(id, portId, name, this.#call),
      });
    if (wish.kind === 'existing') {
      const there = (await client.addresses(this.#call)).find(({ id }) => id === wish.id);
      if (there?.portId !== undefined && there.portId !== portId && !there.unused)
        throw new OpenStackError({
          kind: 'conflict',
          reason: 'in-use',
          attempt: { action: 'assign-floating-ip', name: wish.address },
          service: 'network',
        });
      if (there?.portId !== portId) await bind(wish.id);
      this.#addresses.set(number, wish.address);
      return;
    }
    const address = await this.#once(tell, {
      find: async () => this.#described(await client.addresses(this.#call), 'address', number),
      remove: ({ id, address: text }) => client.remove('floatingips', id, text, this.#call),
      create: () =>
        client.createAddress(
          { networkId: wish.networkId, portId, description: this.#description('address', number) },
          this.#call,
        ),
    });
    this.#remember({ kind: 'floating-ip', id: address.id, name: address.address });
    if (address.portId !== portId) await bind(address.id);
    this.#addresses.set(number, address.address);
  }

  async #volume({ name: server, number, index, volume }: StepOf<'volume'>, tell: Tell): Promise<void> {
    const client = this.#services.volume();
    const part: LaunchPart = index === 0 ? 'boot' : `volume-${index}`;
    const name = volumeName(server, index);
    const find = async () =>
      oldestFirst(
        (await client.volumes(name, this.#call)).filter(({ metadata }) =>
          this.#isOurs(readMark(metadata), number, part),
        ),
      );
    if (this.#again) {
      const [broken] = await find();
      if (broken?.status === 'error') {
        tell({ kind: 'replacing' });
        await client.deleteVolume(broken.id, name, this.#call);
        await this.#volumeIs(broken.id, name, 'gone');
        tell(undefined);
      }
    }
    const { recipe } = this.#plan;
    const made = await this.#once(tell, {
      find,
      create: () =>
        client.createVolume(
          {
            name,
            ...volume,
            availabilityZone: undefined,
            metadata: {
              [LAUNCH_MARK]: writeMark({ ...this.#mark(part, number), recipe: '' }),
              ...(recipe.alone !== '' && { [LAUNCH_RECIPE]: recipe.alone }),
            },
          },
          this.#call,
        ),
      remove: async ({ id }) => {
        await this.#volumeIs(id, name, 'usable');
        await client.deleteVolume(id, name, this.#call);
      },
    });
    this.#remember({ kind: 'volume', id: made.id, name });
    this.#volumes.set(`${number}-${index}`, made.id);
    await this.#volumeIs(made.id, name, 'usable');
  }

  /** Waits for a volume; a look that fails says nothing until many have. */
  async #volumeIs(id: string, name: string, wanted: 'usable' | 'gone'): Promise<void> {
    const client = this.#services.volume();
    for (let silent = 0; ;) {
      let status = '';
      try {
        ({ status } = await client.volume(id, name, this.#call));
        silent = 0;
      } catch (error) {
        if (!isOpenStackError(error)) throw error;
        if (wanted === 'gone' && error.kind === 'not-found') return;
        if (!(isUnclear(error) || error.kind === 'rate-limit') || ++silent > SILENT_LOOKS) throw error;
      }
      if (wanted === 'usable' && /^(?:available|reserved|attaching|in-use)$/.test(status)) return;
      if (status.startsWith('error')) {
        throw new OpenStackError({
          kind: 'server',
          attempt: { action: wanted === 'gone' ? 'delete-volume' : 'create-volume', name },
          service: 'block-storage',
          detail: `The volume is in status "${status}".`,
        });
      }
      await this.#services.clock.sleep(VOLUME_PAUSE, this.#signal);
    }
  }

  async #dns({ zone, host, number }: StepOf<'dns'>, tell: Tell): Promise<void> {
    const client = this.#services.dns();
    const address = this.#addresses.get(number);
    if (address === undefined) throw new TypeError('the address is not there');
    const name = `${host}.${zone}`;
    const zoneId = (await client.zones(this.#call)).find((each) => each.name === zone)?.id;
    if (zoneId === undefined) {
      const attempt = { action: 'create-dns-record', name } as const;
      throw new OpenStackError({ kind: 'not-found', attempt, service: 'dns' });
    }
    const record = await this.#once(tell, {
      find: async () =>
        (await client.records(zoneId, name, this.#call)).filter(({ description }) =>
          this.#isOurs(readDescription(description), number, 'dns'),
        ),
      create: () =>
        client.createRecord(
          zoneId,
          { name, address, description: this.#description('dns', number) },
          this.#call,
        ),
    });
    this.#remember({ kind: 'dns-record', id: record.id, zoneId, name });
  }

  get #call(): { signal: AbortSignal } {
    return { signal: this.#signal };
  }

  get #run() {
    return { clock: this.#services.clock, signal: this.#signal };
  }

  #once<T extends { readonly id: string }>(tell: Tell, maker: Maker<T>): Promise<T> {
    // A launch that was never run has made nothing, and nobody else knows its id.
    if (this.#again) return onceAmongOthers({ ...this.#run, tell, ...maker });
    return once({ ...this.#run, tell, ...maker, find: async () => (await maker.find())[0] });
  }

  async #named(
    client: NetworkMaker,
    kind: 'networks' | 'subnets' | 'routers',
    name: string,
    part: LaunchPart,
  ): Promise<readonly NetworkPart[]> {
    return this.#described(await client.named(kind, name, this.#call), part);
  }

  /** Those of this launch. */
  #described<T extends NetworkPart>(things: readonly T[], part: LaunchPart, number = 1): readonly T[] {
    return oldestFirst(
      things.filter(({ description }) => this.#isOurs(readDescription(description), number, part)),
    );
  }

  /** Whether all these servers are of this launch. */
  async #areOurs(ids: readonly string[]): Promise<boolean> {
    if (ids.length === 0) return true;
    const servers = await this.#services.servers();
    return ids.every((id) => {
      const server = servers.find((each) => each.id === id);
      return server && readMark(server.metadata)?.launchId === this.#plan.launchId;
    });
  }

  #mark(part: LaunchPart, number = 1, recipe = ''): LaunchMark {
    const { launchId, names } = this.#plan;
    return { launchId, number, count: names.length, part, recipe };
  }

  #description(part: LaunchPart, number = 1, recipe = ''): string {
    return writeDescription(this.#mark(part, number, recipe));
  }

  #isOurs(mark: LaunchMark | undefined, number: number, part: LaunchPart): boolean {
    return mark?.launchId === this.#plan.launchId && mark.number === number && mark.part === part;
  }
}
