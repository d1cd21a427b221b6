import type { Server } from '../openstack/compute.js';
import { isAbort, isOpenStackError, OpenStackError } from '../openstack/errors.js';
import type { Connection } from '../session/connection.js';
import { Failed, oldestFirst, once, onceAmongOthers, type Tell } from './attempts.js';
import { alone } from './hold.js';
import { readMark } from './mark.js';
import { LaunchParts } from './parts.js';
import { userDataToSend } from './profiles.js';
import type { LaunchPlan, LaunchStep } from './plan.js';
import type { LaunchFailure, LaunchInstance, LaunchProgress, LaunchStepState, Leftover } from './progress.js';
import { servicesOf, type LaunchServices } from './services.js';
import { isTooLong } from './user-data.js';
import { followSetup } from './setup.js';

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
/** Milliseconds between looks at a server that is being deleted, and how many of them. */
const GONE_PAUSE = 1_500;
const GONE_LOOKS = 80;

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
  readonly #again: boolean;
  readonly #steps: Mutable<LaunchStepState>[];
  readonly #instances: Mutable<LaunchInstance>[];
  readonly #made: Leftover[] = [];
  readonly #parts: LaunchParts;
  #userData: string | Uint8Array | undefined;
  #trouble: OpenStackError | undefined;
  #wake: (() => void) | undefined;
  #dirty = false;
  ended = false;

  constructor(plan: LaunchPlan, services: LaunchServices, signal: AbortSignal, again: boolean) {
    this.#plan = plan;
    this.#services = services;
    this.#signal = signal;
    this.#again = again;
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
    this.#parts = new LaunchParts({
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
    const { profile = { kind: 'plain' }, userData } = this.#plan.request;
    const [first] = this.#steps.filter(({ step }) => step.kind === 'server');
    try {
      this.#userData = await userDataToSend(profile, userData);
      if (this.#userData === undefined || !isTooLong(this.#userData)) return;
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

  #do(step: LaunchStep, tell: Tell): Promise<void> {
    switch (step.kind) {
      case 'keypair':
        return this.#keypair(step.name, step.publicKey, tell);
      case 'server':
        return this.#server(step.number, tell);
      case 'active':
        return this.#active(tell);
      case 'setup':
        return this.#setup(tell);
      default:
        return this.#parts.do(step, tell);
    }
  }

  async #keypair(name: string, publicKey: string, tell: Tell): Promise<void> {
    const made: Leftover = { kind: 'keypair', name };
    const find = async () =>
      (await this.#services.keypairs(this.#signal)).find((keypair) => keypair.name === name);
    // The same key: this launch has made it, or it may as well have been.
    const checked = (found: { readonly publicKey: string }) => {
      if (keyBytes(found.publicKey) !== keyBytes(publicKey)) throw new Failed({ kind: 'key-taken', name });
      this.#remember(made);
    };
    try {
      const found = await once({
        clock: this.#services.clock,
        signal: this.#signal,
        tell,
        find,
        create: async () => {
          await this.#services.createKeypair({ name, publicKey }, this.#signal);
          return { publicKey };
        },
      });
      checked(found);
    } catch (error) {
      if (!isOpenStackError(error) || error.kind !== 'conflict') throw error;
      const found = await find();
      if (!found) throw error;
      if (this.#again) checked(found);
      else if (keyBytes(found.publicKey) !== keyBytes(publicKey))
        throw new Failed({ kind: 'key-taken', name });
    }
  }

  async #server(number: number, tell: Tell): Promise<void> {
    const instance = this.#instances[number - 1];
    if (!instance) return;
    if (this.#again) await this.#clear(number, tell);
    const maker = {
      clock: this.#services.clock,
      signal: this.#signal,
      tell,
      create: () => {
        const body = this.#plan.bodyFor(number, this.#parts.madeFor(number));
        return this.#services.createServer({ ...body, userData: this.#userData });
      },
    };
    const { id } = await (this.#again
      ? onceAmongOthers({
          ...maker,
          find: () => this.#find(number),
          remove: (made) => this.#services.deleteServer(made.id),
        })
      : once({ ...maker, find: async () => (await this.#find(number))[0] }));
    instance.id = id;
    instance.status = this.#services.server(id)?.status ?? 'BUILD';
    this.#remember({ kind: 'server', id, name: instance.name });
  }

  async #find(number: number): Promise<readonly Server[]> {
    const servers = await this.#services.servers();
    return oldestFirst(
      servers.filter((server) => {
        const mark = readMark(server.metadata);
        return (
          mark?.launchId === this.#plan.launchId &&
          mark.number === number &&
          mark.part === 'server' &&
          !isLeaving(server)
        );
      }),
    );
  }

  /** Takes away what a first try left in ERROR. */
  async #clear(number: number, tell: Tell): Promise<void> {
    for (const { id, status } of await this.#find(number)) {
      if (status !== 'ERROR') continue;
      tell({ kind: 'replacing' });
      await this.#services.deleteServer(id);
      // Its port and its volumes are free once it is gone.
      await isGone(this.#services, id, this.#signal);
      tell(undefined);
    }
  }

  /** Ends when every instance is active; throws with the first that will not be, after the others have been waited for. */
  async #active(tell: Tell): Promise<void> {
    const waiting = new Set(this.#instances.filter(({ id }) => id !== undefined));
    const failures: LaunchFailure[] = [];
    let look: () => void = () => undefined;
    const stop = this.#services.watchServers(() => look());
    const abort = () => look();
    this.#signal.addEventListener('abort', abort);
    try {
      while (waiting.size > 0) {
        const next = new Promise<void>((resolve) => (look = resolve));
        for (const instance of waiting) {
          const failure = await this.#settled(instance);
          if (failure === 'waiting') continue;
          waiting.delete(instance);
          if (failure) failures.push(failure);
        }
        const [first] = waiting;
        const task = first?.id === undefined ? undefined : this.#services.server(first.id)?.taskState;
        tell(task === undefined ? undefined : { kind: 'task', task });
        this.#trouble = this.#services.trouble();
        this.#changed();
        if (waiting.size > 0) await next;
        this.#signal.throwIfAborted();
      }
    } finally {
      this.#signal.removeEventListener('abort', abort);
      this.#trouble = undefined;
      stop();
    }
    const [failure] = failures;
    if (failure) throw new Failed(failure);
  }

  /** Ends when the setup of all instances has, as far as they tell. */
  async #setup(tell: Tell): Promise<void> {
    const named = this.#instances.flatMap(({ id, name }) => (id === undefined ? [] : [{ id, name }]));
    const stop = this.#services.watchServers(() => undefined);
    this.#services.settled();
    try {
      const ends = await Promise.all(
        named.map((instance) =>
          followSetup(instance, this.#services, this.#signal, ({ status }) =>
            tell({ kind: 'setup', status }),
          ),
        ),
      );
      const bad = ends.findIndex(({ status }) => status !== 'complete');
      const { status } = ends[bad] ?? {};
      if (status) throw new Failed({ kind: 'setup', name: named[bad]?.name ?? '', status });
    } finally {
      stop();
    }
  }

  async #settled(instance: Mutable<LaunchInstance>): Promise<LaunchFailure | 'waiting' | undefined> {
    const { id, name } = instance;
    if (id === undefined) return undefined;
    let server = this.#services.server(id);
    // Not in the list: deleted, or not listed yet. And lists are silent about why a server has failed.
    if (!server || (server.status === 'ERROR' && !server.fault)) {
      try {
        server = await this.#services.readServer(id);
      } catch (error) {
        if (!isOpenStackError(error) || !server) return 'waiting';
      }
    }
    if (!server || isLeaving(server)) {
      instance.status = 'DELETED';
      this.#forget(id);
      return { kind: 'gone', name };
    }
    instance.status = server.status;
    instance.addresses = server.addresses;
    if (server.status === 'ERROR') return { kind: 'fault', name, message: server.fault?.message };
    if (server.status === 'ACTIVE' && server.taskState === undefined) return undefined;
    // Stopped, paused, … by somebody meanwhile: it has been active.
    return server.status === 'BUILD' || server.status === 'UNKNOWN' || server.status === 'ACTIVE'
      ? 'waiting'
      : undefined;
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

/** Waits until a server is gone, as long as it may take; what else there is to say comes from what is done next. */
export async function isGone(
  services: Pick<LaunchServices, 'readServer' | 'clock'>,
  id: string,
  signal?: AbortSignal,
): Promise<void> {
  for (let looks = 0; looks < GONE_LOOKS; looks++) {
    try {
      const server = await services.readServer(id);
      if (!server || server.status === 'DELETED') return;
    } catch (error) {
      if (!isOpenStackError(error)) throw error;
      if (error.kind === 'not-found') return;
    }
    await services.clock.sleep(GONE_PAUSE, signal);
  }
}

function isLeaving({ status, taskState, pending }: Server): boolean {
  return (
    status === 'DELETED' || status === 'SOFT_DELETED' || taskState === 'deleting' || pending === 'deleting'
  );
}

/** Type and key without the comment, which services may change. */
function keyBytes(publicKey: string): string {
  return publicKey.trim().split(/\s+/).slice(0, 2).join(' ');
}
