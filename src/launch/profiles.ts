import { exosphereMetadata, exosphereParts, OWN_PART, type ExosphereProfile } from './exosphere/prepare.js';
import { SETUP_AT_FIRST } from './exosphere/setup.js';
import type { AddressWish } from './plan.js';
import { LAUNCH_SETUP } from './setup.js';
import { gzipped, isTooLong, userDataKind } from './user-data.js';

/**
 * Who prepares an instance at its first start. `plain`: nobody, it gets what the user gave and nothing else. `kit`: a
 * small cloud-config of ours beside it; it sets no password and makes no account. `exosphere`: what Exosphere does, by
 * its own protocol, with an account and a passphrase; docs/exosphere.md.
 */
export type LaunchProfile =
  | { readonly kind: 'plain' }
  | {
      readonly kind: 'kit';
      /** Public keys, in OpenSSH form, for the image's own account, beside the key pair. */
      readonly keys: readonly string[];
      /** Names of packages, as the image's distribution knows them. */
      readonly packages: readonly string[];
    }
  | ExosphereProfile;

/**
 * How long the setup of an instance usually takes after it has become active, in seconds; undefined for one that does
 * not tell of it on its console.
 */
export function setupSeconds(profile: LaunchProfile | undefined): number | undefined {
  switch (profile?.kind) {
    case 'kit':
      return profile.packages.length > 0 ? 90 : 40;
    case 'exosphere':
      return (profile.updates ? 240 : 120) + (profile.desktop ? 900 : 0) + (profile.shell ? 120 : 0);
    default:
      return undefined;
  }
}

/** What a profile writes on the instance, beside what the user gave. */
export function profileMetadata(
  profile: LaunchProfile | undefined,
  launchId: string,
  address: AddressWish | undefined,
): Readonly<Record<string, string>> {
  switch (profile?.kind) {
    case 'kit':
      return { [LAUNCH_SETUP]: SETUP_AT_FIRST };
    case 'exosphere':
      return exosphereMetadata(profile, launchId, {
        option: address && address.kind !== 'none' ? 'useFloatingIp' : 'doNotUseFloatingIp',
        id: address?.kind === 'existing' ? address.id : undefined,
      });
    default:
      return {};
  }
}

interface Part {
  readonly type: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * The user data of an instance. Without a profile the user's own, untouched. With one, a MIME message of separate parts:
 * the user's, whose bytes are not changed (base64; a MIME message of the user's is a part as it stands), then ours.
 */
export function userDataFor(
  profile: LaunchProfile,
  own: string | Uint8Array | undefined,
): string | Uint8Array | undefined {
  if (profile.kind === 'plain') return own;
  const given = own === undefined || own.length === 0 ? undefined : own;
  if (profile.kind === 'exosphere') {
    const parts = exosphereParts(profile).map(({ text, ...part }) => ({
      ...part,
      bytes: encoder.encode(text),
    }));
    return combine(parts, given === undefined ? undefined : bytesOf(given), OWN_PART);
  }
  const ours: Part = {
    type: 'text/cloud-config',
    name: 'kit.yaml',
    bytes: encoder.encode(cloudConfig(profile)),
  };
  return given === undefined ? ours.bytes : combine([ours], bytesOf(given), 'part-001');
}

/**
 * The same as it is sent: what is too long for Nova goes out gzipped, where it is something that cloud-init takes. Then
 * the user's bytes are what comes out of it, as they were. What is too long all the same stays as it is, for Nova's
 * client to say so.
 */
export async function userDataToSend(
  profile: LaunchProfile,
  own: string | Uint8Array | undefined,
): Promise<string | Uint8Array | undefined> {
  const data = userDataFor(profile, own);
  if (data === undefined || !isTooLong(data)) return data;
  const kind = userDataKind(data);
  // What is nothing to cloud-init is for something else, which may know no gzip.
  if (kind === undefined || kind === 'gzip') return data;
  const small = await gzipped(data);
  return isTooLong(small) ? data : small;
}

function bytesOf(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? encoder.encode(data) : data;
}

/** What the kit asks of cloud-init. JSON is YAML, and needs no library to be written without mistakes. */
export function cloudConfig({ keys, packages }: Extract<LaunchProfile, { kind: 'kit' }>): string {
  // One JSON object on the serial console, which can be read without a way into the instance.
  const say = (status: string) =>
    `printf '{"status":"${status}","epoch":%s000}\\n' "$(date +%s)" > /dev/console || true`;
  return `#cloud-config\n${JSON.stringify(
    {
      ...(keys.length > 0 && { ssh_authorized_keys: keys }),
      ...(packages.length > 0 && { package_update: true, packages }),
      bootcmd: [['cloud-init-per', 'instance', 'exo-running', 'sh', '-c', say('running')]],
      runcmd: [['sh', '-c', say('complete')]],
      // Of two cloud-configs both lists are carried out, instead of one alone.
      merge_how: 'list(append)+dict(recurse_array)+str()',
    },
    undefined,
    1,
  )}\n`;
}

/** @param ownName of the user's part: scripts run in the order of their names */
function combine(ours: readonly Part[], own: Uint8Array | undefined, ownName: string): Uint8Array {
  const boundary = boundaryFor(own);
  const head = `Content-Type: multipart/mixed; boundary="${boundary}"\r\nMIME-Version: 1.0\r\n`;
  // Ours come last: cloud-init merges each part into those before it in the way that the part itself asks for.
  return concat([
    encoder.encode(head),
    ...(own ? [encoder.encode(`\r\n--${boundary}\r\n`), ownPart(own, ownName)] : []),
    ...ours.map((part) => encoder.encode(`\r\n--${boundary}\r\n${headers(part)}${base64Lines(part.bytes)}`)),
    encoder.encode(`\r\n--${boundary}--\r\n`),
  ]);
}

function ownPart(bytes: Uint8Array, name: string): Uint8Array {
  const kind = userDataKind(bytes);
  // It has its headers already, and what is in it is for cloud-init to take apart.
  if (kind === 'mime') return bytes;
  // By any other type than this cloud-init would not look into it to see what it is.
  const type = kind === 'gzip' ? 'application/gzip' : 'text/plain';
  return encoder.encode(headers({ type, name, bytes }) + base64Lines(bytes));
}

function headers({ type, name }: Part): string {
  return `Content-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="${name}"\r\n\r\n`;
}

/** A line that is nowhere in the user's data. */
function boundaryFor(own: Uint8Array | undefined): string {
  const text = own ? decoder.decode(own) : '';
  let boundary = '===exo-user-data===';
  for (let n = 1; text.includes(boundary); n++) boundary = `===exo-user-data-${n}===`;
  return boundary;
}

function base64Lines(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return (btoa(binary).match(/.{1,76}/g) ?? []).join('\r\n');
}

function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
