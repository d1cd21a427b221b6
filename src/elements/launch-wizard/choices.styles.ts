import { css } from 'lit';
import { choiceStyles } from '../../ui/choice.js';

const formStyles = css`
  textarea.mono {
    white-space: pre;
    overflow-wrap: normal;
    overflow-x: auto;
  }
  .script-foot,
  .script-file {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-2) var(--_space-3);
    overflow-wrap: anywhere;
  }
  .groups {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    min-inline-size: 0;
    gap: var(--_space-1);
  }
  /* Names of networks, groups and volumes are of any length. */
  .group {
    overflow-wrap: anywhere;
  }
  .group .mark {
    white-space: nowrap;
  }
  .groups .check {
    align-items: flex-start;
    padding-block: var(--_space-1);
  }
  .groups .check > input {
    margin-block-start: 0.1875em;
  }
  .groups .note {
    display: block;
    color: var(--_color-text-quiet);
    font-size: 0.9375em;
  }
  .group {
    display: grid;
    gap: var(--_space-2);
    grid-template-columns: minmax(0, 1fr);
    justify-items: start;
  }
  .group > :is(.choices, .field, .groups, .ticks, .notice, .pair, .port, [aria-live]) {
    inline-size: 100%;
  }
  /* Out of the grid while there is nothing to say, but never hidden: a live region that appears is not read. */
  .group > [aria-live]:not(:has(*)) {
    position: absolute;
  }
  .group > .field:not(:has(textarea)) {
    max-inline-size: 34em;
  }
  .pairs > legend,
  .groups > legend {
    font-weight: var(--_font-weight-strong);
  }
  .hint {
    color: var(--_color-text-quiet);
    font-size: 0.9375em;
  }
  .group + .group {
    padding-block-start: var(--_space-3);
    border-block-start: 1px solid var(--_color-border);
  }
  .ticks,
  .facets,
  .pair,
  .port {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 11em), 1fr));
    align-items: start;
    gap: var(--_space-2) var(--_space-3);
  }
  .facets {
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 11em), 1fr));
    max-inline-size: 46em;
  }
  .check .note {
    display: block;
    color: var(--_color-text-quiet);
    font-size: 0.9375em;
  }
  .check:has(.note) {
    align-items: flex-start;
  }
  .removable > button,
  .port > button {
    justify-self: start;
    align-self: start;
  }
  .port > .caution {
    grid-column: 1 / -1;
  }
  .minor {
    color: var(--_color-text-quiet);
    font-size: 0.9375em;
  }
  legend {
    padding: 0;
  }
  .check .caution {
    display: block;
    font-size: 0.9375em;
  }
  .pairs {
    display: grid;
    gap: var(--_space-2);
    justify-items: start;
  }
  .pairs > .pair {
    inline-size: 100%;
  }
  .tabs {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
  }
  .tabs [aria-pressed='true'] {
    border-color: var(--_color-accent);
    background: var(--_color-accent-quiet);
  }
  .types img {
    inline-size: 2em;
    block-size: 2em;
    object-fit: contain;
  }
  :is(.pair.removable, .port) {
    padding: var(--_space-2);
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius);
  }
  .size-group {
    padding: var(--_space-2) 0.75em;
    border-block-start: 1px solid var(--_color-border);
    background: var(--_color-surface-quiet);
  }
  .size-group + .size {
    border-block-start: 1px solid var(--_color-border);
  }
  @container wizard (inline-size >= 34em) {
    :is(.pair.removable, .port) {
      padding: 0;
      border: 0;
    }
    .removable {
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 9em), 1fr)) auto;
    }
    .pair.removable {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto;
    }
    .port {
      grid-template-columns: 6em minmax(0, 1fr) minmax(0, 1fr) auto;
    }
    .removable > button,
    .port > button {
      margin-block-start: 1.625em;
    }
  }
`;

const sizeStyles = css`
  .sizes {
    display: grid;
    gap: 0;
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius);
    overflow: clip;
  }
  .size {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--_space-3);
    padding: var(--_space-2) 0.75em;
    cursor: pointer;
  }
  .size + .size {
    border-block-start: 1px solid var(--_color-border);
  }
  label.size:hover {
    background: var(--_color-surface-quiet);
  }
  .size:has(:checked) {
    background: var(--_color-accent-quiet);
    box-shadow: inset 0.1875em 0 0 var(--_color-accent);
  }
  .size:has(:checked):dir(rtl) {
    box-shadow: inset -0.1875em 0 0 var(--_color-accent);
  }
  .size:has(:focus-visible) {
    outline: 2px solid var(--_color-focus);
    outline-offset: -2px;
    border-radius: calc(var(--_radius) / 2);
  }
  .size input:focus-visible {
    outline: none;
  }
  .size-head {
    display: flex;
    color: var(--_color-text-quiet);
    background: var(--_color-surface-quiet);
    cursor: auto;
  }
  .size-head > .size-name {
    flex: none;
  }
  /* The letters stand over the letters, and the hover reaches round them. */
  .size-head button {
    margin-inline: calc(-1 * var(--_space-2));
  }
  .size-name,
  .size-note {
    flex: 1 0 100%;
  }
  .size-name {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .size .title {
    font-weight: var(--_font-weight-strong);
  }
  .size-figure {
    justify-content: flex-start;
    display: inline-flex;
    align-items: center;
    gap: 0.375em;
    color: var(--_color-text-quiet);
    font-variant-numeric: tabular-nums;
  }
  .size-figure > .icon {
    inline-size: 1em;
    block-size: 1em;
  }
  .size-note {
    grid-column: 1 / -1;
    font-size: 0.9375em;
  }
  .size-note > span {
    display: block;
  }
  .size.off {
    cursor: not-allowed;
  }
  .size.off .title {
    color: var(--_color-text-quiet);
    font-weight: 400;
  }
  @container wizard (inline-size >= 34em) {
    .size-sort {
      display: none;
    }
    .size,
    .size-head {
      display: grid;
      grid-template-columns: minmax(0, 1fr) 4em 6em 6em;
    }
    .size-figure {
      justify-content: flex-end;
      color: var(--_color-text);
    }
    .size-figure > .icon {
      display: none;
    }
    .size-head .size-figure,
    .off .size-figure {
      color: var(--_color-text-quiet);
    }
    .size-note {
      padding-inline-start: 1.625em;
    }
  }
  @media (forced-colors: active) {
    .size:has(:checked) {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;

/** Styles of what is one level down. */
export const choicesStyles = [choiceStyles, formStyles, sizeStyles];
