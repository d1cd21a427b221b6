import { html, type TemplateResult } from 'lit';
import { launchUnfinishedMessages as messages } from '../../i18n/en/launch-unfinished.js';
import type { BaseElement } from '../../ui/base-element.js';
import { iconBusy, iconWarning } from '../../ui/icons.js';
import type { LaunchRun } from './launch-run.js';

/** A launch that this page runs, in a line that leads to it. */
export function runLine(host: BaseElement, run: LaunchRun, show: () => void): TemplateResult {
  const name = run.plan.names[0] ?? '';
  const failed = run.progress?.outcome === 'failed';
  const { localizer } = host;
  return line(host, {
    kind: failed ? 'failed' : 'running',
    text: localizer.text(messages, failed ? 'failed' : 'running', { name }),
    name,
    show,
  });
}

/** A launch in a line, with a button that leads to it. */
export function line(
  { localizer }: BaseElement,
  o: { kind: 'failed' | 'running' | 'stopped'; text: string; name: string; show(): void },
): TemplateResult {
  return html`<li class="unfinished-launch ${o.kind}">
    <p class="icon-line">${o.kind === 'running' ? iconBusy() : iconWarning()} <span>${o.text}</span></p>
    <div class="actions">
      <button
        type="button"
        class="small"
        aria-label=${localizer.text(messages, 'showWhat', { name: o.name })}
        @click=${() => o.show()}
      >
        ${localizer.text(messages, 'show')}
      </button>
    </div>
  </li>`;
}
