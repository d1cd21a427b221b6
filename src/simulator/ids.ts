/** Identifiers that look like the real ones and repeat from run to run, so pictures and tests do. */

export class Ids {
  #state: number;

  constructor(seed = 0x5eed) {
    this.#state = seed >>> 0;
  }

  /** A number in [0, 1): mulberry32, which is small and good enough for looks. */
  random(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  hex(length: number): string {
    let text = '';
    while (text.length < length)
      text += Math.floor(this.random() * 2 ** 32)
        .toString(16)
        .padStart(8, '0');
    return text.slice(0, length);
  }

  /** A version 4 UUID. */
  uuid(): string {
    const variant = '89ab'.charAt(Math.floor(this.random() * 4));
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-${variant}${this.hex(3)}-${this.hex(12)}`;
  }

  /** The 32 hexadecimal digits of users and projects. */
  id(): string {
    return this.hex(32);
  }

  mac(): string {
    const tail = this.hex(6);
    return `fa:16:3e:${tail.slice(0, 2)}:${tail.slice(2, 4)}:${tail.slice(4, 6)}`;
  }
}

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** A token nobody guesses: unlike the other identifiers it opens something. */
export function tokenValue(): string {
  const bytes = new Uint8Array(48);
  globalThis.crypto.getRandomValues(bytes);
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return 'gAAAAA' + btoa(binary).replaceAll('+', '-').replaceAll('/', '_');
}

/** `2026-01-31T12:00:00Z`, as Nova, Glance and Neutron write a moment. */
export function isoSeconds(time: number): string {
  return new Date(time).toISOString().slice(0, 19) + 'Z';
}

/** `2026-01-31T12:00:00.000000`, as Nova and Cinder write some older fields. */
export function isoMicros(time: number): string {
  return new Date(time).toISOString().slice(0, 19) + '.000000';
}
