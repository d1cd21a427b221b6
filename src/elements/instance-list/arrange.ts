import type { Server } from '../../openstack/compute.js';
import type { Connection } from '../../session/connection.js';
import { addressKey, orderAddresses } from './addresses.js';
import { creatorOf as writtenCreator } from './facets.js';
import type { Differences } from './differences.js';
import { Ranks } from './ranks.js';
import { statusOf, statusRank, type StatusWord } from './status.js';

/** A column that shows data; each has a message `column-<key>`. */
export type ColumnKey =
  PlaceKey | 'name' | 'status' | 'addresses' | 'size' | 'image' | 'cost' | 'age' | FurtherKey;

/** A column that is shown only where it is asked for. */
export type FurtherKey = 'creator' | 'keypair' | 'network' | 'zone' | 'tags' | 'id';

/** A column that says where an instance is. */
export type PlaceKey = 'cloud' | 'project' | 'region';

export const COLUMNS: readonly ColumnKey[] = ['name', 'status', 'addresses', 'size', 'image', 'age'];

export const PLACES: readonly PlaceKey[] = ['project', 'cloud', 'region'];

export const FURTHER: readonly FurtherKey[] = ['creator', 'keypair', 'network', 'zone', 'tags', 'id'];

/** Shown where the portal has prices, unless other columns are asked for. */
export const COST: ColumnKey = 'cost';

const EVERY: ReadonlySet<string> = new Set([...COLUMNS, COST, ...PLACES, ...FURTHER]);

export function isColumn(word: string): word is ColumnKey {
  return EVERY.has(word);
}

/** What a row has in a column that shows a plain text; undefined where it has nothing. */
export function furtherOf(server: Server, key: FurtherKey): string | undefined {
  switch (key) {
    case 'creator':
      return writtenCreator(server) || undefined;
    case 'keypair':
      return server.keyName;
    case 'network':
      return [...new Set(server.addresses.map(({ network }) => network))].join(', ') || undefined;
    case 'zone':
      return server.availabilityZone;
    case 'tags':
      return server.tags.join(', ') || undefined;
    case 'id':
      return server.id;
  }
}

/**
 * The columns named in `list` (separated by spaces or commas), in their order; when it names none, all that say what
 * an instance is, and after the name those of `differing`, by which places can be told apart.
 *
 * @param priced whether it is known what instances cost
 */
export function columnsFrom(
  list: string | undefined,
  differing: readonly PlaceKey[] = [],
  priced = false,
): readonly ColumnKey[] {
  const named = (list ?? '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(isColumn);
  // Without the name a row could not be told from its neighbours.
  const usual = [...differing, ...COLUMNS.flatMap((key) => (key === 'age' && priced ? [COST, key] : key))];
  return [...new Set<ColumnKey>(['name', ...(named.length === 0 ? usual : named)])];
}

/** In what the places of a list differ from each other. */
export function differingIn(places: readonly Place[]): readonly PlaceKey[] {
  return PLACES.filter((key) => new Set(places.map((place) => placePart(place, key))).size > 1);
}

/** What of a connection a person tells it by. */
export type Place = Pick<Connection, 'cloudName' | 'project' | 'region'>;

export function placePart(place: Place, key: PlaceKey): string {
  return placeParts(place)[key];
}

export function placeParts({ cloudName, project, region }: Place): Readonly<Record<PlaceKey, string>> {
  return { cloud: cloudName, project: project.name, region: region ?? '' };
}

export interface Sort {
  readonly key: ColumnKey;
  readonly direction: 'ascending' | 'descending';
}

/** The youngest instance first: what was just launched is what one looks for. */
export const DEFAULT_SORT: Sort = { key: 'age', direction: 'ascending' };

/** What a click on the head of column `key` makes of the sort. */
export function nextSort(sort: Sort, key: ColumnKey): Sort {
  return { key, direction: sort.key === key && sort.direction === 'ascending' ? 'descending' : 'ascending' };
}

export interface Arrangement {
  readonly query: string;
  readonly filter: StatusWord | undefined;
  /** What else was chosen; nothing when all are wanted. */
  readonly chosen?: ((server: Server) => boolean) | undefined;
  readonly sort: Sort;
  /** Orders names as the reader's language does. */
  readonly compare: (a: string, b: string) => number;
  /** The name of a row's image, as it is shown. */
  readonly imageName: (server: Server) => string;
  /** Where a row is, in the words of a column. */
  readonly placeOf: (server: Server, key: PlaceKey) => string;
  /** Who made it, by name where that is known. */
  readonly creatorOf?: ((server: Server) => string) | undefined;
  /** What a row costs an hour; undefined where that is not known. */
  readonly costOf?: ((server: Server) => number | undefined) | undefined;
  /** Keeps what was found out about the order of texts from one time to the next. */
  readonly ranks?: Ranks | undefined;
  /** Ids in the order to keep, while somebody is in the middle of something; rows that are new go where they belong. */
  readonly hold?: readonly string[] | undefined;
}

/** The rows to show, in order. */
export function arrange(rows: readonly Server[], arrangement: Arrangement): readonly Server[] {
  const { hold } = arrangement;
  const sorted = sortRows(shownOf(rows, arrangement), arrangement);
  return hold === undefined ? sorted : keepOrder(sorted, hold);
}

/** What decides whether a row is wanted. */
export type Wanted = Pick<Arrangement, 'query' | 'filter' | 'chosen' | 'placeOf'>;

/** The rows that are wanted, as they stand; the same array where all are. */
export function shownOf(rows: readonly Server[], wanted: Wanted): readonly Server[] {
  const all = wanted.query.trim() === '' && wanted.filter === undefined && wanted.chosen === undefined;
  return all ? rows : rows.filter(shownBy(wanted));
}

/** Whether a row is among those that are wanted. */
export function shownBy({ query, filter, chosen, placeOf }: Wanted): (row: Server) => boolean {
  const matches = matcher(query, placeOf);
  return (row) =>
    (filter === undefined || statusOf(row).word === filter) && matches(row) && (chosen?.(row) ?? true);
}

/** So many rows that differ are put in their places one by one; more are sorted together. */
const FEW = 50;

/**
 * What `arrange` makes of rows of which a few differ from those that were arranged last: without going through all.
 * Undefined where that is no less work.
 * @param arranged the rows arranged last; with `hold` they stay where they are
 */
export function rearrange(
  arranged: readonly Server[],
  { came, went, changed }: Differences<Server>,
  arrangement: Omit<Arrangement, 'hold'> & { readonly hold: boolean },
): readonly Server[] | undefined {
  if (came.length + went.length + changed.length > FEW) return undefined;
  const isShown = shownBy(arrangement);
  const after = new Map(changed.map(([was, row]) => [was, isShown(row) ? row : undefined]));
  const out = new Set(went);
  const enter = new Set(came.filter(isShown));
  for (const [was, row] of after) if (row && (!arrangement.hold || !arranged.includes(was))) enter.add(row);
  const kept = arranged.flatMap((row) => {
    if (!after.has(row)) return out.has(row) ? [] : row;
    const now = after.get(row);
    return now === undefined || enter.has(now) ? [] : now;
  });
  const compare = comparison(arrangement);
  for (const row of enter) {
    let low = 0;
    let high = kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = kept[middle];
      if (other && compare(other, row) <= 0) low = middle + 1;
      else high = middle;
    }
    kept.splice(low, 0, row);
  }
  return kept;
}

