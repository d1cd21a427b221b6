import { defineMessages } from '../messages.js';
import type { Wording } from '../wording.js';
import { names } from './instance-list.js';
import { instances } from './quantities.js';

/** What goes with one deleted instance, whatever is chosen. */
function deletion(
  w: Wording,
  { fromVolume, fixed }: { fromVolume: boolean; fixed: readonly string[] },
): string {
  const its = w.plural(fixed.length, { one: 'the address', other: 'the addresses' });
  const addresses = fixed.length === 0 ? '' : `${its} ${w.list(fixed)}`;
  const goes = fixed.length > 1 ? 'go' : 'goes';
  const sentences = [];
  if (fromVolume && addresses !== '') sentences.push(`T${addresses.slice(1)} ${goes} with it.`);
  if (!fromVolume) {
    sentences.push(addresses === '' ? 'Its disk goes with it.' : `Its disk and ${addresses} go with it.`);
  }
  return [...sentences, 'This cannot be undone.'].join(' ');
}

/** So many names are told; more are counted. */
const FEW = 3;

const STOP = 'What runs there ends. Disk and addresses stay, and it still counts against the quota.';
const STOP_MANY = 'What runs there ends. Disks and addresses stay, and they still count against the quota.';

/** What is asked before an action on instances: loaded with the question. */
export const instanceConfirmationMessages = defineMessages('instance-confirmation', {
  inPlace: 'In {where}.',
  'ask-start': 'Start “{name}”?',
  'ask-stop': 'Stop “{name}”?',
  'ask-reboot': 'Reboot “{name}”?',
  'ask-hard-reboot': 'Reboot “{name}” the hard way?',
  'ask-delete': 'Delete “{name}”?',
  'then-stop': STOP,
  'then-reboot':
    'It shuts down and starts again. It is away for a minute or two, and what is not saved may be lost.',
  'then-hard-reboot':
    'Its power is cut and comes back, as when a plug is pulled. What is not saved is lost. Use it when an ordinary reboot does not help.',
  'then-delete': deletion,
  'ask-start-many': (w, { count }: { count: number }) => `Start ${instances(w, count)}?`,
  'ask-stop-many': (w, { count }: { count: number }) => `Stop ${instances(w, count)}?`,
  'ask-reboot-many': (w, { count }: { count: number }) => `Reboot ${instances(w, count)}?`,
  'ask-hard-reboot-many': (w, { count }: { count: number }) => `Reboot ${instances(w, count)} the hard way?`,
  'ask-delete-many': (w, { count }: { count: number }) => `Delete ${instances(w, count)}?`,
  'then-stop-many': STOP_MANY,
  'then-reboot-many':
    'They shut down and start again. They are away for a minute or two, and what is not saved may be lost.',
  'then-hard-reboot-many':
    'Their power is cut and comes back, as when a plug is pulled. What is not saved is lost. Use it when an ordinary reboot does not help.',
  'then-delete-many': 'Their disks and private addresses go with them. This cannot be undone.',
  'ask-confirm-resize': 'Keep the new {size} of “{name}”?',
  'ask-confirm-resize-many': (w, { count }: { count: number }) =>
    `Keep the new ${w.noun('size')} of ${instances(w, count)}?`,
  'ask-revert-resize': 'Go back to the old {size} of “{name}”?',
  'ask-revert-resize-many': (w, { count }: { count: number }) =>
    `Go back to the old ${w.noun('size')} of ${instances(w, count)}?`,
  'ask-other': '{verb} “{name}”?',
  'ask-other-many': (w, { verb, count }: { verb: string; count: number }) =>
    `${verb} ${instances(w, count)}?`,
  'then-pause':
    'It stops where it is and keeps its memory, until it goes on. It still counts against the quota.',
  'then-suspend':
    'Its memory is saved to disk and it is switched off. Resume it to go on from there. It still counts against the quota.',
  'then-shelve':
    'It is shut down and kept as an {image}, and no longer takes up room in the {cloud}. Disk and {volume.many} stay. Coming back takes some minutes.',
  'then-lock': 'Nobody in the {project} can change or delete it until it is unlocked.',
  'then-confirm-resize': 'Going back to the old {size} is no longer possible then.',
  'then-revert-resize':
    'It is shut down and starts again with the old {size}. What was written since the change is lost.',
  addresses: (w, { count }: { count: number }) => w.Noun('floatingIp', count === 1 ? 'one' : 'many'),
  releaseAll: 'Give all of them back',
  releaseAddress: 'Give {address} back',
  releaseAddressOf: 'Give {address} of “{name}” back',
  launchedAddress: 'was taken for it when it was launched',
  addressesStay: (w, { count }: { count: number }) =>
    w.plural(count, {
      one: `Otherwise it stays with the ${w.noun('project')} and counts against the quota.`,
      other: `Those without a tick stay with the ${w.noun('project')} and count against the quota.`,
    }),
  volumes: (w, { count }: { count: number }) => w.Noun('volume', count === 1 ? 'one' : 'many'),
  deleteAll: 'Delete all of them',
  deleteVolume: 'Delete “{name}”',
  deleteVolumeOf: 'Delete “{name}” of “{instanceName}”',
  unnamedVolume: '{Volume} {id}',
  bootVolume: 'it starts from this one',
  volumesStay: (w, { count }: { count: number }) =>
    w.plural(count, {
      one: `Otherwise it stays with the ${w.noun('project')}, with all that is on it.`,
      other: `Those without a tick stay with the ${w.noun('project')}, with all that is on them.`,
    }),
  volumesFixed:
    'Whether they go along was decided when they were attached, and this {cloud} cannot change it. To delete what stays, go to the {volume.many} afterwards; to keep what goes, detach it first.',
  lost: (w, { list }: { list: readonly string[] }) =>
    list.length > FEW
      ? `What is on these ${w.number(list.length)} ${w.noun('volume', 'many')} is lost for good.`
      : `What is on ${names(
          w,
          list.map((name) => `“${name}”`),
        )} is lost for good.`,
  reason: 'Reason, for the others in the {project}',
  appliesTo: (w, { applies, count }: { applies: number; count: number }) =>
    `This applies to ${w.number(applies)} of the ${w.number(count)} selected. Left out:`,
});
