import { planLaunch, type LaunchPlan, type LaunchRequest } from '../../launch/plan.js';
import type { LaunchProgress, Leftover } from '../../launch/progress.js';
import { runLaunch } from '../../launch/run.js';
import { servicesOf } from '../../launch/services.js';
import { undoLaunch } from '../../launch/undo.js';
import type { OpenStackError } from '../../openstack/errors.js';
import type { Connection } from '../../session/connection.js';
import type { LaunchedInstance } from './events.js';

/** What a run was started with, beyond the request. */
export interface RunSubject {
  readonly connection: Connection;
  readonly request: LaunchRequest;
  /** Account to log in with, where it is known. */
  readonly user: string | undefined;
  readonly buildSeconds: number;
}

/** How the undoing of a launch stands. */
export type UndoState =
  | { readonly status: 'running' }
  | { readonly status: 'done' }
  | { readonly status: 'failed'; readonly errors: readonly OpenStackError[] };

export interface RunEvents {
  /** Something to show has changed. */
  changed(): void;
  /** A step has begun or ended. */
  step(): void;
  /** The cloud has taken the instances on. */
  created(instances: readonly LaunchedInstance[]): void;
  ended(instances: readonly LaunchedInstance[], ok: boolean): void;
}

/** One launch from the click to its end, tried again or undone; it goes on though the element leaves the page. */
export class LaunchRun {
  readonly subject: RunSubject;
  readonly plan: LaunchPlan;
  #events: RunEvents;
  readonly #abort = new AbortController();
  #progress: LaunchProgress | undefined;
  #undo: UndoState | undefined;
  #told = false;
  #running = false;
  /** Nobody looks any more. */
  #left = false;
  #tick: ReturnType<typeof setInterval> | undefined;

  constructor(subject: RunSubject, events: RunEvents) {
    this.subject = subject;
    this.plan = planLaunch(subject.request, { buildSeconds: subject.buildSeconds });
    this.#events = events;
  }

  get progress(): LaunchProgress | undefined {
    return this.#progress;
  }

  /** Whether nobody looks: its element was closed, or shows something else. */
  get isLeft(): boolean {
    return this.#left;
  }

  /** Whether something is being made just now. */
  get isRunning(): boolean {
    return this.#running && this.#progress?.outcome !== 'complete';
  }

  get undoing(): UndoState | undefined {
    return this.#undo;
  }

  /** Milliseconds since 1970, by the clock the run is measured with. */
  get now(): number {
    return this.subject.connection.environment.clock.now();
  }

  /** Runs the plan to its end. `again`: after a failure; what is there already is found. */
  async run(again = false): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    this.#undo = undefined;
    this.#startTicking();
    try {
      const { signal } = this.#abort;
      for await (const progress of runLaunch(this.plan, this.subject.connection, { signal, again })) {
        const before = this.#progress;
        this.#progress = progress;
        this.#tellCreated(progress);
        this.#changed();
        if (before && !this.#left && stepsOf(before) !== stepsOf(progress)) this.#events.step();
        // What instances do at their first start is followed, and nobody has to wait for it.
        if (before?.outcome !== 'complete' && progress.outcome === 'complete')
          this.#events.ended(launched(progress), true);
      }
    } finally {
      this.#running = false;
      clearInterval(this.#tick);
    }
    if (this.#abort.signal.aborted || !this.#progress) return;
    if (this.#progress.outcome !== 'complete') this.#events.ended(launched(this.#progress), false);
  }

  /** Takes away what was made, or one thing of it. */
  async undo(only?: Leftover): Promise<void> {
    const before = this.#progress;
    if (!before || this.#running || this.#undo?.status === 'running') return;
    this.#undo = { status: 'running' };
    this.#changed();
    const services = servicesOf(this.subject.connection);
    const asked = only ? [only] : before.made;
    const failed = await undoLaunch(asked, services, before.made);
    services.settled();
    const stays = (left: Leftover) => !asked.includes(left) || failed.some((each) => each.left === left);
    const made = before.made.filter(stays);
    this.#progress = { ...before, made };
    if (failed.length > 0) this.#undo = { status: 'failed', errors: failed.map(({ error }) => error) };
    else this.#undo = made.length === 0 ? { status: 'done' } : undefined;
    this.#changed();
  }

  /** Somebody looks again, elsewhere or later: from now on they are told. */
  join(events: RunEvents): void {
    this.#events = events;
    this.#left = false;
    if (this.#running) this.#startTicking();
  }

  /** Nobody looks any more; it goes on to its end, and its events are told. */
  leave(): void {
    this.#left = true;
    clearInterval(this.#tick);
  }

  /** Asks for nothing more; what was made stays. */
  abort(): void {
    this.#abort.abort();
  }

  #startTicking(): void {
    clearInterval(this.#tick);
    this.#tick = setInterval(() => this.#changed(), 1000);
  }

  #changed(): void {
    if (!this.#left) this.#events.changed();
  }

  #tellCreated(progress: LaunchProgress): void {
    if (this.#told) return;
    const asked = progress.steps.every(
      ({ step, status }) => step.kind !== 'server' || (status !== 'waiting' && status !== 'running'),
    );
    const instances = launched(progress);
    if (!asked || instances.length === 0) return;
    this.#told = true;
    this.#events.created(instances);
  }
}

function stepsOf({ steps }: LaunchProgress): string {
  return steps.map(({ status }) => status).join();
}

function launched({ instances }: LaunchProgress): readonly LaunchedInstance[] {
  return instances.flatMap(({ id, name }) => (id === undefined ? [] : [{ id, name }]));
}
