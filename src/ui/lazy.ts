import type { ReactiveControllerHost } from 'lit';

/**
 * A part of an element that is loaded when it is first needed: once for the page, whatever the number of elements.
 * The element renders again when the part is there, or could not be had.
 */
export class LazyPart<M> {
  readonly #host: Pick<ReactiveControllerHost, 'requestUpdate'>;
  readonly #load: () => Promise<M>;
  #module: M | undefined;
  #loading: Promise<M | undefined> | undefined;
  #failed = false;

  /** @param load a dynamic import, such as `() => import('./dialogs.js')`; bundlers make files of those */
  constructor(host: Pick<ReactiveControllerHost, 'requestUpdate'>, load: () => Promise<M>) {
    this.#host = host;
    this.#load = load;
  }

  /** The part, if it is there. */
  get module(): M | undefined {
    return this.#module;
  }

  /** Whether the last try to load it failed; `load()` tries again. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Loads the part; a second call while it is on its way waits for the same. Resolves to undefined when it cannot be had. */
  load(): Promise<M | undefined> {
    if (this.#module) return Promise.resolve(this.#module);
    return (this.#loading ??= this.#try());
  }

  async #try(): Promise<M | undefined> {
    this.#failed = false;
    try {
      this.#module = await this.#load();
    } catch {
      this.#failed = true;
    } finally {
      this.#loading = undefined;
      this.#host.requestUpdate();
    }
    return this.#module;
  }
}