/** Status words with how often they occur. */
export type StatusCounts = readonly { readonly word: StatusWord; readonly count: number }[];

/** The status words that occur with how often, the most pressing first. `chosen` stays even when nothing has it. */
export function statusCounts(rows: readonly Server[], chosen?: StatusWord): StatusCounts {
  const counts = new Map<StatusWord, { rank: number; count: number }>();
  for (const row of rows) {
    const { word, tone } = statusOf(row);
    const entry = counts.get(word) ?? { rank: statusRank(tone), count: 0 };
    entry.count += 1;
    counts.set(word, entry);
  }
  if (chosen !== undefined && !counts.has(chosen)) counts.set(chosen, { rank: 9, count: 0 });
  return [...counts]
    .sort(([, a], [, b]) => a.rank - b.rank || b.count - a.count)
    .map(([word, { count }]) => ({ word, count }));
}

/**
 * Whether a row is meant by what was typed: part of its name (accents, case, `-` and `_` do not count), id or address,
 * or of the cloud or project it is in.
 */
export function matcher(query: string, placeOf?: Arrangement['placeOf']): (row: Server) => boolean {
  const plain = query.trim().toLowerCase();
  if (plain === '') return () => true;
  const wanted = fold(plain);
  const isPlace = new Map<string, boolean>();
  const at = (place: string): boolean => {
    const known = isPlace.get(place) ?? place.toLowerCase().includes(plain);
    isPlace.set(place, known);
    return known;
  };
  return (row) => {
    const text = searched(row);
    return (
      text.plain.includes(plain) ||
      (wanted !== '' && text.folded.includes(wanted)) ||
      (placeOf !== undefined && (at(placeOf(row, 'cloud')) || at(placeOf(row, 'project'))))
    );
  };
}

interface SearchedText {
  readonly plain: string;
  readonly folded: string;
}

const SEARCHED = new WeakMap<object, SearchedText>();

/** Rows are asked again with each letter that is typed. */
function searched(row: Pick<Server, 'name' | 'id' | 'addresses'>): SearchedText {
  const known = SEARCHED.get(row);
  if (known) return known;
  let plain = `${row.name}\n${row.id}`;
  // What is typed is one line, so nothing is found across two of them.
  for (const { address } of row.addresses) plain += `\n${address}`;
  const text = { plain: plain.toLowerCase(), folded: fold(row.name) };
  SEARCHED.set(row, text);
  return text;
}

function fold(text: string): string {
  // Most names have no letter that decomposes.
  const apart = /^[\p{ASCII}]*$/u.test(text) ? text : text.normalize('NFD');
  return apart.replace(/[\p{M}\s_-]/gu, '').toLowerCase();
}

