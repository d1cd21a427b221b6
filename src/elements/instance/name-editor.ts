import { html, nothing, type TemplateResult } from 'lit';
import { instanceMessages as messages } from '../../i18n/en/instance.js';
import { ComputeClient } from '../../openstack/compute.js';
import { renameServer } from '../../openstack/server-actions.js';
import { actionButton } from '../../ui/action-button.js';
import { errorNotice } from '../../ui/notice.js';
import { ExoInstanceRequestEvent } from '../instance-list/events.js';
import { nameOf, refusalText } from '../instance-list/words.js';
import { tellOf } from '../instances/act.js';
import { refusal } from '../instances/availability.js';
import { actionLabel } from '../instances/labels.js';
import type { SectionHost } from './section.js';

/** The name of the instance where it stands: a heading, or the field in which it is written anew. */
export class NameEditor {
  readonly #host: SectionHost;
  /** What was typed so far; undefined while it is a heading. */
  #draft: string | undefined;
  #busy = false;
  #error: unknown;

  constructor(host: SectionHost) {
    this.#host = host;
  }

  /** Another instance is shown: what was typed belongs to the one before. */
  reset(): void {
    this.#draft = undefined;
    this.#error = undefined;
  }

  render(heading: TemplateResult): TemplateResult {
    return this.#draft === undefined ? this.#renderHeading(heading) : this.#renderForm(this.#draft);
  }

  #renderHeading(heading: TemplateResult): TemplateResult {
    const { localizer, shown } = this.#host;
    const no = refusal('rename', shown.server, shown.rights);
    return html`<div class="name">
      ${heading}
      ${
        shown.gone
          ? nothing
          : actionButton({
              id: 'rename',
              label: actionLabel(localizer, 'rename'),
              class: 'quiet small',
              reason: no && refusalText(localizer, no),
              onClick: () => {
                this.#draft = shown.server.name;
                this.#turn('#name');
              },
            })
      }
    </div>`;
  }

  #renderForm(draft: string): TemplateResult {
    const host = this.#host;
    const { localizer } = host;
    const empty = draft.trim() === '';
    return html`<form
        class="name"
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.#save();
        }}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Escape') this.#close();
        }}
      >
        <input
          id="name"
          type="text"
          dir="auto"
          autocomplete="off"
          spellcheck="false"
          maxlength="255"
          required
          aria-label=${localizer.text(messages, 'newName', { name: nameOf(localizer, host.shown.server) })}
          ?readonly=${this.#busy}
          .value=${draft}
          @input=${({ target }: Event) => {
            if (!(target instanceof HTMLInputElement)) return;
            this.#draft = target.value;
            host.requestUpdate();
          }}
        />
        ${actionButton({
          id: 'save-name',
          label: localizer.text(messages, this.#busy ? 'savingName' : 'saveName'),
          class: 'primary small',
          busy: this.#busy,
          reason: empty ? localizer.text(messages, 'nameNeeded') : undefined,
          onClick: () => void this.#save(),
        })}
        <button type="button" class="small" @click=${() => this.#close()}>
          ${localizer.text(messages, 'keepName')}
        </button>
      </form>
      ${this.#error === undefined ? nothing : errorNotice(host, this.#error, { urgent: true })}`;
  }

  async #save(): Promise<void> {
    const host = this.#host;
    const { connection, server, servers } = host.shown;
    const name = this.#draft?.trim() ?? '';
    if (this.#busy || name === '') return;
    if (name === server.name) {
      this.#close();
      return;
    }
    const named = { id: server.id, connection: connection.id, name: server.name };
    if (!host.dispatchEvent(new ExoInstanceRequestEvent('rename', [named]))) return;
    this.#busy = true;
    this.#error = undefined;
    host.requestUpdate();
    try {
      await servers.act(server.id, { name }, () =>
        renameServer(connection.client(ComputeClient), server, name),
      );
      tellOf(host, 'rename', { ...named, error: undefined });
      this.#close();
    } catch (error) {
      this.#error = error;
      tellOf(host, 'rename', { ...named, error });
    } finally {
      this.#busy = false;
      host.requestUpdate();
    }
  }

  #close(): void {
    this.reset();
    this.#turn('#rename');
  }

  /** The keyboard goes where the work goes on. */
  #turn(to: string): void {
    const host = this.#host;
    host.requestUpdate();
    void host.updateComplete.then(() => {
      const found = host.shadowRoot?.querySelector<HTMLElement>(to);
      found?.focus();
      if (found instanceof HTMLInputElement) found.select();
    });
  }
}
