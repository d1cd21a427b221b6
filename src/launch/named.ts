/** Whether a name or an id is meant by one of these; one that ends in `*` stands for all that begin so. */
export function isNamed(
  { id, name }: { readonly id: string; readonly name: string },
  wanted: readonly string[],
): boolean {
  return wanted.some((want) => want === id || matchesName(name, want));
}

/** Whether a name is meant, in whatever case; one that ends in `*` stands for all that begin so. */
export function matchesName(name: string, wanted: string): boolean {
  return wanted.endsWith('*')
    ? name.toLowerCase().startsWith(wanted.slice(0, -1).toLowerCase())
    : name.toLowerCase() === wanted.toLowerCase();
}
