import { defineMessages } from '../messages.js';
import { nameOfPort } from './launch-wizard.js';
import { amount, resourceName } from './quota-words.js';

/** The texts of what is one level down in `<exo-launch-wizard>`. */
export const launchChoicesMessages = defineMessages('launch-choices', {
  add: 'Add',
  remove: 'Remove',
  removeNamed: 'Remove {name}',

  // Network and safety
  networkLegend: '{Network}',
  networkOwn: 'A new one, for this launch',
  networkOwnNote: 'With addresses of its own, and a way out where the {cloud} has one.',
  networkOwnFull: 'The quota of the {project} has no {network} left.',
  ownName: 'Name of the new {network}',
  ownCidr: 'Its addresses',
  ownCidrHint: 'A private range, written such as 10.42.0.0/24.',
  ownCidrProblem: 'Give an IPv4 network from /8 to /29, such as 10.42.0.0/24.',
  ownNameProblem: 'Give the {network} a name.',
  ownNoOutside: 'This {cloud} shows no way out, so the new {network} has none.',

  address: '{FloatingIp}',
  'address-new': 'A new one',
  'address-existing': 'One that you have',
  'address-none': 'None',
  'address-none-note': 'Reached from its own {network} only.',
  'address-new-note': (_w, { count }: { count: number }) =>
    count === 1 ? 'Reached from anywhere, by what may come in below.' : 'One for each.',
  addressFrom: 'From which {network}',
  addressWhich: 'Which one',
  'addressWhy-usual': 'So that you can reach it from your computer.',
  'addressWhy-portal': 'This is what your institution has decided for everybody who does not choose.',
  'addressWhy-asked': 'You chose so.',
  'addressWhy-no-service': 'This {cloud} does not tell of its {network.many}, so none can be had.',
  'addressWhy-no-external': 'This {cloud} has no {network} that leads outside, so there are none.',
  'addressWhy-no-way-out':
    'No router leads from the {network} to the outside, so no {floatingIp} works there. A new {network} gets a router.',
  addressOwn: 'Use a new {network}',
  networkConnect: 'Connect “{name}” to the outside',
  networkConnectNote:
    'A router is made for it with the launch. Everything on the {network} can then reach the outside, and stays connected when the {instance} is deleted.',
  networkConnectFull: '“{name}” could be connected, but the quota of the {project} has no router left.',
  'addressWhy-is-outside': 'The {network} is one that is reached from outside as it is.',
  'addressWhy-foreign':
    'The {network} belongs to others. Whether it can be reached from outside is not known, so none is taken unless you ask.',
  'addressWhy-several': 'Several {instance.many} would take several. Ask for them if you need them.',
  'addressWhy-quota': 'The quota of the {project} has none left. Give one back that nobody needs.',
  'addressWhy-none-free': 'The {project} has none that is free.',
  'addressWhy-one-only': 'One {floatingIp} is for one {instance}.',

  safety: 'What may come in',
  safetyHint:
    'Everything else is kept out. Let in only what you need: whatever is open is tried by strangers within minutes.',
  'open-ssh': 'SSH',
  'open-ssh-note': 'To log in',
  'open-ping': 'Ping',
  'open-ping-note': 'To see whether it is there',
  'open-http': 'Web pages',
  'open-http-note': 'HTTP and HTTPS, ports 80 and 443',
  'open-rdp': 'Remote desktop',
  'open-rdp-note': 'RDP of Windows, port 3389',
  letInBy: (w, { names }: { names: readonly string[] }) =>
    `${w.list(names.map((name) => `“${name}”`))} ${names.length === 1 ? 'lets' : 'let'} it in all the same.`,
  opensMore: 'More ports',
  opensMoreHint: 'A port is the number that a program listens at, such as 8888 for notebooks.',
  openProtocol: 'Protocol',
  openPorts: 'Port or range',
  openPortsHint: 'Such as 8080 or 8000-8010.',
  openPortsProblem: 'Give a port from 1 to 65535, or a range such as 8000-8010.',
  openFrom: 'From',
  openFromHint: 'An address or a range, such as 192.0.2.0/24. Empty: anywhere.',
  openFromProblem: 'Give an address such as 192.0.2.7, or a {network} such as 192.0.2.0/24.',
  openAll: 'Everybody may try {what}.',
  opensNothing:
    'Nothing may come in. You reach it by its console, or from others in its {securityGroup.many}.',
  groupMade: 'A {securityGroup} “{name}” is made for this.',
  groupsMore: '{SecurityGroup.many} of the {project}',
  groupsMoreHint: 'Rules that are there already. What they let in comes in beside the above.',
  groupsFailed: 'The {securityGroup.many} could not be listed, so the {cloud} takes the {project}’s default.',
  opening: (_w, { protocol, ports }: { protocol: string; ports: readonly [number, number] | undefined }) =>
    nameOfPort(protocol, ports),

  // Storage
  boot: 'Starts from',
  'boot-image': 'The {image}, on its own disk',
  'boot-image-note': 'Goes with the {instance} when it is deleted.',
  'boot-image-off': 'This {size} has no disk of its own, so most {cloud.many} refuse it.',
  'boot-new-volume': 'The {image}, on a new {volume}',
  'boot-new-volume-note': 'As large as you like; it can outlive the {instance}.',
  'boot-volume': 'A {volume} that you have',
  'boot-volume-none': 'No {volume} of the {project} can be started from and is free.',
  'boot-volume-one': 'A {volume} is for one {instance}.',
  'boot-snapshot': 'A snapshot of a {volume}',
  'boot-snapshot-none': 'The {project} has no snapshot that can be started from.',
  bootWhich: 'Which {volume}',
  bootSnapshot: 'Which snapshot',
  bootSize: 'Its size, in GiB',
  bootLeast: (w, { least }: { least: number }) => `At least ${w.gibibytes(least)}.`,
  'size-number': 'Give a whole number of GiB.',
  'size-small': (w, { least }: { least: number }) => `Too small: at least ${w.gibibytes(least)}.`,
  bootGone: 'It is not there any more. Choose another.',
  type: 'Kind of {volume}',
  typeUsual: 'The {cloud}’s usual',
  goes: 'Delete it with the {instance}',
  sized: (w, { name, size }: { name: string; size: number }) => `${name} (${w.gibibytes(size)})`,
  data: 'Further {volume.many}',
  dataHint: 'Empty at first. They stay when the {instance} is deleted.',
  dataEach: (w, { count }: { count: number }) =>
    `Each of the ${w.number(count)} ${w.noun('instance', 'many')} gets its own.`,
  dataNumber: '{Volume} {n}',
  dataAdd: 'Add a {volume}',
  dataMost: (w, { most }: { most: number }) => `At most ${w.number(most)}.`,
  dataSize: 'Size, in GiB',
  noStorage: 'This {cloud} has no {volume.many}',
  noStorageText: 'Everything is on its own disk, and goes with the {instance}.',
  /** What of a quota does not fit, and what helps where that is no smaller number. */
  quotaShort: (
    w,
    { resource, used, added, limit }: { resource: string; used: number; added: number; limit: number },
  ) => {
    const left = limit - used;
    const has = `${w.number(used)}, and may have ${w.number(limit)}`;
    const many = w.noun('instance', 'many');
    switch (resource) {
      case 'serverGroups':
        return `Needs one more group of ${many}: the ${w.noun('project')} has ${has}. Take one that is there, or delete one.`;
      case 'serverGroupMembers':
        return `Adds ${w.number(added)} to the group: you have ${w.number(used)} in it, and it takes ${w.number(limit)} of you. Launch fewer, or choose another group.`;
      case 'keypairs':
        return `Needs one more ${w.noun('keypair')}: you have ${has}. Use one of yours, or delete one.`;
      case 'serverMetadata':
        return `These are ${w.number(added)} entries with those that a launch writes itself, and an ${w.noun('instance')} may have ${w.number(limit)}. Remove ${w.number(added - limit)}.`;
      default:
        return resource.startsWith('gigabytes')
          ? `Needs ${w.gibibytes(added)}, and ${left <= 0 ? 'nothing' : w.gibibytes(left)} is left${kindOf(resource)}.`
          : `Needs ${w.number(added)} ${w.noun('volume', added === 1 ? 'one' : 'many')}, and ${left <= 0 ? 'none' : w.number(left)} ${left === 1 ? 'is' : 'are'} left${kindOf(resource)}.`;
    }
  },

  // Advanced
  description: 'Description',
  descriptionLong: 'Too long: at most 255 characters.',
  tags: 'Tags',
  tagsHint: 'With commas between. They help to find it.',
  tagsProblem: 'At most 50, each of at most 60 characters, without slashes.',
  placement: 'Where it runs',
  zone: 'Zone',
  zoneAny: 'Any',
  zoneClosed: '{name} (closed)',
  serverGroup: 'Together or apart',
  serverGroupNone: 'Does not matter',
  serverGroupOf: (w, { name, policy, members }: { name: string; policy: string; members: number }) =>
    `${name}: ${POLICIES[policy] ?? policy}, ${w.plural(members, { one: `{n} ${w.noun('instance')}`, other: `{n} ${w.noun('instance', 'many')}` })}`,
  serverGroupNew: (_w, { policy }: { policy: string }) => `A new group: ${POLICIES[policy] ?? policy}`,
  dnsZone: 'Name in the DNS',
  dnsNone: 'None',
  dnsName: 'It will be {name}',
  dnsAddress: 'Only what has a {floatingIp} can be named.',
  interfaces: 'Addresses and further {network.many}',
  fixedIp: 'Its address on {name}',
  fixedIpHint: 'Empty: the {cloud} chooses.',
  fixedIpProblem: 'Give an address, such as 10.0.0.7.',
  fixedIpOutside: (w, { cidrs }: { cidrs: readonly string[] }) =>
    `The ${w.noun('network')} has no such address. Its addresses are those of ${w.list(cidrs)}.`,
  fixedIpTaken: '“{name}” has this address. Give another one.',
  fixedIpReserved: 'This address stands for the {network} as a whole. Give another one.',
  fixedIpAutomatic: 'The {network} gives addresses of this kind by itself. Leave it empty.',
  fixedIpOne: 'An address is for one {instance}.',
  interfaceAdd: 'Connect it to one more {network}',
  metadata: 'Metadata',
  metadataHint: 'Names and values that programs on the {instance} can read.',
  hints: 'Scheduler hints',
  hintsHint: 'Names and values as the people who run the {cloud} give them.',
  pairKey: 'Name',
  pairValue: 'Value',
  'pair-key': 'Give it a name.',
  'pair-long': 'Too long: at most 255 characters.',
  'pair-twice': 'The name is there twice.',
  'pair-own':
    'Names that begin with “exo:”, and those of Exosphere such as “exoSetup”, are written by launches themselves, over yours. Take another name.',
  configDrive: 'Config drive',
  configDriveNote: 'A disk with metadata and boot script, for systems that cannot ask the {network}.',
  prepare: 'Preparation',
  'profile-plain': 'Nothing',
  'profile-plain-note': 'The {image} as it is, and your boot script.',
  'profile-kit': 'Keys and packages',
  'profile-kit-note':
    'cloud-init adds more {keypair.many} and installs packages. No password, no account of ours.',
  'profile-exosphere': 'As Exosphere does',
  'profile-exosphere-note': 'An account with a passphrase, and what Exosphere shows of it.',
  updates: 'Bring the system up to date first',
  updatesNote: 'Takes some minutes.',
  desktop: 'Graphical desktop',
  desktopNote:
    'A screen with windows and a mouse, in the browser where there is a terminal, too. Takes more minutes.',
  webShell: 'Terminal in the browser',
  webShellNote: 'To work on it without any program on your computer.',
  workflow: 'Notebooks from a repository',
  workflowNote: 'Built as Binder does, and opened in the browser. Takes more minutes.',
  workflowRepo: 'Repository',
  workflowRepoHint: 'The https address of a git repository, or a DOI.',
  workflowRef: 'Branch, tag or commit',
  workflowPath: 'Opens',
  workflowPathHint: 'Such as lab/tree/index.ipynb.',
  workflowProblem: 'It has to be an https address or a DOI, and a branch, tag or commit as git writes it.',
  moreKeys: 'More {keypair.many}',
  moreKeysHint: 'Public keys, one a line: their owners can log in as well.',
  moreKeysProblem: 'A line is not a whole public key.',
  packages: 'Packages',
  packagesHint: 'Names as the distribution knows them, with spaces between.',
  packagesProblem: 'A name holds a character that no package has.',

  // What
  byType: 'By kind',
  byImage: 'By {image}',
  version: 'Version',
  typeMissing: 'The {cloud} has no {image} for it now.',
  facetOwner: 'Whose',
  facetSystem: 'System',
  facetArchitecture: 'Architecture',
  facetKind: 'What it is',
  facetAll: 'All',
  'owner-public': 'Of the {cloud}',
  'owner-own': 'Of the {project}',
  'owner-shared': 'Shared with the {project}',
  'owner-community': 'Of others',
  'kind-image': '{Image}',
  'kind-snapshot': 'Snapshot of an {instance}',
  facetNone: 'Nothing fits all of this.',

  // Size
  sizeOthers: 'Others',
  sort: 'Sort by',
  sortBy: 'Sort by {column}',
  sortedUp: 'smallest first',
  sortedDown: 'largest first',

  // Images, sizes, keys and scripts, one by one
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
      // A line breaks between the parts, not within.
      created === '' ? '' : w.ago(created, now).replaceAll(' ', '\u00a0'),
      remark ?? '',
    ]
      .filter(Boolean)
      .join(' · '),
  imagesEmptyTitle: 'There is no {image} to start from',
  imagesEmpty: 'Ask the people who run the {cloud} to publish one, or upload your own and come back.',
  sizeName: 'Name',
  sizeVcpus: 'vCPU',
  sizeRam: 'Memory',
  sizeDisk: 'Disk',
  vcpus: (w, { n }: { n: number }) => w.number(n),
  ram: (w, { n }: { n: number }) => w.mebibytes(n),
  disk: (w, { n }: { n: number }) => (n === 0 ? '–' : w.gibibytes(n)),
  accelerator: 'With a graphics card or another device',
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
  'networkAuto-network': 'Takes “{name}”.',
  networkShared: 'shared with other {project.many}',
  networkExternal: 'outside: it gets a public address',
  networksEmptyTitle: 'There is no {network} to connect it to',
  networksEmpty: 'Make one on the {cloud}’s own page, or ask the people who run it.',
  groupNothing: 'Lets nothing in from outside.',
  groupOpens: (w, { list }: { list: readonly string[] }) => `Lets in ${w.list(list)}.`,
  noSsh: 'None of these lets SSH in, so you will not reach it from outside.',
  scriptHint:
    'A shell script or a cloud-config for the first start, typed, pasted or dropped as a file. It is passed on exactly as it is, and never kept in this browser.',
  scriptFile: 'From the file {name}',
  scriptRemove: 'Remove',
  scriptSize: (w, { bytes, limit, packed }: { bytes: number; limit: number; packed: boolean }) =>
    packed
      ? `${w.bytes(bytes)}. The cloud takes ${w.bytes(limit)}, so it is sent compressed.`
      : `${w.bytes(bytes)} of at most ${w.bytes(limit)}`,
  scriptWhole: (w, { bytes, limit, packed }: { bytes: number; limit: number; packed: boolean }) =>
    packed
      ? `${w.bytes(bytes)} with what the preparation adds. The cloud takes ${w.bytes(limit)}, so it is sent compressed.`
      : `${w.bytes(bytes)} of at most ${w.bytes(limit)}, with what the preparation adds`,
  'tooLong-script': (w, { limit }: { limit: number; canDrop: boolean }) =>
    `Too long, compressed as well: the cloud takes ${w.bytes(limit)}. Put ${FETCH}`,
  'tooLong-kind': (w, { limit }: { limit: number; canDrop: boolean }) =>
    `Too long: the cloud takes ${w.bytes(limit)}. If it begins with #!/bin/bash, #cloud-config or the like, it is sent compressed, and fits.`,
  'tooLong-profile': (w, { limit, canDrop }: { limit: number; canDrop: boolean }) =>
    `Too long together with what the preparation adds, compressed as well: the cloud takes ${w.bytes(limit)}. ${canDrop ? `Alone it fits: choose “Nothing” as the preparation, or put` : 'Put'} ${FETCH}`,
  'tooLong-keys': (w, { limit }: { limit: number; canDrop: boolean }) =>
    `What the preparation adds is too long, compressed as well: the cloud takes ${w.bytes(limit)}. Give fewer ${w.noun('keypair', 'many')} or packages.`,
  scriptKind: 'It will be ignored unless it begins with #!/bin/bash, #cloud-config or the like.',
  /** `atOnce`: it is as many as one launch makes, whatever else would fit. */
  countHint: (w, { max, atOnce }: { max: number; atOnce: boolean }) =>
    max === Infinity
      ? 'Each gets a number after its name.'
      : max > 1
        ? `At most ${w.number(max)} ${atOnce ? 'at once' : 'fit now'}. Each gets a number after its name.`
        : 'Only one fits now.',
  countProblem: 'Give a whole number, 1 or more.',
  countOver: (w, { max, atOnce }: { max: number; atOnce: boolean }) =>
    atOnce
      ? `At most ${w.number(max)} at once. Launch the others after these.`
      : max > 1
        ? `Only ${w.number(max)} fit now.`
        : 'Only one fits now.',
});

/** For what is not sent along, cloud-init has a line. */
const FETCH =
  'it on a web server and give two lines instead: #include, and below it its address. Then it is fetched from there.';

function kindOf(resource: string): string {
  const kind = /_(.+)$/.exec(resource)?.[1];
  return kind === undefined ? '' : ` of the kind ${kind}`;
}

const POLICIES: Readonly<Record<string, string>> = {
  affinity: 'together',
  'anti-affinity': 'apart',
  'soft-affinity': 'together if possible',
  'soft-anti-affinity': 'apart if possible',
};
