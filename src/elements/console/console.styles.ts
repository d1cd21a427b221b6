import { css } from 'lit';
import { fieldStyles } from '../../ui/field.styles.js';
import { menuStyles } from '../../ui/menu.js';
import { skeletonStyles } from '../../ui/skeleton.js';
import { xtermStyles } from './xterm.styles.js';

/** What a console needs wherever it is shown. */
export const consoleViewStyles = [
  fieldStyles,
  menuStyles,
  skeletonStyles,
  xtermStyles,
  css`
    .console {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--_space-2);
      background: var(--_color-surface);
    }
    .console:fullscreen {
      grid-template-rows: auto minmax(0, 1fr) auto;
      padding: var(--_space-2);
    }
    .console-tools {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--_space-1) var(--_space-2);
    }
    .console-state {
      flex: 1 0 auto;
      font-weight: var(--_font-weight-strong);
    }
    .key-list[open] {
      flex-basis: 100%;
    }
    .key-list summary {
      min-block-size: 24px;
      cursor: pointer;
    }
    .screen,
    .frame-box {
      overflow: hidden;
      border: 1px solid var(--_color-border);
      border-radius: var(--_radius);
      background: #000;
    }
    .screen:focus-within {
      outline: 2px solid var(--_color-focus, currentColor);
      outline-offset: 2px;
    }
    .screen-box {
      block-size: min(38em, 75vb);
      direction: ltr;
    }
    /* A screen is as wide as it may be, and no higher than it needs. */
    .screen-box.vnc {
      block-size: auto;
      max-block-size: min(48em, 78vb);
      margin-inline: auto;
      aspect-ratio: 4 / 3;
      touch-action: none;
    }
    .screen-box.serial {
      padding: var(--_space-2);
    }
    .console:fullscreen .screen-box {
      block-size: 100%;
      max-block-size: none;
      aspect-ratio: auto;
    }
    iframe {
      display: block;
      inline-size: 100%;
      block-size: min(42em, 80vb);
      border: 0;
    }
    .about {
      color: var(--_color-text-quiet);
      font-size: 0.9375em;
    }
    .paste-form {
      display: grid;
      gap: var(--_space-1);
    }
    textarea.paste {
      inline-size: 100%;
      font-family: ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
    }
  `,
];

export const consoleStyles = [
  consoleViewStyles,
  css`
    .root {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--_space-3);
    }
  `,
];
