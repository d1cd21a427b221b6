import type { Page } from '../../openstack/schema.js';

/** All rows of a list, for a form that is open for a moment. */
export async function all<T>(pages: AsyncIterable<Page<T>>): Promise<T[]> {
  const rows: T[] = [];
  for await (const page of pages) rows.push(...page.rows);
  return rows;
}
