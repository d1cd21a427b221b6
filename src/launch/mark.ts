/**
 * Which launch made something, and what it is in it. Servers and volumes carry it as the value of the metadata entry
 * {@link LAUNCH_MARK}; what has no metadata carries it in its description, with that key before it. It holds no
 * secret and nothing about a person. docs/launch-marks.md tells all of it.
 *
 * - a server: `1f0c…-9a 2/3`
 * - a volume: `1f0c…-9a 2/3 volume-1`
 * - a port, in its description: `exo:launch 1f0c…-9a 2/3 port`
 * - a key pair, at the end of its public key's comment: `ssh-ed25519 AAAA… ada exo:launch 1f0c…-9a 1/3 key`
 * - a server group, at the end of its name: `web-group-exo-1f0c2d3e4f5a`
 */
export const LAUNCH_MARK = 'exo:launch';

/** Written on the first things a launch makes, beside {@link LAUNCH_MARK}, where there is metadata. */
export const LAUNCH_RECIPE = 'exo:launch-recipe';

/** The owner of a port that waits for its server; Nova puts its own there when the server takes it. */
export const WAITING_PORT = 'exo:launch';

/** Longest value of metadata, longest description. */
export const MARK_LIMIT = 255;

/** What a thing is in its launch; `server` is not written. `boot` and `volume-1`, `volume-2`, … are volumes. */
export type LaunchPart =
  | 'server'
  | 'port'
  | 'address'
  | 'group'
  | 'network'
  | 'subnet'
  | 'router'
  | 'dns'
  | 'key'
  | 'server-group'
  | 'boot'
  | `volume-${number}`;

export interface LaunchMark {
  /** The launch, see {@link newLaunchId}; of a server group only what {@link shortId} leaves of it. */
  readonly launchId: string;
  /** Which of the instances it is for, from 1 to `count`; 1 for what all of them share. */
  readonly number: number;
  readonly count: number;
  readonly part: LaunchPart;
  /** How to go on, as `recipe.ts` writes it; empty where it did not fit or is not needed. */
  readonly recipe: string;
}

export function writeMark({ launchId, number, count, part, recipe }: LaunchMark): string {
  const mark = `${launchId} ${number}/${count}${part === 'server' ? '' : ` ${part}`}`;
  return recipe === '' || mark.length + 1 + recipe.length > MARK_LIMIT ? mark : `${mark} ${recipe}`;
}

/** The same for a description. */
export function writeDescription(mark: LaunchMark): string {
  const text = `${LAUNCH_MARK} ${writeMark(mark)}`;
  return text.length > MARK_LIMIT ? `${LAUNCH_MARK} ${writeMark({ ...mark, recipe: '' })}` : text;
}

/** What stands at the end of the mark of a router that connects a network of the project which was there before. */
export function writeConnects(networkId: string): string {
  return `n=${networkId}`;
}

/** The network that a router connects; undefined where its launch has made that as well. */
export function readConnects({ part, recipe }: LaunchMark): string | undefined {
  return part === 'router' ? /^n=(\S+)$/.exec(recipe)?.[1] : undefined;
}

const PARTS = /^(?:port|address|group|network|subnet|router|dns|key|boot|volume-\d{1,3})$/;

function isPart(text: string): text is LaunchPart {
  return PARTS.test(text);
}

function parse(text: string): LaunchMark | undefined {
  const parts = /^(\S{1,200}) (\d{1,4})\/(\d{1,4})(?: (\S+))?(?: (\S+))?$/.exec(text);
  const [, launchId, number, count, part = 'server', recipe = ''] = parts ?? [];
  if (launchId === undefined) return undefined;
  if (part !== 'server' && !isPart(part)) return undefined;
  return { launchId, number: Number(number), count: Number(count), part, recipe };
}

/** The mark in metadata; undefined for what was made by other means. */
export function readMark(metadata: Readonly<Record<string, string>>): LaunchMark | undefined {
  return parse(metadata[LAUNCH_MARK] ?? '');
}

/** The mark in a description; undefined for what was made by other means. */
export function readDescription(description: string): LaunchMark | undefined {
  return description.startsWith(`${LAUNCH_MARK} `)
    ? parse(description.slice(LAUNCH_MARK.length + 1))
    : undefined;
}

/** A public key with the mark of the launch that adds it as a key pair: a comment is for people to read. */
export function writeKeyMark(publicKey: string, mark: LaunchMark): string {
  return `${publicKey.trim()} ${writeDescription(mark)}`;
}

/** A public key as it was before a launch has marked it. */
export function withoutMark(publicKey: string): string {
  return readKeyMark(publicKey) ? publicKey.slice(0, publicKey.lastIndexOf(` ${LAUNCH_MARK} `)) : publicKey;
}

/** The mark in a public key; undefined for one that was added by other means. */
export function readKeyMark(publicKey: string): LaunchMark | undefined {
  const at = publicKey.lastIndexOf(` ${LAUNCH_MARK} `);
  return at < 0 ? undefined : readDescription(publicKey.slice(at + 1).trim());
}

/** The name of a server group with the mark of the launch that makes it: it has nothing else that could carry one. */
export function writeGroupName(name: string, launchId: string): string {
  const end = `-exo-${shortId(launchId)}`;
  return (
    Array.from(name)
      .slice(0, GROUP_NAME_LIMIT - end.length)
      .join('') + end
  );
}

/** What {@link shortId} leaves of the launch that made a server group; undefined where it was made by other means. */
export function readGroupName(name: string): string | undefined {
  return /-exo-([0-9a-f]{12})$/.exec(name)?.[1];
}

const GROUP_NAME_LIMIT = 255;

/** What a name has room for: the time of the launch in milliseconds, which no other launch of a project shares. */
export function shortId(launchId: string): string {
  return launchId.replaceAll('-', '').slice(0, 12);
}

/** When a launch was begun by the clock of its page, milliseconds since 1970; undefined where its id does not tell. */
export function beganAt(launchId: string): number | undefined {
  const [time] = /^[0-9a-f]{12}(?=7[0-9a-f]{19}$|$)/.exec(launchId.replaceAll('-', '')) ?? [];
  return time === undefined ? undefined : parseInt(time, 16);
}

/**
 * A new launch id: a UUID of version 7, whose beginning is the time. `crypto.randomUUID` makes another version, and is
 * missing on pages served without TLS; `getRandomValues` is not.
 *
 * @param now milliseconds since 1970
 */
export function newLaunchId(now = Date.now()): string {
  const time = Math.floor(now).toString(16).padStart(12, '0');
  return (time + randomHex(10)).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-7$3-a$4-$5');
}

/** A UUID that tells nothing, of version 4. */
export function randomUuid(): string {
  return randomHex(16).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5');
}

function randomHex(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return [...random].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
