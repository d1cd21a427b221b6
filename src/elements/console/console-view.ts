import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { consoleMessages as messages } from '../../i18n/en/console.js';
import { ComputeClient } from '../../openstack/compute.js';
import { isAbort, isOpenStackError } from '../../openstack/errors.js';
import { isNoSuchConsole, openRemoteConsole, type ConsoleKind } from '../../openstack/remote-console.js';
import type { Secret } from '../../openstack/secret.js';
import type { Connection } from '../../session/connection.js';
import { copyText } from '../../ui/copy-button.js';
import { iconCopy, iconOff, iconRefresh } from '../../ui/icons.js';
import { LazyPart } from '../../ui/lazy.js';
import { announce } from '../../ui/live-region.js';
import { menuButton } from '../../ui/menu.js';
import { errorNotice, notice } from '../../ui/notice.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { skeletonRows } from '../../ui/skeleton.js';
import {
  kindsOf,
  leaves,
  reachable,
  sandboxOf,
  type ConsoleState,
  type ConsoleType,
} from './console.state.js';
import type { ConsoleScreen, OpenScreen } from './screen.js';

/** Which console of which server. */
export interface ConsoleTarget {
  readonly connection: Connection;
  readonly id: string;
  /** For sentences. */
  readonly name: string;
  readonly type: ConsoleType;
}

type Host = OverlayHost & ReactiveControllerHost;
/** Opens a WebSocket; tests and stories have others. */
export type OpenSocket = (url: string, protocols: string[]) => WebSocket;

/** One console, wherever it is shown. Its address is handed on and never kept. */
export class ConsoleView {
  readonly #host: Host;
  readonly #changed: (state: ConsoleState) => void;
  readonly #terminal: LazyPart<{ openScreen: OpenScreen }>;
  openSocket: OpenSocket = (url, protocols) => new WebSocket(url, protocols);
  #state: ConsoleState = { kind: 'idle' };
  #target: ConsoleTarget | undefined;
  #asking: AbortController | undefined;
  #screen: ConsoleScreen | undefined;
  #box: HTMLElement | undefined;
  #frame: HTMLIFrameElement | undefined;
  #pasting = false;

  constructor(host: Host, changed: (state: ConsoleState) => void = () => undefined) {
    this.#host = host;
    this.#changed = changed;
    this.#terminal = new LazyPart(host, () => import('./serial-screen.js'));
  }

  get state(): ConsoleState {
    return this.#state;
  }

  /** Opens it, in place of what was open. Never rejects: how it went is shown. */
  async open(target: ConsoleTarget): Promise<void> {
    this.close();
    this.#target = target;
    const { signal } = (this.#asking = new AbortController());
    this.#become({ kind: 'asking' });
    try {
      await this.#find(target, signal);
    } catch (error) {
      if (isAbort(error) || signal.aborted) return;
      if (isOpenStackError(error) && error.kind === 'conflict') this.#become({ kind: 'not-now' });
      else this.#become({ kind: 'failed', error });
    }
  }

  /** Ends it, and forgets everything about it. */
  close(): void {
    this.#asking?.abort();
    this.#asking = undefined;
    this.#leaveScreen();
    this.#frame = undefined;
    this.#pasting = false;
    if (this.#state.kind !== 'idle') this.#become({ kind: 'idle' });
  }

  #leaveScreen(): void {
    this.#screen?.close();
    this.#screen = undefined;
    this.#box = undefined;
  }

  #become(state: ConsoleState): void {
    this.#state = state;
    this.#changed(state);
    this.#host.requestUpdate();
  }

  readonly #again = (): void => {
    if (this.#target) void this.open(this.#target);
  };

