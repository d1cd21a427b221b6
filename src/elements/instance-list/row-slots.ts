/**
 * Which row of the tree shows which instance. A row that is left without one takes another: to change its texts costs
 * half of what it costs to make a new one. An instance that stays keeps its row, and what somebody does there.
 */
export class RowSlots {
  #slots: ReadonlyMap<string, number> = new Map();
  #next = 0;

  /**
   * @param ids of the rows that are wanted, in order
   * @param reuse whether rows may change hands
   * @returns the number of each one's row
   */
  assign(ids: readonly string[], reuse: boolean): ReadonlyMap<string, number> {
    const before = this.#slots;
    const wanted = new Set(ids);
    const places = [...before.values()];
    const free = new Set(reuse ? [...before].flatMap(([id, slot]) => (wanted.has(id) ? [] : slot)) : []);
    const take = (slot: number | undefined): number | undefined =>
      slot !== undefined && free.delete(slot) ? slot : undefined;
    // Where all rows are others, each stays in its place in the tree.
    const inPlace = ids.map((id, at) => before.get(id) ?? take(places[at]));
    // After a scroll those from one end go to the other, the nearest to it last: so the others need not be moved.
    const left = [...free];
    this.#slots = new Map(ids.map((id, at) => [id, inPlace[at] ?? left.pop() ?? (this.#next += 1)]));
    return this.#slots;
  }
}
