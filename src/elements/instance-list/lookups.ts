import type { Localizer } from '../../i18n/localizer.js';
import type { Flavor, Server } from '../../openstack/compute.js';
import type { Image } from '../../openstack/image.js';
import { flavorsOf, imagesOf } from '../../session/collections.js';
import { CollectionController, type CollectionControllerHost } from '../collection-controller.js';
import { imageWords, sizeWords, type ImageWords, type SizeWords } from './words.js';

/** What a server only refers to: its image, and on older clouds its size. */
export class Lookups {
  readonly #host: CollectionControllerHost;
  readonly #images: CollectionController<Image>;
  #flavors: CollectionController<Flavor> | undefined;
  readonly #imagesById = byId<Image>();
  readonly #flavorsById = byId<Flavor>();

  constructor(host: CollectionControllerHost) {
    this.#host = host;
    this.#images = new CollectionController(host, imagesOf, {
      select: (state) => (state.status === 'ready' && state.complete ? state.rows : state.status),
    });
  }

  /** Another value when images have other names. */
  get version(): unknown {
    return this.#images.rows;
  }

  /** Sizes are listed only for clouds that do not tell them with the server: up to microversion 2.46. */
  prepare(servers: readonly Server[]): void {
    if (
      this.#flavors ||
      !servers.some(({ flavor }) => flavor.vcpus === undefined && flavor.id !== undefined)
    ) {
      return;
    }
    this.#flavors = new CollectionController(this.#host, flavorsOf);
  }

  sizeOf(localizer: Localizer, server: Server): SizeWords {
    return sizeWords(localizer, server, this.#flavorsById(this.#flavors?.rows ?? []));
  }

  imageOf(localizer: Localizer, server: Server): ImageWords {
    const state = this.#images.state;
    const known =
      state?.status === 'failed'
        ? 'unknown'
        : state?.status === 'ready' && state.complete
          ? 'complete'
          : 'pending';
    return imageWords(localizer, server, { byId: this.#imagesById(this.#images.rows), state: known });
  }
}

/** A map of rows by id, made anew only for other rows. */
function byId<Row extends { readonly id: string }>(): (rows: readonly Row[]) => ReadonlyMap<string, Row> {
  let of: readonly Row[] | undefined;
  let map: ReadonlyMap<string, Row> = new Map();
  return (rows) => {
    if (rows !== of) map = new Map(rows.map((row) => [row.id, row]));
    of = rows;
    return map;
  };
}
