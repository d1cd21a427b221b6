import { css } from 'lit';

/** Launches that one can come back to. */
export const unfinishedStyles = css`
  .unfinished {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space-2);
    padding-block-start: var(--_space-3);
    border-block-start: 1px solid var(--_color-border);
  }
  .unfinished ul {
    display: grid;
    gap: var(--_space-3);
  }
  .unfinished-launch {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space-1);
  }
  /* Where they break into a line of their own they stand at its beginning. */
  .unfinished-launch > .actions > .quiet {
    margin-inline-start: calc(-1 * var(--_space-2));
  }
  .unfinished-launch > * {
    overflow-wrap: anywhere;
  }
  .unfinished-launch > .icon-line {
    display: flex;
    gap: var(--_space-2);
    align-items: start;
    font-weight: var(--_font-weight-strong);
  }
  .unfinished-launch > .icon-line > .icon {
    flex: none;
    margin-block-start: 0.125em;
    color: var(--_color-warning-text);
  }
  .unfinished-launch.running > .icon-line > .icon {
    color: var(--_color-accent-text);
  }
`;
