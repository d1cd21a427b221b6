import type { Environment } from './environment.js';

export interface PollerOptions {
  readonly environment: Environment;
  /** Asks once; never rejects. */
  readonly poll: () => Promise<unknown>;
  /** Whether anybody is looking just now. */
  readonly watched: () => boolean;
  /** Called when the page comes back after having been hidden, offline or asleep for long. */
  readonly wake: () => void;
}

/** Away for longer than this, changes that leave no trace in `updated` become likely. */
const LONG_AWAY = 10_000;
/** How late a timer must be for the computer to have slept. */
const SLEPT = 60_000;
/** A page that comes and goes quickly does not ask each time. */
const LEAST_PAUSE = 5_000;
/** Off-screen subscribers do not tell when they come into view: look again this often. */
const LOOK_AGAIN = 2_000;

/** Decides when to ask again: only while started, visible, online and watched. */
export class Poller {
  readonly #options: PollerOptions;
  #started = false;
  /** The poll under way. */
  #turn: object | undefined;
  #due = 0;
  /** The end of the last poll, and what the cloud asked to wait for, in the clock's milliseconds. */
  #last = -Infinity;
  #notBefore = -Infinity;
  #awaySince: number | undefined;
  #timer: AbortController | undefined;
  #unlisten: (() => void) | undefined;

  constructor(options: PollerOptions) {
    this.#options = options;
  }

  get started(): boolean {
    return this.#started;
  }

  /** Begins to poll; at once when nothing was asked yet or the last answer is older than `fresh` milliseconds. */
  start(fresh: number): void {
    if (this.#started) return;
    const { environment } = this.#options;
    const now = environment.clock.now();
    this.#started = true;
    this.#due = Math.max(now, this.#last + fresh, this.#notBefore);
    if (now - this.#last > SLEPT) this.#options.wake();
    this.#awaySince = this.#present() ? undefined : now;
    this.#unlisten = environment.onChange(() => this.#surroundingsChanged());
    this.#schedule();
  }

  stop(): void {
    this.#started = false;
    this.#turn = undefined;
    this.#timer?.abort();
    this.#unlisten?.();
    this.#unlisten = undefined;
  }

  /** A poll, or a refresh somebody asked for, has ended: the next is due in `delay` milliseconds. */
  ended(delay: number, notBefore = 0): void {
    this.#last = this.#options.environment.clock.now();
    this.#notBefore = this.#last + notBefore;
    this.#due = this.#last + delay;
    this.#schedule();
  }

  /** Somebody else asks: waits so long, in milliseconds, for what they learn. */
  hold(patience: number): void {
    this.#due = Math.max(this.#due, this.#options.environment.clock.now() + patience);
    this.#schedule();
  }

  /** Somebody has come who may be seen. */
  look(): void {
    this.#schedule();
  }

  /** Asks as soon as is decent: `pause` milliseconds after the last answer. */
  soon(pause: number): void {
    const now = this.#options.environment.clock.now();
    this.#due = Math.min(this.#due, Math.max(now, this.#last + pause, this.#notBefore));
    this.#schedule();
  }

  #present(): boolean {
    const { environment } = this.#options;
    return environment.visible() && environment.online();
  }

  #surroundingsChanged(): void {
    const now = this.#options.environment.clock.now();
    if (!this.#present()) {
      this.#awaySince ??= now;
      this.#timer?.abort();
    } else if (this.#awaySince !== undefined) {
      if (now - this.#awaySince >= LONG_AWAY) this.#options.wake();
      this.#awaySince = undefined;
      this.soon(LEAST_PAUSE);
    }
  }

  #schedule(): void {
    this.#timer?.abort();
    if (!this.#started || this.#turn || !this.#present()) return;
    const { clock } = this.#options.environment;
    const timer = new AbortController();
    this.#timer = timer;
    const wait = Math.max(0, this.#due - clock.now(), this.#options.watched() ? 0 : LOOK_AGAIN);
    clock.sleep(wait, timer.signal).then(
      () => {
        if (!timer.signal.aborted) void this.#tick();
      },
      () => undefined, // aborted: another timer has taken over
    );
  }

  async #tick(): Promise<void> {
    if (!this.#present() || !this.#options.watched()) {
      this.#schedule();
      return;
    }
    if (this.#options.environment.clock.now() - this.#due > SLEPT) this.#options.wake();
    const turn = (this.#turn = {});
    await this.#options.poll();
    // Stopped meanwhile, and perhaps started again.
    if (this.#turn !== turn) return;
    this.#turn = undefined;
    this.#schedule();
  }
}
