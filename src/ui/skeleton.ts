import { css, html, type TemplateResult } from 'lit';
import { styleProps } from './style-props.js';

/** A line of text that is still to come, `width` any CSS length. */
export function skeletonLine(width = '100%'): TemplateResult {
  return html`<span class="skeleton" ${styleProps({ 'inline-size': width })}></span>`;
}

/** Rows of the height the real ones will have, so that nothing jumps. `label` is said to a screen reader. */
export function skeletonRows(label: string, rows = 3, columns = 3): TemplateResult {
  return html`<div class="skeleton-rows" role="status">
    <span class="visually-hidden">${label}</span>
    ${Array.from(
      { length: rows },
      () =>
        html`<div class="skeleton-row" aria-hidden="true">
          ${Array.from({ length: columns }, () => html`<span class="skeleton-cell"><span class="skeleton"></span></span>`)}
        </div>`,
    )}
  </div>`;
}

export const skeletonStyles = css`
  .skeleton {
    display: inline-block;
    block-size: 0.75em;
    max-inline-size: 100%;
    border-radius: 0.375em;
    background: color-mix(in srgb, var(--_color-surface-quiet), var(--_color-text) 9%);
    vertical-align: middle;
    animation: skeleton 1.4s ease-in-out infinite alternate;
  }
  @keyframes skeleton {
    to {
      opacity: 0.45;
    }
  }
  .skeleton-row {
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    min-block-size: var(--_row-height);
    padding-inline: var(--_space-3);
    border-block-end: 1px solid var(--_color-border);
  }
  .skeleton-row:last-child {
    border-block-end-color: transparent;
  }
  .skeleton-cell {
    flex: 1;
  }
  /* Widths that look like names rather than like a block. */
  .skeleton-cell > .skeleton {
    inline-size: 58%;
  }
  .skeleton-row:nth-child(odd) > :nth-child(odd) > .skeleton {
    inline-size: 70%;
  }
  .skeleton-row:nth-child(even) > :nth-child(3n) > .skeleton {
    inline-size: 44%;
  }
  @media (prefers-reduced-motion: reduce) {
    .skeleton {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .skeleton {
      border: 1px solid GrayText;
    }
  }
`;
