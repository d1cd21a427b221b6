import { css, html, nothing, render, type TemplateResult } from 'lit';
import { menuTrigger } from './menu-trigger.js';
import { closeWithHost, type OverlayHost } from './overlay-host.js';
import { placeBeside } from './place-beside.js';

export interface MenuItem {
  label: string;
  icon?: TemplateResult | undefined;
  /** Begins a group: a line stands above it, unless it is the first of all. */
  first?: boolean | undefined;
  /** Destroys something: red, and set apart by a line. */
  danger?: boolean | undefined;
  /** Why it cannot be chosen now. The item stays reachable and shows this. */
  reason?: string | undefined;
  onSelect: () => void;
}

export interface MenuButtonOptions {
  /** What the button says to a screen reader: `Actions for web-1`. */
  label: string;
  /** Asked when the menu opens; it opens when they are there. */
  items: () => readonly MenuItem[] | Promise<readonly MenuItem[]>;
  icon?: TemplateResult | undefined;
  /** Shown beside the icon. */
  text?: string | undefined;
  class?: string | undefined;
}

/** A button that opens a menu. One menu is open at a time, so a long list pays only for its buttons. */
export function menuButton(host: OverlayHost, options: MenuButtonOptions): TemplateResult {
  const open = (trigger: HTMLElement, first: 'first' | 'last') => {
    const items = options.items();
    if (!(items instanceof Promise)) {
      openMenu(host, trigger, options.label, items, first);
      return;
    }
    trigger.setAttribute('aria-busy', 'true');
    void items.then((loaded) => {
      trigger.removeAttribute('aria-busy');
      // Somebody may have gone elsewhere while they came.
      if (trigger.isConnected) openMenu(host, trigger, options.label, loaded, first);
    });
  };
  return menuTrigger({ ...options, onOpen: open });
}

const open = new WeakMap<OverlayHost, { trigger: HTMLElement; close: () => void }>();

