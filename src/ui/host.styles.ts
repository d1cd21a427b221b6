import { css, unsafeCSS } from 'lit';
import { tokenDeclarations } from './tokens.js';

/**
 * What every element begins with: the tokens, and a clean sheet whatever the page does.
 *
 * The list resets what pages are known to set high up and what would reach into the shadow tree by
 * inheritance. It is `!important` because a page's `* { … }` would win otherwise; for important declarations
 * the order is turned round. Not `all: initial`: that would also reset `visibility` and `direction`, which a
 * page has good reason to set. `font-size` never builds on the root's: see the token.
 */
export const hostStyles = css`
  :host {
    ${unsafeCSS(tokenDeclarations)}
    box-sizing: border-box;
    display: block;
    color-scheme: var(--exo-color-scheme, inherit);
    background: var(--_color-surface);
    color: var(--_color-text) !important;
    font-family: var(--_font-family) !important;
    font-size: var(--_font-size) !important;
    font-style: normal !important;
    font-weight: 400 !important;
    font-stretch: normal !important;
    font-variant: normal !important;
    font-feature-settings: normal !important;
    line-height: var(--_line-height) !important;
    letter-spacing: normal !important;
    word-spacing: normal !important;
    word-break: normal !important;
    overflow-wrap: break-word !important;
    hyphens: manual !important;
    text-align: start !important;
    text-indent: 0 !important;
    text-shadow: none !important;
    text-transform: none !important;
    white-space: normal !important;
    writing-mode: horizontal-tb !important;
    list-style: none !important;
    border-collapse: separate !important;
    border-spacing: 0 !important;
    caption-side: top !important;
    cursor: auto !important;
    caret-color: auto !important;
    tab-size: 4 !important;
    -webkit-text-fill-color: currentcolor !important;
    -webkit-text-stroke: 0 !important;
    -webkit-tap-highlight-color: transparent;
  }
  :host([hidden]) {
    display: none !important;
  }
  :host(:dir(rtl)) {
    text-align: right !important;
  }
  /* English words on a page that runs from right to left: without this, "8 of 20" reads "of 20 8". */
  :host(:dir(rtl):state(words-ltr)) * {
    unicode-bidi: plaintext;
  }
  @media (prefers-reduced-motion: reduce) {
    :host {
      --_motion-duration: 0s;
    }
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  /* No box: it would be an item, and a gap, in an element laid out as grid or flex. */
  .overlays {
    display: contents;
  }
  .visually-hidden:not(:focus):not(:active) {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    padding: 0;
    border: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .icon {
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
    fill: none;
    stroke: currentcolor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
    vertical-align: -0.25em;
  }
  /* The colours of the page's palette are not forced on SVG; its parent's is. */
  @media (forced-colors: active) {
    .icon {
      color: inherit !important;
    }
  }
  .mirrored:dir(rtl) {
    transform: scaleX(-1);
  }
  h1,
  h2,
  h3,
  h4,
  p,
  ul,
  ol,
  dl,
  dd,
  figure,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }
  h1,
  h2,
  h3,
  h4 {
    font-size: 1em;
    font-weight: var(--_font-weight-strong);
    line-height: 1.3;
    text-wrap: balance;
  }
  ul,
  ol {
    list-style: none;
  }
  code,
  .mono {
    font-family: var(--_font-family-mono);
    font-size: 0.9375em;
  }
  .quiet-text {
    color: var(--_color-text-quiet);
  }
  :focus-visible {
    outline: 2px solid var(--_color-focus);
    outline-offset: 2px;
  }
  :focus:not(:focus-visible) {
    outline: none;
  }
`;
