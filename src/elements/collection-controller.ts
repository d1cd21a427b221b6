import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Collection, CollectionState } from '../live/collection.js';
import { isOpenStackError, type OpenStackError } from '../openstack/errors.js';
import type { Connection } from '../session/connection.js';

/** What the controller reads of its element. */
export interface CollectionControllerHost extends ReactiveControllerHost, HTMLElement {
  readonly connection: Connection | undefined;
  /** Where an element shows several at once; `connection` alone without it. */
  readonly connectionsInScope?: readonly Connection[];
}

export interface CollectionOptions<Row extends { id: string }> {
  /** What of the state the element shows; it renders again only when this is another value. The state itself without it. */
  select?: ((state: CollectionState<Row>) => unknown) | undefined;
  /** Keeps it fresh while the element is scrolled out of sight too; for an element that counts rather than shows. */
  offScreen?: boolean | undefined;
}

/** What one connection contributes. */
export interface CollectionPart<Row extends { id: string }> {
  readonly connection: Connection;
  /** Undefined where the cloud does not offer the service. */
  readonly collection: Collection<Row> | undefined;
  readonly state: CollectionState<Row>;
}

/**
 * Keeps one collection of each of the element's connections fresh while the element can be seen, and renders the
 * element when one changes. Follows the connections: another project has other rows. Each asks and fails on its own.
 */
export class CollectionController<Row extends { id: string }> implements ReactiveController {
  readonly #host: CollectionControllerHost;
  readonly #of: (connection: Connection) => Collection<Row>;
  readonly #options: CollectionOptions<Row>;
  #parts: readonly Part<Row>[] = [];
  #observer: IntersectionObserver | undefined;
  #seen = false;

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

  /** What each connection contributes, in the order of the session. */
  get parts(): readonly CollectionPart<Row>[] {
    return this.#parts;
  }

  /** That of the first connection; undefined without one. */
  get collection(): Collection<Row> | undefined {
    return this.#parts[0]?.collection;
  }

  /** That of the first connection; undefined without one; `failed` also where the cloud does not offer the service. */
  get state(): CollectionState<Row> | undefined {
    return this.#parts[0]?.state;
  }

  /** The rows that are there, of all connections, whatever else is going on. */
  get rows(): readonly Row[] {
    const [first, ...others] = this.#parts;
    const rows = first?.rows ?? [];
    return others.length === 0 ? rows : [...rows, ...others.flatMap((part) => part.rows)];
  }

  hostConnected(): void {
    const { defaultView } = this.#host.ownerDocument;
    const { offScreen = false } = this.#options;
    const always = offScreen || !defaultView || !('IntersectionObserver' in defaultView);
    // Until it is known to be in sight it asks nothing: the next frame tells.
    this.#seen = always;
    this.follow();
    if (always) return;
    this.#observer = new IntersectionObserver((entries) => {
      const last = entries.at(-1);
      if (!last || last.isIntersecting === this.#seen) return;
      this.#seen = last.isIntersecting;
      for (const part of this.#parts) this.#listen(part);
    });
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    for (const part of this.#parts) part.drop();
    this.#parts = [];
  }

  hostUpdate(): void {
    this.follow();
  }

  /** Turns to the connections in scope. An element that reads rows in `willUpdate` has this called before. */
  follow(): void {
    const wanted = this.#host.isConnected ? this.#wanted() : [];
    const before = this.#parts;
    if (wanted.length === before.length && wanted.every((each, at) => each === before[at]?.connection))
      return;
    const kept = new Map(before.map((part) => [part.connection, part]));
    this.#parts = wanted.map((connection) => {
      const known = kept.get(connection);
      kept.delete(connection);
      return known ?? new Part(connection, this.#of, this.#options.select);
    });
    for (const part of kept.values()) part.drop();
    for (const part of this.#parts) this.#listen(part);
  }

  #wanted(): readonly Connection[] {
    const { connectionsInScope, connection } = this.#host;
    return connectionsInScope ?? (connection ? [connection] : []);
  }

  #listen(part: Part<Row>): void {
    if (!this.#seen) part.drop();
    else if (part.listen(() => this.#host.requestUpdate())) this.#host.requestUpdate();
  }
}

class Part<Row extends { id: string }> implements CollectionPart<Row> {
  readonly connection: Connection;
  readonly collection: Collection<Row> | undefined;
  readonly #error: OpenStackError | undefined;
  readonly #select: CollectionOptions<Row>['select'];
  #unsubscribe: (() => void) | undefined;
  #selected: unknown;

  constructor(
    connection: Connection,
    of: (connection: Connection) => Collection<Row>,
    select: CollectionOptions<Row>['select'],
  ) {
    this.connection = connection;
    this.#select = select;
    try {
      this.collection = of(connection);
    } catch (error) {
      if (!isOpenStackError(error)) throw error;
      this.#error = error;
    }
  }

  get state(): CollectionState<Row> {
    if (this.#error) return { status: 'failed', error: this.#error };
    return this.collection?.state ?? { status: 'pending' };
  }

  get rows(): readonly Row[] {
    const { state } = this;
    return state.status === 'ready' ? state.rows : [];
  }

  /** @returns whether it began to */
  listen(onChange: () => void): boolean {
    if (!this.collection || this.#unsubscribe) return false;
    this.#selected = this.#show();
    this.#unsubscribe = this.collection.subscribe(() => {
      const selected = this.#show();
      if (Object.is(selected, this.#selected)) return;
      this.#selected = selected;
      onChange();
    });
    return true;
  }

  drop(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  #show(): unknown {
    return this.#select ? this.#select(this.state) : this.state;
  }
}
