import { defineMessages } from '../messages.js';
import type { Wording } from '../wording.js';
import { instances, names } from './instance-list.js';

/** What goes with one deleted instance, and what stays. */
function deletion(
  w: Wording,
  {
    fromVolume,
    fixed,
    floating,
    volumes,
  }: {
    fromVolume: boolean;
    fixed: readonly string[];
    floating: readonly string[];
    volumes: number;
  },
): string {
  const its = w.plural(fixed.length, { one: 'the address', other: 'the addresses' });
  const addresses = fixed.length === 0 ? '' : `${its} ${w.list(fixed)}`;
  const goes = fixed.length > 1 ? 'go' : 'goes';
  const sentences = [];
  if (fromVolume && addresses !== '') sentences.push(`T${addresses.slice(1)} ${goes} with it.`);
  if (!fromVolume) {
    sentences.push(addresses === '' ? 'Its disk goes with it.' : `Its disk and ${addresses} go with it.`);
  }
  if (floating.length > 0) {
    const noun = w.noun('floatingIp', floating.length === 1 ? 'one' : 'many');
    const stays = floating.length === 1 ? 'stays' : 'stay';
    sentences.push(`The ${noun} ${w.list(floating)} ${stays} with the ${w.noun('project')}.`);
  }
  if (fromVolume) sentences.push(`It runs from a ${w.noun('volume')}, which goes too if it was made to.`);
  else if (volumes > 0) {
    sentences.push(
      w.plural(volumes, {
        one: `Its attached ${w.noun('volume')} stays.`,
        other: `Its {n} attached ${w.noun('volume', 'many')} stay.`,
      }),
    );
  }
  return [...sentences, 'This cannot be undone.'].join(' ');
}

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
  'then-delete-many': (w, { floating }: { floating: number }) =>
    [
      'Their disks and private addresses go with them.',
      ...(floating > 0
        ? [
            w.plural(floating, {
              one: `{n} ${w.noun('floatingIp')} stays with the ${w.noun('project')}.`,
              other: `{n} ${w.noun('floatingIp', 'many')} stay with the ${w.noun('project')}.`,
            }),
          ]
        : []),
      'This cannot be undone.',
    ].join(' '),
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
  releaseAddresses: (w, { list }: { list: readonly string[] }) =>
    `${w.plural(list.length, {
      one: `Give the ${w.noun('floatingIp')} back, too:`,
      other: `Give the ${w.noun('floatingIp', 'many')} back, too:`,
    })} ${names(w, list)}`,
  deleteVolumes: (w, { count }: { count: number }) =>
    w.plural(count, {
      one: `Delete its attached ${w.noun('volume')}, too. What is on it is lost.`,
      other: `Delete the {n} attached ${w.noun('volume', 'many')}, too. What is on them is lost.`,
    }),
  reason: 'Reason, for the others in the {project}',
  appliesTo: (w, { applies, count }: { applies: number; count: number }) =>
    `This applies to ${w.number(applies)} of the ${w.number(count)} selected. Left out:`,
});
