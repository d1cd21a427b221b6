import { defineMessages } from '../messages.js';
import { names } from './instance-list.js';

/** The texts of `<exo-instance-list>` for what is looked at more closely, or done. */
export const instanceListMoreMessages = defineMessages('instance-list-more', {
  lateHeading: 'This is taking longer than expected',
  lateHelps:
    'Some {cloud.many} are slower when much is going on. If nothing changes within the hour, give support the id below, or delete the {instance} and launch it again.',
  details: 'Details of {name}',
  id: 'Id',
  copyId: 'the id',
  created: 'Created',
  network: '{Network} {name}',
  keypair: '{Keypair}',
  zone: 'Availability zone',
  volumes: (w, { count }: { count: number }) =>
    w.plural(count, {
      one: `{n} attached ${w.noun('volume')}`,
      other: `{n} attached ${w.noun('volume', 'many')}`,
    }),
  volumesLabel: '{Volume.many}',
  description: 'Description',
  lockedDetail: 'It cannot be changed until it is unlocked.',
  selectedHidden: (w, { count }: { count: number }) => `${w.number(count)} of them not shown`,
  clearSelection: 'Clear selection',
  moreActions: 'More actions',
  menuFailed: 'The other actions could not be loaded. Try again.',
  bulkLabel: 'Actions for the selected {instance.many}',
  share: (w, { applies, count }: { applies: number; count: number }) =>
    `${w.number(applies)} of ${w.number(count)}`,
  refusedGroup: (w, { list, reason }: { list: readonly string[]; reason: string }) =>
    `${names(w, list)}: ${reason}`,
  noneOf: (w, { count, reason }: { count: number; reason: string }) =>
    w.plural(count, { one: reason, other: `Possible for none of the {n} selected. ${reason}` }),
  'run-start': 'Starting',
  'run-stop': 'Stopping',
  'run-reboot': 'Rebooting',
  'run-hard-reboot': 'Rebooting the hard way',
  'run-delete': 'Deleting',
  runProgress: (w, { done, count }: { done: number; count: number }) =>
    `${w.number(done)} of ${w.number(count)} done`,
  runDone: (w, { count }: { count: number }) =>
    w.plural(count, { one: 'The cloud has accepted it.', other: 'The cloud has accepted all {n}.' }),
  runFailed: (w, { failed, count }: { failed: number; count: number }) =>
    `${w.number(failed)} of ${w.number(count)} failed`,
  'item-waiting': 'Waiting',
  'item-running': 'Under way',
  'item-done': 'Accepted',
  'item-failed': 'Failed',
  retryFailed: (w, { count }: { count: number }) =>
    w.plural(count, { one: 'Try the one that failed again', other: 'Try the {n} that failed again' }),
  results: 'Results',
  dismiss: 'Dismiss',
  goneMeanwhile: '“{name}” is no longer there.',
  faultHeading: 'What went wrong',
  faultUnknown: 'The {cloud} gives no reason.',
  'fault-no-room': 'The {cloud} had no room for it.',
  'fault-no-room-helps': 'Delete it and launch it again later, or with a smaller {size}.',
  'fault-network': 'Its {network} could not be set up.',
  'fault-network-helps': 'Delete it and launch it again, with another {network} if there is one.',
  'fault-image': 'Its {image} or disk could not be prepared.',
  'fault-image-helps': 'Delete it and launch it again with another {image}, or a {size} with a larger disk.',
  'fault-volume': 'Its {volume} could not be attached.',
  'fault-volume-helps': 'Check that the {volume} is free, then delete the {instance} and launch it again.',
  'fault-quota': 'A quota of the {project} is used up.',
  'fault-quota-helps': 'Delete what you no longer need, then launch it again.',
  'fault-other': 'Something went wrong inside the {cloud}.',
  'fault-other-helps':
    'A hard reboot may bring it back if it ran before. If not, delete it and launch it again, or show this to support.',
  cloudSays: 'The cloud says',
});