  async #find(target: ConsoleTarget, signal: AbortSignal): Promise<void> {
    const compute = target.connection.client(ComputeClient);
    for (const kind of kindsOf(target.type)) {
      let url: Secret;
      try {
        url = await openRemoteConsole(compute, target, kind, { signal });
      } catch (error) {
        if (isNoSuchConsole(error)) continue;
        throw error;
      }
      if (signal.aborted) return;
      await this.#show(kind, url, signal);
      return;
    }
    this.#become({ kind: 'none' });
  }

  async #show(kind: ConsoleKind, url: Secret, signal: AbortSignal): Promise<void> {
    const page = this.#host.ownerDocument.location.protocol;
    if (!reachable(page, new URL(url.reveal()))) {
      this.#become({ kind: 'refused', console: kind });
      return;
    }
    if (kind !== 'serial') {
      await this.#showFrame(kind, url);
      return;
    }
    const module = await this.#terminal.load();
    if (signal.aborted) return;
    if (!module) {
      this.#become({ kind: 'missing', console: kind });
      return;
    }
    await this.#connect(url, module.openScreen, signal);
  }

  async #connect(url: Secret, openScreen: OpenScreen, signal: AbortSignal): Promise<void> {
    const kind = 'serial';
    this.#box = this.#host.ownerDocument.createElement('div');
    this.#box.className = `screen-box ${kind}`;
    this.#become({ kind: 'connecting', console: kind });
    // The libraries measure their box, so it has to stand in the page.
    await this.#host.updateComplete;
    const box = this.#box;
    if (signal.aborted || !box?.isConnected) return;
    let socket: WebSocket;
    try {
      socket = this.openSocket(url.reveal(), ['binary']);
    } catch {
      // A content security policy may not name the proxy.
      this.#become({ kind: 'refused', console: kind });
      return;
    }
    let reached = false;
    socket.addEventListener('open', () => {
      reached = true;
    });
    this.#screen = openScreen(
      box,
      socket,
      {
        ready: () => {
          if (signal.aborted) return;
          announce(this.#host, this.#host.localizer.text(messages, 'connected'));
          this.#become({ kind: 'open', console: kind });
        },
        ended: () => {
          if (signal.aborted) return;
          this.#leaveScreen();
          if (reached) this.#become({ kind: 'closed', console: kind });
          else this.#become({ kind: 'refused', console: kind });
        },
      },
      this.#label(),
    );
  }

  async #showFrame(kind: ConsoleKind, url: Secret): Promise<void> {
    const { ownerDocument } = this.#host;
    const frame = ownerDocument.createElement('iframe');
    const address = new URL(url.reveal());
    frame.setAttribute('sandbox', sandboxOf(ownerDocument.location.origin, address));
    frame.referrerPolicy = 'no-referrer';
    frame.allow = 'clipboard-read; clipboard-write';
    frame.title = this.#label();
    this.#frame = frame;
    this.#become({ kind: 'frame', console: kind });
    await this.#host.updateComplete;
    if (this.#frame !== frame) return;
    // Not by its `src`, which would stand in the page for as long as the frame does.
    frame.contentWindow?.location.replace(address.href);
  }

  async #openWindow(kind: ConsoleKind): Promise<void> {
    const target = this.#target;
    const view = this.#host.ownerDocument.defaultView;
    if (!target || !view) return;
    // Opened with the click, as browsers want it, and sent on when the address is there.
    const window = view.open('about:blank', '_blank');
    if (!window) {
      announce(this.#host, this.#host.localizer.text(messages, 'windowBlocked'));
      return;
    }
    window.opener = null;
    try {
      const url = await openRemoteConsole(target.connection.client(ComputeClient), target, kind);
      window.location.replace(url.reveal());
      announce(this.#host, this.#host.localizer.text(messages, 'windowOpened'));
    } catch (error) {
      window.close();
      this.#become({ kind: 'failed', error });
    }
  }

  #label(): string {
    return this.#host.localizer.text(messages, 'label', { name: this.#target?.name ?? '' });
  }

  #text(key: Exclude<keyof typeof messages.english, 'label'>): string {
    return this.#host.localizer.text(messages, key);
  }

  #button(label: string, onClick: () => void): TemplateResult {
    return html`<button type="button" @click=${onClick}>${label}</button>`;
  }

  render(): unknown {
    const state = this.#state;
    switch (state.kind) {
      case 'idle':
        return nothing;
      case 'asking':
        return skeletonRows(this.#text('asking'), 6, 1);
      case 'connecting':
      case 'open':
        return this.#renderScreen(state.kind === 'open');
      case 'frame':
        return html`<div class="console-tools">
            <span class="about">${this.#text('frameHint')}</span>${this.#renderWindowButton(state.console)}
          </div>
          <div class="frame-box">${this.#frame}</div>`;
      case 'closed':
        return notice({
          tone: 'info',
          heading: this.#text('closed'),
          helps: this.#text('closedHelps'),
          actions: this.#button(this.#text('reconnect'), this.#again),
        });
      case 'refused':
        return notice({
          tone: 'warning',
          heading: this.#text('refused'),
          helps: this.#text(state.console === 'serial' ? 'refusedSerial' : 'refusedHelps'),
          actions: html`${state.console === 'serial' ? nothing : this.#renderWindowButton(state.console)}
          ${this.#button(this.#text('retry'), this.#again)}`,
        });
      case 'none':
        return notice({ tone: 'info', heading: this.#text('none'), helps: this.#text('noneHelps') });
      case 'not-now':
        return notice({
          tone: 'info',
          heading: this.#text('notNow'),
          helps: this.#text('notNowHelps'),
          actions: this.#button(this.#text('retry'), this.#again),
        });
      case 'missing':
        return notice({
          tone: 'error',
          heading: this.#text('missing'),
          helps: this.#text('missingHelps'),
          actions: this.#button(this.#text('retry'), this.#again),
          urgent: true,
        });
      case 'failed':
        return errorNotice(this.#host, state.error, { onRetry: this.#again });
    }
  }

  #renderWindowButton(kind: ConsoleKind): TemplateResult {
    return html`<button type="button" class="small" @click=${() => void this.#openWindow(kind)}>
      ${this.#text('window')}
    </button>`;
  }

  #renderScreen(open: boolean): TemplateResult {
    return html`<div class="console" part="console">
      <div class="console-tools" part="tools" role="group" aria-label=${this.#text('tools')}>
        <span class="console-state">${this.#text(open ? 'serial' : 'connecting')}</span>
        ${open ? this.#renderTools() : nothing}
      </div>
      ${this.#pasting ? this.#renderPaste() : nothing}
      <div class="screen" @keydown=${{ handleEvent: this.#handleKey, capture: true }}>${this.#box}</div>
      <p class="about">${this.#text('wayOut')}</p>
    </div>`;
  }

  #renderTools(): TemplateResult {
    const screen = this.#screen;
    return html`${menuButton(this.#host, {
        label: this.#text('sendKeys'),
        text: this.#text('keys'),
        class: 'small quiet way-out',
        items: () =>
          (screen?.keys ?? []).map((keys) => ({
            label: this.#text(`key-${keys}`),
            onSelect: () => {
              screen?.send(keys);
              screen?.focus();
            },
          })),
      })}
      <button
        type="button"
        class="small quiet"
        @click=${() => {
          this.#pasting = true;
          this.#host.requestUpdate();
          void this.#host.updateComplete.then(() => this.#query('textarea.paste')?.focus());
        }}
      >
        ${this.#text('paste')}
      </button>
      <button type="button" class="small quiet" @click=${() => void this.#copy()}>
        ${iconCopy()} ${this.#text('copy')}
      </button>
      ${
        this.#host.ownerDocument.fullscreenEnabled
          ? html`<button
              type="button"
              class="small quiet"
              @click=${() => {
                void this.#query('.console')
                  ?.requestFullscreen()
                  .catch(() => undefined);
              }}
            >
              ${this.#text('fullscreen')}
            </button>`
          : nothing
      }
      <button type="button" class="small quiet" title=${this.#text('reconnect')} @click=${this.#again}>
        ${iconRefresh()} <span class="visually-hidden">${this.#text('reconnect')}</span>
      </button>
      <button
        type="button"
        class="small quiet"
        @click=${() => {
          const { state } = this;
          this.#asking?.abort();
          this.#leaveScreen();
          if (state.kind === 'open') this.#become({ kind: 'closed', console: state.console });
        }}
      >
        ${iconOff()} ${this.#text('disconnect')}
      </button>`;
  }

  #renderPaste(): TemplateResult {
    const done = (text: string): void => {
      this.#pasting = false;
      this.#host.requestUpdate();
      if (text !== '') this.#screen?.type(text);
      this.#screen?.focus();
    };
    return html`<form
      class="paste-form"
      @submit=${(event: Event) => {
        event.preventDefault();
        const area = this.#query('textarea.paste');
        done(area instanceof HTMLTextAreaElement ? area.value : '');
      }}
    >
      <label for="console-paste">${this.#text('pasteLabel')}</label>
      <textarea
        id="console-paste"
        class="paste"
        rows="3"
        spellcheck="false"
        autocomplete="off"
        aria-describedby="console-paste-hint"
      ></textarea>
      <p id="console-paste-hint" class="about">${this.#text('pasteHint')}</p>
      <div class="actions">
        <button type="submit" class="small">${this.#text('pasteSend')}</button>
        <button
          type="button"
          class="small quiet"
          @click=${() => {
            done('');
          }}
        >
          ${this.#text('cancel')}
        </button>
      </div>
    </form>`;
  }

  #query(selector: string): HTMLElement | null | undefined {
    return this.#host.shadowRoot?.querySelector<HTMLElement>(selector);
  }

  async #copy(): Promise<void> {
    const text = this.#screen?.selected() ?? '';
    if (text === '') announce(this.#host, this.#text('nothingSelected'));
    else announce(this.#host, this.#text((await copyText(this.#host, text)) ? 'copied' : 'copyFailed'));
  }

  /** Before the libraries, which take every key. */
  readonly #handleKey = (event: KeyboardEvent): void => {
    if (!leaves(event)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#query('.way-out')?.focus();
  };
}
