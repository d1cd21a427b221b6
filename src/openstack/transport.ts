import { abortion, within } from './abort.js';
import type { ServiceType } from './catalog.js';
import { systemClock, type Clock } from './clock.js';
import { corsLines } from './cors.js';
import { isOpenStackError, OpenStackError, refine, type Attempt, type ErrorFacts } from './errors.js';
import { isHtml, readFault } from './fault.js';
import { throughProxy, type Proxy } from './proxy.js';
import { RequestLog } from './request-log.js';
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
  readonly headers?: Readonly<Record<string, string | Secret>> | undefined;
  /** The value of OpenStack-API-Version without the service's name. */
  readonly microversion?: string | undefined;
  readonly tokens?: TokenSource | undefined;
  /** Makes the result of the parsed body; what it throws becomes kind `protocol`, reason `unexpected-body`. */
  readonly read: (body: unknown, headers: Headers) => T;
  /** Milliseconds for the whole call, repetitions included; 30,000 when left out. */
  readonly deadline?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Whether doing it twice is the same as doing it once. True for GET, HEAD, PUT and DELETE when left out. */
  readonly repeatable?: boolean | undefined;
  readonly expect?: 'json' | 'nothing' | 'text' | undefined;
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
    const { signal, deadline = DEADLINE } = request;
    const inner = new AbortController();
    const stop = (): void => inner.abort();
    let late = false;
    if (signal?.aborted) throw abortion();
    signal?.addEventListener('abort', stop, { once: true });
    this.clock.sleep(deadline, inner.signal).then(
      () => {
        late = true;
        inner.abort();
      },
      () => undefined,
    );
    try {
      return await this.#exchange(request, inner.signal, this.clock.now() + deadline);
    } catch (error) {
      if (signal?.aborted) throw abortion();
      if (!late || isOpenStackError(error)) throw error;
      throw fail(request, { kind: 'timeout', reason: repeatable(request) ? undefined : 'answer-lost' });
    } finally {
      signal?.removeEventListener('abort', stop);
      inner.abort();
    }
  }

  async #exchange<T>(request: ApiRequest<T>, signal: AbortSignal, end: number): Promise<ApiResponse<T>> {
    const { tokens } = request;
    let token = tokens && (await within(signal, tokens.token(signal)));
    let renewed = false;
    for (let repetition = 0; ;) {
      try {
        return await this.#send(request, token, signal, repetition > 0);
      } catch (error) {
        if (!isOpenStackError(error)) throw error;
        if (error.status === 401 && tokens && token && !renewed) {
          renewed = true;
          token = await this.#renew(tokens, token, error, signal);
          continue;
        }
        if (!repeatable(request) || !passing(error) || repetition === MOST_REPETITIONS) throw error;
        const pause = FIRST_PAUSE * 2 ** repetition * (0.5 + this.clock.random());
        const wait = Math.max(pause, 1000 * (error.retryAfter ?? 0));
        if (this.clock.now() + wait >= end) throw error;
        repetition += 1;
        await this.clock.sleep(wait, signal);
      }
    }
  }

  /** One renewal serves all requests that wait for it; it goes on when one of them is aborted. */
  async #renew(
    tokens: TokenSource,
    stale: Secret,
    refusal: OpenStackError,
    signal: AbortSignal,
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
    const { url, headers: passage } = throughProxy(this.#options.proxy, target);
    const headers: Record<string, string> = { Accept: 'application/json', ...passage };
    for (const [name, value] of Object.entries(request.headers ?? {})) headers[name] = String(reveal(value));
    if (token) headers['X-Auth-Token'] = String(reveal(token));
    if (microversion) headers['OpenStack-API-Version'] = `${NAMES[service] ?? service} ${microversion}`;
    const init: RequestInit = { method, headers, signal, credentials: 'omit' };
    if (request.body !== undefined) {
      headers['Content-Type'] ??= 'application/json';
      init.body = JSON.stringify(request.body, function (this: Record<string, unknown>, name) {
        return reveal(this[name]);
      });
    }

    const wasOnline = this.#online();
    const at = this.clock.now();
    const log = (status?: number, requestId?: string): void =>
      this.log.add({ method, service, url: target, status, ms: this.clock.now() - at, requestId, at });
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
    let body = '';
    try {
      if (!success || expect !== 'nothing') body = await within(signal, response.text());
    } catch (error) {
      if (signal.aborted) throw error;
      throw fail(request, {
        ...facts,
        kind: 'network',
        reason: repeatable(request) ? 'truncated' : 'answer-lost',
      });
    }
    if (!success) {
      const fault = readFault(status, body, secrets);
      const lost = !repeatable(request) && (status === 502 || status === 504);
      throw fail(request, {
        ...facts,
        ...fault,
        requestId: requestId ?? fault.requestId,
        reason: lost ? 'answer-lost' : fault.reason,
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
          reason: html ? 'html-answer' : repeatable(request) ? 'truncated' : 'answer-lost',
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
    if (!this.#online() && (repeatable(request) || !wasOnline)) return network('offline');
    if (origin?.startsWith('https:') && where.protocol === 'http:' && !isLoopback(where.hostname)) {
      return network('mixed-content');
    }
    const lost = network(repeatable(request) ? 'unreachable' : 'answer-lost');
    const foreign = origin !== undefined && origin !== where.origin;
    if (!foreign || this.#readable.has(mark(service, method, url, headers))) return lost;
    if (!(await this.#reaches(service, where.origin, signal))) return lost;
    const own = headers.filter((name) => name !== 'Accept' && name !== 'Content-Type');
    return fail(request, { kind: 'cors', reason: 'cors', configLines: corsLines(service, origin, own) });
  }

  /** Whether a host answers at all, read or not: what `no-cors` requests are good for. */
  async #reaches(service: ServiceType, origin: string, signal: AbortSignal): Promise<boolean> {
    const at = this.clock.now();
    const stop = new AbortController();
    const give = (): void => stop.abort();
    signal.addEventListener('abort', give, { once: true });
    this.clock.sleep(PROBE_DEADLINE, stop.signal).then(give, () => undefined);
    let reached = true;
    try {
      const probe = new Request(`${origin}/`, { mode: 'no-cors', credentials: 'omit', signal: stop.signal });
      await within(stop.signal, this.#fetch(probe));
    } catch {
      reached = false;
    } finally {
      signal.removeEventListener('abort', give);
      stop.abort();
    }
    const ms = this.clock.now() - at;
    this.log.add({
      method: 'GET',
      service,
      url: `${origin}/`,
      status: undefined,
      ms,
      requestId: undefined,
      at,
    });
    return reached;
  }

  #fetch(request: Request): Promise<Response> {
    return (this.#options.fetch ?? globalThis.fetch)(request);
  }

  #online(): boolean {
    return this.#options.online?.() ?? globalThis.navigator?.onLine !== false;
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

function repeatable(request: ApiRequest<unknown>): boolean {
  return request.repeatable ?? /^(?:GET|HEAD|PUT|DELETE)$/.test(request.method);
}

/** Whether an error may be gone the next time. */
function passing({ kind, reason, status }: OpenStackError): boolean {
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
