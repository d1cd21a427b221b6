import { serverGroupsOf } from '../../launch/extras.js';
import { givenTo } from '../../launch/given.js';
import { ComputeClient } from '../../openstack/compute.js';
import { readPlacement, type ServerPlacement } from '../../openstack/server-placement.js';
import type { Server } from '../../openstack/server.js';
import type { Connection } from '../../session/connection.js';
import { rowsOf } from './known.js';
import type { Left, Likeness } from './like-prepared.js';
import type { Setting } from './setting.js';
import { said } from './wish.js';
import type { Draft, Lock, Pair } from './wishes.js';

/** What of an instance tells where it was put, and what people say of it. */
type Model = Pick<Server, 'id' | 'name' | 'description' | 'metadata'>;

/** What Nova says of how an instance was placed. */
export type Placement = Pick<ServerPlacement, 'configDrive' | 'hints'> & {
  /** Undefined for none. */
  readonly serverGroupId: string | undefined;
};

/**
 * Reads how one instance was placed, which somebody wants another like: one request, and the list of groups where it is
 * in one, or where that is not told (before microversion 2.71). Rejects with an OpenStackError.
 */
export async function placementOf(
  connection: Connection,
  server: Pick<Server, 'id' | 'name'>,
  signal: AbortSignal,
): Promise<Placement> {
  const { serverGroups, ...rest } = await readPlacement(connection.client(ComputeClient), server, { signal });
  if (serverGroups?.length === 0) return { ...rest, serverGroupId: undefined };
  const groups = serverGroupsOf(connection);
  // The launch may have made the group after the list was asked for.
  await groups.renew();
  const { state } = groups;
  if (serverGroups) return { ...rest, serverGroupId: serverGroups[0] };
  if (state.status === 'failed') throw state.error;
  return {
    ...rest,
    serverGroupId: rowsOf(state).find(({ members }) => members.includes(server.id))?.id,
  };
}

/**
 * Where another instance is put and how it is described. Addresses of its own choice and names in the DNS belong to one
 * instance alone: that there were such is said, as far as the launch has noted it.
 *
 * @param placement undefined where it could not be read
 */
export function likePlacement(
  { name, description, metadata }: Model,
  placement: Placement | undefined,
  { preferences, hasDnsService }: Pick<Setting, 'preferences' | 'hasDnsService'>,
): Likeness {
  const decided = (lock: Lock) => preferences.locked?.includes(lock) === true;
  const left: Left[] = [];
  const draft: { -readonly [K in keyof Draft]: Draft[K] } = {
    // Before microversion 2.19 an instance is described by its name.
    ...(description && description !== name && { description }),
    ...(placement?.configDrive && { configDrive: true }),
  };
  const given = givenTo(metadata);
  const lose = (what: 'hints' | 'addresses' | 'dns') => {
    if (given === undefined) left.push({ what: 'maybe', had: what });
    else if (given.includes(what)) left.push({ what });
  };
  if (!decided('network')) lose('addresses');
  if (!decided('placement')) {
    draft.serverGroupId = placement?.serverGroupId;
    const { hints, isWhole } = hintsOf(placement?.hints);
    draft.hints = hints;
    if (!placement) left.push({ what: 'placement' });
    else if (!isWhole) left.push({ what: 'hints' });
    else if (!placement.hints) lose('hints');
  }
  // A portal that gives every address a name gives this one a name as well; without the service there is none to give.
  if (hasDnsService && preferences.zone === undefined && !decided('address')) lose('dns');
  return { draft: said(draft), left, missing: [] };
}

/** Hints as the form has them: one value for each name. What Nova puts there by itself, and the group, are not among them. */
function hintsOf(told: Placement['hints'] = {}): {
  readonly hints: readonly Pair[] | undefined;
  readonly isWhole: boolean;
} {
  const own = Object.entries(told).filter(([name]) => name !== 'group' && !name.startsWith('_'));
  const hints = own.flatMap(([key, [value, ...more]]) =>
    value === undefined || more.length > 0 ? [] : [{ key, value }],
  );
  return { hints: hints.length > 0 ? hints : undefined, isWhole: hints.length === own.length };
}
