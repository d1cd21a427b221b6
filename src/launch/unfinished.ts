import type { Keypair } from '../openstack/compute.js';
import { DnsClient } from '../openstack/dns.js';
import { NetworkMaker } from '../openstack/network-making.js';
import { orNone } from '../openstack/or-none.js';
import type { Connection } from '../session/connection.js';
import { underWay } from './hold.js';
import { keyTag } from './key-tag.js';
import { readDescription, readKeyMark, shortId, withoutMark } from './mark.js';
import { numberedNames } from './names.js';
import type { LaunchKey, LaunchRequest } from './plan.js';
import type { Leftover } from './progress.js';
import { readRecipe, type Recipe } from './recipe.js';
import { epoch, tracesIn, type Trace, type Traces } from './traces.js';

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
  /**
   * Whether who looks has the key pair of `request`: they belong to people, not to projects. Where not, and instances are
   * still missing, the cloud refuses them unless another key takes its place.
   */
  readonly hasKey: boolean;
  /**
   * The person's key pair of that name, where it is another key than the one that the launch was begun with, and
   * instances are still missing: they get this one.
   */
  readonly otherKey?: Keypair | undefined;
  /** When something was last made for it, milliseconds since 1970. */
  readonly touchedAt: number;
  /**
   * It may still be under way in another browser: something was made for it in the last two minutes, or is still being
   * copied. To go on with it all the same makes nothing twice.
   */
  readonly maybeUnderWay: boolean;
}

/** Whoever makes things one after the other makes the next before long. */
const UNDER_WAY = 2 * 60_000;

/**
 * The launches of the project that ended half-way, whoever began them in whatever browser, found by the marks on what
 * they made (see {@link tracesIn}), the latest first. What a page of this browser is running is not among them.
 *
 * @param except more launches to leave out
 * @throws OpenStackError when the servers cannot be listed
 */
export async function unfinishedLaunches(
  connection: Connection,
  except: ReadonlySet<string> = new Set(),
): Promise<readonly UnfinishedLaunch[]> {
  const now = connection.environment.clock.now();
  const [running, { traces, keypairs }] = await Promise.all([underWay(), tracesIn(connection)]);
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
  // Of a launch that is known by a server group alone there is no more than the short id.
  const out = new Set([...except, ...running].flatMap((launchId) => [launchId, shortId(launchId)]));
  const launches = [...ids]
    .filter((launchId) => !out.has(launchId))
    .map(async (launchId) => {
      const own = traces.filter(({ mark }) => mark.launchId === launchId);
      const more = await Promise.all([
        orNone(portsFor(connection, launchId, own)),
        orNone(recordsFor(connection, launchId, own)),
      ]);
      return launchOf(launchId, { traces: own, keypairs }, more.flat(), now);
    });
  return (await Promise.all(launches)).sort((a, b) => b.touchedAt - a.touchedAt);
}

function launchOf(
  launchId: string,
  { traces, keypairs }: Traces,
  more: readonly Leftover[],
  now: number,
): UnfinishedLaunch {
  const count = Math.max(1, ...traces.map(({ mark }) => mark.count));
  const touchedAt = Math.max(0, ...traces.map(({ created }) => epoch(created)).filter((time) => time > 0));
  const base = baseName(traces, count);
  const recipe = recipeIn(traces);
  const request = recipe && requestOf(launchId, count, base, recipe, { traces, keypairs });
  const running = traces.filter(({ well }) => well).length;
  return {
    launchId,
    name: (base === undefined ? undefined : numberedNames(base, count)[0]) ?? traces[0]?.left.name ?? '',
    count,
    running,
    made: [...traces.map(({ left }) => left), ...more],
    request,
    hasKey: hasKeyOf(request, keypairs),
    otherKey: running < count ? otherKeyOf(request, recipe, keypairs) : undefined,
    touchedAt,
    maybeUnderWay: Math.abs(now - touchedAt) < UNDER_WAY || traces.some(({ busy }) => busy),
  };
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
  recipe: Recipe,
  { traces, keypairs }: Traces,
): LaunchRequest | undefined {
  const port = traces.find((trace) => trace.port)?.port;
  const networkId = port?.networkId ?? recipe.networkId;
  if (name === undefined || recipe.imageId === undefined) return undefined;
  return {
    launchId,
    name,
    count,
    imageId: recipe.imageId,
    flavorId: recipe.flavorId,
    key: keyOf(launchId, recipe.keyName, keypairs),
    network:
      networkId === undefined
        ? { kind: 'topology' }
        : { kind: 'network', id: networkId, name: '', externalNetworkId: recipe.wayOut },
    securityGroups: port?.groups ?? recipe.groups,
    ...(recipe.volumes.length > 0 && { volumes: recipe.volumes.map((size) => ({ size })) }),
    ...(recipe.addressFrom !== undefined && { address: { kind: 'new', networkId: recipe.addressFrom } }),
    ...(recipe.zone !== undefined && { zone: recipe.zone }),
    ...(recipe.serverGroup !== undefined && {
      newServerGroup: { name: `${name}-group`, policy: recipe.serverGroup },
    }),
  };
}

function recipeIn(traces: readonly Trace[]): Recipe | undefined {
  return traces
    .map((trace) => readRecipe(trace.recipe ?? trace.mark.recipe))
    .find((each): each is Recipe => each !== undefined);
}

/** Key pairs belong to people, so that two of a project may have given one name to different keys. */
function otherKeyOf(
  request: LaunchRequest | undefined,
  recipe: Recipe | undefined,
  keypairs: readonly Keypair[] | undefined,
): Keypair | undefined {
  const tag = recipe?.keyTag;
  if (request?.key.kind !== 'existing' || tag === undefined) return undefined;
  const { name } = request.key;
  return keypairs?.find((mine) => mine.name === name && keyTag(mine.publicKey) !== tag);
}

/** A list that could not be had does not tell that it is missing. */
function hasKeyOf(request: LaunchRequest | undefined, keypairs: readonly Keypair[] | undefined): boolean {
  const key = request?.key;
  return key?.kind !== 'existing' || !keypairs || keypairs.some(({ name }) => name === key.name);
}

/** The key pair of a launch, whether who looks has it or not. */
function keyOf(
  launchId: string,
  name: string | undefined,
  keypairs: readonly Keypair[] | undefined,
): LaunchKey {
  if (name === undefined) return { kind: 'none' };
  const existing = { kind: 'existing', name } as const;
  const there = keypairs?.find((keypair) => keypair.name === name);
  if (!there) return existing;
  const isOurs = readKeyMark(there.publicKey)?.launchId === launchId;
  return isOurs ? { kind: 'import', name, publicKey: withoutMark(there.publicKey) } : existing;
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
