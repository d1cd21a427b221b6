/** How often a collection asks, in milliseconds. */
export interface Cadence {
  /** Between two polls while nothing moves. */
  readonly quiet: number;
  /** What `quiet` grows to when nothing has changed for long. Default: `quiet`. */
  readonly calm?: number;
  /** Between two polls while something is in transition. Default: `quiet`, that is, no hurry. */
  readonly busy?: number;
  /** A new first subscriber is served without asking again what is younger than this. Default: `quiet`. */
  readonly fresh?: number;
}

/** What the next delay depends on. */
export interface Pace {
  /** Failed polls in a row. */
  readonly failures: number;
  /** Whether the failure is of a kind that does not pass by itself (forbidden, not found, ...). */
  readonly lasting: boolean;
  /** The shortest wait the cloud asked for, in seconds. */
  readonly retryAfter: number | undefined;
  /** Whether somebody has just changed something through this page. */
  readonly hurrying: boolean;
  /** Whether a row is in transition. */
  readonly busy: boolean;
  /** Milliseconds since a row last changed. */
  readonly unchanged: number;
}

const HURRY = 2_000;
const FIRST_RETRY = 4_000;
const LONGEST_RETRY = 300_000;
const JITTER = 0.1;

/** The milliseconds to wait before the next poll; `random` is in [0, 1). */
export function pollDelay(cadence: Cadence, pace: Pace, random: number): number {
  if (pace.failures > 0) {
    const first = pace.lasting ? 60_000 : FIRST_RETRY;
    const backOff = Math.min(first * 2 ** (pace.failures - 1), LONGEST_RETRY);
    // Between half and the whole of it, so that the tabs of a lecture hall do not come back together; never before
    // what the cloud asked for.
    return Math.max(backOff * (1 - random / 2), (pace.retryAfter ?? 0) * 1000);
  }
  return baseDelay(cadence, pace) * (1 + JITTER * (2 * random - 1));
}

function baseDelay({ quiet, calm = quiet, busy = quiet }: Cadence, pace: Pace): number {
  if (pace.hurrying) return Math.min(HURRY, busy);
  // What hangs in a transition for long is asked about less and less: some clouds keep such rows for months.
  if (pace.busy) return Math.min(Math.max(pace.unchanged / 8, busy), quiet);
  return Math.min(Math.max(pace.unchanged / 20, quiet), calm);
}
