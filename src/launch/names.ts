/** Code points in a server's name (Nova, POST /servers). */
export const NAME_LIMIT = 255;

/** Why a name cannot be used. */
export type NameProblem = 'empty' | 'too-long' | 'unprintable';

const FIRST =
  'amber azure bold brave bright calm clear coral cosmic eager early fair fleet gentle golden green happy humble keen kind lively loyal lucky lunar mellow merry nimble noble proud quick quiet silent silver solar steady still sunny swift warm wild wise young';
const SECOND =
  'acorn aspen badger beaver birch bison brook cedar clover comet coyote crane dune falcon fern finch fjord fox gecko harbor heron island ivy koala lark lotus lynx maple marten meadow moose oak orchid otter owl panda pebble pine puffin quail raven reef river robin salmon spruce swan thistle tiger willow wolf wren';

function pick(words: string, chance: number): string {
  const all = words.split(' ');
  return all[Math.min(all.length - 1, Math.floor(chance * all.length))] ?? '';
}

/**
 * A name that is easy to say and to tell from others: `swift-otter`.
 *
 * @param taken names in use; after a few collisions a number is added
 * @param random 0 to 1, as `Math.random`
 */
export function suggestName(taken: ReadonlySet<string>, random: () => number): string {
  let name = '';
  for (let attempt = 0; attempt < 5; attempt++) {
    name = `${pick(FIRST, random())}-${pick(SECOND, random())}`;
    if (!taken.has(name)) return name;
  }
  return freeName(name, taken);
}

/**
 * What is wrong with a name, by Nova's rules: 1 to 255 code points, any script, nothing that cannot be printed.
 * Space around it does not count: it is taken away before sending.
 *
 * @param count of how many instances it is the base; their numbers take room
 */
export function nameProblem(name: string, count = 1): NameProblem | undefined {
  const trimmed = name.trim();
  if (trimmed === '') return 'empty';
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(trimmed)) return 'unprintable';
  const longest = numberedNames(trimmed, count).at(-1) ?? trimmed;
  return Array.from(longest).length > NAME_LIMIT ? 'too-long' : undefined;
}

/** The name without what cannot be seen, and no longer than it may be; empty where nothing is left of it. */
export function usableName(name: string, count = 1): string {
  const room = count > 1 ? 1 + String(count).length : 0;
  return Array.from(name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').trim())
    .slice(0, NAME_LIMIT - room)
    .join('')
    .trim();
}

/** One name for each of `count` instances: `web`, or `web-1`, `web-2`, …; from ten on with leading zeros. */
export function numberedNames(name: string, count: number): readonly string[] {
  const base = name.trim();
  if (count <= 1) return [base];
  const digits = String(count).length;
  return Array.from({ length: count }, (_, i) => `${base}-${String(i + 1).padStart(digits, '0')}`);
}

/** Those of `names` that something has already; clouds allow it, people regret it. */
export function takenNames(names: readonly string[], taken: ReadonlySet<string>): readonly string[] {
  return names.filter((name) => taken.has(name));
}

/** The next name nobody has, counting on from the number at its end: `web-1` becomes `web-2`. */
export function freeName(name: string, taken: ReadonlySet<string>, count = 1): string {
  const all = name.trim().replace(/-\d{1,4}$/, '');
  // What is added has room in it, the numbers of several included.
  const base = Array.from(all)
    .slice(0, NAME_LIMIT - 10)
    .join('');
  for (let n = 2; ; n++) {
    const candidate = `${base}-${n}`;
    if (takenNames(numberedNames(candidate, count), taken).length === 0 && !taken.has(candidate))
      return candidate;
  }
}

/** A name as one label of a DNS name, as Exosphere and Nova make it; undefined where nothing is left of it. */
export function dnsLabel(name: string): string | undefined {
  const label = name
    .normalize('NFKD')
    .replace(/[ _.]/g, '-')
    .replace(/[^a-zA-Z\d-]/g, '')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
  return label === '' ? undefined : label;
}
