/**
 * Texts by their place in the order of a language. Comparing two texts takes a thousand times what comparing two numbers
 * takes, and the same names are sorted again and again.
 */
export class Ranks {
  readonly #compare: (a: string, b: string) => number;
  readonly #ranks = new Map<string, number>();
  #sorted: readonly string[] = [];

  constructor(compare: (a: string, b: string) => number) {
    this.#compare = compare;
  }

  /** Makes texts known; what was known before is not sorted again. */
  add(texts: Iterable<string>): void {
    const fresh = [...texts].filter((text) => !this.#ranks.has(text));
    if (fresh.length === 0) return;
    // What is sorted already is merged, not compared anew.
    const sorted = [...this.#sorted, ...fresh.sort(this.#compare)].sort(this.#compare);
    this.#sorted = sorted;
    let rank = 0;
    sorted.forEach((text, at) => {
      // Texts that the language takes for equal share a place.
      const before = sorted[at - 1];
      if (before !== undefined && this.#compare(before, text) !== 0) rank += 1;
      this.#ranks.set(text, rank);
    });
  }

  /** The place of a text that was made known. */
  of(text: string): number {
    return this.#ranks.get(text) ?? -1;
  }
}
