import { css } from 'lit';

export const bulkBarStyles = css`
  /* Before the table for the keyboard, below it for the eye, so that no row moves when it appears. */
  .bulk {
    position: sticky;
    inset-block-end: var(--_space-2);
    z-index: 2;
    order: 1;
    display: grid;
    gap: var(--_space-2);
    padding: var(--_space-2) var(--_space-3);
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius);
    background: var(--_color-surface-raised);
    box-shadow: var(--_shadow);
  }
  .bulk ~ table :is(button, input) {
    scroll-margin-block: 4em 6em;
  }
  .bulk-line,
  .run-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-2) var(--_space-3);
  }
  .run-head {
    flex-wrap: nowrap;
  }
  .bulk-count {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-1) var(--_space-2);
  }
  .bulk-action {
    display: inline-flex;
    align-items: center;
    gap: var(--_space-1);
  }
  .share {
    color: var(--_color-text-quiet);
    font-size: 0.875em;
    white-space: nowrap;
  }
  .run:not(:last-child) {
    padding-block-end: var(--_space-2);
    border-block-end: 1px solid var(--_color-border);
  }
  .run,
  .items {
    display: grid;
    gap: var(--_space-1);
  }
  .items {
    max-block-size: 12em;
    overflow: auto;
    overscroll-behavior: contain;
  }
  .items li {
    display: grid;
    grid-template-columns: 1.25em minmax(0, 1fr);
    gap: var(--_space-2);
    align-items: start;
    overflow-wrap: anywhere;
  }
  .items .icon {
    inline-size: 1.125em;
    block-size: 1.125em;
    margin-block-start: 0.2em;
    color: var(--_color-text-quiet);
  }
  .items .done .icon {
    color: var(--_color-success-text);
  }
  .items .running .icon {
    color: var(--_color-accent-text);
  }
  .items .failed .icon {
    color: var(--_color-danger-text);
  }
  .why {
    display: block;
  }
  @container (inline-size < 36em) {
    .bulk {
      padding: var(--_space-2);
    }
    .bulk-action .icon {
      display: none;
    }
    .items {
      max-block-size: 8em;
    }
  }
`;
