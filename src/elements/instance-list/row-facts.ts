import type { ReactiveController } from 'lit';
import { instanceListMessages as messages } from '../../i18n/en/instance-list.js';
import type { Localizer } from '../../i18n/localizer.js';
import type { Server } from '../../openstack/compute.js';
import type { Connection } from '../../session/connection.js';
import type { Session } from '../../session/session.js';
import type { Prices } from '../../session/settings.js';
import type { CollectionControllerHost } from '../collection-controller.js';
import { costPerHour, costText } from '../instances/prices.js';
import { placeParts, type PlaceKey } from './arrange.js';
import { creatorOf, facetMatcher, type Facets, type FacetWords } from './facets.js';
import type { Gathered } from './gathered.js';
import { Lookups } from './lookups.js';
import type { ImageWords, SizeWords } from './words.js';

/** What the facts need of the list. */
export interface RowFactsHost extends CollectionControllerHost {
  readonly localizer: Localizer;
  readonly currentSession: Session | undefined;
  readonly gathered: Pick<Gathered, 'connectionOf'>;
}

/** What is told of a row beyond what its cloud tells with it: where it is, who made it, what it costs, its names. */
export class RowFacts implements ReactiveController {
  /** What servers only refer to. */
  readonly lookups: Lookups;
  readonly #host: RowFactsHost;
  readonly #places = new Map<Connection, Readonly<Record<PlaceKey, string>>>();
  readonly #costs = new Map<number, string>();
  #chosen: ((server: Server) => boolean) | undefined;
  #chosenBy: readonly unknown[] = [];

  constructor(host: RowFactsHost) {
    this.#host = host;
    this.lookups = new Lookups(host, ({ id }) => host.gathered.connectionOf(id));
    host.addController(this);
  }

  /** Nothing is kept from one rendering to the next that may be different then. */
  hostUpdate(): void {
    this.#places.clear();
    this.#costs.clear();
  }

  /** Asked of every row when somebody searches, and the same for all rows of a connection. */
  readonly placeOf = ({ id }: Server, key: PlaceKey): string => {
    const connection = this.#host.gathered.connectionOf(id);
    if (!connection) return '';
    const known = this.#places.get(connection) ?? placeParts(connection);
    this.#places.set(connection, known);
    return known[key];
  };

  /** The cloud tells members no names but their own; the portal may know others. */
  readonly creatorOf = (server: Server): string => {
    const user = this.#host.gathered.connectionOf(server.id)?.user;
    if (user && server.userId === user.id) return user.name;
    return this.#host.currentSession?.settings.people?.[server.userId ?? ''] ?? creatorOf(server);
  };

  get prices(): Prices | undefined {
    return this.#host.currentSession?.settings.prices;
  }

  /** What it costs an hour, as a text; empty where the portal has no price. */
  readonly costOf = (server: Server): string => {
    const { prices } = this;
    const { localizer } = this.#host;
    const perHour = costPerHour(prices, server);
    if (perHour === undefined || !prices) return '';
    if (perHour === 0) return localizer.text(messages, 'costsNothing');
    const text = this.#costs.get(perHour) ?? costText(localizer.locale, prices.currency, perHour).hour;
    this.#costs.set(perHour, text);
    return text;
  };

  readonly sizeOf = (server: Server): SizeWords => this.lookups.sizeOf(this.#host.localizer, server);

  readonly imageOf = (server: Server): ImageWords => this.lookups.imageOf(this.#host.localizer, server);

  /** @param now milliseconds since 1970 */
  words(now: number): FacetWords {
    return {
      sizeName: (server) => this.sizeOf(server).name,
      imageName: (server) => this.imageOf(server).text,
      now,
    };
  }

  /** Whether a row has what was chosen: the same function as long as the same rows are meant. */
  chosenBy(facets: Facets, now: number): ((server: Server) => boolean) | undefined {
    const by = [facets, this.#host.localizer, this.lookups.version];
    if (by.some((value, at) => value !== this.#chosenBy[at])) {
      this.#chosenBy = by;
      this.#chosen = facetMatcher(facets, this.words(now));
    }
    return this.#chosen;
  }
}
