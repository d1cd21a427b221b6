import { html, nothing } from 'lit';
import { launchChoicesMessages as texts } from '../../i18n/en/launch-choices.js';
import { choiceCards } from '../../ui/choice.js';
import { checkField, textField } from '../../ui/field.js';
import { profilesOf } from './decide-more.js';
import { isLocked, lockedNote, type FormView } from './section.js';

/** Who prepares the instance at its first start, where there is something to choose. */
export function profileChoice(view: FormView): unknown {
  const { decision, draft, host, setting } = view;
  const { localizer } = host;
  const offered = profilesOf(setting.preferences);
  const { profile, problems } = decision.more;
  if (offered.length < 2) return nothing;
  const choices = isLocked(view, 'profile')
    ? lockedNote(view)
    : choiceCards({
        name: 'profile-choice',
        label: localizer.text(texts, 'prepare'),
        value: profile.kind,
        choices: offered.map((kind) => ({
          value: kind,
          title: localizer.text(texts, `profile-${kind}`),
          note: localizer.text(texts, `profile-${kind}-note`),
        })),
        onChange: (chosen) => view.change({ profile: offered.find((kind) => kind === chosen) }),
      });
  return html`<div class="group">
    <h4 class="minor">${localizer.text(texts, 'prepare')}</h4>
    ${choices}
    ${
      profile.kind === 'kit'
        ? textField(localizer, {
            id: 'packages',
            label: localizer.text(texts, 'packages'),
            value: draft.packages ?? '',
            optional: true,
            technical: true,
            hint: localizer.text(texts, 'packagesHint'),
            problem: problems.has('packages') ? localizer.text(texts, 'packagesProblem') : undefined,
            onInput: (packages) => view.change({ profile: 'kit', packages }),
          })
        : nothing
    }
    ${
      profile.kind === 'exosphere'
        ? checkField({
            id: 'updates',
            label: html`<span class="title">${localizer.text(texts, 'updates')}</span>
              <span class="note">${localizer.text(texts, 'updatesNote')}</span>`,
            checked: profile.updates,
            onChange: (updates) => view.change({ updates }),
          })
        : nothing
    }
  </div>`;
}
