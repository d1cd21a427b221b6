import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Extents } from './extents.js';
import { RowSlots } from './row-slots.js';

/**
 * What stands in the table's body: rows, by their place among all and the row of the tree that shows them, and the room
 * of those that are not there.
 */
export type WindowItem =
  | { readonly kind: 'row'; readonly at: number; readonly key: number }
  | { readonly kind: 'space'; readonly key: string; readonly height: number };

/** Lists that are not longer are there as a whole: for the browser's own search, and for printing. */
const WHOLE = 40;
/** Rows beyond either edge of what can be seen, for the next scroll and the next press of Tab. */
const BEYOND = 10;
/** With fewer than this left of them, the next are rendered. */
const LEAST = 4;
/** Rendered before anything is measured: a screenful. */
const FIRST = 20;
/** A comfortable row at the default font; the first rows rendered tell better. */
const GUESS = 48;

/**
 * Which rows are in the DOM: those near the screen, wherever the scrolling is done, and those that somebody has in
 * hand. Heights are measured, as rows may be of any.
 */
export class RowWindow implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #extents = new Extents(GUESS);
  readonly #slots = new RowSlots();
  #from = 0;
  #to = FIRST;
  #seen: readonly [first: number, last: number] = [0, FIRST - 1];
  #kept: readonly number[] = [];
  #items: readonly WindowItem[] = [];
  #width = 0;
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #observed: readonly Element[] = [];
  /** What can be seen now was not there: more of that may follow. */
  #isFar = false;
  #listening: AbortController | undefined;
  #resized: ResizeObserver | undefined;
  #spaces: IntersectionObserver | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /**
   * Call before rendering.
   * @param ids of all rows, in order
   * @param kept places of rows that stay in the DOM wherever they are; their neighbours stay for the Tab key
   */
  arrange(ids: readonly string[], kept: readonly number[]): void {
    this.#measure();
    this.#extents.ids = ids;
    this.#kept = kept;
    this.#items = this.#arranged();
  }

  get items(): readonly WindowItem[] {
    return this.#items;
  }

  #arranged(): readonly WindowItem[] {
    const { count, ids } = this.#extents;
    const wanted = new Set<number>();
    const [from, to] = count <= WHOLE ? [0, count] : [this.#from, Math.min(this.#to, count)];
    for (let at = from; at < to; at += 1) wanted.add(at);
    for (const kept of this.#kept) {
      for (let at = Math.max(0, kept - 1); at <= kept + 1 && at < count; at += 1)
        if (kept >= 0) wanted.add(at);
    }
    const places = [...wanted].sort((a, b) => a - b).map((at) => ({ at, id: ids[at] ?? '' }));
    const slots = this.#slots.assign(
      places.map(({ id }) => id),
      count > WHOLE,
    );
    const items: WindowItem[] = [];
    let next = 0;
    const space = (at: number) => {
      if (at <= next) return;
      const height = this.#extents.offsetOf(at) - this.#extents.offsetOf(next);
      items.push({ kind: 'space', key: at === count ? 'end' : `space-${String(items.length)}`, height });
    };
    for (const { at, id } of places) {
      space(at);
      items.push({ kind: 'row', at, key: slots.get(id) ?? -1 });
      next = at + 1;
    }
    space(count);
    return items;
  }

  /** Rows are about to be in another order: renders what can be seen first, the others with the next frame. */
  narrow(): void {
    const [first, last] = this.#seen;
    this.#from = first;
    this.#to = last + 1;
  }

  /** Another width, font or density: rows are measured anew. */
  forget(): void {
    this.#extents.forget();
  }

  /** Begins at the top again. */
  reset(): void {
    this.#from = 0;
    this.#to = FIRST;
    this.#seen = [0, FIRST - 1];
    this.forget();
  }

  hostConnected(): void {
    const listening = new AbortController();
    this.#listening = listening;
    const { signal } = listening;
    const look = (): void => this.#look();
    // A scroll inside a shadow tree is not heard outside it, so each tree around is listened to.
    for (let node: Node = this.#host; ;) {
      const root = node.getRootNode();
      root.addEventListener('scroll', look, { capture: true, passive: true, signal });
      if (!(root instanceof ShadowRoot)) break;
      node = root.host;
    }
    const view = this.#host.ownerDocument.defaultView;
    view?.addEventListener('resize', look, { signal });
    if (!view || !('ResizeObserver' in view)) return;
    this.#resized = new ResizeObserver(() => {
      const { clientWidth } = this.#host;
      if (clientWidth !== this.#width) this.forget();
      this.#width = clientWidth;
      this.#lookSoon();
    });
    this.#resized.observe(this.#host);
    // What moves the list without a scroll, such as a notice above it that goes.
    this.#spaces = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) this.#lookSoon();
    });
  }

  hostUpdated(): void {
    const spaces = [...(this.#body()?.children ?? [])].filter((row) => row.classList.contains('space'));
    if (spaces.length !== this.#observed.length || spaces.some((space, at) => space !== this.#observed[at])) {
      this.#observed = spaces;
      this.#spaces?.disconnect();
      for (const space of spaces) this.#spaces?.observe(space);
    }
    this.#lookSoon();
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    this.#resized?.disconnect();
    this.#spaces?.disconnect();
    this.#observed = [];
    this.#rest();
  }

  /**
   * Not now: to ask where things are would have the page laid out twice; nor in this frame, which has rows to paint; and
   * while a scroll outruns the rows, not before a frame in which it rests.
   */
  #lookSoon(): void {
    this.#rest();
    const look = (): void => {
      this.#frame = 0;
      this.#timer = setTimeout(() => this.#look());
    };
    this.#frame = requestAnimationFrame(
      this.#isFar ? () => (this.#frame = requestAnimationFrame(look)) : look,
    );
  }

  #rest(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#frame = 0;
  }

  #body(): HTMLElement | null {
    return this.#host.shadowRoot?.querySelector<HTMLElement>('tbody') ?? null;
  }

  /**
   * Renders other rows when what can be seen comes near the edge of those that are there: what can be seen at once, the
   * others when that is painted.
   */
  #look(): void {
    const { count } = this.#extents;
    const body = this.#body();
    if (!body || count <= WHOLE) return;
    // What is counted with has to be what is there, or the table would run away under the scroll.
    this.#measure();
    const { top, bottom } = visiblePart(body);
    if (bottom <= top) return;
    const first = this.#extents.at(top);
    const last = this.#extents.at(bottom);
    const isThere = this.#from <= first && this.#to > last;
    const enough =
      (this.#from === 0 || this.#from <= first - LEAST) &&
      (this.#to >= count || this.#to > last + LEAST) &&
      this.#to - this.#from <= last - first + 4 * BEYOND;
    this.#seen = [first, last];
    this.#isFar = !isThere;
    if (enough) return;
    const least = Math.max(0, first - BEYOND);
    const most = Math.min(count, last + 1 + BEYOND);
    if (isThere) {
      this.#from = least;
      this.#to = most;
    } else {
      // To change the texts of most rows costs less than to move them.
      const stay = Math.min(this.#to, last + 1) - Math.max(this.#from, first);
      const apart = 2 * stay < last - first;
      this.#from = apart ? first : Math.max(least, Math.min(this.#from, first));
      this.#to = apart ? last + 1 : Math.min(most, Math.max(this.#to, last + 1));
    }
    this.#host.requestUpdate();
  }

  /** While the page is laid out, before rows change: what those that are there measure. */
  #measure(): void {
    if (this.#extents.count <= WHOLE) return;
    const heights = new Map<number, number>();
    const rows = this.#items.filter((item) => item.kind === 'row').values();
    let at = -1;
    let before: string | undefined;
    for (const row of this.#body()?.children ?? []) {
      const id = row instanceof HTMLElement ? row.dataset['row'] : undefined;
      if (id === undefined) continue;
      // Details stand below their row, and are a part of it.
      if (id !== before) at = rows.next().value?.at ?? -1;
      before = id;
      if (this.#extents.ids[at] !== id) return;
      heights.set(at, (heights.get(at) ?? 0) + row.getBoundingClientRect().height);
    }
    this.#extents.measure(heights);
  }
}

/** What of an element can be seen, in px from its top, through the window and whatever scrolls around it. */
function visiblePart(element: HTMLElement): { readonly top: number; readonly bottom: number } {
  const { top: start } = element.getBoundingClientRect();
  const { documentElement, body } = element.ownerDocument;
  let top = 0;
  let bottom = documentElement.clientHeight;
  for (let around = parentOf(element); around; around = parentOf(around)) {
    if (around === body || around === documentElement) break;
    if (around.scrollHeight <= around.clientHeight || getComputedStyle(around).overflowY === 'visible')
      continue;
    const box = around.getBoundingClientRect();
    top = Math.max(top, box.top);
    bottom = Math.min(bottom, box.bottom);
  }
  return { top: top - start, bottom: bottom - start };
}

function parentOf(element: Element): Element | null {
  if (element.assignedSlot) return element.assignedSlot;
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}
