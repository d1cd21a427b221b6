import { css } from 'lit';

export const historyStyles = css`
  .history {
    container-type: inline-size;
  }
  .history-list {
    border-block-start: 1px solid var(--_color-border);
  }
  .history-entry {
    padding-block: var(--_space-2);
    border-block-end: 1px solid var(--_color-border);
  }
  .history-head {
    display: grid;
    grid-template-columns: minmax(0, 2fr) minmax(0, 2fr) minmax(0, 2fr) minmax(6em, 1fr) auto;
    gap: var(--_space-1) var(--_space-3);
    align-items: center;
  }
  .history-what {
    font-weight: var(--_font-weight-strong);
    overflow-wrap: anywhere;
  }
  .history-who {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-1);
  }
  .history-outcome {
    display: inline-flex;
    align-items: center;
    gap: var(--_space-1);
  }
  .history-outcome.done {
    color: var(--_color-success-text);
  }
  .history-outcome.failed {
    color: var(--_color-danger-text);
  }
  .history-more {
    display: grid;
    gap: var(--_space-2);
    padding: var(--_space-2) var(--_space-3);
    margin-block-start: var(--_space-2);
    border-radius: var(--_radius);
    background: var(--_color-surface-quiet);
    overflow-wrap: anywhere;
  }
  .history-request {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-1) var(--_space-2);
  }
  .history-parts {
    display: grid;
    gap: var(--_space-1);
  }
  .history-part {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-1) var(--_space-3);
  }
  .history-foot {
    display: flex;
    justify-content: space-between;
    gap: var(--_space-2);
    margin-block: var(--_space-2);
  }
  @container (inline-size < 40em) {
    .history-head {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .history-who,
    .history-when {
      grid-column: 1;
    }
    .history-outcome {
      grid-row: 1;
      grid-column: 2;
    }
    .history-toggle {
      grid-row: 2 / span 2;
      grid-column: 2;
      justify-self: end;
    }
  }
`;
