import type { ReactiveController } from 'lit';
import { canAllocateNetwork, networkExtensions } from '../../launch/abilities.js';
import { launchLimitsOf } from '../../launch/limits.js';
import { suggestName } from '../../launch/names.js';
import { isUsable } from '../../launch/networks.js';
import { canGenerateKeys } from '../../launch/public-key.js';
import type { Image } from '../../openstack/image.js';
import type { Server } from '../../openstack/server.js';
import {
  flavorsOf,
  imagesOf,
  keypairsOf,
  networksOf,
  securityGroupsOf,
  serversOf,
} from '../../session/collections.js';
import type { Connection } from '../../session/connection.js';
import type { Session } from '../../session/session.js';
import { CollectionController, type CollectionControllerHost } from '../collection-controller.js';
import { wantsExtensions, type Known, type Setting } from './launch-wizard.state.js';
import { settingOf } from './setting.js';

/** An element that launches. */
export interface SurroundingsHost extends CollectionControllerHost {
  readonly currentSession: Session | undefined;
}

/** What an element that launches knows: what the cloud offers, who asks, and what this browser can do. */
export class Surroundings implements ReactiveController {
  readonly #host: SurroundingsHost;
  readonly #images;
  readonly #flavors;
  readonly #keypairs;
  readonly #networks;
  readonly #groups;
  readonly #limits;
  readonly #servers;
  #connection: Connection | undefined;
  #learning = false;
  #extensions: ReadonlySet<string> | undefined;
  #allocates = true;
  #canGenerate = canGenerateKeys();
  #suggestedName = '';

  constructor(host: SurroundingsHost) {
    this.#host = host;
    this.#images = new CollectionController(host, imagesOf);
    this.#flavors = new CollectionController(host, flavorsOf);
    this.#keypairs = new CollectionController(host, keypairsOf);
    this.#networks = new CollectionController(host, networksOf);
    this.#groups = new CollectionController(host, securityGroupsOf);
    this.#limits = new CollectionController(host, launchLimitsOf);
    this.#servers = new CollectionController(host, serversOf);
    host.addController(this);
  }

  hostUpdate(): void {
    this.follow();
  }

  /** Turns to the element's connection; what is known of another one is forgotten. */
  follow(): void {
    for (const list of this.#lists) list.follow();
    const { connection } = this.#host;
    if (connection !== this.#connection) {
      this.#connection = connection;
      this.#extensions = undefined;
      this.#allocates = true;
      this.#learning = false;
    }
    if (connection) this.#checkAllocation(connection);
  }

  /** What the cloud says, as far as it has said it. */
  get known(): Known {
    return {
      images: this.#images.state,
      flavors: this.#flavors.state,
      keypairs: this.#keypairs.state,
      networks: this.#networks.state,
      groups: this.#groups.state,
      limits: this.#limits.state,
      servers: this.#servers.state,
      extensions: this.#extensions,
      allocates: this.#allocates,
    };
  }

  /** Images as far as they are known. */
  get images(): readonly Image[] {
    return this.#images.rows;
  }

  /** The project's instances as far as they are known. */
  get servers(): readonly Server[] {
    return this.#servers.rows;
  }

  /** Who launches, where, and under which name unless another is typed. */
  setting(connection: Connection): Setting {
    this.#suggestedName ||= suggestName(new Set(this.servers.map(({ name }) => name)), () =>
      connection.environment.clock.random(),
    );
    return settingOf(connection, this.#host.currentSession, {
      canGenerate: this.#canGenerate,
      suggestedName: this.#suggestedName,
    });
  }

  /** The next launch is suggested another name. */
  forgetName(): void {
    this.#suggestedName = '';
  }

  /** The browser promised to make keys, and could not. */
  cannotGenerate(): void {
    this.#canGenerate = false;
    this.#host.requestUpdate();
  }

  /** Asks again for what could not be had. */
  readonly retry = (): void => {
    for (const { collection, state } of this.#lists) {
      if (state?.status === 'failed') void collection?.refresh();
    }
  };

  get #lists() {
    return [
      this.#images,
      this.#flavors,
      this.#keypairs,
      this.#networks,
      this.#groups,
      this.#limits,
      this.#servers,
    ];
  }

  /** A project without a network: whether one can be made is asked before, not after the click. */
  #checkAllocation(connection: Connection): void {
    const { state } = this.#networks;
    if (!this.#learning && wantsExtensions({ networks: state, extensions: this.#extensions }))
      void this.#learn(connection);
    if (state?.status !== 'ready' || !state.complete || !this.#allocates) return;
    if (!this.#extensions?.has('auto-allocated-topology') || state.rows.some(isUsable)) return;
    void canAllocateNetwork(connection).then((allocates) => {
      if (connection !== this.#connection || this.#allocates === allocates) return;
      this.#allocates = allocates;
      this.#host.requestUpdate();
    });
  }

  async #learn(connection: Connection): Promise<void> {
    this.#learning = true;
    const extensions = await networkExtensions(connection);
    if (connection !== this.#connection) return;
    this.#extensions = extensions;
    this.#host.requestUpdate();
  }
}
