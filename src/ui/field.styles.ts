import { css } from 'lit';

/** Inputs, selects, checkboxes and their fields; see field.ts for the templates. */
export const fieldStyles = css`
  input,
  select,
  textarea {
    font: inherit;
    letter-spacing: inherit;
    color: inherit;
  }
  .input,
  input:not([type='checkbox'], [type='radio'], [type='range']),
  select,
  textarea {
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: max(24px, var(--_control-height));
    margin: 0;
    padding: 0.375em 0.75em;
    border: 1px solid var(--_color-border-strong);
    border-radius: var(--_radius);
    background: var(--_color-surface);
    color: var(--_color-text);
    line-height: 1.25;
    transition: border-color var(--_motion-duration);
  }
  textarea {
    min-block-size: 6em;
    line-height: 1.4;
    resize: vertical;
  }
  select {
    appearance: none;
    padding-inline-end: 2.25em;
    text-overflow: ellipsis;
    cursor: pointer;
  }
  select:is([multiple], [size]) {
    padding-inline-end: 0.75em;
  }
  /* Two corners make the arrow, as a background image would need img-src data:. */
  .select {
    position: relative;
    display: block;
  }
  .select::after {
    content: '';
    position: absolute;
    inset-block-start: calc(50% - 0.35em);
    inset-inline-end: 0.95em;
    inline-size: 0.45em;
    block-size: 0.45em;
    border: solid var(--_color-text-quiet);
    border-width: 0 2px 2px 0;
    transform: rotate(45deg);
    pointer-events: none;
  }
  ::placeholder {
    color: var(--_color-text-quiet);
    opacity: 1;
  }
  :is(input, select, textarea):hover {
    border-color: color-mix(in srgb, var(--_color-border-strong), var(--_color-text) 40%);
  }
  :is(input, select, textarea):focus-visible {
    border-color: var(--_color-focus);
    outline: 2px solid var(--_color-focus);
    outline-offset: -1px;
  }
  [aria-invalid='true'] {
    border-color: var(--_color-danger-text) !important;
  }
  input[type='checkbox'],
  input[type='radio'] {
    flex: none;
    inline-size: 1.125em;
    block-size: 1.125em;
    min-inline-size: 1.125em;
    margin: 0;
    accent-color: var(--_color-accent);
  }
  input:is([type='checkbox'], [type='radio']):focus-visible {
    outline-offset: 2px;
  }

  .field {
    display: grid;
    gap: var(--_space-1);
    align-content: start;
  }
  .field > .label {
    font-weight: var(--_font-weight-strong);
  }
  .field .mark {
    margin-inline-start: var(--_space-1);
    color: var(--_color-text-quiet);
    font-weight: 400;
  }
  .field > .hint {
    color: var(--_color-text-quiet);
    font-size: 0.9375em;
  }
  .field > .problem {
    display: flex;
    gap: var(--_space-1);
    color: var(--_color-danger-text);
    font-size: 0.9375em;
  }
  .field > .problem .icon {
    inline-size: 1.125em;
    block-size: 1.125em;
    margin-block-start: 0.1875em;
  }
  /* Out of the grid while there is nothing to say, but never hidden: a live region that appears is not read. */
  .field > .problem:not(:has(span)) {
    position: absolute;
  }
  .with-button {
    position: relative;
    display: block;
  }
  .with-button > input {
    padding-inline-end: calc(var(--_control-height) + 0.25em) !important;
  }
  .with-button > button {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0;
    min-block-size: 0;
    border: 0;
    background: transparent;
  }
  .password .eye-off,
  .password .shown .eye {
    display: none;
  }
  .password .shown .eye-off {
    display: inline;
  }
  .check {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: max(24px, 2em);
    cursor: pointer;
  }
`;
