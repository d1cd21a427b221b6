import type { Localizer } from '../../i18n/localizer.js';
import type { Server } from '../../openstack/compute.js';
import { arrange, type PlaceKey, type Sort } from './arrange.js';
import type { Lookups } from './lookups.js';
import type { StatusWord } from './status.js';

export interface RowOrderInput {
  readonly servers: readonly Server[];
  readonly query: string;
  readonly filter: StatusWord | undefined;
  readonly sort: Sort;
  readonly localizer: Localizer;
  readonly lookups: Lookups;
  readonly placeOf: (server: Server, key: PlaceKey) => string;
  /** Whether somebody has a row in hand: then rows stay where they are, whatever they are sorted by. */
  readonly inUse: boolean;
}

/** The rows that match, in order; arranged anew only when something they depend on is another. */
export class RowOrder {
  #rows: readonly Server[] = [];
  #ids: readonly string[] = [];
  #from: readonly unknown[] = [];
  #held = false;

  get rows(): readonly Server[] {
    return this.#rows;
  }

  get ids(): readonly string[] {
    return this.#ids;
  }

  /** Whether rows were kept where they are since they were last sorted. */
  get held(): boolean {
    return this.#held;
  }

  update({ servers, query, filter, sort, localizer, lookups, placeOf, inUse }: RowOrderInput): void {
    const from = [sort, servers, query, filter, localizer, lookups.version];
    const same = from.every((value, at) => value === this.#from[at]);
    if (same && (inUse || !this.#held)) return;
    // Who sorts by another column wants to see it.
    this.#held = inUse && sort === this.#from[0];
    this.#from = from;
    this.#rows = arrange(servers, {
      query,
      filter,
      sort,
      compare: (a, b) => localizer.compare(a, b),
      placeOf,
      imageName: (server) => lookups.imageOf(localizer, server).text,
      hold: this.#held ? this.#ids : undefined,
    });
    this.#ids = this.#rows.map(({ id }) => id);
  }
}
