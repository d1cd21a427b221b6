import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { instanceListMessages as messages } from '../../i18n/en/instance-list.js';
import type { Localizer } from '../../i18n/localizer.js';
import type { Server } from '../../openstack/compute.js';
import { iconArrowDown, iconArrowUp, iconClock, iconSort } from '../../ui/icons.js';
import { skeletonLine } from '../../ui/skeleton.js';
import { styleProps } from '../../ui/style-props.js';
import type { ColumnKey, Sort } from './arrange.js';
import type { WindowItem } from './row-window.js';
import { row, type RowContext } from './row.js';

export interface TableOptions {
  readonly label: string;
  /** All rows that match, in order. */
  readonly rows: readonly Server[];
  /** Those of them that are in the DOM. */
  readonly items: readonly WindowItem[];
  readonly sort: Sort;
  /** How many of all the rows that match are ticked. */
  readonly ticked: 'none' | 'some' | 'all';
  /** More rows are on their way from the cloud. */
  readonly loading: boolean;
  readonly onSort: (key: ColumnKey) => void;
  readonly onSelectAll: () => void;
  readonly onExactTimes: () => void;
  /** A key was pressed on a row. */
  readonly onKey: (event: KeyboardEvent) => void;
  /** The pointer or the keyboard has left a row. */
  readonly onRelease: () => void;
}

const PLACE = 'minmax(5.5em, 1.1fr)';

/** What each column takes of the width: at least so much, and which share of the rest. */
const WIDTHS: Readonly<Record<ColumnKey, string>> = {
  name: 'minmax(8em, 2fr)',
  status: 'minmax(7.5em, 1.6fr)',
  addresses: 'minmax(9.75em, 1.3fr)',
  size: 'minmax(7.5em, 1.2fr)',
  image: 'minmax(6em, 1.4fr)',
  cost: 'minmax(5.5em, 0.8fr)',
  age: 'minmax(5.75em, 1.1fr)',
  cloud: PLACE,
  project: PLACE,
  region: PLACE,
  creator: PLACE,
  keypair: PLACE,
  network: PLACE,
  zone: PLACE,
  tags: PLACE,
  id: PLACE,
};

export function table(context: RowContext, options: TableOptions): TemplateResult {
  const { rows, items, loading } = options;
  const below = detailsAbove(context, rows);
  return frame(
    context,
    options.label,
    html`<thead part="head">
        ${head(context, options)}
      </thead>
      <tbody
        @pointerleave=${() => options.onRelease()}
        @focusout=${() => options.onRelease()}
        @keydown=${(event: KeyboardEvent) => options.onKey(event)}
      >
        ${repeat(
          items,
          ({ key }) => key,
          (item) => {
            if (item.kind === 'space') return space(item.height);
            const server = rows[item.at];
            return server && row(context, server, item.at + 2 + below(item.at));
          },
        )}${loading ? skeletonRow(context, 0) : nothing}
      </tbody>`,
    // How many there will be is known once all pages are there.
    loading ? -1 : rows.length + 1 + below(rows.length),
  );
}

/** The room of rows that are not in the DOM. */
function space(height: number): TemplateResult {
  return html`<tr
    class="space"
    role="presentation"
    aria-hidden="true"
    ${styleProps({ 'block-size': `${String(height)}px` })}
  ></tr>`;
}

/** How many rows of details stand above a row: they count as rows of the table. */
function detailsAbove(context: RowContext, rows: readonly Server[]): (at: number) => number {
  const { size } = context.detailed;
  if (size === 0) return () => 0;
  const places = rows.flatMap(({ id }, at) => (context.detailed.has(id) ? at : []));
  return (at) => places.filter((place) => place < at).length;
}

