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
