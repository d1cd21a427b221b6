const SECRET = '[secret]';

/** Fernet tokens, JSON web tokens, and whatever follows a word that announces a secret. */
const TOKEN_LIKE = /\b(?:gAAAAA[\w-]{16,}={0,2}|eyJ[\w-]{8,}\.[\w-]+\.[\w-]*)/g;
const ANNOUNCED =
  /((?:x-(?:auth|subject)-token|password|passwd|secret|adminpass|(?:auth_?)?token|(?:access|api)_?key|[?&](?:code|sig|signature))["']?\s*[:=]\s*["']?)[^\s"',;&}<]+/gi;

/** `https://user:password@host`. */
const CREDENTIALS = /(\b[a-z]+:\/\/)[^\s/@]+@/gi;

/**
 * Takes secrets out of a text that comes from a server.
 *
 * @param secrets values that were sent and might be echoed
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let safe = text;
  for (const secret of secrets) if (secret) safe = safe.replaceAll(secret, SECRET);
  return safe
    .replace(TOKEN_LIKE, SECRET)
    .replace(CREDENTIALS, `$1${SECRET}@`)
    .replace(ANNOUNCED, `$1${SECRET}`);
}
