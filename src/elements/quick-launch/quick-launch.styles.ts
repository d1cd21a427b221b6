import { css } from 'lit';
import { fieldStyles } from '../../ui/field.styles.js';
import { skeletonStyles } from '../../ui/skeleton.js';

const quickStyles = css`
  form,
  .run,
  .panel {
    container: quick / inline-size;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space-3);
    max-inline-size: 44em;
  }
  .heading {
    font-size: 1.25em;
    overflow-wrap: anywhere;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    gap: var(--_space-2) var(--_space-3);
  }
  .line > .field {
    flex: 1 1 16em;
    min-inline-size: 0;
  }
  .launch {
    flex: 0 1 auto;
    min-inline-size: 8em;
    /* Beside the box, below its label. */
    margin-block-start: calc(1.5em + var(--_space-1));
  }
  .summary {
    color: var(--_color-text-quiet);
    overflow-wrap: anywhere;
  }
  #unfinished-title {
    font-size: 1em;
  }
  .owner {
    overflow-wrap: anywhere;
  }
  .owner > summary {
    inline-size: fit-content;
    padding-block: var(--_space-1);
    color: var(--_color-text-quiet);
    cursor: pointer;
  }
  .caution {
    color: var(--_color-warning-text);
  }
  @container quick (inline-size < 28em) {
    .launch {
      flex: 1 1 100%;
      margin-block-start: 0;
    }
  }
`;

export const quickLaunchStyles = [fieldStyles, skeletonStyles, quickStyles];