/**
 * What a row does not have stands last in both directions; rows that are equal are ordered by name, then id, so that a
 * poll never shuffles them.
 */
function comparison(arrangement: Omit<Arrangement, 'hold'>): (a: Server, b: Server) => number {
  const { sort, compare } = arrangement;
  const sign = sort.direction === 'ascending' ? 1 : -1;
  const text = sort.key === 'addresses' ? plainly : compare;
  const by = (row: Server) => KEYS[sort.key](row, arrangement);
  return (a, b) => contrast(by(a), by(b), sign, text) || settle(a, b, compare);
}

function settle(a: Server, b: Server, compare: (a: string, b: string) => number): number {
  return compare(a.name, b.name) || plainly(a.created, b.created) || plainly(a.id, b.id);
}

function sortRows(rows: readonly Server[], arrangement: Arrangement): readonly Server[] {
  const { sort, compare } = arrangement;
  const sign = sort.direction === 'ascending' ? 1 : -1;
  const by = KEYS[sort.key];
  const ranked = sort.key !== 'addresses';
  // Once for each row, and numbers for texts: a comparison is made a dozen times for each, and one of texts is slow.
  const keyed = rows.map((row) => ({ row, key: by(row, arrangement), name: 0 }));
  const texts = new Set<string>();
  for (const { row, key } of keyed) {
    texts.add(row.name);
    if (ranked) for (const part of key) if (typeof part === 'string') texts.add(part);
  }
  const ranks = arrangement.ranks ?? new Ranks(compare);
  ranks.add(texts);
  for (const entry of keyed) {
    entry.name = ranks.of(entry.row.name);
    if (ranked) entry.key = entry.key.map((part) => (typeof part === 'string' ? ranks.of(part) : part));
  }
  keyed.sort(
    (a, b) =>
      contrast(a.key, b.key, sign, plainly) ||
      a.name - b.name ||
      plainly(a.row.created, b.row.created) ||
      plainly(a.row.id, b.row.id),
  );
  return keyed.map(({ row }) => row);
}

type Part = number | string | undefined;

const KEYS: Readonly<
  Record<
    ColumnKey,
    (
      row: Server,
      context: Pick<Arrangement, 'imageName' | 'placeOf' | 'costOf' | 'creatorOf'>,
    ) => readonly Part[]
  >
> = {
  cloud: (row, { placeOf }) => [placeOf(row, 'cloud') || undefined],
  project: (row, { placeOf }) => [placeOf(row, 'project') || undefined],
  region: (row, { placeOf }) => [placeOf(row, 'region') || undefined],
  creator: (row, { creatorOf }) => [creatorOf?.(row) || furtherOf(row, 'creator')],
  keypair: (row) => [furtherOf(row, 'keypair')],
  network: (row) => [furtherOf(row, 'network')],
  zone: (row) => [furtherOf(row, 'zone')],
  tags: (row) => [furtherOf(row, 'tags')],
  id: (row) => [row.id],
  name: (row) => [row.name === '' ? undefined : row.name],
  status: (row) => {
    const { tone, word } = statusOf(row);
    return [statusRank(tone), word];
  },
  addresses: (row) => {
    const first = orderAddresses(row.addresses)[0];
    return [first === undefined ? undefined : addressKey(first.address)];
  },
  size: ({ flavor }) => [flavor.vcpus, flavor.ram, flavor.name],
  image: (row, { imageName }) => [imageName(row) || undefined],
  cost: (row, { costOf }) => [costOf?.(row)],
  // Ages grow as creation times fall.
  age: (row) => [-createdAt(row) || undefined],
};

const CREATED = new WeakMap<object, number>();

/** Milliseconds since 1970; not a number where that is not told. */
function createdAt(row: Pick<Server, 'created'>): number {
  const known = CREATED.get(row) ?? Date.parse(row.created);
  CREATED.set(row, known);
  return known;
}

function contrast(
  one: readonly Part[],
  two: readonly Part[],
  sign: number,
  text: (a: string, b: string) => number,
): number {
  for (const [at, a] of one.entries()) {
    const b = two[at];
    if (a === undefined || b === undefined) {
      if (a !== b) return a === undefined ? 1 : -1;
      continue;
    }
    const difference = typeof a === 'number' && typeof b === 'number' ? a - b : text(String(a), String(b));
    if (difference !== 0) return sign * difference;
  }
  return 0;
}

function plainly(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Rows in the order of `hold`; one that is not in it goes behind the row it would follow. */
function keepOrder(sorted: readonly Server[], hold: readonly string[]): readonly Server[] {
  const place = new Map(hold.map((id, at) => [id, at]));
  const kept = sorted
    .filter((row) => place.has(row.id))
    .sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
  if (kept.length === sorted.length) return kept;
  const result: Server[] = [];
  const followers = new Map<string | undefined, Server[]>();
  let before: string | undefined;
  for (const row of sorted) {
    if (place.has(row.id)) before = row.id;
    else followers.set(before, [...(followers.get(before) ?? []), row]);
  }
  result.push(...(followers.get(undefined) ?? []));
  for (const row of kept) result.push(row, ...(followers.get(row.id) ?? []));
  return result;
}
