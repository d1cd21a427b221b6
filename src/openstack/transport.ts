import { abortion, within } from './abort.js';
import type { ServiceType } from './catalog.js';
import { systemClock, type Clock } from './clock.js';
import { corsLines } from './cors.js';
import {
  isAbort,
  isOpenStackError,
  OpenStackError,
  refine,
  type Attempt,
  type ErrorFacts,
  type QuotaReason,
} from './errors.js';
import { isHtml, readFault } from './fault.js';
import { throughProxy, type Proxy } from './proxy.js';
import { loggable, RequestLog } from './request-log.js';
import { Secret } from './secret.js';

export type { Clock } from './clock.js';
export type { Proxy } from './proxy.js';

export interface TransportOptions {
  /** The network; the page's own `fetch` when left out. Always called with one Request with an absolute URL. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
  readonly proxy?: Proxy | undefined;
  readonly log?: RequestLog | undefined;
  readonly clock?: Clock | undefined;
  /** Whether the computer has a network at all; asks the browser when left out. */
  readonly online?: (() => boolean) | undefined;
  /** The page's origin, for the diagnosis of CORS; asks the browser when left out. */
  readonly origin?: string | undefined;
}

/** Where a transport gets the token of a connection, and a new one after a 401. */
export interface TokenSource {
  token(signal?: AbortSignal): Promise<Secret>;
  /**
   * A token that replaces `stale`; rejects with kind `auth` when there is none to be had. The transport asks once for
   * all requests that fail at the same time.
   */
  renew(stale: Secret, signal?: AbortSignal): Promise<Secret>;
}

export interface ApiRequest<T> {
  readonly attempt: Attempt;
  readonly service: ServiceType;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  /** Sent as JSON; a Secret in it is sent as its value. */
  readonly body?: unknown;
  /** Sent as a form in place of `body`, as OAuth wants it. */
  readonly form?: Readonly<Record<string, string | Secret>> | undefined;
  readonly headers?: Readonly<Record<string, string | Secret>> | undefined;
  /** The value of OpenStack-API-Version without the service's name. */
  readonly microversion?: string | undefined;
  readonly tokens?: TokenSource | undefined;
  /** Makes the result of the parsed body; what it throws becomes kind `protocol`, reason `unexpected-body`. */
  readonly read: (body: unknown, headers: Headers) => T;
  /** Milliseconds for the network, repetitions included, waiting for a token not; 30,000 when left out. */
  readonly deadline?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Whether doing it twice is the same as doing it once. True for GET, HEAD, PUT and DELETE when left out. */
  readonly repeatable?: boolean | undefined;
  readonly expect?: 'json' | 'nothing' | 'text' | undefined;
  /** Not through the proxy: for what is no service of the cloud, and can be reached by every browser. */
  readonly direct?: boolean | undefined;
  /** Finds in a refusal's message which quota is used up. */
  readonly readQuota?: ((message: string) => QuotaReason | undefined) | undefined;
}

export interface ApiResponse<T> {
  readonly data: T;
  readonly status: number;
  readonly headers: Headers;
  /** The server's clock, where the browser may read it (`Date` must be exposed by CORS). */
  readonly date: Date | undefined;
}

const DEADLINE = 30_000;
const PROBE_DEADLINE = 5_000;
const MOST_REPETITIONS = 3;
const FIRST_PAUSE = 500;

/**
 * The way to the cloud, and the only caller of `fetch()`: token, microversion, deadline, repetition, proxy, request
 * log, and an {@link OpenStackError} for everything that goes wrong.
 */
export class Transport {
  readonly log: RequestLog;
  readonly clock: Clock;
  readonly #options: TransportOptions;
  readonly #renewals = new WeakMap<TokenSource, Promise<Secret>>();
  /** Kinds of requests whose answers the browser has let us read: their failure is not a matter of CORS. */
  readonly #readable = new Set<string>();

  constructor(options: TransportOptions = {}) {
    this.#options = options;
    this.log = options.log ?? new RequestLog();
    this.clock = options.clock ?? systemClock;
  }

