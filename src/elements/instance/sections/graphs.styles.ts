import { css } from 'lit';

export const graphsStyles = css`
  .graphs {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 22em), 1fr));
    gap: var(--_space-3);
  }
  .graph {
    min-inline-size: 0;
    padding: var(--_space-2) var(--_space-3);
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius);
  }
  .graph-head {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 var(--_space-2);
  }
  .graph-name {
    font-weight: var(--_font-weight-strong);
  }
  .graph-plot {
    min-block-size: 140px;
    min-inline-size: 0;
    overflow: hidden;
  }
  .graph-ink {
    display: none;
    color: var(--_color-accent-text);
    background-color: var(--_color-border);
    border-color: var(--_color-text-quiet);
  }
  .graphs-notices {
    display: grid;
    gap: var(--_space-2);
  }
  .graphs-notices:empty {
    display: none;
  }
  .graph-table {
    max-block-size: 24em;
    margin-block-start: var(--_space-2);
    overflow: auto;
  }
  .graph-table table {
    inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  .graph-table th,
  .graph-table td {
    padding: var(--_space-1) var(--_space-2);
    border-block-end: 1px solid var(--_color-border);
    text-align: end;
    white-space: nowrap;
  }
  .graph-table :is(th, td):first-child {
    text-align: start;
  }
  .graphs-more > summary {
    min-block-size: 24px;
    cursor: pointer;
  }
`;
