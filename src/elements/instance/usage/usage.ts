import { isRecord } from '../../../openstack/schema.js';

/**
 * How busy an instance is, as its guest tells on the console: a line of JSON each minute, written by what Exosphere sets
 * up. Anything may write to a console, so nothing of it is trusted to be what it says.
 */

/** What was measured at one moment, in percent. */
export interface UsagePoint {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
  /** Of the root file system. */
  readonly disk: number | undefined;
  /** One for each GPU. */
  readonly gpus: readonly number[];
}

/** Minutes of a bit more than a day. */
const MOST_POINTS = 2000;
const MOST_GPUS = 16;
/** A clock may be ahead, by a time zone at most. */
const DAY = 86_400_000;
const EARLIEST = Date.UTC(2015, 0);

function percent(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= 100 ? value : undefined;
}

function gpusOf(value: unknown): readonly number[] {
  const list: unknown[] = Array.isArray(value) ? value.slice(0, MOST_GPUS) : [value];
  return list.map(percent).filter((each) => each !== undefined);
}

function pointOf(line: string, now: number): UsagePoint | undefined {
  // Cheap to tell from all the other lines of a log.
  if (!line.includes('PctUsed')) return undefined;
  let raw: unknown;
  try {
    raw = JSON.parse(line.slice(line.indexOf('{'), line.lastIndexOf('}') + 1));
  } catch {
    return undefined;
  }
  if (!isRecord(raw) || typeof raw['epoch'] !== 'number') return undefined;
  const at = Math.round(raw['epoch'] * 1000);
  if (!(at > EARLIEST && at < now + DAY)) return undefined;
  const point: UsagePoint = {
    at,
    cpu: percent(raw['cpuPctUsed']),
    memory: percent(raw['memPctUsed']),
    disk: percent(raw['rootfsPctUsed']),
    gpus: gpusOf(raw['gpuPctUsed']),
  };
  const { cpu, memory, disk, gpus } = point;
  const empty = cpu === undefined && memory === undefined && disk === undefined && gpus.length === 0;
  return empty ? undefined : point;
}

/**
 * The measurements of a log, with those that were known before, in the order of their time; of two for one moment the
 * later one counts.
 */
export function readUsage(
  log: string,
  now: number,
  before: readonly UsagePoint[] = [],
): readonly UsagePoint[] {
  const points = new Map(before.map((point) => [point.at, point]));
  for (const line of log.split('\n')) {
    const point = pointOf(line, now);
    if (point) points.set(point.at, point);
  }
  return [...points.values()].sort((a, b) => a.at - b.at).slice(-MOST_POINTS);
}

/** What is measured; GPUs from 0. */
export type Meter = 'cpu' | 'memory' | 'disk' | { readonly gpu: number };

export function valueOf(point: UsagePoint, meter: Meter): number | undefined {
  return typeof meter === 'string' ? point[meter] : point.gpus[meter.gpu];
}

/** What there is to show. */
export function metersOf(points: readonly UsagePoint[]): readonly Meter[] {
  const plain = (['cpu', 'memory', 'disk'] as const).filter((meter) =>
    points.some((point) => point[meter] !== undefined),
  );
  const gpus = Math.max(0, ...points.map((point) => point.gpus.length));
  return [...plain, ...Array.from({ length: gpus }, (_, gpu) => ({ gpu }))];
}

/** What somebody should know of the latest measurement. */
export type UsageWarning = 'disk-full' | 'disk-nearly' | 'memory-full' | 'cpu-busy';

/** Older ones say nothing of now. */
const FRESH = 3_600_000;

export function warningsOf(points: readonly UsagePoint[], now: number): readonly UsageWarning[] {
  const last = points.at(-1);
  if (!last || now - last.at > FRESH) return [];
  const warnings: UsageWarning[] = [];
  if ((last.disk ?? 0) > 95) warnings.push('disk-full');
  else if ((last.disk ?? 0) > 90) warnings.push('disk-nearly');
  if ((last.memory ?? 0) > 95) warnings.push('memory-full');
  if ((last.cpu ?? 0) > 95) warnings.push('cpu-busy');
  return warnings;
}

/** A measurement every minute; where some are missing the line is broken. */
const GAP = 180_000;

/** One meter as a drawing wants it: times in seconds and values, null where there are none. */
export function seriesOf(
  points: readonly UsagePoint[],
  meter: Meter,
): [times: number[], values: (number | null)[]] {
  const times: number[] = [];
  const values: (number | null)[] = [];
  let last: number | undefined;
  for (const point of points) {
    if (last !== undefined && point.at - last > GAP) {
      times.push((last + point.at) / 2000);
      values.push(null);
    }
    times.push(point.at / 1000);
    values.push(valueOf(point, meter) ?? null);
    last = point.at;
  }
  return [times, values];
}
