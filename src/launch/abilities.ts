import { ComputeClient } from '../openstack/compute.js';
import { isOpenStackError } from '../openstack/errors.js';
import { NetworkClient } from '../openstack/network.js';
import { chooseMicroversion } from '../openstack/versions.js';
import type { Connection } from '../session/connection.js';

/** What a cloud can do about networks. */
export interface NetworkAbilities {
  /** Aliases of Neutron's extensions; empty where it does not tell. */
  readonly extensions: ReadonlySet<string>;
  /** Whether Nova understands `networks: "auto"` (2.37). */
  readonly novaAuto: boolean;
}

/** The abilities of a connection; its clients ask once. Rejects with an OpenStackError when Nova does not answer. */
export async function networkAbilities(connection: Connection): Promise<NetworkAbilities> {
  const [range, extensions] = await Promise.all([
    connection.client(ComputeClient).versions(),
    connection.has('network') ? extensionsOf(connection) : new Set<string>(),
  ]);
  return { extensions, novaAuto: chooseMicroversion(range, '2.37') === '2.37' };
}

async function extensionsOf(connection: Connection): Promise<ReadonlySet<string>> {
  try {
    return await connection.client(NetworkClient).extensions();
  } catch (error) {
    // Without them nothing is automatic, but networks can be chosen all the same.
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
