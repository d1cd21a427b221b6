import { html, type TemplateResult } from 'lit';
import { launchChoicesMessages as texts } from '../../i18n/en/launch-choices.js';
import type { FormView } from './section.js';

/** What of these does not fit any more, in sentences; said when it appears. */
export function quotaNotes(
  { decision, host: { localizer } }: FormView,
  resources: readonly string[],
): TemplateResult {
  const over = decision.uses.filter(
    ({ resource, over }) =>
      over && resources.some((each) => resource === each || resource.startsWith(`${each}_`)),
  );
  return html`<div aria-live="polite">
    ${over.map(
      ({ resource, added, used, limit }) =>
        html`<p class="reason">${localizer.text(texts, 'quotaShort', { resource, added, used, limit })}</p>`,
    )}
  </div>`;
}
