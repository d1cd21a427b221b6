import { css } from 'lit';
import { fieldStyles } from '../../ui/field.styles.js';
import { searchStyles } from '../../ui/search-box.js';
import { skeletonStyles } from '../../ui/skeleton.js';

export const loginStyles = [
  fieldStyles,
  searchStyles,
  skeletonStyles,
  css`
    :host {
      max-inline-size: 28em;
    }
    .panel {
      display: grid;
      gap: var(--_space-3);
    }
    .heading {
      font-size: 1.25em;
      font-weight: var(--_font-weight-strong);
      line-height: 1.3;
    }
    .projects {
      display: grid;
      gap: var(--_space-2);
      max-block-size: 24em;
      margin: -4px;
      padding: 4px;
      overflow-y: auto;
      overscroll-behavior: contain;
    }
    .project {
      inline-size: 100%;
      justify-content: space-between;
      padding: 0.625em 0.875em;
      text-align: start;
      font-weight: 400;
    }
    .project > span {
      min-inline-size: 0;
      overflow-wrap: anywhere;
    }
    .project > .icon {
      color: var(--_color-text-quiet);
    }
    .project-name {
      display: block;
      font-weight: var(--_font-weight-strong);
    }
    .project-note {
      display: block;
      color: var(--_color-text-quiet);
      font-size: 0.9375em;
    }
  `,
];
