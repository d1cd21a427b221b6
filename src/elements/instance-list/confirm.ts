import { css, html, nothing } from 'lit';
import { instanceConfirmationMessages as messages } from '../../i18n/en/instance-confirmation.js';
import type { Server } from '../../openstack/compute.js';
import type { Localizer } from '../../i18n/localizer.js';
import { addStyles } from '../../ui/add-styles.js';
import { confirmDialog, dialogStyles } from '../../ui/dialog.js';
import { checkField, textField } from '../../ui/field.js';
import { fieldStyles } from '../../ui/field.styles.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { floatingOf, type Choices } from '../instances/requests.js';
import type { Plan } from './bulk.js';
import { confirmationOf } from './confirmation.js';

// What a list needs for an action beside the question comes with it.
export { actionLabel } from '../instances/labels.js';
export { actionItems, bulkItems } from '../instances/menu.js';
export { request } from '../instances/requests.js';

export interface ConfirmOptions {
  /** Where a row is, if that is to be said. */
  readonly whereOf: (server: Server) => string | undefined;
  /** Where the keyboard goes afterwards when what had it is gone. */
  readonly returnFocus: () => HTMLElement | null;
}

/**
 * Asks whether a plan is to be carried out, and how; with its words and styles, a part that is loaded when it is asked.
 *
 * @returns what was chosen with it; undefined where nothing is to be done
 */
export async function confirmPlan(
  host: OverlayHost,
  plan: Plan,
  { whereOf, returnFocus }: ConfirmOptions,
): Promise<Choices | undefined> {
  addStyles(host, [dialogStyles, fieldStyles, confirmationStyles]);
  const { localizer } = host;
  const choices: { -readonly [K in keyof Choices]: Choices[K] } = {};
  const { heading, where, consequence, names, share, leftOut, verb, danger } = confirmationOf(
    localizer,
    plan,
    whereOf,
  );
  const agreed = await confirmDialog(host, {
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
      ${consequence === '' ? nothing : html`<p>${consequence}</p>`}${renderChoices(localizer, plan, choices)}
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
  return agreed ? choices : undefined;
}

/** What can be decided with it: what goes along, and why. */
function renderChoices(
  localizer: Localizer,
  { action, applies }: Plan,
  choices: { -readonly [K in keyof Choices]: Choices[K] },
): unknown {
  if (action === 'lock') {
    return textField(localizer, {
      id: 'lock-reason',
      label: localizer.text(messages, 'reason'),
      value: '',
      maxLength: 255,
      optional: true,
      onInput: (value) => (choices.reason = value.trim()),
    });
  }
  if (action !== 'delete' && action !== 'shelve') return nothing;
  const list = applies.flatMap((server) => floatingOf(server));
  const count = action === 'delete' ? applies.flatMap(({ volumesAttached }) => volumesAttached).length : 0;
  return html`${
    list.length > 0
      ? checkField({
          id: 'release-addresses',
          label: localizer.text(messages, 'releaseAddresses', { list }),
          checked: false,
          onChange: (checked) => (choices.releaseAddresses = checked),
        })
      : nothing
  }${
    count > 0
      ? checkField({
          id: 'delete-volumes',
          label: localizer.text(messages, 'deleteVolumes', { count }),
          checked: false,
          onChange: (checked) => (choices.deleteVolumes = checked),
        })
      : nothing
  }`;
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
