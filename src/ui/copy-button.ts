import { css, html, render, type TemplateResult } from 'lit';
import { commonMessages } from '../i18n/en/common.js';
import { iconCheck, iconCopy } from './icons.js';
import { announce } from './live-region.js';
import type { OverlayHost } from './overlay-host.js';

export interface CopyButtonOptions {
  /** The text that is copied. */
  value: string;
  /** What it is, as it stands after "Copy": "the address 192.0.2.7". */
  what: string;
}

/** How long the check mark stays, ms. */
const SHOWN_FOR = 2000;

/** A small button that copies a text and says so. */
export function copyButton(host: OverlayHost, { value, what }: CopyButtonOptions): TemplateResult {
  const label = host.localizer.text(commonMessages, 'copy', { what });
  return html`<button
    type="button"
    class="copy quiet icon-only small"
    aria-label=${label}
    title=${label}
    @click=${(event: Event) => {
      const { currentTarget } = event;
      if (currentTarget instanceof HTMLElement) void copyFrom(host, currentTarget, value);
    }}
  >
    ${iconCopy()}
  </button>`;
}

async function copyFrom(host: OverlayHost, button: HTMLElement, value: string): Promise<void> {
  const copied = await copyText(host, value);
  announce(host, host.localizer.text(commonMessages, copied ? 'copied' : 'copyFailed'));
  if (!copied || button.classList.contains('copied')) return;
  // Made when it is shown: a long list has a thousand of these buttons.
  const check = host.ownerDocument.createElement('span');
  check.className = 'copy-after';
  render(iconCheck(), check);
  button.append(check);
  button.classList.add('copied');
  setTimeout(() => {
    button.classList.remove('copied');
    check.remove();
  }, SHOWN_FOR);
}

/** Copies a text; false where the browser refuses. */
export async function copyText(host: OverlayHost, value: string): Promise<boolean> {
  const { defaultView } = host.ownerDocument;
  try {
    // Absent on pages served over plain HTTP, whatever the types say.
    const clipboard: Clipboard | undefined = defaultView?.navigator.clipboard;
    if (!clipboard) return copyBySelection(host, value);
    await clipboard.writeText(value);
    return true;
  } catch {
    return copyBySelection(host, value);
  }
}

function copyBySelection(host: OverlayHost, value: string): boolean {
  const root = host.shadowRoot;
  const focused = root?.activeElement;
  const area = host.ownerDocument.createElement('textarea');
  area.className = 'visually-hidden';
  area.value = value;
  // Inside an open dialog of ours, as everything outside it is inert.
  const place = focused?.closest('dialog') ?? host.overlays;
  place.append(area);
  area.select();
  try {
    // The only way on a page without a secure context.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    return host.ownerDocument.execCommand('copy');
  } catch {
    return false;
  } finally {
    area.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}

export const copyButtonStyles = css`
  .copy.copied > .icon {
    display: none;
  }
  .copy-after {
    display: contents;
    color: var(--_color-success-text);
  }
`;
