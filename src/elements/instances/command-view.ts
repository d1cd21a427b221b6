import { css, html, nothing, type TemplateResult } from 'lit';
import { commandMessages as messages } from '../../i18n/en/command.js';
import { copyButton, copyButtonStyles } from '../../ui/copy-button.js';
import type { OverlayHost } from '../../ui/overlay-host.js';

/** The same as commands, for those who would rather type or write it down; closed until it is wanted. */
export function commandView(host: OverlayHost, commands: readonly string[]): TemplateResult | typeof nothing {
  if (commands.length === 0) return nothing;
  const { localizer } = host;
  const value = commands.join('\n');
  return html`<details class="as-command">
    <summary>${localizer.text(messages, 'asCommand')}</summary>
    <div class="as-command-lines">
      <pre
        tabindex="0"
        aria-label=${localizer.text(messages, 'commands')}
      ><code dir="ltr">${value}</code></pre>
      ${copyButton(host, { value, what: localizer.text(messages, 'theCommands') })}
    </div>
  </details>`;
}

export const commandViewStyles = [
  copyButtonStyles,
  css`
    .as-command > summary {
      inline-size: fit-content;
      min-block-size: 24px;
      color: var(--_color-text-quiet);
      cursor: pointer;
    }
    .as-command-lines {
      display: flex;
      align-items: flex-start;
      gap: var(--_space-2);
      padding: var(--_space-2) var(--_space-3);
      border-radius: var(--_radius);
      background: var(--_color-surface-quiet);
    }
    .as-command pre {
      flex: 1;
      min-inline-size: 0;
      max-block-size: 12em;
      margin: 0;
      overflow: auto;
      font-size: 0.875em;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
      direction: ltr;
      text-align: left;
    }
  `,
];
