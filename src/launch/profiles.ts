import { userDataKind } from './user-data.js';

/**
 * Who prepares an instance at its first start. `plain`: nobody, it gets what the user gave and nothing else. `kit`: a
 * small cloud-config of ours beside it; it sets no password and makes no account.
 */
export type LaunchProfile =
  | { readonly kind: 'plain' }
  | {
      readonly kind: 'kit';
      /** Public keys, in OpenSSH form, for the image's own account, beside the key pair. */
      readonly keys: readonly string[];
      /** Names of packages, as the image's distribution knows them. */
      readonly packages: readonly string[];
    };

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
  const ours: Part = {
    type: 'text/cloud-config',
    name: 'kit.yaml',
    bytes: encoder.encode(cloudConfig(profile)),
  };
  if (own === undefined || own.length === 0) return ours.bytes;
  return combine(ours, typeof own === 'string' ? encoder.encode(own) : own);
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

function combine(ours: Part, own: Uint8Array): Uint8Array {
  const boundary = boundaryFor(own);
  const head = `Content-Type: multipart/mixed; boundary="${boundary}"\r\nMIME-Version: 1.0\r\n\r\n--${boundary}\r\n`;
  // Ours comes last: cloud-init merges each part into those before it in the way that the part itself asks for.
  const last = `\r\n--${boundary}\r\n${headers(ours)}${base64Lines(ours.bytes)}\r\n--${boundary}--\r\n`;
  return concat([encoder.encode(head), ownPart(own), encoder.encode(last)]);
}

function ownPart(bytes: Uint8Array): Uint8Array {
  const kind = userDataKind(bytes);
  // It has its headers already, and what is in it is for cloud-init to take apart.
  if (kind === 'mime') return bytes;
  // By any other type than this cloud-init would not look into it to see what it is.
  const type = kind === 'gzip' ? 'application/gzip' : 'text/plain';
  // Scripts run in the order of their names: before `runcmd`, which tells that all is done.
  return encoder.encode(headers({ type, name: 'part-001', bytes }) + base64Lines(bytes));
}

function headers({ type, name }: Part): string {
  return `Content-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="${name}"\r\n\r\n`;
}

/** A line that is nowhere in the user's data. */
function boundaryFor(own: Uint8Array): string {
  const text = decoder.decode(own);
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

/** The same, gzipped: cloud-init takes either, and a text becomes a fraction. */
export async function gzipped(data: string | Uint8Array): Promise<Uint8Array> {
  const bytes = typeof data === 'string' ? encoder.encode(data) : data;
  const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
