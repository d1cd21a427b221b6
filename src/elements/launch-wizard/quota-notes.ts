import { html, type TemplateResult } from 'lit';
import { launchChoicesMessages as texts } from '../../i18n/en/launch-choices.js';
import type { FormView } from './section.js';

/** What of these does not fit any more, a sentence each. */
function quotaSentences(
  { decision, host: { localizer } }: FormView,
  resources: readonly string[],
): readonly string[] {
  const over = decision.uses.filter(
    ({ resource, over }) =>
      over && resources.some((each) => resource === each || resource.startsWith(`${each}_`)),
  );
  return over.map(({ resource, added, used, limit }) =>
    localizer.text(texts, 'quotaShort', { resource, added, used, limit }),
  );
}

/** What of these does not fit any more, as the problem of a field. */
export function quotaProblem(view: FormView, resources: readonly string[]): string | undefined {
  return quotaSentences(view, resources).join(' ') || undefined;
}

/** The same where no field says it; said when it appears. */
export function quotaNotes(view: FormView, resources: readonly string[]): TemplateResult {
  return html`<div aria-live="polite">
    ${quotaSentences(view, resources).map((sentence) => html`<p class="reason">${sentence}</p>`)}
  </div>`;
}
