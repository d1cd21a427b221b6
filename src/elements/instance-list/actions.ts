import type { Server } from '../../openstack/compute.js';
import { statusOf, type StatusWord } from './status.js';

/** What can be done to an instance from the list. `hard-reboot` is a reboot without asking the guest. */
export type InstanceAction = 'start' | 'stop' | 'reboot' | 'hard-reboot' | 'delete';

export const INSTANCE_ACTIONS: readonly InstanceAction[] = [
  'start',
  'stop',
  'reboot',
  'hard-reboot',
  'delete',
];

/** Reasons that need no more words. */
export type PlainRefusal =
  | 'signed-out'
  | 'reader'
  | 'deleting'
  | 'building'
  | 'running'
  | 'stopped'
  /** Stopped, so there is nothing to restart. */
  | 'off'
  /** In error before it ever ran. */
  | 'stillborn'
  /** In error after having run. */
  | 'broken'
  | 'unknown';

/** Why an action is not possible; each has a message `no-<why>`. */
export type Refusal =
  | { readonly why: PlainRefusal }
  | { readonly why: 'locked'; readonly reason: string | undefined }
  | { readonly why: 'busy' | 'status'; readonly word: StatusWord };

/** What the person may do here at all. */
export interface Rights {
  /** False while the session has run out and waits for a new sign-in. */
  readonly signedIn: boolean;
  /** False for those who may only look. */
  readonly canAct: boolean;
  /** Whether a lock does not bind: Nova lets administrators pass. */
  readonly passesLocks: boolean;
}

type Acted = Pick<
  Server,
  | 'status'
  | 'taskState'
  | 'vmState'
  | 'pending'
  | 'created'
  | 'updated'
  | 'locked'
  | 'lockedReason'
  | 'launchedAt'
>;

/**
 * Why `action` cannot be done to `server`; nothing when it can.
 *
 * The rules are Nova's own (`check_instance_state` of its compute API): start SHUTOFF; stop ACTIVE, and ERROR once
 * launched; soft reboot ACTIVE and idle; hard reboot also SHUTOFF, PAUSED, SUSPENDED, ERROR, and over a soft one that
 * hangs; delete whatever is not on its way out.
 */
export function refusal(action: InstanceAction, server: Acted, rights: Rights): Refusal | undefined {
  if (!rights.signedIn) return { why: 'signed-out' };
  if (!rights.canAct) return { why: 'reader' };
  const { word, moving } = statusOf(server);
  if (word === 'deleting' || word === 'deleted') return { why: 'deleting' };
  if (server.locked && !rights.passesLocks) return { why: 'locked', reason: server.lockedReason };
  if (action === 'delete') return undefined;
  if (word === 'building') return { why: 'building' };
  if (moving && !(action === 'hard-reboot' && word === 'rebooting')) return { why: 'busy', word };
  // What broke before it ever ran can only be deleted.
  if (server.status === 'ERROR' && server.launchedAt === undefined) return { why: 'stillborn' };
  return ALLOWED[action].includes(server.status) ? undefined : unfit(action, server.status, word);
}

const ALLOWED: Readonly<Record<Exclude<InstanceAction, 'delete'>, readonly string[]>> = {
  start: ['SHUTOFF'],
  stop: ['ACTIVE', 'ERROR'],
  reboot: ['ACTIVE'],
  'hard-reboot': ['ACTIVE', 'SHUTOFF', 'PAUSED', 'SUSPENDED', 'ERROR', 'REBOOT', 'HARD_REBOOT'],
};

function unfit(action: InstanceAction, status: string, word: StatusWord): Refusal {
  if (status === 'ERROR') return { why: 'broken' };
  if (word === 'unknown') return { why: 'unknown' };
  if (action === 'start' && status === 'ACTIVE') return { why: 'running' };
  if (status === 'SHUTOFF') return { why: action === 'stop' ? 'stopped' : 'off' };
  return { why: 'status', word };
}

/**
 * The one action shown on the row, the rest stand in its menu. It stays the same while the row is in transition, so
 * that a button never turns into its opposite under the pointer.
 */
export function primaryAction(server: Acted): InstanceAction {
  const { word } = statusOf(server);
  if (word === 'stopped' || word === 'starting') return 'start';
  if (word === 'error' || word === 'deleting' || word === 'deleted') return 'delete';
  return 'stop';
}

/** Starting can be undone by a click; the others take something away. */
export function needsConfirmation(action: InstanceAction): boolean {
  return action !== 'start';
}
