import { isRecord } from '../../openstack/schema.js';

/**
 * How far an instance is with what it does at its first start. Its guest tells it in lines of JSON on the console, and
 * whoever reads them writes it into the metadata, so that others need not read the console.
 */
export const SETUP_STATUSES = [
  'waiting',
  'starting',
  'running',
  'complete',
  'error',
  'timeout',
  'unknown',
] as const;
export type SetupStatus = (typeof SETUP_STATUSES)[number];

export interface Setup {
  readonly status: SetupStatus;
  /** Since when, in milliseconds since 1970, by the guest's clock. */
  readonly epoch: number | undefined;
}

/** What a launch writes, before there is anybody to tell more. */
export const SETUP_AT_FIRST = '{"status":"waiting","epoch":null}';

/** What a guest can tell; `waiting` and `timeout` are conclusions of those who wait. */
const TOLD: readonly SetupStatus[] = ['starting', 'running', 'complete', 'error'];

/** What comes later in the life of an instance counts more; what was complete once stays so. */
const RANK: Readonly<Record<SetupStatus, number>> = {
  unknown: 0,
  waiting: 1,
  starting: 2,
  running: 3,
  timeout: 4,
  error: 5,
  complete: 6,
};

/** Milliseconds after which nobody should wait any more: before the first line, and after it. */
const FIRST_LINE = 20 * 60_000;
const LAST_LINE = 2 * 60 * 60_000;

/** Seconds are far below, milliseconds far above. */
const SECONDS_END = 100_000_000_000;

function isStatus(word: unknown): word is SetupStatus {
  return SETUP_STATUSES.some((status) => status === word);
}

/** Old guests wrote `exoSetup` for `status`, no time, or one in seconds. */
function setupOf(value: unknown): Setup | undefined {
  if (!isRecord(value)) return undefined;
  const word = value['status'] ?? value['exoSetup'];
  if (typeof word !== 'string') return undefined;
  const epoch = value['epoch'];
  const known = typeof epoch === 'number' && Number.isFinite(epoch) && epoch >= 0;
  return {
    status: isStatus(word) ? word : 'unknown',
    epoch: known ? (epoch < SECONDS_END ? epoch * 1000 : epoch) : undefined,
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** What stands in the metadata; versions before 4 wrote a bare word. `unknown` for what is neither. */
export function readSetup(value: string): Setup {
  const bare = value.trim();
  if (isStatus(bare)) return { status: bare, epoch: undefined };
  return setupOf(parsed(value)) ?? { status: 'unknown', epoch: undefined };
}

/** For the metadata, letter by letter as Exosphere writes it. */
export function writeSetup({ status, epoch }: Setup): string {
  return JSON.stringify({ status, epoch: epoch ?? null });
}

/** Objects without another one in them: all that guests write are such. */
const OBJECTS = /\{[^{}]*\}/g;

/** All that a log has of flat JSON objects, in its order, whatever the kernel has written around them. */
export function* objectsIn(log: string, word: RegExp): Generator<unknown, void, undefined> {
  for (const line of log.split('\n')) {
    if (!word.test(line)) continue;
    for (const [json] of line.matchAll(OBJECTS)) yield parsed(json);
  }
}

/**
 * How far the setup is by what stands in a console log. Undefined where it says nothing: the beginning of a log is lost
 * when it grows. The same line may be there twice, later ones before earlier ones, or cut in pieces by other lines.
 */
export function setupInLog(log: string): Setup | undefined {
  let found: Setup | undefined;
  for (const value of objectsIn(log, /"(?:status|exoSetup)"/)) {
    const setup = setupOf(value);
    if (!setup || !TOLD.includes(setup.status)) continue;
    // Others may write JSON with a status, too: those of ours tell the time, or have a name of their own.
    if (setup.epoch === undefined && !(isRecord(value) && 'exoSetup' in value)) continue;
    found = found ? later(found, setup) : setup;
  }
  return found;
}

/** Of two lines of one log the one that counts. A setup that is done again ends anew. */
function later(before: Setup, after: Setup): Setup {
  const ended = ({ status }: Setup) => status === 'complete' || status === 'error';
  if (ended(before) && ended(after)) return (after.epoch ?? Infinity) < (before.epoch ?? 0) ? before : after;
  return RANK[after.status] > RANK[before.status] ? after : before;
}

/** What is known after a look at the log. What was complete is never taken back, nor is an error by an earlier line. */
export function mergeSetup(stored: Setup | undefined, seen: Setup | undefined): Setup {
  if (!stored || !seen) return seen ?? stored ?? { status: 'unknown', epoch: undefined };
  return RANK[seen.status] > RANK[stored.status] ? seen : stored;
}

/** Whether others should be told: only a status that was seen on the console and is news. */
export function isNews(stored: Setup | undefined, seen: Setup | undefined): seen is Setup {
  return seen !== undefined && mergeSetup(stored, seen).status !== stored?.status;
}

/** Whether it is over, one way or the other. */
export function hasEnded({ status }: Setup): boolean {
  return status === 'complete' || status === 'error' || status === 'timeout';
}

/**
 * What to think of it now: a guest that has told nothing for long will not any more. A matter of whoever looks, so it is
 * not written anywhere.
 *
 * @param created ISO 8601
 * @param now milliseconds since 1970
 */
export function setupNow(setup: Setup, created: string, now: number): Setup {
  const age = now - Date.parse(created);
  const long = setup.status === 'waiting' ? FIRST_LINE : LAST_LINE;
  const going = /^(?:waiting|starting|running)$/.test(setup.status);
  return going && age > long ? { status: 'timeout', epoch: setup.epoch } : setup;
}
