import { html, nothing, type TemplateResult } from 'lit';
import { launchRunMessages as messages } from '../../i18n/en/launch-run.js';
import type { LaunchFailure, LaunchProgress } from '../../launch/progress.js';
import { iconSuccess } from '../../ui/icons.js';
import { notice } from '../../ui/notice.js';
import type { RunView } from './run-view.js';

type SetupFailure = Extract<LaunchFailure, { kind: 'setup' }>;

/** It has told that it is ready; nobody has to expect a wait any more. */
export function isSetUp(progress: LaunchProgress | undefined): boolean {
  return progress?.steps.some(({ step, status }) => step.kind === 'setup' && status === 'done') ?? false;
}

/** How the setup of what was launched goes; nothing where it does not tell. */
export function setupView({ host: { localizer }, run }: RunView): TemplateResult | typeof nothing {
  const state = run.progress?.steps.find(({ step }) => step.kind === 'setup');
  switch (state?.status) {
    case 'running': {
      const elapsed = Math.max(0, (run.now - (state.startedAt ?? run.now)) / 1000);
      const typical = state.step.seconds;
      const text = localizer.text(messages, 'setupHelps', { elapsed, typical });
      return notice({
        tone: 'info',
        heading: localizer.text(messages, 'setupTitle'),
        text,
        more: html`<progress
          max="1"
          .value=${1 - Math.exp((-1.6 * elapsed) / typical)}
          aria-label=${localizer.text(messages, 'setupTitle')}
        ></progress>`,
      });
    }
    case 'done':
      return html`<p class="setup-done">${iconSuccess()} ${localizer.text(messages, 'setupDone')}</p>`;
    case 'failed':
      return state.failure?.kind === 'setup' ? setupFailure({ host: { localizer } }, state.failure) : nothing;
    default:
      return nothing;
  }
}

/** What it means that a setup has not come to a good end: the instance is there all the same. */
export function setupFailure(
  { host: { localizer } }: { readonly host: Pick<RunView['host'], 'localizer'> },
  { name, status }: SetupFailure,
): TemplateResult {
  const how = status === 'error' || status === 'timeout' ? status : 'unknown';
  return notice({
    tone: how === 'unknown' ? 'info' : 'warning',
    heading: localizer.text(messages, `setup-${how}-title`, { name }),
    helps: localizer.text(messages, `setup-${how}`),
  });
}
