import type { Server } from '../../openstack/compute.js';
import type { StatusTone } from '../../ui/status.js';

/** A status in the words of the list; each has a message `status-<word>`. */
export type StatusWord = keyof typeof TONES;

/** A step under way; each has a message `task-<word>`. */
export type TaskWord =
  | 'scheduling'
  | 'disk'
  | 'networking'
  | 'spawning'
  | 'imaging'
  | 'uploading'
  | 'password'
  | 'preparing'
  | 'copying'
  | 'finishing'
  | 'confirming'
  | 'confirm-resize'
  | 'restorable'
  | 'elsewhere';

const TONES = {
  active: 'good',
  building: 'busy',
  starting: 'busy',
  stopping: 'busy',
  rebooting: 'busy',
  deleting: 'busy',
  pausing: 'busy',
  unpausing: 'busy',
  suspending: 'busy',
  resuming: 'busy',
  shelving: 'busy',
  unshelving: 'busy',
  resizing: 'busy',
  reverting: 'busy',
  rebuilding: 'busy',
  moving: 'busy',
  rescuing: 'busy',
  unrescuing: 'busy',
  restoring: 'busy',
  stopped: 'off',
  paused: 'paused',
  suspended: 'paused',
  shelved: 'paused',
  deleted: 'off',
  resized: 'attention',
  rescue: 'attention',
  error: 'bad',
  unknown: 'unknown',
} as const satisfies Record<string, StatusTone>;

export function isStatusWord(word: string): word is StatusWord {
  return Object.hasOwn(TONES, word);
}

const WORDS: Readonly<Record<string, StatusWord>> = {
  ACTIVE: 'active',
  BUILD: 'building',
  DELETED: 'deleted',
  ERROR: 'error',
  HARD_REBOOT: 'rebooting',
  MIGRATING: 'moving',
  PASSWORD: 'active',
  PAUSED: 'paused',
  REBOOT: 'rebooting',
  REBUILD: 'rebuilding',
  RESCUE: 'rescue',
  RESIZE: 'resizing',
  REVERT_RESIZE: 'reverting',
  SHELVED: 'shelved',
  SHELVED_OFFLOADED: 'shelved',
  SHUTOFF: 'stopped',
  SOFT_DELETED: 'deleted',
  SUSPENDED: 'suspended',
  VERIFY_RESIZE: 'resized',
};

/** Nova's task states: the word that takes the place of the status, and the step that is named beside it. */
const TASKS: Readonly<Record<string, { readonly word?: StatusWord; readonly doing?: TaskWord }>> = {
  scheduling: { doing: 'scheduling' },
  block_device_mapping: { doing: 'disk' },
  networking: { doing: 'networking' },
  spawning: { doing: 'spawning' },
  image_snapshot: { doing: 'imaging' },
  image_snapshot_pending: { doing: 'imaging' },
  image_pending_upload: { doing: 'imaging' },
  image_uploading: { doing: 'uploading' },
  image_backup: { doing: 'imaging' },
  updating_password: { doing: 'password' },
  resize_prep: { word: 'resizing', doing: 'preparing' },
  resize_migrating: { word: 'resizing', doing: 'copying' },
  resize_migrated: { word: 'resizing', doing: 'finishing' },
  resize_finish: { word: 'resizing', doing: 'finishing' },
  resize_reverting: { word: 'reverting' },
  resize_confirming: { word: 'resizing', doing: 'confirming' },
  rebooting: { word: 'rebooting' },
  reboot_pending: { word: 'rebooting' },
  reboot_started: { word: 'rebooting' },
  rebooting_hard: { word: 'rebooting' },
  reboot_pending_hard: { word: 'rebooting' },
  reboot_started_hard: { word: 'rebooting' },
  pausing: { word: 'pausing' },
  unpausing: { word: 'unpausing' },
  suspending: { word: 'suspending' },
  resuming: { word: 'resuming' },
  'powering-off': { word: 'stopping' },
  'powering-on': { word: 'starting' },
  rescuing: { word: 'rescuing' },
  unrescuing: { word: 'unrescuing' },
  rebuilding: { word: 'rebuilding' },
  rebuild_block_device_mapping: { word: 'rebuilding', doing: 'disk' },
  rebuild_spawning: { word: 'rebuilding', doing: 'spawning' },
  migrating: { word: 'moving' },
  deleting: { word: 'deleting' },
  'soft-deleting': { word: 'deleting' },
  restoring: { word: 'restoring' },
  shelving: { word: 'shelving' },
  shelving_image_pending_upload: { word: 'shelving' },
  shelving_image_uploading: { word: 'shelving', doing: 'uploading' },
  shelving_offloading: { word: 'shelving', doing: 'finishing' },
  unshelving: { word: 'unshelving' },
};