  /**
   * Sends a request and reads its answer.
   *
   * A 401 is answered with one renewal of the token and one repetition. Repeatable requests are repeated at most
   * three times after a lost connection, 429, 502, 503 and 504, with back-off and `Retry-After`, as far as the
   * deadline reaches. Others never are; when their answer is lost, the error's reason is `answer-lost`: it may have
   * happened.
   *
   * @throws OpenStackError of any kind; an AbortError when `signal` was aborted
   */
  async request<T>(request: ApiRequest<T>): Promise<ApiResponse<T>> {
    const { tokens, signal, deadline = DEADLINE } = request;
    let token = tokens && (await within(signal, tokens.token(signal)));
    let renewed = false;
    let left = deadline;
    for (let repetition = 0; ;) {
      const start = this.clock.now();
      try {
        return await this.#limited(left, signal, (inner) =>
          this.#send(request, token, inner, repetition > 0),
        );
      } catch (error) {
        if (signal?.aborted) throw abortion();
        if (isAbort(error)) throw fail(request, { kind: 'timeout', reason: lost(request) });
        if (!isOpenStackError(error)) throw error;
        left -= this.clock.now() - start;
        if (error.status === 401 && tokens && token) {
          if (renewed) throw refine(error, { reason: error.reason ?? 'token-expired' });
          renewed = true;
          token = await this.#renew(tokens, token, error, signal);
          continue;
        }
        const pause = FIRST_PAUSE * 2 ** repetition * (0.5 + this.clock.random());
        const wait = Math.max(pause, 1000 * (error.retryAfter ?? 0));
        if (lost(request) || !isPassing(error) || repetition === MOST_REPETITIONS || wait >= left)
          throw error;
        left -= wait;
        repetition += 1;
        await within(signal, this.clock.sleep(wait, signal));
      }
    }
  }

  /** Ends some work with an AbortError when its time is over or the caller's signal is aborted. */
  async #limited<T>(
    ms: number,
    outer: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const inner = new AbortController();
    const stop = (): void => inner.abort();
    if (outer?.aborted) throw abortion();
    outer?.addEventListener('abort', stop, { once: true });
    this.clock.sleep(ms, inner.signal).then(stop, () => undefined);
    try {
      return await within(inner.signal, work(inner.signal));
    } finally {
      outer?.removeEventListener('abort', stop);
      stop();
    }
  }

  /** One renewal serves all requests that wait for it; it goes on when one of them is aborted. */
  async #renew(
    tokens: TokenSource,
    stale: Secret,
    refusal: OpenStackError,
    signal: AbortSignal | undefined,
  ): Promise<Secret> {
    const current = await within(signal, tokens.token(signal));
    if (current.reveal() !== stale.reveal()) return current;
    let renewal = this.#renewals.get(tokens);
    if (!renewal) {
      renewal = tokens.renew(stale).finally(() => this.#renewals.delete(tokens));
      this.#renewals.set(tokens, renewal);
    }
    try {
      return await within(signal, renewal);
    } catch (error) {
      if (!isOpenStackError(error) || error.kind !== 'auth') throw error;
      throw refine(refusal, { reason: error.reason ?? 'token-expired' });
    }
  }

  async #send<T>(
    request: ApiRequest<T>,
    token: Secret | undefined,
    signal: AbortSignal,
    again: boolean,
  ): Promise<ApiResponse<T>> {
    const { service, method, microversion, expect = 'json' } = request;
    const secrets: string[] = [];
    const reveal = (value: unknown): unknown => {
      if (!Secret.is(value)) return value;
      secrets.push(value.reveal());
      return value.reveal();
    };
    const target = withQuery(request.url, request.query);
    const proxy = request.direct ? undefined : this.#options.proxy;
    const { url, headers: passage } = throughProxy(proxy, target);
    const headers: Record<string, string> = { Accept: 'application/json', ...passage };
    for (const [name, value] of Object.entries(request.headers ?? {})) headers[name] = String(reveal(value));
    if (token) headers['X-Auth-Token'] = String(reveal(token));
    if (microversion) headers['OpenStack-API-Version'] = `${NAMES[service] ?? service} ${microversion}`;
    const init: RequestInit = { method, headers, signal, credentials: 'omit' };
    if (request.form) {
      const fields = Object.entries(request.form).map(([name, value]) => [name, String(reveal(value))]);
      init.body = new URLSearchParams(fields);
    } else if (request.body !== undefined) {
      headers['Content-Type'] ??= 'application/json';
      init.body = JSON.stringify(request.body, function (this: Record<string, unknown>, name) {
        return reveal(this[name]);
      });
    }

    const wasOnline = this.#online();
    const at = this.clock.now();
    const log = (status?: number, requestId?: string): void =>
      this.log.add({
        method,
        service,
        url: target,
        status,
        ms: this.clock.now() - at,
        requestId,
        headers: microversion ? { 'OpenStack-API-Version': headers['OpenStack-API-Version'] ?? '' } : {},
        body: loggable(request.body),
        at,
      });
    let response: Response;
    try {
      // No `cache` option: with one, Chrome asks for the preflight anew each time.
      response = await within(signal, this.#fetch(new Request(this.#absolute(url), init)));
    } catch (error) {
      log();
      if (signal.aborted) throw error;
      throw await this.#diagnose(request, url, Object.keys(headers), wasOnline, signal);
    }
    this.#readable.add(mark(service, method, url, Object.keys(headers)));
    const answered = response.headers;
    const { status } = response;
    const requestId =
      answered.get('x-openstack-request-id') ?? answered.get('x-compute-request-id') ?? undefined;
    log(status, requestId);

    const success = status >= 200 && status <= 300;
    if (!success && again && method === 'DELETE' && status === 404) {
      // The first try did it, only its answer was lost.
      return { data: request.read(undefined, answered), status, headers: answered, date: dateOf(answered) };
    }
    const facts = { service, status, requestId, url: target };
    let body: string;
    try {
      body = await within(signal, response.text());
    } catch (error) {
      if (signal.aborted) throw error;
      throw fail(request, {
        ...facts,
        kind: 'network',
        reason: lost(request) ?? 'truncated',
      });
    }
    if (!success) {
      const fault = readFault(status, body, secrets, request.readQuota);
      const receipt = answered.get('openstack-auth-receipt');
      throw fail(request, {
        ...facts,
        ...fault,
        challenge:
          fault.challenge && receipt ? { ...fault.challenge, receipt: new Secret(receipt) } : undefined,
        requestId: requestId ?? fault.requestId,
        // What a gateway says is not what the service did.
        reason: (status === 502 || status === 504 ? lost(request) : undefined) ?? fault.reason,
        retryAfter: retryAfter(answered.get('retry-after'), this.clock.now()) ?? fault.retryAfter,
      });
    }
    let parsed: unknown = body;
    if (expect === 'nothing') parsed = undefined;
    else if (expect === 'json') {
      try {
        parsed = JSON.parse(body);
      } catch {
        const html = isHtml(body);
        throw fail(request, {
          ...facts,
          kind: 'protocol',
          reason: html ? 'html-answer' : (lost(request) ?? 'truncated'),
          detail: html ? readFault(status, body, secrets).detail : undefined,
        });
      }
    }
    try {
      return { data: request.read(parsed, answered), status, headers: answered, date: dateOf(answered) };
    } catch (error) {
      if (isOpenStackError(error)) throw error;
      const detail = error instanceof TypeError ? error.message : undefined;
      throw fail(request, { ...facts, kind: 'protocol', reason: 'unexpected-body', detail });
    }
  }

  /** Why a fetch ended without an answer: a browser says no more than TypeError. */
  async #diagnose(
    request: ApiRequest<unknown>,
    url: string,
    headers: readonly string[],
    wasOnline: boolean,
    signal: AbortSignal,
  ): Promise<OpenStackError> {
    const { service, method } = request;
    const { origin } = this;
    const where = new URL(this.#absolute(url));
    const network = (reason: string): OpenStackError => fail(request, { kind: 'network', reason });
    if (!this.#online() && (!wasOnline || !lost(request))) return network('offline');
    if (origin?.startsWith('https:') && where.protocol === 'http:' && !isLoopback(where.hostname)) {
      return network('mixed-content');
    }
    const silence = network(lost(request) ?? 'unreachable');
    const foreign = origin !== undefined && origin !== where.origin;
    if (!foreign || this.#readable.has(mark(service, method, url, headers))) return silence;
    if (!(await this.#reaches(service, where.origin, signal))) return silence;
    const own = headers.filter((name) => name !== 'Accept' && name !== 'Content-Type');
    return fail(request, { kind: 'cors', reason: 'cors', configLines: corsLines(service, origin, own) });
  }

  /** Whether a host answers at all, read or not: what `no-cors` requests are good for. */
  async #reaches(service: ServiceType, origin: string, signal: AbortSignal): Promise<boolean> {
    const url = `${origin}/`;
    const at = this.clock.now();
    const reached = await this.#limited(PROBE_DEADLINE, signal, (inner) =>
      this.#fetch(new Request(url, { mode: 'no-cors', credentials: 'omit', signal: inner })),
    ).then(
      () => true,
      () => false,
    );
    const ms = this.clock.now() - at;
    this.log.add({ method: 'GET', service, url, status: undefined, ms, requestId: undefined, at });
    return reached;
  }

  #fetch(request: Request): Promise<Response> {
    return (this.#options.fetch ?? globalThis.fetch)(request);
  }

  #online(): boolean {
    return this.#options.online?.() ?? globalThis.navigator?.onLine ?? true;
  }

  /** The page's origin; undefined outside browsers, where there is no CORS. */
  get origin(): string | undefined {
    return this.#options.origin ?? globalThis.location?.origin;
  }

  /** A path proxy's prefix belongs to the page's origin, whatever `<base>` the page has. */
  #absolute(url: string): string {
    return new URL(url, this.origin).href;
  }
}