/** Opens a menu beside `trigger`. Opening the one that is open closes it. */
export function openMenu(
  host: OverlayHost,
  trigger: HTMLElement,
  label: string,
  items: readonly MenuItem[],
  focus: 'first' | 'last' = 'first',
): void {
  const before = open.get(host);
  before?.close();
  if (before?.trigger === trigger) return;

  const box = host.ownerDocument.createElement('div');
  // In an open dialog of ours, as everything outside it is inert.
  (trigger.closest('dialog') ?? host.overlays).append(box);
  render(view(label, items), box, { host });
  const menu = box.querySelector<HTMLElement>('[popover]');
  if (!menu) return;
  const entries = [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  const view_ = host.ownerDocument.defaultView;
  let typed = '';
  let typedAt = 0;

  const focusAt = (index: number) => {
    entries.at(index)?.focus();
  };
  const current = () => entries.findIndex((entry) => entry === host.shadowRoot?.activeElement);
  const place = () => {
    placeBeside(menu, trigger);
  };
  const close = (returnFocus = false) => {
    view_?.removeEventListener('resize', place);
    view_?.removeEventListener('scroll', place, true);
    trigger.setAttribute('aria-expanded', 'false');
    open.delete(host);
    forget();
    box.remove();
    if (returnFocus) trigger.focus();
  };
  const forget = closeWithHost(host, () => {
    close();
  });

  menu.addEventListener('toggle', (event) => {
    // Light dismissal by the browser: a click elsewhere, Escape, another popover.
    if (event instanceof ToggleEvent && event.newState === 'closed') close(menu.matches(':focus-within'));
  });
  menu.addEventListener('click', (event) => {
    const entry = event.composedPath().find((node) => node instanceof HTMLElement && entries.includes(node));
    const item = entry instanceof HTMLElement ? items[entries.indexOf(entry)] : undefined;
    if (!item || item.reason !== undefined) return;
    close(true);
    item.onSelect();
  });
  menu.addEventListener('keydown', (event) => {
    const { key } = event;
    const at = current();
    if (key === 'ArrowDown') focusAt((at + 1) % entries.length);
    else if (key === 'ArrowUp') focusAt(at <= 0 ? -1 : at - 1);
    else if (key === 'Home') focusAt(0);
    else if (key === 'End') focusAt(-1);
    else if (key === 'Escape') close(true);
    else if (key === 'Tab') {
      close(true);
      return;
    } else if (key.length === 1 && key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      typed = event.timeStamp - typedAt < 700 ? typed + key : key;
      typedAt = event.timeStamp;
      const found = findByPrefix(items, typed, at, host.localizer.locale);
      if (found >= 0) focusAt(found);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });

  menu.showPopover();
  place();
  view_?.addEventListener('resize', place);
  view_?.addEventListener('scroll', place, true);
  trigger.setAttribute('aria-expanded', 'true');
  open.set(host, {
    trigger,
    close: () => {
      close();
    },
  });
  focusAt(focus === 'first' ? 0 : -1);
}

/** Closes the menu whose trigger is no longer in the page, such as that of a row that has gone. */
export function closeOrphanedMenu(host: OverlayHost): void {
  const found = open.get(host);
  if (found && !found.trigger.isConnected) found.close();
}

/** The entry whose label begins with what was typed, from the one after the current on. */
function findByPrefix(items: readonly MenuItem[], typed: string, at: number, locale: string): number {
  const wanted = typed.toLocaleLowerCase(locale);
  // The same letter again goes on to the next such entry; a longer word stays where it fits.
  const start = wanted.length === 1 ? at + 1 : Math.max(at, 0);
  for (let i = 0; i < items.length; i += 1) {
    const index = (start + i) % items.length;
    if (items[index]?.label.toLocaleLowerCase(locale).startsWith(wanted)) return index;
  }
  return -1;
}

function view(label: string, items: readonly MenuItem[]): TemplateResult {
  return html`<div popover="auto" class="menu" part="menu" role="menu" aria-label=${label}>
    ${items.map(
      (item) =>
        html`<button
          type="button"
          role="menuitem"
          class="menu-item ${item.danger ? 'destroys' : ''} ${item.first ? 'begins' : ''}"
          aria-disabled=${item.reason === undefined ? nothing : 'true'}
        >
          ${item.icon ?? html`<span class="menu-gap"></span>`}
          <span
            >${item.label}${item.reason === undefined ? nothing : html` <small class="menu-reason">${item.reason}</small>`}</span
          >
        </button>`,
    )}
  </div>`;
}

export const menuStyles = css`
  .menu {
    position: fixed;
    inset: auto;
    margin: 0;
    min-inline-size: 11em;
    max-inline-size: min(22em, 100vi - 1em);
    /* Browsers have fit-content here, which Safari takes for the whole window where the box is a grid. */
    block-size: auto;
    max-block-size: calc(100vb - 1em);
    padding: var(--_space-1);
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius);
    overflow: auto;
    overscroll-behavior: contain;
    background: var(--_color-surface-raised);
    color: var(--_color-text);
    box-shadow: var(--_shadow);
  }
  .menu:popover-open {
    display: grid;
    animation: menu-in var(--_motion-duration) ease-out;
  }
  @keyframes menu-in {
    from {
      opacity: 0;
      transform: translateY(-0.25em);
    }
  }
  button.menu-item {
    position: relative;
    justify-content: flex-start;
    gap: 0.625em;
    padding: var(--_space-1) 0.625em;
    border: 0;
    border-radius: calc(var(--_radius) * 0.75);
    background: transparent;
    font-weight: 400;
    text-align: inherit;
  }
  button.menu-item > .icon {
    color: var(--_color-text-quiet);
  }
  button.menu-item:hover,
  button.menu-item:focus {
    background: color-mix(in srgb, transparent, var(--_color-text) 8%);
  }
  button.menu-item:focus-visible {
    outline-offset: -2px;
  }
  button.menu-item.destroys,
  button.menu-item.destroys > .icon {
    color: var(--_color-danger-text);
  }
  button.menu-item.destroys:hover,
  button.menu-item.destroys:focus {
    background: var(--_color-danger-quiet);
  }
  button.menu-item[aria-disabled='true'] {
    background: transparent;
    color: var(--_color-text-quiet);
  }
  button.menu-item[aria-disabled='true']:focus {
    background: var(--_color-surface-quiet);
  }
  @media (forced-colors: active) {
    button.menu-item:focus {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
  .menu-item.begins:not(:first-child) {
    margin-block-start: 0.5em;
  }
  .menu-item.begins:not(:first-child)::before {
    content: '';
    position: absolute;
    inset: calc(-0.25em - 1px) 0 auto;
    border-block-start: 1px solid var(--_color-border);
  }
  /* A long menu fits a window. */
  .menu:has(> :nth-child(13)) > button.menu-item {
    min-block-size: 1.75em;
    padding-block: 0.0625em;
  }
  .menu-gap {
    inline-size: 1.25em;
  }
  .menu-reason {
    display: block;
    color: var(--_color-text-quiet);
    font-size: 0.875em;
  }
`;
