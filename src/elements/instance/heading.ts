import { html, nothing, type TemplateResult } from 'lit';
import { instanceMessages as messages } from '../../i18n/en/instance.js';
import { actionButton } from '../../ui/action-button.js';
import { addStyles } from '../../ui/add-styles.js';
import { LazyPart } from '../../ui/lazy.js';
import { notice } from '../../ui/notice.js';
import { nameOf, refusalText } from '../instance-list/words.js';
import { refusal } from '../instances/availability.js';
import { actionLabel } from '../instances/labels.js';
import type { NameEditor } from './name-editor.js';
import type { SectionHost } from './section.js';

/** The name of the instance, which is edited in place; the field for it is loaded when it is wanted. */
export class InstanceHeading {
  readonly #host: SectionHost;
  readonly #idOf: () => string | undefined;
  readonly #part: LazyPart<{ create(host: SectionHost, end: () => void): NameEditor }>;
  #editor: NameEditor | undefined;

  /** @param idOf the instance that is shown, if there is one */
  constructor(host: SectionHost, idOf: () => string | undefined) {
    this.#host = host;
    this.#idOf = idOf;
    this.#part = new LazyPart(host, () => import('./name-editor.js'));
  }

  /** Another instance is shown: what was typed for the one before is forgotten. */
  reset(): void {
    this.#editor = undefined;
  }

  /** @param level in the page's outline, 1 to 6 */
  render(level: number): TemplateResult {
    if (this.#editor) return this.#editor.render();
    const { localizer, shown } = this.#host;
    const { server, gone, rights } = shown;
    const no = refusal('rename', server, rights);
    return html`<div class="name">
        <div class="heading" part="heading" role="heading" tabindex="-1" aria-level=${level}>
          <bdi>${nameOf(localizer, server)}</bdi>
        </div>
        ${
          gone
            ? nothing
            : actionButton({
                id: 'rename',
                label: actionLabel(localizer, 'rename'),
                class: 'quiet small',
                reason: no && refusalText(localizer, no),
                onClick: () => void this.#edit(),
              })
        }
      </div>
      ${
        this.#part.failed
          ? notice({
              tone: 'error',
              heading: localizer.text(messages, 'sectionMissing'),
              helps: localizer.text(messages, 'sectionMissingHelps'),
              actions: html`<button type="button" @click=${() => void this.#edit()}>
                ${localizer.text(messages, 'retry')}
              </button>`,
              urgent: true,
            })
          : nothing
      }`;
  }

  async #edit(): Promise<void> {
    const host = this.#host;
    const id = this.#idOf();
    const module = await this.#part.load();
    // Another instance may have been chosen while it came.
    if (!module || id === undefined || this.#idOf() !== id) return;
    this.#editor = module.create(host, () => {
      this.#editor = undefined;
      void this.#focus('#rename');
    });
    addStyles(host, this.#editor.styles);
    const field = await this.#focus('#name');
    if (field instanceof HTMLInputElement) field.select();
  }

  /** The keyboard goes where the work goes on. */
  async #focus(selector: string): Promise<HTMLElement | null> {
    const host = this.#host;
    host.requestUpdate();
    await host.updateComplete;
    const found = host.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
    found?.focus();
    return found;
  }
}
