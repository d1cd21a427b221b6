import { html, type TemplateResult } from 'lit';
import { launchChoicesMessages as texts } from '../../i18n/en/launch-choices.js';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import { field } from '../../ui/field.js';
import { MOST_AT_ONCE } from './launch-wizard.state.js';
import type { FormView } from './section.js';

/** How many. */
export function countChoice(view: FormView): TemplateResult {
  const { decision, draft, host } = view;
  const { localizer } = host;
  const max = Math.max(1, decision.most);
  const atOnce = max === MOST_AT_ONCE;
  return field(
    localizer,
    {
      id: 'count-number',
      label: localizer.text(messages, 'count'),
      hint: localizer.text(texts, 'countHint', {
        max: decision.quotaKnown || atOnce ? max : Infinity,
        atOnce,
      }),
      problem:
        decision.count > max
          ? localizer.text(texts, 'countOver', { max, atOnce })
          : decision.countProblem
            ? localizer.text(texts, 'countProblem')
            : undefined,
    },
    ({ id, describedBy, invalid }) =>
      html`<input
        class="number"
        id=${id}
        type="number"
        inputmode="numeric"
        min="1"
        max=${Math.min(max, MOST_AT_ONCE)}
        step="1"
        .value=${draft.count ?? '1'}
        autocomplete="off"
        aria-describedby=${describedBy}
        aria-invalid=${invalid}
        @input=${(event: Event) => {
          if (event.target instanceof HTMLInputElement) view.change({ count: event.target.value });
        }}
      />`,
  );
}
