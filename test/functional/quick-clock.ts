import type { Clock } from '../../src/openstack/clock.js';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** So many turns of the event loop without a request under way: everybody waits for the time to pass. */
const QUIET_TURNS = 6;

/** A clock whose time passes as soon as nobody has anything else to do, so that minutes take milliseconds. */
export class QuickClock implements Clock {
  #now: number;
  #sleepers: Sleeper[] = [];
  #busy = 0;
  #driving: Promise<void> | undefined;

  constructor(start = Date.parse('2030-01-01T00:00:00Z')) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  random(): number {
    return 0.5;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const wake = (): void => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const sleeper = { at: this.#now + ms, wake };
      const abort = (): void => {
        this.#sleepers = this.#sleepers.filter((each) => each !== sleeper);
        reject(new DOMException('aborted', 'AbortError'));
      };
      if (signal?.aborted) {
        abort();
        return;
      }
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  /** The time stands still while this is under way. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#busy += 1;
    try {
      return await work;
    } finally {
      this.#busy -= 1;
    }
  }

  /** Lets the time pass until some work has come to its end. Of several who do so at once, one lets it pass for all. */
  async drive<T>(work: Promise<T>): Promise<T> {
    const state = { ended: false };
    const end = (): void => void (state.ended = true);
    const ending = work.then(end, end);
    while (!state.ended) {
      if (this.#driving) {
        await Promise.race([ending, this.#driving]);
      } else {
        this.#driving = this.#pass(state);
        await this.#driving;
        this.#driving = undefined;
      }
    }
    return work;
  }

  async #pass(state: { readonly ended: boolean }): Promise<void> {
    while (!state.ended) {
      for (let quiet = 0; quiet < QUIET_TURNS && !state.ended; quiet++) {
        await new Promise((resolve) => setImmediate(resolve));
        if (this.#busy > 0) quiet = -1;
      }
      if (!state.ended) this.#next();
    }
  }

  #next(): void {
    const [next] = this.#sleepers.sort((a, b) => a.at - b.at);
    if (!next) return;
    this.#sleepers = this.#sleepers.filter((each) => each !== next);
    this.#now = Math.max(this.#now, next.at);
    next.wake();
  }
}
