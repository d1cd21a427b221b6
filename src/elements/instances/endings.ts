import { LAUNCH_MARK, LAUNCH_RECIPE, readMark } from '../../launch/mark.js';
import { ComputeClient, type Server } from '../../openstack/compute.js';
import { DnsClient } from '../../openstack/dns.js';
import { isOpenStackError } from '../../openstack/errors.js';
import { FloatingIpClient } from '../../openstack/floating-ips.js';
import { NetworkClient } from '../../openstack/network.js';
import { NetworkMaker } from '../../openstack/network-making.js';
import { deleteVolumeWithServer, shelveServer } from '../../openstack/server-actions.js';
import { VolumeMaker } from '../../openstack/volume-making.js';
import type { Connection } from '../../session/connection.js';
import { belongingsOf, type Belongings, type OwnAddress } from './belongings.js';
import { addressKey, goesAlong, isReleased, type Choices } from './choices.js';
import { ownGroupsOf, removeEmptied, type OwnGroup } from './own-groups.js';
import type { Place } from './requests.js';

// The order is what keeps things safe when the page is closed in between: nothing is taken away from an instance that
// stays, and what is left over of one that goes still carries its launch's mark, by which it is found.

/** Milliseconds between attempts to remove what the cloud is still taking apart. */
const PAUSES = [1_000, 2_000, 4_000];

const NOTHING: Belongings = { addresses: [], ports: [], records: [] };

/**
 * Deletes an instance with what was chosen: first which volumes go along is written down in the cloud, which deletes them
 * itself when the instance is gone; then the instance; then its addresses, and what its launch made for it, its server
 * group where it was the last in it. Rejects with an OpenStackError: before the instance was deleted, when all is as it
 * was, or after it, for what could not be removed.
 */
export async function deleteInstance(place: Place, choices: Choices): Promise<void> {
  const { servers, id, connection } = place;
  const server = servers.get(id);
  if (!server) return servers.delete(id);
  await servers.act(id, { pending: 'deleting' }, async () => {
    const belongings = await belongingsOf(connection, id, server).catch((error: unknown) => {
      // Without an explicit wish an instance can be deleted without them.
      const wished = [...(choices.addresses?.values() ?? [])].some(Boolean);
      if (wished || !isOpenStackError(error)) throw error;
      return NOTHING;
    });
    const groups = readMark(server.metadata) ? await ownGroupsOf(connection, id) : [];
    const takeBack = await markVolumes(place, server, choices);
    try {
      await servers.delete(id);
    } catch (error) {
      await takeBack();
      throw error;
    }
    await clear(place, server, { ...belongings, groups }, choices);
  });
}

/** Shelves an instance, then gives back the public addresses that were chosen: which they are is asked before. */
export async function shelveInstance({ servers, id, connection }: Place, choices: Choices): Promise<void> {
  const server = servers.get(id);
  const chosen = [...(choices.addresses?.values() ?? [])].some(Boolean);
  const { addresses } = server && chosen ? await belongingsOf(connection, id, server) : NOTHING;
  await servers.act(id, { pending: 'shelving' }, (name = '') =>
    shelveServer(connection.client(ComputeClient), { id, name }),
  );
  for (const { id: floating, address } of addresses)
    if (choices.addresses?.get(addressKey(connection, address)))
      await patiently(connection, () => connection.client(NetworkClient).deleteFloatingIp(floating, address));
}

/** @returns what puts it back as it was */
async function markVolumes(
  { connection, id }: Place,
  server: Server,
  choices: Choices,
): Promise<() => Promise<void>> {
  const client = connection.client(ComputeClient);
  const target = { id, name: server.name };
  const changed: string[] = [];
  const takeBack = async (): Promise<void> => {
    for (const volume of changed)
      await deleteVolumeWithServer(client, target, volume, goesAlong(volume, server)).catch(() => undefined);
  };
  for (const volume of server.volumesAttached) {
    const goes = goesAlong(volume, server, choices);
    // What the cloud does not tell is written down whatever it may be.
    const known = server.volumesDeletedWith !== undefined || !choices.volumes?.has(volume);
    if (known && goes === goesAlong(volume, server)) continue;
    try {
      await deleteVolumeWithServer(client, target, volume, goes);
    } catch (error) {
      await takeBack();
      throw error;
    }
    changed.push(volume);
  }
  return takeBack;
}

