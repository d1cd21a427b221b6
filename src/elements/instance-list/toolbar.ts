import { html, nothing, type TemplateResult } from 'lit';
import { commonMessages } from '../../i18n/en/common.js';
import { instanceListMessages as messages } from '../../i18n/en/instance-list.js';
import type { Server } from '../../openstack/compute.js';
import { searchBox } from '../../ui/search-box.js';
import { iconFilter, iconRefresh, iconSettings } from '../../ui/icons.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { statusCounts, type StatusCounts } from './arrange.js';
import type { StatusWord } from './status.js';
import { statusWord } from './words.js';

export interface HeadingOptions {
  readonly text: string;
  /** 1 to 6; 0 for none. */
  readonly level: number;
  /** How many rows there are, how many are shown, and whether these are all. Nothing while that is not known. */
  readonly count: { readonly all: number; readonly shown: number; readonly complete: boolean } | undefined;
}

/** The heading with its count. A heading of any level without a template for each. */
export function heading({ localizer }: OverlayHost, { text, level, count }: HeadingOptions): unknown {
  if (level === 0) return nothing;
  return html`<div class="title">
    <div role="heading" aria-level=${level} part="heading" id="heading" tabindex="-1">${text}</div>
    ${count ? html`<span class="count">${countText()}</span>` : nothing}
  </div>`;

  function countText(): string {
    if (!count) return '';
    if (!count.complete) return localizer.text(messages, 'countPartial', { count: count.all });
    return count.shown === count.all
      ? localizer.text(messages, 'count', { count: count.all })
      : localizer.text(messages, 'countShown', { shown: count.shown, count: count.all });
  }
}

/** What opens below the tools. */
export type Panel = 'filters' | 'view';

export interface ToolbarOptions {
  /** Nothing while they are on their way: then the tools only hold their place. */
  readonly servers: readonly Server[] | undefined;
  readonly query: string;
  readonly filter: StatusWord | undefined;
  /** A refresh that the person asked for is under way. */
  readonly refreshing: boolean;
  /** How many values of facets are chosen. */
  readonly chosen: number;
  /** Which panel is open. */
  readonly panel: Panel | undefined;
  onPanel(panel: Panel): void;
  onQuery(query: string): void;
  onFilter(word: StatusWord | undefined): void;
  onRefresh(): void;
}

const NONE: readonly Server[] = [];
let counted: { servers: readonly Server[]; filter: StatusWord | undefined; counts: StatusCounts } | undefined;

/** Counting ten thousand rows takes as long as rendering those on the screen, so it is not done for each scroll. */
function countsOf(servers: readonly Server[], filter: StatusWord | undefined): StatusCounts {
  if (counted?.servers !== servers || counted.filter !== filter)
    counted = { servers, filter, counts: statusCounts(servers, filter) };
  return counted.counts;
}

/** Search, status filter, refresh. */
export function toolbar(host: OverlayHost, options: ToolbarOptions): TemplateResult {
  const { localizer } = host;
  const { servers, filter, refreshing } = options;
  const counts = countsOf(servers ?? NONE, filter);
  const label = localizer.text(messages, 'filter');
  const refresh = localizer.text(commonMessages, 'refresh');
  return html`<div class="tools" part="toolbar" ?inert=${servers === undefined}>
    ${searchBox(localizer, {
      value: options.query,
      label: localizer.text(messages, 'search'),
      onInput: (query) => options.onQuery(query),
    })}
    <span class="select filter"
      ><select
        aria-label=${label}
        @change=${(event: Event) => {
          const { target } = event;
          if (!(target instanceof HTMLSelectElement)) return;
          options.onFilter(counts.find(({ word }) => word === target.value)?.word);
        }}
      >
        <option value="" .selected=${filter === undefined}>
          ${
            servers === undefined
              ? localizer.text(messages, 'filterAny')
              : localizer.text(messages, 'filterAll', { count: servers.length })
          }
        </option>
        ${counts.map(
          ({ word, count }) =>
            html`<option value=${word} .selected=${word === filter}>
              ${localizer.text(messages, 'filterOne', { word: statusWord(localizer, word), count })}
            </option>`,
        )}
      </select></span
    >
    ${panelButton(host, options, 'filters')}${panelButton(host, options, 'view')}
    <button
      type="button"
      class="quiet icon-only refresh"
      aria-label=${refresh}
      title=${refresh}
      aria-busy=${String(refreshing)}
      @click=${() => options.onRefresh()}
    >
      ${iconRefresh()}
    </button>
  </div>`;
}

function panelButton({ localizer }: OverlayHost, options: ToolbarOptions, panel: Panel): TemplateResult {
  const { chosen } = options;
  const label =
    panel === 'view'
      ? localizer.text(messages, 'view')
      : localizer.text(messages, 'filters', { count: chosen });
  return html`<button
    type="button"
    class="quiet icon-only ${panel === 'filters' && chosen > 0 ? 'in-use' : ''}"
    aria-label=${label}
    title=${label}
    aria-expanded=${String(options.panel === panel)}
    @click=${() => options.onPanel(panel)}
  >
    ${panel === 'view' ? iconSettings() : iconFilter()}
  </button>`;
}
