import type { Server } from '../openstack/compute.js';

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
