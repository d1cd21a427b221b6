/** What Nova does with SSH keys: fingerprints of imported ones, and new pairs for old clients. */

function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** MD5 as 16 pairs of hexadecimal digits with colons, or undefined for what is no public key. */
export function fingerprintOf(publicKey: string): string | undefined {
  const [type, data] = publicKey.trim().split(/\s+/);
  if (!type || !/^(ssh-|ecdsa-|sk-)/.test(type) || data === undefined) return undefined;
  const bytes = bytesOf(data);
  // The data names its type again; what does not is no key.
  if (!bytes || bytes.length < 4 + type.length) return undefined;
  const inner = String.fromCharCode(...bytes.subarray(4, 4 + type.length));
  return inner === type ? md5(bytes).join(':') : undefined;
}

/** RFC 1321; WebCrypto leaves it out, and Nova's fingerprints are made of it. */
function md5(message: Uint8Array): string[] {
  const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
  const length = (((message.length + 8) >> 6) << 6) + 64;
  const view = new DataView(new ArrayBuffer(length));
  message.forEach((byte, index) => view.setUint8(index, byte));
  view.setUint8(message.length, 0x80);
  view.setUint32(length - 8, (message.length * 8) >>> 0, true);
  let [a0, b0, c0, d0] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let block = 0; block < length; block += 64) {
    let [a, b, c, d] = [a0, b0, c0, d0];
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const [f, g] =
        round === 0
          ? [(b & c) | (~b & d), i]
          : round === 1
            ? [(d & b) | (~d & c), (5 * i + 1) % 16]
            : round === 2
              ? [b ^ c ^ d, (3 * i + 5) % 16]
              : [c ^ (b | ~d), (7 * i) % 16];
      const constant = Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32);
      const sum = (a + f + constant + view.getUint32(block + g * 4, true)) | 0;
      const shift = shifts[round * 4 + (i % 4)] ?? 0;
      [a, d, c, b] = [d, c, b, (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0];
    }
    a0 = (a0 + a) | 0;
    b0 = (b0 + b) | 0;
    c0 = (c0 + c) | 0;
    d0 = (d0 + d) | 0;
  }
  const digest = new DataView(new ArrayBuffer(16));
  [a0, b0, c0, d0].forEach((word, index) => digest.setUint32(index * 4, word, true));
  return Array.from({ length: 16 }, (_, index) => digest.getUint8(index).toString(16).padStart(2, '0'));
}

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function fromUrlBase64(text: string | undefined): Uint8Array {
  return bytesOf((text ?? '').replaceAll('-', '+').replaceAll('_', '/')) ?? new Uint8Array();
}

/** The parts of an SSH key, each with its length before it. */
function sshParts(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + 4 + part.length, 0));
  const view = new DataView(result.buffer);
  let at = 0;
  for (const part of parts) {
    view.setUint32(at, part.length);
    result.set(part, at + 4);
    at += 4 + part.length;
  }
  return result;
}

/** A multiple precision integer: a leading zero keeps it positive. */
function mpint(bytes: Uint8Array): Uint8Array {
  return (bytes[0] ?? 0) & 0x80 ? Uint8Array.of(0, ...bytes) : bytes;
}

/** What PKCS #8 wraps around an RSA key of 2,048 bits; within is the older form Nova hands out. */
const PKCS8_HEADER_BYTES = 26;

/** An RSA pair of 2,048 bits as Nova makes it (before microversion 2.92): PEM and authorized_keys. */
export async function generateKeypair(): Promise<{ publicKey: string; privateKey: string }> {
  const { subtle } = globalThis.crypto;
  const pair = await subtle.generateKey(
    {
      name: 'RSASSA-PKCS1-v1_5',
      modulusLength: 2048,
      publicExponent: Uint8Array.of(1, 0, 1),
      hash: 'SHA-256',
    },
    true,
    ['sign', 'verify'],
  );
  const jwk = await subtle.exportKey('jwk', pair.publicKey);
  const der = new Uint8Array(await subtle.exportKey('pkcs8', pair.privateKey));
  const blob = sshParts([
    new TextEncoder().encode('ssh-rsa'),
    mpint(fromUrlBase64(jwk.e)),
    mpint(fromUrlBase64(jwk.n)),
  ]);
  const lines = base64(der.subarray(PKCS8_HEADER_BYTES)).match(/.{1,64}/g) ?? [];
  return {
    publicKey: `ssh-rsa ${base64(blob)} Generated-by-Nova`,
    privateKey: `-----BEGIN RSA PRIVATE KEY-----\n${lines.join('\n')}\n-----END RSA PRIVATE KEY-----\n`,
  };
}
