import { html, nothing, type TemplateResult } from 'lit';
import { launchChoicesMessages as texts } from '../../i18n/en/launch-choices.js';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import { lastUsed } from '../../launch/history.js';
import { USER_DATA_BYTES } from '../../launch/user-data.js';
import { choiceCards, type Choice } from '../../ui/choice.js';
import { checkField, selectField, textField } from '../../ui/field.js';
import { errorNotice } from '../../ui/notice.js';
import { codeField } from './code-field.js';
import { profilesOf } from './decide-more.js';
import { fileButton } from './file-button.js';
import { guard, isPrivate, type Guarded } from './key-guard.js';
import { failureOf, rowsOf, type KeyDraft } from './launch-wizard.state.js';
import { quotaProblem } from './quota-notes.js';
import type { FormView } from './section.js';
import { workflowChoice } from './workflow-choice.js';

/** A public key is never longer; what is, is not read. */
const LONGEST_FILE = 64 * 1024;

/** What somebody logs in with. */
export function keyChoice(view: FormView): TemplateResult {
  const { decision, host, known, setting } = view;
  const { localizer } = host;
  const { key } = decision;
  const error = failureOf(known.keypairs);
  const mine = rowsOf(known.keypairs).filter(({ type }) => type === 'ssh');
  const choice = (kind: KeyDraft['kind'], more: Partial<Choice> = {}): Choice => ({
    value: kind,
    title: localizer.text(texts, `key-${kind}`),
    ...more,
  });
  return html`
    ${error ? errorNotice(host, error, { onRetry: () => view.retry(), tone: 'warning' }) : nothing}
    ${choiceCards({
      name: 'key-choice',
      label: localizer.text(messages, 'key'),
      value: key.kind,
      choices: [
        ...(mine.length > 0 ? [choice('existing')] : []),
        choice('generate', {
          note: localizer.text(texts, 'key-generate-note'),
          reason: setting.canGenerate ? undefined : localizer.text(texts, 'keyCannot'),
        }),
        choice('import', { note: localizer.text(texts, 'key-import-note') }),
        choice('none', { note: localizer.text(texts, 'key-none-note') }),
      ],
      onChange: (kind) => view.change({ key: draftFor(kind, lastUsedOf(view) ?? mine[0]?.name) }),
    })}
    ${
      key.kind === 'existing'
        ? selectField(localizer, {
            id: 'key-existing',
            label: localizer.text(texts, 'keyChoose'),
            value: key.name,
            options: mine.map(({ name }) => ({ value: name, label: name })),
            onChange: (name) => view.change({ key: { kind: 'existing', name } }),
          })
        : nothing
    }
    ${key.kind === 'import' ? publicKeyField(view) : nothing}
    ${
      key.kind === 'generate' || key.kind === 'import'
        ? textField(localizer, {
            id: 'key-name',
            label: localizer.text(texts, 'keyName'),
            value: key.name,
            technical: true,
            problem: key.nameProblem
              ? localizer.text(texts, `keyName-${key.nameProblem}`)
              : quotaProblem(view, ['keypairs']),
            onInput: (name) => {
              const draft = view.draft.key;
              view.change({
                key: draft?.kind === 'import' ? { ...draft, name } : { kind: 'generate', name },
              });
            },
          })
        : nothing
    }
    ${moreAccess(view)}
  `;
}

/** Name of the key that was used last, where it is there still. */
function lastUsedOf({ known, setting }: FormView): string | undefined {
  const { keyName } = lastUsed(rowsOf(known.recent), setting.user.id);
  return rowsOf(known.keypairs).find(({ name }) => name === keyName)?.name;
}

