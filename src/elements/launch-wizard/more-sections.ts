import { html, nothing, type TemplateResult } from 'lit';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import { isTooLong, USER_DATA_BYTES, userDataBytes, userDataKind } from '../../launch/user-data.js';
import { field } from '../../ui/field.js';
import { fileButton } from './file-button.js';
import { MOST_AT_ONCE, type Script } from './launch-wizard.state.js';
import { section, type FormView } from './section.js';

/** How many. */
export function countSection(view: FormView): TemplateResult {
  const { decision, draft, host } = view;
  const { localizer } = host;
  const max = Math.max(1, decision.most);
  return section(view, {
    part: 'count',
    label: localizer.text(messages, 'count'),
    answer: decision.countProblem ? '' : localizer.text(messages, 'countAnswer', { count: decision.count }),
    body: () =>
      field(
        localizer,
        {
          id: 'count-number',
          label: localizer.text(messages, 'count'),
          hint: localizer.text(messages, 'countHint', { max: decision.quotaKnown ? max : Infinity }),
          problem:
            decision.countProblem || decision.count > max
              ? localizer.text(messages, 'countProblem', { max })
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
      ),
  });
}

/** What runs at the first start. A file is kept as bytes: a text field would change its line ends. */
export function scriptSection(view: FormView): TemplateResult {
  const { decision, draft, host } = view;
  const { localizer } = host;
  const { userData } = decision;
  const { script } = draft;
  const bytes = userData === undefined ? 0 : userDataBytes(userData);
  return section(view, {
    part: 'script',
    label: localizer.text(messages, 'script'),
    answer:
      userData === undefined
        ? localizer.text(messages, 'scriptNone')
        : script?.kind === 'file'
          ? script.name
          : localizer.text(messages, 'scriptAnswer', { bytes }),
    detail: script?.kind === 'file' ? localizer.text(messages, 'scriptAnswer', { bytes }) : undefined,
    body: () => html`
      ${script?.kind === 'file' ? fileLine(view, script) : textArea(view, script?.text ?? '')}
      <div class="script-foot">
        ${fileButton(host, {
          onFile: (file) =>
            void file
              .arrayBuffer()
              .then((buffer) =>
                view.change({ script: { kind: 'file', name: file.name, bytes: new Uint8Array(buffer) } }),
              ),
        })}
        ${
          userData === undefined
            ? nothing
            : html`<span class="quiet-text"
                >${localizer.text(messages, 'scriptSize', { bytes, limit: USER_DATA_BYTES })}</span
              >`
        }
      </div>
      ${
        userData !== undefined && !isTooLong(userData) && userDataKind(userData) === undefined
          ? html`<p class="caution">${localizer.text(messages, 'scriptKind')}</p>`
          : nothing
      }
    `,
  });
}

function fileLine(view: FormView, { name, bytes }: Extract<Script, { kind: 'file' }>): TemplateResult {
  const { localizer } = view.host;
  return html`<p class="script-file">
    <span>${localizer.text(messages, 'scriptFile', { name })}</span>
    <button type="button" class="quiet small" @click=${() => view.change({ script: undefined })}>
      ${localizer.text(messages, 'scriptRemove')}
    </button>
    ${isTooLong(bytes) ? html`<span class="reason">${localizer.text(messages, 'scriptLong')}</span>` : nothing}
  </p>`;
}

function textArea(view: FormView, text: string): TemplateResult {
  const { localizer } = view.host;
  return html`${field(
    localizer,
    {
      id: 'script-text',
      label: localizer.text(messages, 'scriptText'),
      hint: localizer.text(messages, 'scriptHint'),
      optional: true,
      problem: isTooLong(text) ? localizer.text(messages, 'scriptLong') : undefined,
    },
    ({ id, describedBy, invalid }) =>
      html`<textarea
        class="mono"
        id=${id}
        rows="8"
        .value=${text}
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        dir="ltr"
        aria-describedby=${describedBy}
        aria-invalid=${invalid}
        @input=${(event: Event) => {
          if (event.target instanceof HTMLTextAreaElement)
            view.change({ script: { kind: 'text', text: event.target.value } });
        }}
      ></textarea>`,
  )}`;
}
