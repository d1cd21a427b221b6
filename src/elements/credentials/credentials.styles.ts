import { css } from 'lit';
import { dialogStyles } from '../../ui/dialog.js';
import { fieldStyles } from '../../ui/field.styles.js';
import { skeletonStyles } from '../../ui/skeleton.js';

export const credentialsStyles = [
  fieldStyles,
  skeletonStyles,
  dialogStyles,
  css`
    .root {
      container-type: inline-size;
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--_space-3);
    }
    .top {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: var(--_space-2) var(--_space-3);
    }
    .heading {
      font-size: 1.375em;
      font-weight: var(--_font-weight-strong);
      line-height: 1.25;
    }
    .subheading {
      font-size: 1.125em;
      font-weight: var(--_font-weight-strong);
    }
    .items {
      display: grid;
      gap: var(--_space-2);
      margin: 0;
      padding: 0;
      list-style: none;
    }
    .item,
    .box {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      align-items: start;
      gap: var(--_space-1) var(--_space-3);
      padding: 0.75em var(--_space-3);
      border: 1px solid var(--_color-border);
      border-radius: var(--_radius);
    }
    .box {
      grid-template-columns: minmax(0, 1fr);
      gap: var(--_space-3);
    }
    .name {
      font-weight: var(--_font-weight-strong);
      overflow-wrap: anywhere;
    }
    .about {
      color: var(--_color-text-quiet);
      font-size: 0.9375em;
      overflow-wrap: anywhere;
    }
    .about.warn {
      color: var(--_color-warning-text);
    }
    fieldset {
      margin: 0;
      padding: 0;
      border: 0;
    }
    legend {
      padding: 0;
      font-weight: var(--_font-weight-strong);
    }
    dl {
      display: grid;
      gap: var(--_space-2);
      margin: 0;
    }
    dt {
      color: var(--_color-text-quiet);
      font-size: 0.9375em;
    }
    dd {
      display: flex;
      align-items: center;
      gap: var(--_space-2);
      margin: 0;
      overflow-wrap: anywhere;
    }
    form {
      display: grid;
      gap: var(--_space-3);
    }
  `,
];
