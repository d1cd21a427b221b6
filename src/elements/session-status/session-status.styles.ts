import { css } from 'lit';
import { fieldStyles } from '../../ui/field.styles.js';
import { skeletonStyles } from '../../ui/skeleton.js';

export const sessionStatusStyles = [
  fieldStyles,
  skeletonStyles,
  css`
    :host {
      container-type: inline-size;
      background: transparent;
    }
    .bar {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: flex-end;
      gap: var(--_space-2) var(--_space-3);
    }
    .item {
      display: inline-flex;
      align-items: center;
      gap: var(--_space-1);
      min-inline-size: 0;
    }
    .item .icon {
      color: var(--_color-text-quiet);
    }
    .user .name {
      font-weight: var(--_font-weight-strong);
    }
    .name {
      max-inline-size: 16em;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .select.item {
      display: block;
      max-inline-size: 16em;
    }
    .badge {
      padding: 0.125em 0.625em;
      border: 1px solid var(--_color-border-strong);
      border-radius: 1em;
      font-size: 0.875em;
    }
    .expiry {
      font-size: 0.875em;
    }
    .expiry.soon,
    .expiry.soon .icon {
      color: var(--_color-warning-text);
    }
    .waiting {
      display: inline-flex;
      align-items: center;
      min-block-size: var(--_control-height);
    }
    .bar + .notice {
      margin-block-start: var(--_space-2);
    }
    @container (max-inline-size: 36em) {
      .bar {
        justify-content: flex-start;
      }
      .actions {
        margin-inline-start: auto;
      }
      /* Still said to a screen reader, and in the hint of the user's name. */
      .expiry:not(.soon) {
        position: absolute;
        inline-size: 1px;
        block-size: 1px;
        overflow: hidden;
        clip-path: inset(50%);
        white-space: nowrap;
      }
    }
  `,
];
