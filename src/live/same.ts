/** Whether two plain values (what JSON can say, and `undefined`) are equal in every part. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isRecord(a) || !isRecord(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  // Plain loops and no intermediate arrays: a full list compares every part of ten thousand rows.
  let count = 0;
  for (const key in a) {
    if (!(key in b) || !same(a[key], b[key])) return false;
    count++;
  }
  for (const _ in b) count--;
  return count === 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
