import { html, nothing, type TemplateResult } from 'lit';
import { instanceMessages as messages } from '../../i18n/en/instance.js';
import { ComputeClient } from '../../openstack/compute.js';
import { renameServer } from '../../openstack/server-actions.js';
import { actionButton } from '../../ui/action-button.js';
import { fieldStyles } from '../../ui/field.styles.js';
import { errorNotice } from '../../ui/notice.js';
import { ExoInstanceRequestEvent } from '../instance-list/events.js';
import { nameOf } from '../instance-list/words.js';
import { tellOf } from '../instances/tell.js';
import type { SectionHost } from './section.js';

/** The field in which the name of the instance is written anew, in the place of the heading. Loaded on use. */
export class NameEditor {
  readonly styles = [fieldStyles];
  readonly #host: SectionHost;
  readonly #end: () => void;
  #draft: string;
  #busy = false;
  #error: unknown;

  /** @param end called when it is done with, saved or not */
  constructor(host: SectionHost, end: () => void) {
    this.#host = host;
    this.#end = end;
    this.#draft = host.shown.server.name;
  }

  render(): TemplateResult {
    const draft = this.#draft;
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
          if (event.key === 'Escape') this.#end();
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
        <button type="button" class="small" @click=${() => this.#end()}>
          ${localizer.text(messages, 'keepName')}
        </button>
      </form>
      ${this.#error === undefined ? nothing : errorNotice(host, this.#error, { urgent: true })}`;
  }

  async #save(): Promise<void> {
    const host = this.#host;
    const { connection, server, servers } = host.shown;
    const name = this.#draft.trim();
    if (this.#busy || name === '') return;
    if (name === server.name) {
      this.#end();
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
      this.#end();
    } catch (error) {
      this.#error = error;
      tellOf(host, 'rename', { ...named, error });
    } finally {
      this.#busy = false;
      host.requestUpdate();
    }
  }
}

export const create = (host: SectionHost, end: () => void): NameEditor => new NameEditor(host, end);
