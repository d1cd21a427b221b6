import { html, nothing, type TemplateResult } from 'lit';
import { instanceLogMessages as messages } from '../../../i18n/en/instance-log.js';
import { Poller } from '../../../live/poller.js';
import { ComputeClient, type Server } from '../../../openstack/compute.js';
import { isAbort, isOpenStackError } from '../../../openstack/errors.js';
import { copyText } from '../../../ui/copy-button.js';
import { iconArrowDown, iconArrowUp, iconCopy, iconDownload, iconRefresh } from '../../../ui/icons.js';
import { announce } from '../../../ui/live-region.js';
import { commonMessages } from '../../../i18n/en/common.js';
import { fieldStyles } from '../../../ui/field.styles.js';
import { errorNotice, notice } from '../../../ui/notice.js';
import { saveFile } from '../../../ui/save-file.js';
import { searchBox, searchStyles } from '../../../ui/search-box.js';
import { skeletonRows, skeletonStyles } from '../../../ui/skeleton.js';
import { styleProps } from '../../../ui/style-props.js';
import type { AnsiLine } from '../log/ansi.js';
import { fileName } from '../log/file-name.js';
import { logLine } from '../log/line.js';
import { findIn, joined, MOST_MATCHES, plainText, readLog, type Match } from '../log/log-text.js';
import { windowOf, type LineWindow } from '../log/window.js';
import type { Section, SectionHost } from '../section.js';
import { logStyles } from './log.styles.js';

/** How soon the log is asked for again, ms: soon where it has grown, later each time it has not. */
const SOON = 5_000;
const LATE = 60_000;
/** So many lines of the end are asked for while the rest is known. */
const TAIL = 200;
/** Nearer to the end than this, px, the log stays at its end as it grows. */
const AT_END = 24;

type Why = 'not-yet' | 'never' | 'shelved' | 'not-now' | 'none';

/** What it means that the cloud refuses the log of a server. */
export function whyNone(error: unknown, { status }: Pick<Server, 'status'>): Why | undefined {
  if (!isOpenStackError(error)) return undefined;
  if (error.kind === 'not-found' || error.status === 501) return 'none';
  if (error.kind !== 'conflict') return undefined;
  if (status === 'BUILD') return 'not-yet';
  if (status === 'ERROR') return 'never';
  return status === 'SHELVED' || status === 'SHELVED_OFFLOADED' ? 'shelved' : 'not-now';
}

const WORDS = {
  'not-yet': ['notYet', 'notYetHelps'],
  never: ['never', 'neverHelps'],
  shelved: ['shelved', 'shelvedHelps'],
  'not-now': ['notNow', 'notNowHelps'],
  none: ['none', 'noneHelps'],
} as const;

/** The console log: with its colours, searched, followed, copied, downloaded. */
class LogSection implements Section {
  readonly styles = [skeletonStyles, fieldStyles, searchStyles, logStyles];
  readonly #host: SectionHost;
  readonly #poller: Poller;
  #shown: AbortController | undefined;
  #raw: string | undefined;
  #lines: readonly AnsiLine[] | undefined;
  #error: unknown;
  #follow = true;
  #pause = SOON;
  #window: LineWindow = { first: 0, end: 0 };
  #lineHeight = 21;
  #sticks = true;
  #wanted = '';
  #matches: readonly Match[] = [];
  #current = 0;
  #finding: AbortController | undefined;

