import type { UnfinishedLaunch } from '../../launch/unfinished.js';
import type { Connection } from '../../session/connection.js';
import type { LaunchRun } from './launch-run.js';

/**
 * The launches of a connection that somebody can come back to: those that this page runs, seen or not, and those that
 * were found half-way. Elements that show them subscribe; nothing is asked for here.
 */
export class LaunchBoard {
  readonly #listeners = new Set<() => void>();
  #runs: readonly LaunchRun[] = [];
  #unfinished: readonly UnfinishedLaunch[] = [];
  /** Whether it was looked for unfinished launches. */
  looked = false;

  /** Those of this page that are under way, or failed and were left. */
  get runs(): readonly LaunchRun[] {
    return this.#runs;
  }

  get unfinished(): readonly UnfinishedLaunch[] {
    return this.#unfinished;
  }

  set unfinished(found: readonly UnfinishedLaunch[]) {
    this.#unfinished = found;
    this.tell();
  }

  find(launchId: string): LaunchRun | undefined {
    return this.#runs.find(({ plan }) => plan.launchId === launchId);
  }

  add(run: LaunchRun): void {
    if (this.#runs.includes(run)) return;
    this.#runs = [...this.#runs, run];
    this.forget(run.plan.launchId);
  }

  remove(run: LaunchRun): void {
    this.#runs = this.#runs.filter((each) => each !== run);
    this.tell();
  }

  /** A launch that was found is no longer half-way, or shall not be spoken of. */
  forget(launchId: string): void {
    this.unfinished = this.#unfinished.filter((each) => each.launchId !== launchId);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(): void {
    for (const listener of this.#listeners) listener();
  }

  /** The connection is closed: nothing more is asked for, and nobody comes back. */
  close(): void {
    for (const run of this.#runs) run.abort();
    this.#runs = [];
    this.unfinished = [];
  }
}

/** The board of a connection, for all elements of a page. */
export function launchesOf(connection: Connection): LaunchBoard {
  return connection.resource('launches', () => new LaunchBoard());
}
