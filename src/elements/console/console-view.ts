import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { consoleMessages as messages } from '../../i18n/en/console.js';
import { ComputeClient } from '../../openstack/compute.js';
import { isAbort, isOpenStackError } from '../../openstack/errors.js';
import {
  isNoSuchConsole,
  openRemoteConsole,
  vncSocket,
  type ConsoleKind,
} from '../../openstack/remote-console.js';
import type { Secret } from '../../openstack/secret.js';
import type { Connection } from '../../session/connection.js';
import { LazyPart } from '../../ui/lazy.js';
import { announce } from '../../ui/live-region.js';
import { errorNotice, notice } from '../../ui/notice.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { skeletonRows } from '../../ui/skeleton.js';
import {
  endingOf,
  kindsOf,
  reachable,
  sandboxOf,
  sourceOf,
  type ConsoleState,
  type ConsoleType,
  type Refused,
} from './console.state.js';
import { whenBlocked } from './page-policy.js';
import { ScreenPanel } from './screen-panel.js';
import type { OpenScreen } from './screen.js';

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
  readonly #parts: Readonly<Record<'vnc' | 'serial', LazyPart<{ openScreen: OpenScreen }>>>;
  openSocket: OpenSocket = (url, protocols) => new WebSocket(url, protocols);
  #state: ConsoleState = { kind: 'idle' };
  #target: ConsoleTarget | undefined;
  #only: 'vnc' | 'serial' | undefined;
  #asking: AbortController | undefined;
  #panel: ScreenPanel | undefined;
  #frame: HTMLIFrameElement | undefined;

  constructor(host: Host, changed: (state: ConsoleState) => void = () => undefined) {
    this.#host = host;
    this.#changed = changed;
    this.#parts = {
      vnc: new LazyPart(host, () => import('./vnc-screen.js').then(({ loadVncScreen }) => loadVncScreen())),
      serial: new LazyPart(host, () => import('./serial-screen.js')),
    };
  }

  get state(): ConsoleState {
    return this.#state;
  }

  /**
   * Opens it, in place of what was open. Never rejects: how it went is shown.
   *
   * @param only where somebody chose between the consoles that the target leaves open
   */
  async open(target: ConsoleTarget, only?: 'vnc' | 'serial'): Promise<void> {
    this.close();
    this.#target = target;
    this.#only = only;
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
    this.#leave();
    if (this.#state.kind !== 'idle') this.#become({ kind: 'idle' });
  }

  #leave(): void {
    this.#panel?.close();
    this.#panel = undefined;
    this.#frame = undefined;
  }

  #become(state: ConsoleState): void {
    this.#state = state;
    this.#changed(state);
    this.#host.requestUpdate();
  }

  readonly #again = (): void => {
    if (this.#target) void this.open(this.#target, this.#only);
  };

  async #find(target: ConsoleTarget, signal: AbortSignal): Promise<void> {
    const compute = target.connection.client(ComputeClient);
    for (const kind of this.#only ? [this.#only] : kindsOf(target.type)) {
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
    const address = new URL(url.reveal());
    if (!reachable(this.#host.ownerDocument.location.protocol, address)) {
      this.#refuse(kind, address, 'browser');
      return;
    }
    const socket = kind === 'serial' ? url : kind === 'vnc' ? vncSocket(url) : undefined;
    if (kind === 'spice' || !socket) {
      await this.#showFrame(kind, url, signal);
      return;
    }
    const module = await this.#parts[kind].load();
    if (signal.aborted) return;
    if (!module) this.#become({ kind: 'missing', console: kind });
    else await this.#connect(kind, socket, module.openScreen, signal);
  }

  #refuse(kind: ConsoleKind, address: URL, by: Refused['by']): void {
    this.#leave();
    this.#become({ kind: 'refused', console: kind, by, source: sourceOf(address) });
  }

  async #connect(
    kind: 'vnc' | 'serial',
    url: Secret,
    openScreen: OpenScreen,
    signal: AbortSignal,
  ): Promise<void> {
    const panel = (this.#panel = new ScreenPanel(this.#host, kind));
    panel.onReconnect = this.#again;
    panel.more = () => this.#renderSwitch(kind);
    panel.onLeave = () => {
      this.#asking?.abort();
      this.#leave();
      this.#become({ kind: 'closed', console: kind, how: 'left' });
    };
    this.#become({ kind: 'connecting', console: kind });
    // The libraries measure their box, so it has to stand in the page.
    await this.#host.updateComplete;
    if (signal.aborted || !panel.box.isConnected) return;
    const address = new URL(url.reveal());
    let by: Refused['by'] = 'cloud';
    const watched = whenBlocked(this.#host.ownerDocument, 'connect-src', address, () => {
      by = 'page';
      // The policy may be heard of after the connection that it has ended.
      if (this.#state.kind === 'refused' && !signal.aborted) this.#refuse(kind, address, by);
    });
    signal.addEventListener('abort', watched);
    let socket: WebSocket;
    try {
      socket = this.openSocket(address.href, ['binary']);
    } catch {
      await this.#notLetIn(kind, address, 'page', signal);
      return;
    }
    // Nova's proxies take every connection, and end it before the first byte when they do not like the page or the token.
    let isLetIn = false;
    let code = 0;
    socket.addEventListener('message', () => (isLetIn = true), { once: true });
    socket.addEventListener('close', (event) => ({ code } = event));
    panel.screen = openScreen(
      panel.box,
      socket,
      {
        ready: () => {
          if (signal.aborted) return;
          panel.opened();
          this.#become({ kind: 'open', console: kind });
        },
        copied: () => {
          panel.copied();
        },
        ended: () => {
          if (signal.aborted) return;
          const isOpen = this.#state.kind === 'open' && isLetIn;
          this.#leave();
          if (isOpen) this.#become({ kind: 'closed', console: kind, how: endingOf(code) });
          else void this.#notLetIn(kind, address, by, signal);
        },
      },
      this.#label(),
    );
  }

  /** Not in this page, then: the cloud's own page in a frame is let in, where there is one. */
  async #notLetIn(
    kind: 'vnc' | 'serial',
    address: URL,
    by: Refused['by'],
    signal: AbortSignal,
  ): Promise<void> {
    const target = this.#target;
    if (kind === 'serial' || !target) {
      this.#refuse(kind, address, by);
      return;
    }
    this.#leave();
    this.#become({ kind: 'asking' });
    try {
      // A new address: some clouds let one be used once.
      const compute = target.connection.client(ComputeClient);
      const url = await openRemoteConsole(compute, target, kind, { signal });
      if (!signal.aborted) await this.#showFrame(kind, url, signal);
    } catch (error) {
      if (!isAbort(error) && !signal.aborted) this.#become({ kind: 'failed', error });
    }
  }

  async #showFrame(kind: ConsoleKind, url: Secret, signal: AbortSignal): Promise<void> {
    const { ownerDocument } = this.#host;
    const frame = ownerDocument.createElement('iframe');
    const address = new URL(url.reveal());
    frame.setAttribute('sandbox', sandboxOf(ownerDocument.location.origin, address));
    frame.referrerPolicy = 'no-referrer';
    frame.allow = 'clipboard-read; clipboard-write; fullscreen';
    frame.title = this.#label();
    this.#frame = frame;
    this.#become({ kind: 'frame', console: kind });
    await this.#host.updateComplete;
    if (signal.aborted || this.#frame !== frame) return;
    const watched = whenBlocked(ownerDocument, 'frame-src', address, () => {
      if (!signal.aborted) this.#refuse(kind, address, 'page');
    });
    signal.addEventListener('abort', watched);
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

  #text(key: Exclude<keyof typeof messages.english, 'label' | `refused-${Refused['by']}`>): string {
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
        return this.#panel?.render();
      case 'frame':
        return html`<div class="console-tools">
            <span class="about">${this.#text('frameHint')}</span>${this.#renderWindowButton(state.console)}
            ${this.#renderSwitch(state.console)}
          </div>
          <div class="frame-box">${this.#frame}</div>`;
      case 'closed':
        return notice({
          tone: 'info',
          heading: this.#text(`closed-${state.how}`),
          helps: this.#text(`closed-${state.how}Helps`),
          actions: html`${this.#button(this.#text('reconnect'), this.#again)}
          ${this.#renderSwitch(state.console)}`,
        });
      case 'refused':
        return this.#renderRefused(state);
      case 'none':
        return notice({
          tone: 'info',
          heading: this.#text('none'),
          helps: this.#text('noneHelps'),
          actions: this.#only ? this.#renderSwitch(this.#only) : undefined,
        });
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
          actions: html`${this.#button(this.#text('retry'), this.#again)}
          ${state.console === 'serial' ? nothing : this.#renderWindowButton(state.console)}`,
          urgent: true,
        });
      case 'failed':
        return errorNotice(this.#host, state.error, { onRetry: this.#again });
    }
  }

  #renderRefused({ console: kind, by, source }: Refused): TemplateResult {
    const { localizer, ownerDocument } = this.#host;
    const why =
      by === 'cloud'
        ? localizer.text(messages, 'refused-cloud', { host: ownerDocument.location.hostname })
        : localizer.text(messages, `refused-${by}`, { source });
    return notice({
      tone: 'warning',
      heading: this.#text('refused'),
      text: why,
      helps: kind === 'serial' ? undefined : this.#text('refusedHelps'),
      actions: html`${kind === 'serial' ? nothing : this.#renderWindowButton(kind)}
      ${this.#button(this.#text('retry'), this.#again)} ${this.#renderSwitch(kind)}`,
    });
  }

  /** From the screen to the serial line, and back. */
  #renderSwitch(kind: ConsoleKind): unknown {
    const target = this.#target;
    if (target?.type !== 'auto') return nothing;
    const other = kind === 'serial' ? 'vnc' : 'serial';
    return html`<button type="button" class="small quiet" @click=${() => void this.open(target, other)}>
      ${this.#text(`use-${other}`)}
    </button>`;
  }

  #renderWindowButton(kind: ConsoleKind): TemplateResult {
    return html`<button type="button" class="small" @click=${() => void this.#openWindow(kind)}>
      ${this.#text('window')}
    </button>`;
  }
}
