import { html, nothing, type TemplateResult } from 'lit';
import { launchChoicesMessages as texts } from '../../i18n/en/launch-choices.js';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import { userDataFor } from '../../launch/profiles.js';
import {
  cannotFit,
  isTooLong,
  USER_DATA_BYTES,
  userDataBytes,
  userDataKind,
} from '../../launch/user-data.js';
import { codeField } from './code-field.js';
import { fileButton } from './file-button.js';
import type { Script } from './launch-wizard.state.js';
import type { FormView } from './section.js';

/** What runs at the first start. A file is kept as bytes: a text field would change its line ends. */
export function scriptChoice(view: FormView): TemplateResult {
  const { decision, draft, host } = view;
  const { localizer } = host;
  const { userData } = decision;
  const { script } = draft;
  const bytes = userData === undefined ? 0 : userDataBytes(userData);
  const { profile } = decision.more;
  // With what the kit adds it may be too long as it is, and short enough once it is gzipped.
  const sent = profile.kind === 'kit' ? userDataFor(profile, userData) : userData;
  const packed = sent !== undefined && isTooLong(sent) && !cannotFit(sent);
  return html`
    ${script?.kind === 'file' ? fileLine(view, script) : textArea(view, script?.text ?? '')}
    <div class="script-foot">
      ${fileButton(host, { onFile: (file) => void takeFile(view, file) })}
      ${
        userData === undefined
          ? nothing
          : html`<span class="quiet-text"
              >${localizer.text(texts, 'scriptSize', { bytes, limit: USER_DATA_BYTES, packed })}</span
            >`
      }
    </div>
    ${
      userData !== undefined && !cannotFit(userData) && userDataKind(userData) === undefined
        ? html`<p class="caution">${localizer.text(texts, 'scriptKind')}</p>`
        : nothing
    }
  `;
}

function fileLine(view: FormView, { name, bytes }: Extract<Script, { kind: 'file' }>): TemplateResult {
  const { localizer } = view.host;
  return html`<p class="script-file">
    <span>${localizer.text(texts, 'scriptFile', { name })}</span>
    <button type="button" class="quiet small" @click=${() => view.change({ script: undefined })}>
      ${localizer.text(texts, 'scriptRemove')}
    </button>
    ${cannotFit(bytes) ? html`<span class="reason">${localizer.text(texts, 'scriptLong')}</span>` : nothing}
  </p>`;
}

function textArea(view: FormView, text: string): TemplateResult {
  const { localizer } = view.host;
  return codeField(localizer, {
    id: 'script-text',
    label: localizer.text(messages, 'script'),
    hint: localizer.text(texts, 'scriptHint'),
    optional: true,
    problem: cannotFit(text) ? localizer.text(texts, 'scriptLong') : undefined,
    rows: 8,
    value: text,
    onInput: (typed) => view.change({ script: { kind: 'text', text: typed } }),
    onFile: (file) => void takeFile(view, file),
  });
}

async function takeFile(view: FormView, file: File): Promise<void> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  view.change({ script: { kind: 'file', name: file.name, bytes } });
}
