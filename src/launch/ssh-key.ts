import { Secret } from '../openstack/secret.js';

/** A key pair made in this browser. The private half exists only here until it is saved. */
export interface GeneratedKey {
  /** `ecdsa` where the browser cannot make Ed25519 keys. */
  readonly type: 'ed25519' | 'ecdsa';
  /** One line, as `authorized_keys` and Nova want it. */
  readonly publicKey: string;
  /** A file in the format of OpenSSH, without a passphrase. */
  readonly privateKey: Secret;
}

/** What somebody pasted as a public key, understood or not. */
export type PublicKeyReading =
  | { readonly ok: true; readonly line: string; readonly type: string; readonly comment: string }
  | { readonly ok: false; readonly problem: 'empty' | 'private-key' | 'several' | 'not-a-key' };

const ALGORITHMS = new Set([
  'ssh-ed25519',
  'ssh-rsa',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
]);

/** Whether keys can be made here: WebCrypto is missing on pages that came without TLS. */
export function canGenerateKeys(): boolean {
  return typeof globalThis.crypto?.subtle?.generateKey === 'function';
}

/**
 * Makes a key pair: Ed25519, or ECDSA P-256 where WebCrypto has no Ed25519.
 *
 * @param comment stands at the end of the public key and tells people which key it is
 */
export async function generateSshKey(comment: string): Promise<GeneratedKey> {
  const plain = comment.replace(/[^\x21-\x7e]+/g, '-');
  let ed25519: CryptoKeyPair;
  try {
    ed25519 = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  } catch {
    return ecdsaKey(plain);
  }
  const { x, d } = await crypto.subtle.exportKey('jwk', ed25519.privateKey);
  const publicHalf = fromBase64Url(x);
  return assemble(
    'ed25519',
    'ssh-ed25519',
    [publicHalf],
    [publicHalf, concat(fromBase64Url(d), publicHalf)],
    plain,
  );
}

async function ecdsaKey(comment: string): Promise<GeneratedKey> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]);
  const { x, y, d } = await crypto.subtle.exportKey('jwk', pair.privateKey);
  const curve = utf8('nistp256');
  const point = concat(Uint8Array.of(4), fromBase64Url(x), fromBase64Url(y));
  return assemble(
    'ecdsa',
    'ecdsa-sha2-nistp256',
    [curve, point],
    [curve, point, positive(fromBase64Url(d))],
    comment,
  );
}

/**
 * The file that `ssh-keygen` writes, by hand: the format is small, and no library of this size is.
 * https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key
 */
function assemble(
  type: GeneratedKey['type'],
  algorithm: string,
  publicParts: readonly Uint8Array[],
  privateParts: readonly Uint8Array[],
  comment: string,
): GeneratedKey {
  const name = utf8(algorithm);
  const publicBlob = concat(...[name, ...publicParts].map(lengthed));
  // The same random word twice: whoever decrypts an encrypted key sees by it that the passphrase was right.
  const check = crypto.getRandomValues(new Uint8Array(4));
  const secret = concat(check, check, ...[name, ...privateParts, utf8(comment)].map(lengthed));
  const padding = Uint8Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, i) => i + 1);
  const none = lengthed(utf8('none'));
  const file = concat(
    utf8('openssh-key-v1\0'),
    none, // cipher
    none, // key derivation
    lengthed(new Uint8Array()),
    uint32(1),
    lengthed(publicBlob),
    lengthed(concat(secret, padding)),
  );
  const lines = toBase64(file).match(/.{1,70}/g) ?? [];
  return {
    type,
    publicKey: `${algorithm} ${toBase64(publicBlob)} ${comment}`.trim(),
    privateKey: new Secret(
      ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n'),
    ),
  };
}

/**
 * Reads a pasted public key: OpenSSH's one line, or the form of RFC 4716 that PuTTYgen saves. A private key is told
 * apart so that it can be refused with a word of explanation, and goes no further.
 */
export function readPublicKey(text: string): PublicKeyReading {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: false, problem: 'empty' };
  if (
    /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----|PuTTY-User-Key-File|^Private-Lines:|SSH2 ENCRYPTED PRIVATE/m.test(
      trimmed,
    )
  ) {
    return { ok: false, problem: 'private-key' };
  }
  if (trimmed.startsWith('---- BEGIN SSH2 PUBLIC KEY ----')) return readRfc4716(trimmed);
  const lines = trimmed.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  if (lines.length > 1) {
    // A line that an editor or a mail has folded is one key still.
    const folded = lines.map((line) => line.trim()).join('');
    const whole = lines.filter((line) => /^(ssh-|ecdsa-|sk-)/.test(line)).length === 1 && understand(folded);
    if (whole) return whole;
    return { ok: false, problem: lines.every((line) => understand(line)) ? 'several' : 'not-a-key' };
  }
  return understand(lines[0] ?? '') ?? { ok: false, problem: 'not-a-key' };
}

function readRfc4716(text: string): PublicKeyReading {
  const body = text.replace(/----[^-]+----/g, '').replace(/\\\r?\n/g, '');
  const comment = /^Comment: "?(.*?)"?\r?$/im.exec(body)?.[1] ?? '';
  const base64 = body.replace(/^[\w-]+:.*$/gm, '').replace(/\s+/g, '');
  const type = algorithmOf(base64);
  return (type && understand(`${type} ${base64} ${comment}`)) || { ok: false, problem: 'not-a-key' };
}

function understand(line: string): Extract<PublicKeyReading, { ok: true }> | undefined {
  const [type = '', base64 = '', ...rest] = line.trim().split(/\s+/);
  if (!ALGORITHMS.has(type) || algorithmOf(base64) !== type) return undefined;
  const comment = rest.join(' ');
  return { ok: true, type, comment, line: [type, base64, comment].filter(Boolean).join(' ') };
}

/** The algorithm a key's own bytes name: a key that was cut or mixed up names none, or another. */
function algorithmOf(base64: string): string | undefined {
  if (base64.length < 60 || base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64))
    return undefined;
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  const parts: Uint8Array[] = [];
  while (at + 4 <= bytes.length) {
    const length = view.getUint32(at);
    if (at + 4 + length > bytes.length) return undefined;
    parts.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return at === bytes.length && parts.length > 1 ? new TextDecoder().decode(parts[0]) : undefined;
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function lengthed(bytes: Uint8Array): Uint8Array {
  return concat(uint32(bytes.length), bytes);
}

/** RFC 4251 `mpint`: no needless zeros in front, and one where the first bit would read as a minus. */
function positive(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const value = bytes.subarray(start);
  return (value[0] ?? 0) >= 0x80 ? concat(Uint8Array.of(0), value) : value;
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function fromBase64Url(text = ''): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
    letter.charCodeAt(0),
  );
}
