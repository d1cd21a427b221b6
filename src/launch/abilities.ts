import { isOpenStackError } from '../openstack/errors.js';
import { NetworkClient } from '../openstack/network.js';
import type { Connection } from '../session/connection.js';

/**
 * Aliases of Neutron's extensions; its client asks once. Empty where it does not tell: then nothing is automatic, but
 * networks can be chosen all the same.
 */
export async function networkExtensions(connection: Connection): Promise<ReadonlySet<string>> {
  if (!connection.has('network')) return new Set();
  try {
    return await connection.client(NetworkClient).extensions();
  } catch (error) {
    if (isOpenStackError(error)) return new Set();
    throw error;
  }
}

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
