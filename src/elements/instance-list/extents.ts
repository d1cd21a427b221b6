/** Heights of rows in px: measured where they were seen, guessed where they were not; and what follows from them. */
export class Extents {
  #ids: readonly string[] = [];
  readonly #measured = new Map<string, number>();
  #guess = 0;
  /** Where each row begins, and behind the last one where it ends. */
  #offsets = new Float64Array(1);
  #stale = true;

  /** @param guess what a row is taken for until the first were measured */
  constructor(guess: number) {
    this.#guess = guess;
  }

  get count(): number {
    return this.#ids.length;
  }

  get total(): number {
    return this.offsetOf(this.#ids.length);
  }

  /** The rows, in order. */
  set ids(ids: readonly string[]) {
    if (ids === this.#ids) return;
    this.#ids = ids;
    this.#stale = true;
  }

  /** Takes note of what rows measure. The first ones tell what others will be like. */
  measure(heights: readonly (readonly [id: string, height: number])[]): void {
    const fresh = this.#measured.size === 0;
    for (const [id, height] of heights) {
      if (height <= 0 || this.#measured.get(id) === height) continue;
      this.#measured.set(id, height);
      this.#stale = true;
    }
    // The middle one, as a row with its details open says nothing about the others.
    const sorted = heights.map(([, height]) => height).sort((a, b) => a - b);
    const middle = sorted[sorted.length >> 1] ?? 0;
    if (fresh && middle > 0) this.#guess = middle;
  }

  /** Another width, font or density: nothing that was measured holds. */
  forget(): void {
    this.#measured.clear();
    this.#stale = true;
  }

  /** How far below the first row's top a row begins. */
  offsetOf(at: number): number {
    if (this.#stale) this.#add();
    return this.#offsets[Math.max(0, Math.min(at, this.#ids.length))] ?? 0;
  }

  /** The row at a distance from the first row's top; the first or last one beyond the ends. */
  at(offset: number): number {
    if (this.#stale) this.#add();
    let low = 0;
    let high = this.#ids.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#offsets[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, Math.min(low, this.#ids.length - 1));
  }

  #add(): void {
    this.#stale = false;
    const offsets = new Float64Array(this.#ids.length + 1);
    let sum = 0;
    this.#ids.forEach((id, at) => {
      sum += this.#measured.get(id) ?? this.#guess;
      offsets[at + 1] = sum;
    });
    this.#offsets = offsets;
  }
}
