import { css } from 'lit';

/** The grounds are those of colors.ts, which makes every colour readable on them. */
export const lineViewStyles = css`
  .log-tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-2);
  }
  .log-find {
    display: flex;
    flex: 1 1 18em;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-1) var(--_space-2);
    min-inline-size: 0;
  }
  .log-find .search {
    flex: 1 1 12em;
  }
  .log-follow {
    display: inline-flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: var(--_control-height);
  }
  .log {
    --_line: 1.5em;
    position: relative;
    block-size: min(34em, 70vb);
    overflow: auto;
    overscroll-behavior: contain;
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius);
    background: light-dark(#f8fafc, #10141a);
    color: light-dark(#282c34, #f0f3f6);
    font-family: var(--_font-family-mono);
    font-size: 0.875em;
    line-height: var(--_line);
    direction: ltr;
    text-align: left;
  }
  .log-space {
    position: relative;
    min-inline-size: 100%;
    inline-size: max-content;
    margin-block: var(--_space-2);
    overflow: clip;
  }
  .log-line {
    display: block;
    block-size: var(--_line);
    padding-inline: 0.75em;
    white-space: pre;
    unicode-bidi: isolate;
  }
  .log mark {
    background: light-dark(#ffe08a, #705200);
    color: light-dark(#1b2430, #ffffff);
  }
  .log mark.current {
    background: light-dark(#ff9d2e, #ffb454);
    color: #1b2430;
    outline: 2px solid light-dark(#7a4100, #ffffff);
  }
  .log-foot {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: var(--_control-height);
    color: var(--_color-text-quiet);
    font-size: 0.9375em;
  }
  @media (forced-colors: active) {
    .log span {
      color: CanvasText !important;
      background: Canvas !important;
    }
    .log mark.current {
      background: Highlight;
      color: HighlightText;
    }
  }
`;
