import type { ReactiveController } from 'lit';
import { launchLimitsOf } from '../../launch/limits.js';
import { suggestName } from '../../launch/names.js';
import { canGenerateKeys } from '../../launch/public-key.js';
import { recentServersOf } from '../../launch/recent.js';
import type { Image } from '../../openstack/image.js';
import type { Server } from '../../openstack/server.js';
import { flavorsOf, imagesOf, keypairsOf, networksOf } from '../../session/collections.js';
import type { Connection } from '../../session/connection.js';
import type { Session } from '../../session/session.js';
import { LazyPart } from '../../ui/lazy.js';
import { CollectionController, type CollectionControllerHost } from '../collection-controller.js';
import type { Known } from './known.js';
import type { LateFacts } from './late-facts.js';
import type { Decision } from './launch-wizard.state.js';
import { settingOf, type Setting } from './setting.js';

/** An element that launches. */
export interface SurroundingsHost extends CollectionControllerHost {
  readonly currentSession: Session | undefined;
}

/** What somebody does who turns to an element. A focus that the page gives is none of it. */
const TURNING = ['pointermove', 'pointerdown', 'keydown', 'keyup', 'input', 'click'] as const;

/**
 * What an element that launches knows: what the cloud offers, who asks, and what this browser can do. It opens with six
 * requests, side by side; the rest is asked once somebody turns to the element.
 */
export class Surroundings implements ReactiveController {
  readonly #host: SurroundingsHost;
  readonly #images;
  readonly #flavors;
  readonly #keypairs;
  readonly #networks;
  readonly #limits;
  readonly #recent;
  readonly #later;
  #late: LateFacts | undefined;
  #turned = false;
  #canGenerate = canGenerateKeys();
  #suggestedName = '';
  readonly #used = new Set<string>();

  constructor(host: SurroundingsHost) {
    this.#host = host;
    this.#images = new CollectionController(host, imagesOf);
    this.#flavors = new CollectionController(host, flavorsOf);
    this.#keypairs = new CollectionController(host, keypairsOf);
    this.#networks = new CollectionController(host, networksOf);
    this.#limits = new CollectionController(host, launchLimitsOf);
    this.#recent = new CollectionController(host, recentServersOf);
    this.#later = new LazyPart(host, () => import('./late-facts.js'));
    host.addController(this);
    for (const type of TURNING) host.addEventListener(type, this.#handleTurn, { passive: true });
  }

  hostUpdate(): void {
    this.follow();
  }

  /** Turns to the element's connection. An element that reads what is known in `willUpdate` has this called before. */
  follow(): void {
    for (const list of this.#lists) list.follow();
    this.#late?.follow();
  }

  /** What the cloud has said so far. */
  get known(): Known {
    return {
      images: this.#images.state,
      flavors: this.#flavors.state,
      keypairs: this.#keypairs.state,
      networks: this.#networks.state,
      limits: this.#limits.state,
      recent: this.#recent.state,
      ...this.#late?.known,
    };
  }

  /** Images as far as they are known. */
  get images(): readonly Image[] {
    return this.#images.rows;
  }

  /** The project's instances as far as they are known. */
  get servers(): readonly Server[] {
    const all = this.#late?.servers ?? [];
    return all.length > 0 ? all : this.#recent.rows;
  }

  /** Who launches, where, and under which name unless another is typed. */
  setting(connection: Connection): Setting {
    const { servers } = this;
    const suggested = this.#suggestedName;
    // It was suggested before the instances were known, or was launched since.
    if (suggested === '' || this.#used.has(suggested) || servers.some(({ name }) => name === suggested)) {
      const taken = new Set([...servers.map(({ name }) => name), ...this.#used]);
      this.#suggestedName = suggestName(taken, () => connection.environment.clock.random());
    }
    return settingOf(connection, this.#host.currentSession, {
      canGenerate: this.#canGenerate,
      suggestedName: this.#suggestedName,
    });
  }

  /** The next launch has another name, and knows of this one. */
  renew(): void {
    this.#used.add(this.#suggestedName);
    this.#late?.renew();
    if (this.#turned) void this.#recent.collection?.renew();
  }

  /** The browser promised to make keys, and could not. */
  cannotGenerate(): void {
    this.#canGenerate = false;
    this.#host.requestUpdate();
  }

  /** Whether everything is known that what is decided depends on. */
  get isSettled(): boolean {
    return this.#late?.isSettled ?? false;
  }

  /** Somebody turns to the element: asks for what matters from now on. */
  turn(): void {
    if (this.#turned) return;
    this.#turned = true;
    for (const type of TURNING) this.#host.removeEventListener(type, this.#handleTurn);
    void this.#learn();
  }

  /** Asks for what a decision depends on, if somebody has turned to the element. */
  want(decision: Decision): void {
    this.#late?.want(decision);
  }

  /** Before something is launched: resolves once everything is known, or could not be had. */
  async settle(): Promise<void> {
    this.turn();
    await this.#learn();
    await this.#host.updateComplete;
    await this.#late?.settled();
  }

  /** Asks again for what could not be had. */
  readonly retry = (): void => {
    for (const { collection, state } of this.#lists) {
      if (state?.status === 'failed') void collection?.refresh();
    }
    this.#late?.retry();
  };

  get #lists() {
    return [this.#images, this.#flavors, this.#keypairs, this.#networks, this.#limits, this.#recent];
  }

  async #learn(): Promise<void> {
    const part = await this.#later.load();
    if (!part || this.#late) return;
    this.#late = new part.LateFacts(this.#host);
    this.#host.requestUpdate();
  }

  readonly #handleTurn = (event: Event): void => {
    // A pointer that rests where the element appears has turned to nothing.
    const rests = event instanceof PointerEvent && event.type === 'pointermove';
    if (rests && event.movementX === 0 && event.movementY === 0) return;
    this.turn();
  };
}
