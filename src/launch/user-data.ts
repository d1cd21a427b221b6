import { userDataBytes } from './user-data-size.js';

/** Nova takes this many base64 characters (POST /servers, `user_data`). */
export const USER_DATA_LIMIT = 65_535;

/** The most bytes that fit: 49,149. */
export const USER_DATA_BYTES = Math.floor(USER_DATA_LIMIT / 4) * 3;

/** Whether Nova would refuse it for its size. */
export function isTooLong(data: string | Uint8Array): boolean {
  return userDataBytes(data) > USER_DATA_BYTES;
}

/** How far cloud-init looks for the header by which it knows a MIME message. */
const MIME_HEAD = 4096;

/** What cloud-init takes a boot script for, by its first bytes; undefined: it would be ignored. */
export function userDataKind(
  data: string | Uint8Array,
): 'script' | 'cloud-config' | 'mime' | 'gzip' | 'other' | undefined {
  if (typeof data !== 'string' && data[0] === 0x1f && data[1] === 0x8b) return 'gzip';
  const head =
    typeof data === 'string'
      ? data.slice(0, MIME_HEAD)
      : new TextDecoder('utf-8', { ignoreBOM: true }).decode(data.subarray(0, MIME_HEAD));
  // Not every space of JavaScript's is one of Python's: a byte order mark makes it something else.
  const start = head.replace(/^[^\S\ufeff]+/, '');
  if (start.startsWith('#!')) return 'script';
  if (/^#cloud-config(?!-)/i.test(start)) return 'cloud-config';
  if (/^(#(cloud-boothook|cloud-config-|include|part-handler|upstart-job)|## template: jinja)/i.test(start))
    return 'other';
  // Other headers may come first, and the line with which a mailbox begins a message.
  return /^(?:[!-9;-~]+:|From )/.test(head) && /mime-version:/i.test(head) ? 'mime' : undefined;
}

/** The same bytes, gzipped: cloud-init takes either, and a text becomes a fraction. */
export async function gzipped(data: string | Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([typeof data === 'string' ? data : new Uint8Array(data)])
    .stream()
    .pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** What is gzipped; undefined where it is broken. */
export async function gunzipped(data: Uint8Array): Promise<Uint8Array | undefined> {
  const stream = new Blob([new Uint8Array(data)]).stream().pipeThrough(new DecompressionStream('gzip'));
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    return undefined;
  }
}

/** Gzip makes of a text a few per cent at best. */
const BEST_RATIO = 50;

/** Whether it is so long that no gzip makes it fit. */
export function isBeyondGzip(data: string | Uint8Array): boolean {
  return userDataBytes(data) > USER_DATA_BYTES * BEST_RATIO;
}

/** Whether cloud-init can be given it, gzipped where it has to be. */
export async function fits(data: string | Uint8Array): Promise<boolean> {
  if (!isTooLong(data)) return true;
  const kind = userDataKind(data);
  return kind !== undefined && kind !== 'gzip' && !isTooLong(await gzipped(data));
}
