import { within } from '../openstack/abort.js';
import { isOpenStackError, OpenStackError } from '../openstack/errors.js';
import { pollDelay } from './cadence.js';
import type { Environment } from './environment.js';
import { callSafely, Notifier } from './notifier.js';
import { Overlay, type OptimisticChange } from './overlay.js';
import { Poller } from './poller.js';
import { same } from './same.js';
import type { News, Shared } from './sharing.js';
import type { CollectionOptions, CollectionState, Source } from './source.js';

export type { CollectionOptions, CollectionState, Source } from './source.js';

/** After the last subscriber has left: a page that re-renders must not start anew. */
const GRACE = 5_000;
/** How long after `hurry()` the polls stay close together. */
const HURRY_WINDOW = 30_000;
/** Two polls are at least this far apart, whatever the hurry. */
const LEAST_PAUSE = 1_000;
/** Hosts whose clocks differ a little, and writes that became visible after they were stamped. */
const OVERLAP = 5_000;
/** How long another tab may take to learn what it asks before this one does. */
const PATIENCE = 15_000;
/** Whoever asked last asks next: the others are that much later. */
const BEHIND = 1_500;
/** A delta that repeats more rows than this is moved on once its newest row has come of age. */
const REPEATED = 20;
const OF_AGE = 60_000;
/** Between full lists: while things move, while they do not, and for each page they have. */
const FULL_BUSY = 300_000;
const FULL_QUIET = 600_000;
const FULL_PER_PAGE = 150_000;

const LASTING = new Set(['forbidden', 'not-found', 'invalid', 'cors', 'protocol']);

/**
 * Rows kept fresh for as long as somebody subscribes: one request for many subscribers, unchanged rows keep their
 * identity, and the list that is shown is never blanked.
 */
export class Collection<Row extends { readonly id: string }> {
  readonly #source: Source<Row>;
  readonly #environment: Environment;
  readonly #shared: Shared | undefined;
  readonly #notifier = new Notifier();
  readonly #visible = new Set<() => boolean>();
  readonly #overlay = new Overlay<Row>();
  readonly #poller: Poller;
  #grace: AbortController | undefined;
  #unshare: (() => void) | undefined;
  #closed = false;

  #state: CollectionState<Row> = { status: 'pending' };
  /** The rows as the cloud told them, without optimistic changes. */
  #base = new Map<string, Row>();
  #complete = false;
  #run: Run<Row> | undefined;
  #renewed: Promise<void> | undefined;

  #fullWanted = true;
  #fullAt = 0;
  #pages = 1;
  /** The newest change seen, when it was first seen, and how many rows the last delta repeated for it. */
  #newest: number | undefined;
  #newestAt = 0;
  #repeated = 0;

  #failures = 0;
  #error: OpenStackError | undefined;
  #changedAt = 0;
  /** Whether a row is in transition, as far as that was looked up since rows have changed. */
  #moving: boolean | undefined;
  #hurryUntil = -Infinity;

