/** Listeners that hear of a change once per microtask, however many changes there were; one that throws harms no other. */
export class Notifier {
  readonly #listeners = new Set<{ readonly call: () => void }>();
  #scheduled = false;

  get size(): number {
    return this.#listeners.size;
  }

  /** Adds a listener (the same function may be added twice) and returns the way to remove it. */
  add(call: () => void): () => void {
    const entry = { call };
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  notify(): void {
    if (this.#scheduled || this.#listeners.size === 0) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      for (const entry of [...this.#listeners]) {
        // One that was removed by another listener a moment ago must not hear of it any more.
        if (this.#listeners.has(entry)) callSafely(entry.call);
      }
    });
  }
}

/** Calls a function of somebody else's: what it throws goes to the page's error handler, as for an event listener. */
export function callSafely(call: () => void): void {
  try {
    call();
  } catch (error) {
    globalThis.reportError?.(error);
  }
}
