/** A place where an answer differs from the API reference. */
export interface RowProblem {
  readonly kind: 'unknown-field' | 'unknown-value' | 'wrong-type' | 'missing-field';
  /** The kind of row, such as `server` or `server.flavor`. */
  readonly row: string;
  readonly field: string;
  /** The value that is unknown. */
  readonly value?: string;
}

/** One answer of a list, and whether more follow. */
export interface Page<T> {
  readonly rows: T[];
  readonly next: boolean;
  readonly problems: RowProblem[];
  /** The server's clock, where the browser may read it. */
  readonly date: Date | undefined;
}

export type Report = (problem: RowProblem) => void;

/** Reads a value that is neither undefined nor null; undefined means it could not be understood. */
export type Reader<V> = (value: unknown, report: Report, row: string, field: string) => V | undefined;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function primitive<V>(fits: (value: unknown) => value is V): Reader<V> {
  return (value, report, row, field) => {
    if (fits(value)) return value;
    report({ kind: 'wrong-type', row, field });
    return undefined;
  };
}

// Three tests of a type do not need a schema library: docs/decisions/no-zod.md.
export const text = /* @__PURE__ */ primitive((value) => typeof value === 'string');
export const count = /* @__PURE__ */ primitive((value): value is number => Number.isFinite(value));
export const flag = /* @__PURE__ */ primitive((value) => typeof value === 'boolean');

/** One of a closed set of words; another word is reported. */
export function oneOf<const V extends string>(values: readonly V[]): Reader<V> {
  return (value, report, row, field) => {
    const word = text(value, report, row, field);
    const known = values.find((candidate) => candidate === word);
    if (word !== undefined && known === undefined) report({ kind: 'unknown-value', row, field, value: word });
    return known;
  };
}

/** A list whose entries are read one by one; those that are not understood are left out. */
export function list<V>(entry: Reader<V>): Reader<V[]> {
  return (value, report, row, field) => {
    if (!Array.isArray(value)) {
      report({ kind: 'wrong-type', row, field });
      return undefined;
    }
    return value.map((item: unknown) => entry(item, report, row, field)).filter((item) => item !== undefined);
  };
}

/** An object with free keys; entries that are not understood are left out. */
export function dict<V>(entry: Reader<V>): Reader<Record<string, V>> {
  return (value, report, row, field) => {
    if (!isRecord(value)) {
      report({ kind: 'wrong-type', row, field });
      return undefined;
    }
    const result: Record<string, V> = {};
    for (const [key, item] of Object.entries(value)) {
      const understood = entry(item, report, row, field);
      if (understood !== undefined) result[key] = understood;
    }
    return result;
  };
}

/** Takes a value as it is: for fields whose form varies and which are understood elsewhere. */
export const anything: Reader<unknown> = (value) => value;

/** How one property of a row comes from one field of the answer. */
export interface Field<V> {
  readonly name: string;
  readonly read: Reader<unknown>;
  readonly fallback: V;
  /** What its absence means: nothing, a report, or the loss of the row. */
  readonly need: 'none' | 'report' | 'row';
}

/** A text field without which the row cannot be used. */
export function key(name: string): Field<string> {
  return { name, read: text, fallback: '', need: 'row' };
}

/** A field that every service has always sent; its absence is reported. */
export function needed<V>(name: string, read: Reader<V>, fallback: V): Field<V> {
  return { name, read, fallback, need: 'report' };
}

/** A field that may be absent or null. */
export function optional<V>(name: string, read: Reader<V>): Field<V | undefined>;
export function optional<V>(name: string, read: Reader<V>, fallback: V): Field<V>;
export function optional<V>(name: string, read: Reader<V>, fallback?: V): Field<V | undefined> {
  return { name, read, fallback, need: 'none' };
}

export type Fields = Readonly<Record<string, Field<unknown>>>;
export type Row<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer V> ? V : never };

/**
 * Reads an object field by field: one that is wrong falls back to its default and is reported, the others stay.
 *
 * @param known fields that exist and are not used; `'open'` where any further field is allowed
 * @param partial recognises rows that rightly come without most fields
 */
export function rowReader<F extends Fields>(
  row: string,
  fields: F,
  known: readonly string[] | 'open' = [],
  partial: (raw: Readonly<Record<string, unknown>>) => boolean = () => false,
): Reader<Row<F>> {
  const entries = Object.entries(fields);
  const names = known === 'open' ? undefined : new Set([...known, ...entries.map(([, field]) => field.name)]);
  return (raw, report, parent, at) => {
    if (!isRecord(raw)) {
      report({ kind: 'wrong-type', row: parent, field: at });
      return undefined;
    }
    if (names)
      for (const name in raw) if (!names.has(name)) report({ kind: 'unknown-field', row, field: name });
    const result: Record<string, unknown> = {};
    for (const [property, field] of entries) {
      const value = raw[field.name];
      const absent = value === undefined || value === null;
      if (value === undefined && field.need !== 'none' && !partial(raw)) {
        report({ kind: 'missing-field', row, field: field.name });
      }
      const understood = absent ? undefined : field.read(value, report, row, field.name);
      if (understood === undefined && field.need === 'row') return undefined;
      result[property] = understood ?? field.fallback;
    }
    return result as Row<F>;
  };
}

const reported = new Map<string, RowProblem>();
const listeners = new Set<Report>();

/**
 * Tells of every difference between the cloud's answers and the API reference, each once, those already met
 * included. For contract tests and diagnosis pages; the function returned ends it.
 */
export function onRowProblem(listener: Report): () => void {
  for (const problem of reported.values()) listener(problem);
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Collects the problems of one answer, each once, and announces those that are new to the page. */
export function collectProblems(): { problems: RowProblem[]; report: Report } {
  const found = new Map<string, RowProblem>();
  const problems: RowProblem[] = [];
  return {
    problems,
    report(problem) {
      const id = Object.values(problem).join('\n');
      if (found.has(id)) return;
      found.set(id, problem);
      problems.push(problem);
      if (reported.has(id) || reported.size > 999) return;
      reported.set(id, problem);
      for (const listener of listeners) listener(problem);
    },
  };
}

/** Reads one object; throws when nothing of it can be used. */
export function readRow<T>(reader: Reader<T>, raw: unknown, name: string): T {
  const row = reader(raw, collectProblems().report, 'body', name);
  if (row === undefined) throw new TypeError(`no ${name} in the answer`);
  return row;
}

/** The value of one key of a body; throws when the body is not an object that has it. */
export function member(body: unknown, name: string): unknown {
  if (!isRecord(body) || !(name in body)) throw new TypeError(`no ${name} in the answer`);
  return body[name];
}
