import { commandLines } from '../../launch/command-lines.js';
import { planLaunch } from '../../launch/plan.js';
import { rowsOf, type Decision, type Known } from './launch-wizard.state.js';
import { requestOf } from './request-of.js';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What is decided as command lines; undefined while something stands against it. */
export function commandsFor(decision: Decision, known: Known): readonly string[] | undefined {
  const request = requestOf(decision, 'launch', '');
  if (!request) return undefined;
  const lists: readonly (readonly Named[])[] = [
    rowsOf(known.images),
    rowsOf(known.flavors),
    rowsOf(known.networks),
    rowsOf(known.groups),
  ];
  const { choice } = decision.key;
  return commandLines(planLaunch(request, { buildSeconds: 1 }), {
    nameOf: (id) => lists.map((rows) => uniqueName(rows, id)).find((name) => name !== undefined),
    keyFile: choice?.kind === 'generate' ? choice.name.replace(/[^\w.-]+/g, '-') : undefined,
  });
}

/** A name that several have means another one to the cloud, or none. */
function uniqueName(rows: readonly Named[], id: string): string | undefined {
  const name = rows.find((row) => row.id === id)?.name;
  return name && rows.filter((row) => row.name === name).length === 1 ? name : undefined;
}
