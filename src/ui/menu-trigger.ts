import { html, nothing, type TemplateResult } from 'lit';
import { iconMore } from './icons.js';

export interface MenuTriggerOptions {
  /** What the button says to a screen reader: `Actions for web-1`. */
  label: string;
  icon?: TemplateResult | undefined;
  /** Shown beside the icon. */
  text?: string | undefined;
  class?: string | undefined;
  /** @param first which entry is to have the keyboard */
  onOpen: (trigger: HTMLElement, first: 'first' | 'last') => void;
}

/** The button of a menu, without what opens it. */
export function menuTrigger({ label, icon, text, onOpen, ...options }: MenuTriggerOptions): TemplateResult {
  const open = ({ currentTarget }: Event, first: 'first' | 'last') => {
    if (currentTarget instanceof HTMLElement) onOpen(currentTarget, first);
  };
  return html`<button
    type="button"
    class=${options.class ?? 'quiet icon-only'}
    aria-haspopup="menu"
    aria-expanded="false"
    aria-label=${text === undefined ? label : nothing}
    title=${text === undefined ? label : nothing}
    @click=${(event: Event) => {
      open(event, 'first');
    }}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      event.preventDefault();
      open(event, event.key === 'ArrowDown' ? 'first' : 'last');
    }}
  >
    ${icon ?? iconMore()} ${text ?? nothing}
  </button>`;
}
