import { isGroupPolicy, type GroupPolicy } from '../openstack/server-groups.js';

/** What is needed to go on with a launch from another browser, beyond what its parts tell themselves. */
export interface Recipe {
  /** Undefined where the boot volume is made already or was chosen. */
  readonly imageId: string | undefined;
  readonly flavorId: string;
  readonly keyName: string | undefined;
  /** Tells that key from another person's of the same name, see `keyTag`; there where there is room. */
  readonly keyTag?: string | undefined;
  /** Where the floating IP comes from; undefined where none is wanted. */
  readonly addressFrom: string | undefined;
  /** Sizes of the data volumes of each instance, GiB. */
  readonly volumes: readonly number[];
  /** Name of the DNS zone. */
  readonly zone: string | undefined;
  /** Undefined where a port tells it. */
  readonly networkId: string | undefined;
  /** The network outside that a router is made to; undefined where none is made, or it is there already. */
  readonly wayOut: string | undefined;
  /** Ids; none where a port tells them. */
  readonly groups: readonly string[];
  /** How the instances stand to each other in a server group of their own. */
  readonly serverGroup: GroupPolicy | undefined;
}

/**
 * A recipe in few characters without a space, for the end of a mark. UUIDs become 22 characters of base64url. What a
 * mark has no room for (a boot script, metadata of the user's own, ...) is not in it: a launch that has such is not
 * written at all, so that nobody goes on with half of it.
 */
export function writeRecipe(recipe: Recipe): string {
  const fields: [string, string][] = [
    ['i', recipe.imageId === undefined ? '' : pack(recipe.imageId)],
    ['f', pack(recipe.flavorId)],
    ['k', recipe.keyName ?? ''],
    ['a', recipe.addressFrom === undefined ? '' : pack(recipe.addressFrom)],
    ['v', recipe.volumes.join('.')],
    ['d', recipe.zone ?? ''],
    ['n', recipe.networkId === undefined ? '' : pack(recipe.networkId)],
    ['w', recipe.wayOut === undefined ? '' : pack(recipe.wayOut)],
    ['g', recipe.groups.map(pack).join('.')],
    ['s', recipe.serverGroup ?? ''],
  ];
  const text = fields
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  // It can be done without, and must not crowd out the recipe.
  return recipe.keyTag === undefined || text.length > LONG ? text : `${text}&h=${recipe.keyTag}`;
}

/** With the longest mark before it, and a tag behind it, so many characters still fit into a description. */
const LONG = 170;

/** Undefined where it is none. */
export function readRecipe(text: string): Recipe | undefined {
  const fields = new URLSearchParams(text);
  const flavor = fields.get('f');
  const policy = fields.get('s') ?? '';
  // What this version does not know is not left out silently.
  if (flavor === null || (policy !== '' && !isGroupPolicy(policy))) return undefined;
  const tag = fields.get('h');
  const id = (name: string) => {
    const value = fields.get(name);
    return value === null ? undefined : unpack(value);
  };
  return {
    imageId: id('i'),
    flavorId: unpack(flavor),
    keyName: fields.get('k') ?? undefined,
    ...(tag !== null && { keyTag: tag }),
    addressFrom: id('a'),
    volumes: (fields.get('v') ?? '')
      .split('.')
      .map(Number)
      .filter((size) => size > 0),
    zone: fields.get('d') ?? undefined,
    networkId: id('n'),
    wayOut: id('w'),
    serverGroup: isGroupPolicy(policy) ? policy : undefined,
    groups: (fields.get('g') ?? '').split('.').filter(Boolean).map(unpack),
  };
}

const UUID = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})$/;

/** `~` and 22 characters for a UUID; anything else as it is. */
function pack(id: string): string {
  if (!UUID.test(id)) return id;
  const bytes = id.replaceAll('-', '').match(/../g) ?? [];
  const binary = bytes.map((byte) => String.fromCharCode(parseInt(byte, 16))).join('');
  return `~${btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

function unpack(text: string): string {
  if (!/^~[\w-]{22}$/.test(text)) return text;
  const binary = atob(text.slice(1).replaceAll('-', '+').replaceAll('_', '/'));
  const hex = Array.from(binary, (char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