  constructor(source: Source<Row>, options: CollectionOptions) {
    this.#source = source;
    this.#environment = options.environment;
    this.#shared = options.shared;
    this.#poller = new Poller({
      environment: options.environment,
      poll: () => this.#load(),
      watched: () => [...this.#visible].some((visible) => visible()),
      wake: () => {
        this.#fullWanted = true;
      },
    });
  }

  get state(): CollectionState<Row> {
    return this.#state;
  }

  /** The row as it is shown, optimistic changes included. */
  get(id: string): Row | undefined {
    return this.#overlay.over(id, this.#base.get(id));
  }

  /**
   * Keeps the rows fresh until the returned function is called. The listener hears of each change of `state`, at most
   * once per microtask; it is not called for the state at hand.
   * @param o.visible whether this subscriber can be seen now; while none can, nothing is asked
   */
  subscribe(
    listener: (state: CollectionState<Row>) => void,
    o: { visible?: () => boolean } = {},
  ): () => void {
    const visible = () => o.visible?.() ?? true;
    const remove = this.#notifier.add(() => listener(this.#state));
    this.#visible.add(visible);
    this.#grace?.abort();
    if (this.#poller.started) this.#poller.look();
    else if (!this.#closed) this.#start();
    return () => {
      remove();
      if (this.#visible.delete(visible) && this.#visible.size === 0) this.#leaveLater();
    };
  }

  /**
   * Lists everything now, whether somebody subscribes or not. Never rejects: how it went is in `state`. A request
   * under way is shared.
   */
  async refresh(): Promise<void> {
    const run = this.#run;
    if (run) {
      await run.ended;
      if (run.full) return;
    }
    this.#fullWanted = true;
    if (this.#state.status === 'failed') this.#setState({ status: 'pending' });
    await this.#load();
  }

  /**
   * As `refresh()`, for what has just been changed elsewhere or by hand: a request that is under way may have been
   * answered before that, so another one follows it. Those who wait for it share it.
   */
  renew(): Promise<void> {
    if (!this.#run) return this.refresh();
    return (this.#renewed ??= this.#run.ended.then(() => {
      this.#renewed = undefined;
      return this.refresh();
    }));
  }

  /** Changes a row before the cloud has answered. An unknown id changes nothing. */
  patch(id: string, change: Partial<Row>): OptimisticChange {
    return this.#lay(id, { part: change });
  }

  /** Asks at once and often for half a minute: something was changed that will show soon. */
  hurry(): void {
    const now = this.now();
    this.#hurryUntil = now + HURRY_WINDOW;
    this.#changedAt = now;
    this.#poller.soon(LEAST_PAUSE);
  }

  /** Ends for good: aborts the request under way, asks nothing more. The rows stay readable. */
  close(): void {
    this.#closed = true;
    this.#grace?.abort();
    this.#suspend();
  }

  /** Shows a row that the cloud has not listed yet. */
  protected add(row: Row): OptimisticChange {
    return this.#lay(row.id, { added: row });
  }

  /** Takes in a row that was read on its own; `undefined`: the cloud says there is none. */
  protected take(id: string, row: Row | undefined): void {
    const known = this.#base.get(id);
    if (row === undefined) this.#base.delete(id);
    else this.#base.set(id, same(known, row) && known ? known : row);
    if (known === this.#base.get(id)) return;
    this.#changedAt = this.now();
    this.#shared?.tell({
      rows: row ? [row] : [],
      gone: row ? [] : [id],
      ids: undefined,
      asked: this.#changedAt,
    });
    this.#overlay.settle(this.#base, this.#changedAt, false);
    this.#show();
  }

  /** A place to complete a row with what is known otherwise, before it is compared with the one at hand. */
  protected prepare(row: Row): Row {
    return row;
  }

  /** Called after each answer that arrived whole, with the rows that it brought or changed. */
  protected arrived?(rows: readonly Row[]): void;

  /** Whether anybody subscribes. */
  protected get subscribed(): boolean {
    return this.#visible.size > 0;
  }

  /** Milliseconds since 1970 by the clock in use. */
  protected now(): number {
    return this.#environment.clock.now();
  }

  #lay(id: string, change: { readonly part?: Partial<Row>; readonly added?: Row }): OptimisticChange {
    return this.#overlay.lay(id, change, {
      base: () => this.#base.get(id),
      now: () => this.now(),
      changed: () => this.#show(),
    });
  }

  #leaveLater(): void {
    const grace = new AbortController();
    this.#grace = grace;
    this.#environment.clock.sleep(GRACE, grace.signal).then(
      () => {
        if (!grace.signal.aborted) this.#suspend();
      },
      () => undefined, // somebody has come back
    );
  }

  #start(): void {
    this.#unshare = this.#shared?.listen({
      asking: () => {
        // Whoever has nothing to show does not wait for others.
        if (this.#complete && !this.#run) this.#poller.hold(PATIENCE);
      },
      told: (news) => this.#hear(news),
    });
    this.#poller.start(this.#source.cadence.fresh ?? this.#source.cadence.quiet);
  }

  #suspend(): void {
    this.#unshare?.();
    this.#poller.stop();
    const run = this.#run;
    if (!run) return;
    this.#run = undefined;
    this.#fullWanted = true;
    run.abort.abort();
    if (this.#state.status === 'ready') this.#setState({ ...this.#state, refreshing: false });
  }

  #load(): Promise<unknown> {
    if (this.#closed) return Promise.resolve();
    if (this.#run) return this.#run.ended;
    const now = this.now();
    const changedSince = this.#since(now);
    const run: Run<Row> = {
      asked: now,
      full: changedSince === undefined,
      first: !this.#complete,
      abort: new AbortController(),
      changed: false,
      news: [],
      gone: [],
      ended: Promise.resolve(),
    };
    this.#run = run;
    // The first list is this tab's alone: the others have theirs.
    if (!run.first) this.#shared?.asking();
    if (run.full) this.#fullWanted = false;
    if (this.#state.status === 'ready') this.#setState({ ...this.#state, refreshing: true });
    // What an aborted request still brings is nobody's any more.
    run.ended = within(run.abort.signal, this.#read(run, changedSince)).then(
      () => this.#run === run && this.#succeed(run),
      (error: unknown) => this.#run === run && this.#fail(run, error),
    );
    return run.ended;
  }

  /** From when on changes are wanted; `undefined`: everything is. */
  #since(now: number): string | undefined {
    if (!this.#source.delta || this.#fullWanted || this.#newest === undefined) return undefined;
    const between = Math.max(this.#busy() ? FULL_BUSY : FULL_QUIET, this.#pages * FULL_PER_PAGE);
    if (now - this.#fullAt >= between) return undefined;
    const ofAge = this.#repeated > REPEATED && now - this.#newestAt > OF_AGE;
    const since = this.#newest + (ofAge ? 1000 : -OVERLAP);
    return `${new Date(since).toISOString().slice(0, 19)}Z`;
  }

  async #read(run: Run<Row>, changedSince: string | undefined): Promise<void> {
    const { signal } = run.abort;
    const seen = new Map<string, Row>();
    let newest = -Infinity;
    let pages = 0;
    let gone = 0;
    for await (const page of this.#source.read({ changedSince, signal })) {
      signal.throwIfAborted();
      pages++;
      for (const raw of page.rows) {
        newest = Math.max(newest, this.#changed(raw));
        if (this.#source.delta?.gone(raw)) {
          gone++;
          if (this.#base.delete(raw.id)) {
            run.changed = true;
            run.gone.push(raw.id);
          }
          continue;
        }
        const row = this.prepare(raw);
        const known = this.#base.get(row.id);
        const kept = known && same(known, row) ? known : row;
        seen.set(row.id, kept);
        if (kept === known) continue;
        run.changed = true;
        run.news.push(kept);
        this.#base.set(row.id, kept);
      }
      if (run.full && !this.#complete) this.#show(true);
    }
    signal.throwIfAborted();
    if (run.full) {
      // Only now: rows on pages that are still to come must not vanish meanwhile.
      if (this.#base.size !== seen.size || [...this.#base.keys()].some((id) => !seen.has(id)))
        run.changed = true;
      this.#base = seen;
      this.#complete = true;
      this.#pages = Math.max(1, pages);
      this.#fullAt = run.asked;
    } else {
      this.#repeated = run.changed ? 0 : seen.size + gone;
    }
    if (newest > (this.#newest ?? -Infinity)) {
      this.#newest = newest;
      this.#newestAt = run.asked;
      this.#repeated = 0;
    }
  }

  #succeed(run: Run<Row>): void {
    const settled = this.#overlay.settle(this.#base, run.asked, run.full);
    if (settled.unclear) this.#fullWanted = true;
    const now = this.now();
    if (run.changed || this.#changedAt === 0) this.#changedAt = now;
    this.#run = undefined;
    if (!run.first)
      this.#shared?.tell({
        rows: run.news,
        gone: run.gone,
        ids: run.full ? [...this.#base.keys()] : undefined,
        asked: run.asked,
      });
    this.#failures = 0;
    this.#error = undefined;
    this.#show(run.changed || settled.changed || this.#state.status !== 'ready', now);
    this.#ended();
    if (run.news.length > 0) callSafely(() => this.arrived?.(run.news));
  }

  /** Another tab has asked, and tells. */
  #hear(news: News): void {
    // What this tab is just asking is newer; whoever has nothing yet lists everything.
    if (!this.#complete || this.#run) return;
    let changed = false;
    // The same kit has read them there, in the same format.
    for (const row of news.rows as readonly Row[]) {
      const known = this.#base.get(row.id);
      if (known && (same(known, row) || this.#changed(row) < this.#changed(known))) continue;
      this.#base.set(row.id, row);
      if (this.#source.delta) this.#newest = Math.max(this.#newest ?? -Infinity, this.#changed(row));
      changed = true;
    }
    for (const id of news.gone) if (this.#base.delete(id)) changed = true;
    if (news.ids) {
      const ids = new Set(news.ids);
      for (const id of this.#base.keys()) if (!ids.has(id) && this.#base.delete(id)) changed = true;
      // Something was missed while this tab was not listening.
      if (this.#base.size < ids.size) this.#fullWanted = true;
      else this.#fullAt = news.asked;
    }
    const settled = this.#overlay.settle(this.#base, news.asked, news.ids !== undefined);
    const now = this.now();
    if (changed) this.#changedAt = now;
    this.#failures = 0;
    this.#error = undefined;
    this.#show(changed || settled.changed, now);
    if (this.#fullWanted) this.#poller.soon(LEAST_PAUSE);
    else this.#ended(BEHIND);
  }

  /** When a row last changed, where that is told. */
  #changed(row: Row): number {
    return Date.parse(this.#source.delta?.changed(row) ?? '') || -Infinity;
  }

  #fail(run: Run<Row>, thrown: unknown): void {
    this.#run = undefined;
    this.#fullWanted = true;
    this.#failures++;
    const error = isOpenStackError(thrown)
      ? thrown
      : new OpenStackError({ kind: 'protocol', attempt: this.#source.attempt });
    this.#error = error;
    if (this.#state.status === 'ready' || this.#base.size > 0) this.#show(run.changed);
    else this.#setState({ status: 'failed', error });
    this.#ended();
  }

  /** @param behind milliseconds to wait beyond what the cadence says */
  #ended(behind = 0): void {
    const now = this.now();
    const error = this.#error;
    const delay = pollDelay(
      this.#source.cadence,
      {
        failures: this.#failures,
        lasting: error !== undefined && LASTING.has(error.kind),
        retryAfter: error?.retryAfter,
        hurrying: now < this.#hurryUntil,
        busy: this.#busy(),
        unchanged: now - this.#changedAt,
      },
      this.#environment.clock.random(),
    );
    this.#poller.ended(delay + behind, (error?.retryAfter ?? 0) * 1000);
  }

  #busy(): boolean {
    if (this.#overlay.size > 0) return true;
    return (this.#moving ??= this.#isMoving());
  }

  #isMoving(): boolean {
    if (this.#source.busy) for (const row of this.#base.values()) if (this.#source.busy(row)) return true;
    return false;
  }

  #show(changed = true, confirmedAt?: number): void {
    if (changed) this.#moving = undefined;
    const before = this.#state.status === 'ready' ? this.#state : undefined;
    const rows = before && !changed ? before.rows : this.#overlay.rows(this.#base);
    // Before the first answer there is nothing to be ready with.
    if (!before && rows.length === 0 && confirmedAt === undefined) return;
    this.#setState({
      status: 'ready',
      rows,
      updatedAt: confirmedAt ?? before?.updatedAt ?? this.now(),
      refreshing: this.#run !== undefined,
      complete: this.#complete,
      lastError: this.#error,
    });
  }

  #setState(state: CollectionState<Row>): void {
    this.#state = state;
    this.#notifier.notify();
  }
}

/** One request for a list, from the first page to the last. */
interface Run<Row> {
  readonly asked: number;
  readonly full: boolean;
  /** Nothing was known before. */
  readonly first: boolean;
  readonly abort: AbortController;
  ended: Promise<unknown>;
  changed: boolean;
  /** The rows that are new or differ. */
  readonly news: Row[];
  /** Ids of those that have gone, as far as the answer tells. */
  readonly gone: string[];
}
