import { css } from 'lit';

/**
 * Buttons: `<button>` is the ordinary one, `class="primary"` the one main action, `quiet` stands back,
 * `danger` destroys, `icon-only` is square. A link that acts as one takes `class="button"`.
 */
export const buttonStyles = css`
  button,
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--_space-2);
    min-block-size: max(24px, var(--_control-height));
    min-inline-size: max(24px, var(--_control-height));
    margin: 0;
    padding: var(--_space-1) calc(var(--_space-3) - 0.125em);
    border: 1px solid color-mix(in srgb, var(--_color-border-strong) 60%, var(--_color-border));
    border-radius: var(--_radius);
    background: var(--_color-surface);
    color: var(--_color-text);
    font: inherit;
    font-weight: 500;
    line-height: 1.25;
    text-align: center;
    text-decoration: none;
    letter-spacing: inherit;
    text-transform: inherit;
    cursor: pointer;
    touch-action: manipulation;
    transition-property: background-color, border-color, color, box-shadow;
    transition-duration: var(--_motion-duration);
  }
  button:hover,
  .button:hover {
    background: var(--_color-surface-quiet);
  }
  button:active,
  .button:active {
    background: color-mix(in srgb, var(--_color-surface-quiet), var(--_color-text) 8%);
  }
  .primary {
    border-color: var(--_color-accent);
    background: var(--_color-accent);
    color: var(--_color-on-accent);
  }
  .danger {
    border-color: var(--_color-danger);
    background: var(--_color-danger);
    color: var(--_color-on-danger);
  }
  .primary:hover {
    border-color: transparent;
    background: color-mix(in srgb, var(--_color-accent), var(--_color-text) 16%);
  }
  .danger:hover {
    border-color: transparent;
    background: color-mix(in srgb, var(--_color-danger), var(--_color-text) 16%);
  }
  .primary:active {
    background: color-mix(in srgb, var(--_color-accent), var(--_color-text) 28%);
  }
  .danger:active {
    background: color-mix(in srgb, var(--_color-danger), var(--_color-text) 28%);
  }
  button.quiet,
  .button.quiet {
    border-color: transparent;
    background: transparent;
    color: var(--_color-accent-text);
  }
  button.quiet:hover,
  .button.quiet:hover {
    background: color-mix(in srgb, transparent, var(--_color-accent-text) 10%);
  }
  button.quiet.danger {
    color: var(--_color-danger-text);
  }
  button.quiet.danger:hover {
    background: var(--_color-danger-quiet);
  }
  button.icon-only {
    inline-size: max(24px, var(--_control-height));
    padding: 0;
    color: var(--_color-text-quiet);
  }
  button.icon-only:hover {
    background: color-mix(in srgb, transparent, var(--_color-text) 8%);
    color: var(--_color-text);
  }
  button.small {
    min-block-size: max(24px, calc(var(--_control-height) - 0.5em));
    min-inline-size: max(24px, calc(var(--_control-height) - 0.5em));
    padding: 0.125em var(--_space-2);
    font-size: 0.9375em;
  }
  button.small.icon-only {
    inline-size: max(24px, calc(var(--_control-height) - 0.5em));
    padding: 0;
  }
  /* Not :disabled: what cannot be used now keeps the keyboard's focus, so that its reason can be read. */
  button[aria-disabled='true'],
  .button[aria-disabled='true'] {
    border-color: var(--_color-border);
    background: var(--_color-surface-quiet);
    color: var(--_color-text-quiet);
    cursor: not-allowed;
  }
  button.quiet[aria-disabled='true'] {
    border-color: transparent;
    background: transparent;
  }
  /* Busy keeps its width and its place; the word tells, the turning only hints. */
  button[aria-busy='true'] {
    cursor: progress;
  }
  .turning {
    transform-origin: center;
    animation: turn 0.9s linear infinite;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .turning {
      animation: none;
    }
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-2);
  }
  a {
    color: var(--_color-accent-text);
    text-underline-offset: 0.15em;
  }
  @media (forced-colors: active) {
    button,
    .button {
      border-color: ButtonText;
    }
    button[aria-disabled='true'] {
      border-color: GrayText;
      color: GrayText;
    }
  }
`;

/** Inputs, selects, checkboxes, fields and choice cards; see field.ts for the templates. */
export const controlStyles = css`
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
  input[type='search']::-webkit-search-cancel-button {
    appearance: none;
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
  .search {
    position: relative;
    display: block;
    inline-size: 100%;
    max-inline-size: 20em;
  }
  .search > .icon {
    position: absolute;
    inset-block-start: calc(50% - 0.625em);
    inset-inline-start: 0.7em;
    color: var(--_color-text-quiet);
    pointer-events: none;
  }
  .search > input {
    padding-inline: 2.4em calc(var(--_control-height)) !important;
  }

  .check {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: max(24px, 2em);
    cursor: pointer;
  }
  .choices {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 13em), 1fr));
    gap: var(--_space-2);
  }
  .choice {
    position: relative;
    display: flex;
    gap: var(--_space-2);
    align-items: flex-start;
    padding: 0.75em;
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius);
    background: var(--_color-surface);
    cursor: pointer;
    transition-property: background-color, border-color;
    transition-duration: var(--_motion-duration);
  }
  .choice > input {
    margin-block-start: 0.1875em;
  }
  .choice .title {
    display: block;
    font-weight: var(--_font-weight-strong);
    overflow-wrap: anywhere;
  }
  .choice .note {
    display: block;
    color: var(--_color-text-quiet);
    font-size: 0.9375em;
  }
  .choice .reason {
    display: block;
    color: var(--_color-warning-text);
    font-size: 0.9375em;
  }
  .choice:hover {
    border-color: var(--_color-border-strong);
  }
  .choice:has(:checked) {
    border-color: var(--_color-accent);
    background: var(--_color-accent-quiet);
    box-shadow: inset 0 0 0 1px var(--_color-accent);
  }
  .choice:has(:focus-visible) {
    outline: 2px solid var(--_color-focus);
    outline-offset: 2px;
  }
  .choice > input:focus-visible {
    outline: none;
  }
  .choice:has([aria-disabled='true']) {
    background: var(--_color-surface-quiet);
    cursor: not-allowed;
  }
  .choice:has([aria-disabled='true']) .title {
    color: var(--_color-text-quiet);
  }
  @media (forced-colors: active) {
    .choice:has(:checked) {
      border-color: Highlight;
      outline: 1px solid Highlight;
    }
  }
`;
