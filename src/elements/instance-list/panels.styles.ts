import { css } from 'lit';

export const panelStyles = css`
  .settings {
    display: grid;
    gap: var(--_space-3);
    justify-items: start;
    padding: var(--_space-3);
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius);
    background: var(--_color-surface-quiet);
  }
  .facets {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 13em), 1fr));
    gap: var(--_space-3) var(--_space-4);
    inline-size: 100%;
  }
  .settings fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .settings legend {
    margin-block-end: var(--_space-1);
    padding: 0;
    font-size: 0.9375em;
    font-weight: var(--_font-weight-strong);
  }
  .values {
    max-block-size: 12em;
    overflow: auto;
    overscroll-behavior: contain;
  }
  .settings .check {
    display: flex;
    gap: var(--_space-2);
    align-items: center;
    min-block-size: 1.875em;
    min-inline-size: 0;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .settings .check > span {
    min-inline-size: 0;
  }
  .settings ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .settings li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto auto;
    align-items: center;
  }
  .restorable {
    inline-size: 100%;
  }
  .restorable > * {
    margin-block-end: var(--_space-2);
  }
  .restorable li {
    gap: var(--_space-2);
    max-inline-size: 40em;
    margin-block-end: var(--_space-1);
    overflow-wrap: anywhere;
  }
  .settings .unseen {
    visibility: hidden;
  }
  .stack {
    display: grid;
    gap: var(--_space-3);
    align-content: start;
  }
  .save,
  .files {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
  }
  .save > input {
    flex: 1 1 8em;
  }
  .files + .minor {
    margin-block-start: var(--_space-1);
    font-size: 0.875em;
  }
`;
