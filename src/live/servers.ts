import type { ComputeClient, CreateServer, Server, ServerStatus } from '../openstack/compute.js';
import { isOpenStackError } from '../openstack/errors.js';
import { Collection, type CollectionOptions } from './collection.js';

/** What the servers need of the compute service. */
export type ServersClient = Pick<
  ComputeClient,
  'servers' | 'server' | 'createServer' | 'deleteServer' | 'startServer' | 'stopServer' | 'rebootServer'
>;

const IN_TRANSITION: ReadonlySet<ServerStatus> = new Set([
  'BUILD',
  'HARD_REBOOT',
  'MIGRATING',
  'PASSWORD',
  'REBOOT',
  'REBUILD',
  'RESIZE',
  'REVERT_RESIZE',
]);

/** Soft-deleted servers are told among the changes only: a full list does not show them. */
const GONE: ReadonlySet<ServerStatus> = new Set(['DELETED', 'SOFT_DELETED']);

/** So many servers in ERROR are looked at on their own after one list. */
const FAULTS_AT_ONCE = 5;

/** Whether the server will change by itself before long. */
export function inTransition(server: Server): boolean {
  return server.taskState !== undefined || IN_TRANSITION.has(server.status);
}

/** The servers of a project, polled by what has changed, and what can be done to them. */
export class ServerCollection extends Collection<Server> {
  readonly #client: ServersClient;
  /** What single servers told of their faults, where lists are silent: `updated` of the row, and the fault. */
  readonly #faults = new Map<string, { readonly updated: string; readonly fault: Server['fault'] }>();
  readonly #closing = new AbortController();

  constructor(client: ServersClient, options: CollectionOptions) {
    super(
      {
        attempt: { action: 'list-instances' },
        read: ({ changedSince, signal }) =>
          client.servers({ signal, ...(changedSince && { changesSince: changedSince }) }),
        cadence: { busy: 4_000, quiet: 30_000, calm: 60_000, fresh: 10_000 },
        delta: { changed: (server) => server.updated, gone: (server) => GONE.has(server.status) },
        busy: inTransition,
      },
      options,
    );
    this.#client = client;
  }

  /**
   * Starts a stopped server (`os-start`). Like every write here: the row shows it at once, is as it was again when
   * the cloud refuses, and the promise rejects with the OpenStackError.
   */
  start(id: string): Promise<void> {
    return this.act(id, { pending: 'starting' }, (name) => this.#client.startServer(id, name));
  }

  /** Shuts a server down (`os-stop`). */
  stop(id: string): Promise<void> {
    return this.act(id, { pending: 'stopping' }, (name) => this.#client.stopServer(id, name));
  }

  /** Restarts a server: `SOFT` asks its operating system to, `HARD` cuts its power. */
  reboot(id: string, type: 'SOFT' | 'HARD'): Promise<void> {
    return this.act(id, { pending: 'rebooting' }, (name) => this.#client.rebootServer(id, type, name));
  }

  /** Deletes a server. One that is gone already counts as deleted. */
  delete(id: string): Promise<void> {
    return this.act(id, { pending: 'deleting' }, async (name) => {
      try {
        await this.#client.deleteServer(id, name);
      } catch (error) {
        if (!isOpenStackError(error) || error.kind !== 'not-found') throw error;
        this.take(id, undefined);
      }
    });
  }

  /**
   * Any write on one server: the row shows `change` at once, is as it was when `send` rejects, and is asked for soon
   * after it was accepted. Rejects with what `send` rejects with.
   *
   * @param change what will be different: a word for what is pending, or the new values
   * @param send asks the cloud; it is given the name of the server for the error's sentence
   */
  async act<T>(
    id: string,
    change: Partial<Server>,
    send: (name: string | undefined) => Promise<T>,
  ): Promise<T> {
    const laid = this.patch(id, change);
    let answer: T;
    try {
      answer = await send(this.get(id)?.name);
    } catch (error) {
      laid.rollback();
      throw error;
    }
    laid.commit();
    this.hurry();
    return answer;
  }

  /** Creates a server; its row is there as soon as the cloud has given it an id. */
  async create(body: CreateServer): Promise<{ id: string }> {
    const { id } = await this.#client.createServer(body);
    this.add(newServer(id, body, new Date(this.now()).toISOString())).commit();
    this.hurry();
    return { id };
  }

  /** Reads one server on its own: lists leave out the fault of some. Rejects with an OpenStackError. */
  async read(id: string): Promise<Server | undefined> {
    try {
      const server = await this.#client.server(id, { signal: this.#closing.signal });
      if (server.fault) this.#faults.set(id, { updated: server.updated, fault: server.fault });
      this.take(id, server);
    } catch (error) {
      if (!isOpenStackError(error) || error.kind !== 'not-found') throw error;
      this.take(id, undefined);
    }
    return this.get(id);
  }

  override close(): void {
    this.#closing.abort();
    super.close();
  }

  protected override prepare(server: Server): Server {
    const { id, status, name, updated } = server;
    const before = this.get(id);
    // A part of the cloud that is down tells no more than the id: what was known of the server is still true.
    if (status === 'UNKNOWN' && name === '' && before) return { ...before, status, taskState: undefined };
    const silent = status === 'ERROR' && !server.fault && this.#faults.get(id);
    return silent && silent.updated === updated && silent.fault ? { ...server, fault: silent.fault } : server;
  }

  protected override arrived(rows: readonly Server[]): void {
    const silent = rows.filter(
      ({ id, status, fault, updated }) =>
        status === 'ERROR' && !fault && this.#faults.get(id)?.updated !== updated,
    );
    // One after another and only the latest few: a project full of old failures must not cost a request each.
    void this.#readFaults(silent.sort((a, b) => b.updated.localeCompare(a.updated)).slice(0, FAULTS_AT_ONCE));
  }

  async #readFaults(servers: readonly Server[]): Promise<void> {
    for (const { id, updated } of servers) {
      this.#faults.set(id, { updated, fault: undefined });
      if (this.subscribed) await this.read(id).catch(() => undefined); // the row is shown without it
    }
  }
}

/** What is known of a server before the cloud lists it. */
function newServer(id: string, body: CreateServer, now: string): Server {
  return {
    id,
    name: body.name,
    status: 'BUILD',
    taskState: 'scheduling',
    vmState: 'building',
    powerState: undefined,
    addresses: [],
    flavor: { id: body.flavorId, name: undefined, vcpus: undefined, ram: undefined, disk: undefined },
    imageId: body.imageId,
    keyName: body.keyName,
    created: now,
    updated: now,
    launchedAt: undefined,
    userId: undefined,
    projectId: undefined,
    description: body.description,
    metadata: body.metadata ?? {},
    tags: body.tags ?? [],
    locked: false,
    lockedReason: undefined,
    progress: undefined,
    availabilityZone: body.availabilityZone,
    fault: undefined,
    volumesAttached: [],
    securityGroups: body.securityGroups ?? [],
  };
}
