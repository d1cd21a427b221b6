import { css } from 'lit';
import { fieldStyles } from '../../ui/field.styles.js';
import { searchStyles } from '../../ui/search-box.js';

export const apiLogStyles = [
  fieldStyles,
  searchStyles,
  css`
    .root {
      container-type: inline-size;
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--_space-3);
    }
    .heading {
      font-size: 1.375em;
      font-weight: var(--_font-weight-strong);
      line-height: 1.25;
    }
    .tools {
      display: flex;
      flex-wrap: wrap;
      align-items: end;
      gap: var(--_space-2) var(--_space-3);
    }
    .tools > .search {
      flex: 1 1 14em;
      max-inline-size: 24em;
    }
    .frame {
      max-block-size: 36em;
      overflow: auto;
      border: 1px solid var(--_color-border);
      border-radius: var(--_radius);
    }
    table {
      inline-size: 100%;
      border-collapse: collapse;
      font-size: 0.9375em;
    }
    th,
    td {
      padding: 0.5em 0.75em;
      border-block-end: 1px solid var(--_color-border);
      text-align: start;
      vertical-align: baseline;
      white-space: nowrap;
    }
    thead th {
      position: sticky;
      inset-block-start: 0;
      background: var(--_color-surface-quiet);
      color: var(--_color-text-quiet);
      font-weight: var(--_font-weight-strong);
      z-index: 1;
    }
    .number {
      text-align: end;
      font-variant-numeric: tabular-nums;
    }
    .path {
      inline-size: 100%;
      white-space: normal;
    }
    .open {
      min-block-size: 24px;
      padding: 0;
      border: 0;
      background: none;
      color: var(--_color-accent-text);
      font-family: var(--_font-family-mono);
      font-size: 0.9375em;
      font-weight: 400;
      text-align: start;
      overflow-wrap: anywhere;
      white-space: normal;
    }
    .bad {
      color: var(--_color-danger-text);
      font-weight: var(--_font-weight-strong);
    }
    .more {
      display: grid;
      gap: var(--_space-2);
      padding: var(--_space-2) 0;
      white-space: normal;
    }
    .more dt {
      color: var(--_color-text-quiet);
    }
    .more dd {
      display: flex;
      align-items: flex-start;
      gap: var(--_space-2);
      margin: 0;
      overflow-wrap: anywhere;
    }
    pre {
      flex: 1;
      min-inline-size: 0;
      max-block-size: 16em;
      margin: 0;
      padding: var(--_space-2);
      border-radius: calc(var(--_radius) / 2);
      overflow: auto;
      background: var(--_color-surface-quiet);
      font-family: var(--_font-family-mono);
      font-size: 0.875em;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
      direction: ltr;
      text-align: left;
    }
    @container (max-width: 40em) {
      .minor {
        display: none;
      }
    }
  `,
];
