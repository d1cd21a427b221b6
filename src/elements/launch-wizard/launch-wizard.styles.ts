import { css } from 'lit';
import { choiceStyles } from '../../ui/choice.js';
import { fieldStyles } from '../../ui/field.styles.js';
import { meterStyles } from '../../ui/meter.js';
import { skeletonStyles } from '../../ui/skeleton.js';

const formStyles = css`
  form,
  .run,
  .panel {
    container: wizard / inline-size;
    display: grid;
    gap: var(--_space-4);
  }
  .heading {
    font-size: 1.375em;
    overflow-wrap: anywhere;
  }
  h3 {
    font-size: 1.0625em;
  }
  h4 {
    color: var(--_color-text-quiet);
    font-size: 0.9375em;
  }
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space-4);
    align-items: start;
  }
  .questions,
  .name {
    display: grid;
    gap: var(--_space-3);
    grid-template-columns: minmax(0, 1fr);
  }
  .name {
    gap: var(--_space-1);
  }
  .name .with-button {
    max-inline-size: 30em;
  }
  .sections {
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius);
    overflow: clip;
  }
  .section + .section {
    border-block-start: 1px solid var(--_color-border);
  }
  summary {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: 0 var(--_space-3);
    min-block-size: calc(var(--_row-height) + 0.5em);
    padding: var(--_space-2) var(--_space-3);
    list-style: none;
    cursor: pointer;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary:hover {
    background: var(--_color-surface-quiet);
  }
  summary:focus-visible {
    outline-offset: -2px;
    border-radius: var(--_radius);
  }
  summary > .icon {
    grid-area: 1 / 2 / 3 / 3;
    color: var(--_color-text-quiet);
    transition: transform var(--_motion-duration);
  }
  [open] > summary > .icon {
    transform: rotate(180deg);
  }
  .section-label {
    color: var(--_color-text-quiet);
    font-size: 0.9375em;
  }
  .section-answer {
    grid-column: 1;
    display: flex;
    gap: var(--_space-2);
    min-inline-size: 0;
  }
  .section-answer > span {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--_space-2);
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .section-answer > span > * {
    min-inline-size: 0;
  }
  .section-value {
    font-weight: var(--_font-weight-strong);
  }
  .section-detail {
    color: var(--_color-text-quiet);
  }
  .trouble .section-answer > .icon,
  .trouble .section-value {
    color: var(--_color-warning-text);
  }
  .section-body {
    display: grid;
    gap: var(--_space-3);
    grid-template-columns: minmax(0, 1fr);
    justify-items: start;
    padding: var(--_space-1) var(--_space-3) var(--_space-3);
  }
  .section-body:empty {
    display: none;
  }
  .section-body > * {
    inline-size: 100%;
  }
  .section-body > :is(button, .file) {
    inline-size: auto;
  }
  .section-body > .field:not(:has(textarea)) {
    max-inline-size: 34em;
  }
  .section-body > .search {
    max-inline-size: 20em;
  }
  .section-body .number {
    max-inline-size: 7em;
  }
  .review {
    display: grid;
    gap: var(--_space-3);
    grid-template-columns: minmax(0, 1fr);
    padding: var(--_space-3);
    border-radius: var(--_radius);
    background: var(--_color-surface-quiet);
  }
  .sentences {
    display: grid;
    gap: var(--_space-2);
    overflow-wrap: anywhere;
  }
  .meters {
    display: grid;
    gap: var(--_space-3);
  }
  .launch {
    flex: 1 1 8em;
    font-size: 1.0625em;
  }
  .caution {
    color: var(--_color-warning-text);
  }
  .reason {
    color: var(--_color-danger-text);
  }
  .off .reason {
    color: var(--_color-text-quiet);
  }
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
    gap: var(--_space-1);
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
  @container wizard (inline-size >= 46em) {
    .columns {
      grid-template-columns: minmax(0, 1fr) minmax(17em, 22em);
    }
    .review {
      position: sticky;
      inset-block-start: var(--_space-3);
    }
    summary {
      grid-template-columns: 8.5em minmax(0, 1fr) auto;
    }
    summary > .icon {
      grid-area: 1 / 3;
    }
    .section-answer {
      grid-column: 2;
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
    display: none;
    color: var(--_color-text-quiet);
    background: var(--_color-surface-quiet);
    cursor: auto;
  }
  .size-head > span {
    font-size: 0.9375em;
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

export const launchWizardStyles = [
  fieldStyles,
  choiceStyles,
  meterStyles,
  skeletonStyles,
  formStyles,
  sizeStyles,
];
