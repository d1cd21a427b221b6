import { css } from 'lit';
import { skeletonStyles } from '../../ui/skeleton.js';
import { statusStyles } from '../../ui/status.js';

export const instanceStyles = [
  skeletonStyles,
  statusStyles,
  css`
    .root {
      container-type: inline-size;
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--_space-3);
    }
    .top {
      display: flex;
      flex-wrap: wrap;
      align-items: flex-start;
      justify-content: space-between;
      gap: var(--_space-2) var(--_space-3);
    }
    .title {
      display: grid;
      gap: var(--_space-1);
      flex: 1 1 14em;
      min-inline-size: 0;
    }
    .heading {
      font-size: 1.375em;
      font-weight: var(--_font-weight-strong);
      line-height: 1.25;
      overflow-wrap: anywhere;
    }
    .name {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--_space-1) var(--_space-2);
    }
    .name input {
      flex: 1 1 12em;
      min-inline-size: 0;
      max-inline-size: 30em;
    }
    .under {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--_space-1) var(--_space-2);
    }
    .lock {
      display: inline-flex;
      align-items: center;
      gap: var(--_space-1);
      color: var(--_color-text-quiet);
    }
    .back {
      justify-self: start;
      margin-inline-start: -0.75em;
    }
    .do {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--_space-2);
    }
    .tabs {
      display: flex;
      gap: var(--_space-1);
      margin: 0;
      /* Room for the ring around what has the keyboard. */
      padding: 3px 3px 0;
      border-block-end: 1px solid var(--_color-border);
      overflow-x: auto;
      scrollbar-width: thin;
    }
    .tab {
      flex: none;
      min-block-size: var(--_control-height);
      padding: 0 0.75em;
      border: 0;
      border-block-end: 3px solid transparent;
      border-radius: calc(var(--_radius) / 2) calc(var(--_radius) / 2) 0 0;
      background: none;
      color: var(--_color-text-quiet);
      font-weight: 400;
    }
    .tab:hover {
      background: var(--_color-surface-quiet);
      color: var(--_color-text);
    }
    .tab[aria-selected='true'] {
      border-block-end-color: var(--_color-accent);
      color: var(--_color-text);
      font-weight: var(--_font-weight-strong);
    }
    .section {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--_space-3);
      min-block-size: 12em;
      align-content: start;
    }
    .section-head {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: var(--_space-2);
    }
    .subheading {
      font-size: 1.0625em;
      font-weight: var(--_font-weight-strong);
    }
    .facts {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 17em), 1fr));
      gap: var(--_space-3) var(--_space-4);
    }
    .facts > div {
      display: grid;
      align-content: start;
      gap: 0.125em;
      min-inline-size: 0;
    }
    .facts dt {
      color: var(--_color-text-quiet);
      font-size: 0.9375em;
    }
    .facts dd {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0 var(--_space-2);
      overflow-wrap: anywhere;
    }
    .wide {
      grid-column: 1 / -1;
    }
    .line {
      display: flex;
      align-items: center;
      gap: var(--_space-2);
      padding: var(--_space-2) var(--_space-3);
      border: 1px solid var(--_color-border);
      border-radius: var(--_radius);
      background: var(--_color-surface-quiet);
    }
    .line code {
      flex: 1;
      min-inline-size: 0;
      overflow-x: auto;
      white-space: pre;
      direction: ltr;
      text-align: left;
    }
    .tags {
      display: flex;
      flex-wrap: wrap;
      gap: var(--_space-1);
      max-block-size: 12em;
      overflow-y: auto;
    }
    .tag {
      padding: 0 0.5em;
      border: 1px solid var(--_color-border);
      border-radius: 1em;
      background: var(--_color-surface-quiet);
      font-size: 0.9375em;
      overflow-wrap: anywhere;
    }
    .items {
      display: grid;
      gap: var(--_space-2);
    }
    .item {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      align-items: start;
      gap: var(--_space-1) var(--_space-3);
      padding: 0.75em var(--_space-3);
      border: 1px solid var(--_color-border);
      border-radius: var(--_radius);
    }
    .item-name {
      font-weight: var(--_font-weight-strong);
      overflow-wrap: anywhere;
    }
    .about {
      color: var(--_color-text-quiet);
      font-size: 0.9375em;
      overflow-wrap: anywhere;
    }
    .digits {
      font-variant-numeric: tabular-nums;
      overflow-wrap: anywhere;
    }
    [role='tabpanel']:focus-visible {
      outline-offset: 4px;
    }
    @container (inline-size < 30em) {
      .item {
        grid-template-columns: minmax(0, 1fr);
        justify-items: start;
      }
    }
  `,
];
