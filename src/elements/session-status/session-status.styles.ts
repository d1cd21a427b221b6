import { css } from 'lit';
import { dialogStyles } from '../../ui/dialog.js';
import { fieldStyles } from '../../ui/field.styles.js';
import { skeletonStyles } from '../../ui/skeleton.js';

export const sessionStatusStyles = [
  fieldStyles,
  skeletonStyles,
  dialogStyles,
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
    button.soon {
      color: var(--_color-warning-text);
    }
    .waiting {
      display: inline-flex;
      align-items: center;
      min-block-size: var(--_control-height);
    }
    .actions {
      display: inline-flex;
      align-items: center;
      gap: var(--_space-2);
    }
    .actions button {
      white-space: nowrap;
    }
    .accounts,
    .account {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--_space-2);
    }
    .accounts {
      gap: var(--_space-3);
    }
    .account {
      padding: var(--_space-3);
      border: 1px solid var(--_color-border);
      border-radius: var(--_radius);
    }
    .account-head,
    .where,
    .account-actions {
      display: flex;
      align-items: center;
      gap: var(--_space-2);
    }
    .account-head h3 {
      font-size: 1em;
      font-weight: var(--_font-weight-strong);
      overflow-wrap: anywhere;
    }
    .account-head .quiet-text {
      font-weight: 400;
    }
    .account > .expiry {
      display: flex;
      align-items: center;
      gap: var(--_space-1);
      position: static;
    }
    .where {
      justify-content: space-between;
      padding-block: var(--_space-1);
      border-block-start: 1px solid var(--_color-border);
      overflow-wrap: anywhere;
    }
    .where > button {
      flex: none;
      white-space: nowrap;
    }
    .roles {
      display: block;
      font-size: 0.9375em;
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
      .bar .expiry:not(.soon) {
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
