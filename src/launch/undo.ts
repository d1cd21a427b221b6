import { isOpenStackError, OpenStackError, refine, type Action } from '../openstack/errors.js';
import type { Port } from '../openstack/network-making.js';
import type { Leftover } from './progress.js';
import { isGone, isLeaving } from './compute-parts.js';
import type { LaunchServices } from './services.js';

/** Milliseconds before something that is still in use is tried again. */
const PAUSES = [1_000, 2_000, 3_000, 5_000, 8_000];

/** In this order: what others use goes after them. */
const ORDER: readonly Leftover['kind'][] = [
  'server',
  'dns-record',
  'server-group',
  'floating-ip',
  'port',
  'volume',
  'router',
  'network',
  'security-group',
  'keypair',
];

/**
 * What could not be removed, with the reason. An error of reason `in-use`: somebody uses it for something else by now,
 * so it was left as it is.
 */
export interface NotUndone {
  readonly left: Leftover;
  readonly error: OpenStackError;
}

type Router = Extract<Leftover, { kind: 'router' }>;

type UndoServices = Pick<
  LaunchServices,
  | 'deleteServer'
  | 'deleteKeypair'
  | 'serverGroups'
  | 'deleteServerGroup'
  | 'readServer'
  | 'servers'
  | 'clock'
  | 'network'
  | 'volume'
  | 'dns'
>;

/**
 * Takes away what a launch has made, instances first, and nothing that somebody has put to another use meanwhile: a
 * volume or a port on another instance, a floating IP that leads elsewhere, a network that others are on. Returns what
 * could not be removed, with the reason; empty when all is gone. What is gone already is no failure, so it can be called
 * again with what was left.
 *
 * @param all everything of the launch, where `made` is a part of it: what the rest of it uses is in no other use
 */
export async function undoLaunch(
  made: readonly Leftover[],
  services: UndoServices,
  all: readonly Leftover[] = made,
): Promise<readonly NotUndone[]> {
  const failed: NotUndone[] = [];
  const uses = new Uses(all, services);
  const remove = async (left: Leftover) => {
    for (let tries = 0; ; tries++) {
      try {
        if (await uses.isElsewhere(left)) throw inUse(left);
        await removeOne(left, services);
        return;
      } catch (error) {
        if (!isOpenStackError(error)) throw error;
        if (error.kind === 'not-found') return;
        const pause = PAUSES[tries];
        // What a server that is just gone has used is not free at once.
        const passing = /^(?:conflict|invalid|rate-limit|server|timeout|network|cors|protocol)$/.test(
          error.kind,
        );
        if (pause === undefined || !passing || error.reason === 'in-use') {
          const used =
            error.kind === 'conflict' &&
            /\bin use\b|in use by|still has|attached|required by/i.test(error.detail ?? '');
          failed.push({ left, error: used ? refine(error, { reason: 'in-use' }) : error });
          return;
        }
        await services.clock.sleep(Math.max(pause, 1000 * (error.retryAfter ?? 0)));
      }
    }
  };
  for (const kind of ORDER) await Promise.all(made.filter((left) => left.kind === kind).map(remove));
  return failed;
}

const ACTIONS = {
  server: 'delete-instance',
  'server-group': 'delete-server-group',
  keypair: 'delete-keypair',
  port: 'delete-port',
  'floating-ip': 'delete-floating-ip',
  volume: 'delete-volume',
  'security-group': 'delete-security-group',
  network: 'delete-network',
  router: 'delete-network',
  'dns-record': 'delete-dns-record',
} as const satisfies Record<Leftover['kind'], Action>;

function inUse({ kind, name }: Leftover): OpenStackError {
  const attempt = { action: ACTIONS[kind], name } as const;
  return new OpenStackError({ kind: 'conflict', reason: 'in-use', attempt });
}

/** What the things of a launch are used for, by others than the launch itself. */
class Uses {
  readonly #services: UndoServices;
  readonly #own: ReadonlySet<string>;
  readonly #networks: readonly string[];

  constructor(made: readonly Leftover[], services: UndoServices) {
    this.#services = services;
    this.#own = new Set(made.map((left) => ('id' in left ? left.id : '')));
    this.#networks = made.flatMap((left) => (left.kind === 'network' ? left.id : []));
  }

