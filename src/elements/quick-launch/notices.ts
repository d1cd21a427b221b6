import { html, nothing, type TemplateResult } from 'lit';
import { quickLaunchMessages as messages } from '../../i18n/en/quick-launch.js';
import type { Localizer } from '../../i18n/localizer.js';
import { notice } from '../../ui/notice.js';
import type { QuickObstacle } from './quick-launch.state.js';
import type { MissingPart } from './recipe.js';

/** Nobody is signed in, or no project is chosen yet. */
export function noSession(localizer: Localizer, choosing: boolean, signIn: () => void): TemplateResult {
  return notice({
    tone: 'info',
    heading: localizer.text(messages, choosing ? 'choosingTitle' : 'noSessionTitle'),
    text: localizer.text(messages, choosing ? 'choosing' : 'noSession'),
    actions: choosing
      ? undefined
      : html`<button type="button" @click=${signIn}>${localizer.text(messages, 'signIn')}</button>`,
  });
}

/** The portal's choice is not there; `more` is for those who can change it. */
export function missingNotice(
  localizer: Localizer,
  { what, name }: MissingPart,
  more: unknown,
): TemplateResult {
  return notice({
    tone: 'warning',
    heading: localizer.text(messages, 'missingTitle'),
    text: localizer.text(messages, what === 'image' || what === 'size' ? 'missing' : 'missingOther', {
      what,
      name,
    }),
    helps: localizer.text(messages, 'missingHelps'),
    more,
  });
}

/** What a person has to know above the button. */
export interface Notes {
  /** Of the project, for somebody who may only look. */
  readonly reader: string | undefined;
  readonly expired: boolean;
  /** What launches could not be loaded. */
  readonly cannotLaunch: boolean;
  /** The browser promised a key and could not make one. */
  readonly keyless: boolean;
  readonly why: QuickObstacle | undefined;
  signIn(): void;
}

/** The first of them that matters. */
export function notices(localizer: Localizer, notes: Notes): TemplateResult | typeof nothing {
  const { reader, why } = notes;
  if (reader !== undefined) {
    return notice({
      tone: 'info',
      heading: localizer.text(messages, 'readerTitle'),
      text: localizer.text(messages, 'reader', { projectName: reader }),
    });
  }
  if (notes.expired) {
    return notice({
      tone: 'warning',
      heading: localizer.text(messages, 'expiredTitle'),
      text: localizer.text(messages, 'expired'),
      actions: html`<button type="button" @click=${() => notes.signIn()}>
        ${localizer.text(messages, 'signInAgain')}
      </button>`,
    });
  }
  if (notes.cannotLaunch || notes.keyless) {
    const what = notes.cannotLaunch ? 'runMissing' : 'keyless';
    return notice({
      tone: 'error',
      urgent: true,
      heading: localizer.text(messages, what),
      helps: localizer.text(messages, `${what}Helps`),
    });
  }
  if (why === undefined || why === 'name') return nothing;
  return notice({
    tone: 'warning',
    heading: localizer.text(messages, `why-${why}`),
    helps: localizer.text(messages, why === 'quota' ? 'why-quota-helps' : 'why-otherHelps'),
  });
}
