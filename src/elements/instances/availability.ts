import type { Server, ServerStatus } from '../../openstack/compute.js';
import { compareVersions } from '../../openstack/versions.js';
import { statusOf, type StatusWord } from '../instance-list/status.js';
import type { InstanceAction } from './actions.js';

/** Reasons that need no more words; each has a message `no-<why>`. */
export type PlainRefusal =
  | 'signed-out'
  | 'reader'
  /** The cloud has said that this account may not. */
  | 'forbidden'
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
  | 'unknown'
  | 'locked-already'
  | 'not-locked'
  | 'not-resized'
  /** Its size was changed, which has to be confirmed or taken back first. */
  | 'confirm-first'
  /** It runs from a volume, and the cloud is too old to make that anew, or to rescue it. */
  | 'from-volume'
  | 'from-volume-rescue'
  | 'no-volumes';

/** Why an action is not possible. */
export type Refusal =
  | { readonly why: PlainRefusal }
  | { readonly why: 'locked'; readonly reason: string | undefined }
  /** The portal does not offer it for this size. */
  | { readonly why: 'banned'; readonly reason: string | undefined }
  | { readonly why: 'busy' | 'status'; readonly word: StatusWord };

/** What the person may do here at all. */
export interface Rights {
  /** False while the session has run out and waits for a new sign-in. */
  readonly signedIn: boolean;
  /** False for those who may only look. */
  readonly canAct: boolean;
  /** Whether a lock does not bind: Nova lets administrators pass. */
  readonly passesLocks: boolean;
  /** The newest microversion of the compute service, once it is known. */
  readonly newest?: (() => string | undefined) | undefined;
  /** What the cloud has refused to this account before (403). */
  readonly forbidden?: ReadonlySet<InstanceAction> | undefined;
  /** Whether the portal does not offer it for this server's size; a text is its reason. */
  readonly banned?:
    ((action: InstanceAction, server: Pick<Server, 'flavor'>) => string | boolean) | undefined;
}

/** What of a server decides. */
export type Acted = Pick<
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
> &
  Partial<Pick<Server, 'flavor' | 'imageId' | 'volumesAttached'>>;

interface Rule {
  /** The statuses it is possible in, those left by themselves aside; every one without. */
  readonly from?: readonly ServerStatus[];
  /** Whether a lock leaves it possible. */
  readonly locked?: true;
  /** Whether it is possible while something else is going on: always, or in these task states. */
  readonly during?: true | readonly string[];
  /** Whether it is possible before it ever ran. */
  readonly unborn?: true;
}

const FREE: Rule = { locked: true, during: true, unborn: true };
const RUNNING: Rule = { from: ['ACTIVE'] };
const RESIZED: Rule = { from: ['VERIFY_RESIZE'] };
const STEADY: readonly ServerStatus[] = ['ACTIVE', 'PAUSED', 'SUSPENDED', 'SHUTOFF'];
const VOLUMES: Rule = {
  from: ['ACTIVE', 'PAUSED', 'SHUTOFF', 'VERIFY_RESIZE', 'SHELVED', 'SHELVED_OFFLOADED'],
};
const INTERFACES: Rule = { from: ['ACTIVE', 'PAUSED', 'SHUTOFF'] };

/** Nova's own rules: `check_instance_state` and `check_instance_lock` in its `compute/api.py`, Queens to Zed. */
const RULES: Readonly<Record<InstanceAction, Rule>> = {
  start: { from: ['SHUTOFF'] },
  stop: { from: ['ACTIVE', 'ERROR'] },
  reboot: RUNNING,
  'hard-reboot': {
    from: ['ACTIVE', 'SHUTOFF', 'PAUSED', 'SUSPENDED', 'ERROR', 'REBOOT', 'HARD_REBOOT'],
    during: [
      'rebooting',
      'reboot_pending',
      'reboot_started',
      'rebooting_hard',
      'resuming',
      'unpausing',
      'pausing',
      'suspending',
    ],
  },
  pause: RUNNING,
  unpause: { from: ['PAUSED'] },
  suspend: RUNNING,
  resume: { from: ['SUSPENDED'], locked: true },
  shelve: { from: STEADY },
  unshelve: { from: ['SHELVED', 'SHELVED_OFFLOADED'] },
  snapshot: { from: STEADY, locked: true },
  resize: { from: ['ACTIVE', 'SHUTOFF'] },
  'confirm-resize': RESIZED,
  'revert-resize': RESIZED,
  rebuild: { from: ['ACTIVE', 'SHUTOFF', 'ERROR'] },
  rescue: { from: ['ACTIVE', 'SHUTOFF', 'ERROR'] },
  unrescue: { from: ['RESCUE'] },
  'set-password': RUNNING,
  'attach-volume': VOLUMES,
  'detach-volume': VOLUMES,
  'attach-interface': INTERFACES,
  'detach-interface': INTERFACES,
  'security-groups': { locked: true, during: true },
  rename: FREE,
  describe: FREE,
  metadata: { from: STEADY, during: true },
  tags: { from: STEADY, during: true, locked: true },
  lock: FREE,
  unlock: FREE,
  restore: { from: ['SOFT_DELETED'] },
  delete: { during: true, unborn: true },
};

