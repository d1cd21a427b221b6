import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { apiLogMessages as messages } from '../../i18n/en/api-log.js';
import { curlOf } from '../../openstack/curl.js';
import type { RequestLog, RequestLogEntry } from '../../openstack/request-log.js';
import { copyButton } from '../../ui/copy-button.js';
import { checkField, selectField } from '../../ui/field.js';
import { notice } from '../../ui/notice.js';
import { searchBox } from '../../ui/search-box.js';
import { SessionElement } from '../session-element.js';
import { isFailure, pathOf, servicesIn, shown } from './api-log.state.js';
import { apiLogStyles } from './api-log.styles.js';

/**
 * The requests that the kit makes, the newest first: what was asked of which service, how it was answered and how long
 * that took, with the request id to quote and the same request as a `curl` command. Holds the last few hundred, and
 * never a secret.
 *
 * @summary Shows what the kit asks the cloud.
 * @tag exo-api-log
 *
 * @csspart heading - The heading.
 * @csspart toolbar - Search and filters.
 * @csspart table - The table.
 * @csspart row - A request.
 * @csspart details - What opens below a request.
 * @csspart message - What stands in the place of the table.
 * @csspart notice - A notice.
 *
 * @cssstate no-session - There is no session on this page.
 * @cssstate empty - Nothing was asked yet.
 * @cssstate ready - There are requests.
 * @cssstate paused - New requests are not shown.
 */
export class ExoApiLog extends SessionElement {
  static override readonly tag = 'exo-api-log';
  static override styles = apiLogStyles;
  static override properties: PropertyDeclarations = {
    heading: {},
    headingLevel: { attribute: 'heading-level', type: Number },
    query: { state: true },
    service: { state: true },
    failures: { state: true },
    open: { state: true },
    frozen: { state: true },
  };

  /** The heading; an empty text shows none. */
  declare heading: string | undefined;
  /** The level of the heading in the page's outline, 1 to 6. Default 2. */
  declare headingLevel: number;

  /** @internal */ declare query: string;
  /** @internal */ declare service: string;
  /** @internal */ declare failures: boolean;
  /** @internal The requests whose details are open, by id. */ declare open: ReadonlySet<number>;
  /** @internal What is shown while it is paused. */ declare frozen: readonly RequestLogEntry[] | undefined;

  #log: RequestLog | undefined;
  #unsubscribe: (() => void) | undefined;
  #frame = 0;

  constructor() {
    super();
    this.headingLevel = 2;
    this.query = '';
    this.service = '';
    this.failures = false;
    this.open = new Set();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
    this.#follow(undefined);
  }

  protected override handleSessionChange(): void {
    super.handleSessionChange();
    this.#follow(this.isConnected ? this.currentSession?.log : undefined);
  }

  #follow(log: RequestLog | undefined): void {
    if (log === this.#log) return;
    this.#unsubscribe?.();
    this.#log = log;
    this.open = new Set();
    // Requests come in bursts; a page draws no more often than it is painted.
    this.#unsubscribe = log?.subscribe(() => {
      cancelAnimationFrame(this.#frame);
      this.#frame = requestAnimationFrame(() => {
        this.requestUpdate();
      });
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const entries = this.#log?.entries ?? [];
    this.showState(!this.#log ? 'no-session' : entries.length === 0 ? 'empty' : 'ready');
    this.toggleState('paused', this.frozen !== undefined);
  }

  protected override render(): TemplateResult {
    const { localizer } = this;
    const log = this.#log;
    if (!log)
      return notice({
        tone: 'warning',
        heading: localizer.text(messages, 'noSession'),
        helps: localizer.text(messages, 'noSessionHelps'),
      });
    const all = log.entries;
    const entries = this.frozen ?? all;
    const { query, service, failures } = this;
    const found = shown(entries, { query, service, failures });
    const heading = this.heading ?? localizer.text(messages, 'heading');
    return html`<div class="root">
      ${
        heading === ''
          ? nothing
          : html`<div class="heading" part="heading" role="heading" aria-level=${this.headingLevel}>
              ${heading}
            </div>`
      }
      <p class="quiet-text">${localizer.text(messages, 'intro')}</p>
      ${this.#toolbar(log, entries)}
      <p class="visually-hidden" role="status">
        ${query === '' && !failures && service === '' ? nothing : localizer.text(messages, 'count', { count: found.length })}
      </p>
      ${
        found.length > 0
          ? this.#table(found)
          : html`<div part="message">
              <p>
                <strong>${localizer.text(messages, entries.length === 0 ? 'empty' : 'nothingFound')}</strong>
              </p>
              ${entries.length === 0 ? html`<p class="quiet-text">${localizer.text(messages, 'emptyHelps')}</p>` : nothing}
            </div>`
      }
    </div>`;
  }

