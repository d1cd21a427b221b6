import { defineMessages } from '../messages.js';
import type { Wording } from '../wording.js';

/** Many of the same kind: at most this many names are spelled out. */
const NAMED = 5;

/** `web-1, web-2, and 3 more` */
export function names(w: Wording, list: readonly string[]): string {
  if (list.length <= NAMED) return w.list(list);
  return w.list([...list.slice(0, NAMED - 1), `${w.number(list.length - NAMED + 1)} more`]);
}

/** `1 instance`, `3 instances` */
export function instances(w: Wording, count: number): string {
  return w.plural(count, {
    one: `{n} ${w.noun('instance')}`,
    other: `{n} ${w.noun('instance', 'many')}`,
  });
}

/**
 * The texts of `<exo-instance-list>`. The names of actions, columns and of the statuses Building, Active, Stopped,
 * Error and Deleting are part of the public contract.
 */
export const instanceListMessages = defineMessages('instance-list', {
  heading: '{Instance.many}',
  count: '{count}',
  countPartial: '{count} so far',
  countShown: (w, { shown, count }: { shown: number; count: number }) =>
    `${w.number(shown)} of ${w.number(count)}`,
  loading: 'Loading {instance.many}…',

  'column-name': 'Name',
  'column-status': 'Status',
  'column-addresses': 'Addresses',
  'column-size': '{Size}',
  'column-image': '{Image}',
  'column-cost': 'Cost per hour',
  'column-age': 'Age',
  'column-cloud': '{Cloud}',
  'column-project': '{Project}',
  'column-region': '{Region}',
  'column-creator': 'Created by',
  'column-keypair': '{Keypair}',
  'column-network': '{Network}',
  'column-zone': 'Zone',
  'column-tags': 'Tags',
  'column-id': 'Id',
  'column-actions': 'Actions',

  search: 'Search by name, address or id',
  filters: (w, { count }: { count: number }) => (count === 0 ? 'Filters' : `Filters (${w.number(count)})`),
  view: 'View, columns and files',
  filter: 'Status',
  filterAny: 'All statuses',
  filterAll: (w, { count }: { count: number }) => `All statuses (${w.number(count)})`,
  filterOne: (w, { word, count }: { word: string; count: number }) => `${word} (${w.number(count)})`,
  refresh: 'Refresh',
  exactTimes: 'Show exact times',

  'status-active': 'Active',
  'status-building': 'Building',
  'status-starting': 'Starting',
  'status-stopping': 'Stopping',
  'status-rebooting': 'Rebooting',
  'status-deleting': 'Deleting',
  'status-pausing': 'Pausing',
  'status-unpausing': 'Going on',
  'status-suspending': 'Suspending',
  'status-resuming': 'Resuming',
  'status-shelving': 'Shelving',
  'status-unshelving': 'Coming off the shelf',
  'status-resizing': 'Changing {size}',
  'status-reverting': 'Going back to the old {size}',
  'status-rebuilding': 'Rebuilding',
  'status-moving': 'Moving to another host',
  'status-rescuing': 'Entering rescue',
  'status-unrescuing': 'Leaving rescue',
  'status-restoring': 'Restoring',
  'status-stopped': 'Stopped',
  'status-paused': 'Paused',
  'status-suspended': 'Suspended',
  'status-shelved': 'Shelved',
  'status-deleted': 'Deleted',
  'status-resized': '{Size} changed',
  'status-rescue': 'In rescue',
  'status-error': 'Error',
  'status-unknown': 'Unknown',

  'task-scheduling': 'Looking for room',
  'task-disk': 'Preparing the disk',
  'task-networking': 'Waiting for the network',
  'task-spawning': 'Copying the {image} and starting',
  'task-imaging': 'Making an {image} of it',
  'task-uploading': 'Saving the {image}',
  'task-password': 'Setting the password',
  'task-preparing': 'Preparing',
  'task-copying': 'Copying the disk',
  'task-finishing': 'Finishing',
  'task-confirming': 'Confirming',
  'task-confirm-resize': 'Waiting to be confirmed',
  'task-restorable': 'Can still be restored',
  'task-elsewhere': 'Not from this list',
  late: (w, { typical }: { typical: number }) =>
    `Taking longer than expected: usually ${w.duration(typical)}`,
  elapsed: (w, { seconds }: { seconds: number }) => w.duration(seconds),

  noName: 'No name',
  locked: 'Locked',
  noAddress: 'None',
  publicAddress: '{FloatingIp}',
  copyAddress: 'the address {address}',
  moreAddresses: (w, { count, name }: { count: number; name: string }) =>
    `${w.plural(count, { one: '{n} more address', other: '{n} more addresses' })} of ${name}`,
  moreAddressesShort: (w, { count }: { count: number }) => `+${w.number(count)}`,
  sizeDetail: (w, { vcpus, ram }: { vcpus: number; ram: number }) =>
    `${w.number(vcpus)} vCPU · ${w.mebibytes(ram)}`,
  unknownSize: 'Not known',
  costsNothing: 'Nothing now',
  bootVolume: 'Boots from a {volume}',
  imageGone: 'No longer there',
  age: (w, { created, now }: { created: string; now: number }) => w.ago(created, now),
  exactAge: (w, { created }: { created: string }) => w.date(created),

  start: 'Start',
  stop: 'Stop',
  reboot: 'Reboot',
  'hard-reboot': 'Hard reboot',
  delete: 'Delete',
  unpause: 'Unpause',
  resume: 'Resume',
  unshelve: 'Unshelve',
  unrescue: 'Leave rescue',
  'confirm-resize': 'Confirm {size}',
  launch: 'Launch',
  actionsOf: 'Actions for {name}',

  'no-signed-out': 'Your sign-in has run out. Sign in again first.',
  'no-reader': 'Your role in this {project} lets you look, but not change anything.',
  'no-deleting': 'It is being deleted.',
  'no-building': 'It is still being built.',
  'no-running': 'It is running already.',
  'no-stopped': 'It is stopped already.',
  'no-off': 'It is stopped. Start it instead.',
  'no-stillborn': 'It failed before it ever ran. It can only be deleted.',
  'no-broken': 'It is in error. A hard reboot may bring it back.',
  'no-unknown': 'The {cloud} does not say what state it is in.',
  'no-forbidden': 'The {cloud} does not let your account do this in this {project}.',
  'no-banned': 'Not offered for this {size}.',
  'no-locked-already': 'It is locked already.',
  'no-not-locked': 'It is not locked.',
  'no-not-resized': 'Its {size} was not changed.',
  'no-confirm-first': 'Confirm its new {size} first, or go back to the old one.',
  'no-from-volume': 'It runs from a {volume}, and this {cloud} is too old to make that anew from an {image}.',
  'no-from-volume-rescue': 'It runs from a {volume}, and this {cloud} is too old to rescue that.',
  'no-no-volumes': 'It has no {volume} attached.',
  'no-locked': 'It is locked. Whoever locked it has to unlock it first.',
  'no-locked-because': 'It is locked: {reason}',
  'no-busy': 'Wait until this is over: {word}.',
  'no-status': 'Not possible in this state: {word}.',

  selectAll: (w, { count }: { count: number }) => `Select all ${w.number(count)} shown`,
  selectOne: 'Select {name}',
  selected: (w, { count }: { count: number }) => `${w.number(count)} selected`,

  said: '{name}: {word}',
  saidCame: (w, { list }: { list: readonly string[] }) => `New: ${names(w, list)}`,
  saidWent: (w, { list }: { list: readonly string[] }) => `Deleted: ${names(w, list)}`,
  saidMany: (w, { count }: { count: number }) => `${instances(w, count)} changed`,
  saidShown: (w, { count }: { count: number }) => `${instances(w, count)} shown`,

  noSession: 'Sign in to see your {instance.many}',
  noSessionHelps: 'They appear here as soon as you are signed in.',
  noProject: 'Choose a {project} to see its {instance.many}',
  noProjectHelps: 'You are signed in. Each {project} has {instance.many} of its own.',
  expired: 'Your sign-in has run out',
  expiredHelps: 'Sign in again to go on. What you see is how things were before.',
  expiredAt: 'Your sign-in has run out: {where}',
  serviceMissingAt: 'No compute service: {where}',
  stale: (w, { at }: { at: number }) => `What you see is from ${w.date(at)}.`,
  serviceMissing: 'This {cloud} has no compute service',
  serviceMissingHelps:
    'There are no {instance.many} here. If there should be, your {project} or {region} may not include the service: ask whoever runs the {cloud}.',
  empty: 'No {instance.many} yet',
  emptyHelps:
    'An {instance} is a computer of your own in the {cloud}: choose how large it is and what it starts with, and it is yours in a minute.',
  noMatch: 'Nothing matches',
  noMatchHelps: (w, { count }: { count: number }) =>
    `None of ${instances(w, count)} matches the search and the status.`,
  clearFilters: 'Show all',
});
