import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Renders its element about once a minute, and more often towards an end that it counts down to. */
export class MinuteController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #end: () => number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param end when it is (epoch, ms); nothing is counted while it gives undefined */
  constructor(host: ReactiveControllerHost, end: () => number | undefined) {
    this.#host = host;
    this.#end = end;
    host.addController(this);
  }

  /** Whole minutes above one, in seconds, then steps of ten: a label that changes each second helps nobody. */
  get secondsLeft(): number {
    const end = this.#end();
    if (end === undefined) return 0;
    const seconds = Math.max(0, (end - Date.now()) / 1000);
    return seconds > 60 ? Math.floor(seconds / 60) * 60 : Math.ceil(seconds / 10) * 10;
  }

  hostDisconnected(): void {
    this.#stop();
  }

  hostUpdated(): void {
    this.#stop();
    if (this.#end() === undefined) return;
    const left = this.secondsLeft;
    if (left === 0) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#host.requestUpdate();
      },
      left > 60 ? 30_000 : 5_000,
    );
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
