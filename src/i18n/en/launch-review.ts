import { defineMessages } from '../messages.js';
import { instances } from './quantities.js';
import { amount, resourceName } from './quota-words.js';

/** What will exist, in sentences; what it uses and costs, and how to do the same by commands. */
export const launchReviewMessages = defineMessages('launch-review', {
  show: 'Show “{part}”',
  quotaHelps: 'Delete {instance.many}, or ask the people who run the {cloud} for more.',

  what: (
    w,
    {
      names,
      size,
      vcpus,
      ram,
      disk,
      start,
    }: {
      names: readonly string[];
      size: string;
      vcpus: number;
      ram: number;
      /** GiB; 0 where it brings none, or nothing is on it. */
      disk: number;
      start: string;
    },
  ) => {
    const of = `${w.noun('size')} ${size} (${w.number(vcpus)} vCPU, ${w.mebibytes(ram)} memory${disk === 0 ? '' : `, ${w.gibibytes(disk)} disk`})`;
    const [first = ''] = names;
    return names.length === 1
      ? `One ${w.noun('instance')}, “${first}”, of ${of}, ${start}.`
      : `${instances(w, names.length)}, “${first}” to “${names.at(-1) ?? ''}”, each of ${of}, ${start}.`;
  },
  'start-image': 'started from {what}',
  'start-new-volume': (w, { what, size, stays }: { what: string; size: number; stays: boolean }) =>
    `started from ${what} on a new ${w.noun('volume')} of ${w.gibibytes(size)} that ${stays ? 'stays' : 'goes'} when it is deleted`,
  'start-volume': (w, { name, stays }: { name: string; stays: boolean }) =>
    `started from the ${w.noun('volume')} “${name}”, which ${stays ? 'stays' : 'goes'} when it is deleted`,
  'key-existing': 'You log in with the {keypair} “{name}”.',
  'keys-unknown': 'Your {keypair.many} could not be listed just now.',
  'key-generate': 'A new {keypair}, “{name}”, is made and stays yours.',
  'key-import': 'Your key is added as “{name}”, and stays for the next time.',
  'key-none': 'There is no key, so nobody can log in with one.',
  'network-auto': 'It is connected to your {project}’s {network}.',
  'network-own': 'It is connected to “{name}”.',
  'network-new': 'A new {network}, “{name}”, is made for it.',
  'network-connect': 'A router is made that connects “{name}”, and everything on it, to the outside.',
  'network-more': (w, { count }: { count: number }) =>
    w.plural(count, {
      one: `It is connected to one more ${w.noun('network')}.`,
      other: `It is connected to {n} more ${w.noun('network', 'many')}.`,
    }),
  'fixed-ip': 'Its address there is {address}.',
  'address-new': (w, { count }: { count: number }) =>
    count === 1
      ? `It can be reached from outside, at a new ${w.noun('floatingIp')}.`
      : `Each can be reached from outside, at a new ${w.noun('floatingIp')} of its own.`,
  'address-existing': 'It can be reached from outside, at {address}.',
  'no-way-out': 'It cannot be reached from outside: no router leads out of its {network}.',
  'address-none': 'It has no address that is reached from outside.',
  'networks-unknown':
    'The {network.many} could not be listed just now, so it gets no address that is reached from outside.',
  'networks-none':
    'This {cloud} does not tell of its {network.many}, so it gets no address that is reached from outside.',
  /** Without names where it is not looked up yet which groups there are. */
  safety: (w, { list, names }: { list: readonly string[]; names: readonly string[] }) =>
    names.length === 0
      ? `It lets in ${w.list(list)}.`
      : `It lets in ${w.list(list)}, by the ${w.noun('securityGroup', names.length === 1 ? 'one' : 'many')} ${w.list(names)}.`,
  'safety-none': 'It lets nothing in from outside.',
  'safety-unknown': 'It lets in what the {project}’s default does.',
  volumes: (w, { sizes, count }: { sizes: readonly number[]; count: number }) =>
    `${count === 1 ? 'It gets' : 'Each gets'} ${sizes.length === 1 ? `an empty ${w.noun('volume')} of` : `empty ${w.noun('volume', 'many')} of`} ${w.list(sizes.map((size) => w.gibibytes(size)))}, which ${sizes.length === 1 ? 'stays' : 'stay'} when it is deleted.`,
  dns: 'It gets a name in {zone}.',
  zone: 'It runs in the zone {zone}.',
  script: 'Your boot script runs at the first start.',
  kit: 'It is prepared at the first start: more keys, packages and {volume.many} are set up.',
  exosphere: 'It is prepared at the first start as Exosphere does.',

  uses: 'What it uses of the quota',
  usesHint: 'The quota is what the {project} may use in all.',
  quota: (w, { resource }: { resource: string }) => resourceName(w, resource),
  amount: (w, { resource, n }: { resource: string; n: number }) => amount(w, resource, n),
  left: (w, { resource, n }: { resource: string; n: number }) => `${amount(w, resource, n)} left`,
  over: (w, { resource, n }: { resource: string; n: number }) => `${amount(w, resource, n)} too much`,
  cost: 'It costs {hour} an hour, about {month} a month, as long as it is there.',
  free: 'It costs nothing.',
  commands: 'The same by command lines',
  commandsHint: 'For a shell with the OpenStack client, in this order.',
  commandsScript: 'user-data is the file with your boot script.',
  commandsWhat: 'the command lines',
  missing: 'This part of the page could not be loaded.',
});