/** The names of services in OpenStack-API-Version, where they differ from the type. */
const NAMES: Partial<Record<ServiceType, string>> = { 'block-storage': 'volume' };

/** The reason when the answer stays away: undefined for what can be asked again. */
function lost({ repeatable, method }: ApiRequest<unknown>): 'answer-lost' | undefined {
  return (repeatable ?? /^(?:GET|HEAD|PUT|DELETE)$/.test(method)) ? undefined : 'answer-lost';
}

/** Whether an error may be gone the next time. */
function isPassing({ kind, reason, status }: OpenStackError): boolean {
  return (
    kind === 'rate-limit' ||
    status === 502 ||
    status === 503 ||
    status === 504 ||
    (kind === 'network' && (reason === 'unreachable' || reason === 'truncated'))
  );
}

function fail(request: ApiRequest<unknown>, facts: Omit<ErrorFacts, 'attempt'>): OpenStackError {
  const { attempt, service, url } = request;
  return new OpenStackError({ attempt, service, url, ...facts });
}

function withQuery(url: string, query: ApiRequest<unknown>['query'] = {}): string {
  const address = new URL(url);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) address.searchParams.set(name, String(value));
  }
  return address.href;
}

function mark(service: ServiceType, method: string, url: string, headers: readonly string[]): string {
  return [service, method, url.split('/', 3).join('/'), ...headers].join(' ');
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host);
}

function dateOf(headers: Headers): Date | undefined {
  const time = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(time) ? undefined : new Date(time);
}

/** Reads Retry-After, seconds or an HTTP date, as seconds from now. */
function retryAfter(value: string | null, now: number): number | undefined {
  if (!value) return undefined;
  const seconds = /^\s*\d+\s*$/.test(value) ? Number(value) : (Date.parse(value) - now) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, Math.ceil(seconds));
}
