import { html, nothing, type TemplateResult } from 'lit';
import { commonMessages } from '../../../i18n/en/common.js';
import { instanceLogMessages as messages } from '../../../i18n/en/instance-log.js';
import { Poller } from '../../../live/poller.js';
import { ComputeClient, type Server } from '../../../openstack/compute.js';
import { isAbort, isOpenStackError } from '../../../openstack/errors.js';
import { iconRefresh } from '../../../ui/icons.js';
import { errorNotice, notice } from '../../../ui/notice.js';
import { skeletonRows, skeletonStyles } from '../../../ui/skeleton.js';
import { fileName } from '../log/file-name.js';
import { LineView, lineStyles } from '../log/line-view.js';
import { joined, readLog } from '../log/log-text.js';
import type { Section, SectionHost } from '../section.js';

/** How soon the log is asked for again, ms: soon where it has grown, later each time it has not. */
const SOON = 5_000;
const LATE = 60_000;
/** So many lines of the end are asked for while the rest is known. */
const TAIL = 200;

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
  readonly styles = [skeletonStyles, ...lineStyles];
  readonly #host: SectionHost;
  readonly #poller: Poller;
  readonly #view: LineView;
  #shown: AbortController | undefined;
  #raw: string | undefined;
  #error: unknown;
  #follow = true;
  #pause = SOON;

  constructor(host: SectionHost) {
    this.#host = host;
    this.#view = new LineView(host, {
      label: (count) => host.localizer.text(messages, 'label', { count }),
      atEnd: true,
      file: () => ({ name: fileName(host.shown.server.name, 'console.log'), type: 'text/plain' }),
    });
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
    this.#view.stop();
  }

  async #poll(): Promise<void> {
    const before = this.#raw;
    await this.#ask();
    this.#pause = this.#raw === before ? Math.min(LATE, this.#pause * 1.5) : SOON;
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
      if (raw !== this.#raw || !this.#view.lines) {
        const lines = await readLog(raw, signal);
        if (!lines) return;
        this.#raw = raw;
        await this.#view.setLines(lines);
      }
    } catch (error) {
      if (isAbort(error)) return;
      this.#error = error;
    }
    this.#host.requestUpdate();
  }

  #setFollow(on: boolean): void {
    this.#follow = on;
    this.#pause = SOON;
    if (on) {
      this.#view.toEnd();
      this.#poller.start(SOON);
    } else this.#poller.stop();
    this.#host.requestUpdate();
  }

  #text(key: Exclude<keyof typeof messages.english, 'label'>): string {
    return this.#host.localizer.text(messages, key);
  }

  render(): TemplateResult {
    const { lines } = this.#view;
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
    return html`${stale}${this.#view.tools(this.#more())}${this.#view.box()}`;
  }

  #more(): TemplateResult {
    return html`<label class="log-follow" title=${this.#text('followHint')}
        ><input
          type="checkbox"
          .checked=${this.#follow}
          @change=${(event: Event) => {
            if (event.target instanceof HTMLInputElement) this.#setFollow(event.target.checked);
          }}
        />${this.#text('follow')}</label
      >
      <button type="button" class="quiet" @click=${() => void this.#ask()}>
        ${iconRefresh()}<span>${this.#host.localizer.text(commonMessages, 'refresh')}</span>
      </button>`;
  }
}

export function create(host: SectionHost): Section {
  return new LogSection(host);
}