/** The table as it will be, before anything is known of its rows. */
export function skeletonTable(
  context: Pick<RowContext, 'host' | 'columns' | 'actions' | 'cards'>,
  label: string,
  rows: number,
): TemplateResult {
  const { localizer } = context.host;
  return html`<p class="visually-hidden" role="status">${localizer.text(messages, 'loading')}</p>
    ${frame(
      context,
      label,
      html`<thead part="head">
          <tr role="row">
            ${context.actions ? html`<td role="cell" class="tick"></td>` : nothing}
            ${context.columns.map(
              (key) =>
                html`<th role="columnheader" scope="col" class=${key}>
                  <span class="head-label">${localizer.text(messages, `column-${key}`)}</span>
                </th>`,
            )}
            ${context.actions ? html`<td role="cell" class="do"></td>` : nothing}
          </tr>
        </thead>
        <tbody aria-hidden="true">
          ${Array.from({ length: rows }, (_, at) => skeletonRow(context, at))}
        </tbody>`,
    )}`;
}

function frame(
  context: Pick<RowContext, 'columns' | 'actions' | 'cards'>,
  label: string,
  content: TemplateResult,
  count?: number,
): TemplateResult {
  const { columns, actions } = context;
  const widths = [
    ...(actions ? ['2.75em'] : []),
    ...columns.map((key) => WIDTHS[key]),
    ...(actions ? ['8.25em'] : []),
  ];
  // Roles are repeated because a table laid out as a grid loses them in some browsers.
  return html`<table
    role="table"
    part="table"
    class="${context.cards ? 'cards' : ''} ${columns.length > 7 ? 'widest' : columns.length > 6 ? 'wider' : columns.length > 3 ? 'wide' : 'slim'}"
    aria-label=${label}
    aria-rowcount=${count ?? nothing}
    ${styleProps({ '--_columns': widths.join(' ') })}
  >
    ${content}
  </table>`;
}

const BARS: readonly string[] = ['62%', '48%', '71%', '55%', '66%', '43%'];

function skeletonRow(
  { columns, actions }: Pick<RowContext, 'columns' | 'actions'>,
  at: number,
): TemplateResult {
  return html`<tr role="row" class="skeleton-line ${actions ? 'ticked' : ''}" aria-hidden="true">
    ${actions ? html`<td role="cell" class="tick"></td>` : nothing}
    ${columns.map(
      (key, column) =>
        html`<td role="cell" class=${key}>
          ${skeletonLine(BARS[(at * 2 + column) % BARS.length] ?? '60%')}
        </td>`,
    )}
    ${actions ? html`<td role="cell" class="do"></td>` : nothing}
  </tr>`;
}

function head(context: RowContext, options: TableOptions): TemplateResult {
  const { columns, actions, host } = context;
  const { localizer } = host;
  const all = localizer.text(messages, 'selectAll', { count: options.rows.length });
  return html`<tr role="row" aria-rowindex="1">
    ${
      actions
        ? html`<td role="cell" class="tick">
            <label
              ><input
                type="checkbox"
                id="select-all"
                aria-label=${all}
                title=${all}
                .checked=${live(options.ticked === 'all')}
                .indeterminate=${live(options.ticked === 'some')}
                @click=${() => options.onSelectAll()}
            /></label>
          </td>`
        : nothing
    }
    ${columns.map((key) => heading(localizer, context, options, key))}
    ${
      actions
        ? html`<th role="columnheader" scope="col" class="do">
            <span class="visually-hidden">${localizer.text(messages, 'column-actions')}</span>
          </th>`
        : nothing
    }
  </tr>`;
}

function heading(
  localizer: Localizer,
  context: RowContext,
  { sort, onSort, onExactTimes }: TableOptions,
  key: ColumnKey,
): TemplateResult {
  const sorted = sort.key === key;
  const icon = sorted ? (sort.direction === 'ascending' ? iconArrowUp() : iconArrowDown()) : iconSort();
  const exact = localizer.text(messages, 'exactTimes');
  return html`<th
    role="columnheader"
    scope="col"
    class="${key} ${sorted ? 'sorted' : ''}"
    aria-sort=${sorted ? sort.direction : 'none'}
  >
    <button type="button" class="quiet sort" @click=${() => onSort(key)}>
      ${localizer.text(messages, `column-${key}`)}${icon}</button
    >${
      key === 'age'
        ? html`<button
            type="button"
            class="quiet icon-only exact"
            aria-label=${exact}
            title=${exact}
            aria-pressed=${String(context.exactTimes)}
            @click=${() => onExactTimes()}
          >
            ${iconClock()}
          </button>`
        : nothing
    }
  </th>`;
}
