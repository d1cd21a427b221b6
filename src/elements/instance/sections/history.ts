import { html, nothing, type TemplateResult } from 'lit';
import { commonMessages } from '../../../i18n/en/common.js';
import { instanceHistoryMessages as messages } from '../../../i18n/en/instance-history.js';
import { Poller } from '../../../live/poller.js';
import { ComputeClient } from '../../../openstack/compute.js';
import { isAbort } from '../../../openstack/errors.js';
import {
  readEvents,
  readHistory,
  type HistoryEntry,
  type HistoryEvent,
} from '../../../openstack/instance-history.js';
import { copyButton } from '../../../ui/copy-button.js';
import { iconBusy, iconFailed, iconRefresh, iconSuccess } from '../../../ui/icons.js';
import { errorNotice, notice } from '../../../ui/notice.js';
import { skeletonRows, skeletonStyles } from '../../../ui/skeleton.js';
import {
  actionWords,
  eventOutcome,
  eventWords,
  outcome,
  seconds,
  type Outcome,
} from '../history/history-words.js';
import type { Section, SectionHost } from '../section.js';
import { historyStyles } from './history.styles.js';

/** How soon the history is asked for again, ms. */
const BUSY = 5_000;
const QUIET = 60_000;

const OUTCOMES = {
  done: ['done', iconSuccess],
  failed: ['failed', iconFailed],
  running: ['running', iconBusy],
} as const;

interface Details {
  readonly events?: readonly HistoryEvent[] | undefined;
  readonly error?: unknown;
}

/** What was done to the instance: by whom, when, and what came of it. */
class HistorySection implements Section {
  readonly styles = [skeletonStyles, historyStyles];
  readonly #host: SectionHost;
  readonly #poller: Poller;
  #shown: AbortController | undefined;
  /** The newest, asked for again and again, and what was asked for further down. */
  #newest: readonly HistoryEntry[] | undefined;
  #older: readonly HistoryEntry[] = [];
  #next: string | undefined;
  #error: unknown;
  readonly #details = new Map<string, Details>();

