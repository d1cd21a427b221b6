import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { commonMessages } from '../../../i18n/en/common.js';
import { instanceGraphsMessages as messages } from '../../../i18n/en/instance-graphs.js';
import { Poller } from '../../../live/poller.js';
import { ComputeClient } from '../../../openstack/compute.js';
import { isAbort } from '../../../openstack/errors.js';
import { LazyPart } from '../../../ui/lazy.js';
import { errorNotice, notice } from '../../../ui/notice.js';
import { skeletonRows, skeletonStyles } from '../../../ui/skeleton.js';
import type * as Plotting from '../usage/plot.js';
import { plotStyles } from '../usage/plot.styles.js';
import {
  metersOf,
  readUsage,
  seriesOf,
  valueOf,
  warningsOf,
  type Meter,
  type UsagePoint,
} from '../usage/usage.js';
import type { Section, SectionHost } from '../section.js';
import { graphsStyles } from './graphs.styles.js';
import { whyNone } from './log.js';

/** The guest tells once a minute. */
const CADENCE = 60_000;
/** So many lines of the end are asked for while the rest is known. */
const TAIL = 100;
/** After so long without a word the values are old, ms. */
const OLD = 600_000;
/** Rows of the table: what is older is in the drawing, and in the log. */
const ROWS = 120;

const keyOf = (meter: Meter): string => (typeof meter === 'string' ? meter : `gpu-${meter.gpu}`);

/** How busy the instance is: processor, memory, disk and GPUs over time. */
class GraphsSection implements Section {
  readonly styles = [skeletonStyles, plotStyles, graphsStyles];
  readonly #host: SectionHost;
  readonly #poller: Poller;
  readonly #drawing: LazyPart<Pick<typeof Plotting, 'plot'>>;
  readonly #plots = new Map<string, { readonly box: Element; readonly plot: Plotting.Plot }>();
  readonly #mounts = new Map<string, (box: Element | undefined) => void>();
  #shown: AbortController | undefined;
  #points: readonly UsagePoint[] | undefined;
  #error: unknown;
  /** What the pointer is on. */
  #pointed: { readonly key: string; readonly index: number } | undefined;

