import type { Clock } from '../../../src/openstack/clock.js';
import type { Environment } from '../../../src/live/environment.js';

/** Lets everything that is ready to run, run: promises, and the streams that bodies come by. */
export async function settle(turns = 12): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #now: number;
  #sleepers: { at: number; wake: () => void }[] = [];
  /** What `random()` answers; 0.5 is no jitter. */
  chance = 0.5;

  constructor(start = Date.parse('2030-01-01T00:00:00Z')) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  random(): number {
    return this.chance;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const wake = (): void => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const sleeper = { at: this.#now + ms, wake };
      this.#sleepers.push(sleeper);
      const abort = (): void => {
        this.#sleepers = this.#sleepers.filter((each) => each !== sleeper);
        reject(new DOMException('aborted', 'AbortError'));
      };
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    });
  }

  /** How many wait for the time to pass. */
  get sleeping(): number {
    return this.#sleepers.length;
  }

  /** Moves on by `ms`, waking who sleeps at the moment they wanted to be woken. */
  async advance(ms: number, turns?: number): Promise<void> {
    const end = this.#now + ms;
    await settle(turns);
    for (;;) {
      const next = this.#sleepers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#sleepers = this.#sleepers.filter((each) => each !== next);
      this.#now = Math.max(this.#now, next.at);
      next.wake();
      await settle(turns);
    }
    this.#now = end;
    await settle(turns);
  }

  /** Moves on as a computer that sleeps does: the time passes, nobody is woken until the end. */
  async sleepThrough(ms: number): Promise<void> {
    this.#now += ms;
    await this.advance(0);
  }
}

/** Surroundings that a test turns by hand. */
export class ManualEnvironment implements Environment {
  readonly clock: ManualClock;
  readonly #listeners = new Set<() => void>();
  #visible = true;
  #online = true;

  constructor(clock = new ManualClock()) {
    this.clock = clock;
  }

  visible(): boolean {
    return this.#visible;
  }

  online(): boolean {
    return this.#online;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  async show(visible: boolean): Promise<void> {
    this.#visible = visible;
    await this.#tell();
  }

  async connect(online: boolean): Promise<void> {
    this.#online = online;
    await this.#tell();
  }

  async #tell(): Promise<void> {
    for (const listener of [...this.#listeners]) listener();
    await this.clock.advance(0);
  }
}
