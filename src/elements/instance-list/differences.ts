/** In what one list of rows differs from an earlier one. Rows that have not changed are the same objects. */
export interface Differences<Row> {
  readonly came: readonly Row[];
  readonly went: readonly Row[];
  readonly changed: readonly (readonly [before: Row, after: Row])[];
}

/** Lists are mostly as they were: both are walked side by side, and looked up by id only where they part. */
export function differences<Row extends { readonly id: string }>(
  before: readonly Row[],
  after: readonly Row[],
): Differences<Row> {
  const came: Row[] = [];
  const went: Row[] = [];
  const changed: [Row, Row][] = [];
  let i = 0;
  let j = 0;
  for (; i < before.length && j < after.length;) {
    const a = before[i];
    const b = after[j];
    if (a === undefined || b === undefined) break;
    if (a === b || a.id === b.id) {
      if (a !== b) changed.push([a, b]);
      i += 1;
      j += 1;
    } else if (before[i + 1] === b) {
      went.push(a);
      i += 1;
    } else if (after[j + 1] === a) {
      came.push(b);
      j += 1;
    } else break;
  }
  const left = new Map(before.slice(i).map((row) => [row.id, row]));
  for (const row of after.slice(j)) {
    const was = left.get(row.id);
    left.delete(row.id);
    if (was === undefined) came.push(row);
    else if (was !== row) changed.push([was, row]);
  }
  went.push(...left.values());
  return { came, went, changed };
}
