import { exosphereMetadata, exosphereParts, OWN_PART, type ExosphereProfile } from './exosphere/prepare.js';
import { SETUP_AT_FIRST } from './exosphere/setup.js';
import { kitConfig, type KitProfile } from './kit.js';
import { mountMetadata, type KitVolume } from './kit-volumes.js';
import type { AddressWish } from './plan.js';
import { LAUNCH_SETUP } from './setup.js';
import { gunzipped, gzipped, isTooLong, userDataKind } from './user-data.js';

/**
 * Who prepares an instance at its first start. `plain`: nobody, it gets what the user gave and nothing else. `kit`: a
 * small cloud-config of ours beside it, which sets no password and makes no account; docs/kit.md. `exosphere`: what
 * Exosphere does, by its own protocol, with an account and a passphrase; docs/exosphere.md.
 */
export type LaunchProfile = { readonly kind: 'plain' } | KitProfile | ExosphereProfile;

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
  volumes: readonly KitVolume[],
): Readonly<Record<string, string>> {
  switch (profile?.kind) {
    case 'kit':
      return { [LAUNCH_SETUP]: SETUP_AT_FIRST, ...mountMetadata(volumes) };
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

/** What the user brings, as it goes into a message beside ours. */
interface Own {
  readonly bytes: Uint8Array;
  readonly type: 'text/plain' | 'application/gzip' | 'application/octet-stream' | 'message';
}

/**
 * The user data of an instance. Without a profile the user's own, untouched. With one, a MIME message of separate parts:
 * the user's, whose bytes are not changed (base64; a MIME message of the user's is a part as it stands), then ours.
 *
 * @param volumes that the profile `kit` mounts
 */
export function userDataFor(
  profile: LaunchProfile,
  own: string | Uint8Array | undefined,
  volumes: readonly KitVolume[] = [],
): string | Uint8Array | undefined {
  return profile.kind === 'plain' ? own : messageFor(profile, ownOf(own), volumes);
}

/**
 * The same as it is sent: what is too long for Nova goes out gzipped, where it is something that cloud-init takes. Then
 * the user's bytes are what comes out of it, as they were. What is too long all the same stays as it is, for Nova's
 * client to say so.
 */
export async function userDataToSend(
  profile: LaunchProfile,
  own: string | Uint8Array | undefined,
  volumes: readonly KitVolume[] = [],
): Promise<string | Uint8Array | undefined> {
  const data = profile.kind === 'plain' ? own : messageFor(profile, await lookedInto(ownOf(own)), volumes);
  if (data === undefined || !isTooLong(data)) return data;
  const kind = userDataKind(data);
  // What is nothing to cloud-init is for something else, which may know no gzip.
  if (kind === undefined || kind === 'gzip') return data;
  const small = await gzipped(data);
  return isTooLong(small) ? data : small;
}

function messageFor(
  profile: Exclude<LaunchProfile, { kind: 'plain' }>,
  own: Own | undefined,
  volumes: readonly KitVolume[],
): Uint8Array {
  if (profile.kind === 'exosphere') {
    const parts = exosphereParts(profile).map(({ text, ...part }) => ({
      ...part,
      bytes: encoder.encode(text),
    }));
    return combine(parts, own, OWN_PART);
  }
  const ours: Part = {
    type: 'text/cloud-config',
    name: 'kit.yaml',
    bytes: encoder.encode(kitConfig(profile, volumes)),
  };
  return own ? combine([ours], own, 'part-001') : ours.bytes;
}

function ownOf(data: string | Uint8Array | undefined): Own | undefined {
  if (data === undefined || data.length === 0) return undefined;
  const bytes = typeof data === 'string' ? encoder.encode(data) : data;
  switch (userDataKind(bytes)) {
    case 'mime':
      return { bytes, type: 'message' };
    case 'gzip':
      return { bytes, type: 'application/gzip' };
    default:
      // By any other type than this cloud-init would not look into it to see what it is.
      return { bytes, type: 'text/plain' };
  }
}

/**
 * Of a gzipped part cloud-init expects text that is no message; for anything else it would drop all parts, ours too.
 * Alone, it would take the message and leave the rest alone.
 */
async function lookedInto(own: Own | undefined): Promise<Own | undefined> {
  if (own?.type !== 'application/gzip') return own;
  const bytes = await gunzipped(own.bytes);
  if (!bytes || !isText(bytes)) return { ...own, type: 'application/octet-stream' };
  return userDataKind(bytes) === 'mime' ? { bytes, type: 'message' } : own;
}

function isText(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** @param ownName of the user's part: scripts run in the order of their names */
function combine(ours: readonly Part[], own: Own | undefined, ownName: string): Uint8Array {
  const boundary = boundaryFor(own?.bytes);
  const head = `Content-Type: multipart/mixed; boundary="${boundary}"\r\nMIME-Version: 1.0\r\n`;
  // Ours come last: cloud-init merges each part into those before it in the way that the part itself asks for.
  return concat([
    encoder.encode(head),
    ...(own ? [encoder.encode(`\r\n--${boundary}\r\n`), ownPart(own, ownName)] : []),
    ...ours.map((part) => encoder.encode(`\r\n--${boundary}\r\n${headers(part)}${base64Lines(part.bytes)}`)),
    encoder.encode(`\r\n--${boundary}--\r\n`),
  ]);
}

function ownPart({ type, bytes }: Own, name: string): Uint8Array {
  // It has its headers already, and what is in it is for cloud-init to take apart.
  if (type === 'message') return bytes;
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
