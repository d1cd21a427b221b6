import type { Localizer } from '../../i18n/localizer.js';
import type { Flavor, Server } from '../../openstack/compute.js';
import type { Image } from '../../openstack/image.js';
import { flavorsOf, imagesOf } from '../../session/collections.js';
import type { Connection } from '../../session/connection.js';
import {
  CollectionController,
  type CollectionControllerHost,
  type CollectionPart,
} from '../collection-controller.js';
import { imageWords, sizeWords, type ImageWords, type SizeWords } from './words.js';

/** What a server only refers to: its image, and on older clouds its size. */
export class Lookups {
  readonly #host: CollectionControllerHost;
  readonly #images: CollectionController<Image>;
  #flavors: CollectionController<Flavor> | undefined;
  readonly #imagesById = new ById<Image>();
  readonly #flavorsById = new ById<Flavor>();
  readonly #connectionOf: (server: Server) => Connection | undefined;
  #version: readonly unknown[] = [];

  /** @param connectionOf the connection of a row: each cloud has ids of its own */
  constructor(host: CollectionControllerHost, connectionOf: (server: Server) => Connection | undefined) {
    this.#host = host;
    this.#connectionOf = connectionOf;
    this.#images = new CollectionController(host, imagesOf, {
      select: (state) => (state.status === 'ready' && state.complete ? state.rows : state.status),
    });
  }

  /** Another value when images have other names. */
  get version(): unknown {
    const version = this.#images.parts.map(rowsIn);
    if (version.length !== this.#version.length || version.some((rows, at) => rows !== this.#version[at]))
      this.#version = version;
    return this.#version;
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
    const part = this.#partOf(this.#flavors, server);
    return sizeWords(localizer, server, this.#flavorsById.of(part));
  }

  imageOf(localizer: Localizer, server: Server): ImageWords {
    const part = this.#partOf(this.#images, server);
    const state = part?.state;
    const known =
      state?.status === 'failed'
        ? 'unknown'
        : state?.status === 'ready' && state.complete
          ? 'complete'
          : 'pending';
    return imageWords(localizer, server, { byId: this.#imagesById.of(part), state: known });
  }

  #partOf<Row extends { id: string }>(
    controller: CollectionController<Row> | undefined,
    server: Server,
  ): CollectionPart<Row> | undefined {
    const [first, ...others] = controller?.parts ?? [];
    if (others.length === 0) return first;
    const connection = this.#connectionOf(server);
    return controller?.parts.find((part) => part.connection === connection);
  }
}

const NONE: readonly never[] = [];

function rowsIn<Row extends { id: string }>({ state }: CollectionPart<Row>): readonly Row[] {
  return state.status === 'ready' ? state.rows : NONE;
}

/** Maps of rows by id, each made once for the same rows. */
class ById<Row extends { readonly id: string }> {
  readonly #maps = new WeakMap<readonly Row[], ReadonlyMap<string, Row>>();

  of(part: CollectionPart<Row> | undefined): ReadonlyMap<string, Row> {
    const rows = part ? rowsIn(part) : [];
    const map = this.#maps.get(rows) ?? new Map(rows.map((row) => [row.id, row]));
    this.#maps.set(rows, map);
    return map;
  }
}