/** The status of one instance as the list shows it. */
export interface StatusView {
  readonly word: StatusWord;
  readonly tone: StatusTone;
  /** The step under way, if one is known and says more than the word. */
  readonly doing: TaskWord | undefined;
  /** A status or step this kit has no word for, as the cloud spells it, made readable: `quiescing disk`. */
  readonly raw: string | undefined;
  /** Something is under way and will end by itself. */
  readonly moving: boolean;
  /** ISO 8601 time since when it is under way; nothing while the cloud has not confirmed it. */
  readonly since: string | undefined;
}

type Watched = Pick<Server, 'status' | 'taskState' | 'vmState' | 'pending' | 'created' | 'updated'>;

/** What is going on with an instance, from its status, its task state and what was just asked of it. */
export function statusOf(server: Watched): StatusView {
  const known = VIEWS.get(server) ?? viewOf(server);
  VIEWS.set(server, known);
  return known;
}

/** Rows are never changed, only replaced. */
const VIEWS = new WeakMap<Watched, StatusView>();

function viewOf(server: Watched): StatusView {
  const { status, taskState, pending } = server;
  const task = taskState === undefined ? undefined : TASKS[taskState];
  const known = WORDS[status];
  const word = pending ?? task?.word ?? known ?? 'unknown';
  const moving = pending !== undefined || taskState !== undefined || TONES[word] === 'busy';
  return {
    word,
    tone: TONES[word] === 'good' && moving ? 'busy' : TONES[word],
    doing: pending === undefined ? (task?.doing ?? standing(status)) : undefined,
    raw: pending === undefined ? foreign(server, known, task) : undefined,
    moving,
    since:
      moving && pending === undefined ? (word === 'building' ? server.created : server.updated) : undefined,
  };
}

/** Seconds that a step usually takes on a healthy cloud; what copies disks or images takes as long as they are large. */
const TYPICAL: Partial<Record<StatusWord, number>> = {
  building: 60,
  starting: 20,
  stopping: 60,
  rebooting: 60,
  deleting: 30,
  pausing: 20,
  unpausing: 20,
  suspending: 60,
  resuming: 60,
  shelving: 300,
  unshelving: 300,
  resizing: 300,
  reverting: 120,
  rebuilding: 120,
  rescuing: 90,
  unrescuing: 60,
};
/** So many times the usual is more than a busy cloud explains. */
const LATE = 5;

/** Since when a step is under way, how long it usually takes, in seconds, and whether that is long over. */
export function paceOf(
  { word, since }: Pick<StatusView, 'word' | 'since'>,
  now: number,
): { readonly seconds: number | undefined; readonly typical: number | undefined; readonly late: boolean } {
  const began = since === undefined ? Number.NaN : Date.parse(since);
  if (Number.isNaN(began)) return { seconds: undefined, typical: undefined, late: false };
  const seconds = Math.floor((now - began) / 1000);
  const typical = TYPICAL[word];
  return { seconds, typical, late: typical !== undefined && seconds > LATE * typical };
}

/** What a status that stays asks of the person. */
function standing(status: string): TaskWord | undefined {
  if (status === 'VERIFY_RESIZE') return 'confirm-resize';
  if (status === 'SOFT_DELETED') return 'restorable';
  if (status === 'DELETED') return 'elsewhere';
  return undefined;
}

function foreign({ status, taskState, vmState }: Watched, known: unknown, task: unknown): string | undefined {
  if (taskState !== undefined && task === undefined) return readable(taskState);
  if (known !== undefined) return undefined;
  // A status the wire does not know arrives as UNKNOWN; the state of the machine then says more.
  return status === 'UNKNOWN' ? vmState && readable(vmState) : readable(status);
}

/** `QUIESCING_DISK` and `quiescing-disk` become `quiescing disk`. */
function readable(code: string): string {
  return code.toLowerCase().replace(/[_-]+/g, ' ').trim();
}

const RANKS: readonly StatusTone[] = ['bad', 'attention', 'busy', 'good', 'paused', 'off', 'unknown'];

/** What needs a look comes first when sorting by status, what rests comes last. */
export function statusRank(tone: StatusTone): number {
  return RANKS.indexOf(tone);
}
