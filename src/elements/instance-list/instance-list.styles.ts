import { css } from 'lit';
import { actionButtonStyles } from '../../ui/action-button.js';
import { fieldStyles } from '../../ui/field.styles.js';
import { searchStyles } from '../../ui/search-box.js';
import { skeletonStyles } from '../../ui/skeleton.js';
import { statusStyles } from '../../ui/status.js';

const frameStyles = css`
  :host {
    /* The list measures itself, so it has no width of its own to give to a flex line or a grid. */
    min-inline-size: min(100%, 17em);
  }
  .root {
    container-type: inline-size;
    display: flex;
    flex-direction: column;
    gap: var(--_space-3);
  }
  .top,
  .tool-line,
  .tools,
  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-2) var(--_space-3);
  }
  .top {
    justify-content: space-between;
    min-block-size: var(--_control-height);
  }
  .title {
    align-items: baseline;
    gap: var(--_space-2);
  }
  [role='heading'] {
    font-size: 1.375em;
    font-weight: var(--_font-weight-strong);
    line-height: 1.25;
    overflow-wrap: anywhere;
  }
  .count,
  .minor,
  .place-text {
    color: var(--_color-text-quiet);
  }
  .tool-line {
    flex: 1 1 26em;
    flex-wrap: nowrap;
    justify-content: flex-end;
  }
  .tools {
    flex: 1 1 0;
    flex-wrap: nowrap;
    justify-content: flex-end;
    gap: var(--_space-2);
    min-inline-size: 0;
  }
  .tools > .search {
    max-inline-size: 22em;
  }
  .filter {
    flex: none;
  }
  .tools > button:is(.in-use, [aria-expanded='true']) {
    background: var(--_color-accent-quiet);
    color: var(--_color-accent-text);
  }
  .refresh[aria-busy='true'] > .icon {
    animation: turn 0.9s linear infinite;
  }
  .place {
    display: grid;
    justify-items: center;
    gap: var(--_space-2);
    padding: calc(var(--_space-4) * 2) var(--_space-3);
    border: 1px dashed var(--_color-border);
    border-radius: var(--_radius);
    text-align: center;
  }
  .place-icon {
    display: grid;
    place-items: center;
    inline-size: 3.25em;
    block-size: 3.25em;
    border-radius: 50%;
    background: var(--_color-surface-quiet);
    color: var(--_color-text-quiet);
  }
  .place-icon > .icon {
    inline-size: 1.5em;
    block-size: 1.5em;
  }
  .place-title {
    font-size: 1.125em;
    font-weight: var(--_font-weight-strong);
  }
  .place-text {
    max-inline-size: 34em;
    text-wrap: pretty;
  }
  .place button {
    margin-block-start: var(--_space-2);
  }
  .stale {
    margin-block: calc(var(--_space-2) * -1) 0;
    padding-inline-start: var(--_space-3);
    font-size: 0.9375em;
  }
`;

