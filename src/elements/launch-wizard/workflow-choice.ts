import { html, nothing, type TemplateResult } from 'lit';
import { launchChoicesMessages as texts } from '../../i18n/en/launch-choices.js';
import { checkField, textField } from '../../ui/field.js';
import type { FormView } from './section.js';

/** Notebooks that are built from a repository at the first start, for a profile that runs them. */
export function workflowChoice(view: FormView): TemplateResult {
  const { draft, decision, host } = view;
  const { localizer } = host;
  const { workflow } = draft;
  const wrong = decision.more.problems.has('workflow');
  return html`${checkField({
    id: 'workflow',
    label: html`<span class="title">${localizer.text(texts, 'workflow')}</span>
      <span class="note">${localizer.text(texts, 'workflowNote')}</span>`,
    checked: workflow !== undefined,
    onChange: (wanted) => view.change({ workflow: wanted ? { repo: '' } : undefined }),
  })}
  ${
    workflow === undefined
      ? nothing
      : html`<div class="group">
          ${textField(localizer, {
            id: 'workflow-repo',
            label: localizer.text(texts, 'workflowRepo'),
            hint: localizer.text(texts, 'workflowRepoHint'),
            value: workflow.repo,
            technical: true,
            problem: wrong ? localizer.text(texts, 'workflowProblem') : undefined,
            onInput: (repo) => view.change({ workflow: { ...workflow, repo } }),
          })}
          ${textField(localizer, {
            id: 'workflow-ref',
            label: localizer.text(texts, 'workflowRef'),
            value: workflow.ref ?? '',
            optional: true,
            technical: true,
            onInput: (ref) => view.change({ workflow: { ...workflow, ref } }),
          })}
          ${textField(localizer, {
            id: 'workflow-path',
            label: localizer.text(texts, 'workflowPath'),
            hint: localizer.text(texts, 'workflowPathHint'),
            value: workflow.path ?? '',
            optional: true,
            technical: true,
            onInput: (path) => view.change({ workflow: { ...workflow, path } }),
          })}
        </div>`
  }`;
}
