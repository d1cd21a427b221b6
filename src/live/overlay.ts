/** What an optimistic change ends in. */
export interface OptimisticChange {
  /** The cloud has accepted it: it stays until the cloud's own row shows it. */
  commit(): void;
  /** The cloud has refused it: the row is again as the cloud last told. */
  rollback(): void;
}

interface Change<Row> {
  /** A part of a row, or (`added`) a whole one that the cloud has not listed yet. */
  readonly part: Partial<Row> | undefined;
  readonly added: Row | undefined;
  /** The cloud's row when the write was accepted: one that differs from it is newer. */
  base: Row | undefined;
  committedAt: number | undefined;
}

/** A list that was asked for this long after a write, and shows nothing of it, is believed. */
const HOLD = 10_000;

/** Optimistic changes over the rows the cloud told. */
export class Overlay<Row extends { readonly id: string }> {
  readonly #changes = new Map<string, Change<Row>[]>();
  /** The merged rows, so that they keep their identity as long as neither the row nor its changes differ. */
  readonly #merged = new Map<string, { readonly base: Row | undefined; readonly row: Row }>();

  get size(): number {
    return this.#changes.size;
  }

  /** Lays a change over the row; `o.base` answers with the cloud's row of the moment. */
  lay(
    id: string,
    change: { readonly part?: Partial<Row>; readonly added?: Row },
    o: { base: () => Row | undefined; now: () => number; changed: () => void },
  ): OptimisticChange {
    const { part, added } = change;
    const entry: Change<Row> = { part, added, base: undefined, committedAt: undefined };
    this.#changes.set(id, [...(this.#changes.get(id) ?? []), entry]);
    this.#merged.delete(id);
    o.changed();
    return {
      commit: () => {
        entry.base = o.base();
        entry.committedAt = o.now();
      },
      rollback: () => {
        if (this.#drop(id, (other) => other === entry)) o.changed();
      },
    };
  }

  /** The row as it is shown. */
  over(id: string, base: Row | undefined): Row | undefined {
    const changes = this.#changes.get(id);
    if (!changes) return base;
    const known = this.#merged.get(id);
    if (known && known.base === base) return known.row;
    const whole = base ?? changes.find((change) => change.added)?.added;
    if (!whole) return undefined;
    const row = changes.reduce((merged, change) => ({ ...merged, ...change.part }), whole);
    this.#merged.set(id, { base, row });
    return row;
  }

  /** All rows as they are shown, those the cloud has not listed yet first. */
  rows(base: ReadonlyMap<string, Row>): Row[] {
    if (this.#changes.size === 0) return [...base.values()];
    const rows: Row[] = [];
    for (const id of this.#changes.keys()) {
      const row = base.has(id) ? undefined : this.over(id, undefined);
      if (row) rows.push(row);
    }
    for (const [id, row] of base) rows.push(this.over(id, row) ?? row);
    return rows;
  }

  /**
   * Takes off what the cloud's answer has overtaken.
   * @param asked when the answer was asked for
   * @param full whether the answer was a full list: what it does not show has not happened
   * @returns whether something changed, and whether a full list is needed to tell
   */
  settle(
    base: ReadonlyMap<string, Row>,
    asked: number,
    full: boolean,
  ): { changed: boolean; unclear: boolean } {
    let changed = false;
    let unclear = false;
    for (const id of [...this.#changes.keys()]) {
      const row = base.get(id);
      const dropped = this.#drop(id, (change) => {
        if (change.added ? row !== undefined : row === undefined) return true;
        if (change.committedAt === undefined || asked < change.committedAt) return false;
        if (row !== change.base) return true;
        if (asked - change.committedAt < HOLD) return false;
        unclear ||= !full;
        return full;
      });
      changed ||= dropped;
    }
    return { changed, unclear };
  }

  #drop(id: string, which: (change: Change<Row>) => boolean): boolean {
    const changes = this.#changes.get(id);
    const kept = changes?.filter((change) => !which(change));
    if (!changes || !kept || kept.length === changes.length) return false;
    if (kept.length > 0) this.#changes.set(id, kept);
    else this.#changes.delete(id);
    this.#merged.delete(id);
    return true;
  }
}
