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
import { row, type RowContext } from './row.js';

export interface TableOptions {
  readonly label: string;
  readonly rows: readonly Server[];
  readonly sort: Sort;
  /** How many of all the rows that match are ticked. */
  readonly ticked: 'none' | 'some' | 'all';
  /** How many rows match; more than are in `rows` while the browser is given them bit by bit. */
  readonly count: number;
  /** How many more rows there are that are rendered on demand. */
  readonly rest: number;
  /** More rows are on their way from the cloud. */
  readonly loading: boolean;
  readonly onSort: (key: ColumnKey) => void;
  readonly onSelectAll: () => void;
  readonly onMore: () => void;
  readonly onExactTimes: () => void;
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
  age: 'minmax(5.75em, 1.1fr)',
  cloud: PLACE,
  project: PLACE,
  region: PLACE,
};

export function table(context: RowContext, options: TableOptions): TemplateResult {
  return frame(
    context,
    options.label,
    html`<thead part="head">
        ${head(context, options)}
      </thead>
      <tbody @pointerleave=${() => options.onRelease()} @focusout=${() => options.onRelease()}>
        ${repeat(
          options.rows,
          ({ id }) => id,
          (server) => row(context, server),
        )}${options.rest > 0 ? moreRow(context, options) : nothing}${
          options.loading ? skeletonRow(context, 0) : nothing
        }
      </tbody>`,
  );
}

function moreRow({ host, columns, actions }: RowContext, { rest, onMore }: TableOptions): TemplateResult {
  return html`<tr role="row" class="rest">
    <td role="cell" colspan=${columns.length + (actions ? 2 : 0)}>
      <button type="button" class="quiet" @click=${() => onMore()}>
        ${host.localizer.text(messages, 'more', { count: rest })}
      </button>
    </td>
  </tr>`;
}

/** The table as it will be, before anything is known of its rows. */
export function skeletonTable(
  context: Pick<RowContext, 'host' | 'columns' | 'actions'>,
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
  { columns, actions }: Pick<RowContext, 'columns' | 'actions'>,
  label: string,
  content: TemplateResult,
): TemplateResult {
  const widths = [
    ...(actions ? ['2.75em'] : []),
    ...columns.map((key) => WIDTHS[key]),
    ...(actions ? ['8.25em'] : []),
  ];
  // Roles are repeated because a table laid out as a grid loses them in some browsers.
  return html`<table
    role="table"
    part="table"
    class=${columns.length > 7 ? 'widest' : columns.length > 6 ? 'wider' : columns.length > 3 ? 'wide' : 'slim'}
    aria-label=${label}
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
  return html`<tr role="row" class="skeleton-line" aria-hidden="true">
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
  const all = localizer.text(messages, 'selectAll', { count: options.count });
  return html`<tr role="row">
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
