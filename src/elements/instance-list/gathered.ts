import type { ServerCollection } from '../../live/servers.js';
import type { Server } from '../../openstack/compute.js';
import { serversOf } from '../../session/collections.js';
import type { Connection } from '../../session/connection.js';
import type { CollectionPart } from '../collection-controller.js';

/** Where a row is from. */
export interface Origin {
  readonly connection: Connection;
  /** Undefined where its cloud has no compute service. */
  readonly collection: ServerCollection | undefined;
  /** The id that the cloud knows it by. */
  readonly id: string;
}

/**
 * The rows of several connections in one list. The ids of a cloud are unique there only, so each row is the server
 * under an id of the list's own; the cloud's is in its origin.
 */
export class Gathered {
  #parts: readonly CollectionPart<Server>[] = [];
  #keyed = false;
  #rows: readonly Server[] = [];
  #from: readonly unknown[] = [];
  #count = 0;
  readonly #numbers = new WeakMap<Connection, string>();
  readonly #listed = new WeakMap<Server, Server>();

  /** All rows; the same array as long as nothing has changed. */
  get rows(): readonly Server[] {
    return this.#rows;
  }

  /** @param keyed whether several connections may be shown; the rows of one stay what they are */
  update(parts: readonly CollectionPart<Server>[], keyed: boolean): void {
    const from = [keyed, ...parts.map(rowsOf)];
    this.#parts = parts;
    this.#keyed = keyed;
    if (from.length === this.#from.length && from.every((rows, at) => rows === this.#from[at])) return;
    this.#from = from;
    this.#rows = keyed
      ? parts.flatMap((part) => rowsOf(part).map((server) => this.#list(server, part.connection)))
      : (parts.map(rowsOf)[0] ?? NONE);
  }

  /** Undefined for a row whose connection is not shown any more. */
  originOf(rowId: string): Origin | undefined {
    const part = this.#partOf(rowId);
    return (
      part && {
        connection: part.connection,
        collection: part.collection && serversOf(part.connection),
        id: this.#keyed ? rowId.slice(rowId.indexOf('.') + 1) : rowId,
      }
    );
  }

  /** The same for what is asked of ten thousand rows. */
  connectionOf(rowId: string): Connection | undefined {
    return this.#partOf(rowId)?.connection;
  }

  #partOf(rowId: string): CollectionPart<Server> | undefined {
    if (!this.#keyed) return this.#parts[0];
    const number = rowId.slice(0, rowId.indexOf('.'));
    return this.#parts.find((each) => number === this.#numberOf(each.connection));
  }

  /** A row as it is now. */
  get(rowId: string): Server | undefined {
    const origin = this.originOf(rowId);
    const now = origin?.collection?.get(origin.id);
    return now && origin && this.#keyed ? this.#list(now, origin.connection) : now;
  }

  #numberOf(connection: Connection): string | undefined {
    if (!this.#keyed) return undefined;
    const number = this.#numbers.get(connection) ?? String((this.#count += 1));
    this.#numbers.set(connection, number);
    return number;
  }

  #list(server: Server, connection: Connection): Server {
    const row = this.#listed.get(server) ?? {
      ...server,
      id: `${this.#numberOf(connection) ?? ''}.${server.id}`,
    };
    this.#listed.set(server, row);
    return row;
  }
}

const NONE: readonly Server[] = [];

function rowsOf({ state }: CollectionPart<Server>): readonly Server[] {
  return state.status === 'ready' ? state.rows : NONE;
}
