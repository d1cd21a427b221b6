import { css, html, nothing } from 'lit';
import { instanceConfirmationMessages as messages } from '../../i18n/en/instance-confirmation.js';
import type { Server } from '../../openstack/compute.js';
import type { Connection } from '../../session/connection.js';
import { addStyles } from '../../ui/add-styles.js';
import { confirmDialog, dialogStyles } from '../../ui/dialog.js';
import { textField } from '../../ui/field.js';
import { fieldStyles } from '../../ui/field.styles.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import type { Choices } from '../instances/choices.js';
import { commandView, commandViewStyles } from '../instances/command-view.js';
import { commandLines, endingCommands, type CommandDetails } from '../instances/command-line.js';
import { EndingChoices, type Ending } from '../instances/ending-choices.js';
import type { Plan } from './bulk.js';
import { confirmationOf } from './confirmation.js';

// What a list needs for an action beside the question comes with it.
export { actionLabel } from '../instances/labels.js';
export { actionItems, bulkItems } from '../instances/menu.js';
export { request } from '../instances/requests.js';

export interface ConfirmOptions {
  /** Where a row is, if that is to be said. */
  readonly whereOf: (server: Server) => string | undefined;
  /** Where a row's cloud is, and the id it has there. */
  readonly placeOf: (server: Server) => { readonly connection: Connection; readonly id: string } | undefined;
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
  { whereOf, placeOf, returnFocus }: ConfirmOptions,
): Promise<Choices | undefined> {
  addStyles(host, [dialogStyles, fieldStyles, confirmationStyles, ...commandViewStyles]);
  const { localizer } = host;
  const { action, applies } = plan;
  const { heading, where, consequence, names, share, leftOut, verb, danger } = confirmationOf(
    localizer,
    plan,
    whereOf,
  );
  const leaving = new AbortController();
  let reason = '';
  const ending = endingOf(host, plan, placeOf);
  const commands = (): readonly string[] =>
    applies.flatMap((server) => {
      const details: CommandDetails = { reason, ...(ending && endingCommands(ending.going, server)) };
      return commandLines(action, placeOf(server)?.id ?? server.id, details);
    });
  const content = (update: () => void) =>
    html`<div class="confirmation">
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
        action === 'lock'
          ? textField(localizer, {
              id: 'lock-reason',
              label: localizer.text(messages, 'reason'),
              value: reason,
              maxLength: 255,
              optional: true,
              onInput: (value) => {
                reason = value.trim();
                update();
              },
            })
          : nothing
      }
      ${ending?.render(update, () => void ending.load(update, leaving.signal)) ?? nothing}
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
      ${commandView(host, commands())}
    </div>`;
  const agreed = await confirmDialog(host, {
    heading,
    content,
    onOpened: (update) => void ending?.load(update, leaving.signal),
    confirmLabel: verb,
    danger,
    returnFocus,
  });
  leaving.abort();
  return agreed ? { reason, ...ending?.choices } : undefined;
}

/** What goes along can be chosen for what ends. */
function endingOf(
  host: OverlayHost,
  { action, applies }: Plan,
  placeOf: ConfirmOptions['placeOf'],
): EndingChoices | undefined {
  if (action !== 'delete' && action !== 'shelve') return undefined;
  const endings = applies.flatMap((server): readonly Ending[] => {
    const connection = placeOf(server)?.connection;
    return connection ? [{ server, connection }] : [];
  });
  return new EndingChoices(host, action, endings);
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
  .ending {
    display: grid;
    gap: var(--_space-1);
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .ending > .label {
    padding: 0;
    font-weight: var(--_font-weight-strong);
  }
  .ending .check {
    align-items: flex-start;
    padding-block: 0.125em;
    overflow-wrap: anywhere;
  }
  .ending .check > input {
    margin-block-start: 0.25em;
  }
  .ending .about,
  .ending .hint {
    color: var(--_color-text-quiet);
    font-size: 0.9375em;
  }
  .ending-list {
    max-block-size: 14em;
    padding-inline-start: var(--_space-4);
    overflow: auto;
  }
  .lost {
    display: flex;
    gap: var(--_space-2);
    color: var(--_color-danger-text);
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
