import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { consoleMessages as messages } from '../../i18n/en/console.js';
import type { ConsoleKind } from '../../openstack/remote-console.js';
import { copyText } from '../../ui/copy-button.js';
import { iconCopy, iconOff, iconRefresh } from '../../ui/icons.js';
import { announce } from '../../ui/live-region.js';
import { menuButton } from '../../ui/menu.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { leaves } from './console.state.js';
import type { ConsoleKeys, ConsoleScreen } from './screen.js';

type Host = OverlayHost & ReactiveControllerHost;

/** A console that is drawn in the page, and what can be done with it. */
export class ScreenPanel {
  readonly kind: ConsoleKind;
  /** Where it is drawn. */
  readonly box: HTMLElement;
  /** Connects anew, and ends it. */
  onReconnect: () => void = () => undefined;
  onLeave: () => void = () => undefined;
  /** Further buttons. */
  more: () => unknown = () => nothing;
  readonly #host: Host;
  #screen: ConsoleScreen | undefined;
  #isOpen = false;
  #pasting = false;
  #whole = true;

  constructor(host: Host, kind: ConsoleKind) {
    this.#host = host;
    this.kind = kind;
    this.box = host.ownerDocument.createElement('div');
    this.box.className = `screen-box ${kind}`;
  }

  set screen(screen: ConsoleScreen) {
    this.#screen = screen;
  }

  /** It can be used. */
  opened(): void {
    this.#isOpen = true;
    announce(this.#host, this.#text('connected'));
  }

  /** Something was copied at the other end. */
  copied(): void {
    announce(this.#host, this.#text('copiedThere'));
  }

  close(): void {
    this.#screen?.close();
    this.#screen = undefined;
    this.#isOpen = false;
  }

  #text(key: Exclude<keyof typeof messages.english, 'label'>): string {
    return this.#host.localizer.text(messages, key);
  }

  render(): TemplateResult {
    const state = !this.#isOpen ? 'connecting' : this.kind === 'serial' ? 'serial' : 'screen';
    return html`<div
      class="console"
      part="console"
      @fullscreenchange=${() => {
        this.#host.requestUpdate();
      }}
    >
      <div class="console-tools" part="tools" role="group" aria-label=${this.#text('tools')}>
        <span class="console-state">${this.#text(state)}</span>
        ${this.#isOpen ? this.#renderTools() : nothing} ${this.more()}
      </div>
      ${this.#pasting && this.#isOpen ? this.#renderPaste() : nothing}
      <div class="screen" @keydown=${{ handleEvent: this.#handleKey, capture: true }}>${this.box}</div>
      <p class="about">${this.#text('wayOut')}</p>
    </div>`;
  }

  #button(label: string, onClick: () => void, icon: unknown = nothing): TemplateResult {
    return html`<button type="button" class="small quiet" @click=${onClick}>${icon} ${label}</button>`;
  }

