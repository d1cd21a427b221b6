import { html, nothing, type TemplateResult } from 'lit';
import { styleProps } from '../../../ui/style-props.js';
import type { AnsiLine, AnsiSpan } from './ansi.js';
import { stylesOf } from './colors.js';
import type { Match } from './log-text.js';

function span({ text, style }: AnsiSpan): TemplateResult | string {
  return style === undefined ? text : html`<span ${styleProps(stylesOf(style))}>${text}</span>`;
}

/** The pieces of a line from one character to another. */
function part(spans: readonly AnsiSpan[], start: number, end: number): AnsiSpan[] {
  const pieces: AnsiSpan[] = [];
  let at = 0;
  for (const { text, style } of spans) {
    const from = Math.max(0, start - at);
    const to = Math.min(text.length, end - at);
    if (from < to) pieces.push({ text: text.slice(from, to), style });
    at += text.length;
  }
  return pieces;
}

const textOf = (spans: readonly AnsiSpan[]): string => spans.map(({ text }) => text).join('');

/** A line of a log; `matches` are those in it, in their order. */
export function logLine(
  line: AnsiLine,
  matches: readonly Match[],
  current: Match | undefined,
): TemplateResult {
  if (matches.length === 0) return html`<span class="log-line">${line.spans.map(span)}</span>`;
  const pieces: unknown[] = [];
  let at = 0;
  for (const match of matches) {
    pieces.push(part(line.spans, at, match.start).map(span));
    pieces.push(
      html`<mark class=${match === current ? 'current' : nothing}
        >${textOf(part(line.spans, match.start, match.end))}</mark
      >`,
    );
    at = match.end;
  }
  pieces.push(part(line.spans, at, line.text.length).map(span));
  return html`<span class="log-line">${pieces}</span>`;
}
