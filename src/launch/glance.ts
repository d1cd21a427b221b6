import type { CollectionState } from '../live/collection.js';
import type { Server } from '../openstack/compute.js';
import { isOpenStackError } from '../openstack/errors.js';
import { VolumeMaker } from '../openstack/volume-making.js';
import { keypairsOf, networksOf, securityGroupsOf } from '../session/collections.js';
import type { Connection } from '../session/connection.js';
import { LAUNCH_RECIPE, readDescription, readGroupName, readKeyMark, readMark } from './mark.js';
import { servicesOf } from './services.js';
import { idlePorts, isRecent } from './traces.js';

/**
 * Whether it is worth to look for launches that ended half-way. Reads the lists that a form has in hand, and asks for
 * what nearly every such launch has: a port that nothing uses (GET /v2.0/ports?device_id=), a volume that nobody uses
 * (GET /v3/{project}/volumes/detail), or an empty server group (GET /os-server-groups); for nothing where the lists tell
 * already. A service that refuses, or is missing, has nothing to tell.
 *
 * @param servers the project's, as last heard of
 */
export async function mayBeUnfinished(connection: Connection, servers: readonly Server[]): Promise<boolean> {
  if (servers.some((server) => isHalf(server, servers)) || isInHand(connection, servers)) return true;
  const hints = await Promise.all([
    connection.has('network') ? quietly(idlePort(connection)) : false,
    connection.has('block-storage') ? quietly(idleVolume(connection)) : false,
    quietly(emptyGroup(connection)),
  ]);
  return hints.includes(true);
}

/** A key pair, a network or a security group of a launch of this hour that has no server. */
function isInHand(connection: Connection, servers: readonly Server[]): boolean {
  const now = connection.environment.clock.now();
  const served = new Set(servers.map(({ metadata }) => readMark(metadata)?.launchId));
  const marks = [
    ...rowsOf(keypairsOf(connection).state).map(({ publicKey }) => readKeyMark(publicKey)),
    ...rowsOf(networksOf(connection).state).map(({ description = '' }) => readDescription(description)),
    ...rowsOf(securityGroupsOf(connection).state).map(({ description }) => readDescription(description)),
  ];
  return marks.some((mark) => mark && !served.has(mark.launchId) && isRecent(mark.launchId, now));
}

function rowsOf<R extends { readonly id: string }>(state: CollectionState<R>): readonly R[] {
  return state.status === 'ready' ? state.rows : [];
}

/** One that never came up, or whose siblings are missing. */
function isHalf(server: Server, all: readonly Server[]): boolean {
  const mark = readMark(server.metadata);
  if (mark?.part !== 'server') return false;
  if (server.status === 'ERROR' && server.launchedAt === undefined) return true;
  if (server.metadata[LAUNCH_RECIPE] === undefined) return false;
  return all.filter(({ metadata }) => readMark(metadata)?.launchId === mark.launchId).length < mark.count;
}

async function idlePort(connection: Connection): Promise<boolean> {
  return (await idlePorts(connection)).some(({ description }) => readDescription(description));
}

async function emptyGroup(connection: Connection): Promise<boolean> {
  const groups = await servicesOf(connection).serverGroups();
  const now = connection.environment.clock.now();
  return groups.some(({ name, members }) => members.length === 0 && isRecent(readGroupName(name) ?? '', now));
}

async function idleVolume(connection: Connection): Promise<boolean> {
  const volumes = await connection.client(VolumeMaker).volumes();
  return volumes.some(
    ({ metadata, serverIds, status }) =>
      serverIds.length === 0 && status !== 'deleting' && readMark(metadata),
  );
}

async function quietly(asked: Promise<boolean>): Promise<boolean> {
  try {
    return await asked;
  } catch (error) {
    if (!isOpenStackError(error)) throw error;
    return false;
  }
}
