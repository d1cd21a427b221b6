import { defineMessages } from '../messages.js';
import { instances } from './quantities.js';

/** The texts of a launch under way, and of how it ended. */
export const launchRunMessages = defineMessages('launch-run', {
  cancel: 'Cancel',
  retry: 'Try again',
  back: 'Back to the form',
  another: 'Launch another',
  like: 'Launch another like it',
  done: 'Done',
  close: 'Close',
  keep: 'Keep what was made',
  launching: (w, { count, name }: { count: number; name: string }) =>
    count === 1 ? `Launching “${name}”` : `Launching ${instances(w, count)}`,
  launched: (w, { count, name }: { count: number; name: string }) =>
    count === 1 ? `“${name}” is active` : `${instances(w, count)} are active`,
  launchedUnnamed: (w, { count, name }: { count: number; name: string }) =>
    count === 1
      ? `“${name}” is active, without its name in the DNS`
      : `${instances(w, count)} are active, not all with their names in the DNS`,
  launchFailed: (w, { count, name }: { count: number; name: string }) =>
    count === 1 ? `“${name}” could not be launched` : `Not all of ${instances(w, count)} could be launched`,
  elapsed: (w, { seconds }: { seconds: number }) => w.duration(seconds),
  elapsedOf: (w, { seconds, typical }: { seconds: number; typical: number }) =>
    seconds > typical * 2 && seconds > 60
      ? `${w.duration(seconds)} so far, longer than the usual ${w.duration(typical)}`
      : `${w.duration(seconds)} so far, usually about ${w.duration(typical)}`,
  leave: 'It goes on if you leave this page. You find it in the list of {instance.many}.',
  steps: 'Steps',
  'step-keypair': 'Add the {keypair} “{name}”',
  'step-network': 'Find or make the {network}',
  'step-group': 'Find or make the {securityGroup} “{name}”',
  'step-server-group': 'Find or make the group of {instance.many} “{name}”',
  'step-own-network': 'Make the {network} “{name}”',
  'step-subnet': 'Give it addresses',
  'step-router': 'Connect it to the outside',
  'step-way-out': 'Connect the {network} to the outside',
  'step-port': 'Connect “{name}” to the {network}',
  'step-address': 'Get a {floatingIp} for “{name}”',
  'step-boot-volume': 'Copy the {image} to a {volume} for “{name}”',
  'step-volume': 'Make a {volume} for “{name}”',
  'step-dns': 'Give “{name}” a name in {zone}',
  'step-server': 'Ask for “{name}”',
  'step-active': 'Wait until it runs',
  'step-setup': 'Follow its set-up',
  'doing-setup': 'It installs and prepares itself…',
  'doing-setup-waiting': 'Waiting for its first start…',
  setupTitle: 'It is being set up',
  setupHelps: (w, { elapsed, typical }: { elapsed: number; typical: number }) =>
    `${w.duration(elapsed)} so far, usually about ${w.duration(typical)}. You can use it already, and leave: it goes on by itself.`,
  setupDone: 'Its set-up is complete.',
  'setup-error-title': 'The set-up of “{name}” has failed',
  'setup-error': 'It runs and can be reached. Its console log tells what went wrong.',
  'setup-timeout-title': 'The set-up of “{name}” takes too long',
  'setup-timeout': 'It runs and can be reached. Its console log tells what it is doing.',
  'setup-unknown-title': '“{name}” does not tell how its set-up goes',
  'setup-unknown': 'It runs and can be reached. What is installed may not be there yet.',
  'step-waiting': 'to come',
  'step-done': 'done',
  'step-failed': 'failed',
  'step-skipped': 'left out',
  'doing-looking': 'No answer. Looking whether it was done all the same…',
  'doing-pausing': (w, { seconds }: { seconds: number }) =>
    `The ${w.noun('cloud')} asks to wait ${w.duration(seconds)}…`,
  'doing-replacing': 'Taking away the one that failed…',
  'task-scheduling': 'Looking for room…',
  'task-networking': 'Connecting the {network}…',
  'task-block_device_mapping': 'Preparing the disk…',
  'task-spawning': 'Copying the {image} and starting…',
  'task-other': 'Preparing…',
  runExpired: 'Your sign-in has run out. Sign in again, and the launch goes on.',
  trouble: 'The {cloud} does not answer just now. Still trying.',

  savingTitle: 'Save your private key now',
  saving:
    'It is in this browser and nowhere else, and cannot be shown again once you leave. Without it, nobody gets in.',
  saveKey: 'Download {file}',
  privateKey: 'the private key',
  savedTitle: 'Your private key is saved as {file}',
  saved: 'Give it to nobody. On Linux and macOS, run this once where you saved it:',
  chmod: 'the command',
  forgetKey: 'I have saved it',
  unsavedTitle: 'Leave without your private key?',
  unsaved: 'It cannot be shown again. Without it, nobody gets in.',
  unsavedConfirm: 'Leave without it',

  connect: 'How to connect',
  'connect-inside':
    'This address is reached only from inside the {cloud}. Give it a {floatingIp} to reach it from outside.',
  'connect-through':
    'This address is reached only from inside the {cloud}: the command goes by way of {name}. Or give it a {floatingIp}.',
  'connect-windows':
    'Connect to this address by Remote Desktop, as Administrator. The {instance} has to let it in: port 3389.',
  'connect-terminal': 'Run the command in a terminal, on Windows in PowerShell.',
  'connect-terminal-key':
    'Run the command in a terminal, on Windows in PowerShell, in the folder where you saved the key.',
  'connect-user': 'Log in by SSH with the account that the {image} comes with.',
  'connect-boot': 'It may take a minute more until it lets you in.',
  'connect-none': 'It has no address.',
  volumeAt: 'Its {volume} “{name}” is found at {place}.',
  address: 'the address {address}',
  command: 'the command',
  instances: '{Instance.many}',

  'fault-title': '“{name}” went into the state Error',
  'fault-no-room': 'The {cloud} has no room for this {size} just now. Choose another, or try again later.',
  'fault-no-room-fixed': 'The {cloud} has no room for this {size} just now. Try again later.',
  'fault-other': 'Try again. If it stays, tell the people who run the {cloud}.',
  'fault-none': 'The {cloud} does not say why.',
  goneMeanwhile: (w, { noun }: { noun: 'image' | 'size' | 'keypair' | 'network' | 'securityGroup' }) =>
    `The ${w.noun(noun)} that was chosen is not there any more. Somebody may have deleted it.`,
  'goneMeanwhile-helps': 'Go back to the form: it offers what is there now.',
  addressTaken: 'Something else in this {network} has this address already.',
  'addressTaken-helps': 'Go back to the form: choose another address, or leave the field empty.',
  addressForeign: 'This address is none of this {network}.',
  'addressForeign-helps': 'Go back to the form: choose one that is, or leave the field empty.',
  addressesGone: 'Every address of this {network} is in use.',
  'addressesGone-helps': 'Choose another {network}, or delete {instance.many} that are no longer needed.',
  publicGone: 'The {cloud} has no {floatingIp} left to give.',
  'publicGone-helps':
    'Go back to the form: take one that the {project} has, or go on without one. Or try again later.',
  'noAddressRights-helps':
    'Go back to the form and choose no {floatingIp} under “Network and safety”: that takes fewer rights. Or ask the people who run the {cloud} for them.',
  /** Where the portal has chosen everything. */
  'freeOrAsk-helps':
    'Delete {instance.many} you no longer need, or ask the people who run the {cloud} for more.',
  'askRights-helps': 'Ask the people who run the {cloud} for the right to do this.',
  'lost-helps':
    'Check your network, then try again: what is there already is found, and nothing is made twice.',
  'gone-title': '“{name}” was deleted while it was being built',
  gone: 'Somebody in your {project} may have done it.',
  'keyTaken-title': 'You have another key named “{name}”',
  keyTaken: 'Go back to the form and give the new key another name.',
  unclear:
    'Whether it was made could not be found out. “Try again” looks first, so that nothing is made twice.',
  'internal-title': 'Something in this page went wrong',
  internal: 'Try again, or reload the page.',
  left: 'What is there now',
  'left-server': '{Instance} “{name}”',
  'left-port': '{Network} connection of “{name}”',
  'left-floating-ip': '{FloatingIp} {name}',
  'left-volume': '{Volume} “{name}”',
  'left-network': '{Network} “{name}”',
  'left-router': 'Router “{name}”',
  'left-security-group': '{SecurityGroup} “{name}”',
  'left-server-group': 'Group of {instance.many} “{name}”',
  'left-dns-record': 'DNS name {name}',
  'left-keypair': '{Keypair} “{name}”',
  leftNothing: 'Nothing was made, so there is nothing to tidy up.',
  undo: 'Delete what was made',
  undoing: 'Deleting…',
  undoOne: 'Delete',
  undoOneWhat: 'Delete: {what}',
  undoTitle: 'Delete what this launch has made?',
  undoBody: (w, { names }: { names: readonly string[] }) =>
    `${w.list(names)} will be deleted, with everything on ${names.length === 1 ? 'it' : 'them'}. This cannot be undone.`,
  undone: 'Deleted. Nothing of this launch is left.',
});
