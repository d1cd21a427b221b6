import type { Server } from '../../openstack/compute.js';
import type { Differences } from './differences.js';
import { statusOf, type StatusWord } from './status.js';

/** What became different between two answers of the cloud, as far as it is worth saying aloud. */
export interface Changes {
  readonly came: readonly string[];
  readonly went: readonly string[];
  readonly became: readonly { readonly name: string; readonly word: StatusWord }[];
}

/** Steps within a status are left out: who listens wants results, not a commentary. */
export function changesBetween({ came, went, changed }: Differences<Server>): Changes {
  return {
    came: came.map(({ name }) => name),
    went: went.map(({ name }) => name),
    became: changed.flatMap(([was, row]) => {
      const { word } = statusOf(row);
      return statusOf(was).word === word ? [] : { name: row.name, word };
    }),
  };
}

export function isQuiet({ came, went, became }: Changes): boolean {
  return came.length + went.length + became.length === 0;
}
