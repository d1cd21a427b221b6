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

/** Before anything is known of this cloud. */
const USUAL_BUILD_SECONDS = 30;

/** How long an instance takes here from request to running, in seconds: the median of the latest ones. */
export function typicalBuildSeconds(servers: readonly Server[]): number {
  const times = [...servers]
    .sort((a, b) => b.created.localeCompare(a.created))
    .map(({ created, launchedAt }) =>
      launchedAt === undefined ? NaN : (epoch(launchedAt) - epoch(created)) / 1000,
    )
    .filter((seconds) => seconds >= 0 && seconds < 3600)
    .slice(0, 15)
    .sort((a, b) => a - b);
  return Math.max(1, Math.round(times[Math.floor(times.length / 2)] ?? USUAL_BUILD_SECONDS));
}

/** Nova writes `launched_at` in UTC without saying so. */
function epoch(iso: string): number {
  return Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(iso) ? iso : `${iso}Z`);
}