  async isElsewhere(left: Leftover): Promise<boolean> {
    switch (left.kind) {
      case 'volume': {
        const { serverIds } = await this.#services.volume().volume(left.id, left.name);
        return serverIds.some((id) => !this.#own.has(id));
      }
      case 'port': {
        const [port] = await this.#services.network().ports({ id: left.id });
        return port !== undefined && port.deviceId !== '' && !this.#own.has(port.deviceId);
      }
      case 'floating-ip': {
        const addresses = await this.#services.network().addresses();
        const portId = addresses.find(({ id }) => id === left.id)?.portId;
        return portId !== undefined && !this.#own.has(portId) && !(await this.#wasOwn(portId));
      }
      case 'server-group': {
        const groups = await this.#services.serverGroups();
        const members = groups.find(({ id }) => id === left.id)?.members ?? [];
        return members.some((id) => !this.#own.has(id));
      }
      case 'keypair': {
        const servers = await this.#services.servers();
        return servers.some(
          (server) => server.keyName === left.name && !this.#own.has(server.id) && !isLeaving(server),
        );
      }
      case 'network':
        return this.#hasOthers(left.id);
      case 'router':
        return this.#leadsOthers(left);
      default:
        return false;
    }
  }

  /** Whether others would be cut off without a router: those on networks of the launch, and who came because of it. */
  async #leadsOthers({ id, connects }: Router): Promise<boolean> {
    for (const network of this.#networks) if (await this.#hasOthers(network)) return true;
    for (const { networkId, created } of await endsOf(id, this.#services)) {
      if (this.#networks.includes(networkId)) continue;
      // A network that somebody else has put it on.
      if (networkId !== connects || (await this.#hasOthers(networkId, created))) return true;
    }
    return false;
  }

  /**
   * Whether instances of others are on a network, or ports that somebody has made there.
   *
   * @param since only those that are not there for longer than this
   */
  async #hasOthers(networkId: string, since = ''): Promise<boolean> {
    const ports = await this.#services.network().ports({ network_id: networkId });
    return ports.some(
      ({ id, deviceId, deviceOwner, created }) =>
        !this.#own.has(id) &&
        !this.#own.has(deviceId) &&
        !deviceOwner.startsWith('network:') &&
        !(created < since),
    );
  }

  /** Whether a port is that of an instance of the launch, made by Nova. */
  async #wasOwn(portId: string): Promise<boolean> {
    const [port] = await this.#services.network().ports({ id: portId });
    return port === undefined || this.#own.has(port.deviceId);
  }
}

async function removeOne(left: Leftover, services: UndoServices): Promise<void> {
  switch (left.kind) {
    case 'keypair':
      return services.deleteKeypair(left.name);
    case 'server':
      await services.deleteServer(left.id);
      return isGone(services, left.id);
    case 'server-group':
      return services.deleteServerGroup(left.id, left.name);
    case 'port':
      return services.network().remove('ports', left.id, left.name);
    case 'floating-ip':
      return services.network().remove('floatingips', left.id, left.name);
    case 'volume':
      return services.volume().deleteVolume(left.id, left.name);
    case 'security-group':
      return services.network().remove('security-groups', left.id, left.name);
    case 'network':
      return services.network().remove('networks', left.id, left.name);
    case 'router':
      return removeRouter(left, services);
    case 'dns-record':
      return services.dns().deleteRecord(left.zoneId, left.id, left.name);
  }
}

/** The ends of a router in networks. */
async function endsOf(id: string, services: UndoServices): Promise<readonly Port[]> {
  const ports = await services.network().ports({ device_id: id });
  // By how the cloud builds routers they are called differently.
  return ports.filter(({ deviceOwner }) => /^network:.*router.*interface/.test(deviceOwner));
}

async function removeRouter({ id, name }: Router, services: UndoServices): Promise<void> {
  const network = services.network();
  for (const subnetId of (await endsOf(id, services)).flatMap(({ subnetIds }) => subnetIds)) {
    await network.connectRouter(id, subnetId, false).catch((error: unknown) => {
      if (!isOpenStackError(error) || error.kind !== 'not-found') throw error;
    });
  }
  await network.remove('routers', id, name);
}
