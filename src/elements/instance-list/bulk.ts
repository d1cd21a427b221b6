import type { Server } from '../../openstack/compute.js';
import { refusal, type InstanceAction, type Refusal, type Rights } from './actions.js';

/** What an action would do to the rows that are ticked. */
export interface Plan {
  readonly action: InstanceAction;
  readonly applies: readonly Server[];
  readonly refused: readonly { readonly server: Server; readonly refusal: Refusal }[];
}

/** What may be done to a row: on one cloud one may look only, on another act. */
export type RightsTo = (server: Server) => Rights;

export function planFor(action: InstanceAction, servers: readonly Server[], rightsTo: RightsTo): Plan {
  const applies: Server[] = [];
  const refused: { server: Server; refusal: Refusal }[] = [];
  for (const server of servers) {
    const no = refusal(action, server, rightsTo(server));
    if (no === undefined) applies.push(server);
    else refused.push({ server, refusal: no });
  }
  return { action, applies, refused };
}

/** The reasons of a plan, each once with the rows it holds for, the most frequent first. */
export function groupRefusals(
  refused: Plan['refused'],
): readonly { readonly refusal: Refusal; readonly servers: readonly Server[] }[] {
  const groups = new Map<string, { refusal: Refusal; servers: Server[] }>();
  for (const { server, refusal: no } of refused) {
    const key = 'word' in no ? `${no.why} ${no.word}` : no.why;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { refusal: no, servers: [server] });
    else group.servers.push(server);
  }
  return [...groups.values()].sort((a, b) => b.servers.length - a.servers.length);
}

/** How far one row of a run is. The name is kept, for a deleted row has none any more. */
export interface RunItem<E> {
  readonly id: string;
  readonly name: string;
  readonly outcome: 'waiting' | 'running' | 'done' | 'failed';
  readonly error: E | undefined;
}

/** An action on several rows, under way or over. */
export interface Run<E> {
  readonly action: InstanceAction;
  readonly items: readonly RunItem<E>[];
  readonly refused: Plan['refused'];
}

export function beginRun<E>({ action, applies, refused }: Plan): Run<E> {
  return {
    action,
    refused,
    items: applies.map(({ id, name }) => ({ id, name, outcome: 'waiting', error: undefined })),
  };
}

export function settle<E>(run: Run<E>, id: string, outcome: RunItem<E>['outcome'], error?: E): Run<E> {
  return { ...run, items: run.items.map((item) => (item.id === id ? { ...item, outcome, error } : item)) };
}

export function isOver(run: Run<unknown>): boolean {
  return run.items.every(({ outcome }) => outcome === 'done' || outcome === 'failed');
}

export function failedIds(run: Run<unknown>): readonly string[] {
  return run.items.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);
}

/** Calls `work` for each item, at most `width` at a time: a cloud is not to be flooded with a hundred deletes. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const lane = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
}
