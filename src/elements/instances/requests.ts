import type { ServerCollection } from '../../live/servers.js';
import { ComputeClient, type PendingWord } from '../../openstack/compute.js';
import { isOpenStackError } from '../../openstack/errors.js';
import * as wire from '../../openstack/server-actions.js';
import type { Connection } from '../../session/connection.js';
import type { InstanceAction } from './actions.js';
import type { Choices } from './choices.js';
import { deleteInstance, shelveInstance } from './endings.js';
import { forbiddenOn } from './forbidden.js';

/** Where an instance is. */
export interface Place {
  readonly connection: Connection;
  readonly servers: ServerCollection;
  /** As its cloud knows it. */
  readonly id: string;
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
      return deleteInstance(place, choices);
    default: {
      const client = connection.client(ComputeClient);
      const target = (name = '') => ({ id, name });
      if (action === 'shelve') {
        return shelveInstance(place, choices);
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
