import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Collection, CollectionState } from '../live/collection.js';
import { isOpenStackError, type OpenStackError } from '../openstack/errors.js';
import type { Connection } from '../session/connection.js';

/** What the controller reads of its element. */
export interface CollectionControllerHost extends ReactiveControllerHost, HTMLElement {
  readonly connection: Connection | undefined;
}

export interface CollectionOptions<Row extends { id: string }> {
  /** What of the state the element shows; it renders again only when this is another value. The state itself without it. */
  select?: ((state: CollectionState<Row>) => unknown) | undefined;
  /** Keeps it fresh while the element is scrolled out of sight too; for an element that counts rather than shows. */
  offScreen?: boolean | undefined;
}

/**
 * Keeps one collection of the element's connection fresh while the element can be seen, and renders the element
 * when it changes. Follows the connection: another project has other rows.
 */
export class CollectionController<Row extends { id: string }> implements ReactiveController {
  readonly #host: CollectionControllerHost;
  readonly #of: (connection: Connection) => Collection<Row>;
  readonly #options: CollectionOptions<Row>;
  #connection: Connection | undefined;
  #collection: Collection<Row> | undefined;
  #error: OpenStackError | undefined;
  #unsubscribe: (() => void) | undefined;
  #observer: IntersectionObserver | undefined;
  #seen = true;
  #selected: unknown;

  /** @param of the collection of a connection, such as `serversOf`; asked once for each connection */
  constructor(
    host: CollectionControllerHost,
    of: (connection: Connection) => Collection<Row>,
    options: CollectionOptions<Row> = {},
  ) {
    this.#host = host;
    this.#of = of;
    this.#options = options;
    host.addController(this);
  }

  /** Undefined without a connection. */
  get collection(): Collection<Row> | undefined {
    return this.#collection;
  }

  /** Undefined without a connection; `failed` also where the cloud does not offer the service. */
  get state(): CollectionState<Row> | undefined {
    return this.#error ? { status: 'failed', error: this.#error } : this.#collection?.state;
  }

  /** The rows that are there, whatever else is going on. */
  get rows(): readonly Row[] {
    const { state } = this;
    return state?.status === 'ready' ? state.rows : [];
  }

  hostConnected(): void {
    this.#seen = true;
    this.follow();
    const { defaultView } = this.#host.ownerDocument;
    if (this.#options.offScreen || !defaultView || !('IntersectionObserver' in defaultView)) return;
    this.#observer = new IntersectionObserver((entries) => {
      const last = entries.at(-1);
      if (!last || last.isIntersecting === this.#seen) return;
      this.#seen = last.isIntersecting;
      this.#listen();
    });
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#drop();
  }

  hostUpdate(): void {
    this.follow();
  }

  /** Turns to the connection that is current. An element that reads rows in `willUpdate` has this called before. */
  follow(): void {
    const connection = this.#host.isConnected ? this.#host.connection : undefined;
    if (connection === this.#connection) return;
    this.#drop();
    this.#connection = connection;
    if (!connection) return;
    try {
      this.#collection = this.#of(connection);
    } catch (error) {
      if (!isOpenStackError(error)) throw error;
      this.#error = error;
    }
    this.#listen();
  }

  #listen(): void {
    if (!this.#seen) {
      this.#unsubscribe?.();
      this.#unsubscribe = undefined;
      return;
    }
    const collection = this.#collection;
    if (!collection || this.#unsubscribe) return;
    this.#selected = this.#select();
    this.#unsubscribe = collection.subscribe(() => {
      const selected = this.#select();
      if (Object.is(selected, this.#selected)) return;
      this.#selected = selected;
      this.#host.requestUpdate();
    });
    this.#host.requestUpdate();
  }

  #select(): unknown {
    const state = this.#collection?.state;
    return state && this.#options.select ? this.#options.select(state) : state;
  }

  #drop(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#connection = undefined;
    this.#collection = undefined;
    this.#error = undefined;
    this.#selected = undefined;
  }
}
