import { defineMessages } from '../messages.js';
import type { Wording } from '../wording.js';

function instances(w: Wording, count: number): string {
  return w.plural(count, {
    one: `{n} ${w.noun('instance')}`,
    other: `{n} ${w.noun('instance', 'many')}`,
  });
}

function amount(w: Wording, resource: string, n: number): string {
  if (resource === 'ram') return w.mebibytes(n);
  return resource.startsWith('gigabytes') ? w.gibibytes(n) : w.number(n);
}

function resourceName(w: Wording, resource: string): string {
  const [, what = resource, kind] = /^(volumes|gigabytes)_(.+)$/.exec(resource) ?? [];
  const of = kind === undefined ? '' : ` (${kind})`;
  switch (what) {
    case 'instances':
      return w.Noun('instance', 'many');
    case 'cores':
      return 'Processors (vCPU)';
    case 'ram':
      return 'Memory';
    case 'volumes':
      return `${w.Noun('volume', 'many')}${of}`;
    case 'gigabytes':
      return `Space for ${w.noun('volume', 'many')}${of}`;
    case 'floatingip':
      return w.Noun('floatingIp', 'many');
    case 'network':
    case 'subnet':
      return what === 'network' ? w.Noun('network', 'many') : 'Ranges of addresses';
    case 'router':
      return 'Routers';
    case 'security_group':
      return w.Noun('securityGroup', 'many');
    case 'security_group_rule':
      return `Rules of ${w.noun('securityGroup', 'many')}`;
    case 'serverGroups':
      return `Groups of ${w.noun('instance', 'many')}`;
    default:
      return `${w.Noun('network')} connections`;
  }
}

