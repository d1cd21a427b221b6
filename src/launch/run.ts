import type { Server } from '../openstack/compute.js';
import { isAbort, isOpenStackError, type OpenStackError } from '../openstack/errors.js';
import type { Connection } from '../session/connection.js';
import { readMark } from './mark.js';
import type { LaunchPlan, LaunchStep } from './plan.js';
import type {
  LaunchDoing,
  LaunchFailure,
  LaunchInstance,
  LaunchProgress,
  LaunchStepState,
  Leftover,
} from './progress.js';
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

/** How often a lost answer is looked after, in milliseconds before each look: a slow cloud may take a while. */
const LOOKS = [1_000, 3_000, 6_000];
/** A cloud that says "not so fast" is asked again this often, and waited for at most so long. */
const RATE_LIMITED = 4;
const LONGEST_PAUSE = 60;

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
    const ended = run.execute();
    for (;;) {
      await run.change();
      const progress = run.progress();
      yield progress;
      if (progress.outcome !== 'running' || stop.signal.aborted) break;
    }
    await ended;
  } finally {
    abort();
    signal?.removeEventListener('abort', abort);
  }
}

/**
 * Takes away what a launch has made, instances first. Returns what could not be removed, with the reason; empty when
 * all is gone.
 */
export async function undoLaunch(
  made: readonly Leftover[],
  services: Pick<LaunchServices, 'deleteServer' | 'deleteKeypair'>,
): Promise<readonly { readonly left: Leftover; readonly error: OpenStackError }[]> {
  const failed: { left: Leftover; error: OpenStackError }[] = [];
  const remove = async (left: Leftover) => {
    try {
      if (left.kind === 'server') await services.deleteServer(left.id);
      else await services.deleteKeypair(left.name);
    } catch (error) {
      if (!isOpenStackError(error)) throw error;
      if (error.kind !== 'not-found') failed.push({ left, error });
    }
  };
  await Promise.all(made.filter(({ kind }) => kind === 'server').map(remove));
  await Promise.all(made.filter(({ kind }) => kind === 'keypair').map(remove));
  return failed;
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
  #networkId: string | undefined;
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
    signal.addEventListener('abort', () => this.#changed(), { once: true });
  }

  progress(): LaunchProgress {
    this.#dirty = false;
    const failed = this.#steps.some(({ status }) => status === 'failed');
    return {
      steps: this.#steps.map((step) => ({ ...step })),
      instances: this.#instances.map((instance) => ({ ...instance })),
      outcome: !this.ended ? 'running' : failed ? 'failed' : 'complete',
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
    try {
      for (const state of this.#steps) {
        if (this.#signal.aborted) return;
        // Waiting goes on for the instances there are, though others could not be made.
        const worth = state.step.kind === 'active' && this.#instances.some(({ id }) => id !== undefined);
        if (!worth && this.#steps.some(({ status }) => status === 'failed')) {
          this.#update(state, { status: 'skipped' });
          continue;
        }
        await this.#perform(state);
      }
    } finally {
      this.ended = !this.#signal.aborted;
      if (this.#made.length > 0) this.#services.settled();
      this.#changed();
    }
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

  #do(step: LaunchStep, tell: (doing: LaunchDoing | undefined) => void): Promise<void> {
    switch (step.kind) {
      case 'keypair':
        return this.#keypair(step.name, step.publicKey);
      case 'network':
        return this.#network();
      case 'server':
        return this.#server(step.number, tell);
      case 'active':
        return this.#active(tell);
    }
  }

  async #keypair(name: string, publicKey: string): Promise<void> {
    const made: Leftover = { kind: 'keypair', name };
    try {
      await this.#services.createKeypair({ name, publicKey }, this.#signal);
      this.#made.push(made);
    } catch (error) {
      if (!isOpenStackError(error) || !(error.kind === 'conflict' || isUnclear(error))) throw error;
      const found = (await this.#services.keypairs(this.#signal)).find((keypair) => keypair.name === name);
      if (!found) throw error;
      if (keyBytes(found.publicKey) !== keyBytes(publicKey)) throw new Failed({ kind: 'key-taken', name });
      // The same key: this launch has made it, or it may as well have been.
      if (this.#again || isUnclear(error)) this.#made.push(made);
    }
  }

  async #network(): Promise<void> {
    try {
      this.#networkId = await this.#services.autoNetwork(this.#signal);
    } catch (error) {
      // A role that may not ask Neutron for it: Nova, which asks in its own name, is then asked for "auto".
      if (!isOpenStackError(error) || (error.kind !== 'forbidden' && error.kind !== 'not-found')) throw error;
    }
  }

  async #server(number: number, tell: (doing: LaunchDoing | undefined) => void): Promise<void> {
    const found = this.#again ? await this.#findOrReplace(number, tell) : undefined;
    const id = found?.id ?? (await this.#create(number, tell));
    const instance = this.#instances[number - 1];
    if (!instance) return;
    instance.id = id;
    instance.status = found?.status ?? 'BUILD';
    this.#made.push({ kind: 'server', id, name: instance.name });
    this.#changed();
  }

  async #create(number: number, tell: (doing: LaunchDoing | undefined) => void): Promise<string> {
    const { clock } = this.#services;
    let lost = 0;
    for (let attempt = 1; ; attempt++) {
      this.#signal.throwIfAborted();
      try {
        return (await this.#services.createServer(this.#plan.bodyFor(number, this.#networkId))).id;
      } catch (error) {
        if (!isOpenStackError(error)) throw error;
        if (error.kind === 'rate-limit' && attempt < RATE_LIMITED) {
          const seconds = Math.min(error.retryAfter ?? 2 ** attempt, LONGEST_PAUSE);
          tell({ kind: 'pausing', seconds });
          await clock.sleep(seconds * 1000, this.#signal);
          tell(undefined);
          continue;
        }
        if (!isUnclear(error)) throw error;
        tell({ kind: 'looking' });
        const id = await this.#look(number, error);
        if (id !== undefined) return id;
        if (++lost > 1) throw error;
        tell(undefined);
      }
    }
  }

  /** Looks for a server whose answer was lost. Undefined: it is not there. */
  async #look(number: number, lost: OpenStackError): Promise<string | undefined> {
    let seen = false;
    for (const wait of LOOKS) {
      await this.#services.clock.sleep(wait, this.#signal);
      const found = await this.#find(number).catch((error: unknown) => {
        if (!isOpenStackError(error)) throw error;
        return error;
      });
      seen = !isOpenStackError(found);
      if (found && !isOpenStackError(found)) return found.id;
    }
    // Making another one without knowing would be a gamble with somebody's quota.
    if (!seen) throw new Failed({ kind: 'error', error: lost, unclear: true });
    return undefined;
  }

  async #find(number: number): Promise<Server | undefined> {
    const servers = await this.#services.servers();
    return servers.find((server) => {
      const mark = readMark(server.metadata);
      return mark?.launchId === this.#plan.launchId && mark.number === number && !isLeaving(server);
    });
  }

  async #findOrReplace(
    number: number,
    tell: (doing: LaunchDoing | undefined) => void,
  ): Promise<Server | undefined> {
    const found = await this.#find(number);
    if (found?.status !== 'ERROR') return found;
    tell({ kind: 'replacing' });
    await this.#services.deleteServer(found.id);
    tell(undefined);
    return undefined;
  }

  /** Ends when every instance is active; throws with the first that will not be, after the others have been waited for. */
  async #active(tell: (doing: LaunchDoing | undefined) => void): Promise<void> {
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

/** A failure that is already in its final form. */
class Failed extends Error {
  constructor(readonly failure: LaunchFailure) {
    super(failure.kind);
  }
}

function failureOf(thrown: unknown): LaunchFailure {
  if (thrown instanceof Failed) return thrown.failure;
  if (isOpenStackError(thrown)) return { kind: 'error', error: thrown, unclear: false };
  if (!isAbort(thrown)) globalThis.reportError?.(thrown);
  return { kind: 'internal' };
}

/** Whether what was asked may have been done all the same. A refusal is clear, silence is not. */
function isUnclear({ kind, reason }: OpenStackError): boolean {
  if (reason === 'answer-lost') return true;
  if (reason === 'offline' || reason === 'mixed-content') return false;
  return (
    kind === 'timeout' || kind === 'server' || kind === 'protocol' || kind === 'network' || kind === 'cors'
  );
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