/** Why this person can change nothing at all; nothing when they can. */
export function barredBy({ signedIn, canAct }: Rights): Refusal | undefined {
  if (!signedIn) return { why: 'signed-out' };
  return canAct ? undefined : { why: 'reader' };
}

/**
 * Why `action` cannot be done to `server`; nothing when it can. What stands in the way for longest comes first: who
 * one is, what the portal offers, a lock, then what is going on, and at last the state.
 */
export function refusal(action: InstanceAction, server: Acted, rights: Rights): Refusal | undefined {
  const barred = barredBy(rights);
  if (barred) return barred;
  const ban = server.flavor && rights.banned?.(action, { flavor: server.flavor });
  if (ban) return { why: 'banned', reason: ban === true ? undefined : ban };
  if (rights.forbidden?.has(action)) return { why: 'forbidden' };
  const { word, moving } = statusOf(server);
  const { status, taskState, pending } = server;
  const rule = RULES[action];
  const going = word === 'deleting' || word === 'deleted';
  if (going && !(action === 'restore' && status === 'SOFT_DELETED' && !moving)) return { why: 'deleting' };
  if (server.locked && !rule.locked && !rights.passesLocks)
    return { why: 'locked', reason: server.lockedReason };
  if (action === 'delete') return undefined;
  if (action === 'lock' && server.locked) return { why: 'locked-already' };
  if (action === 'unlock' && !server.locked) return { why: 'not-locked' };
  if (!rule.unborn && word === 'building') return { why: 'building' };
  if (moving && rule.during !== true && !meanwhile(rule, taskState, pending)) return { why: 'busy', word };
  // What broke before it ever ran can only be deleted.
  if (!rule.unborn && status === 'ERROR' && server.launchedAt === undefined) return { why: 'stillborn' };
  const old = tooOld(action, server, rights);
  if (old) return old;
  if (action === 'detach-volume' && server.volumesAttached?.length === 0) return { why: 'no-volumes' };
  // While something goes on, the status may be the step's rather than the state's.
  const fits = rule.from?.includes(status) ?? status !== 'UNKNOWN';
  return fits || (moving && rule.during === true && status !== 'UNKNOWN')
    ? undefined
    : unfit(action, status, word);
}

/** Since when one that runs from a volume can have it. */
const FROM_VOLUME_SINCE: Partial<Record<InstanceAction, string>> = { rebuild: '2.93', rescue: '2.87' };

function tooOld(action: InstanceAction, server: Acted, { newest }: Rights): Refusal | undefined {
  const since = FROM_VOLUME_SINCE[action];
  if (since === undefined || !('imageId' in server) || server.imageId !== undefined) return undefined;
  const offered = newest?.();
  // What the cloud offers is known before long; until then the request itself says it.
  if (offered === undefined || compareVersions(offered, since) >= 0) return undefined;
  return { why: action === 'rebuild' ? 'from-volume' : 'from-volume-rescue' };
}

function meanwhile({ during }: Rule, taskState: string | undefined, pending: Acted['pending']): boolean {
  if (during === undefined || during === true) return false;
  // An ordinary reboot that was just asked for may be overtaken by a hard one.
  if (pending !== undefined) return pending === 'rebooting';
  return taskState === undefined || during.includes(taskState);
}

function unfit(action: InstanceAction, status: string, word: StatusWord): Refusal {
  if (action === 'confirm-resize' || action === 'revert-resize') return { why: 'not-resized' };
  if (status === 'ERROR') return { why: 'broken' };
  if (status === 'VERIFY_RESIZE') return { why: 'confirm-first' };
  if (word === 'unknown') return { why: 'unknown' };
  if (action === 'start' && status === 'ACTIVE') return { why: 'running' };
  if (status === 'SHUTOFF' && /^(?:stop|reboot)$/.test(action))
    return { why: action === 'stop' ? 'stopped' : 'off' };
  return { why: 'status', word };
}

const PRIMARY: Partial<Record<StatusWord, InstanceAction>> = {
  stopped: 'start',
  starting: 'start',
  error: 'delete',
  deleting: 'delete',
  deleted: 'delete',
  paused: 'unpause',
  suspended: 'resume',
  shelved: 'unshelve',
  rescue: 'unrescue',
  // The cloud waits for it, and takes the answer itself after a day or so.
  resized: 'confirm-resize',
};

/**
 * The one action shown on the row, the rest stand in its menu. It stays the same while the row is in transition, so
 * that a button never turns into its opposite under the pointer.
 */
export function primaryAction(server: Acted): InstanceAction {
  if (server.status === 'SOFT_DELETED') return 'restore';
  return PRIMARY[statusOf(server).word] ?? 'stop';
}

const AT_ONCE: ReadonlySet<InstanceAction> = new Set([
  'start',
  'unpause',
  'resume',
  'unshelve',
  'unlock',
  'unrescue',
  'restore',
]);

/** What a click takes back is done at once; the others take something away, and ask. */
export function needsConfirmation(action: InstanceAction): boolean {
  return !AT_ONCE.has(action);
}
