import { css } from 'lit';
import { fieldStyles } from '../../ui/field.styles.js';
import { statusStyles } from '../../ui/status.js';

export const doctorStyles = [
  fieldStyles,
  statusStyles,
  css`
    .root {
      container-type: inline-size;
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--_space-3);
    }
    .heading {
      font-size: 1.375em;
      font-weight: var(--_font-weight-strong);
      line-height: 1.25;
    }
    form {
      display: grid;
      gap: var(--_space-3);
      max-inline-size: 34em;
    }
    .services {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--_space-2);
      margin: 0;
      padding: 0;
      list-style: none;
    }
    .service {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--_space-2);
      padding: 0.75em var(--_space-3);
      border: 1px solid var(--_color-border);
      border-radius: var(--_radius);
    }
    .service-head {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      justify-content: space-between;
      gap: var(--_space-1) var(--_space-3);
    }
    .type {
      font-weight: var(--_font-weight-strong);
    }
    .url {
      color: var(--_color-text-quiet);
      font-family: var(--_font-family-mono);
      font-size: 0.875em;
      overflow-wrap: anywhere;
    }
    .checks {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--_space-1);
      margin: 0;
      padding: 0;
      list-style: none;
      font-size: 0.9375em;
    }
    .checks > li {
      overflow-wrap: anywhere;
    }
    .check-name {
      color: var(--_color-text-quiet);
    }
    pre {
      margin: var(--_space-1) 0;
      padding: var(--_space-2);
      border-radius: calc(var(--_radius) / 2);
      overflow: auto;
      background: var(--_color-surface-quiet);
      font-family: var(--_font-family-mono);
      font-size: 0.875em;
      direction: ltr;
      text-align: left;
    }
    .lines {
      display: flex;
      align-items: flex-start;
      gap: var(--_space-2);
    }
    .lines > pre {
      flex: 1;
      min-inline-size: 0;
    }
  `,
];
