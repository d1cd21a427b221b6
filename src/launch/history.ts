import type { Server } from '../openstack/compute.js';

/** What somebody chose the last time, read from their newest instance: it works from any browser. */
export interface LastUsed {
  readonly imageId: string | undefined;
  /** Id or name: newer Nova tells only the name. */
  readonly size: string | undefined;
  readonly keyName: string | undefined;
  /** Name of the network of the newest instance. */
  readonly network: string | undefined;
}

/** The newest instance of this user decides; the key is the newest one used at all. */
export function lastUsed(servers: readonly Server[], userId: string): LastUsed {
  const own = servers
    .filter((server) => server.userId === userId)
    .sort((a, b) => b.created.localeCompare(a.created));
  const newest = own.find(({ imageId }) => imageId !== undefined);
  return {
    imageId: newest?.imageId,
    size: newest?.flavor.id ?? newest?.flavor.name,
    keyName: own.find(({ keyName }) => keyName !== undefined)?.keyName,
    network: own.find(({ addresses }) => addresses.length > 0)?.addresses[0]?.network,
  };
}
