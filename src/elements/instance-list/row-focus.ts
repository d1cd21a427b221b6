/** Where the keyboard is: the row, how far down it is, and which of the row's controls. */
interface Place {
  readonly id: string;
  readonly at: number;
  readonly control: string;
  readonly element: HTMLElement;
}

/**
 * Keeps the keyboard where it is when rows move or go. The browser drops the focus when a row is moved in the tree;
 * when a row is gone, its successor takes over.
 *
 * Rows carry `data-row`, their controls `data-control`.
 */
export class RowFocus {
  readonly #root: () => ShadowRoot | null;
  readonly #elsewhere: () => HTMLElement | null;
  #place: Place | undefined;

  /** @param elsewhere what gets the focus when no row is left */
  constructor(root: () => ShadowRoot | null, elsewhere: () => HTMLElement | null) {
    this.#root = root;
    this.#elsewhere = elsewhere;
  }

  /** Call before rows are rendered. */
  remember(order: readonly string[]): void {
    const active = this.#root()?.activeElement;
    this.#place = active instanceof HTMLElement ? placeOf(active, order) : undefined;
  }

  /** Call after rows were rendered. */
  restore(order: readonly string[]): void {
    const place = this.#place;
    this.#place = undefined;
    if (place === undefined || this.#root()?.activeElement) return;
    if (place.element.isConnected) place.element.focus({ preventScroll: true });
    else this.focusRow(order, place.at, place.control);
  }

  /** Puts the keyboard on the row at a position, or the last one before it. */
  focusRow(order: readonly string[], at: number, control: string): void {
    this.find(order, at, control)?.focus({ preventScroll: true });
  }

  /** The control at a position, or the nearest thing to it. */
  find(order: readonly string[], at: number, control: string): HTMLElement | null {
    const id = order[Math.min(Math.max(at, 0), order.length - 1)];
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

function placeOf(active: HTMLElement, order: readonly string[]): Place | undefined {
  const id = active.closest<HTMLElement>('[data-row]')?.dataset['row'];
  if (id === undefined) return undefined;
  const control = active.closest<HTMLElement>('[data-control]')?.dataset['control'] ?? '';
  return { id, at: order.indexOf(id), control, element: active };
}
