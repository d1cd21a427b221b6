import type { ServerCollection } from '../../live/servers.js';
import { ComputeClient, type PendingWord, type Server } from '../../openstack/compute.js';
import { isOpenStackError } from '../../openstack/errors.js';
import { NetworkClient, type FloatingIp } from '../../openstack/network.js';
import * as wire from '../../openstack/server-actions.js';
import type { Connection } from '../../session/connection.js';
import type { InstanceAction } from './actions.js';
import { forbiddenOn } from './forbidden.js';

/** Where an instance is. */
export interface Place {
  readonly connection: Connection;
  readonly servers: ServerCollection;
  /** As its cloud knows it. */
  readonly id: string;
}

/** What a person may add to an action that is asked before it is done. */
export interface Choices {
  /** Give the public addresses back that it has. */
  readonly releaseAddresses?: boolean;
  /** Delete what is attached to it, too. */
  readonly deleteVolumes?: boolean;
  /** Why it is locked. */
  readonly reason?: string;
}

type Simple = (client: ComputeClient, target: wire.Target) => Promise<void>;

/** Actions that need no more than their name, the word for what is pending, and the call. */
const SIMPLE: Partial<Record<InstanceAction, readonly [PendingWord, Simple]>> = {
  pause: ['pausing', wire.pauseServer],
  unpause: ['unpausing', wire.unpauseServer],
  suspend: ['suspending', wire.suspendServer],
  resume: ['resuming', wire.resumeServer],
  unshelve: ['unshelving', wire.unshelveServer],
  unrescue: ['unrescuing', wire.unrescueServer],
  'confirm-resize': ['resizing', wire.confirmResize],
  'revert-resize': ['reverting', wire.revertResize],
  restore: ['restoring', wire.restoreServer],
};

/**
 * Asks the cloud for an action that has no form of its own. Rejects with an OpenStackError, after which the row is as
 * it was; what the cloud forbids is remembered.
 */
export async function request(action: InstanceAction, place: Place, choices: Choices = {}): Promise<void> {
  try {
    await ask(action, place, choices);
  } catch (error) {
    remember(action, place.connection, error);
    throw error;
  }
}

/** Remembers that the cloud's policy forbids an action, so that it is not offered again and says why. */
export function remember(action: InstanceAction, connection: Connection, error: unknown): void {
  // Only whoever has locked it, or an administrator, may unlock: that is about one instance.
  if (action === 'unlock' || !isOpenStackError(error) || error.kind !== 'forbidden') return;
  if (error.service === 'compute') forbiddenOn(connection).add(action);
}

async function ask(action: InstanceAction, place: Place, choices: Choices): Promise<void> {
  const { servers, id, connection } = place;
  switch (action) {
    case 'start':
      return servers.start(id);
    case 'stop':
      return servers.stop(id);
    case 'reboot':
      return servers.reboot(id, 'SOFT');
    case 'hard-reboot':
      return servers.reboot(id, 'HARD');
    case 'delete':
      return remove(place, choices);
    default: {
      const client = connection.client(ComputeClient);
      const target = (name = '') => ({ id, name });
      if (action === 'shelve') {
        return release(place, choices, () =>
          servers.act(id, { pending: 'shelving' }, (name) => wire.shelveServer(client, target(name))),
        );
      }
      if (action === 'lock') {
        const { reason = '' } = choices;
        const change = { locked: true, lockedReason: reason === '' ? undefined : reason };
        return servers.act(id, change, (name) => wire.lockServer(client, target(name), reason));
      }
      if (action === 'unlock') {
        const change = { locked: false, lockedReason: undefined };
        return servers.act(id, change, (name) => wire.unlockServer(client, target(name)));
      }
      const simple = SIMPLE[action];
      if (!simple) throw new RangeError(`${action} has a form`);
      const [pending, send] = simple;
      return servers.act(id, { pending }, (name) => send(client, target(name)));
    }
  }
}

/**
 * Deletes it with what was chosen. Volumes go with the instance (the cloud does it when it is gone), so nothing is
 * deleted of one that stays; addresses are given back once the cloud has agreed to delete it.
 */
async function remove(place: Place, choices: Choices): Promise<void> {
  const { servers, id, connection } = place;
  await servers.act(id, { pending: 'deleting' }, (name = '') =>
    release(place, choices, async () => {
      const client = connection.client(ComputeClient);
      for (const volume of choices.deleteVolumes ? (servers.get(id)?.volumesAttached ?? []) : [])
        await wire.deleteVolumeWithServer(client, { id, name }, volume, true);
      await servers.delete(id);
    }),
  );
}

/** Does it, then gives its public addresses back if that was chosen: which they are is asked before they are gone. */
async function release(
  { servers, id, connection }: Place,
  { releaseAddresses }: Choices,
  act: () => Promise<void>,
): Promise<void> {
  const mine = releaseAddresses ? floatingOf(servers.get(id)) : [];
  const found: FloatingIp[] = [];
  if (mine.length > 0) {
    for await (const { rows } of connection.client(NetworkClient).floatingIps())
      found.push(...rows.filter(({ address }) => mine.includes(address)));
  }
  await act();
  for (const floating of found)
    await connection.client(NetworkClient).deleteFloatingIp(floating.id, floating.address);
}

/** The public addresses an instance has. */
export function floatingOf(server: Pick<Server, 'addresses'> | undefined): readonly string[] {
  return (server?.addresses ?? []).filter(({ type }) => type === 'floating').map(({ address }) => address);
}
