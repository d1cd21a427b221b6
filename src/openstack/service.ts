import type { ServiceType } from './catalog.js';
import type { Attempt } from './errors.js';
import { readQuota } from './quota-message.js';
import { collectProblems, isRecord, type Page, type Reader } from './schema.js';
import type { ApiRequest, ApiResponse, TokenSource, Transport } from './transport.js';

export interface ServiceClientOptions {
  readonly transport: Transport;
  readonly type: ServiceType;
  /** The URL from the catalog. */
  readonly endpoint: string;
  readonly tokens: TokenSource;
  readonly projectId: string;
}

/** A class of clients, such as ComputeClient, which says for which service it is. */
export interface ServiceClientClass<C> {
  readonly type: ServiceType;
  new (options: ServiceClientOptions): C;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

type Call<T> = Omit<ApiRequest<T>, 'service' | 'url' | 'tokens' | 'readQuota'> & { readonly path: string };

/** What the clients of all services share: the endpoint, the token and how lists are read to their end. */
export abstract class ServiceClient {
  readonly type: ServiceType;
  readonly projectId: string;
  /** The URL that paths of calls are appended to; with the API's version. */
  readonly endpoint: string;
  readonly #transport: Transport;
  readonly #tokens: TokenSource;

  constructor(o: ServiceClientOptions) {
    this.type = o.type;
    this.projectId = o.projectId;
    this.endpoint = o.endpoint.replace(/\/+$/, '');
    this.#transport = o.transport;
    this.#tokens = o.tokens;
  }

  protected request<T>({ path, ...call }: Call<T>): Promise<ApiResponse<T>> {
    return this.#transport.request({
      ...call,
      readQuota,
      service: this.type,
      url: this.endpoint + path,
      tokens: this.#tokens,
    });
  }

  /** Follows a list's `next` links to its end, one page at a time. */
  protected async *pages<T>(
    attempt: Attempt,
    path: string,
    key: string,
    reader: Reader<T>,
    o: Pick<Call<T>, 'query' | 'microversion' | 'signal'> = {},
  ): AsyncGenerator<Page<T>, void, undefined> {
    const followed = new Set<string>();
    let next: Readonly<Record<string, string>> | undefined;
    do {
      const query: ApiRequest<T>['query'] = { ...o.query, ...next };
      const { data, date } = await this.request({
        ...o,
        attempt,
        method: 'GET',
        path,
        query,
        read: (body) => readPage(body, key, reader),
      });
      const marker = data.next?.['marker'] ?? '';
      // A service that repeats a page would have us ask for ever.
      next = followed.has(marker) ? undefined : data.next;
      followed.add(marker);
      yield { rows: data.rows, problems: data.problems, next: next !== undefined, date };
    } while (next);
  }
}

/** Reads one answer of a list; `next` is the query that asks for the following one. */
export function readPage<T>(
  body: unknown,
  key: string,
  reader: Reader<T>,
): { rows: T[]; problems: Page<T>['problems']; next: Record<string, string> | undefined } {
  const raw = isRecord(body) ? body[key] : undefined;
  if (!isRecord(body) || !Array.isArray(raw)) throw new TypeError(`no list of ${key} in the answer`);
  const { problems, report } = collectProblems();
  const rows: T[] = [];
  for (const item of raw) {
    const row = reader(item, report, key, 'row');
    if (row !== undefined) rows.push(row);
  }
  return { rows, problems, next: nextQuery(body, key) };
}

/** The query of the next page. Only that of the link is taken: its host is often one that browsers cannot reach. */
function nextQuery(body: Readonly<Record<string, unknown>>, key: string): Record<string, string> | undefined {
  const links = body[`${key}_links`];
  const link: unknown = Array.isArray(links)
    ? links.find((each: unknown) => isRecord(each) && each['rel'] === 'next')
    : undefined;
  const href: unknown = isRecord(link) ? link['href'] : body['next'];
  if (typeof href !== 'string' || !href.includes('?')) return undefined;
  const query = Object.fromEntries(new URLSearchParams(href.slice(href.indexOf('?') + 1)));
  return query['marker'] ? query : undefined;
}
