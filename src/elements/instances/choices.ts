import type { Server } from '../../openstack/compute.js';
import type { Connection } from '../../session/connection.js';
import type { OwnAddress } from './belongings.js';

/** What a person may add to an action that is asked before it is done. */
export interface Choices {
  /**
   * Public addresses by {@link addressKey}: true gives it back, false keeps it. Of those that are not in it, a deletion
   * gives back what the launch took for the instance; all others stay.
   */
  readonly addresses?: ReadonlyMap<string, boolean> | undefined;
  /** Attached volumes by their ids: true deletes it with the instance, false keeps it; otherwise as the cloud has it. */
  readonly volumes?: ReadonlyMap<string, boolean> | undefined;
  /** Why it is locked. */
  readonly reason?: string | undefined;
}

/** The same address may be there in two clouds. */
export function addressKey(connection: Pick<Connection, 'id'>, address: string): string {
  return `${connection.id} ${address}`;
}

/** Whether an attached volume is deleted with its instance: as chosen, else as the cloud has it. */
export function goesAlong(
  volume: string,
  { volumesDeletedWith = [] }: Pick<Server, 'volumesDeletedWith'>,
  choices: Choices = {},
): boolean {
  return choices.volumes?.get(volume) ?? volumesDeletedWith.includes(volume);
}

/** Whether a public address is given back with its deleted instance: as chosen, else when its launch took it. */
export function isReleased(
  connection: Pick<Connection, 'id'>,
  { address, launched }: Pick<OwnAddress, 'address' | 'launched'>,
  choices: Choices = {},
): boolean {
  return choices.addresses?.get(addressKey(connection, address)) ?? launched;
}
