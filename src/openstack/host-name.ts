/**
 * The host name for a server whose name has letters such as ü: Nova leaves these in, networks with DNS integration
 * refuse them, and the server ends in ERROR. What is outside Latin-1 Nova takes out itself.
 *
 * @returns 2 to 63 letters, digits and hyphens; undefined where Nova's own choice will do
 */
export function hostName(name: string): string | undefined {
  if (!/[\x80-\xff]/.test(name)) return undefined;
  const plain = name
    .normalize('NFKD')
    .replace(/[ _.]/g, '-')
    .replace(/[^a-zA-Z\d-]/g, '')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
  return plain.length > 1 ? plain : `server${plain && '-'}${plain}`;
}
