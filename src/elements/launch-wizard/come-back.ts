import { nothing, type TemplateResult } from 'lit';
import { LazyPart } from '../../ui/lazy.js';
import type { SessionElement } from '../session-element.js';
import type { Surroundings } from './surroundings.js';
import type { UnfinishedPanel, UnfinishedSurroundings } from './unfinished-panel.js';

/** What an element says of its own launches. */
type Own = Pick<UnfinishedSurroundings, 'launch' | 'underHeading' | 'belongs'>;

/** Launches to come back to, in an element that launches; what shows them is loaded once the form has its answers. */
export class ComeBack {
  readonly #host: SessionElement;
  readonly #around: Surroundings;
  readonly #own: Own;
  readonly #part;
  #panel: UnfinishedPanel | undefined;

  constructor(host: SessionElement, around: Surroundings, own: Own) {
    this.#host = host;
    this.#around = around;
    this.#own = own;
    this.#part = new LazyPart(host, () => import('./unfinished-panel.js'));
  }

  view(): TemplateResult | typeof nothing {
    return this.#panel?.view() ?? nothing;
  }

  /** Called after each rendering. */
  async look(): Promise<void> {
    const { connection } = this.#host;
    const isThere = this.#host.matches(':state(ready)') && this.#host.checkVisibility();
    if (!connection?.canAct || !isThere || this.#part.failed) return;
    const part = await this.#part.load();
    if (!part || connection !== this.#host.connection) return;
    const around = this.#around;
    this.#panel ??= new part.UnfinishedPanel(this.#host, {
      ...this.#own,
      images: () => around.images,
      servers: () => around.servers,
      key: (launch, where) => part.keyInPlace(launch, around.known, around.setting(where)),
    });
    this.#panel.follow(connection);
    // To look for others costs requests, and is for those who turn to the form.
    if (around.isSettled) await this.#panel.look(connection);
  }
}
