import { defineMessages } from '../messages.js';
import type { Wording } from '../wording.js';

/** The texts of `<exo-quick-launch>`. */
export const quickLaunchMessages = defineMessages('quick-launch', {
  heading: 'New {instance}',
  name: 'Name',
  suggest: 'Suggest another name',
  'name-empty': 'Give it a name.',
  'name-too-long': 'Too long: at most 255 characters.',
  'name-unprintable': 'A character in it cannot be seen. Type the name anew.',
  nameTaken: '“{name}” is there already. That works, but is easily mixed up.',
  useName: 'Use “{name}”',
  launch: 'Launch',
  loading: 'Loading what is launched here…',
  summaryMissing: 'What will exist could not be loaded here. It can be launched all the same.',
  noSessionTitle: 'Sign in to launch it',
  noSession: 'Then it is a name and a click away.',
  signIn: 'Sign in',
  choosingTitle: 'Choose a {project} first',
  choosing: 'Every {instance} belongs to one. Choose where you signed in.',
  expiredTitle: 'Your sign-in has run out',
  expired: 'Sign in again to launch. The name is kept.',
  signInAgain: 'Sign in again',
  readerTitle: 'You can look, but not launch',
  reader: 'Your role in the {project} {projectName} is to read. Ask its owner to make you a member.',
  missingTitle: 'This cannot be launched here',
  missing: (w, { what, name }: { what: string; name: string }) =>
    `The ${nounOf(w, what)} “${name}” that it is made from is not there.`,
  missingOther: (_w, { name }: { what: string; name: string }) =>
    `What “${name}” is made from is not there just now.`,
  missingHelps: 'Tell the people who run this page, or choose another {project}.',
  runMissing: 'Part of this page could not be loaded, so nothing was launched',
  runMissingHelps: 'Check your network and try again.',
  keyless: 'Your browser could not make a {keypair}, so nothing was launched',
  keylessHelps: 'Launch again to do without one: you then log in by the console alone, if at all.',
  'why-quota': 'The quota of the {project} does not allow it.',
  'why-quota-helps': 'Delete {instance.many}, or ask the people who run the {cloud} for more.',
  'why-size': 'The {size} does not fit the {image}, or is closed just now.',
  'why-no-network': 'There is no {network} to connect it to.',
  'why-images': 'The {image.many} could not be loaded.',
  'why-sizes': 'The {size.many} could not be loaded.',
  'why-other': 'It cannot be launched here just now.',
  'why-otherHelps': 'Tell the people who run this page.',
  retry: 'Try again',
});

function nounOf(w: Wording, what: string): string {
  switch (what) {
    case 'image':
      return w.noun('image');
    default:
      return w.noun('size');
  }
}