/** Other people's keys, and ways in through the browser, as far as the profile brings them. */
function moreAccess(view: FormView): unknown {
  const { decision, draft, host, setting } = view;
  const { localizer } = host;
  const { profile, problems } = decision.more;
  const offered = profilesOf(setting.preferences);
  const brings = profile.kind === 'exosphere' ? profile : undefined;
  return html`
    ${
      profile.kind === 'plain' && !offered.includes('kit')
        ? nothing
        : codeField(localizer, {
            id: 'more-keys',
            label: localizer.text(texts, 'moreKeys'),
            hint: localizer.text(texts, 'moreKeysHint'),
            optional: true,
            problem: problems.has('keys')
              ? localizer.text(texts, 'moreKeysProblem')
              : view.known.weight?.tooLong === 'keys'
                ? localizer.text(texts, 'tooLong-keys', { limit: USER_DATA_BYTES, canDrop: false })
                : undefined,
            rows: 3,
            value: draft.moreKeys ?? '',
            onInput: (_typed, area, event) => {
              const { text, refused } = guard(area, draft.moreKeys ?? '', event);
              view.change({ moreKeys: text || undefined, moreKeysRefused: refused || undefined });
            },
            onFile: (file) => void addKeys(view, file),
          })
    }
    ${
      draft.moreKeysRefused
        ? html`<p class="caution" role="alert">${localizer.text(texts, 'publicKey-private-key')}</p>`
        : nothing
    }
    ${
      brings === undefined
        ? nothing
        : html`${
            setting.hasAppProxy
              ? checkField({
                  id: 'web-shell',
                  label: html`<span class="title">${localizer.text(texts, 'webShell')}</span>
                    <span class="note">${localizer.text(texts, 'webShellNote')}</span>`,
                  checked: brings.shell,
                  onChange: (webShell) => view.change({ webShell }),
                })
              : nothing
          }
          ${checkField({
            id: 'desktop',
            label: html`<span class="title">${localizer.text(texts, 'desktop')}</span>
              <span class="note">${localizer.text(texts, 'desktopNote')}</span>`,
            checked: brings.desktop,
            onChange: (desktop) => view.change({ desktop }),
          })}
          ${setting.hasAppProxy ? workflowChoice(view) : nothing}`
    }
  `;
}

async function addKeys(view: FormView, file: File): Promise<void> {
  const text = file.size > LONGEST_FILE ? '?' : await file.text();
  const { moreKeys } = view.draft;
  if (isPrivate(text)) view.change({ moreKeysRefused: true });
  else
    view.change({
      moreKeys: [moreKeys?.trim(), text].filter(Boolean).join('\n'),
      moreKeysRefused: undefined,
    });
}

function draftFor(kind: string, first: string | undefined): KeyDraft {
  if (kind === 'existing' && first !== undefined) return { kind, name: first };
  if (kind === 'import') return { kind, text: '', refused: false };
  return kind === 'generate' ? { kind } : { kind: 'none' };
}

function publicKeyField(view: FormView): TemplateResult {
  const { draft, decision, host } = view;
  const { localizer } = host;
  const { problem } = decision.key;
  const text = draft.key?.kind === 'import' ? draft.key.text : '';
  const take = ({ text, refused }: Guarded) => {
    const name = draft.key?.kind === 'import' ? draft.key.name : undefined;
    view.change({ key: { kind: 'import', name, refused, text } });
  };
  const takeFile = async (file: File | undefined) => {
    if (!file) return;
    const typed = file.size > LONGEST_FILE ? '?' : await file.text();
    const refused = isPrivate(typed);
    take({ text: refused ? '' : typed, refused });
  };
  return html`${codeField(localizer, {
    id: 'public-key',
    label: localizer.text(texts, 'publicKey'),
    hint: localizer.text(texts, 'publicKeyHint'),
    problem:
      problem === undefined || problem === 'empty'
        ? undefined
        : localizer.text(texts, `publicKey-${problem}`),
    rows: 4,
    value: text,
    // The field is for one key: what is put beside it takes its place.
    onInput: (_typed, area, event) => take(guard(area, '', event)),
    onFile: (file) => void takeFile(file),
  })}
  ${fileButton(host, { accept: '.pub,text/plain', onFile: (file) => void takeFile(file) })}`;
}
