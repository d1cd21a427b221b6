import { css } from 'lit';
import { dialogStyles } from '../../ui/dialog.js';
import { fieldStyles } from '../../ui/field.styles.js';
import { searchStyles } from '../../ui/search-box.js';
import { skeletonStyles } from '../../ui/skeleton.js';

export const projectPickerStyles = [
  fieldStyles,
  searchStyles,
  skeletonStyles,
  dialogStyles,
  css`
    :host {
      background: transparent;
    }
    :host(:not([inline])) {
      display: inline-block;
      max-inline-size: 100%;
    }
    .compact {
      max-inline-size: 22em;
      inline-size: 100%;
      justify-content: flex-start;
      text-align: start;
    }
    .compact > .icon {
      flex: none;
    }
    .compact-text {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      column-gap: 0.5em;
      min-inline-size: 0;
      line-height: 1.2;
    }
    .compact .name {
      font-weight: var(--_font-weight-strong);
    }
    .compact :is(.name, .place) {
      max-inline-size: 16em;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .place,
    .minor,
    .note {
      color: var(--_color-text-quiet);
      font-size: 0.9375em;
    }
    .more {
      padding-inline: 0.375em;
      border-radius: 1em;
      background: var(--_color-accent-quiet);
      color: var(--_color-accent-text);
      font-size: 0.875em;
    }
    .waiting {
      display: inline-flex;
      align-items: center;
      inline-size: 9em;
      min-block-size: var(--_control-height);
    }
    .panel,
    .accounts,
    .account {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--_space-3);
    }
    .panel > .search {
      max-inline-size: none;
    }
    dialog .panel > .search {
      position: sticky;
      inset-block-start: 0;
      z-index: 1;
      background: var(--_color-surface-raised);
    }
    .account {
      gap: var(--_space-1);
    }
    .account-head {
      display: flex;
      align-items: center;
      gap: var(--_space-2);
    }
    .account-head > .icon {
      color: var(--_color-text-quiet);
    }
    .account-head > h3 {
      flex: 1;
      min-inline-size: 0;
      font-size: 1em;
      font-weight: var(--_font-weight-strong);
      overflow-wrap: anywhere;
    }
    .account-head .minor {
      font-weight: 400;
    }
    .account > ul {
      border: 1px solid var(--_color-border);
      border-radius: var(--_radius);
      overflow: hidden;
    }
    .account > ul > li + li {
      border-block-start: 1px solid var(--_color-border);
    }
    .account > ul > li {
      content-visibility: auto;
      contain-intrinsic-block-size: auto 2.75em;
    }
    .line {
      display: flex;
      align-items: stretch;
    }
    .line.current {
      background: var(--_color-accent-quiet);
    }
    .tick {
      display: grid;
      place-items: center;
      flex: none;
      inline-size: 2.5em;
      cursor: pointer;
    }
    .go {
      display: flex;
      flex: 1;
      flex-wrap: wrap;
      align-items: baseline;
      justify-content: flex-start;
      gap: 0 var(--_space-2);
      min-block-size: var(--_row-height, 2.75em);
      min-inline-size: 0;
      padding: 0.5em var(--_space-3) 0.5em 0.375em;
      border: 0;
      border-radius: 0;
      background: none;
      color: inherit;
      text-align: start;
    }
    .go:not([aria-disabled]):hover {
      background: var(--_color-surface-quiet);
      color: var(--_color-accent-text);
    }
    .go:focus-visible {
      outline-offset: -2px;
    }
    .go .name {
      overflow-wrap: anywhere;
    }
    .current > .go .name {
      font-weight: var(--_font-weight-strong);
    }
    .go[aria-disabled='true'] {
      background: none;
    }
    .go .note {
      flex-basis: 100%;
      overflow-wrap: anywhere;
    }
    .badge {
      padding: 0 0.5em;
      border: 1px solid currentColor;
      border-radius: 1em;
      color: var(--_color-accent-text);
      font-size: 0.8125em;
    }
    .off .name {
      color: var(--_color-text-quiet);
    }
    .regions {
      border-block-start: 1px solid var(--_color-border);
      padding-inline-start: 2.75em;
    }
    .regions .go {
      align-content: center;
      min-block-size: 2.25em;
      padding-block: 0.25em;
    }
    .ended {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--_space-2);
      color: var(--_color-warning-text);
    }
    .none {
      display: flex;
      align-items: center;
      gap: var(--_space-2);
      padding-block: var(--_space-3);
      color: var(--_color-text-quiet);
    }
    .actions {
      display: flex;
    }
    @media (forced-colors: active) {
      .line.current {
        outline: 2px solid Highlight;
        outline-offset: -2px;
      }
    }
  `,
];
