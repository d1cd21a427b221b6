/** Where the keyboard is: how far down the rows, if on one, and on which of its controls. */
interface Place {
  readonly at: number;
  readonly control: string;
  readonly element: HTMLElement;
}

/**
 * Keeps the keyboard where it is when rows move or go. The browser drops the focus when a row is moved in the tree;
 * when a row is gone, its successor takes over; when anything else is gone, what stands in for it.
 *
 * Rows carry `data-row`, their controls `data-control`.
 */
export class RowFocus {
  readonly #root: () => ShadowRoot | null;
  readonly #elsewhere: () => HTMLElement | null;
  #place: Place | undefined;
  #kept: string | undefined;
  #wanted: { readonly at: number; readonly control: string } | undefined;

  /** @param elsewhere what gets the focus when there is no row to take it */
  constructor(root: () => ShadowRoot | null, elsewhere: () => HTMLElement | null) {
    this.#root = root;
    this.#elsewhere = elsewhere;
  }

  /** Call before rows are rendered. */
  remember(order: readonly string[]): void {
    const root = this.#root();
    const active = root?.activeElement;
    this.#place =
      root && active instanceof HTMLElement
        ? placeOf(active, inMenu(active) ? triggerIn(root) : active, order)
        : undefined;
  }

  /** The row to which the keyboard will return. */
  keep(id: string): void {
    this.#kept = id;
  }

  /** Places of the rows that must not leave the tree: call after `remember`. */
  rowsInHand(order: readonly string[]): readonly number[] {
    const root = this.#root();
    const menu = root && triggerIn(root)?.closest<HTMLElement>('[data-row]')?.dataset['row'];
    const copied = root?.querySelector('.copied')?.closest<HTMLElement>('[data-row]')?.dataset['row'];
    const active = root?.activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row'];
    // A dialog that was answered has given the keyboard back.
    if (!this.#wanted && !root?.querySelector('dialog[open]')) this.#kept = undefined;
    return [...new Set([menu, copied, active, this.#kept])].flatMap((id) =>
      id === undefined || id === null ? [] : order.indexOf(id),
    );
  }

  /** Call after rows were rendered. */
  restore(order: readonly string[]): void {
    const place = this.#place;
    const wanted = this.#wanted;
    this.#place = undefined;
    this.#wanted = undefined;
    if (wanted) {
      this.find(order, wanted.at, wanted.control)?.focus();
      return;
    }
    if (place === undefined || this.#root()?.activeElement) return;
    if (place.element.isConnected) place.element.focus({ preventScroll: true });
    else this.find(order, place.at, place.control)?.focus({ preventScroll: true });
  }

  /** Goes to a row that may not be in the tree yet: it is kept there, and has the keyboard after the next rendering. */
  goTo(order: readonly string[], at: number, control: string): void {
    this.#kept = order[at];
    this.#wanted = { at, control };
  }

  /** Which row and control has the keyboard; undefined when none has. */
  current(order: readonly string[]): { readonly at: number; readonly control: string } | undefined {
    const active = this.#root()?.activeElement;
    const { at, control } = active instanceof HTMLElement ? placeOf(active, active, order) : NOWHERE;
    return at < 0 || control === '' ? undefined : { at, control };
  }

  /** The control of the row at a position, or the nearest thing to it; -1 is no row. */
  find(order: readonly string[], at: number, control: string): HTMLElement | null {
    const id = at < 0 ? undefined : order[Math.min(at, order.length - 1)];
    if (id === undefined) return this.#elsewhere();
    const row = this.#root()?.querySelector(`[data-row="${CSS.escape(id)}"]`);
    const place = row?.querySelector(`[data-control="${CSS.escape(control)}"]`);
    return (
      (place instanceof HTMLElement && place.matches('button, input')
        ? place
        : place?.querySelector<HTMLElement>('button')) ??
      row?.querySelector<HTMLElement>('[data-control="open"]') ??
      this.#elsewhere()
    );
  }
}

const NOWHERE = { at: -1, control: '' };

/** @param from what has the keyboard, or what stands for it among the rows */
function placeOf(element: HTMLElement, from: Element | null, order: readonly string[]): Place {
  const id = from?.closest<HTMLElement>('[data-row]')?.dataset['row'];
  const control = from?.closest<HTMLElement>('[data-control]')?.dataset['control'] ?? '';
  return { at: id === undefined ? -1 : order.indexOf(id), control, element };
}

function inMenu(element: Element): boolean {
  return element.closest('[role="menu"]') !== null;
}

/** The button whose menu is open, or about to be. */
function triggerIn(root: ParentNode): Element | null {
  return root.querySelector('[aria-haspopup="menu"]:is([aria-expanded="true"], [aria-busy="true"])');
}

/** A page, for the keyboard. */
const PAGE = 10;

/** The row that a key leads to from another; undefined for other keys. */
export function rowFor(key: string, at: number, count: number): number | undefined {
  const to: Readonly<Record<string, number>> = {
    ArrowUp: at - 1,
    ArrowDown: at + 1,
    PageUp: at - PAGE,
    PageDown: at + PAGE,
    Home: 0,
    End: count - 1,
  };
  const wanted = to[key];
  return wanted === undefined ? undefined : Math.max(0, Math.min(wanted, count - 1));
}
