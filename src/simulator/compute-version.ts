import { novaFaultName } from './faults.js';
import { json, nothing, Refusal, type Call, type Next } from './http.js';
import { pythonRepr } from './json.js';

/** An error in Nova's shape. */
export function novaError(status: number, message: string): Response {
  return json({ [novaFaultName(status)]: { code: status, message } }, status, {
    'Content-Type': 'application/json; charset=UTF-8',
  });
}

/** An answer without a body, which Nova calls JSON all the same. */
export function done(status: number): Response {
  return nothing(status, { 'Content-Type': 'application/json' });
}

/** Ends the request with an error in Nova's shape. */
export function refuse(status: number, message: string): never {
  throw new Refusal(novaError(status, message));
}

/** `2.93` -> 93; 1 for a Nova without microversions. */
export function maxMinor(maxMicroversion: string): number {
  return /^2\.\d+$/.test(maxMicroversion) ? Number(maxMicroversion.slice(2)) : 1;
}

function wantedVersion(call: Call): string | undefined {
  for (const part of (call.req.header('OpenStack-API-Version') ?? '').split(',')) {
    const [service, version] = part.trim().split(/\s+/);
    if (service?.toLowerCase() === 'compute' && version !== undefined) return version;
  }
  return call.req.header('X-OpenStack-Nova-API-Version');
}

function nameVersion(response: Response, version: string): void {
  response.headers.set('OpenStack-API-Version', `compute ${version}`);
  response.headers.set('X-OpenStack-Nova-API-Version', version);
  response.headers.append('Vary', 'OpenStack-API-Version, X-OpenStack-Nova-API-Version');
}

/**
 * Reads the microversion a request asks for, puts it in `minor`, and names it in the answer.
 * Too new a version is 406, an unreadable one 400.
 */
export async function microversion(call: Call, next: Next): Promise<Response | undefined> {
  const limit = call.env.state.settings.maxMicroversion;
  if (limit === 'none') {
    call.set('minor', 1);
    await next();
    return undefined;
  }
  const wanted = wantedVersion(call) ?? '2.1';
  const max = maxMinor(limit);
  const parts = /^(\d+)\.(\d+)$/.exec(wanted);
  if (wanted !== 'latest' && !parts) {
    return novaError(
      400,
      `API Version String ${wanted} is of invalid format. Must be of format MajorNum.MinorNum.`,
    );
  }
  const major = wanted === 'latest' ? 2 : Number(parts?.[1]);
  const minor = wanted === 'latest' ? max : Number(parts?.[2]);
  if (major !== 2 || minor < 1 || minor > max) {
    const refusal = novaError(
      406,
      `Version ${wanted} is not supported by the API. Minimum is 2.1 and maximum is 2.${max}.`,
    );
    nameVersion(refusal, wanted);
    return refusal;
  }
  call.set('minor', minor);
  await next();
  // What no controller answered is not under the microversion's control.
  if (!call.res.headers.get('Content-Type')?.startsWith('text/html')) nameVersion(call.res, `2.${minor}`);
  return undefined;
}

/** Whether the request asks for microversion 2.`minor` or later. */
export function since(call: Call, minor: number): boolean {
  return call.get('minor') >= minor;
}

/** Refuses, in Nova's words, who is only a reader. */
export function requireMember(call: Call, policy: string): void {
  const token = call.get('token');
  if (!token.roles.includes('member') && !token.roles.includes('admin'))
    refuse(403, `Policy doesn't allow ${policy} to be performed.`);
}

/** A page of `items` by `limit` and `marker`, and the query of the next page where there may be one. */
export function page<T>(
  call: Call,
  items: readonly T[],
  idOf: (item: T) => string,
  o: { markerMissing?: (marker: string) => string } = {},
): { items: readonly T[]; next: string | undefined } {
  const { maxLimit } = call.env.state.settings;
  const wanted = call.req.query('limit');
  if (wanted !== undefined && !/^\d+$/.test(wanted)) {
    const reason = wanted === '' ? "'' is too short" : `${pythonRepr(wanted)} does not match '^[0-9]*$'`;
    refuse(400, `Invalid input for query parameters limit. Value: ${wanted}. ${reason}`);
  }
  const limit = Math.min(maxLimit, wanted === undefined ? maxLimit : Number(wanted));
  const marker = call.req.query('marker');
  let start = 0;
  if (marker !== undefined) {
    const at = items.findIndex((item) => idOf(item) === marker);
    if (at < 0) refuse(400, o.markerMissing?.(marker) ?? `marker [${marker}] not found`);
    start = at + 1;
  }
  const shown = items.slice(start, start + limit);
  const last = shown.at(-1);
  if (last === undefined || shown.length !== limit) return { items: shown, next: undefined };
  const query = new URLSearchParams(new URL(call.req.url).searchParams);
  query.set('marker', idOf(last));
  query.sort();
  return { items: shown, next: query.toString() };
}

export function selfLinks(call: Call, collection: string, id: string): unknown[] {
  const { base } = call.env;
  return [
    { rel: 'self', href: `${base}/compute/v2.1/${collection}/${id}` },
    { rel: 'bookmark', href: `${base}/compute/${collection}/${id}` },
  ];
}

/**
 * Refuses query parameters that are not `known`: since 2.75 Nova does so, before it passed them over.
 */
export function knownQuery(
  call: Call,
  known: ReadonlySet<string>,
  words: (names: readonly string[]) => string = unexpected,
): void {
  if (!since(call, 75)) return;
  const unknown = [...new Set(new URL(call.req.url).searchParams.keys())].filter((key) => !known.has(key));
  if (unknown.length > 0) refuse(400, words(unknown));
}

/** How a JSON schema without additional properties names those it found. */
export function unexpected(names: readonly string[]): string {
  const list = [...names].sort().map(pythonRepr).join(', ');
  return `Additional properties are not allowed (${list} ${names.length === 1 ? 'was' : 'were'} unexpected)`;
}

/** `sort_key`, checked against the keys the resource has; undefined where none is asked for. */
export function checkSort(call: Call, known: readonly string[]): void {
  const query = new URL(call.req.url).searchParams;
  for (const key of query.getAll('sort_key')) {
    if (!known.includes(key)) {
      const list = known.map(pythonRepr).join(', ');
      refuse(
        400,
        `Invalid input for query parameters sort_key. Value: ${key}. ${pythonRepr(key)} is not one of [${list}]`,
      );
    }
  }
  for (const direction of query.getAll('sort_dir'))
    if (direction !== 'asc' && direction !== 'desc')
      refuse(400, "Invalid input received: Unknown sort direction, must be 'desc' or 'asc'");
}
