import { html, nothing, type TemplateResult } from 'lit';
import { commonMessages } from '../../../i18n/en/common.js';
import { instanceRawMessages as messages } from '../../../i18n/en/instance-raw.js';
import { ComputeClient } from '../../../openstack/compute.js';
import { isAbort } from '../../../openstack/errors.js';
import { readRawServer } from '../../../openstack/instance-history.js';
import { iconRefresh } from '../../../ui/icons.js';
import { errorNotice } from '../../../ui/notice.js';
import { skeletonRows, skeletonStyles } from '../../../ui/skeleton.js';
import { fileName } from '../log/file-name.js';
import { LineView, lineStyles } from '../log/line-view.js';
import { readLog } from '../log/log-text.js';
import { withoutSecrets } from '../raw/shown-raw.js';
import type { Section, SectionHost } from '../section.js';
import { commandList, commandStyles } from './commands.js';

/** The instance as the service gives it, and what can be done to it as commands. */
class RawSection implements Section {
  readonly styles = [skeletonStyles, ...lineStyles, commandStyles];
  readonly #host: SectionHost;
  readonly #view: LineView;
  #shown: AbortController | undefined;
  #error: unknown;

  constructor(host: SectionHost) {
    this.#host = host;
    this.#view = new LineView(host, {
      label: (count) => host.localizer.text(messages, 'label', { count }),
      atEnd: false,
      file: () => ({ name: fileName(host.shown.server.name, 'instance.json'), type: 'application/json' }),
    });
  }

  show(): void {
    this.#shown ??= new AbortController();
    void this.#ask();
  }

  hide(): void {
    this.#shown?.abort();
    this.#shown = undefined;
    this.#view.stop();
  }

  async #ask(): Promise<void> {
    const { connection, server } = this.#host.shown;
    const signal = this.#shown?.signal;
    if (!signal) return;
    try {
      const raw = await readRawServer(connection.client(ComputeClient), server.id, {
        name: server.name,
        signal,
      });
      const lines = await readLog(JSON.stringify(withoutSecrets(raw), null, 2), signal);
      if (!lines) return;
      this.#error = undefined;
      await this.#view.setLines(lines);
    } catch (error) {
      if (isAbort(error)) return;
      this.#error = error;
    }
    this.#host.requestUpdate();
  }

  render(): TemplateResult {
    return html`${this.#raw()}${commandList(this.#host)}`;
  }

  #raw(): TemplateResult {
    const { localizer } = this.#host;
    const onRetry = (): void => void this.#ask();
    const { lines } = this.#view;
    if (!lines) {
      return this.#error === undefined
        ? skeletonRows(localizer.text(messages, 'loading'), 6, 1)
        : errorNotice(this.#host, this.#error, { onRetry });
    }
    const refresh = html`<button type="button" class="quiet" @click=${onRetry}>
      ${iconRefresh()}<span>${localizer.text(commonMessages, 'refresh')}</span>
    </button>`;
    return html`<p class="quiet-text">${localizer.text(messages, 'intro')}</p>
      ${
        this.#error === undefined
          ? nothing
          : errorNotice(this.#host, this.#error, { onRetry, tone: 'warning' })
      }
      ${this.#view.tools(refresh)}${this.#view.box()}`;
  }
}

export function create(host: SectionHost): Section {
  return new RawSection(host);
}
