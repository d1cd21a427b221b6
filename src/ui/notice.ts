import { css, html, nothing, type TemplateResult } from 'lit';
import { commonMessages } from '../i18n/en/common.js';
import { describeError } from '../i18n/errors.js';
import { copyButton } from './copy-button.js';
import { iconError, iconInfo, iconSuccess, iconWarning } from './icons.js';
import type { OverlayHost } from './overlay-host.js';

export type NoticeTone = 'error' | 'warning' | 'info' | 'success';

export interface NoticeOptions {
  tone: NoticeTone;
  /** What it is about, in a few words. */
  heading: string;
  /** What happened. */
  text?: string | TemplateResult | undefined;
  /** What the person can do. */
  helps?: string | undefined;
  /** Anything more: details, lines to copy. */
  more?: unknown;
  /** Buttons, the likeliest first. */
  actions?: unknown;
  /** Interrupts a screen reader at once; for errors that answer to something the person just did. */
  urgent?: boolean | undefined;
}

const ICONS = { error: iconError, warning: iconWarning, info: iconInfo, success: iconSuccess };

/** A box that says what happened and what helps. Part `notice`. */
export function notice(options: NoticeOptions): TemplateResult {
  const { tone, heading, text, helps, more, actions, urgent } = options;
  return html`<div
    class="notice ${tone}"
    part="notice"
    role=${urgent ? 'alert' : 'group'}
    aria-label=${urgent ? nothing : heading}
  >
    ${ICONS[tone]()}
    <div class="notice-body">
      <p class="notice-heading">${heading}</p>
      ${text ? html`<p>${text}</p>` : nothing} ${helps ? html`<p>${helps}</p>` : nothing} ${more ?? nothing}
      ${actions ? html`<div class="actions">${actions}</div>` : nothing}
    </div>
  </div>`;
}

export interface ErrorNoticeOptions {
  /** Shows a button that tries again. */
  onRetry?: (() => void) | undefined;
  /** More buttons, after the retry button. */
  actions?: unknown;
  /** `warning` where what is shown is merely old, `error` (default) where something was not done. */
  tone?: 'error' | 'warning' | undefined;
  /** Which of several clouds or projects it is about; before the heading. */
  where?: string | undefined;
  /** What the person can do here, where that is more than what helps in general. */
  helps?: string | undefined;
  /** See NoticeOptions. */
  urgent?: boolean | undefined;
}

/** The notice of an error: what was attempted, what happened, what helps, and the id to quote. */
export function errorNotice(
  host: OverlayHost,
  error: unknown,
  options: ErrorNoticeOptions = {},
): TemplateResult {
  const { localizer } = host;
  const { attempted, happened, helps, detail, requestId, configLines } = describeError(localizer, error);
  const text = (key: 'cloudSays' | 'requestId' | 'configuration') => localizer.text(commonMessages, key);
  const more = html`
    ${detail ? html`<p class="notice-detail">${text('cloudSays')}: <q>${detail}</q></p>` : nothing}
    ${
      configLines && configLines.length > 0
        ? html`<div class="notice-lines">
            <pre tabindex="0">${configLines.join('\n')}</pre>
            ${copyButton(host, { value: configLines.join('\n'), what: text('configuration') })}
          </div>`
        : nothing
    }
    ${
      requestId
        ? html`<p class="notice-detail">
            ${text('requestId')}: <code>${requestId}</code>
            ${copyButton(host, { value: requestId, what: text('requestId') })}
          </p>`
        : nothing
    }
  `;
  const retry = options.onRetry
    ? html`<button type="button" @click=${options.onRetry}>
        ${localizer.text(commonMessages, 'retry')}
      </button>`
    : nothing;
  return notice({
    tone: options.tone ?? 'error',
    heading: options.where ? `${options.where}: ${attempted}` : attempted,
    text: happened,
    helps: options.helps ?? helps,
    more,
    actions: options.onRetry || options.actions ? html`${retry}${options.actions ?? nothing}` : undefined,
    urgent: options.urgent,
  });
}

export const noticeStyles = css`
  .notice {
    --_tone: var(--_color-accent-text);
    display: flex;
    gap: 0.75em;
    padding: 0.75em var(--_space-3);
    border: 1px solid color-mix(in srgb, var(--_tone), transparent 65%);
    border-radius: var(--_radius);
    background: var(--_color-accent-quiet);
    color: var(--_color-text);
  }
  .notice.error {
    --_tone: var(--_color-danger-text);
    background: var(--_color-danger-quiet);
  }
  .notice.warning {
    --_tone: var(--_color-warning-text);
    background: var(--_color-warning-quiet);
  }
  .notice.success {
    --_tone: var(--_color-success-text);
    background: var(--_color-success-quiet);
  }
  .notice > .icon {
    margin-block-start: 0.125em;
    color: var(--_tone);
  }
  .notice-body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    flex: 1;
    gap: var(--_space-1);
    min-inline-size: 0;
  }
  .notice-heading {
    font-weight: var(--_font-weight-strong);
  }
  .notice .actions {
    margin-block-start: var(--_space-2);
  }
  .notice-detail {
    color: var(--_color-text-quiet);
    font-size: 0.9375em;
    overflow-wrap: anywhere;
  }
  .notice-lines {
    display: flex;
    align-items: flex-start;
    gap: var(--_space-2);
  }
  .notice-lines pre {
    flex: 1;
    min-inline-size: 0;
    margin: 0;
    padding: var(--_space-2);
    border-radius: calc(var(--_radius) / 2);
    overflow-x: auto;
    background: var(--_color-surface);
    font-family: var(--_font-family-mono);
    font-size: 0.875em;
    direction: ltr;
    text-align: left;
  }
`;
