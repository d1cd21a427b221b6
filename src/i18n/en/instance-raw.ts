import { defineMessages } from '../messages.js';

/** The texts of the raw form of an instance, and of the commands for it. */
export const instanceRawMessages = defineMessages('instance-raw', {
  loading: 'Loading what the {cloud} says…',
  intro: 'What the {cloud} says of this {instance}, word for word.',
  label: (w, { count }: { count: number }) =>
    w.plural(count, { one: 'Raw form, one line', other: 'Raw form, {n} lines' }),
  commands: 'On the command line',
  commandsHint:
    'What can be done here, as commands of the OpenStack client. Words in capitals stand for what you choose.',
  theCommand: 'the command: {action}',
});