  #toolbar(log: RequestLog, entries: readonly RequestLogEntry[]): TemplateResult {
    const { localizer } = this;
    const newest = log.entries.at(-1)?.id ?? 0;
    const since = this.frozen ? newest - (this.frozen.at(-1)?.id ?? 0) : 0;
    return html`<div class="tools" part="toolbar">
      ${searchBox(localizer, {
        value: this.query,
        label: localizer.text(messages, 'searchRequests'),
        onInput: (query) => {
          this.query = query;
        },
      })}
      ${selectField(localizer, {
        id: 'service',
        label: localizer.text(messages, 'service'),
        value: this.service,
        options: [
          { value: '', label: localizer.text(messages, 'allServices') },
          ...servicesIn(entries).map((type) => ({ value: type, label: type })),
        ],
        onChange: (service) => {
          this.service = service;
        },
      })}
      ${checkField({
        id: 'failures',
        label: localizer.text(messages, 'failures'),
        checked: this.failures,
        onChange: (checked) => {
          this.failures = checked;
        },
      })}
      <button
        type="button"
        @click=${() => {
          this.frozen = this.frozen ? undefined : log.entries;
        }}
      >
        ${localizer.text(messages, this.frozen ? 'resume' : 'pause')}
      </button>
      <button
        type="button"
        @click=${() => {
          log.clear();
          this.frozen = undefined;
          this.requestUpdate();
        }}
      >
        ${localizer.text(messages, 'clear')}
      </button>
      ${this.frozen ? html`<span class="quiet-text">${localizer.text(messages, 'paused', { count: since })}</span>` : nothing}
    </div>`;
  }

  #table(entries: readonly RequestLogEntry[]): TemplateResult {
    const { localizer } = this;
    const text = (key: 'time' | 'method' | 'service' | 'path' | 'status' | 'duration'): string =>
      localizer.text(messages, key);
    return html`<div
      class="frame"
      tabindex="0"
      role="region"
      aria-label=${localizer.text(messages, 'heading')}
    >
      <table part="table">
        <thead>
          <tr>
            <th scope="col" class="minor">${text('time')}</th>
            <th scope="col">${text('method')}</th>
            <th scope="col" class="minor">${text('service')}</th>
            <th scope="col">${text('path')}</th>
            <th scope="col">${text('status')}</th>
            <th scope="col" class="number minor">${text('duration')}</th>
          </tr>
        </thead>
        <tbody>
          ${repeat(
            entries,
            ({ id }) => id,
            (entry) => this.#row(entry),
          )}
        </tbody>
      </table>
    </div>`;
  }

  #row(entry: RequestLogEntry): TemplateResult {
    const { localizer } = this;
    const { id, method, service, url, status, ms, at } = entry;
    const path = pathOf(url);
    const open = this.open.has(id);
    return html`<tr part="row" data-failed=${isFailure(entry) ? 'true' : nothing}>
        <td class="minor">${clockTime(localizer.locale, at)}</td>
        <td><code>${method}</code></td>
        <td class="minor">${service}</td>
        <td class="path">
          <button
            type="button"
            class="open"
            aria-expanded=${String(open)}
            aria-label=${localizer.text(messages, 'details', { method, path })}
            @click=${() => {
              const next = new Set(this.open);
              if (!next.delete(id)) next.add(id);
              this.open = next;
            }}
          >
            ${path}
          </button>
        </td>
        <td class=${isFailure(entry) ? 'bad' : ''}>${status ?? localizer.text(messages, 'noAnswer')}</td>
        <td class="number minor">${localizer.text(messages, 'milliseconds', { ms })}</td>
      </tr>
      ${
        open
          ? html`<tr part="details">
              <td colspan="6">${this.#details(entry)}</td>
            </tr>`
          : nothing
      }`;
  }

  #details(entry: RequestLogEntry): TemplateResult {
    const { localizer } = this;
    const { url, requestId, body } = entry;
    const curl = curlOf(entry);
    return html`<dl class="more">
      <div>
        <dt>${localizer.text(messages, 'url')}</dt>
        <dd>
          <code>${url}</code> ${copyButton(this, { value: url, what: localizer.text(messages, 'theUrl') })}
        </dd>
      </div>
      <div>
        <dt>${localizer.text(messages, 'requestId')}</dt>
        <dd>
          ${
            requestId === undefined
              ? localizer.text(messages, 'noRequestId')
              : html`<code>${requestId}</code>
                  ${copyButton(this, { value: requestId, what: localizer.text(messages, 'theRequestId') })}`
          }
        </dd>
      </div>
      ${
        body === undefined
          ? nothing
          : html`<div>
              <dt>${localizer.text(messages, 'sent')}</dt>
              <dd><pre tabindex="0">${body}</pre></dd>
            </div>`
      }
      <div>
        <dt>${localizer.text(messages, 'asCurl')}</dt>
        <dd>
          <pre tabindex="0">${curl}</pre>
          ${copyButton(this, { value: curl, what: localizer.text(messages, 'curl') })}
        </dd>
        <dd class="quiet-text">${localizer.text(messages, 'curlHint')}</dd>
      </div>
    </dl>`;
  }
}

/** The time of day, to the second. */
function clockTime(locale: string, at: number): string {
  return new Date(at).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}
