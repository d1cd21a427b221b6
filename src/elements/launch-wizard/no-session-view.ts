import { html, type TemplateResult } from 'lit';
import { commonMessages } from '../../i18n/en/common.js';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import { notice } from '../../ui/notice.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { skeletonRows } from '../../ui/skeleton.js';

/** Whether somebody is about to be signed in. */
export function isSigningIn(status: string | undefined): boolean {
  return status === 'restoring' || status === 'signing-in';
}

/** What stands in the place of the form while nobody is signed in. */
export function noSessionView(
  { localizer }: OverlayHost,
  status: string | undefined,
  signIn: () => void,
): TemplateResult {
  if (isSigningIn(status))
    return html`<div class="panel">${skeletonRows(localizer.text(messages, 'loading'), 5, 2)}</div>`;
  const choosing = status === 'choosing';
  return html`<div class="panel">
    ${notice({
      tone: 'info',
      heading: localizer.text(messages, choosing ? 'choosingTitle' : 'noSessionTitle'),
      text: localizer.text(messages, choosing ? 'choosing' : 'noSession'),
      actions: choosing
        ? undefined
        : html`<button type="button" @click=${signIn}>${localizer.text(commonMessages, 'signIn')}</button>`,
    })}
  </div>`;
}
