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
  'gone-image-unusable':
    'No {instance} can start from the {image} that was chosen here. Look whether the one in its place is what you want.',
  'gone-network-unusable':
    'No {instance} can be put on the {network} that was chosen here. Look whether the one in its place is what you want.',
  'gone-networks':
    'A further {network} that was chosen here is not there, or no {instance} can be put on it. It is left out.',
  'gone-groups':
    'A security group that was chosen here before is no longer there. Look whether what may come in is what you want.',
  'gone-server-group':
    'The group of {instance.many} that was chosen here before is not there, so the {instance} goes into none.',
  'gone-dns': 'The DNS zone that was chosen here before is not there, so the {instance} gets no name in it.',
  'gone-storage':
    'This {cloud} has no {volume.many}, so what was chosen of them here is left out: everything is on its own disk.',
  'gone-profile':
    'How it was to be prepared at its first start is not offered here. Look under “What will exist” what is done in its place.',
  'gone-desktop': 'A graphical desktop does not come with how it is prepared here.',
  'gone-web-shell': 'A terminal in the browser does not come with how it is prepared here.',
  'gone-workflow': 'Notebooks do not come with how it is prepared here.',
  'gone-locked':
    'Some of what was chosen here is decided by your institution. Look whether what stands in its place is what you want.',
  unusable: (w, { names }: { names: readonly string[] }) =>
    `What the link says of ${w.list(names.map((name) => `“${name}”`))} cannot be used, so that is decided as always.`,
  refused: 'This browser keeps nothing for this page, so it could not be saved.',
  missing: (w, { names }: { names: readonly string[] }) =>
    `${w.list(names.map((name) => `“${name}”`))} ${names.length === 1 ? 'is' : 'are'} not there, so something else is chosen. Look whether it is what you want.`,
});