/** What the cloud does not take away by itself. Rejects with the first error, after all has been tried. */
async function clear(
  place: Place,
  server: Server,
  { addresses, ports, records, groups }: Belongings & { readonly groups: readonly OwnGroup[] },
  choices: Choices,
): Promise<void> {
  const { connection } = place;
  const launched =
    ports.length > 0 || records.length > 0 || groups.length > 0 || addresses.some((each) => each.launched);
  // One that can be restored has to find again what nobody wanted to be taken away.
  const kept = launched && (await isRestorable(place));
  const released = addresses.filter((each) =>
    isReleased(connection, kept ? { ...each, launched: false } : each, choices),
  );
  const work = [
    ...(kept ? [] : records).map(
      ({ zoneId, id, name }) =>
        () =>
          connection.client(DnsClient).deleteRecord(zoneId, id, name),
    ),
    ...released.map(
      ({ id, address }) =>
        () =>
          connection.client(NetworkClient).deleteFloatingIp(id, address),
    ),
    ...(kept ? [] : ports).map(
      ({ id, name }) =>
        () =>
          connection.client(NetworkMaker).remove('ports', id, name),
    ),
    ...(kept ? [] : groups).map((group) => () => removeEmptied(connection, group, place.id)),
  ];
  const errors: unknown[] = [];
  for (const each of work) await patiently(connection, each).catch((error: unknown) => errors.push(error));
  if (!kept)
    await unmark(
      connection,
      server,
      choices,
      addresses.filter((each) => !released.includes(each)),
    );
  if (errors.length > 0) throw errors[0];
}

/** What stays on purpose is no longer a part of its launch, and does not look like what one has left behind. */
async function unmark(
  connection: Connection,
  server: Server,
  choices: Choices,
  addresses: readonly OwnAddress[],
): Promise<void> {
  if (!readMark(server.metadata)) return;
  // An address that is still marked is offered for removal, no more.
  const forgive = (): undefined => undefined;
  for (const address of addresses)
    if (address.launched) await connection.client(FloatingIpClient).describe(address, '').catch(forgive);
  if (!connection.has('block-storage')) return;
  for (const volume of server.volumesAttached) {
    if (goesAlong(volume, server, choices)) continue;
    for (const entry of [LAUNCH_MARK, LAUNCH_RECIPE])
      await connection.client(VolumeMaker).removeMetadata(volume, entry, '').catch(forgive);
  }
}

/** Whether the cloud keeps a deleted instance for a while. One that is gone, or going for good, is not. */
async function isRestorable({ connection, id }: Place): Promise<boolean> {
  try {
    const { status, taskState } = await connection.client(ComputeClient).server(id);
    return status === 'SOFT_DELETED' || taskState === 'soft-deleting';
  } catch (error) {
    if (!isOpenStackError(error)) throw error;
    return error.kind !== 'not-found';
  }
}

/** Removes something; what is gone already is as it should be. */
async function patiently(connection: Connection, remove: () => Promise<void>): Promise<void> {
  for (const pause of [...PAUSES, undefined]) {
    try {
      await remove();
      return;
    } catch (error) {
      if (!isOpenStackError(error)) throw error;
      if (error.kind === 'not-found') return;
      if (pause === undefined || !/^(?:conflict|rate-limit|server|timeout|network)$/.test(error.kind))
        throw error;
      await connection.environment.clock.sleep(pause);
    }
  }
}
