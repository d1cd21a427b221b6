import { css, html, nothing, type TemplateResult } from 'lit';
import { placeBeside } from './menu.js';

export interface ActionButtonOptions {
  label: string;
  icon?: TemplateResult | undefined;
  /** Classes of control.styles: `primary`, `quiet`, `danger`, `small`, `icon-only`. */
  class?: string | undefined;
  /** Why it cannot be used now. The button stays in the tab order; the reason shows on focus and on hover. */
  reason?: string | undefined;
  /** Unique in the shadow root; needed with a reason. */
  id: string;
  /** It is at work: it keeps its place and the icon turns. */
  busy?: boolean | undefined;
  /** The icon alone is seen; the label is its name. */
  iconOnly?: boolean | undefined;
  type?: 'button' | 'submit' | undefined;
  part?: string | undefined;
  onClick?: ((event: Event) => void) | undefined;
}

/** A button that can be out of use and says why, to eyes, ears and fingers alike. */
export function actionButton(options: ActionButtonOptions): TemplateResult {
  const { id, label, reason, iconOnly, busy } = options;
  const off = reason !== undefined || busy === true;
  return html`<button
      type=${options.type ?? 'button'}
      id=${id}
      class="${options.class ?? ''} ${iconOnly ? 'icon-only' : ''}"
      part=${options.part ?? nothing}
      aria-disabled=${off ? 'true' : nothing}
      aria-busy=${busy ? 'true' : nothing}
      aria-label=${iconOnly ? label : nothing}
      aria-describedby=${reason === undefined ? nothing : `${id}-reason`}
      @click=${(event: Event) => {
        if (off) {
          event.preventDefault();
          if (reason !== undefined) showReason(event);
          return;
        }
        options.onClick?.(event);
      }}
      @pointerenter=${showReason}
      @pointerleave=${hideReason}
      @focus=${showReason}
      @blur=${hideReason}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Escape') hideReason(event);
      }}
    >
      ${options.icon ?? nothing}${iconOnly ? nothing : html`<span>${label}</span>`}</button
    >${
      reason === undefined && !iconOnly
        ? nothing
        : html`<span class="tooltip" id="${id}-reason" role="tooltip" popover="manual"
            >${reason ?? label}</span
          >`
    }`;
}

function tipOf(event: Event): { tip: HTMLElement; button: HTMLElement } | undefined {
  const button = event.currentTarget;
  if (!(button instanceof HTMLElement)) return undefined;
  const tip = button.nextElementSibling;
  return tip instanceof HTMLElement && tip.classList.contains('tooltip') ? { tip, button } : undefined;
}

function showReason(event: Event): void {
  const found = tipOf(event);
  if (!found || found.tip.matches(':popover-open')) return;
  // A mouse click gives focus too; the hint is for the keyboard then.
  if (event.type === 'focus' && !found.button.matches(':focus-visible')) return;
  found.tip.showPopover();
  placeBeside(found.tip, found.button, 6);
}

function hideReason(event: Event): void {
  const found = tipOf(event);
  if (found?.tip.matches(':popover-open')) found.tip.hidePopover();
}

export const actionButtonStyles = css`
  .tooltip {
    position: fixed;
    inset: auto;
    margin: 0;
    max-inline-size: min(20em, 100vi - 1em);
    padding: 0.375em 0.625em;
    border: 1px solid var(--_color-border);
    border-radius: calc(var(--_radius) * 0.75);
    background: var(--_color-surface-raised);
    color: var(--_color-text);
    box-shadow: var(--_shadow);
    font-size: 0.9375em;
    line-height: 1.35;
    pointer-events: none;
  }
`;
