/**
 * A few characters by which a public key can be told from another one of the same name, whatever its comment. No more
 * than that: somebody who wants to can make another key with the same tag.
 */
export function keyTag(publicKey: string): string {
  // FNV-1a, 32 bits.
  let hash = 0x811c9dc5;
  for (const char of publicKey.trim().split(/\s+/)[1] ?? '')
    hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return hash.toString(36);
}
