import { defineMessages } from '../messages.js';

/** The texts of templates and links of the wizard. */
export const launchDraftsMessages = defineMessages('launch-drafts', {
  templates: 'Templates',
  hint: 'What is chosen here, under a name, in this browser. Boot scripts are not kept, for they may hold passwords.',
  save: 'Save as template',
  saveNow: 'Save',
  name: 'Name of the template',
  cancel: 'Cancel',
  use: 'Use {name}',
  remove: 'Delete the template {name}',
  removeShort: 'Delete',
  saved: 'Saved as “{name}”.',
  removed: 'The template “{name}” is deleted.',
  used: 'What “{name}” holds is chosen now.',
  afresh: 'Start afresh',
  isAfresh: 'What was chosen and typed here is forgotten.',
  'gone-image':
    'The {image} that was chosen here before is no longer there. Look whether the one in its place is what you want.',
  'gone-size':
    'The {size} that was chosen here before is no longer there. Look whether the one in its place is what you want.',
  'gone-key':
    'The {keypair} that was chosen here before is no longer there. Look whether the one in its place is yours.',
  'gone-network':
    'The {network} that was chosen here before is no longer there. Look whether the one in its place is what you want.',
  'gone-zone': 'The availability zone that was chosen here is not there, so the {cloud} takes any.',
  refused: 'This browser keeps nothing for this page, so it could not be saved.',
  missing: (w, { names }: { names: readonly string[] }) =>
    `${w.list(names.map((name) => `“${name}”`))} ${names.length === 1 ? 'is' : 'are'} not there, so something else is chosen. Look whether it is what you want.`,
});
