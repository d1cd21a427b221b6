import { isOpenStackError } from '../openstack/errors.js';
import { DnsClient } from '../openstack/dns.js';
import { NetworkMaker, type NetworkPart } from '../openstack/network-making.js';
import { VolumeMaker } from '../openstack/volume-making.js';
import type { Connection } from '../session/connection.js';
import { underWay } from './hold.js';
import { LAUNCH_RECIPE, readDescription, readMark, WAITING_PORT, type LaunchMark } from './mark.js';
import { numberedNames } from './names.js';
import type { LaunchRequest } from './plan.js';
import type { Leftover } from './progress.js';
import { readRecipe, type Recipe } from './recipe.js';
import { servicesOf } from './services.js';

/** A launch that ended half-way: its page was closed, or it failed and was left. */
export interface UnfinishedLaunch {
  readonly launchId: string;
  /** Name of its first instance, there or not. */
  readonly name: string;
  readonly count: number;
  /** How many of its instances are there and well. */
  readonly running: number;
  /** What is there because of it. */
  readonly made: readonly Leftover[];
  /** Goes on where it ended; undefined where what is there does not tell enough, such as with a boot script. */
  readonly request: LaunchRequest | undefined;
  /** When something was last made for it, milliseconds since 1970. */
  readonly touchedAt: number;
  /**
   * It may still be under way in another browser: something was made for it in the last two minutes, or is still being
   * copied. To go on with it all the same makes nothing twice.
   */
  readonly maybeUnderWay: boolean;
}

