import { css, html, type TemplateResult } from 'lit';
import { iconBusy, iconFailed, iconOff, iconPaused, iconSuccess, iconUnknown, iconWarning } from './icons.js';

/** What a state means to the person, the same for every kind of resource. */
export type StatusTone =
  /** It works. */
  | 'good'
  /** It is changing; nothing is expected of anybody. */
  | 'busy'
  /** It is off, on purpose. */
  | 'off'
  /** It is set aside and can come back: paused, suspended, shelved. */
  | 'paused'
  /** Somebody should look. */
  | 'attention'
  /** It failed. */
  | 'bad'
  /** The cloud does not say. */
  | 'unknown';

const ICONS: Readonly<Record<StatusTone, () => TemplateResult>> = {
  good: iconSuccess,
  busy: iconBusy,
  off: iconOff,
  paused: iconPaused,
  attention: iconWarning,
  bad: iconFailed,
  unknown: iconUnknown,
};

/** A state as icon, word and colour. Part `status`. */
export function status(tone: StatusTone, word: string): TemplateResult {
  return html`<span class="status ${tone}" part="status">${ICONS[tone]()}<span>${word}</span></span>`;
}

export const statusStyles = css`
  .status {
    display: inline-flex;
    align-items: center;
    gap: 0.375em;
    color: var(--_color-text-quiet);
    white-space: nowrap;
  }
  .status > .icon {
    inline-size: 1.125em;
    block-size: 1.125em;
  }
  .status.good {
    color: var(--_color-success-text);
  }
  .status.busy {
    color: var(--_color-accent-text);
  }
  .status.attention {
    color: var(--_color-warning-text);
  }
  .status.bad {
    color: var(--_color-danger-text);
  }
`;
