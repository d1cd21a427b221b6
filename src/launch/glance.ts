import type { Server } from '../openstack/compute.js';
import { isOpenStackError } from '../openstack/errors.js';
import { NetworkMaker } from '../openstack/network-making.js';
import { VolumeMaker } from '../openstack/volume-making.js';
import type { Connection } from '../session/connection.js';
import { LAUNCH_RECIPE, readDescription, readMark, WAITING_PORT } from './mark.js';

/**
 * Whether it is worth to look for launches that ended half-way: it asks for what nearly every one of them has, a port
 * that waits for its server (GET /v2.0/ports?device_owner=…) or a volume that nobody uses (GET
 * /v3/{project}/volumes/detail), and for nothing where the servers in hand tell already. A service that refuses, or is
 * missing, has nothing to tell.
 *
 * @param servers the project's, as last heard of
 */
export async function mayBeUnfinished(connection: Connection, servers: readonly Server[]): Promise<boolean> {
  if (servers.some((server) => isHalf(server, servers))) return true;
  const hints = await Promise.all([
    connection.has('network') ? quietly(waitingPort(connection)) : false,
    connection.has('block-storage') ? quietly(idleVolume(connection)) : false,
  ]);
  return hints.includes(true);
}

/** One that never came up, or whose siblings are missing. */
function isHalf(server: Server, all: readonly Server[]): boolean {
  const mark = readMark(server.metadata);
  if (mark?.part !== 'server') return false;
  if (server.status === 'ERROR' && server.launchedAt === undefined) return true;
  if (server.metadata[LAUNCH_RECIPE] === undefined) return false;
  return all.filter(({ metadata }) => readMark(metadata)?.launchId === mark.launchId).length < mark.count;
}

async function waitingPort(connection: Connection): Promise<boolean> {
  const ports = await connection.client(NetworkMaker).ports({ device_owner: WAITING_PORT });
  return ports.some(({ description, deviceId }) => deviceId === '' && readDescription(description));
}

async function idleVolume(connection: Connection): Promise<boolean> {
  const volumes = await connection.client(VolumeMaker).volumes();
  return volumes.some(({ metadata, serverIds }) => serverIds.length === 0 && readMark(metadata));
}

async function quietly(asked: Promise<boolean>): Promise<boolean> {
  try {
    return await asked;
  } catch (error) {
    if (!isOpenStackError(error)) throw error;
    return false;
  }
}
