import { css } from 'lit';
import { fieldStyles } from '../../ui/field.styles.js';
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
  .name > button {
    justify-self: start;
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
  .section-body > button.quiet {
    margin-inline-start: calc(-1 * var(--_space-2));
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
  .still .summary {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-items: center;
    gap: 0 var(--_space-3);
    min-block-size: calc(var(--_row-height) + 0.5em);
    padding: var(--_space-2) var(--_space-3);
  }
  .locked {
    display: inline-flex;
    align-items: center;
    gap: var(--_space-1);
    color: var(--_color-text-quiet);
    font-size: 0.9375em;
  }
  /* In one column the button would be a screen and a half down: it stays in sight, above what it is about. */
  @container wizard (inline-size < 46em) {
    .columns {
      display: flex;
      flex-direction: column;
      align-items: stretch;
    }
    .review {
      display: contents;
    }
    /* Room for the buttons without a frame, which begin where text does by standing out. */
    .commands,
    .templates {
      padding-inline: var(--_space-2);
    }
    .launch-actions {
      position: sticky;
      inset-block-end: 0;
      z-index: 1;
      padding-block: var(--_space-3);
      background: var(--_color-surface);
      box-shadow: 0 calc(-1 * var(--_space-2)) var(--_space-2) var(--_color-surface);
    }
    .columns :is(summary, button, input, select, textarea) {
      scroll-margin-block: 5em;
    }
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
    .still .summary {
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

export const launchWizardStyles = [fieldStyles, skeletonStyles, formStyles];
