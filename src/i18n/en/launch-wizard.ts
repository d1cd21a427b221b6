import { defineMessages } from '../messages.js';
import { instances } from './quantities.js';

/** The texts of `<exo-launch-wizard>`. The button *Launch* is part of the public contract. */
export const launchWizardMessages = defineMessages('launch-wizard', {
  heading: 'New {instance}',
  launch: 'Launch',
  loading: 'Loading what can be launched…',

  noSessionTitle: 'Sign in to launch {instance.many}',
  noSession: 'Then a new {instance} is a name and a click away.',
  choosingTitle: 'Choose a {project} first',
  choosing: 'Every {instance} belongs to one. Choose where you signed in.',
  expiredTitle: 'Your sign-in has run out',
  expired: 'Sign in again to launch. What you have chosen and typed here is kept.',
  signInAgain: 'Sign in again',
  readerTitle: 'You can look, but not launch',
  reader: 'Your role in the {project} {projectName} is to read. Ask its owner to make you a member.',

  name: 'Name',
  nameHint: 'To tell your {instance.many} apart. You can keep the suggestion.',
  suggest: 'Suggest another name',
  'name-empty': 'Give it a name.',
  'name-too-long': 'Too long: at most 255 characters, numbers included.',
  'name-unprintable': 'A character in it cannot be seen. The {cloud} takes none of these.',
  nameTaken: (w, { names }: { names: readonly string[] }) =>
    `${w.list(names.map((name) => `“${name}”`))} ${names.length === 1 ? 'is' : 'are'} there already. That works, but is easily mixed up.`,
  hostTaken: (w, { names }: { names: readonly string[] }) =>
    `${w.list(names.map((name) => name.replace(/\.$/, '')))} ${names.length === 1 ? 'leads' : 'lead'} to something else already. The ${w.noun('instance')} works, but cannot be reached by that name.`,
  useName: 'Use “{name}”',
  shorten: 'Shorten it',
  names: (w, { names }: { names: readonly string[] }) =>
    `Their names: ${names.length > 3 ? `${names[0] ?? ''}, ${names[1] ?? ''}, … ${names.at(-1) ?? ''}` : w.list(names)}`,

  locked: 'Decided by your institution',
  partMissing: 'This part of the page could not be loaded',
  partMissingHelps: 'Check your network and try again. What is chosen now works without it.',

  what: 'What',
  'from-volume': 'a {volume} that you have',
  'from-snapshot': 'a snapshot of a {volume}',
  image: '{Image}',

  size: '{Size}',
  sizeSentence: (w, { vcpus, ram, disk }: { vcpus: number; ram: number; disk: number }) =>
    `${w.number(vcpus)} vCPU · ${w.mebibytes(ram)} memory · ${disk === 0 ? 'no disk of its own' : `${w.gibibytes(disk)} disk`}`,

  access: 'Access',
  key: '{Keypair}',
  keyAnswer: '{Keypair} “{name}”',
  keyAnswerNew: 'A new {keypair}, “{name}”',
  keyAnswerMore: (w, { count }: { count: number }) =>
    `and ${w.plural(count, { one: 'one more', other: '{n} more' })}`,
  keyAnswerNone: 'None: nobody can log in',

  networkAndSafety: '{Network} and safety',
  networkNew: 'A new one, “{name}”',
  networkMore: (w, { name, count }: { name: string; count: number }) =>
    `${name} and ${w.plural(count, { one: 'one more', other: '{n} more' })}`,
  addressNone: 'no {floatingIp}',
  addressNew: (w, { count }: { count: number }) =>
    count === 1 ? `a new ${w.noun('floatingIp')}` : `a new ${w.noun('floatingIp')} for each`,
  letsIn: (w, { list }: { list: readonly string[] }) => `lets in ${w.list(list)}`,
  letsNothing: 'lets nothing in',
  letsUnknown: 'lets in what the {project}’s default does',
  network: '{Network}',
  networkAuto: 'Automatically',
  'networkAuto-auto': 'The {cloud} takes your {project}’s {network}, or makes one.',
  networkAsk: 'There are several. Look whether this is the one you want.',

  opening: (
    _w,
    {
      protocol,
      ports,
      from,
    }: { protocol: string; ports: readonly [number, number] | undefined; from: string },
  ) => {
    const what = nameOfPort(protocol, ports);
    return from === 'anywhere' ? what : `${what} from ${from}`;
  },

  count: 'How many',
  countAnswer: (w, { count }: { count: number }) => instances(w, count),

  storage: 'Storage',
  storageNone: 'This {cloud} has no {volume.many}: everything is on its own disk.',
  'storage-image': 'On its own disk',
  'storage-new': (w, { size }: { size: number }) =>
    `A new ${w.noun('volume')}${size > 0 ? ` of ${w.gibibytes(size)}` : ''}`,
  'storage-volume': 'The {volume} “{name}”',
  storageMore: (w, { count }: { count: number }) =>
    w.plural(count, {
      one: `and one further ${w.noun('volume')}`,
      other: `and {n} further ${w.noun('volume', 'many')}`,
    }),

  advanced: 'Advanced',
  advancedNone: 'Nothing special',
  'set-description': 'description',
  'set-tags': 'tags',
  'set-placement': 'where it runs',
  'set-metadata': 'metadata',
  'set-hints': 'scheduler hints',
  'set-configDrive': 'config drive',

  script: 'Boot script',
  scriptAnswer: (w, { bytes }: { bytes: number }) => w.bytes(bytes),

  review: 'What will exist',
  reviewMissing: 'What will exist could not be shown.',
  usesUnknown: 'How much is left could not be found out. The {cloud} will say if it is too little.',

  'why-loading': 'A moment: what can be launched is still being loaded.',
  'why-reader': 'Your role in this {project} does not allow launching.',
  'why-expired': 'Sign in again first.',
  'why-images': 'The {image.many} could not be loaded.',
  'why-sizes': 'The {size.many} could not be loaded.',
  'why-no-image': 'There is no {image} to start from.',
  'why-no-size': 'There is no {size} to choose.',
  'why-no-size-fits': 'No {size} is large enough for this {image}. Choose another {image}.',
  'why-quota': 'The quota of the {project} is used up.',
  'why-size': 'This {size} does not fit. Choose another one.',
  'why-count': 'That number does not fit. Choose another, or a smaller {size}.',
  'why-networks': 'The {network.many} could not be loaded.',
  'why-no-network': 'There is no {network} to connect it to.',
  'why-network': 'Something about the {network} is missing or wrong.',
  'why-address': 'The {floatingIp} that you chose cannot be had.',
  'why-openings': 'A port that may come in is missing or wrong.',
  'why-storage': 'Something about the storage is missing or wrong.',
  'why-advanced': 'Something under “Advanced” is missing or wrong.',
  'why-quota-network': 'The quota of the {project} does not allow what the {network} needs.',
  'why-quota-address': 'The quota of the {project} has no {floatingIp} left.',
  'why-quota-storage': 'The quota of the {project} does not allow so much storage.',
  'why-quota-key': 'You may have no more {keypair.many}. Use one that you have, or delete one.',
  'why-quota-group':
    'The {project} may have no more groups of {instance.many}. Take one that is there, or delete one.',
  'why-quota-members':
    'The group takes no more of your {instance.many}. Launch fewer, or choose another group.',
  'why-quota-metadata': 'It has more metadata than an {instance} may have. Remove some.',
  'why-name': 'The name is missing or cannot be used.',
  'why-key': 'The {keypair} is missing or wrong.',
  'why-script': 'What runs at the first start is too long.',

  runMissing: 'Part of this page could not be loaded, so nothing was launched',
  runMissingHelps:
    'Check your network and try again. If it stays, reload the page; what you have chosen here is then lost.',
});

const KNOWN: Readonly<Record<string, string>> = {
  'tcp 22': 'SSH',
  'tcp 80': 'HTTP',
  'tcp 443': 'HTTPS',
  'tcp 3389': 'RDP',
};

/** What a port is for where everybody knows it, else its number. */
export function nameOfPort(protocol: string, ports: readonly [number, number] | undefined): string {
  const [first, last] = ports ?? [];
  const known = first === last ? KNOWN[`${protocol} ${String(first)}`] : undefined;
  if (known !== undefined) return known;
  if (protocol === 'icmp') return 'ping';
  const range = first === undefined ? '' : first === last ? ` ${first}` : ` ${first}–${String(last)}`;
  return protocol === 'any' ? `everything${range}` : `${protocol.toUpperCase()}${range}`;
}
