import type { Server } from '../../openstack/compute.js';
import { statusOf, type StatusWord } from './status.js';

/** What became different between two answers of the cloud, as far as it is worth saying aloud. */
export interface Changes {
  readonly came: readonly string[];
  readonly went: readonly string[];
  readonly became: readonly { readonly name: string; readonly word: StatusWord }[];
}

/** Compares by id. Steps within a status are left out: who listens wants results, not a commentary. */
export function changesBetween(before: readonly Server[], after: readonly Server[]): Changes {
  const old = new Map(before.map((row) => [row.id, row]));
  const came: string[] = [];
  const became: { name: string; word: StatusWord }[] = [];
  for (const row of after) {
    const was = old.get(row.id);
    old.delete(row.id);
    if (was === undefined) came.push(row.name);
    else if (was !== row) {
      const { word } = statusOf(row);
      if (statusOf(was).word !== word) became.push({ name: row.name, word });
    }
  }
  return { came, went: [...old.values()].map(({ name }) => name), became };
}

export function isQuiet({ came, went, became }: Changes): boolean {
  return came.length + went.length + became.length === 0;
}
