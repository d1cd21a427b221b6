import { css, html, nothing, type TemplateResult } from 'lit';
import { instancePreparedMessages as messages } from '../../../i18n/en/instance-prepared.js';
import { ComputeClient } from '../../../openstack/compute.js';
import { isAbort } from '../../../openstack/errors.js';
import type { Secret } from '../../../openstack/secret.js';
import { passphraseOf } from '../../../launch/exosphere/places.js';
import { actionButton } from '../../../ui/action-button.js';
import { copyText } from '../../../ui/copy-button.js';
import { announce } from '../../../ui/live-region.js';
import { errorNotice } from '../../../ui/notice.js';
import { fact } from '../parts.js';
import type { SectionHost } from '../section.js';

type State =
  | { readonly kind: 'hidden' | 'none' }
  | { readonly kind: 'asking'; readonly to: 'show' | 'copy' }
  | { readonly kind: 'shown'; readonly passphrase: Secret }
  | { readonly kind: 'failed'; readonly error: unknown; readonly to: 'show' | 'copy' };

/** The passphrase of an instance: asked for by a click, shown or copied, and forgotten. */
export class PassphraseView {
  readonly #host: SectionHost;
  readonly #version: () => number;
  #state: State = { kind: 'hidden' };
  #asking: AbortController | undefined;

  constructor(host: SectionHost, version: () => number) {
    this.#host = host;
    this.#version = version;
  }

  /** Asks for it now. Rejects with an OpenStackError. */
  find(signal?: AbortSignal): Promise<Secret | undefined> {
    const { connection, server } = this.#host.shown;
    return passphraseOf(connection.client(ComputeClient), server, this.#version(), signal);
  }

  /** Forgets it. */
  hide(): void {
    this.#asking?.abort();
    this.#state = { kind: 'hidden' };
  }

  async #do(to: 'show' | 'copy'): Promise<void> {
    const shown = this.#state.kind === 'shown' ? this.#state.passphrase : undefined;
    this.#asking?.abort();
    const { signal } = (this.#asking = new AbortController());
    if (!shown) this.#become({ kind: 'asking', to });
    try {
      const passphrase = shown ?? (await this.find(signal));
      if (signal.aborted) return;
      if (!passphrase) this.#become({ kind: 'none' });
      else if (to === 'show') this.#become({ kind: 'shown', passphrase });
      else {
        const copied = await copyText(this.#host, passphrase.reveal());
        announce(this.#host, this.#host.localizer.text(messages, copied ? 'copied' : 'copyFailed'));
        if (!shown) this.#become({ kind: 'hidden' });
      }
    } catch (error) {
      if (!isAbort(error) && !signal.aborted) this.#become({ kind: 'failed', error, to });
    }
  }

  #become(state: State): void {
    this.#state = state;
    this.#host.requestUpdate();
  }

  render(): TemplateResult {
    const host = this.#host;
    const { localizer } = host;
    const state = this.#state;
    const shown = state.kind === 'shown';
    const button = (id: 'show' | 'hide' | 'copy', busy: boolean, onClick: () => void) =>
      actionButton({
        id: `passphrase-${id}`,
        label: localizer.text(messages, id),
        class: 'small',
        busy,
        onClick,
      });
    const asking = (to: 'show' | 'copy') => state.kind === 'asking' && state.to === to;
    return html`<dl class="facts">
        ${fact(
          localizer.text(messages, 'passphrase'),
          html`${
              shown
                ? html`<code class="passphrase" dir="ltr" tabindex="0">${state.passphrase.reveal()}</code>`
                : html`<span class="quiet-text"
                    >${localizer.text(messages, state.kind === 'none' ? 'noneYet' : 'hidden')}</span
                  >`
            }
            <span class="passphrase-do"
              >${
                shown
                  ? button('hide', false, () => {
                      this.hide();
                      host.requestUpdate();
                    })
                  : button('show', asking('show'), () => void this.#do('show'))
              }
              ${button('copy', asking('copy'), () => void this.#do('copy'))}</span
            >`,
          true,
        )}
      </dl>
      <p class="quiet-text">${localizer.text(messages, 'passphraseHint')}</p>
      ${
        state.kind === 'failed'
          ? errorNotice(host, state.error, { onRetry: () => void this.#do(state.to), urgent: true })
          : nothing
      }`;
  }
}

export const passphraseStyles = css`
  .passphrase {
    padding: 0.25em 0.5em;
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius);
    background: var(--_color-surface-quiet);
    user-select: all;
  }
  .passphrase-do {
    display: inline-flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
    padding-block: var(--_space-1);
  }
`;
