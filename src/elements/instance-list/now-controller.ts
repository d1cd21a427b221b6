import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { systemClock, type Clock } from '../../openstack/clock.js';

/** Seconds matter while something is under way; ages are told in minutes at least. */
const BUSY = 5_000;
const QUIET = 30_000;

/** The time, and a new rendering now and then, so that ages and elapsed times go on. */
export class NowController implements ReactiveController {
  /** A test sets its own. */
  clock: Clock = systemClock;
  readonly #host: ReactiveControllerHost & Element;
  readonly #isBusy: () => boolean;
  #running: AbortController | undefined;

  constructor(host: ReactiveControllerHost & Element, isBusy: () => boolean) {
    this.#host = host;
    this.#isBusy = isBusy;
    host.addController(this);
  }

  /** Milliseconds since 1970. */
  get now(): number {
    return this.clock.now();
  }

  hostConnected(): void {
    const running = new AbortController();
    this.#running = running;
    this.#run(running.signal).catch(() => undefined); // ends by being aborted
  }

  hostDisconnected(): void {
    this.#running?.abort();
  }

  async #run(signal: AbortSignal): Promise<void> {
    for (;;) {
      await this.clock.sleep(this.#isBusy() ? BUSY : QUIET, signal);
      if (this.#host.ownerDocument.visibilityState !== 'hidden') this.#host.requestUpdate();
    }
  }
}
