import { html, nothing, type TemplateResult } from 'lit';
import { commonMessages } from '../../i18n/en/common.js';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import { notice } from '../../ui/notice.js';
import { nameSection } from './name-section.js';
import { review, type ReviewParts } from './review.js';
import { why, type FormView } from './section.js';
import { sections } from './sections.js';

export interface FormActions extends ReviewParts {
  readonly closable: boolean;
  readonly projectName: string;
  readonly submit: (event: SubmitEvent) => void;
  /** It was clicked, and what it depends on is being looked up. */
  readonly busy: boolean;
  close(): void;
  signIn(): void;
  /** What launches could not be loaded; the button tries again. */
  readonly cannotLaunch: boolean;
}

/** The form: a name, the answers, what will come of them, and *Launch*. */
export function formView(view: FormView, actions: FormActions): TemplateResult {
  const { host, decision, setting } = view;
  const { localizer } = host;
  const blocked = decision.obstacles.length > 0;
  const obstacles = actions.reviewBody?.obstacles(view) ?? nothing;
  const button = html`
    ${obstacles}
    ${
      actions.cannotLaunch
        ? notice({
            tone: 'error',
            urgent: true,
            heading: localizer.text(messages, 'runMissing'),
            helps: localizer.text(messages, 'runMissingHelps'),
          })
        : nothing
    }
    <div class="actions launch-actions">
      <button
        type="submit"
        class="primary launch"
        part="submit"
        id="launch"
        aria-busy=${actions.busy ? 'true' : nothing}
        aria-disabled=${blocked ? 'true' : nothing}
        aria-describedby=${blocked ? 'launch-why' : nothing}
      >
        ${localizer.text(messages, 'launch')}
      </button>
      ${
        actions.closable
          ? html`<button type="button" @click=${() => actions.close()}>
              ${localizer.text(commonMessages, 'cancel')}
            </button>`
          : nothing
      }
      ${
        blocked
          ? html`<span class=${obstacles === nothing ? 'quiet-text' : 'visually-hidden'} id="launch-why"
              >${decision.obstacles.map((obstacle) => why(view, obstacle.why)).join(' ')}</span
            >`
          : nothing
      }
    </div>
  `;
  return html`<form part="form" novalidate autocomplete="off" @submit=${actions.submit} @keydown=${handleKey}>
    <slot name="header"><h2 class="heading" part="heading">${localizer.text(messages, 'heading')}</h2></slot>
    ${
      setting.canAct
        ? nothing
        : notice({
            tone: 'info',
            heading: localizer.text(messages, 'readerTitle'),
            text: localizer.text(messages, 'reader', { projectName: actions.projectName }),
          })
    }
    ${
      setting.expired
        ? notice({
            tone: 'warning',
            heading: localizer.text(messages, 'expiredTitle'),
            text: localizer.text(messages, 'expired'),
            actions: html`<button type="button" @click=${() => actions.signIn()}>
              ${localizer.text(messages, 'signInAgain')}
            </button>`,
          })
        : nothing
    }
    <div class="columns">
      <div class="questions">
        ${nameSection(view)} ${sections(view)}
        <slot></slot>
      </div>
      ${review(view, actions, button)}
    </div>
  </form>`;
}

/** Enter launches from the name only: in a search or on a choice it would come as a surprise. */
function handleKey(event: KeyboardEvent): void {
  const { target } = event;
  if (event.key === 'Enter' && target instanceof HTMLInputElement && target.id !== 'name')
    event.preventDefault();
}
