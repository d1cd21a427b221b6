import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A screen, even a tall one; and what a slow laptop renders within a frame. */
const STEP = 40;
/** More rows than this are rendered only when they are asked for. */
const PAGE = 1000;

/**
 * How many rows are rendered. A long list is given to the browser bit by bit, so that its first rows are there at once
 * and no frame is long. This is also the place where rendering only what is near the screen would go.
 */
export class Growth implements ReactiveController {
  /** How many rows there are. */
  total = 0;
  readonly #host: ReactiveControllerHost;
  #shown = STEP;
  #wanted = PAGE;
  #frame = 0;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** How many rows to render now. */
  get shown(): number {
    return Math.min(this.#shown, this.total);
  }

  /** How many rows will not be rendered until they are asked for. */
  get rest(): number {
    return Math.max(0, this.total - this.#wanted);
  }

  /** Renders the next thousand too. */
  more(): void {
    this.#wanted += PAGE;
    this.#host.requestUpdate();
  }

  reset(): void {
    this.#shown = STEP;
    this.#wanted = PAGE;
  }

  hostUpdated(): void {
    if (this.#frame !== 0 || this.#shown >= Math.min(this.#wanted, this.total)) return;
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
