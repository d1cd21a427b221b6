import { ContextEvent } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { sessionContext } from '../session/context.js';
import { registry } from '../session/registry.js';
import type { Session } from '../session/session.js';

/** What the controller reads of its element. */
export interface SessionControllerHost extends ReactiveControllerHost, HTMLElement {
  /** A session given as an object. */
  session: Session | undefined;
  /** The name of a session of the page. */
  sessionName: string | undefined;
}

/**
 * Finds the element's session: its `session` property, its `session` attribute (a name in the page's registry),
 * the nearest provider, the page's default session, in this order. A provider or a registration that comes late
 * counts from then on. An element that leaves the page, or its provider, forgets the session.
 */
export class SessionController implements ReactiveController {
  readonly #host: SessionControllerHost;
  readonly #onChange: () => void;
  #provided: Session | undefined;
  #forgetProvider: (() => void) | undefined;
  #forgetRegistry: (() => void) | undefined;
  #forgetSession: (() => void) | undefined;
  #session: Session | undefined;

  /** @param onChange called when the session is another one, or has changed its state */
  constructor(host: SessionControllerHost, onChange: () => void) {
    this.#host = host;
    this.#onChange = onChange;
    host.addController(this);
  }

  /** The session in use; undefined while the element is not in a page. */
  get session(): Session | undefined {
    return this.#session;
  }

  hostConnected(): void {
    this.#forgetRegistry = registry.onChange(() => {
      this.resolve();
    });
    this.#host.dispatchEvent(
      new ContextEvent(
        sessionContext,
        this.#host,
        (session, forget) => {
          if (this.#forgetProvider !== forget) {
            this.#forgetProvider?.();
            this.#forgetProvider = forget;
          }
          if (!this.#host.isConnected) {
            // A provider that is upgraded late may still hold a request of an element that has left.
            forget?.();
            return;
          }
          this.#provided = session;
          this.resolve();
        },
        true,
      ),
    );
    this.resolve();
  }

  hostDisconnected(): void {
    this.#forgetRegistry?.();
    this.#forgetRegistry = undefined;
    this.#forgetProvider?.();
    this.#forgetProvider = undefined;
    this.#provided = undefined;
    this.#use(undefined);
  }

  /** Looks again; called when the element's own `session` has changed. */
  resolve(): void {
    if (!this.#host.isConnected) return;
    const { session, sessionName } = this.#host;
    this.#use(session ?? (sessionName ? registry.get(sessionName) : (this.#provided ?? registry.get())));
  }

  #use(session: Session | undefined): void {
    if (session === this.#session) return;
    this.#forgetSession?.();
    this.#session = session;
    this.#forgetSession = session?.subscribe(() => {
      this.#onChange();
    });
    this.#onChange();
  }
}
