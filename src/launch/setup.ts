import type { Server } from '../openstack/compute.js';
import type { Clock } from '../openstack/clock.js';
import { isOpenStackError } from '../openstack/errors.js';
import { EXO_METADATA } from './exosphere/keys.js';
import { exosphereOrigin } from './exosphere/origin.js';
import {
  hasEnded,
  isNews,
  mergeSetup,
  readSetup,
  setupInLog,
  setupNow,
  writeSetup,
  type Setup,
} from './exosphere/setup.js';

/** Metadata of an instance of the profile `kit`: how far its setup is, in the same form as `exoSetup`. */
export const LAUNCH_SETUP = 'exo:setup';

/** Milliseconds between looks at a console, and how many lines of its end are enough once it is known. */
const PAUSE = 10_000;
/** Where the console cannot be read for so many looks, nobody waits any longer. */
const SILENT_LOOKS = 6;

/** What an instance says of its setup, and where that stands; undefined where it says nothing. */
export function setupEntry(
  metadata: Readonly<Record<string, string>>,
): { readonly key: string; readonly setup: Setup } | undefined {
  const origin = exosphereOrigin(metadata);
  // Before version 4 nothing was told on the console.
  if (origin) {
    const { version, setup } = origin;
    return version >= 4 ? { key: EXO_METADATA.setup, setup: setup ?? UNKNOWN } : undefined;
  }
  const kept = metadata[LAUNCH_SETUP];
  return kept === undefined ? undefined : { key: LAUNCH_SETUP, setup: readSetup(kept) };
}

const UNKNOWN: Setup = { status: 'unknown', epoch: undefined };

export interface SetupServices {
  readonly clock: Clock;
  /** The server as last heard of. */
  server(id: string): Server | undefined;
  /** All that its console has kept. */
  console(id: string, name: string, signal: AbortSignal): Promise<string>;
  /** Writes one entry of its metadata. */
  writeMetadata(id: string, name: string, key: string, value: string): Promise<void>;
}

/**
 * Follows what an instance does at its first start, by the lines on its console, until it is over. What is news is
 * written into its metadata, so that others need not look. Whoever leaves misses nothing: the instance goes on by itself,
 * and the next one who looks begins where it is then.
 *
 * @param tell called with how far it is, whenever that changes
 * @returns how it ended; `timeout` after a long time without an end, `unknown` where nobody can tell
 */
export async function followSetup(
  { id, name }: { readonly id: string; readonly name: string },
  services: SetupServices,
  signal: AbortSignal,
  tell: (setup: Setup) => void,
): Promise<Setup> {
  let known: Setup | undefined;
  for (let silent = 0; ;) {
    signal.throwIfAborted();
    const server = services.server(id);
    if (!server) return UNKNOWN;
    const entry = setupEntry(server.metadata);
    if (!entry) return UNKNOWN;
    // Another browser may have seen and written it first.
    known = mergeSetup(known, entry.setup);
    if (!hasEnded(known)) {
      try {
        const seen = setupInLog(await services.console(id, name, signal));
        silent = 0;
        if (isNews(known, seen)) {
          known = seen;
          await written(services, server, entry.key, seen);
        }
      } catch (error) {
        if (!isOpenStackError(error)) throw error;
        // A cloud without consoles, or an instance that was stopped: its setup may go on all the same.
        if (++silent >= SILENT_LOOKS) return UNKNOWN;
      }
    }
    known = setupNow(known, server.created, services.clock.now());
    tell(known);
    if (hasEnded(known)) return known;
    await services.clock.sleep(PAUSE, signal);
  }
}

/** What cannot be written is no reason to stop looking: somebody else will write it. */
async function written(
  services: SetupServices,
  { id, name }: Server,
  key: string,
  setup: Setup,
): Promise<void> {
  try {
    await services.writeMetadata(id, name, key, writeSetup(setup));
  } catch (error) {
    if (!isOpenStackError(error)) throw error;
  }
}
