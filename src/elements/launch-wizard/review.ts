import { html, nothing, type TemplateResult } from 'lit';
import { commonMessages } from '../../i18n/en/common.js';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import type { Prices } from '../../session/settings.js';
import { skeletonLine } from '../../ui/skeleton.js';
import { failureOf } from './launch-wizard.state.js';
import type { ReviewBody } from './review-body.js';
import type { FormView } from './section.js';

/** What the review is drawn with, beside the form. */
export interface ReviewParts {
  /** Undefined until it is loaded. */
  readonly reviewBody: ReviewBody | undefined;
  /** It could not be loaded; `retry` tries again. */
  readonly reviewFailed: boolean;
  readonly prices: Prices | undefined;
  retryReview(): void;
  /** To know before the button: what was wished and is not there. */
  readonly notes: unknown;
  /** Below everything. */
  readonly aside: unknown;
}

/** What will exist, what it uses, and the button. */
export function review(view: FormView, parts: ReviewParts, actions: TemplateResult): TemplateResult {
  const { localizer } = view.host;
  const failed = failureOf(view.known.limits);
  const retry = (text: 'reviewMissing' | 'usesUnknown', again: () => void) =>
    html`<p class="quiet-text">
      ${localizer.text(messages, text)}
      <button type="button" class="quiet small" @click=${again}>
        ${localizer.text(commonMessages, 'retry')}
      </button>
    </p>`;
  return html`<aside class="review" part="review" aria-label=${localizer.text(messages, 'review')}>
    <h3>${localizer.text(messages, 'review')}</h3>
    ${
      !parts.reviewFailed && (!parts.reviewBody || view.decision.pending.size > 0)
        ? sentencesToCome()
        : (parts.reviewBody?.view(view, parts.prices) ?? nothing)
    }
    ${parts.reviewFailed ? retry('reviewMissing', () => parts.retryReview()) : nothing} ${parts.notes}
    ${failed ? retry('usesUnknown', () => view.retry()) : nothing} ${actions}
    ${parts.reviewBody?.more(view) ?? nothing} ${parts.aside}
  </aside>`;
}

/** As high as the sentences will probably be, so that the button stays where it is when they come. */
function sentencesToCome(): TemplateResult {
  return html`<ul class="sentences" aria-hidden="true">
    ${TO_COME.map((widths) => html`<li>${widths.map((width) => skeletonLine(width))}</li>`)}
  </ul>`;
}

const TO_COME = [['100%', '92%', '97%', '40%'], ['88%'], ['94%', '30%'], ['96%', '45%'], ['90%']];
