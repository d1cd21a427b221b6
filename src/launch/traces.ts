import { ComputeClient, type Keypair, type Server } from '../openstack/compute.js';
import { NetworkClient } from '../openstack/network.js';
import { NetworkMaker, type NetworkPart, type Port } from '../openstack/network-making.js';
import { orNone } from '../openstack/or-none.js';
import { VolumeMaker } from '../openstack/volume-making.js';
import type { Connection } from '../session/connection.js';
import { isLeaving } from './compute-parts.js';
import {
  beganAt,
  LAUNCH_RECIPE,
  readConnects,
  readDescription,
  readGroupName,
  readKeyMark,
  readMark,
  shortId,
  WAITING_PORT,
  type LaunchMark,
} from './mark.js';
import { serverOfVolume } from './volume-names.js';
import type { Leftover } from './progress.js';
import { servicesOf } from './services.js';

/** A thing with a mark, and what it tells of its launch. */
export interface Trace {
  readonly mark: LaunchMark;
  readonly left: Leftover;
  readonly created: string;
  /** It waits for something that has not come, so the launch is not finished. */
  readonly waits: boolean;
  /** Of a port, a server and a volume: the instance's name. */
  readonly instance?: string | undefined;
  readonly port?: { readonly networkId: string; readonly groups: readonly string[] } | undefined;
  readonly recipe?: string | undefined;
  readonly well?: boolean | undefined;
  /** It is for all instances of its launch. */
  readonly shared?: boolean | undefined;
  /** The cloud is still busy with it. */
  readonly busy?: boolean | undefined;
  readonly portId?: string | undefined;
}

/** What launches have left, and what it takes to understand it. */
export interface Traces {
  readonly traces: readonly Trace[];
  /** Of who looks; undefined where they cannot be listed. */
  readonly keypairs: readonly Keypair[] | undefined;
}

/** A volume that nobody uses may be kept on purpose; only a fresh one counts as left behind. Milliseconds. */
const FRESH = 24 * 3600_000;
/** What others use as well is there on purpose sooner. */
const FRESH_SHARED = 3600_000;

/**
 * Everything in the project that launches have marked and that may be left behind. Asks for servers, key pairs, server
 * groups, ports that nothing uses, floating IPs, networks, routers, security groups and volumes, side by side; a service
 * that is missing or refuses is left out.
 *
 * @throws OpenStackError when the servers cannot be listed
 */
export async function tracesIn(connection: Connection): Promise<Traces> {
  const now = connection.environment.clock.now();
  const servers = servicesOf(connection).servers();
  const keypairs = keypairsIn(connection);
  const found = await Promise.all([
    serverTraces(servers, now),
    orNone(keyTraces(keypairs, servers, now)),
    orNone(serverGroupTraces(connection, now)),
    ...(connection.has('network')
      ? [
          orNone(portTraces(connection)),
          orNone(addressTraces(connection)),
          orNone(networkTraces(connection, now)),
          orNone(groupTraces(connection, now)),
        ]
      : []),
    ...(connection.has('block-storage') ? [orNone(volumeTraces(connection, now))] : []),
  ]);
  return { traces: whole(found.flat()), keypairs: await keypairs.catch(() => undefined) };
}

/** Cinder writes its times in UTC without saying so. */
export function epoch(created: string): number {
  return Date.parse(/(?:[zZ]|[+-]\d\d:?\d\d)$/.test(created) ? created : `${created}Z`);
}

/**
 * Ports of the project that nothing uses. Nova leaves those that a launch has made when their server is deleted, and
 * takes their owner away. A cloud without the extension `empty-string-filtering` (before 2019) is asked for those that
 * still wait: it would list all.
 */
export async function idlePorts(connection: Connection): Promise<readonly Port[]> {
  const extensions = await connection.client(NetworkClient).extensions();
  const client = connection.client(NetworkMaker);
  const ports = extensions.has('empty-string-filtering')
    ? await client.ports({ device_id: '' })
    : await client.ports({ device_owner: WAITING_PORT });
  return ports.filter(({ deviceId }) => deviceId === '');
}

/** A server group tells only a part of its launch's id; what else there is of the launch tells the rest. */
function whole(traces: readonly Trace[]): readonly Trace[] {
  const ids = new Map(
    traces
      .filter(({ left }) => left.kind !== 'server-group')
      .map(({ mark: { launchId } }) => [shortId(launchId), launchId]),
  );
  return traces.map((trace) => {
    const launchId = ids.get(trace.mark.launchId);
    return launchId === undefined ? trace : { ...trace, mark: { ...trace.mark, launchId } };
  });
}

/** Whether a launch was begun within this hour, or so many milliseconds, as far as its id tells. */
export function isRecent(launchId: string, now: number, within = FRESH_SHARED): boolean {
  const began = beganAt(launchId);
  return began !== undefined && now - began < within;
}

async function keypairsIn(connection: Connection): Promise<readonly Keypair[]> {
  const keypairs = [];
  for await (const { rows } of connection.client(ComputeClient).keypairs()) keypairs.push(...rows);
  return keypairs;
}

