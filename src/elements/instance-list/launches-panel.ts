import { css, html, type TemplateResult } from 'lit';
import { launchUnfinishedMessages as messages } from '../../i18n/en/launch-unfinished.js';
import type { BaseElement } from '../../ui/base-element.js';
import type { LaunchBoard } from '../launch-wizard/launch-board.js';
import { line, runLine } from '../launch-wizard/launch-line.js';
import { unfinishedStyles } from '../launch-wizard/unfinished.styles.js';

/** Launches that one can come back to, above the instances. `show`: with the id of one that this page runs. */
export function launchesPanel(
  host: BaseElement,
  boards: readonly { readonly board: LaunchBoard; readonly now: number }[],
  show: (launchId: string | undefined) => void,
): TemplateResult {
  const { localizer } = host;
  return html`<section class="launches" part="launches" aria-label=${localizer.text(messages, 'title')}>
    <ul>
      ${boards.map(
        ({ board, now }) => html`
          ${board.runs.map((run) => runLine(host, run, () => show(run.plan.launchId)))}
          ${board.unfinished.map(({ name, touchedAt }) =>
            line(host, {
              kind: 'stopped',
              text: localizer.text(messages, 'stopped', { name, at: touchedAt, now }),
              name,
              show: () => show(undefined),
            }),
          )}
        `,
      )}
    </ul>
  </section>`;
}

export const launchesPanelStyles = [
  unfinishedStyles,
  css`
    .launches {
      padding: var(--_space-2) var(--_space-3);
      border: 1px solid var(--_color-border);
      border-radius: var(--_radius);
      background: var(--_color-surface-quiet);
    }
    .launches ul {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--_space-2);
    }
    .launches .unfinished-launch {
      grid-template-columns: minmax(0, 1fr) auto;
      align-items: center;
    }
  `,
];
