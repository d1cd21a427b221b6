import { css, html, nothing, type TemplateResult } from 'lit';
import { placeBeside } from './place-beside.js';

export interface ActionButtonOptions {
  /** Unique in the shadow root. */
  id: string;
  label: string;
  icon?: TemplateResult | undefined;
  /** Classes of control.styles: `primary`, `quiet`, `danger`, `small`. */
  class?: string | undefined;
  /** Why it cannot be used now. The button stays in the tab order; the reason shows on focus, hover and touch. */
  reason?: string | undefined;
  /** It is at work: it keeps its place and takes no more clicks. */
  busy?: boolean | undefined;
  /** Only the icon is seen; the label is its name and its tooltip. */
  iconOnly?: boolean | undefined;
  type?: 'button' | 'submit' | undefined;
  part?: string | undefined;
  onClick?: ((event: Event) => void) | undefined;
}

/**
 * A button that can be out of use and says why, to eyes, ears and fingers alike. Never `disabled`: that would
 * take it from the keyboard, and its reason with it.
 */
export function actionButton(options: ActionButtonOptions): TemplateResult {
  const { id, label, reason, iconOnly, busy } = options;
  const off = reason !== undefined || busy === true;
  const tip = reason ?? (iconOnly ? label : undefined);
  const handleClick = (event: Event) => {
    if (!off) {
      options.onClick?.(event);
      return;
    }
    event.preventDefault();
    show(event);
  };
  return html`<button
      type=${options.type ?? 'button'}
      id=${id}
      class="${options.class ?? ''} ${iconOnly ? 'icon-only' : ''}"
      part=${options.part ?? nothing}
      aria-disabled=${off ? 'true' : nothing}
      aria-busy=${busy ? 'true' : nothing}
      aria-label=${iconOnly ? label : nothing}
      aria-describedby=${reason === undefined ? nothing : `${id}-reason`}
      @click=${handleClick}
      @pointerenter=${show}
      @pointerleave=${hide}
      @focus=${show}
      @blur=${hide}
    >
      ${options.icon ?? nothing}${iconOnly ? nothing : html`<span>${label}</span>`}</button
    >${
      tip === undefined
        ? nothing
        : html`<span class="tooltip" id="${id}-reason" popover="hint" @pointerleave=${hide}>${tip}</span>`
    }`;
}

/** Button and tooltip stand side by side in the template, and either may have the event. */
function pairOf(event: Event): { tip: HTMLElement; button: HTMLElement } | undefined {
  const target = event.currentTarget;
  if (!(target instanceof HTMLElement)) return undefined;
  const isTip = target.classList.contains('tooltip');
  const tip = isTip ? target : target.nextElementSibling;
  const button = isTip ? target.previousElementSibling : target;
  return tip instanceof HTMLElement && tip.classList.contains('tooltip') && button instanceof HTMLElement
    ? { tip, button }
    : undefined;
}

function show(event: Event): void {
  const pair = pairOf(event);
  if (!pair || pair.tip.matches(':popover-open')) return;
  // A click gives focus too; the focus shows the tooltip for the keyboard only.
  if (event.type === 'focus' && !pair.button.matches(':focus-visible')) return;
  pair.tip.showPopover();
  placeBeside(pair.tip, pair.button, 6);
}

function hide(event: Event): void {
  const pair = pairOf(event);
  if (!pair?.tip.matches(':popover-open')) return;
  // The pointer may go on to the tooltip, to read it enlarged or to copy it (WCAG 1.4.13).
  const to = event instanceof PointerEvent ? event.relatedTarget : undefined;
  if (to === pair.tip || to === pair.button) return;
  pair.tip.hidePopover();
}

export const actionButtonStyles = css`
  .tooltip {
    position: fixed;
    inset: auto;
    margin: 0;
    inline-size: max-content;
    max-inline-size: min(20em, 100vi - 1em);
    padding: 0.375em 0.625em;
    border: 1px solid var(--_color-border);
    border-radius: calc(var(--_radius) * 0.75);
    overflow: visible;
    background: var(--_color-surface-raised);
    color: var(--_color-text);
    box-shadow: var(--_shadow);
    font-size: 0.9375em;
    font-weight: 400;
    line-height: 1.35;
  }
  /* Bridges the gap to the button. */
  .tooltip::before {
    content: '';
    position: absolute;
    inset: -8px;
    z-index: -1;
  }
`;
