import { css, html, nothing, render, type TemplateResult } from 'lit';
import { commonMessages } from '../i18n/en/common.js';
import { iconClose } from './icons.js';
import { closeWithHost, type OverlayHost } from './overlay-host.js';

export interface DialogOptions {
  heading: string;
  /** The content; called again by `update`. */
  body: () => unknown;
  /** The buttons at the foot; called again by `update`. */
  actions?: (() => unknown) | undefined;
  /** Asks before closing by Escape or the cross; false keeps it open. */
  mayClose?: (() => boolean) | undefined;
  /** `alertdialog` for a decision that interrupts. */
  role?: 'dialog' | 'alertdialog' | undefined;
  /** Where the focus goes afterwards when what had it is no longer there. */
  returnFocus?: (() => HTMLElement | null | undefined) | undefined;
  /** Called once, however it was closed. */
  onClosed?: ((result: string) => void) | undefined;
}

export interface DialogHandle {
  readonly element: HTMLDialogElement;
  /** Renders the content again. */
  update(): void;
  /** Closes with a result that `onClosed` gets. */
  close(result?: string): void;
}

let count = 0;

/**
 * Opens a modal dialog in the element's own shadow root, over everything on the page: `showModal()` makes the
 * rest inert, so a focus trap of the page cannot take the keyboard away. The focus goes back to where it was.
 */
export function openDialog(host: OverlayHost, options: DialogOptions): DialogHandle {
  const box = host.ownerDocument.createElement('div');
  host.overlays.append(box);
  const before = host.shadowRoot?.activeElement;
  count += 1;
  const headingId = `dialog-heading-${String(count)}`;
  const bodyId = `dialog-body-${String(count)}`;
  let result = '';
  let closed = false;

  const view = (): TemplateResult =>
    html`<dialog
      part="dialog"
      role=${options.role ?? nothing}
      aria-labelledby=${headingId}
      aria-describedby=${options.role === 'alertdialog' ? bodyId : nothing}
      @cancel=${(event: Event) => {
        if (options.mayClose?.() === false) event.preventDefault();
      }}
      @keydown=${(event: KeyboardEvent) => {
        // A second Escape would close it whatever the cancel event's listener does.
        if (event.key === 'Escape' && options.mayClose?.() === false) event.preventDefault();
      }}
      @close=${handleClosed}
    >
      <header class="dialog-head">
        <h2 id=${headingId}>${options.heading}</h2>
        <button
          type="button"
          class="quiet icon-only small"
          aria-label=${host.localizer.text(commonMessages, 'close')}
          @click=${() => {
            if (options.mayClose?.() !== false) close();
          }}
        >
          ${iconClose()}
        </button>
      </header>
      <div class="dialog-body" id=${bodyId}>${options.body()}</div>
      ${options.actions ? html`<footer class="dialog-foot">${options.actions()}</footer>` : nothing}
    </dialog>`;

  const update = () => {
    render(view(), box, { host });
  };

  function handleClosed() {
    if (closed) return;
    closed = true;
    forget();
    box.remove();
    const target =
      before instanceof HTMLElement && before.isConnected && before.checkVisibility()
        ? before
        : options.returnFocus?.();
    target?.focus();
    options.onClosed?.(result);
  }

  const forget = closeWithHost(host, handleClosed);

  function close(answer = '') {
    result = answer;
    element.close();
  }

  update();
  const element = box.querySelector('dialog') ?? host.ownerDocument.createElement('dialog');
  element.showModal();
  return { element, update, close };
}

export interface ConfirmOptions {
  /** The question, with the name of the thing: `Delete “web-1”?` */
  heading: string;
  /** The consequence. */
  body?: unknown;
  /** In the place of `body`, where the content changes while the question stands there: called again by `update`. */
  content?: ((update: () => void) => unknown) | undefined;
  /** Called once it is open, with what renders `content` again. */
  onOpened?: ((update: () => void) => void) | undefined;
  /** The verb: `Delete`. */
  confirmLabel: string;
  cancelLabel?: string | undefined;
  /** The action destroys something: it is red, and Cancel has the focus. */
  danger?: boolean | undefined;
  returnFocus?: DialogOptions['returnFocus'];
}

/** Asks for a decision. Escape, the cross and Cancel mean no. */
export function confirmDialog(host: OverlayHost, options: ConfirmOptions): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog = openDialog(host, {
      heading: options.heading,
      role: 'alertdialog',
      // Called first while it opens, when nothing can be pressed yet.
      body: () => options.content?.(() => dialog.update()) ?? options.body,
      actions: () =>
        html`<button
            type="button"
            ?autofocus=${options.danger}
            @click=${() => {
              dialog.close();
            }}
          >
            ${options.cancelLabel ?? host.localizer.text(commonMessages, 'cancel')}
          </button>
          <button
            type="button"
            class=${options.danger ? 'danger' : 'primary'}
            ?autofocus=${!options.danger}
            @click=${() => {
              dialog.close('yes');
            }}
          >
            ${options.confirmLabel}
          </button>`,
      returnFocus: options.returnFocus,
      onClosed: (result) => {
        resolve(result === 'yes');
      },
    });
    options.onOpened?.(() => dialog.update());
  });
}

export const dialogStyles = css`
  dialog {
    inline-size: min(34em, 100vi - 2em);
    max-block-size: min(44em, 100vb - 2em);
    padding: 0;
    border: 1px solid var(--_color-border);
    border-radius: calc(var(--_radius) * 1.5);
    overflow: hidden;
    background: var(--_color-surface-raised);
    color: var(--_color-text);
    box-shadow: var(--_shadow);
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
    animation: dialog-in var(--_motion-duration) ease-out;
  }
  dialog::backdrop {
    background: var(--_color-backdrop);
  }
  @keyframes dialog-in {
    from {
      opacity: 0;
      transform: translateY(0.5em);
    }
  }
  .dialog-head {
    display: flex;
    align-items: flex-start;
    justify-content: space-between;
    gap: var(--_space-3);
    padding: var(--_space-3) var(--_space-3) 0 var(--_space-4);
  }
  .dialog-head h2 {
    padding-block: 0.2em;
    font-size: 1.1875em;
    overflow-wrap: anywhere;
  }
  .dialog-body {
    flex: 1;
    min-block-size: 0;
    padding: var(--_space-2) var(--_space-4) var(--_space-4);
    overflow: auto;
    overscroll-behavior: contain;
  }
  .dialog-foot {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--_space-2);
    padding: var(--_space-3) var(--_space-4);
    border-block-start: 1px solid var(--_color-border);
  }
`;
