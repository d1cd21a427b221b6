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
