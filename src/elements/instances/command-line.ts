import type { Server } from '../../openstack/compute.js';
import type { InstanceAction } from './actions.js';

/** What an action is done with, as far as it is known; what is not stands as a word in capitals in the command. */
export interface CommandDetails {
  /** The new name, the snapshot's name. */
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  /** Why it is locked. */
  readonly reason?: string | undefined;
  /** Ids or names, as are the following. */
  readonly flavor?: string | undefined;
  readonly image?: string | undefined;
  /** It runs from a volume: rebuild and rescue then need a newer microversion. */
  readonly fromVolume?: boolean | undefined;
  readonly volume?: string | undefined;
  readonly network?: string | undefined;
  readonly port?: string | undefined;
  readonly groupsAdded?: readonly string[] | undefined;
  readonly groupsRemoved?: readonly string[] | undefined;
  /** Metadata to set, and keys to remove. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly keysRemoved?: readonly string[] | undefined;
  readonly tagsAdded?: readonly string[] | undefined;
  readonly tagsRemoved?: readonly string[] | undefined;
  /** Public addresses that are given back with it. */
  readonly addressesReleased?: readonly string[] | undefined;
  /** Volumes that are to be deleted with it though the cloud would keep them, and the other way round; ids. */
  readonly volumesDeleted?: readonly string[] | undefined;
  readonly volumesKept?: readonly string[] | undefined;
}

/** What was chosen to go along with one server of several, as details of its command. */
export function endingCommands(
  going: {
    readonly addresses: readonly { readonly server: object; readonly address: string }[];
    readonly volumes: readonly { readonly server: object; readonly id: string }[];
  },
  server: Pick<Server, 'volumesAttached' | 'volumesDeletedWith'>,
): CommandDetails {
  const mine = (each: { readonly server: object }): boolean => each.server === server;
  const deleted = new Set(going.volumes.filter(mine).map(({ id }) => id));
  const before = new Set(server.volumesDeletedWith);
  return {
    addressesReleased: going.addresses.filter(mine).map(({ address }) => address),
    volumesDeleted: server.volumesAttached.filter((id) => deleted.has(id) && !before.has(id)),
    volumesKept: server.volumesAttached.filter((id) => !deleted.has(id) && before.has(id)),
  };
}

/** What needs no quotes in any shell that is related to Bourne's. */
const SAFE = /^[\w%+=:,./@-]+$/;
/** Would be obeyed by a terminal or end a line when pasted. */
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/; // eslint-disable-line no-control-regex

/**
 * One word of a command, whatever it holds: for sh, bash, zsh and their kin. With control characters, which a terminal
 * would obey while they are pasted, in the form of bash and zsh.
 */
export function quoted(word: string): string {
  if (SAFE.test(word)) return word;
  if (!CONTROL.test(word)) return `'${word.replaceAll("'", String.raw`'\''`)}'`;
  const escaped = [...new TextEncoder().encode(word)].map((byte) => {
    const character = String.fromCharCode(byte);
    if (byte < 0x20 || byte > 0x7e) return `\\x${byte.toString(16).padStart(2, '0')}`;
    return character === "'" || character === '\\' ? `\\${character}` : character;
  });
  return `$'${escaped.join('')}'`;
}

/** An option with its value in one word: a value that begins with a dash would be taken for another option. */
const option = (name: string, value: string | undefined, instead: string): string =>
  `--${name}=${value === undefined ? instead : quoted(value)}`;

/** A command of the stock client for the server; `since` is the microversion it has to be told to use. */
function openstack(words: readonly string[], since?: string): string {
  const version = since === undefined ? [] : [`--os-compute-api-version ${since}`];
  return ['openstack', ...version, ...words].join(' ');
}

/** A positional word that is not the server's id; after `--` nothing is an option. */
const positional = (value: string | undefined, instead: string): string =>
  value === undefined ? instead : value.startsWith('-') ? `-- ${quoted(value)}` : quoted(value);

function each(values: readonly string[] | undefined, instead: string): readonly string[] {
  return values === undefined ? [instead] : values.map((value) => positional(value, instead));
}

/**
 * The commands of the OpenStack client (python-openstackclient) that do what an action does, one a line. The password of
 * `set-password` is asked for by the shell and stands in no command.
 *
 * @param id the server's id: names are neither unique nor free of surprises
 */
