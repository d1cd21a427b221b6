const STEP = 30_000;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function decoded(base32: string): Uint8Array<ArrayBuffer> {
  const bits = Array.from(base32.replace(/=+$/, ''), (letter) =>
    ALPHABET.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('');
  const bytes = new Uint8Array(Math.floor(bits.length / 8));
  return bytes.map((_, index) => parseInt(bits.slice(index * 8, index * 8 + 8), 2));
}

/**
 * The one-time code that an authenticator shows: RFC 6238 with HMAC-SHA-1, six digits, 30 seconds.
 *
 * @param secret base32
 * @param time milliseconds since the epoch
 */
export async function passcodeAt(secret: string, time: number): Promise<string> {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(Math.floor(time / STEP)));
  const { subtle } = globalThis.crypto;
  const key = await subtle.importKey('raw', decoded(secret), { name: 'HMAC', hash: 'SHA-1' }, false, [
    'sign',
  ]);
  const mac = new DataView(await subtle.sign('HMAC', key, counter.buffer));
  const offset = mac.getUint8(mac.byteLength - 1) & 0xf;
  return String((mac.getUint32(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

/** Whether a code is the one of now or of the half minute before, as Keystone allows by default. */
export async function isPasscode(secret: string, time: number, code: string): Promise<boolean> {
  return code === (await passcodeAt(secret, time)) || code === (await passcodeAt(secret, time - STEP));
}
