/** Heights of rows in px: measured where they were seen, guessed where they were not; and what follows from them. */
export class Extents {
  #ids: readonly string[] = [];
  readonly #measured = new Map<string, number>();
  #guess = 0;
  #heights = new Float64Array(0);
  /** Where each row begins, and behind the last one where it ends. */
  #offsets = new Float64Array(1);
  /** Heights and offsets hold before this row. */
  #stale = 0;

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

  get ids(): readonly string[] {
    return this.#ids;
  }

  /** The rows, in order. */
  set ids(ids: readonly string[]) {
    if (ids === this.#ids) return;
    this.#ids = ids;
    this.#look();
  }

  /** Takes note of what rows measure, by their places. The first ones tell what others will be like. */
  measure(heights: ReadonlyMap<number, number>): void {
    const fresh = this.#measured.size === 0;
    for (const [at, height] of heights) {
      const id = this.#ids[at];
      if (id === undefined || height <= 0) continue;
      this.#measured.set(id, height);
      if (this.#heights[at] === height) continue;
      this.#heights[at] = height;
      this.#stale = Math.min(this.#stale, at);
    }
    if (!fresh) return;
    // The middle one, as a row with its details open says nothing about the others.
    const sorted = [...heights.values()].sort((a, b) => a - b);
    const middle = sorted[sorted.length >> 1] ?? 0;
    if (middle <= 0) return;
    this.#guess = middle;
    this.#look();
  }

  /** Another width, font or density: nothing that was measured holds. */
  forget(): void {
    this.#measured.clear();
    this.#look();
  }

  /** How far below the first row's top a row begins. */
  offsetOf(at: number): number {
    this.#add();
    return this.#offsets[Math.max(0, Math.min(at, this.#ids.length))] ?? 0;
  }

  /** The row at a distance from the first row's top; the first or last one beyond the ends. */
  at(offset: number): number {
    this.#add();
    let low = 0;
    let high = this.#ids.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#offsets[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, Math.min(low, this.#ids.length - 1));
  }

  /** All heights anew. */
  #look(): void {
    const measured = this.#measured;
    this.#heights = new Float64Array(this.#ids.length).fill(this.#guess);
    if (measured.size > 0) {
      this.#ids.forEach((id, at) => {
        const height = measured.get(id);
        if (height !== undefined) this.#heights[at] = height;
      });
    }
    this.#offsets = new Float64Array(this.#ids.length + 1);
    this.#stale = 0;
  }

  #add(): void {
    const heights = this.#heights;
    const offsets = this.#offsets;
    for (let at = this.#stale; at < heights.length; at += 1)
      offsets[at + 1] = (offsets[at] ?? 0) + (heights[at] ?? 0);
    this.#stale = heights.length;
  }
}