const tableStyles = css`
  table,
  thead,
  tbody {
    display: block;
  }
  table {
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius);
    font-size: 0.9375em;
    line-height: 1.35;
  }
  tr {
    display: grid;
    grid-template-columns: var(--_columns);
    align-items: center;
    column-gap: var(--_space-2);
    padding-inline: var(--_space-2);
  }
  th,
  td {
    min-inline-size: 0;
    padding: 0;
    font-weight: 400;
    text-align: inherit;
  }
  thead {
    position: sticky;
    inset-block-start: var(--exo-sticky-top, 0px);
    z-index: 1;
    border-radius: calc(var(--_radius) - 1px) calc(var(--_radius) - 1px) 0 0;
    background: var(--_color-surface-quiet);
    box-shadow: inset 0 -1px var(--_color-border);
  }
  thead tr {
    min-block-size: 2.5em;
  }
  thead th {
    display: flex;
    align-items: center;
    color: var(--_color-text-quiet);
  }
  .head-label,
  button.sort {
    font-size: 0.875em;
    font-weight: var(--_font-weight-strong);
  }
  button.sort {
    gap: 0.25em;
    min-block-size: 2em;
    min-inline-size: 0;
    margin-inline-start: -0.4375em;
    padding: 0.125em 0.4375em;
    color: inherit;
    text-align: inherit;
  }
  .sorted button.sort {
    color: var(--_color-text);
  }
  button.sort > .icon {
    inline-size: 1em;
    block-size: 1em;
    opacity: 0;
  }
  .sorted button.sort > .icon,
  button.sort:is(:hover, :focus-visible) > .icon {
    opacity: 1;
  }
  button.exact {
    min-block-size: 24px;
    min-inline-size: 24px;
    inline-size: 2em;
    block-size: 2em;
    font-size: 0.875em;
  }
  button.exact[aria-pressed='true'] {
    background: var(--_color-accent-quiet);
    color: var(--_color-accent-text);
  }
  tbody > tr {
    min-block-size: var(--_row-height);
    padding-block: 0.3125em;
    border-block-start: 1px solid var(--_color-border);
  }
  tbody > tr:first-child {
    border-block-start: 0;
  }
  tbody > tr:last-child {
    border-radius: 0 0 calc(var(--_radius) - 1px) calc(var(--_radius) - 1px);
  }
  tbody > tr:hover {
    background: var(--_color-surface-quiet);
  }
  tbody > tr.selected {
    background: var(--_color-accent-quiet);
  }
  tr.going,
  tr.going button.open {
    color: var(--_color-text-quiet);
  }
  .tick > label {
    display: grid;
    place-items: center;
    inline-size: 2.25em;
    block-size: 2.25em;
    cursor: pointer;
  }
  th.name {
    display: flex;
    align-items: center;
    gap: var(--_space-1);
  }
  button.open {
    display: block;
    min-block-size: 24px;
    min-inline-size: 0;
    padding: 0.125em 0.25em;
    margin-inline-start: -0.25em;
    border: 0;
    background: none;
    color: var(--_color-text);
    font-weight: var(--_font-weight-strong);
    text-align: inherit;
  }
  button.open > bdi,
  .clamp {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  button.open:hover {
    background: none;
    color: var(--_color-accent-text);
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  .lock .icon,
  .globe .icon,
  .from-volume .icon {
    inline-size: 1em;
    block-size: 1em;
    color: var(--_color-text-quiet);
  }
  .state > .minor,
  .size .minor {
    display: block;
    font-size: 0.9em;
  }
  .state > .minor {
    padding-inline-start: 1.65em;
  }
  .state .status {
    display: flex;
    white-space: normal;
  }
  .size .major {
    display: block;
    overflow-wrap: anywhere;
  }
  .from-volume {
    display: inline-flex;
    align-items: center;
    gap: 0.375em;
  }
  .addresses > div {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    column-gap: var(--_space-1);
  }
  .address {
    display: inline-flex;
    align-items: center;
    gap: 0.3125em;
    max-inline-size: 100%;
  }
  .digits {
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums;
  }
  .address button.copy {
    min-block-size: 24px;
    min-inline-size: 24px;
    inline-size: 1.75em;
    block-size: 1.75em;
  }
  .address button.copy .icon {
    inline-size: 1em;
    block-size: 1em;
  }
  button.more {
    min-block-size: 24px;
    min-inline-size: 24px;
    padding: 0 0.375em;
    font-size: 0.875em;
  }
  .none {
    color: var(--_color-text-quiet);
  }
  td.age {
    color: var(--_color-text-quiet);
  }
  td.do {
    display: flex;
    justify-content: flex-end;
    gap: var(--_space-1);
  }
  tbody > tr.details {
    grid-template-columns: minmax(0, 1fr);
  }
  .details {
    padding-block: 0 var(--_space-3);
  }
  /* No place for the browser to hold on to: it is another one each time. */
  tbody > tr.space {
    overflow-anchor: none;
    display: block;
    min-block-size: 0;
    padding: 0;
    border: 0;
  }
  tbody > tr.details {
    border-block-start: 0;
  }
  tbody > tr.details:hover {
    background: none;
  }
  .panel {
    display: grid;
    gap: var(--_space-3);
    padding-inline: 3.25em var(--_space-2);
  }
  .slim .panel {
    padding-inline-start: var(--_space-2);
  }
  .panel dl {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 20em), 1fr));
    gap: var(--_space-2) var(--_space-3);
  }
  .panel dt {
    color: var(--_color-text-quiet);
    font-size: 0.875em;
  }
  .panel dd {
    overflow-wrap: anywhere;
  }
  .panel dd .address {
    display: flex;
  }
`;

