import { html, nothing, type TemplateResult } from 'lit';
import { lineViewMessages as messages } from '../../../i18n/en/line-view.js';
import { copyText } from '../../../ui/copy-button.js';
import { commonMessages } from '../../../i18n/en/common.js';
import { iconArrowDown, iconArrowUp, iconCopy, iconDownload } from '../../../ui/icons.js';
import { announce } from '../../../ui/live-region.js';
import { saveFile } from '../../../ui/save-file.js';
import { searchBox, searchStyles } from '../../../ui/search-box.js';
import { fieldStyles } from '../../../ui/field.styles.js';
import { styleProps } from '../../../ui/style-props.js';
import type { SectionHost } from '../section.js';
import type { AnsiLine } from './ansi.js';
import { logLine } from './line.js';
import { lineViewStyles } from './line-view.styles.js';
import { findIn, MOST_MATCHES, plainText, type Match } from './log-text.js';
import { windowOf, type LineWindow } from './window.js';

/** Nearer to the end than this, px, the lines stay at their end as they grow. */
const AT_END = 24;

type TextKey = 'search' | 'nothingFound' | 'next' | 'previous' | 'toEnd' | 'copy' | 'copied' | 'download';

export interface LineViewOptions {
  /** What it is, with the number of lines, for a screen reader. */
  readonly label: (count: number) => string;
  /** Whether it begins at its end and stays there while it grows. */
  readonly atEnd: boolean;
  /** Name and type of the file it is downloaded as. */
  readonly file: () => { readonly name: string; readonly type: string };
}

export const lineStyles = [fieldStyles, searchStyles, lineViewStyles];

/**
 * Lines of text in a box: however many there are, only those that are seen stand in the page. They can be searched,
 * copied and downloaded.
 */
export class LineView {
  readonly #host: SectionHost;
  readonly #options: LineViewOptions;
  #lines: readonly AnsiLine[] | undefined;
  #window: LineWindow = { first: 0, end: 0 };
  #lineHeight = 21;
  #sticks: boolean;
  #wanted = '';
  #matches: readonly Match[] = [];
  #current = 0;
  #finding: AbortController | undefined;

  constructor(host: SectionHost, options: LineViewOptions) {
    this.#host = host;
    this.#options = options;
    this.#sticks = options.atEnd;
  }

  /** Undefined until there are some. */
  get lines(): readonly AnsiLine[] | undefined {
    return this.#lines;
  }

  /** Ends a search that goes on. */
  stop(): void {
    this.#finding?.abort();
  }

  /** Shows other lines; resolves when they stand in the page. */
  async setLines(lines: readonly AnsiLine[]): Promise<void> {
    this.#lines = lines;
    this.#measure();
    await this.#find(false);
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#measure();
    if (this.#sticks) this.toEnd();
  }

  get #box(): HTMLElement | null {
    return this.#host.shadowRoot?.querySelector<HTMLElement>('.log') ?? null;
  }

