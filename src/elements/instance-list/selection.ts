/** The ids of the rows that are ticked, and the row a range starts from. Immutable. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly anchor: string | undefined;
}

export const NOTHING_SELECTED: Selection = { ids: new Set(), anchor: undefined };

/** One row ticked or unticked; it becomes the start of the next range. */
export function toggle(selection: Selection, id: string): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, anchor: id };
}

/**
 * A click with the shift key: every row shown between the last one touched and this one becomes what this one becomes.
 * Without a start that is still shown, it is an ordinary click.
 */
export function toggleRange(selection: Selection, id: string, shown: readonly string[]): Selection {
  const from = selection.anchor === undefined ? -1 : shown.indexOf(selection.anchor);
  const to = shown.indexOf(id);
  if (from < 0 || to < 0) return toggle(selection, id);
  const select = !selection.ids.has(id);
  const ids = new Set(selection.ids);
  for (const between of shown.slice(Math.min(from, to), Math.max(from, to) + 1)) {
    if (select) ids.add(between);
    else ids.delete(between);
  }
  return { ids, anchor: id };
}

/** Ticks all rows shown, or unticks them when all are ticked. Rows that are not shown stay as they are. */
export function toggleAll(selection: Selection, shown: readonly string[]): Selection {
  const ids = new Set(selection.ids);
  const all = extent(selection, shown) === 'all';
  for (const id of shown) {
    if (all) ids.delete(id);
    else ids.add(id);
  }
  return { ids, anchor: undefined };
}

/** How many of the rows shown are ticked. */
export function extent(selection: Selection, shown: readonly string[]): 'none' | 'some' | 'all' {
  if (selection.ids.size === 0) return 'none';
  const count = shown.filter((id) => selection.ids.has(id)).length;
  if (count === 0) return 'none';
  return count === shown.length ? 'all' : 'some';
}

/** Forgets rows that are gone. The same object when nothing is. */
export function keepOnly(selection: Selection, exists: (id: string) => boolean): Selection {
  const ids = [...selection.ids].filter(exists);
  const anchor = selection.anchor !== undefined && exists(selection.anchor) ? selection.anchor : undefined;
  if (ids.length === selection.ids.size && anchor === selection.anchor) return selection;
  return { ids: new Set(ids), anchor };
}
