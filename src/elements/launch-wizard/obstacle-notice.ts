import { html, nothing, type TemplateResult } from 'lit';
import { commonMessages } from '../../i18n/en/common.js';
import { launchReviewMessages as reviewMessages } from '../../i18n/en/launch-review.js';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import { notice } from '../../ui/notice.js';
import { why, type FormView } from './section.js';

const LABELS = {
  name: 'name',
  image: 'what',
  size: 'size',
  count: 'count',
  key: 'access',
  network: 'networkAndSafety',
  storage: 'storage',
  advanced: 'advanced',
} as const;

/** What stands in the way and can be helped in the form, beside the button that waits for it. */
export function obstacleNotice(view: FormView): TemplateResult | typeof nothing {
  const { localizer } = view.host;
  const found = view.decision.obstacles.filter(({ part }) => part !== undefined);
  if (found.length === 0) return nothing;
  const [first, ...others] = found.map((obstacle) => why(view, obstacle.why));
  const parts = [...new Set(found.flatMap(({ part }) => part ?? []))];
  const quota = found.some((obstacle) => obstacle.why === 'quota');
  const unloaded = found.some((obstacle) => /^(?:images|sizes|networks)$/.test(obstacle.why));
  return notice({
    tone: 'warning',
    heading: first ?? '',
    helps: quota ? localizer.text(reviewMessages, 'quotaHelps') : undefined,
    more: others.map((text) => html`<p>${text}</p>`),
    actions: html`${
      unloaded
        ? html`<button type="button" class="small" @click=${() => view.retry()}>
            ${localizer.text(commonMessages, 'retry')}
          </button>`
        : nothing
    }${parts.map(
      (part) =>
        html`<button type="button" class="small" @click=${() => view.lead(part)}>
          ${localizer.text(reviewMessages, 'show', { part: localizer.text(messages, LABELS[part]) })}
        </button>`,
    )}`,
  });
}
