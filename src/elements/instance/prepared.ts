import { html, nothing, type TemplateResult } from 'lit';
import { instanceMessages } from '../../i18n/en/instance.js';
import { addStyles } from '../../ui/add-styles.js';
import { LazyPart } from '../../ui/lazy.js';
import { notice } from '../../ui/notice.js';
import type { Section, SectionHost } from './section.js';

/** What sections show of an instance that prepares itself at its first start. */
export interface PreparedView extends Omit<Section, 'render'> {
  /** How far its setup is, where that needs attention. */
  status(): unknown;
  /** For the list of facts. */
  facts(): readonly TemplateResult[];
  /** What opens in the browser, and the passphrase. */
  web(): unknown;
}

/** Entries of the metadata by which such instances are known; others need nothing of all this. */
const MARKS = ['exoServerVersion', 'exouserPassword', 'exo:setup'];

/** Loads what is needed for an instance that prepares itself; for all others it is nothing. */
export class Prepared {
  readonly #host: SectionHost;
  readonly #part: LazyPart<{ create(host: SectionHost): PreparedView }>;
  #view: PreparedView | undefined;
  #shown = false;

  constructor(host: SectionHost) {
    this.#host = host;
    this.#part = new LazyPart(host, () => import('./sections/exosphere.js'));
  }

  show(): void {
    this.#shown = true;
    if (!MARKS.some((key) => key in this.#host.shown.server.metadata)) return;
    if (this.#view) this.#view.show();
    else void this.#load();
  }

  hide(): void {
    this.#shown = false;
    this.#view?.hide();
  }

  async #load(): Promise<void> {
    const module = await this.#part.load();
    if (!module || !this.#shown || this.#view) return;
    this.#view = module.create(this.#host);
    addStyles(this.#host, this.#view.styles ?? []);
    this.#view.show();
    this.#host.requestUpdate();
  }

  /** Undefined until it is there, and for instances that do not prepare themselves. */
  get view(): PreparedView | undefined {
    return this.#view;
  }

  /** Where it could not be loaded. */
  get failure(): unknown {
    const { localizer } = this.#host;
    return this.#part.failed
      ? notice({
          tone: 'error',
          heading: localizer.text(instanceMessages, 'sectionMissing'),
          helps: localizer.text(instanceMessages, 'sectionMissingHelps'),
          actions: html`<button type="button" @click=${() => void this.#load()}>
            ${localizer.text(instanceMessages, 'retry')}
          </button>`,
        })
      : nothing;
  }
}