  constructor(host: SectionHost) {
    this.#host = host;
    this.#drawing = new LazyPart(host, () => import('../usage/plot.js'));
    this.#poller = new Poller({
      environment: host.shown.connection.environment,
      poll: async () => {
        await this.#ask();
        this.#poller.ended(CADENCE);
      },
      watched: () => true,
      wake: () => undefined,
    });
  }

  show(): void {
    this.#shown ??= new AbortController();
    this.#poller.start(CADENCE);
  }

  hide(): void {
    this.#poller.stop();
    this.#shown?.abort();
    this.#shown = undefined;
    for (const { plot } of this.#plots.values()) plot.remove();
    this.#plots.clear();
  }

  get #now(): number {
    return this.#host.shown.connection.environment.clock.now();
  }

  async #ask(): Promise<void> {
    const { connection, server } = this.#host.shown;
    const signal = this.#shown?.signal;
    if (!signal) return;
    const compute = connection.client(ComputeClient);
    const known = this.#points ?? [];
    const lines = known.length > 0 ? TAIL : undefined;
    try {
      const log = await compute.consoleOutput(server.id, { name: server.name, signal, lines });
      this.#points = readUsage(log, this.#now, known);
      this.#error = undefined;
      if (this.#points.length > 0 && !this.#drawing.failed) void this.#drawing.load();
    } catch (error) {
      if (isAbort(error)) return;
      this.#error = error;
    }
    this.#host.requestUpdate();
  }

  #text(key: PlainKey): string {
    return this.#host.localizer.text(messages, key);
  }

  #nameOf(meter: Meter): string {
    return typeof meter === 'string'
      ? this.#text(meter)
      : this.#host.localizer.text(messages, 'gpu', { number: meter.gpu + 1 });
  }

  #percent(value: number | undefined): string {
    return value === undefined ? '–' : `${this.#host.localizer.wording.number(value)} %`;
  }

  #time(at: number): string {
    return this.#host.localizer.wording.time(at, this.#now);
  }

  render(): TemplateResult {
    const retry = (): void => void this.#ask();
    const points = this.#points;
    if (!points) {
      if (this.#error === undefined) return skeletonRows(this.#text('loading'), 3, 2);
      if (whyNone(this.#error, this.#host.shown.server) === undefined)
        return errorNotice(this.#host, this.#error, { onRetry: retry });
      return notice({ tone: 'info', heading: this.#text('noLog'), actions: this.#again(retry) });
    }
    const stale =
      this.#error === undefined
        ? nothing
        : errorNotice(this.#host, this.#error, { onRetry: retry, tone: 'warning' });
    if (points.length === 0) {
      const runs = this.#host.shown.server.status === 'ACTIVE';
      return html`${stale}${notice({
        tone: 'info',
        heading: this.#text('none'),
        helps: this.#text(runs ? 'noneHelps' : 'noneStopped'),
        actions: this.#again(retry),
      })}`;
    }
    const meters = metersOf(points);
    return html`<div class="graphs-notices">${stale}${this.#notices(points)}</div>
      <div class="graphs">${meters.map((meter) => this.#graph(meter, points))}</div>
      ${this.#table(meters, points)}
      <span class="graph-ink"></span>`;
  }

  #again(retry: () => void): TemplateResult {
    return html`<button type="button" @click=${retry}>
      ${this.#host.localizer.text(commonMessages, 'retry')}
    </button>`;
  }

  #notices(points: readonly UsagePoint[]): unknown {
    const last = points.at(-1);
    const { localizer } = this.#host;
    const old = last && this.#now - last.at > OLD;
    return html`${warningsOf(points, this.#now).map((warning) =>
      notice({
        tone: warning === 'cpu-busy' ? 'info' : 'warning',
        heading: this.#text(warning),
        helps: this.#text(`${warning}Helps`),
      }),
    )}${
      old
        ? notice({
            tone: 'info',
            heading: this.#text('old'),
            helps: localizer.text(messages, 'oldHelps', { time: this.#time(last.at) }),
          })
        : nothing
    }${
      this.#drawing.failed
        ? notice({
            tone: 'warning',
            heading: this.#text('notDrawn'),
            helps: this.#text('notDrawnHelps'),
            actions: this.#again(() => void this.#drawing.load()),
          })
        : nothing
    }`;
  }

  #graph(meter: Meter, points: readonly UsagePoint[]): TemplateResult {
    const { localizer } = this.#host;
    const key = keyOf(meter);
    const name = this.#nameOf(meter);
    const [times, values] = seriesOf(points, meter);
    const known = values.filter((value) => value !== null);
    const pointed = this.#pointed?.key === key ? this.#pointed.index : undefined;
    const last = values.findLastIndex((value) => value !== null);
    const index = pointed !== undefined && values[pointed] != null ? pointed : last;
    const latest = localizer.text(messages, 'latest', {
      value: this.#percent(values[index] ?? undefined),
      time: this.#time((times[index] ?? 0) * 1000),
    });
    const drawing = localizer.text(messages, 'drawing', {
      name,
      first: this.#time((times[0] ?? 0) * 1000),
      last: this.#time((times.at(-1) ?? 0) * 1000),
      low: this.#percent(Math.min(...known)),
      high: this.#percent(Math.max(...known)),
      latest: this.#percent(values[last] ?? undefined),
    });
    this.#plots.get(key)?.plot.draw([times, values]);
    return html`<section class="graph" part="graph">
      <div class="graph-head">
        <span class="graph-name">${name}</span><span class="quiet-text">${latest}</span>
      </div>
      <div
        class="graph-plot"
        role="img"
        aria-label=${drawing}
        ${ref(this.#drawing.module ? this.#mountOf(meter) : undefined)}
      ></div>
    </section>`;
  }

  /** The same function for the same meter, so that a drawing is made once. */
  #mountOf(meter: Meter): (box: Element | undefined) => void {
    const key = keyOf(meter);
    const known = this.#mounts.get(key);
    if (known) return known;
    const mount = (box: Element | undefined): void => {
      const before = this.#plots.get(key);
      if (before && before.box !== box) {
        before.plot.remove();
        this.#plots.delete(key);
      }
      const { module } = this.#drawing;
      if (!(box instanceof HTMLElement) || !module || this.#plots.has(key)) return;
      const plot = module.plot(box, {
        colors: () => this.#colors(),
        time: (seconds) => this.#time(seconds * 1000),
        percent: (value) => this.#percent(value),
        onPoint: (index) => {
          this.#pointed = index === undefined ? undefined : { key, index };
          this.#host.requestUpdate();
        },
      });
      this.#plots.set(key, { box, plot });
      plot.draw(seriesOf(this.#points ?? [], meter));
    };
    this.#mounts.set(key, mount);
    return mount;
  }

  /** A canvas knows no custom properties: what they come to is read from an element that uses them. */
  #colors(): { line: string; text: string; grid: string } {
    const ink = this.#host.shadowRoot?.querySelector('.graph-ink');
    const style = ink ? getComputedStyle(ink) : undefined;
    return {
      line: style?.color ?? 'currentcolor',
      text: style?.borderTopColor ?? 'currentcolor',
      grid: style?.backgroundColor ?? 'currentcolor',
    };
  }

  #table(meters: readonly Meter[], points: readonly UsagePoint[]): TemplateResult {
    const { localizer } = this.#host;
    return html`<details class="graphs-more">
      <summary>${this.#text('table')}</summary>
      <div class="graph-table" tabindex="0" role="region" aria-label=${this.#text('tableLabel')}>
        <table>
          <thead>
            <tr>
              <th scope="col">${this.#text('time')}</th>
              ${meters.map((meter) => html`<th scope="col">${this.#nameOf(meter)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${points
              .slice(-ROWS)
              .reverse()
              .map(
                (point) =>
                  html`<tr>
                    <td>${localizer.wording.date(point.at)}</td>
                    ${meters.map((meter) => html`<td>${this.#percent(valueOf(point, meter))}</td>`)}
                  </tr>`,
              )}
          </tbody>
        </table>
      </div>
    </details>`;
  }
}

/** Those that need nothing filled in. */
type PlainKey = Exclude<keyof typeof messages.english, 'gpu' | 'latest' | 'drawing' | 'oldHelps'>;

export function create(host: SectionHost): Section {
  return new GraphsSection(host);
}