  readonly #press = (keys: ConsoleKeys): void => {
    this.#screen?.send(keys);
    this.#screen?.focus();
  };

  #renderKeyMenu(): TemplateResult {
    return menuButton(this.#host, {
      label: this.#text('sendKeys'),
      text: this.#text('keys'),
      class: 'small quiet way-out',
      items: () =>
        (this.#screen?.keys ?? []).map((keys) => ({
          label: this.#text(`key-${keys}`),
          onSelect: () => {
            this.#press(keys);
          },
        })),
    });
  }

  /** Where the console fills the screen, browsers leave nothing usable outside of it: no menu. */
  #renderKeyList(): TemplateResult {
    return html`<details class="key-list">
      <summary class="way-out">${this.#text('keys')}</summary>
      ${(this.#screen?.keys ?? []).map((keys) =>
        this.#button(this.#text(`key-${keys}`), () => {
          this.#press(keys);
        }),
      )}
    </details>`;
  }

  #renderTools(): TemplateResult {
    const screen = this.#screen;
    const { fullscreenEnabled } = this.#host.ownerDocument;
    const isFull = Boolean(this.#host.shadowRoot?.fullscreenElement);
    return html`${isFull ? this.#renderKeyList() : this.#renderKeyMenu()}
      ${this.#button(this.#text('paste'), this.#handlePaste)}
      ${this.#button(
        this.#text(this.kind === 'serial' ? 'copy' : 'copyThere'),
        () => void this.#copy(),
        iconCopy(),
      )}
      ${
        screen?.fit
          ? this.#button(this.#text(this.#whole ? 'ownSize' : 'fit'), () => {
              this.#whole = !this.#whole;
              screen.fit?.(this.#whole);
              this.#host.requestUpdate();
            })
          : nothing
      }
      ${
        fullscreenEnabled
          ? this.#button(this.#text(isFull ? 'leaveFullscreen' : 'fullscreen'), this.#handleFullscreen)
          : nothing
      }
      <button
        type="button"
        class="small quiet"
        title=${this.#text('reconnect')}
        @click=${() => {
          this.onReconnect();
        }}
      >
        ${iconRefresh()} <span class="visually-hidden">${this.#text('reconnect')}</span>
      </button>
      ${this.#button(
        this.#text('disconnect'),
        () => {
          this.onLeave();
        },
        iconOff(),
      )}`;
  }

  #renderPaste(): TemplateResult {
    const offer = this.#screen?.offer;
    const value = (): string => {
      const area = this.#query('textarea.paste');
      return area instanceof HTMLTextAreaElement ? area.value : '';
    };
    const done = (act: () => void): void => {
      act();
      this.#pasting = false;
      this.#host.requestUpdate();
      this.#screen?.focus();
    };
    return html`<form
      class="paste-form"
      @submit=${(event: Event) => {
        event.preventDefault();
        done(() => this.#screen?.type(value()));
      }}
    >
      <label for="console-paste">${this.#text('pasteLabel')}</label>
      <textarea
        id="console-paste"
        class="paste"
        rows="3"
        spellcheck="false"
        autocomplete="off"
        autocapitalize="off"
        aria-describedby="console-paste-hint"
      ></textarea>
      <p id="console-paste-hint" class="about">
        ${this.#text('pasteHint')} ${offer ? this.#text('offerHint') : nothing}
      </p>
      <div class="actions">
        <button type="submit" class="small">${this.#text('pasteSend')}</button>
        ${
          offer
            ? this.#button(this.#text('offer'), () => {
                done(() => {
                  offer(value());
                });
                announce(this.#host, this.#text('offered'));
              })
            : nothing
        }
        ${this.#button(this.#text('cancel'), () => {
          done(() => undefined);
        })}
      </div>
    </form>`;
  }

  readonly #handlePaste = (): void => {
    this.#pasting = true;
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => this.#query('textarea.paste')?.focus());
  };

  readonly #handleFullscreen = (): void => {
    const { ownerDocument } = this.#host;
    if (ownerDocument.fullscreenElement) {
      void ownerDocument.exitFullscreen().catch(() => undefined);
      return;
    }
    void this.#query('.console')
      ?.requestFullscreen()
      .then(() => this.#screen?.focus())
      .catch(() => undefined);
  };

  /** Before the libraries, which take every key. */
  readonly #handleKey = (event: KeyboardEvent): void => {
    if (!leaves(event)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#query('.way-out')?.focus();
  };

  #query(selector: string): HTMLElement | null | undefined {
    return this.#host.shadowRoot?.querySelector<HTMLElement>(selector);
  }

  async #copy(): Promise<void> {
    const text = this.#screen?.selected() ?? '';
    const said =
      text !== ''
        ? (await copyText(this.#host, text))
          ? 'copied'
          : 'copyFailed'
        : this.kind === 'serial'
          ? 'nothingSelected'
          : 'nothingCopied';
    announce(this.#host, this.#text(said));
    this.#screen?.focus();
  }
}
