import { ComputeClient, type CreateServer, type Keypair, type Server } from '../openstack/compute.js';
import type { Clock } from '../openstack/clock.js';
import type { OpenStackError } from '../openstack/errors.js';
import { DnsClient } from '../openstack/dns.js';
import { NetworkClient } from '../openstack/network.js';
import { NetworkMaker } from '../openstack/network-making.js';
import { writeMetadata } from '../openstack/server-passphrase.js';
import { ServerGroupMaker, type GroupPolicy, type MadeServerGroup } from '../openstack/server-groups.js';
import { VolumeMaker } from '../openstack/volume-making.js';
import { WayOutClient } from '../openstack/way-out.js';
import { keypairsOf, networksOf, serversOf } from '../session/collections.js';
import type { Connection } from '../session/connection.js';
import { launchLimitsOf, networkLimitsOf } from './limits.js';

/** What running a launch asks of a cloud; a narrow waist, so that it can be tested against every misfortune. */
export interface LaunchServices {
  readonly clock: Clock;
  createKeypair(keypair: { name: string; publicKey: string }, signal: AbortSignal): Promise<unknown>;
  /** All key pairs, asked for now. */
  keypairs(signal: AbortSignal): Promise<readonly Keypair[]>;
  deleteKeypair(name: string): Promise<void>;
  /** The network of the project, made where there is none. Its id. */
  autoNetwork(signal: AbortSignal): Promise<string | undefined>;
  /** The project's server groups, the oldest first. */
  serverGroups(signal?: AbortSignal): Promise<readonly MadeServerGroup[]>;
  createServerGroup(
    group: { readonly name: string; readonly policy: GroupPolicy },
    signal: AbortSignal,
  ): Promise<MadeServerGroup>;
  deleteServerGroup(id: string, name: string): Promise<void>;
  network(): NetworkMaker;
  wayOut(): WayOutClient;
  volume(): VolumeMaker;
  dns(): DnsClient;
  createServer(body: CreateServer): Promise<{ readonly id: string }>;
  /** All servers, asked for now; rejects when they cannot be listed. */
  servers(): Promise<readonly Server[]>;
  /** One server, asked for now; undefined when there is none. */
  readServer(id: string): Promise<Server | undefined>;
  deleteServer(id: string): Promise<void>;
  /** The server as last heard of. */
  server(id: string): Server | undefined;
  /** Why the list of servers is not fresh; undefined when it is. */
  trouble(): OpenStackError | undefined;
  /** Keeps the servers fresh and calls back on each change, until the returned function is called. */
  watchServers(listener: () => void): () => void;
  /** All that the console of a server has kept. */
  console(id: string, name: string, signal: AbortSignal): Promise<string>;
  /** Writes one entry of a server's metadata. */
  writeMetadata(id: string, name: string, key: string, value: string): Promise<void>;
  /** The launch has changed what others show: usage, keys, networks. */
  settled(): void;
}

/** The services of a connection, sharing what its elements watch anyway. */
export function servicesOf(connection: Connection): LaunchServices {
  const compute = connection.client(ComputeClient);
  const servers = serversOf(connection);
  return {
    clock: connection.environment.clock,
    createKeypair: async (keypair, signal) => {
      await compute.createKeypair(keypair, { signal });
      void keypairsOf(connection).renew();
    },
    keypairs: async (signal) => {
      const found: Keypair[] = [];
      for await (const { rows } of compute.keypairs({ signal })) found.push(...rows);
      return found;
    },
    deleteKeypair: async (name) => {
      await compute.deleteKeypair(name);
      void keypairsOf(connection).renew();
    },
    autoNetwork: async (signal) => {
      const { id } = await connection.client(NetworkClient).autoAllocatedTopology({ signal });
      void networksOf(connection).renew();
      return id;
    },
    serverGroups: (signal) => connection.client(ServerGroupMaker).all({ signal }),
    createServerGroup: async (group, signal) =>
      connection.client(ServerGroupMaker).create(group, await compute.versions({ signal }), { signal }),
    deleteServerGroup: (id, name) => connection.client(ServerGroupMaker).remove(id, name),
    network: () => connection.client(NetworkMaker),
    wayOut: () => connection.client(WayOutClient),
    volume: () => connection.client(VolumeMaker),
    dns: () => connection.client(DnsClient),
    createServer: (body) => servers.create(body),
    servers: async () => {
      await servers.renew();
      const { state } = servers;
      if (state.status === 'failed') throw state.error;
      if (state.status === 'ready' && state.lastError) throw state.lastError;
      return state.status === 'ready' ? state.rows : [];
    },
    readServer: (id) => servers.read(id),
    deleteServer: (id) => servers.delete(id),
    server: (id) => servers.get(id),
    trouble: () => {
      const { state } = servers;
      if (state.status === 'failed') return state.error;
      return state.status === 'ready' ? state.lastError : undefined;
    },
    watchServers: (listener) => {
      const stop = servers.subscribe(listener);
      servers.hurry();
      return stop;
    },
    console: (id, name, signal) => compute.consoleOutput(id, { name, signal }),
    writeMetadata: (id, name, key, value) =>
      servers.act(id, { metadata: { ...servers.get(id)?.metadata, [key]: value } }, () =>
        writeMetadata(compute, { id, name }, key, value),
      ),
    settled: () => {
      void launchLimitsOf(connection).renew();
      if (!connection.has('network')) return;
      void networksOf(connection).renew();
      void networkLimitsOf(connection).renew();
    },
  };
}
