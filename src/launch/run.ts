import { isAbort, isOpenStackError, OpenStackError } from '../openstack/errors.js';
import type { Connection } from '../session/connection.js';
import { Failed, type Tell } from './attempts.js';
import { makeServer } from './compute-parts.js';
import { followUntilActive, followUntilSetUp, type FollowedInstance } from './following.js';
import { alone } from './hold.js';
import { Making } from './making.js';
import { makePart } from './parts.js';
import type { LaunchPlan, LaunchStep } from './plan.js';
import type { LaunchFailure, LaunchProgress, LaunchStepState, Leftover } from './progress.js';
import { servicesOf, type LaunchServices } from './services.js';

export interface RunOptions {
  /** Ends the run; what was made stays. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The same plan was run before: each step looks first whether it was done, and instances that went into ERROR are
   * replaced.
   */
  readonly again?: boolean | undefined;
}

/** So many steps at a time: browsers keep few connections to a host, and others need them too. */
const SIDE_BY_SIDE = 4;
/**
 * Runs a plan and tells how it stands, from the first step to the last instance being active. Ends without throwing:
 * the outcome is in the last progress. Nothing is made twice: after a lost answer, and when it is run `again`, it
 * looks for the mark in the servers' metadata before it creates.
 */
export function runLaunch(
  plan: LaunchPlan,
  connection: Connection,
  options: RunOptions = {},
): AsyncGenerator<LaunchProgress, void, undefined> {
  return runSteps(plan, servicesOf(connection), options);
}

