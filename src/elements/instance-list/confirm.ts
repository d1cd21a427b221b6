import { css, html, nothing } from 'lit';
import { instanceConfirmationMessages as messages } from '../../i18n/en/instance-confirmation.js';
import type { Server } from '../../openstack/compute.js';
import { addStyles } from '../../ui/add-styles.js';
import { confirmDialog, dialogStyles } from '../../ui/dialog.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import type { Plan } from './bulk.js';
import { confirmationOf } from './confirmation.js';

export interface ConfirmOptions {
  /** Where a row is, if that is to be said. */
  readonly whereOf: (server: Server) => string | undefined;
  /** Where the keyboard goes afterwards when what had it is gone. */
  readonly returnFocus: () => HTMLElement | null;
}

/** Asks whether a plan is to be carried out; with its words and styles, a part that is loaded when it is asked. */
export function confirmPlan(
  host: OverlayHost,
  plan: Plan,
  { whereOf, returnFocus }: ConfirmOptions,
): Promise<boolean> {
  addStyles(host, [dialogStyles, confirmationStyles]);
  const { localizer } = host;
  const { heading, where, consequence, names, share, leftOut, verb, danger } = confirmationOf(
    localizer,
    plan,
    whereOf,
  );
  return confirmDialog(host, {
    heading,
    body: html`<div class="confirmation">
      ${
        names.length > 0
          ? html`<ul class="names">
              ${names.map((name) => html`<li><bdi>${name}</bdi></li>`)}
            </ul>`
          : nothing
      }
      ${where === '' ? nothing : html`<p class="where">${localizer.text(messages, 'inPlace', { where })}</p>`}
      ${consequence === '' ? nothing : html`<p>${consequence}</p>`}
      ${
        share === ''
          ? nothing
          : html`<div class="left-out">
              <p>${share}</p>
              <ul>
                ${leftOut.map((line) => html`<li>${line}</li>`)}
              </ul>
            </div>`
      }
    </div>`,
    confirmLabel: verb,
    danger,
    returnFocus,
  });
}

const confirmationStyles = css`
  .confirmation {
    display: grid;
    gap: var(--_space-3);
  }
  .names {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-1) var(--_space-2);
    max-block-size: 9em;
    overflow: auto;
  }
  .names > li {
    padding: 0.0625em var(--_space-2);
    border: 1px solid var(--_color-border);
    border-radius: 1em;
    overflow-wrap: anywhere;
  }
  .left-out {
    padding: var(--_space-2) var(--_space-3);
    border-radius: var(--_radius);
    background: var(--_color-surface-quiet);
    color: var(--_color-text-quiet);
  }
  .left-out li {
    padding-inline-start: 1em;
    text-indent: -1em;
  }
  .left-out li::before {
    content: '–';
    display: inline-block;
    inline-size: 1em;
    text-indent: 0;
  }
`;
