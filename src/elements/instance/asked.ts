import type { ReactiveControllerHost } from 'lit';
import { isAbort } from '../../openstack/errors.js';

/** Something that is asked of the cloud while somebody looks at it, and shown until there is something newer. */
export class Asked<T> {
  readonly #host: Pick<ReactiveControllerHost, 'requestUpdate'>;
  readonly #ask: (signal: AbortSignal) => Promise<T>;
  #value: T | undefined;
  #error: unknown;
  #asking: AbortController | undefined;

  constructor(host: Pick<ReactiveControllerHost, 'requestUpdate'>, ask: (signal: AbortSignal) => Promise<T>) {
    this.#host = host;
    this.#ask = ask;
  }

  /** The last answer; undefined before the first. */
  get value(): T | undefined {
    return this.#value;
  }

  /** Why the last question had no answer; the value of the one before stays. */
  get error(): unknown {
    return this.#error;
  }

  /** Asks now; a question under way is given up. */
  readonly again = (): void => {
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    this.#ask(asking.signal).then(
      (value) => {
        if (asking.signal.aborted) return;
        this.#value = value;
        this.#error = undefined;
        this.#host.requestUpdate();
      },
      (error: unknown) => {
        if (asking.signal.aborted || isAbort(error)) return;
        this.#error = error;
        this.#host.requestUpdate();
      },
    );
  };

  stop(): void {
    this.#asking?.abort();
    this.#asking = undefined;
  }
}
