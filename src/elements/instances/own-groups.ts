import { readGroupName } from '../../launch/mark.js';
import { orNone } from '../../openstack/or-none.js';
import { ServerGroupMaker } from '../../openstack/server-groups.js';
import type { Connection } from '../../session/connection.js';

/** A server group that a launch has made for its instances. */
export interface OwnGroup {
  readonly id: string;
  readonly name: string;
}

/** Milliseconds between looks whether an instance that is deleted has left its group. */
const PAUSES = [1_000, 2_000, 4_000, 8_000, 15_000];

/** The groups that an instance is in, of those that launches have made; none where the cloud does not tell. */
export async function ownGroupsOf(connection: Connection, serverId: string): Promise<readonly OwnGroup[]> {
  const all = await orNone(connection.client(ServerGroupMaker).all());
  return all.filter(({ name, members }) => readGroupName(name) !== undefined && members.includes(serverId));
}

/**
 * Takes a group away once nobody is in it any more. Of several that go at the same time each waits until it has left: the
 * last one finds the group empty. Rejects with an OpenStackError where the cloud refuses.
 *
 * @param serverId an instance whose deletion the cloud has accepted
 */
export async function removeEmptied(
  connection: Connection,
  { id, name }: OwnGroup,
  serverId: string,
): Promise<void> {
  const client = connection.client(ServerGroupMaker);
  for (const pause of [...PAUSES, undefined]) {
    const members = (await client.all()).find((group) => group.id === id)?.members;
    if (!members) return;
    if (members.every((member) => member === serverId)) return client.remove(id, name);
    if (pause === undefined || !members.includes(serverId)) return;
    await connection.environment.clock.sleep(pause);
  }
}
