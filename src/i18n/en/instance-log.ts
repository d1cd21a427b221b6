import { defineMessages } from '../messages.js';

/** The texts of the console log of an instance. */
export const instanceLogMessages = defineMessages('instance-log', {
  loading: 'Loading the console log…',
  label: (w, { count }: { count: number }) =>
    w.plural(count, { one: 'Console log, one line', other: 'Console log, {n} lines' }),
  follow: 'Follow',
  followHint: 'New lines appear by themselves.',
  empty: 'Nothing was written to the console yet',
  emptyHelps: 'What the {instance} says while it starts appears here.',
  notYet: 'The {instance} has not started yet',
  notYetHelps: 'Its console log begins when it does.',
  never: 'The {instance} has never run',
  neverHelps: 'It failed before it could write anything to its console. The overview says why.',
  shelved: 'There is no console log while the {instance} is shelved',
  shelvedHelps: 'Unshelve it to see what it writes when it starts again.',
  notNow: 'The {cloud} does not give the console log in the state the {instance} is in',
  notNowHelps: 'Try again when it has changed.',
  none: 'The {cloud} keeps no console log of this {instance}',
  noneHelps: 'The people who run the {cloud} can say why. Connect to the {instance} in another way.',
});
