import { html, nothing, type TemplateResult } from 'lit';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import { freeName, usableName } from '../../launch/names.js';
import { field } from '../../ui/field.js';
import { iconRefresh } from '../../ui/icons.js';
import type { FormView } from './section.js';

/** The one thing that is worth typing. */
export function nameSection(view: FormView): TemplateResult {
  const { decision, draft } = view;
  const { localizer } = view.host;
  const { nameProblem, duplicates, takenHosts, names, taken, count } = decision;
  const free = duplicates.length + takenHosts.length > 0 ? freeName(decision.name, taken, count) : undefined;
  const problem = draft.name === undefined ? undefined : nameProblem;
  const usable = problem ? usableName(decision.name, count) : '';
  const use = (name: string, text: 'useName' | 'shorten') =>
    html`<button type="button" class="quiet small" @click=${() => view.change({ name })}>
      ${localizer.text(messages, text, { name })}
    </button>`;
  const suggest = localizer.text(messages, 'suggest');
  return html`<div class="name">
    ${field(
      localizer,
      {
        id: 'name',
        label: localizer.text(messages, 'name'),
        hint: localizer.text(messages, 'nameHint'),
        problem: problem && localizer.text(messages, `name-${problem}`),
      },
      ({ id, describedBy, invalid }) =>
        html`<span class="with-button"
          ><input
            id=${id}
            name=${id}
            type="text"
            .value=${decision.name}
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            maxlength="510"
            required
            aria-describedby=${describedBy}
            aria-invalid=${invalid}
            @input=${(event: Event) => {
              if (event.target instanceof HTMLInputElement) view.change({ name: event.target.value });
            }}
          /><button
            type="button"
            class="quiet icon-only"
            aria-label=${suggest}
            title=${suggest}
            @click=${() => view.suggest()}
          >
            ${iconRefresh()}
          </button></span
        >`,
    )}
    ${usable === '' ? nothing : use(usable, problem === 'too-long' ? 'shorten' : 'useName')}
    ${
      names.length > 1 && !nameProblem
        ? html`<p class="quiet-text">${localizer.text(messages, 'names', { names })}</p>`
        : nothing
    }
    <div aria-live="polite">
      ${
        free === undefined
          ? nothing
          : html`<p class="caution">
              ${
                duplicates.length > 0
                  ? localizer.text(messages, 'nameTaken', { names: duplicates })
                  : localizer.text(messages, 'hostTaken', { names: takenHosts })
              }
              ${use(free, 'useName')}
            </p>`
      }
    </div>
  </div>`;
}
