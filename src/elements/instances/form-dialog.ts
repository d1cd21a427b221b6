import { css, html, nothing } from 'lit';
import { commonMessages } from '../../i18n/en/common.js';
import { addStyles } from '../../ui/add-styles.js';
import { controlStyles } from '../../ui/control.styles.js';
import { dialogStyles, openDialog } from '../../ui/dialog.js';
import { errorNotice } from '../../ui/notice.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { skeletonRows } from '../../ui/skeleton.js';
import { commandView, commandViewStyles } from './command-view.js';

export interface FormDialogOptions {
  readonly heading: string;
  /** What it is for, and what follows from it. */
  readonly intro?: string | undefined;
  /** The verb on the button; nothing where there is nothing to send. */
  readonly verb: () => string | undefined;
  /** It destroys something. */
  readonly danger?: boolean | undefined;
  /** The fields; called again by `update`. */
  readonly fields: (update: () => void) => unknown;
  /** What the fields need; they are shown when it is there. */
  readonly load?: ((signal: AbortSignal) => Promise<void>) | undefined;
  /**
   * Sends what was put in; what it rejects with is shown, and the form stays as it is. Ends in `stay` where there is an
   * answer to read, in `again` where nothing was sent because something is missing.
   */
  readonly submit: (form: HTMLFormElement) => Promise<'close' | 'stay' | 'again'>;
  /** The same as commands. */
  readonly commands?: (() => readonly string[]) | undefined;
  readonly returnFocus: () => HTMLElement | null;
}

let count = 0;

/**
 * A dialog with a form. It closes when the cloud has accepted what was sent; until then it takes no second press, and
 * what was put in is kept when the cloud refuses.
 *
 * @returns whether it was sent and accepted
 */
export function formDialog(host: OverlayHost, o: FormDialogOptions): Promise<boolean> {
  addStyles(host, [dialogStyles, ...controlStyles, formStyles, ...commandViewStyles]);
  const { localizer } = host;
  const text = (key: 'cancel' | 'close' | 'loading') => localizer.text(commonMessages, key);
  count += 1;
  const formId = `instance-form-${String(count)}`;
  const leaving = new AbortController();
  let state: 'loading' | 'ready' | 'sending' | 'sent' = o.load ? 'loading' : 'ready';
  let error: unknown;

  const focusFirst = () => {
    const root = dialog.element;
    root
      .querySelector<HTMLElement>(
        'form input:not([aria-disabled="true"]), form select, form textarea, .instance-form button',
      )
      ?.focus();
  };

  async function load(): Promise<void> {
    if (!o.load) return;
    state = 'loading';
    error = undefined;
    try {
      await o.load(leaving.signal);
      state = 'ready';
    } catch (thrown) {
      if (leaving.signal.aborted) return;
      error = thrown;
    }
    if (leaving.signal.aborted) return;
    dialog.update();
    if (state === 'ready') focusFirst();
  }

  async function handleSubmit(event: Event): Promise<void> {
    event.preventDefault();
    const { currentTarget } = event;
    if (!(currentTarget instanceof HTMLFormElement) || state !== 'ready') return;
    state = 'sending';
    error = undefined;
    dialog.update();
    try {
      const then = await o.submit(currentTarget);
      state = then === 'again' ? 'ready' : 'sent';
      if (then === 'close') {
        dialog.close('sent');
        return;
      }
    } catch (thrown) {
      state = 'ready';
      error = thrown;
    }
    if (leaving.signal.aborted) return;
    dialog.update();
  }

  const body = () => {
    if (state === 'loading') {
      return error === undefined
        ? skeletonRows(text('loading'), 3, 1)
        : errorNotice(host, error, {
            urgent: true,
            onRetry: () => {
              void load();
              dialog.update();
            },
          });
    }
    return html`<form
      id=${formId}
      class="instance-form"
      @submit=${(event: Event) => void handleSubmit(event)}
    >
      ${o.intro === undefined ? nothing : html`<p>${o.intro}</p>`} ${o.fields(() => dialog.update())}
      ${error === undefined ? nothing : errorNotice(host, error, { urgent: true })}
      ${o.verb() === undefined || state === 'sent' ? nothing : commandView(host, o.commands?.() ?? [])}
    </form>`;
  };

  const actions = () => {
    const verb = state === 'loading' || state === 'sent' ? undefined : o.verb();
    const busy = state === 'sending';
    return html`<button type="button" @click=${() => dialog.close(state === 'sent' ? 'sent' : '')}>
        ${text(verb === undefined ? 'close' : 'cancel')}
      </button>
      ${
        verb === undefined
          ? nothing
          : html`<button
              type="submit"
              form=${formId}
              class=${o.danger ? 'danger' : 'primary'}
              aria-disabled=${busy ? 'true' : nothing}
              aria-busy=${busy ? 'true' : nothing}
            >
              ${verb}
            </button>`
      }`;
  };

  let settle: (sent: boolean) => void = () => undefined;
  const over = new Promise<boolean>((resolve) => (settle = resolve));
  const dialog = openDialog(host, {
    heading: o.heading,
    body,
    actions,
    // What is on its way cannot be called back: its end is waited for.
    mayClose: () => state !== 'sending',
    returnFocus: o.returnFocus,
    onClosed: (result) => {
      leaving.abort();
      settle(result === 'sent' || state === 'sent');
    },
  });
  if (o.load) void load();
  else focusFirst();
  return over;
}

const formStyles = css`
  .instance-form {
    display: grid;
    gap: var(--_space-3);
  }
  .instance-form .entries {
    display: grid;
    gap: var(--_space-2);
  }
  .instance-form .entry {
    display: grid;
    grid-template-columns: minmax(0, 2fr) minmax(0, 3fr) auto;
    gap: var(--_space-2);
    align-items: center;
  }
  .instance-form fieldset {
    display: grid;
    gap: var(--_space-2);
    margin: 0;
    padding: 0;
    border: 0;
  }
`;
