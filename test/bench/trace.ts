import type { CDPSession } from '@playwright/test';

/** What happened between the marks `begin` and `end` of a page, ms. */
export interface Time {
  /** Of all tasks of the main thread: how long it was at work on them. */
  readonly total: number;
  /** The same of the longest one. */
  readonly longest: number;
  /** By the clock. */
  readonly wall: number;
}

/** An event of https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU, times in µs. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
  /** As `dur`, without the time in which the thread had to wait for a processor. */
  readonly tdur: number;
}

const TASK = 'ThreadControllerImpl::RunTask';

/** Traces what a page does meanwhile. With several pairs of marks, the last one counts. */
export async function timeOf(inspector: CDPSession, run: () => Promise<unknown>): Promise<Time> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: object[] }): void => {
    events.push(...value.map(readEvent));
  };
  inspector.on('Tracing.dataCollected', collect);
  await inspector.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'blink.user_timing'], excludedCategories: ['*'] },
  });
  const complete = new Promise((resolve) => inspector.once('Tracing.tracingComplete', resolve));
  try {
    await run();
  } finally {
    await inspector.send('Tracing.end');
    await complete;
    inspector.off('Tracing.dataCollected', collect);
  }
  return timeBetween(events);
}

function timeBetween(events: readonly TraceEvent[]): Time {
  const end = events.findLast(({ name }) => name === 'end');
  const begin = events.findLast(({ name, ts }) => name === 'begin' && ts < (end?.ts ?? 0));
  if (!begin || !end) throw new Error('the page has set no marks');
  const tasks = events
    .filter(({ name, pid, tid }) => name === TASK && pid === end.pid && tid === end.tid)
    .map(({ ts, dur, tdur }) => {
      // Of one that began before or went on behind, the share that lies between.
      const share = (Math.min(ts + dur, end.ts) - Math.max(ts, begin.ts)) / Math.max(dur, 1);
      return (Math.max(0, share) * tdur) / 1000;
    });
  return {
    total: tasks.reduce((sum, task) => sum + task, 0),
    longest: Math.max(0, ...tasks),
    wall: (end.ts - begin.ts) / 1000,
  };
}

function readEvent(event: object): TraceEvent {
  const number = (name: string): number => {
    const value: unknown = Reflect.get(event, name);
    return typeof value === 'number' ? value : 0;
  };
  return {
    name: String(Reflect.get(event, 'name')),
    pid: number('pid'),
    tid: number('tid'),
    ts: number('ts'),
    dur: number('dur'),
    tdur: number('tdur'),
  };
}
