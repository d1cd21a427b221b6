/** A name for a file about an instance: what file systems do not allow in its name is left out. */
export function fileName(instance: string, what: string): string {
  const name = instance
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 100);
  return name === '' ? what : `${name}-${what}`;
}