/** Where there is no room for columns, each row is a card and the table's head a line of sort buttons. */
const cards = css`
  thead {
    position: static;
  }
  thead tr {
    display: flex;
    flex-wrap: wrap;
    gap: 0;
    padding-block: var(--_space-1);
  }
  thead th.do {
    display: none;
  }
  button.sort {
    margin-inline: 0;
  }
  th:not(.sorted) > button.sort > .icon {
    display: none;
  }
  tbody > tr {
    position: relative;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 10em), 1fr));
    gap: 0.125em var(--_space-3);
    align-items: start;
    padding: var(--_space-2) var(--_space-3);
  }
  tbody > tr.ticked {
    padding-inline-start: 3.25em;
  }
  tbody > tr > .tick {
    position: absolute;
    inset-block-start: 0.25em;
    inset-inline-start: var(--_space-2);
  }
  tbody > tr > :is(.name, .state, .do) {
    grid-column: 1 / -1;
  }
  tbody > tr > :is(.where, .addresses, .size, .image, .age) {
    display: grid;
    grid-template-columns: var(--_card-label, none);
    align-items: baseline;
    min-block-size: 24px;
  }
  tbody > tr > :is(.where, .addresses, .size, .image, .age)::before {
    content: attr(data-label);
    color: var(--_color-text-quiet);
    font-size: 0.875em;
  }
  td.age {
    color: inherit;
  }
  .head-label {
    padding: 0.25em 0.4375em;
  }
  .addresses > div {
    flex-direction: column;
    align-items: flex-start;
  }
  td.do {
    justify-content: flex-start;
    padding-block-start: var(--_space-1);
  }
  td.do button.small:not(.icon-only) {
    border-color: var(--_color-border-strong);
  }
  tbody > tr.details {
    grid-template-columns: minmax(0, 1fr);
  }
  tbody > tr.details {
    padding-block: 0 var(--_space-3);
  }
  .panel {
    padding-inline: 0;
  }
`;

export const instanceListStyles = [
  fieldStyles,
  searchStyles,
  actionButtonStyles,
  statusStyles,
  skeletonStyles,
  frameStyles,
  tableStyles,
  css`
    table.cards {
      ${cards}
    }
    .compact {
      --_row-height: 2em;
    }
    .compact tbody > tr:not(.details) {
      padding-block: 0;
    }
    .compact table:not(.cards) .size .minor {
      display: none;
    }
    @container (inline-size < 72em) {
      table.widest {
        ${cards}
      }
    }
    @container (inline-size < 62em) {
      table.wider {
        ${cards}
      }
    }
    @container (inline-size < 57em) {
      table.wide {
        ${cards}
      }
    }
    @container (inline-size < 36em) {
      table.slim {
        ${cards}
      }
    }
    @container (inline-size < 48em) {
      .tool-line {
        display: contents;
      }
      .tools {
        flex: 1 1 100%;
        order: 1;
      }
      .tools > .search {
        max-inline-size: none;
      }
    }
    @container (inline-size < 36em) {
      table {
        --_card-label: 5.5em minmax(0, 1fr);
      }
      .tools {
        flex-wrap: wrap;
      }
      .tools > .search {
        flex: 1 1 100%;
      }
      .tools > .filter {
        flex: 1;
      }
    }
    @media (forced-colors: active) {
      tbody > tr.selected {
        outline: 2px solid Highlight;
        outline-offset: -2px;
      }
    }
  `,
];
