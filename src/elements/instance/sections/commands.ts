import { css, html, type TemplateResult } from 'lit';
import { instanceRawMessages as messages } from '../../../i18n/en/instance-raw.js';
import { copyButton } from '../../../ui/copy-button.js';
import { ALL_ACTIONS } from '../../instances/actions.js';
import { commandLines, type CommandDetails } from '../../instances/command-line.js';
import { actionLabel } from '../../instances/labels.js';
import type { SectionHost } from '../section.js';

/** What is known of the instance and of use in a command. */
function known({ shown }: SectionHost): CommandDetails {
  const [volume, second] = shown.server.volumesAttached;
  // One of several would be a guess.
  return { volume: second === undefined ? volume : undefined };
}

/** All that can be done to the instance, as commands. */
export function commandList(host: SectionHost): TemplateResult {
  const { localizer } = host;
  const { id } = host.shown.server;
  const details = known(host);
  return html`<details class="commands">
    <summary>${localizer.text(messages, 'commands')}</summary>
    <p class="quiet-text">${localizer.text(messages, 'commandsHint')}</p>
    <dl class="commands-list">
      ${ALL_ACTIONS.map((action) => {
        const label = actionLabel(localizer, action);
        const value = commandLines(action, id, action === 'detach-volume' ? details : {}).join('\n');
        return html`<div class="command">
          <dt>${label}</dt>
          <dd>
            <code class="command-lines">${value}</code>
            ${copyButton(host, { value, what: localizer.text(messages, 'theCommand', { action: label }) })}
          </dd>
        </div>`;
      })}
    </dl>
  </details>`;
}

export const commandStyles = css`
  .commands {
    margin-block-start: var(--_space-3);
  }
  .commands > summary {
    min-block-size: 24px;
    font-weight: var(--_font-weight-strong);
    cursor: pointer;
  }
  .commands-list {
    display: grid;
    container-type: inline-size;
  }
  .command {
    display: grid;
    grid-template-columns: minmax(8em, 1fr) minmax(0, 3fr);
    gap: var(--_space-1) var(--_space-3);
    align-items: center;
    padding-block: var(--_space-1);
    border-block-end: 1px solid var(--_color-border);
  }
  .command dd {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-inline-size: 0;
  }
  .command-lines {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    direction: ltr;
    text-align: left;
  }
  @container (inline-size < 34em) {
    .command {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
