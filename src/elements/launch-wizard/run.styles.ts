import { css } from 'lit';

/** A launch under way, and how it ended. */
export const runStyles = css`
  .run {
    max-inline-size: 44em;
    grid-template-columns: minmax(0, 1fr);
  }
  /* Where they break into a line of their own they stand at its beginning. */
  .run .actions > .quiet {
    margin-inline-start: calc(-1 * var(--_space-2));
  }
  .run .heading {
    display: flex;
    gap: var(--_space-2);
    align-items: center;
  }
  /* The keyboard is only led here, to go on from; there is nothing to press. */
  .run .heading:focus-visible {
    outline: none;
  }
  .heading.complete > .icon {
    color: var(--_color-success-text);
  }
  .heading.failed > .icon {
    color: var(--_color-danger-text);
  }
  .setup-done {
    display: flex;
    gap: var(--_space-2);
    align-items: center;
  }
  .setup-done > .icon {
    color: var(--_color-success-text);
  }
  .notice progress {
    margin-block-start: var(--_space-2);
  }
  .elapsed {
    display: grid;
    gap: var(--_space-2);
  }
  progress {
    appearance: none;
    inline-size: 100%;
    block-size: 0.5em;
    border: 0;
    border-radius: 0.25em;
    overflow: hidden;
    background: color-mix(in srgb, var(--_color-surface-quiet), var(--_color-text) 10%);
  }
  progress::-webkit-progress-bar {
    background: transparent;
  }
  progress::-webkit-progress-value {
    border-radius: 0.25em;
    background: var(--_color-accent);
    transition: inline-size 1s linear;
  }
  progress::-moz-progress-bar {
    border-radius: 0.25em;
    background: var(--_color-accent);
  }
  .steps {
    display: grid;
    gap: var(--_space-3);
  }
  .step {
    display: grid;
    grid-template-columns: 1.25em minmax(0, 1fr) auto;
    gap: 0 0.75em;
    align-items: start;
  }
  .step > .icon {
    margin-block-start: 0.125em;
  }
  .step-what > span {
    display: block;
    overflow-wrap: anywhere;
  }
  .step-time {
    color: var(--_color-text-quiet);
    font-variant-numeric: tabular-nums;
  }
  .step .dot {
    inline-size: 0.5em;
    block-size: 0.5em;
    margin: 0.5em 0.375em;
    border-radius: 50%;
    background: var(--_color-border-strong);
  }
  .step.waiting,
  .step.skipped {
    color: var(--_color-text-quiet);
  }
  .step.running > .icon {
    color: var(--_color-accent-text);
  }
  .step.running .step-what > :first-child {
    font-weight: var(--_font-weight-strong);
  }
  .step.done > .icon {
    color: var(--_color-success-text);
  }
  .step.failed > .icon {
    color: var(--_color-danger-text);
  }
  .connect,
  .instances {
    display: grid;
    gap: var(--_space-3);
    grid-template-columns: minmax(0, 1fr);
  }
  .instances > li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-2) var(--_space-3);
    padding: 0.75em var(--_space-3);
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius);
  }
  .instance-name {
    overflow-wrap: anywhere;
  }
  .instance-name > .icon {
    color: var(--_color-text-quiet);
  }
  .copyable {
    display: inline-flex;
    align-items: center;
    gap: var(--_space-1);
    max-inline-size: 100%;
  }
  .copyable code {
    overflow-wrap: anywhere;
    user-select: all;
  }
  .command {
    flex: 1 1 100%;
    padding: var(--_space-1) var(--_space-2);
    border-radius: calc(var(--_radius) / 2);
    background: var(--_color-surface-quiet);
  }
  .command code {
    flex: 1;
  }
  .outcome {
    display: grid;
    gap: var(--_space-2);
  }
  .left > li {
    display: flex;
    align-items: baseline;
    gap: 0 var(--_space-2);
    overflow-wrap: anywhere;
  }
  .left > li > button {
    flex: none;
  }
  .left > li::before {
    content: '•';
    color: var(--_color-text-quiet);
  }
`;
