import type { Localizer } from '../../i18n/localizer.js';
import type { Server } from '../../openstack/compute.js';
import type { Prices } from '../../session/settings.js';
import { costPerHour } from '../instances/prices.js';
import { arrange, rearrange, shownOf, type PlaceKey, type Sort } from './arrange.js';
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
  readonly creatorOf: (server: Server) => string;
  /** What the portal says instances cost. */
  readonly prices: Prices | undefined;
  /** Whether somebody has a row in hand: then rows stay where they are, whatever they are sorted by. */
  readonly inUse: boolean;
}

/**
 * The rows that match, in order. All are sorted first, and again only when something they are sorted by is another; to
 * search is then to go through them once.
 */
export class RowOrder {
  #rows: readonly Server[] = [];
  #ids: readonly string[] = [];
  #servers: readonly Server[] = [];
  #sorted: readonly Server[] = [];
  #sortedBy: readonly unknown[] = [];
  #shownBy: readonly unknown[] = [];
  #held = false;
  #ranks: { readonly localizer: Localizer; readonly ranks: Ranks } | undefined;

  get rows(): readonly Server[] {
    return this.#rows;
  }

  /** The same array as long as it says the same. */
  get ids(): readonly string[] {
    return this.#ids;
  }

  /** Whether rows were kept where they are since they were last sorted. */
  get held(): boolean {
    return this.#held;
  }

  update(input: RowOrderInput): void {
    this.#sort(input);
    const { query, filter, chosen, placeOf } = input;
    const by = [this.#sorted, query, filter, chosen];
    if (isSame(by, this.#shownBy)) return;
    this.#shownBy = by;
    this.#rows = shownOf(this.#sorted, { query, filter, chosen, placeOf });
    const ids = this.#rows.map(({ id }) => id);
    if (!isSame(ids, this.#ids)) this.#ids = ids;
  }

  #sort({ servers, sort, localizer, lookups, placeOf, creatorOf, prices, inUse }: RowOrderInput): void {
    const by = [sort, localizer, lookups.version, prices];
    const alike = isSame(by, this.#sortedBy);
    if (alike && servers === this.#servers && (inUse || !this.#held)) return;
    const held = this.#held;
    // Who sorts by another column wants to see it.
    this.#held = inUse && sort === this.#sortedBy[0];
    const before = this.#servers;
    this.#sortedBy = by;
    this.#servers = servers;
    if (this.#ranks?.localizer !== localizer)
      this.#ranks = { localizer, ranks: new Ranks((a, b) => localizer.compare(a, b)) };
    const arrangement = {
      query: '',
      filter: undefined,
      sort,
      compare: (a: string, b: string) => localizer.compare(a, b),
      ranks: this.#ranks.ranks,
      placeOf,
      creatorOf,
      costOf: (server: Server) => costPerHour(prices, server),
      imageName: (server: Server) => lookups.imageOf(localizer, server).text,
    };
    this.#sorted =
      (alike && (inUse || !held)
        ? rearrange(this.#sorted, differences(before, servers), { ...arrangement, hold: inUse })
        : undefined) ??
      arrange(servers, { ...arrangement, hold: this.#held ? this.#sorted.map(({ id }) => id) : undefined });
  }
}

function isSame(one: readonly unknown[], two: readonly unknown[]): boolean {
  return one.length === two.length && one.every((value, at) => value === two[at]);
}
