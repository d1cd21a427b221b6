import { html, nothing, type TemplateResult } from 'lit';
import { commonMessages } from '../../i18n/en/common.js';
import { instanceListMessages as messages } from '../../i18n/en/instance-list.js';
import type { Localizer } from '../../i18n/localizer.js';
import type { OpenStackError } from '../../openstack/errors.js';
import type { Trouble } from './instance-list.state.js';
import { iconCloud, iconFolder, iconPlus, iconSearch, iconServer, iconSignIn } from '../../ui/icons.js';
import { errorNotice, notice } from '../../ui/notice.js';
import type { OverlayHost } from '../../ui/overlay-host.js';

/** What stands in the place of the rows: what it is about, what helps, and a button for it. */
function place(icon: TemplateResult, title: string, text: string, action: unknown = nothing): TemplateResult {
  return html`<div class="place" part="message">
    <span class="place-icon">${icon}</span>
    <p class="place-title fallback" tabindex="-1">${title}</p>
    <p class="place-text">${text}</p>
    ${action}
  </div>`;
}

export function noSession(host: OverlayHost, choosing: boolean, onSignIn: () => void): TemplateResult {
  const { localizer } = host;
  return choosing
    ? place(iconFolder(), localizer.text(messages, 'noProject'), localizer.text(messages, 'noProjectHelps'))
    : place(
        iconSignIn(),
        localizer.text(messages, 'noSession'),
        localizer.text(messages, 'noSessionHelps'),
        signInButton(host, onSignIn),
      );
}

function signInButton({ localizer }: OverlayHost, onSignIn: () => void): TemplateResult {
  return html`<button type="button" @click=${onSignIn}>${localizer.text(commonMessages, 'signIn')}</button>`;
}

export function serviceMissing({ localizer }: OverlayHost): TemplateResult {
  return place(
    iconCloud(),
    localizer.text(messages, 'serviceMissing'),
    localizer.text(messages, 'serviceMissingHelps'),
  );
}

export function failed(host: OverlayHost, error: OpenStackError, onRetry: () => void): TemplateResult {
  return html`<div class="failed">${errorNotice(host, error, { onRetry })}</div>`;
}

/** The way to a new instance. */
export function launchButton(localizer: Localizer, onLaunch: () => void): TemplateResult {
  return html`<button type="button" class="primary" part="launch" @click=${onLaunch}>
    ${iconPlus()}${localizer.text(messages, 'launch')}
  </button>`;
}

/** @param onLaunch nothing for somebody who may only look */
export function empty({ localizer }: OverlayHost, onLaunch: (() => void) | undefined): TemplateResult {
  return html`<slot name="empty"
    >${place(
      iconServer(),
      localizer.text(messages, 'empty'),
      localizer.text(messages, onLaunch ? 'emptyHelps' : 'no-reader'),
      onLaunch ? launchButton(localizer, onLaunch) : nothing,
    )}</slot
  >`;
}

export function noMatch({ localizer }: OverlayHost, count: number, onClear: () => void): TemplateResult {
  return place(
    iconSearch(),
    localizer.text(messages, 'noMatch'),
    localizer.text(messages, 'noMatchHelps', { count }),
    html`<button type="button" @click=${onClear}>${localizer.text(messages, 'clearFilters')}</button>`,
  );
}

export function expired(host: OverlayHost, onSignIn: () => void): TemplateResult {
  const { localizer } = host;
  return notice({
    tone: 'warning',
    heading: localizer.text(messages, 'expired'),
    text: localizer.text(messages, 'expiredHelps'),
    actions: signInButton(host, onSignIn),
  });
}

/** The rows are old: why, how old, and a way to try again. */
export function stale(
  host: OverlayHost,
  error: OpenStackError,
  at: number,
  onRetry: () => void,
): TemplateResult {
  const { localizer } = host;
  return html`${errorNotice(host, error, { tone: 'warning', onRetry })}
    <p class="minor stale">${localizer.text(messages, 'stale', { at })}</p>`;
}

/** One connection of several is not as it should be, which is said, and does not take the others along. */
export function trouble(
  host: OverlayHost,
  { why, error, updatedAt }: Trouble,
  where: string,
  { onRetry, onSignIn }: { readonly onRetry: () => void; readonly onSignIn: () => void },
): TemplateResult {
  const { localizer } = host;
  if (why === 'expired') {
    return notice({
      tone: 'warning',
      heading: localizer.text(messages, 'expiredAt', { where }),
      text: updatedAt > 0 ? localizer.text(messages, 'expiredHelps') : undefined,
      actions: signInButton(host, onSignIn),
    });
  }
  if (why === 'service-missing') {
    return notice({ tone: 'info', heading: localizer.text(messages, 'serviceMissingAt', { where }) });
  }
  return html`${errorNotice(host, error, { tone: 'warning', where, onRetry })}
  ${
    why === 'stale'
      ? html`<p class="minor stale">${localizer.text(messages, 'stale', { at: updatedAt })}</p>`
      : nothing
  }`;
}