  constructor(host: SectionHost) {
    this.#host = host;
    this.#poller = new Poller({
      environment: host.shown.connection.environment,
      poll: () => this.#poll(),
      watched: () => true,
      wake: () => undefined,
    });
  }

  show(): void {
    this.#shown ??= new AbortController();
    this.#poller.start(SOON);
  }

  hide(): void {
    this.#poller.stop();
    this.#shown?.abort();
    this.#shown = undefined;
    this.#finding?.abort();
  }

  async #poll(): Promise<void> {
    const before = this.#raw;
    await this.#ask();
    const grew = this.#raw !== before;
    this.#pause = grew ? SOON : Math.min(LATE, this.#pause * 1.5);
    if (this.#follow && this.#shown) this.#poller.ended(this.#pause);
    else this.#poller.stop();
  }

  /** Asks for what is new, or for all where that does not fit what is known. */
  async #ask(): Promise<void> {
    const { connection, server } = this.#host.shown;
    const signal = this.#shown?.signal;
    if (!signal) return;
    const compute = connection.client(ComputeClient);
    const o = { name: server.name, signal };
    try {
      const tail = this.#raw ? await compute.consoleOutput(server.id, { ...o, lines: TAIL }) : undefined;
      const known = tail === undefined ? undefined : joined(this.#raw ?? '', tail);
      const raw = known ?? (await compute.consoleOutput(server.id, o));
      this.#error = undefined;
      if (raw !== this.#raw || !this.#lines) await this.#take(raw, signal);
    } catch (error) {
      if (isAbort(error)) return;
      this.#error = error;
    }
    this.#host.requestUpdate();
  }

  async #take(raw: string, signal: AbortSignal): Promise<void> {
    const lines = await readLog(raw, signal);
    if (!lines) return;
    this.#raw = raw;
    this.#lines = lines;
    this.#measure();
    await this.#find(false);
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#measure();
    if (this.#sticks) this.#toEnd();
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

  #toEnd(): void {
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

  #setFollow(on: boolean): void {
    this.#follow = on;
    this.#pause = SOON;
    if (on) {
      this.#toEnd();
      this.#poller.start(SOON);
    } else this.#poller.stop();
    this.#host.requestUpdate();
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

  render(): TemplateResult {
    const lines = this.#lines;
    const retry = (): void => void this.#ask();
    if (this.#error !== undefined && !lines) {
      const why = whyNone(this.#error, this.#host.shown.server);
      if (!why) return errorNotice(this.#host, this.#error, { onRetry: retry });
      const [heading, helps] = WORDS[why];
      return notice({
        tone: 'info',
        heading: this.#text(heading),
        helps: this.#text(helps),
        actions: html`<button type="button" @click=${retry}>
          ${this.#host.localizer.text(commonMessages, 'retry')}
        </button>`,
      });
    }
    if (!lines) return skeletonRows(this.#text('loading'), 6, 1);
    const stale =
      this.#error === undefined
        ? nothing
        : errorNotice(this.#host, this.#error, { onRetry: retry, tone: 'warning' });
    if (lines.length === 0)
      return html`${stale}${notice({ tone: 'info', heading: this.#text('empty'), helps: this.#text('emptyHelps') })}`;
    return html`${stale}${this.#tools()}${this.#log(lines)}${this.#foot(lines)}`;
  }

  #tools(): TemplateResult {
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
      <label class="log-follow" title=${this.#text('followHint')}
        ><input
          type="checkbox"
          .checked=${this.#follow}
          @change=${(event: Event) => {
            if (event.target instanceof HTMLInputElement) this.#setFollow(event.target.checked);
          }}
        />${this.#text('follow')}</label
      >
      <div class="actions">
        ${tool('copy', iconCopy(), () => void this.#copy())}
        ${tool('download', iconDownload(), () => {
          saveFile(
            this.#host,
            fileName(this.#host.shown.server.name, 'console.log'),
            plainText(this.#lines ?? []),
          );
        })}
        <button type="button" class="quiet" @click=${() => void this.#ask()}>
          ${iconRefresh()}<span>${localizer.text(commonMessages, 'refresh')}</span>
        </button>
      </div>
    </div>`;
  }

  #log(lines: readonly AnsiLine[]): TemplateResult {
    const first = Math.min(this.#window.first, Math.max(0, lines.length - 1));
    const end = Math.min(this.#window.end, lines.length);
    const matches = this.#matches.filter(({ line }) => line >= first && line < end);
    const current = this.#matches[this.#current];
    return html`<div
      class="log"
      part="log"
      tabindex="0"
      role="region"
      aria-label=${this.#host.localizer.text(messages, 'label', { count: lines.length })}
      @scroll=${() => this.#handleScroll()}
    >
      <div class="log-space" ${styleProps({ 'block-size': `calc(var(--_line) * ${lines.length})` })}>
        <pre class="log-window" ${styleProps({ 'padding-block-start': `calc(var(--_line) * ${first})` })}>
${lines.slice(first, end).map((line, index) =>
            logLine(
              line,
              matches.filter((match) => match.line === first + index),
              current,
            ),
          )}</pre>
      </div>
    </div>`;
  }

  #foot(lines: readonly AnsiLine[]): TemplateResult {
    return html`<div class="log-foot">
      <span>${this.#host.localizer.text(messages, 'lines', { count: lines.length })}</span>
      ${
        this.#sticks
          ? nothing
          : html`<button type="button" class="quiet small" @click=${() => this.#toEnd()}>
              ${iconArrowDown()}<span>${this.#text('toEnd')}</span>
            </button>`
      }
    </div>`;
  }
}

/** Those that need nothing filled in. */
type TextKey = Exclude<keyof typeof messages.english, 'label' | 'lines' | 'found' | 'foundMany'>;

export function create(host: SectionHost): Section {
  return new LogSection(host);
}
