import type { Connection } from '../../session/connection.js';
import { LazyPart } from '../../ui/lazy.js';
import type { SessionElement } from '../session-element.js';
import type { LaunchController, LaunchingElement } from './launch-controller.js';
import type { Surroundings } from './surroundings.js';

/** Launches for an element; what a click needs beyond the decision is loaded with the first of them. */
export class Launcher {
  readonly #host: SessionElement;
  readonly #around: Surroundings;
  readonly #own: LaunchingElement;
  readonly #part;
  #launch: LaunchController | undefined;
  #loading = false;

  constructor(host: SessionElement, around: Surroundings, own: LaunchingElement) {
    this.#host = host;
    this.#around = around;
    this.#own = own;
    this.#part = new LazyPart(host, () => import('./launching.js'));
  }

  /** A click waits for what it depends on: a second one is not another launch. */
  get loading(): boolean {
    return this.#loading;
  }

  /** What launches could not be loaded. */
  get failed(): boolean {
    return this.#part.failed;
  }

  /** The launch to show in place of the form, if there is one. */
  get shown(): LaunchController['shown'] {
    return this.#launch?.shown;
  }

  /** Launches what is decided, or leads to what stands against it. */
  async submit(connection: Connection): Promise<void> {
    if (this.#loading || this.#launch?.busy) return;
    const seen = this.#own.decide(connection);
    if (!seen) {
      this.#own.refuse(connection);
      return;
    }
    this.#loading = true;
    this.#host.requestUpdate();
    try {
      const launch = await this.load();
      await launch?.submit(connection, seen);
    } finally {
      this.#loading = false;
      this.#host.requestUpdate();
    }
  }

  /** Shows a launch of this page again; false where it cannot. */
  async show(launchId: string): Promise<boolean> {
    const launch = await this.load();
    return (await launch?.showAgain(launchId)) ?? false;
  }

  /** Shows the form again. A launch under way goes on, unseen. */
  drop(): void {
    this.#launch?.drop();
  }

  /** As {@link drop}, where no private key is lost by it. */
  leave(): void {
    if (!this.#launch?.holdsKey) this.drop();
  }

  /** Ends what is shown when the connection it runs on is no more. */
  follow(): void {
    // No session: the element is being moved in the page, and will find its session again.
    const session = this.#host.currentSession;
    if (session) this.#launch?.keepOnlyOn(session.connections);
  }

  /** What launches, undefined where it cannot be loaded. */
  async load(): Promise<LaunchController | undefined> {
    const part = await this.#part.load();
    return part && (this.#launch ??= new part.LaunchController(this.#host, this.#around, this.#own));
  }
}