  constructor(host: SectionHost) {
    this.#host = host;
    this.#poller = new Poller({
      environment: host.shown.connection.environment,
      poll: async () => {
        await this.#ask();
        this.#poller.ended(this.#busy ? BUSY : QUIET);
      },
      watched: () => true,
      wake: () => undefined,
    });
  }

  show(): void {
    this.#shown ??= new AbortController();
    this.#poller.start(BUSY);
  }

  hide(): void {
    this.#poller.stop();
    this.#shown?.abort();
    this.#shown = undefined;
  }

  /** Whether something is happening to the server. */
  get #busy(): boolean {
    const { taskState, pending, status } = this.#host.shown.server;
    return taskState !== undefined || pending !== undefined || status === 'BUILD';
  }

  get #entries(): readonly HistoryEntry[] {
    const newest = this.#newest ?? [];
    const known = new Set(newest.map(({ id }) => id));
    return [...newest, ...this.#older.filter(({ id }) => !known.has(id))];
  }

  async #ask(): Promise<void> {
    const { connection, server } = this.#host.shown;
    const signal = this.#shown?.signal;
    try {
      const compute = connection.client(ComputeClient);
      const { entries, next } = await readHistory(compute, server.id, { name: server.name, signal });
      if (this.#older.length === 0) this.#next = next;
      this.#newest = entries;
      this.#error = undefined;
      // What is open and goes on is asked for anew.
      for (const [id, { events }] of this.#details)
        if (events?.some(({ finish }) => finish === undefined)) void this.#open(id);
    } catch (error) {
      if (isAbort(error)) return;
      this.#error = error;
    }
    this.#host.requestUpdate();
  }

  async #more(): Promise<void> {
    const { connection, server } = this.#host.shown;
    try {
      const compute = connection.client(ComputeClient);
      const o = { name: server.name, signal: this.#shown?.signal, after: this.#next };
      const { entries, next } = await readHistory(compute, server.id, o);
      this.#older = [...this.#older, ...entries];
      this.#next = next;
    } catch (error) {
      if (isAbort(error)) return;
      this.#error = error;
    }
    this.#host.requestUpdate();
  }

  async #open(id: string): Promise<void> {
    const { connection, server } = this.#host.shown;
    if (!this.#details.has(id)) this.#details.set(id, {});
    this.#host.requestUpdate();
    let details: Details;
    try {
      const compute = connection.client(ComputeClient);
      const o = { name: server.name, signal: this.#shown?.signal };
      details = { events: await readEvents(compute, server.id, id, o) };
    } catch (error) {
      if (isAbort(error)) {
        this.#details.delete(id);
        return;
      }
      details = { error };
    }
    // Closed in the meantime: it stays closed.
    if (this.#details.has(id)) this.#details.set(id, details);
    this.#host.requestUpdate();
  }

  #toggle(id: string): void {
    if (this.#details.delete(id)) this.#host.requestUpdate();
    else void this.#open(id);
  }

  #text(key: TextKey): string {
    return this.#host.localizer.text(messages, key);
  }

  render(): TemplateResult {
    const retry = (): void => void this.#ask();
    const entries = this.#entries;
    if (!this.#newest) {
      return this.#error === undefined
        ? skeletonRows(this.#text('loading'), 4, 4)
        : errorNotice(this.#host, this.#error, { onRetry: retry });
    }
    return html`<div class="history">
      ${
        this.#error === undefined
          ? nothing
          : errorNotice(this.#host, this.#error, { onRetry: retry, tone: 'warning' })
      }
      ${
        entries.length === 0
          ? notice({ tone: 'info', heading: this.#text('empty') })
          : html`<ol class="history-list" aria-label=${this.#text('caption')}>
              ${entries.map((entry, index) => this.#entry(entry, index === 0))}
            </ol>`
      }
      <div class="history-foot">
        <button type="button" class="quiet" @click=${retry}>
          ${iconRefresh()}<span>${this.#host.localizer.text(commonMessages, 'refresh')}</span>
        </button>
        ${
          this.#next === undefined
            ? nothing
            : html`<button type="button" @click=${() => void this.#more()}>${this.#text('older')}</button>`
        }
      </div>
    </div>`;
  }

  #entry(entry: HistoryEntry, newest: boolean): TemplateResult {
    const { localizer } = this.#host;
    const details = this.#details.get(entry.id);
    const now = this.#host.shown.connection.environment.clock.now();
    const what = actionWords(localizer, entry.action);
    const { wording } = localizer;
    return html`<li class="history-entry" part="entry">
      <div class="history-head">
        <span class="history-what">${what}</span>
        <span class="history-who">${this.#who(entry)}</span>
        <span class="history-when"
          ><time datetime=${entry.start} title=${wording.date(entry.start)}
            >${wording.ago(entry.start, now)}</time
          >
          <span class="quiet-text">${wording.date(entry.start)}</span></span
        >
        ${this.#outcome(outcome(entry, newest && this.#busy, details?.events))}
        <button
          type="button"
          class="quiet small history-toggle"
          aria-expanded=${details ? 'true' : 'false'}
          aria-label=${localizer.text(messages, 'detailsOf', { action: what })}
          @click=${() => this.#toggle(entry.id)}
        >
          ${this.#text('details')}
        </button>
      </div>
      ${details ? this.#expanded(entry, details) : nothing}
    </li>`;
  }

  #who({ userId }: HistoryEntry): unknown {
    if (userId === undefined) return this.#text('unknown');
    const { user } = this.#host.shown.connection;
    if (userId === user.id) return html`<span>${this.#text('you')}</span>`;
    return html`<span title=${userId}>${this.#text('someone')}</span>
      ${copyButton(this.#host, { value: userId, what: this.#text('theirId') })}`;
  }

  #outcome(found: Outcome): TemplateResult {
    const [key, icon] = OUTCOMES[found];
    return html`<span class="history-outcome ${found}">${icon()}<span>${this.#text(key)}</span></span>`;
  }

  #expanded(entry: HistoryEntry, { events, error }: Details): TemplateResult {
    const { localizer } = this.#host;
    return html`<div class="history-more">
      <p class="history-request">
        <span class="quiet-text">${this.#text('request')}</span>
        <code>${entry.id}</code>
        ${copyButton(this.#host, { value: entry.id, what: localizer.text(commonMessages, 'requestId') })}
      </p>
      ${
        error !== undefined
          ? errorNotice(this.#host, error, { onRetry: () => void this.#open(entry.id) })
          : !events
            ? html`<p class="quiet-text" role="status">${this.#text('eventsLoading')}</p>`
            : events.length === 0
              ? html`<p class="quiet-text">${this.#text('noEvents')}</p>`
              : html`<ul class="history-parts" aria-label=${this.#text('partsOf')}>
                  ${events.map((event) => this.#part(event))}
                </ul>`
      }
    </div>`;
  }

  #part(event: HistoryEvent): TemplateResult {
    const { localizer } = this.#host;
    const length = seconds(event.start, event.finish);
    return html`<li class="history-part">
      <span title=${event.event}>${eventWords(localizer, event.event)}</span>
      ${this.#outcome(eventOutcome(event))}
      <time class="quiet-text" datetime=${event.start}>${localizer.wording.date(event.start)}</time>
      ${
        length === undefined
          ? nothing
          : html`<span class="quiet-text"
              >${localizer.text(messages, 'took', { time: localizer.wording.duration(length) })}</span
            >`
      }
      ${event.details === undefined ? nothing : html`<q class="quiet-text">${event.details}</q>`}
    </li>`;
  }
}

type TextKey =
  | 'loading' | 'caption' | 'request' | 'you' | 'someone' | 'theirId' | 'unknown' | 'done' | 'failed' | 'running'
  | 'details' | 'eventsLoading' | 'noEvents' | 'partsOf' | 'empty' | 'older'; // prettier-ignore

export function create(host: SectionHost): Section {
  return new HistorySection(host);
}