/** `runLaunch` on whatever services there are. */
export async function* runSteps(
  plan: LaunchPlan,
  services: LaunchServices,
  { signal, again = false }: RunOptions = {},
): AsyncGenerator<LaunchProgress, void, undefined> {
  const stop = new AbortController();
  const abort = () => stop.abort();
  if (signal?.aborted) return;
  signal?.addEventListener('abort', abort, { once: true });
  const run = new Run(plan, services, stop.signal, again);
  try {
    yield run.progress();
    // Two pages that carry on the same launch do so one after the other.
    const ended = alone(plan.launchId, stop.signal, () => run.execute()).catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
    });
    for (;;) {
      await run.change();
      const progress = run.progress();
      yield progress;
      if (run.ended || stop.signal.aborted) break;
    }
    await ended;
  } finally {
    abort();
    signal?.removeEventListener('abort', abort);
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** One run of one plan; the mutable side of `LaunchProgress`. */
class Run {
  readonly #plan: LaunchPlan;
  readonly #services: LaunchServices;
  readonly #signal: AbortSignal;
  readonly #steps: Mutable<LaunchStepState>[];
  readonly #instances: FollowedInstance[];
  readonly #made: Leftover[] = [];
  readonly #making: Making;
  #trouble: OpenStackError | undefined;
  #wake: (() => void) | undefined;
  #dirty = false;
  ended = false;

  constructor(plan: LaunchPlan, services: LaunchServices, signal: AbortSignal, again: boolean) {
    this.#plan = plan;
    this.#services = services;
    this.#signal = signal;
    this.#steps = plan.steps.map((step) => ({
      step,
      status: 'waiting',
      startedAt: undefined,
      endedAt: undefined,
      doing: undefined,
      failure: undefined,
    }));
    this.#instances = plan.names.map((name, i) => ({
      number: i + 1,
      name,
      id: undefined,
      status: undefined,
      addresses: [],
    }));
    this.#making = new Making({
      plan,
      services,
      signal,
      again,
      remember: (made) => this.#remember(made),
    });
    signal.addEventListener('abort', () => this.#changed(), { once: true });
  }

  progress(): LaunchProgress {
    this.#dirty = false;
    // What instances do at their first start goes on by itself: they are launched before it has ended.
    const own = this.#steps.filter(({ step }) => step.kind !== 'setup');
    const failed = own.some(({ status }) => status === 'failed');
    const over = this.ended || own.every(({ status }) => /^(?:done|skipped)$/.test(status));
    return {
      steps: this.#steps.map((step) => ({ ...step })),
      instances: this.#instances.map((instance) => ({ ...instance })),
      outcome: !over ? 'running' : failed ? 'failed' : 'complete',
      made: [...this.#made],
      trouble: this.#trouble,
    };
  }

  /** Resolves at the next change, at once when there was one since the last `progress()`. */
  async change(): Promise<void> {
    if (this.#dirty) return;
    await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  async execute(): Promise<void> {
    const waiting = new Set(this.#steps);
    const running = new Set<Promise<void>>();
    try {
      await this.#prepare();
      for (const state of waiting) if (state.status === 'failed') waiting.delete(state);
      while (!this.#signal.aborted) {
        for (const state of waiting) {
          const next = this.#readiness(state);
          if (next === 'wait' || (next === 'go' && running.size >= SIDE_BY_SIDE)) continue;
          waiting.delete(state);
          if (next === 'skip') {
            this.#update(state, { status: 'skipped' });
            continue;
          }
          const work = this.#perform(state).finally(() => running.delete(work));
          running.add(work);
        }
        if (running.size === 0) {
          if (waiting.size === 0) return;
          continue;
        }
        await Promise.race(running);
      }
      await Promise.all(running);
    } finally {
      this.ended = !this.#signal.aborted;
      if (this.#made.length > 0) this.#services.settled();
      this.#changed();
    }
  }

  /** What would be refused in the end is refused before anything is made. */
  async #prepare(): Promise<void> {
    const [first] = this.#steps.filter(({ step }) => step.kind === 'server');
    try {
      if (await this.#plan.fits()) return;
      const attempt = { action: 'create-instance', name: first?.step.name } as const;
      throw new OpenStackError({ kind: 'invalid', reason: 'user-data-too-large', attempt });
    } catch (thrown) {
      if (first) this.#update(first, { status: 'failed', failure: failureOf(thrown) });
    }
  }

  /** What becomes of a step that has not begun. */
  #readiness({ step }: LaunchStepState): 'go' | 'wait' | 'skip' {
    const before = this.#steps.filter(({ step: { id } }) => step.needs.includes(id));
    const ended = before.every(({ status }) => /^(?:done|failed|skipped)$/.test(status));
    if (step.kind === 'active') {
      // Waiting goes on for the instances there are, though others could not be made.
      if (!ended) return 'wait';
      return this.#instances.some(({ id }) => id !== undefined) ? 'go' : 'skip';
    }
    // Once something has failed nothing new is begun: it may have to be undone.
    // A DNS name is the exception: the instance does without.
    const failed = this.#steps.some(({ step: { kind }, status }) => status === 'failed' && kind !== 'dns');
    if (failed) return 'skip';
    return ended ? 'go' : 'wait';
  }

  async #perform(state: Mutable<LaunchStepState>): Promise<void> {
    const { clock } = this.#services;
    this.#update(state, { status: 'running', startedAt: clock.now() });
    try {
      await this.#do(state.step, (doing) => this.#update(state, { doing }));
      this.#update(state, { status: 'done', endedAt: clock.now(), doing: undefined });
    } catch (thrown) {
      if (this.#signal.aborted) return;
      this.#update(state, {
        status: 'failed',
        endedAt: clock.now(),
        doing: undefined,
        failure: failureOf(thrown),
      });
    }
  }

  async #do(step: LaunchStep, tell: Tell): Promise<void> {
    switch (step.kind) {
      case 'server':
        return this.#server(step.number, tell);
      case 'active':
        return followUntilActive(this.#instances, this.#services, this.#signal, {
          tell,
          looked: (trouble) => {
            this.#trouble = trouble;
            this.#changed();
          },
          gone: (id) => this.#forget(id),
        });
      case 'setup':
        return followUntilSetUp(this.#instances, this.#services, this.#signal, tell);
      default:
        return makePart(this.#making, step, tell);
    }
  }

  async #server(number: number, tell: Tell): Promise<void> {
    const instance = this.#instances[number - 1];
    if (!instance) return;
    const id = await makeServer(this.#making, number, tell);
    instance.id = id;
    instance.status = this.#services.server(id)?.status ?? 'BUILD';
    this.#remember({ kind: 'server', id, name: instance.name });
  }

  #remember(made: Leftover): void {
    this.#made.push(made);
    this.#changed();
  }

  #forget(id: string): void {
    const at = this.#made.findIndex((left) => left.kind === 'server' && left.id === id);
    if (at >= 0) this.#made.splice(at, 1);
  }

  #update(state: Mutable<LaunchStepState>, change: Partial<LaunchStepState>): void {
    Object.assign(state, change);
    this.#changed();
  }

  #changed(): void {
    this.#dirty = true;
    this.#wake?.();
    this.#wake = undefined;
  }
}

function failureOf(thrown: unknown): LaunchFailure {
  if (thrown instanceof Failed) return thrown.failure;
  if (isOpenStackError(thrown)) return { kind: 'error', error: thrown, unclear: false };
  if (!isAbort(thrown)) globalThis.reportError?.(thrown);
  return { kind: 'internal' };
}
