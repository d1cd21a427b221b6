import { defineMessages } from '../messages.js';

/** What another {instance} like one cannot have of it. */
export const launchLikeMessages = defineMessages('launch-like', {
  left: 'Not everything of {name} could be taken over:',
  'left-script': 'Its boot script cannot be read back. Put it under “Advanced” once more.',
  maybe: (w, { name, had }: { name: string; had: readonly (keyof typeof HAD)[] }) =>
    `Whether ${name} had ${w.list(
      had.map((each) => HAD[each]),
      'disjunction',
    )} cannot be seen. If it had, put that under “Advanced” once more.`,
  'left-packages':
    'The packages that it got at its first start cannot be read back. Name them under “Advanced”.',
  'left-keys': 'The further {keypair.many} that it was given cannot be read back. Add them under “Access”.',
  'left-dns': 'Its name in the DNS leads to it alone. Choose a zone for this one under “Advanced”.',
  'left-addresses':
    'The fixed addresses that were chosen for it stay its own. Give others under “Advanced”, or the {cloud} takes any.',
  'left-hints': 'The scheduler hints that it was placed by cannot be read back. Name them under “Advanced”.',
  'left-placement':
    'Its server group and its scheduler hints could not be read. If it had such, choose them under “Advanced”.',
  'left-web-shell': 'A shell in the browser is not offered here.',
  'left-secret-workflow':
    'The address of its notebooks’ repository holds a password, so it is not copied. Type it under “Access”.',
  'left-workflow': 'Notebooks from {repo} are not offered here.',
  'left-profile-plain': 'It was left as its {image} is, and that is not offered here.',
  'left-profile-kit': 'It was prepared with keys and packages, and that is not offered here.',
  'left-profile-exosphere': 'It was prepared as Exosphere does, and that is not offered here.',
  'left-image': 'Its {image} is not there any more, so another one is chosen.',
  'left-disks':
    'Its {volume.many} could not be read. Look under “Storage” whether it starts from what you want.',
  'left-boot-source':
    'What its boot {volume} was made from cannot be seen. Look whether the {image} is the one you want.',
  'left-boot-copy': 'What was copied to its boot {volume} is not: the new one starts from the {image}.',
  'left-volumes': (w, { names }: { names: readonly string[] }) =>
    `${w.list(names.map((name) => `“${name}”`))} ${names.length === 1 ? 'stays' : 'stay'} where ${names.length === 1 ? 'it is' : 'they are'}: what is on a ${w.noun('volume')} is not copied.`,
});

const HAD = {
  script: 'a boot script',
  addresses: 'fixed addresses',
  hints: 'scheduler hints',
  dns: 'a name in the DNS',
} as const;
