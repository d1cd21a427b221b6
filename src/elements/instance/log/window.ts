/** Which lines of a log stand in the page: those that are seen, and some around them. */

/** So many lines above and below what is seen. */
const AROUND = 30;

export interface LineWindow {
  readonly first: number;
  /** The one after the last. */
  readonly end: number;
}

/** @param box what is seen, in px; `line` is the height of one */
export function windowOf(
  box: { readonly top: number; readonly height: number; readonly line: number },
  count: number,
): LineWindow {
  const seen = Math.ceil(box.height / box.line);
  // In steps, so that scrolling by a line does not render anew.
  const top = Math.floor(box.top / box.line / 10) * 10;
  const first = Math.max(0, Math.min(top - AROUND, count - seen - AROUND));
  return { first, end: Math.min(count, first + seen + 2 * AROUND + 10) };
}