/** The texts of `<exo-launch-wizard>`. The button *Launch* is part of the public contract. */
export const launchWizardMessages = defineMessages('launch-wizard', {
  heading: 'New {instance}',
  launch: 'Launch',
  cancel: 'Cancel',
  retry: 'Try again',
  loading: 'Loading what can be launched…',
  loadingPart: 'Loading…',

  noSessionTitle: 'Sign in to launch {instance.many}',
  noSession: 'Then a new {instance} is a name and a click away.',
  signIn: 'Sign in',
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
  'name-unprintable': 'A character in it cannot be seen. Type the name anew.',
  nameTaken: (w, { names }: { names: readonly string[] }) =>
    `${w.list(names.map((name) => `“${name}”`))} ${names.length === 1 ? 'is' : 'are'} there already. That works, but is easily mixed up.`,
  useName: 'Use “{name}”',
  names: (w, { names }: { names: readonly string[] }) =>
    `Their names: ${names.length > 3 ? `${names[0] ?? ''}, ${names[1] ?? ''}, … ${names.at(-1) ?? ''}` : w.list(names)}`,

  locked: 'Decided by your institution',
  partMissing: 'This part of the page could not be loaded',
  partMissingHelps: 'Check your network and try again. What is chosen now works without it.',

  what: 'What',
  'from-volume': 'a {volume} that you have',
  'from-snapshot': 'a snapshot of a {volume}',
  image: '{Image}',
  imageSearch: 'Search {image.many}',
  imageNone: 'No {image} matches “{text}”.',
  showAll: (w, { count }: { count: number }) => `Show all ${w.number(count)}`,
  showFewer: 'Show fewer',
  imageOld: 'replaced by a newer one',
  imageOwn: 'your {project}’s own',
  imageNote: (
    w,
    {
      system,
      version,
      size,
      created,
      now,
      remark,
    }: {
      system: string | undefined;
      version: string | undefined;
      size: number | undefined;
      created: string;
      now: number;
      remark: string | undefined;
    },
  ) =>
    [
      [system, version].filter(Boolean).join(' '),
      size === undefined || size === 0 ? '' : w.bytes(size),
      created === '' ? '' : w.ago(created, now),
      remark ?? '',
    ]
      .filter(Boolean)
      .join(' · '),
  imagesEmptyTitle: 'There is no {image} to start from',
  imagesEmpty: 'Ask the people who run the {cloud} to publish one, or upload your own and come back.',

  size: '{Size}',
  sizeName: 'Name',
  sizeVcpus: 'vCPU',
  sizeRam: 'Memory',
  sizeDisk: 'Disk',
  sizeSentence: (w, { vcpus, ram, disk }: { vcpus: number; ram: number; disk: number }) =>
    `${w.number(vcpus)} vCPU · ${w.mebibytes(ram)} memory · ${disk === 0 ? 'no disk of its own' : `${w.gibibytes(disk)} disk`}`,
  vcpus: (w, { n }: { n: number }) => w.number(n),
  ram: (w, { n }: { n: number }) => w.mebibytes(n),
  disk: (w, { n }: { n: number }) => (n === 0 ? '–' : w.gibibytes(n)),
  accelerator: 'with a graphics card or another device',
  diskless: 'No disk of its own: most {cloud.many} refuse that without a {volume}.',
  'reason-disabled': 'Closed by the people who run the {cloud}.',
  'reason-not-for-this': 'Not offered for what you launch.',
  'reason-image-ram': (w, { needs }: { needs: number }) =>
    `The ${w.noun('image')} needs ${w.mebibytes(needs)} of memory.`,
  'reason-image-disk': (w, { needs }: { needs: number }) =>
    `The ${w.noun('image')} needs a disk of ${w.gibibytes(needs)}.`,
  'reason-quota': (
    w,
    {
      resource,
      requested,
      used,
      limit,
    }: { resource: string; requested: number; used: number; limit: number },
  ) => {
    const left = Math.max(0, limit - used);
    const what = resourceName(w, resource);
    return `${what}: needs ${amount(w, resource, requested)}, ${left === 0 ? 'none is' : `${amount(w, resource, left)} ${left === 1 ? 'is' : 'are'}`} left of ${amount(w, resource, limit)}.`;
  },
  sizesEmptyTitle: 'There is no {size} to choose',
  sizesEmpty: 'Ask the people who run the {cloud}.',

  access: 'Access',
  key: '{Keypair}',
  'key-existing': 'Use one of yours',
  'key-generate': 'Make a new one',
  'key-generate-note': 'In this browser. You save its private half right after the launch.',
  'key-import': 'Use a key from your computer',
  'key-import-note': 'Paste or drop the public half, a file that ends in .pub.',
  'key-none': 'None',
  'key-none-note': 'Then nobody can log in, unless the {image} or a boot script sees to it.',
  keyChoose: 'Which one',
  keyName: 'Name of the new key',
  keyCannot: 'The browser makes keys only on pages that come by https.',
  publicKey: 'Public key',
  publicKeyHint: 'One line, such as ssh-ed25519 AAAA… You can drop the file here.',
  chooseFile: 'Choose a file',
  'publicKey-private-key':
    'This was your private key: it was thrown away and sent nowhere. Give the public half, from the file that ends in .pub.',
  'publicKey-several': 'These are several keys. Give one.',
  'publicKey-not-a-key': 'This is not a whole public key. Copy the line again.',
  'keyName-empty': 'Give the key a name.',
  'keyName-too-long': 'Too long: at most 255 characters.',
  'keyName-characters': 'Only plain letters, digits, spaces, - and _ are possible.',
  'keyName-taken': 'You have a key of this name already. Choose another name.',
  keyAnswerNew: 'A new one, “{name}”',
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
  'networkAuto-network': 'Takes “{name}”.',
  networkShared: 'shared with other {project.many}',
  networkExternal: 'outside: it gets a public address',
  networkAsk: 'There are several. Look whether this is the one you want.',
  networksEmptyTitle: 'There is no {network} to connect it to',
  networksEmpty: 'Make one on the {cloud}’s own page, or ask the people who run it.',

  groupNothing: 'Lets nothing in from outside.',
  groupOpens: (w, { list }: { list: readonly string[] }) => `Lets in ${w.list(list)}.`,
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
  noSsh: 'None of these lets SSH in, so you will not reach it from outside.',

  count: 'How many',
  countHint: (w, { max }: { max: number }) =>
    max === Infinity
      ? 'Each gets a number after its name.'
      : `At most ${w.number(max)} fit now. Each gets a number after its name.`,
  countProblem: (w, { max }: { max: number }) => `Give a whole number from 1 to ${w.number(max)}.`,
  countAnswer: (w, { count }: { count: number }) => instances(w, count),

  storage: 'Storage',
  storageNone: 'This {cloud} has no {volume.many}: everything is on the disk of the {size}.',
  'storage-image': 'On the disk of the {size}',
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
  scriptHint: 'A shell script or a cloud-config for the first start. It is passed on exactly as it is.',
  scriptFile: 'From the file {name}',
  scriptRemove: 'Remove',
  scriptSize: (w, { bytes, limit }: { bytes: number; limit: number }) =>
    `${w.bytes(bytes)} of at most ${w.bytes(limit)}`,
  scriptLong: 'Too long. Let a short script download the rest.',
  scriptKind: 'It will be ignored unless it begins with #!/bin/bash, #cloud-config or the like.',
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
  'why-quota-helps': 'Delete {instance.many}, or ask the people who run the {cloud} for more.',
  'why-size': 'This {size} does not fit. Choose another one.',
  'why-count': 'Not so many fit. Launch fewer, or choose a smaller {size}.',
  'why-no-network': 'There is no {network} to connect it to.',
  'why-network': 'The {network} is not complete.',
  'why-address': 'The address cannot be had.',
  'why-openings': 'What may come in is not complete.',
  'why-storage': 'The storage cannot be made so.',
  'why-advanced': 'Something under “Advanced” cannot be used.',
  'why-quota-network': 'The quota of the {project} does not allow what the {network} needs.',
  'why-quota-address': 'The quota of the {project} has no {floatingIp} left.',
  'why-quota-storage': 'The quota of the {project} does not allow so much storage.',
  'why-name': 'The name is missing or cannot be used.',
  'why-key': 'The {keypair} is not complete.',
  'why-script': 'The boot script is too long.',

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