async function keyTraces(
  keypairs: Promise<readonly Keypair[]>,
  servers: Promise<readonly Server[]>,
  now: number,
): Promise<readonly Trace[]> {
  const marked = (await keypairs).flatMap(({ name, publicKey }) => {
    const mark = readKeyMark(publicKey);
    return mark && isRecent(mark.launchId, now, FRESH) ? [{ name, mark }] : [];
  });
  if (marked.length === 0) return [];
  const used = await servers;
  return marked
    .filter(({ name, mark }) => used.every((server) => server.keyName !== name || isOf(server, mark)))
    .map(({ name, mark }) => ({
      mark,
      left: { kind: 'keypair', name },
      created: beganText(mark.launchId),
      waits: isRecent(mark.launchId, now),
      shared: true,
    }));
}

function isOf({ metadata }: Server, { launchId }: LaunchMark): boolean {
  return readMark(metadata)?.launchId === launchId;
}

async function serverGroupTraces(connection: Connection, now: number): Promise<readonly Trace[]> {
  const groups = await servicesOf(connection).serverGroups();
  return groups.flatMap(({ id, name, members }): Trace[] => {
    const launchId = readGroupName(name);
    if (launchId === undefined) return [];
    const mark = { launchId, number: 1, count: 1, part: 'server-group', recipe: '' } as const;
    const waits = members.length === 0 && isRecent(launchId, now);
    return [
      { mark, left: { kind: 'server-group', id, name }, created: beganText(launchId), waits, shared: true },
    ];
  });
}

function beganText(launchId: string): string {
  const began = beganAt(launchId);
  return began === undefined ? '' : new Date(began).toISOString();
}

async function serverTraces(all: Promise<readonly Server[]>, now: number): Promise<readonly Trace[]> {
  const marked = (await all).flatMap((server) => {
    const mark = readMark(server.metadata);
    return mark?.part === 'server' && !isLeaving(server) ? [{ server, mark }] : [];
  });
  return marked.map(({ server, mark }) => {
    const { id, name, created, metadata } = server;
    const recipe = metadata[LAUNCH_RECIPE];
    const others = marked.filter((other) => other.mark.launchId === mark.launchId).length;
    const broken = server.status === 'ERROR' && server.launchedAt === undefined;
    // An instance that is not there was perhaps deleted since; of a fresh launch it was never made.
    const alone = others < mark.count && now - epoch(created) < FRESH_SHARED;
    return {
      mark,
      left: { kind: 'server', id, name },
      created,
      waits: broken || alone,
      instance: name,
      recipe,
      well: !broken,
    };
  });
}

async function portTraces(connection: Connection): Promise<readonly Trace[]> {
  return (await idlePorts(connection)).flatMap(
    ({ id, name, description, created, networkId, securityGroups }) => {
      const mark = readDescription(description);
      if (!mark) return [];
      const port = { networkId, groups: securityGroups };
      return [{ mark, left: { kind: 'port', id, name }, created, waits: true, instance: name, port }];
    },
  );
}

async function addressTraces(connection: Connection): Promise<readonly Trace[]> {
  const addresses = await connection.client(NetworkMaker).addresses();
  return addresses.flatMap(({ id, address, description, created, unused, portId }) => {
    const mark = readDescription(description);
    const left = { kind: 'floating-ip', id, name: address } as const;
    return mark ? [{ mark, left, created, waits: unused, portId }] : [];
  });
}

async function networkTraces(connection: Connection, now: number): Promise<readonly Trace[]> {
  const client = connection.client(NetworkMaker);
  const [networks, routers] = await Promise.all([client.named('networks'), client.named('routers')]);
  return [...sharedTraces(networks, 'network', now, FRESH), ...sharedTraces(routers, 'router', now, FRESH)];
}

async function groupTraces(connection: Connection, now: number): Promise<readonly Trace[]> {
  const groups = await connection.client(NetworkMaker).groups();
  return sharedTraces(groups, 'security-group', now, FRESH_SHARED);
}

function sharedTraces(
  parts: readonly NetworkPart[],
  kind: 'network' | 'router' | 'security-group',
  now: number,
  fresh: number,
): readonly Trace[] {
  return parts.flatMap(({ id, name, description, created }): Trace[] => {
    const mark = readDescription(description);
    const waits = now - epoch(created) < fresh;
    if (!mark) return [];
    const left = kind === 'router' ? { kind, id, name, connects: readConnects(mark) } : { kind, id, name };
    return [{ mark, left, created, waits, shared: true }];
  });
}

async function volumeTraces(connection: Connection, now: number): Promise<readonly Trace[]> {
  const volumes = await connection.client(VolumeMaker).volumes();
  return volumes.flatMap(({ id, name, metadata, created, status }) => {
    const mark = readMark(metadata);
    const busy = /^(?:creating|downloading)$/.test(status);
    const waits = (busy || /^(?:available|error)$/.test(status)) && now - epoch(created) < FRESH;
    const recipe = metadata[LAUNCH_RECIPE];
    if (!mark) return [];
    const instance = serverOfVolume(name, mark.part);
    return [{ mark, left: { kind: 'volume', id, name }, created, waits, recipe, busy, instance }];
  });
}