  /** Looks where the log is scrolled to, and renders when that are other lines. */
  #measure(): void {
    const box = this.#box;
    const line = box?.querySelector('.log-line');
    if (line) this.#lineHeight = line.getBoundingClientRect().height || this.#lineHeight;
    const seen = { top: box?.scrollTop ?? 0, height: box?.clientHeight ?? 600, line: this.#lineHeight };
    const next = windowOf(seen, this.#lines?.length ?? 0);
    if (next.first === this.#window.first && next.end === this.#window.end) return;
    this.#window = next;
    this.#host.requestUpdate();
  }

  /** Goes to the end, and stays there. */
  toEnd(): void {
    this.#sticks = true;
    const box = this.#box;
    if (box) box.scrollTop = box.scrollHeight;
    this.#measure();
  }

  #handleScroll(): void {
    const box = this.#box;
    if (!box) return;
    const sticks = box.scrollHeight - box.scrollTop - box.clientHeight < AT_END;
    if (sticks !== this.#sticks) this.#host.requestUpdate();
    this.#sticks = sticks;
    this.#measure();
  }

  /** @param go goes to the first place after what is seen */
  async #find(go: boolean): Promise<void> {
    this.#finding?.abort();
    const finding = new AbortController();
    this.#finding = finding;
    const before = this.#matches[this.#current];
    const matches = await findIn(this.#lines ?? [], this.#wanted, finding.signal);
    if (!matches) return;
    this.#matches = matches;
    const same = matches.findIndex(({ line, start }) => line === before?.line && start === before.start);
    const from = Math.floor((this.#box?.scrollTop ?? 0) / this.#lineHeight);
    const here = matches.findIndex(({ line }) => line >= from);
    this.#current = Math.max(0, !go && same >= 0 ? same : here);
    if (go && matches.length > 0) this.#goTo(this.#current);
    else if (go && this.#wanted !== '') announce(this.#host, this.#text('nothingFound'));
    this.#host.requestUpdate();
  }

  #goTo(index: number): void {
    const count = this.#matches.length;
    if (count === 0) return;
    this.#current = (index + count) % count;
    const match = this.#matches[this.#current];
    const box = this.#box;
    if (!match || !box) return;
    const top = match.line * this.#lineHeight;
    const seen = top >= box.scrollTop && top + 2 * this.#lineHeight <= box.scrollTop + box.clientHeight;
    if (!seen) box.scrollTop = Math.max(0, top - box.clientHeight / 3);
    this.#sticks = false;
    announce(this.#host, `${this.#foundWords()}: ${this.#lines?.[match.line]?.text ?? ''}`);
    this.#measure();
    this.#host.requestUpdate();
  }

  #foundWords(): string {
    const count = this.#matches.length;
    const at = this.#current + 1;
    if (count === 0) return this.#text('nothingFound');
    return this.#host.localizer.text(messages, count < MOST_MATCHES ? 'found' : 'foundMany', { at, count });
  }

  #text(key: TextKey): string {
    return this.#host.localizer.text(messages, key);
  }

  async #copy(): Promise<void> {
    const copied = await copyText(this.#host, plainText(this.#lines ?? []));
    announce(
      this.#host,
      copied ? this.#text('copied') : this.#host.localizer.text(commonMessages, 'copyFailed'),
    );
  }

  /** The search, `more`, copy and download. */
  tools(more?: unknown): TemplateResult {
    const { localizer } = this.#host;
    const tool = (
      key: TextKey,
      icon: TemplateResult,
      onClick: () => void,
      iconOnly = false,
    ): TemplateResult =>
      html`<button
        type="button"
        class="quiet ${iconOnly ? 'icon-only' : ''}"
        aria-label=${iconOnly ? this.#text(key) : nothing}
        title=${iconOnly ? this.#text(key) : nothing}
        @click=${onClick}
      >
        ${icon}${iconOnly ? nothing : html`<span>${this.#text(key)}</span>`}
      </button>`;
    return html`<div class="log-tools">
      <div
        class="log-find"
        role="search"
        @keydown=${(event: KeyboardEvent) => {
          if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
          event.preventDefault();
          this.#goTo(this.#current + (event.shiftKey ? -1 : 1));
        }}
      >
        ${searchBox(localizer, {
          value: this.#wanted,
          label: this.#text('search'),
          onInput: (value) => {
            this.#wanted = value;
            this.#host.requestUpdate();
            void this.#find(true);
          },
        })}
        ${
          this.#wanted === ''
            ? nothing
            : html`<span class="quiet-text">${this.#foundWords()}</span>
                ${tool('previous', iconArrowUp(), () => this.#goTo(this.#current - 1), true)}
                ${tool('next', iconArrowDown(), () => this.#goTo(this.#current + 1), true)}`
        }
      </div>
      ${more ?? nothing}
      <div class="actions">
        ${tool('copy', iconCopy(), () => void this.#copy())}
        ${tool('download', iconDownload(), () => {
          const { name, type } = this.#options.file();
          saveFile(this.#host, name, plainText(this.#lines ?? []), type);
        })}
      </div>
    </div>`;
  }

  /** The box, and beneath it how many lines there are. */
  box(): TemplateResult {
    const lines = this.#lines ?? [];
    const first = Math.min(this.#window.first, Math.max(0, lines.length - 1));
    const end = Math.min(this.#window.end, lines.length);
    const matches = this.#matches.filter(({ line }) => line >= first && line < end);
    const current = this.#matches[this.#current];
    return html`<div
        class="log"
        part="log"
        tabindex="0"
        role="region"
        aria-label=${this.#options.label(lines.length)}
        @scroll=${() => this.#handleScroll()}
      >
        <div class="log-space" ${styleProps({ 'block-size': `calc(var(--_line) * ${lines.length})` })}>
          <div class="log-window" ${styleProps({ 'padding-block-start': `calc(var(--_line) * ${first})` })}>
            ${lines.slice(first, end).map((line, index) =>
              logLine(
                line,
                matches.filter((match) => match.line === first + index),
                current,
              ),
            )}
          </div>
        </div>
      </div>
      ${this.#foot(lines)}`;
  }

  #foot(lines: readonly AnsiLine[]): TemplateResult {
    return html`<div class="log-foot">
      <span>${this.#host.localizer.text(messages, 'lines', { count: lines.length })}</span>
      ${
        this.#sticks || !this.#options.atEnd
          ? nothing
          : html`<button type="button" class="quiet small" @click=${() => this.toEnd()}>
              ${iconArrowDown()}<span>${this.#text('toEnd')}</span>
            </button>`
      }
    </div>`;
  }
}
