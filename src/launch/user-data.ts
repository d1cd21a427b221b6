/** Nova takes this many base64 characters (POST /servers, `user_data`). */
export const USER_DATA_LIMIT = 65_535;

/** The most bytes that fit: 49,149. */
export const USER_DATA_BYTES = Math.floor(USER_DATA_LIMIT / 4) * 3;

/** Bytes that a boot script takes; text is sent as UTF-8. */
export function userDataBytes(data: string | Uint8Array): number {
  return typeof data === 'string' ? new TextEncoder().encode(data).length : data.length;
}

/** Whether Nova would refuse it for its size. */
export function isTooLong(data: string | Uint8Array): boolean {
  return userDataBytes(data) > USER_DATA_BYTES;
}

/** What cloud-init takes a boot script for, by its first bytes; undefined: it would be ignored. */
export function userDataKind(
  data: string | Uint8Array,
): 'script' | 'cloud-config' | 'mime' | 'gzip' | 'other' | undefined {
  if (typeof data !== 'string' && data[0] === 0x1f && data[1] === 0x8b) return 'gzip';
  const start = typeof data === 'string' ? data : new TextDecoder().decode(data.subarray(0, 256));
  if (start.startsWith('#!')) return 'script';
  if (/^#cloud-config\b/.test(start)) return 'cloud-config';
  if (/^(content-type|mime-version):/i.test(start)) return 'mime';
  return /^(#(cloud-boothook|include|part-handler|upstart-job|cloud-config-archive)|## template: jinja)/.test(
    start,
  )
    ? 'other'
    : undefined;
}

/** The same bytes, gzipped: cloud-init takes either, and a text becomes a fraction. */
export async function gzipped(data: string | Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([typeof data === 'string' ? data : new Uint8Array(data)])
    .stream()
    .pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Gzip makes of a text a few per cent at best. */
const BEST_RATIO = 50;

/** Whether nothing will make it fit: it is too long, and no text that cloud-init takes gzipped. Told at once. */
export function cannotFit(data: string | Uint8Array): boolean {
  if (!isTooLong(data)) return false;
  const kind = userDataKind(data);
  return kind === undefined || kind === 'gzip' || userDataBytes(data) > USER_DATA_BYTES * BEST_RATIO;
}

/** Whether cloud-init can be given it, gzipped where it has to be. */
export async function fits(data: string | Uint8Array): Promise<boolean> {
  if (!isTooLong(data)) return true;
  const kind = userDataKind(data);
  return kind !== undefined && kind !== 'gzip' && !isTooLong(await gzipped(data));
}
