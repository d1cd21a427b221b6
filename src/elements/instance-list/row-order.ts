import type { Localizer } from '../../i18n/localizer.js';
import type { Server } from '../../openstack/compute.js';
import { arrange, rearrange, type PlaceKey, type Sort } from './arrange.js';
import { differences } from './differences.js';
import type { Lookups } from './lookups.js';
import { Ranks } from './ranks.js';
import type { StatusWord } from './status.js';

export interface RowOrderInput {
  readonly servers: readonly Server[];
  readonly query: string;
  readonly filter: StatusWord | undefined;
  /** What else was chosen; another function when that changes. */
  readonly chosen: ((server: Server) => boolean) | undefined;
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
  #servers: readonly Server[] = [];
  #from: readonly unknown[] = [];
  #held = false;
  #ranks: { readonly localizer: Localizer; readonly ranks: Ranks } | undefined;

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

  update({ servers, query, filter, chosen, sort, localizer, lookups, placeOf, inUse }: RowOrderInput): void {
    const from = [sort, query, filter, chosen, localizer, lookups.version];
    const alike = from.every((value, at) => value === this.#from[at]);
    if (alike && servers === this.#servers && (inUse || !this.#held)) return;
    const held = this.#held;
    // Who sorts by another column wants to see it.
    this.#held = inUse && sort === this.#from[0];
    const before = this.#servers;
    this.#from = from;
    this.#servers = servers;
    if (this.#ranks?.localizer !== localizer)
      this.#ranks = { localizer, ranks: new Ranks((a, b) => localizer.compare(a, b)) };
    const arrangement = {
      query,
      filter,
      chosen,
      sort,
      compare: (a: string, b: string) => localizer.compare(a, b),
      ranks: this.#ranks.ranks,
      placeOf,
      imageName: (server: Server) => lookups.imageOf(localizer, server).text,
    };
    this.#rows =
      (alike && (inUse || !held)
        ? rearrange(this.#rows, differences(before, servers), { ...arrangement, hold: inUse })
        : undefined) ?? arrange(servers, { ...arrangement, hold: this.#held ? this.#ids : undefined });
    this.#ids = this.#rows.map(({ id }) => id);
  }
}