export function commandLines(
  action: InstanceAction,
  id: string,
  details: CommandDetails = {},
): readonly string[] {
  const server = quoted(id);
  const plain = (...words: string[]): readonly string[] => [openstack(['server', ...words, server])];
  switch (action) {
    case 'start':
    case 'stop':
    case 'pause':
    case 'unpause':
    case 'suspend':
    case 'resume':
    case 'unshelve':
    case 'unlock':
    case 'unrescue':
    case 'restore':
      return plain(action);
    case 'shelve':
    case 'delete':
      return [...ending(server, details), ...plain(action), ...released(details)];
    case 'reboot':
      return plain('reboot', '--soft');
    case 'hard-reboot':
      return plain('reboot', '--hard');
    case 'confirm-resize':
      return plain('resize', 'confirm');
    case 'revert-resize':
      return plain('resize', 'revert');
    case 'resize':
      return plain('resize', option('flavor', details.flavor, 'FLAVOR'));
    case 'rebuild': {
      const words = ['server', 'rebuild', option('image', details.image, 'IMAGE')];
      return details.fromVolume
        ? [openstack([...words, '--reimage-boot-volume', server], '2.93')]
        : [openstack([...words, server])];
    }
    case 'snapshot':
      return plain('image', 'create', option('name', details.name, 'NAME'));
    case 'rescue': {
      const image = details.image === undefined ? [] : [option('image', details.image, '')];
      return [openstack(['server', 'rescue', ...image, server], details.fromVolume ? '2.87' : undefined)];
    }
    case 'rename':
      return plain('set', option('name', details.name, 'NAME'));
    case 'describe':
      return [
        openstack(['server', 'set', option('description', details.description, 'TEXT'), server], '2.19'),
      ];
    case 'lock':
      return details.reason === undefined || details.reason === ''
        ? plain('lock')
        : [openstack(['server', 'lock', option('reason', details.reason, ''), server], '2.73')];
    case 'set-password':
      return ['read -rs NEW_PASSWORD', `openstack server set --password="$NEW_PASSWORD" ${server}`];
    default:
      return attachments(action, server, details);
  }
}

/** What is decided about its volumes before it goes. */
function ending(
  server: string,
  { volumesDeleted = [], volumesKept = [] }: CommandDetails,
): readonly string[] {
  const update = (how: string) => (volume: string) =>
    openstack(['server', 'volume', 'update', how, server, quoted(volume)], '2.85');
  return [
    ...volumesDeleted.map(update('--delete-on-termination')),
    ...volumesKept.map(update('--preserve-on-termination')),
  ];
}

const released = ({ addressesReleased = [] }: CommandDetails): readonly string[] =>
  addressesReleased.map((address) => openstack(['floating', 'ip', 'delete', quoted(address)]));

/** Points a public address at one inside: a new one of a pool, or one that the project has. */
export function giveAddressCommands(o: {
  readonly pool: string | undefined;
  readonly address: string | undefined;
  readonly portId: string;
  readonly fixedAddress: string;
}): readonly string[] {
  const to = [`--port=${quoted(o.portId)}`, `--fixed-ip-address=${quoted(o.fixedAddress)}`];
  return o.address === undefined
    ? [openstack(['floating', 'ip', 'create', ...to, positional(o.pool, 'NETWORK')])]
    : [openstack(['floating', 'ip', 'set', ...to, quoted(o.address)])];
}

/** Takes a public address from where it leads, or gives it back. */
export function endAddressCommands(kind: 'unassign' | 'release', address: string): readonly string[] {
  const words = kind === 'release' ? ['delete'] : ['unset', '--port'];
  return [openstack(['floating', 'ip', ...words, quoted(address)])];
}

/** What has lists of things. */
function attachments(
  action: 'attach-volume' | 'detach-volume' | 'attach-interface' | 'detach-interface' | 'security-groups' | 'metadata' | 'tags', // prettier-ignore
  server: string,
  details: CommandDetails,
): readonly string[] {
  const { port, groupsAdded, groupsRemoved, metadata, keysRemoved, tagsAdded, tagsRemoved } = details;
  const both = (verb: string, what: string, word: string): string =>
    openstack(['server', verb, what, server, word]);
  switch (action) {
    case 'attach-volume':
      return [both('add', 'volume', positional(details.volume, 'VOLUME'))];
    case 'detach-volume':
      return [both('remove', 'volume', positional(details.volume, 'VOLUME'))];
    case 'attach-interface':
      return port === undefined
        ? [both('add', 'network', positional(details.network, 'NETWORK'))]
        : [both('add', 'port', positional(port, 'PORT'))];
    case 'detach-interface':
      return [both('remove', 'port', positional(port, 'PORT'))];
    case 'security-groups':
      return [
        ...each(groupsAdded, 'GROUP').map((group) => both('add', 'security group', group)),
        ...each(groupsRemoved, 'GROUP').map((group) => both('remove', 'security group', group)),
      ];
    case 'metadata': {
      const set = metadata && Object.entries(metadata).map(([key, value]) => quoted(`${key}=${value}`));
      return changes('property', set ?? ['KEY=VALUE'], keysRemoved?.map(quoted) ?? ['KEY'], server);
    }
    case 'tags':
      return changes(
        'tag',
        tagsAdded?.map(quoted) ?? ['TAG'],
        tagsRemoved?.map(quoted) ?? ['TAG'],
        server,
        '2.26',
      );
  }
}

/** What is set and what is taken away, each with one command. */
function changes(
  name: string,
  set: readonly string[],
  unset: readonly string[],
  server: string,
  since?: string,
): readonly string[] {
  const command = (verb: string, values: readonly string[]): readonly string[] =>
    values.length === 0
      ? []
      : [openstack(['server', verb, ...values.map((value) => `--${name}=${value}`), server], since)];
  return [...command('set', set), ...command('unset', unset)];
}
