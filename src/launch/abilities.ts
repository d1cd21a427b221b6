import { isOpenStackError } from '../openstack/errors.js';
import { NetworkClient } from '../openstack/network.js';
import { WayOutClient } from '../openstack/way-out.js';
import type { Connection } from '../session/connection.js';

/**
 * Whether the cloud could make a network for a project that has none
 * (GET /v2.0/auto-allocated-topology/{project}?fields=dry-run). False only where the cloud says so: many let members
 * make one and yet do not let them ask (404, 403), and then the launch itself will tell.
 */
export function canAllocateNetwork(connection: Connection): Promise<boolean> {
  return connection.resource('network-allocation', async () => {
    try {
      await connection.client(NetworkClient).autoAllocatedTopology({ dryRun: true });
      return true;
    } catch (error) {
      return !isOpenStackError(error) || (error.kind !== 'conflict' && error.kind !== 'invalid');
    }
  });
}

/**
 * Whether a router could be put on a network of the project that nothing leads out of: the cloud has routers, and
 * nothing has the address of the network's gateway. False where the cloud does not tell.
 */
export async function canConnect(connection: Connection, networkId: string): Promise<boolean> {
  try {
    const [extensions, isConnectable] = await Promise.all([
      connection.client(NetworkClient).extensions(),
      connection.client(WayOutClient).isConnectable(networkId),
    ]);
    return isConnectable && extensions.has('router');
  } catch (error) {
    if (!isOpenStackError(error)) throw error;
    return false;
  }
}

/** Ids of the external networks that a network leads to; undefined where the cloud does not tell. */
export async function exitsOf(
  connection: Connection,
  networkId: string,
): Promise<readonly string[] | undefined> {
  try {
    return await connection.client(WayOutClient).exits(networkId);
  } catch (error) {
    if (!isOpenStackError(error)) throw error;
    return undefined;
  }
}
