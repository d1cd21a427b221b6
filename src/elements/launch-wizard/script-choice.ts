import { html, nothing, type TemplateResult } from 'lit';
import { launchChoicesMessages as texts } from '../../i18n/en/launch-choices.js';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import { userDataBytes } from '../../launch/user-data-size.js';
import { USER_DATA_BYTES, userDataKind } from '../../launch/user-data.js';
import { codeField } from './code-field.js';
import { profilesOf } from './decide-more.js';
import { fileButton } from './file-button.js';
import type { Script } from './launch-wizard.state.js';
import { isLocked, type FormView } from './section.js';

/** What runs at the first start. A file is kept as bytes: a text field would change its line ends. */
export function scriptChoice(view: FormView): TemplateResult {
  const { decision, draft, host, known } = view;
  const { localizer } = host;
  const { userData } = decision;
  const { script } = draft;
  const { weight } = known;
  const whole = decision.more.profile.kind !== 'plain';
  const limit = USER_DATA_BYTES;
  const size =
    userData === undefined
      ? undefined
      : weight && whole
        ? localizer.text(texts, 'scriptWhole', { ...weight, limit })
        : localizer.text(texts, 'scriptSize', {
            bytes: userDataBytes(userData),
            limit,
            packed: weight?.packed ?? false,
          });
  return html`
    ${script?.kind === 'file' ? fileLine(view, script) : textArea(view, script?.text ?? '')}
    <div class="script-foot">
      ${fileButton(host, { onFile: (file) => void takeFile(view, file) })}
      ${size === undefined || weight?.tooLong ? nothing : html`<span class="quiet-text">${size}</span>`}
    </div>
    ${
      userData !== undefined && !weight?.tooLong && userDataKind(userData) === undefined
        ? html`<p class="caution">${localizer.text(texts, 'scriptKind')}</p>`
        : nothing
    }
  `;
}

/** Why it is too long for the cloud, and what helps; undefined where it is not, and until it is weighed. */
function whyTooLong(view: FormView): string | undefined {
  const { known, setting, host } = view;
  const why = known.weight?.tooLong;
  if (!why) return undefined;
  const canDrop = !isLocked(view, 'profile') && profilesOf(setting.preferences).includes('plain');
  return host.localizer.text(texts, `tooLong-${why}`, { limit: USER_DATA_BYTES, canDrop });
}

function fileLine(view: FormView, { name }: Extract<Script, { kind: 'file' }>): TemplateResult {
  const { localizer } = view.host;
  const problem = whyTooLong(view);
  return html`<p class="script-file">
      <span>${localizer.text(texts, 'scriptFile', { name })}</span>
      <button type="button" class="quiet small" @click=${() => view.change({ script: undefined })}>
        ${localizer.text(texts, 'scriptRemove')}
      </button>
    </p>
    <div aria-live="polite">
      ${problem === undefined ? nothing : html`<p class="reason">${problem}</p>`}
    </div>`;
}

function textArea(view: FormView, text: string): TemplateResult {
  const { localizer } = view.host;
  return codeField(localizer, {
    id: 'script-text',
    label: localizer.text(messages, 'script'),
    hint: localizer.text(texts, 'scriptHint'),
    optional: true,
    problem: whyTooLong(view),
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
