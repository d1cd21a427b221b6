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
    color: var(--_color-text-quiet);
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
