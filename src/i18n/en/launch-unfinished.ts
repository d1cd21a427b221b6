import { defineMessages } from '../messages.js';

/** The texts about launches that one can come back to: under way in this page, failed, or found half-way. */
export const launchUnfinishedMessages = defineMessages('launch-unfinished', {
  title: 'Not finished',
  running: 'Launching “{name}”',
  failed: '“{name}” could not be launched',
  show: 'Show',
  showWhat: 'Show the launch of “{name}”',
  stopped: (w, { name, at, now }: { name: string; at: number; now: number }) =>
    at === 0 || now - at < 60_000
      ? `The launch of “${name}” stopped half-way`
      : `The launch of “${name}” stopped half-way, ${w.ago(at, now)}`,
  there: (w, { parts }: { parts: readonly string[] }) => `There because of it: ${w.list(parts)}.`,
  underWay: 'It may still be under way in another browser. To carry it on here as well makes nothing twice.',
  untold:
    'It cannot be carried on from here: what it was to become, such as a boot script, is only known where it began.',
  'key-existing':
    'Its {keypair} “{theirs}” belongs to whoever began it. Carried on by you, it gets yours, “{mine}”.',
  'key-generate':
    'Its {keypair} “{theirs}” belongs to whoever began it. Carried on by you, it gets a new one, “{mine}”, which you save then.',
  'key-none':
    'Its {keypair} “{theirs}” belongs to whoever began it, and you have none to put in its place. Only they can carry it on.',
  'key-other':
    'Your {keypair} “{name}” is another one than this was begun with. Carried on by you, it gets yours, with the fingerprint {fingerprint}.',
  'key-unsaved':
    'Its {keypair} “{name}” was made here, and its private half was never saved: nobody could log in. Rather delete what was made, and launch again.',
  carryOn: 'Carry on',
  undo: 'Delete what was made',
  undoing: 'Deleting…',
  keep: 'Keep',
  keepHint: 'Keep: everything stays as it is, and is not spoken of here again.',
  ask: 'Delete all of it? This cannot be undone.',
  askYes: 'Delete',
  askNo: 'Cancel',
  undone: 'Deleted. Nothing of “{name}” is left.',
  kept: 'What is there of “{name}” stays.',
  found: (w, { count }: { count: number }) =>
    w.plural(count, { one: 'A launch is not finished.', other: '{n} launches are not finished.' }),
});
