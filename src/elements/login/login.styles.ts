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
    .ways {
      display: grid;
      gap: var(--_space-2);
      padding-block-start: var(--_space-3);
      border-block-start: 1px solid var(--_color-border);
    }
    .ways:has(+ form) {
      padding-block: 0 var(--_space-3);
      border-block: 0 solid var(--_color-border);
      border-block-end-width: 1px;
    }
    .way {
      inline-size: 100%;
      white-space: normal;
    }
    .links {
      display: flex;
      flex-wrap: wrap;
      gap: var(--_space-3);
      font-size: 0.9375em;
    }
    .drop {
      display: grid;
      gap: var(--_space-2);
    }
    .found {
      display: grid;
      gap: var(--_space-3);
      margin: 0;
      padding: 0;
      border: 0;
    }
    .cloud {
      display: grid;
      gap: var(--_space-2);
      padding: 0.75em 0.875em;
      border: 1px solid var(--_color-border);
      border-radius: var(--_radius);
      overflow-wrap: anywhere;
    }
    .mono {
      font-family: var(--_font-family-mono);
      font-size: 0.875em;
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