/** A thing with a mark, and what it tells of its launch. */
interface Trace {
  readonly mark: LaunchMark;
  readonly left: Leftover;
  readonly created: string;
  /** It waits for something that has not come, so the launch is not finished. */
  readonly waits: boolean;
  /** Of a port and a server: the instance's name. */
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

/** A volume that nobody uses may be kept on purpose; only a fresh one counts as left behind. Milliseconds. */
const FRESH = 24 * 3600_000;
/** What others use as well is there on purpose sooner. */
const FRESH_SHARED = 3600_000;
/** Whoever makes things one after the other makes the next before long. */
const UNDER_WAY = 2 * 60_000;

/**
 * The launches of the project that ended half-way, whoever began them in whatever browser, found by the marks on what
 * they made, the latest first. Asks for ports that wait for a server, floating IPs, networks, routers, security groups,
 * volumes and servers, side by side; a service that is missing or refuses is left out. What a page of this browser is
 * running is not among them.
 *
 * @param except more launches to leave out
 * @throws OpenStackError when the servers cannot be listed
 */
export async function unfinishedLaunches(
  connection: Connection,
  except: ReadonlySet<string> = new Set(),
): Promise<readonly UnfinishedLaunch[]> {
  const now = connection.environment.clock.now();
  const [running, ...found] = await Promise.all([
    underWay(),
    serverTraces(connection, now),
    ...(connection.has('network')
      ? [
          known(portTraces(connection)),
          known(addressTraces(connection)),
          known(networkTraces(connection, now)),
          known(groupTraces(connection, now)),
        ]
      : []),
    ...(connection.has('block-storage') ? [known(volumeTraces(connection, now))] : []),
  ]);
  const traces = found.flat();
  const served = new Set(
    traces
      .filter(({ well }) => well)
      .flatMap(({ mark }) => [mark.launchId, `${mark.launchId} ${mark.number}`]),
  );
  // What a server is about to take, or has given back, is not left behind.
  const waits = ({ waits: alone, left, mark, shared }: Trace) =>
    alone &&
    (left.kind === 'server' || !served.has(shared ? mark.launchId : `${mark.launchId} ${mark.number}`));
  const ids = new Set(traces.filter(waits).map(({ mark }) => mark.launchId));
  const launches = [...ids]
    .filter((launchId) => !except.has(launchId) && !running.has(launchId))
    .map(async (launchId) => {
      const own = traces.filter(({ mark }) => mark.launchId === launchId);
      const more = await Promise.all([
        known(portsFor(connection, launchId, own)),
        known(recordsFor(connection, launchId, own)),
      ]);
      return launchOf(launchId, own, more.flat(), now);
    });
  return (await Promise.all(launches)).sort((a, b) => b.touchedAt - a.touchedAt);
}

function launchOf(
  launchId: string,
  traces: readonly Trace[],
  more: readonly Leftover[],
  now: number,
): UnfinishedLaunch {
  const count = traces[0]?.mark.count ?? 1;
  const touchedAt = Math.max(0, ...traces.map(({ created }) => epoch(created)).filter((time) => time > 0));
  const base = baseName(traces, count);
  return {
    launchId,
    name: (base === undefined ? undefined : numberedNames(base, count)[0]) ?? traces[0]?.left.name ?? '',
    count,
    running: traces.filter(({ well }) => well).length,
    made: [...traces.map(({ left }) => left), ...more],
    request: requestOf(launchId, count, base, traces),
    touchedAt,
    maybeUnderWay: Math.abs(now - touchedAt) < UNDER_WAY || traces.some(({ busy }) => busy),
  };
}

/** Cinder writes its times in UTC without saying so. */
function epoch(created: string): number {
  return Date.parse(/(?:[zZ]|[+-]\d\d:?\d\d)$/.test(created) ? created : `${created}Z`);
}

/** The name that was given, without the number of an instance. */
function baseName(traces: readonly Trace[], count: number): string | undefined {
  for (const { instance, mark } of traces) {
    if (instance === undefined) continue;
    if (count === 1) return instance;
    const base = instance.replace(/-\d+$/, '');
    if (numberedNames(base, count)[mark.number - 1] === instance) return base;
  }
  return undefined;
}

function requestOf(
  launchId: string,
  count: number,
  name: string | undefined,
  traces: readonly Trace[],
): LaunchRequest | undefined {
  const port = traces.find((trace) => trace.port)?.port;
  const recipe = traces
    .map((trace) => readRecipe(trace.recipe ?? trace.mark.recipe))
    .find((each): each is Recipe => each !== undefined);
  const networkId = port?.networkId ?? recipe?.networkId;
  if (!recipe || name === undefined || recipe.imageId === undefined) return undefined;
  return {
    launchId,
    name,
    count,
    imageId: recipe.imageId,
    flavorId: recipe.flavorId,
    key: recipe.keyName === undefined ? { kind: 'none' } : { kind: 'existing', name: recipe.keyName },
    network: networkId === undefined ? { kind: 'topology' } : { kind: 'network', id: networkId, name: '' },
    securityGroups: port?.groups ?? recipe.groups,
    ...(recipe.volumes.length > 0 && { volumes: recipe.volumes.map((size) => ({ size })) }),
    ...(recipe.addressFrom !== undefined && { address: { kind: 'new', networkId: recipe.addressFrom } }),
    ...(recipe.zone !== undefined && { zone: recipe.zone }),
  };
}

async function serverTraces(connection: Connection, now: number): Promise<readonly Trace[]> {
  const servers = await servicesOf(connection).servers();
  const marked = servers.flatMap((server) => {
    const mark = readMark(server.metadata);
    const leaving = server.status === 'DELETED' || server.taskState === 'deleting';
    return mark?.part === 'server' && !leaving ? [{ server, mark }] : [];
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
  const ports = await connection.client(NetworkMaker).ports({ device_owner: WAITING_PORT });
  return ports.flatMap(({ id, name, description, created, deviceId, networkId, securityGroups }) => {
    const mark = readDescription(description);
    if (!mark) return [];
    const port = { networkId, groups: securityGroups };
    return [
      { mark, left: { kind: 'port', id, name }, created, waits: deviceId === '', instance: name, port },
    ];
  });
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
    return mark ? [{ mark, left: { kind, id, name }, created, waits, shared: true }] : [];
  });
}

async function volumeTraces(connection: Connection, now: number): Promise<readonly Trace[]> {
  const volumes = await connection.client(VolumeMaker).volumes();
  return volumes.flatMap(({ id, name, metadata, created, status }) => {
    const mark = readMark(metadata);
    const busy = /^(?:creating|downloading)$/.test(status);
    const waits = (busy || /^(?:available|error)$/.test(status)) && now - epoch(created) < FRESH;
    const recipe = metadata[LAUNCH_RECIPE];
    return mark ? [{ mark, left: { kind: 'volume', id, name }, created, waits, recipe, busy }] : [];
  });
}

/** Ports that instances of a launch use, or have used: they are not among those that wait. */
async function portsFor(
  connection: Connection,
  launchId: string,
  traces: readonly Trace[],
): Promise<readonly Leftover[]> {
  if (!connection.has('network')) return [];
  const client = connection.client(NetworkMaker);
  const seen = new Set(traces.map(({ left }) => ('id' in left ? left.id : '')));
  const asked = traces.flatMap(({ left, portId }) =>
    left.kind === 'server' && traces.some((trace) => trace.portId !== undefined)
      ? [client.ports({ name: left.name })]
      : portId !== undefined && !seen.has(portId)
        ? [client.ports({ id: portId })]
        : [],
  );
  const found = new Map<string, Leftover>();
  for (const { id, name, description } of (await Promise.all(asked)).flat()) {
    if (seen.has(id) || readDescription(description)?.launchId !== launchId) continue;
    found.set(id, { kind: 'port', id, name });
  }
  return [...found.values()];
}

/** DNS names of a launch's addresses, which carry its mark. */
async function recordsFor(
  connection: Connection,
  launchId: string,
  traces: readonly Trace[],
): Promise<readonly Leftover[]> {
  if (!connection.has('dns')) return [];
  const client = connection.client(DnsClient);
  const addresses = traces.filter(({ left }) => left.kind === 'floating-ip');
  const records = await Promise.all(addresses.map(({ left }) => client.recordsTo(left.name)));
  return records
    .flat()
    .filter(({ description }) => readDescription(description)?.launchId === launchId)
    .map(({ id, zoneId, name }) => ({ kind: 'dns-record', id, zoneId, name }));
}

/** What a service does not tell is not known; the others are. */
async function known<T>(asked: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await asked;
  } catch (error) {
    if (!isOpenStackError(error)) throw error;
    return [];
  }
}
