import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A screen and a half, even on a tall one. */
const FIRST = 60;
/** What a browser on a slow laptop lays out within a frame or two. */
const STEP = 120;

/**
 * How many rows are rendered. A long list is given to the browser bit by bit, so that its first rows are there at once
 * and no frame is long. This is also the place where rendering only what is near the screen would go.
 */
export class Growth implements ReactiveController {
  /** How many rows there are. */
  total = 0;
  readonly #host: ReactiveControllerHost;
  #shown = FIRST;
  #frame = 0;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** How many rows to render now. */
  get shown(): number {
    return Math.min(this.#shown, this.total);
  }

  reset(): void {
    this.#shown = FIRST;
  }

  hostUpdated(): void {
    if (this.#frame !== 0 || this.#shown >= this.total) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#shown += STEP;
      this.#host.requestUpdate();
    });
  }

  hostDisconnected(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }
}
