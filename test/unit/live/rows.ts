import type { Source } from '../../../src/live/collection.js';
import type { Page } from '../../../src/openstack/schema.js';
import { OpenStackError, type ErrorFacts } from '../../../src/openstack/errors.js';

/** The simplest row that moves. */
export interface Thing {
  readonly id: string;
  readonly name: string;
  readonly updated: string;
  readonly moving?: boolean;
  readonly pending?: string;
  readonly gone?: boolean;
  readonly addresses?: readonly string[];
}

export const thing = (id: string, more: Partial<Thing> = {}): Thing => ({
  id,
  name: `thing ${id}`,
  updated: '2029-12-31T23:00:00Z',
  ...more,
});

export function failure(facts: Partial<ErrorFacts> = {}): OpenStackError {
  return new OpenStackError({ kind: 'server', status: 500, attempt: { action: 'list-instances' }, ...facts });
}

/** A cloud that holds things, counts who asks, and fails or waits when told to. */
export class Things implements Source<Thing> {
  readonly attempt = { action: 'list-instances' } as const;
  cadence: Source<Thing>['cadence'] = { busy: 4_000, quiet: 30_000, calm: 60_000, fresh: 10_000 };
  delta: NonNullable<Source<Thing>['delta']> = {
    changed: (row) => row.updated,
    gone: (row) => row.gone === true,
  };
  busy = (row: Thing): boolean => row.moving === true;

  /** What is there; a row with `gone` shows among the changes only. */
  readonly rows = new Map<string, Thing>();
  /** What was asked: `all`, or the time of `changedSince`. */
  readonly asked: string[] = [];
  readonly signals: AbortSignal[] = [];
  pageSize = 1000;
  /** Fails the requests to come, one by one. */
  readonly failures: (OpenStackError | 'bug')[] = [];
  /** Fails after so many pages. */
  failAfter: number | undefined;
  /** Holds each page until it is released. */
  #held: (() => void)[] = [];
  hold = false;

  constructor(...rows: Thing[]) {
    for (const row of rows) this.put(row);
  }

  put(row: Thing): void {
    this.rows.set(row.id, row);
  }

  get held(): number {
    return this.#held.length;
  }

  release(): void {
    this.#held.shift()?.();
  }

  async *read({
    changedSince,
    signal,
  }: {
    changedSince: string | undefined;
    signal: AbortSignal;
  }): AsyncGenerator<Page<Thing>> {
    this.asked.push(changedSince ?? 'all');
    this.signals.push(signal);
    const failing = this.failures.shift();
    if (failing) throw failing === 'bug' ? new TypeError('a bug') : failing;
    // Parsed anew each time, as rows from the network are.
    const rows = structuredClone([...this.rows.values()]).filter((row) =>
      changedSince === undefined ? !row.gone : Date.parse(row.updated) >= Date.parse(changedSince),
    );
    for (let from = 0, page = 0; from === 0 || from < rows.length; from += this.pageSize, page++) {
      if (this.failAfter === page) throw failure();
      if (this.hold) await new Promise<void>((resolve) => this.#held.push(resolve));
      const next = from + this.pageSize < rows.length;
      yield { rows: rows.slice(from, from + this.pageSize), next, problems: [], date: undefined };
    }
  }
}
