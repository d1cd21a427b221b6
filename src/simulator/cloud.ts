import { compute } from './compute.js';
import { addCorsHeaders, preflight } from './cors.js';
import { dns } from './dns.js';
import { faultResponse, Faults, truncated, type Fault, type FaultMatch } from './faults.js';
import { json, newApp, Refusal, type Bindings } from './http.js';
import { identity } from './identity.js';
import { image } from './image.js';
import { network } from './network.js';
import { settingsOf, type CloudOptions, type SimulatedService, type SimulatorClock } from './options.js';
import { placement } from './placement.js';
import { seed } from './seed.js';
import { CloudState, type RegionState } from './state.js';
import { isForProxy, proxied } from './user-app-proxy.js';
import { volume } from './volume.js';

/** A cloud in memory. See {@link createCloud}. */
export interface Cloud {
  /**
   * Answers a request as the cloud would; give it to anything that takes a `fetch`. Rejects with a
   * `TypeError` for other origins and dropped connections, with an `AbortError` when aborted.
   */
  readonly fetch: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;
  readonly origin: string;
  /** What to sign in at: `{origin}/v3`. */
  readonly authUrl: string;
  /** What the services know, for tests to look at and to arrange. */
  readonly state: CloudState;
  /** How many requests arrived, preflights among them. */
  readonly requestCount: number;
  /** Makes the next matching call go wrong; answers a function that takes the fault back. */
  fail(match: FaultMatch, fault: Fault): () => void;
  /**
   * Keeps the next matching call waiting until the function it answers is called: before the service hears of it, or
   * (`answered`) with the service's answer made and on its way. `reached` resolves when a call has come that waits.
   */
  hold(
    match: FaultMatch,
    o?: { readonly answered?: boolean },
  ): (() => void) & { readonly reached: Promise<void> };
  /** Takes all faults back. */
  clearFaults(): void;
  /** Lets time pass: transitions, token lifetimes and all. */
  advance(milliseconds: number): void;
  /** Ends every token of a user, or of everybody. */
  revokeTokens(user?: string): void;
}

const PATHS: readonly (readonly [string, SimulatedService])[] = [
  ['/compute', 'compute'],
  ['/image', 'image'],
  ['/network', 'network'],
  ['/volume', 'block-storage'],
  ['/placement', 'placement'],
  ['/dns', 'dns'],
];

const BUILDERS = { identity, compute, image, network, 'block-storage': volume, placement, dns } as const;

/** The lists of versions stand outside the part of a service that numbers requests. */
function isVersionList(path: string): boolean {
  return /^\/(compute|image|network)\/?$|^\/image\/versions$/.test(path);
}

function under(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`);
}

function realSleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal ? abortError(signal) : new TypeError('aborted'));
    };
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}

/** Waits for something, or for the request to be given up. */
function settled(awaited: Promise<unknown>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(abortError(signal));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    const end = (): void => {
      signal.removeEventListener('abort', abort);
      resolve();
    };
    awaited.then(end, end);
  });
}

function abortError(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new DOMException('The operation was aborted.', 'AbortError');
}

/**
 * An OpenStack in memory behind the Fetch API: Keystone, Nova, Glance, Neutron, Cinder, with
 * state, roles, quotas, microversions, pages, CORS, transitions over time, and faults on request.
 * Runs in a page and in Node; `serve.ts` puts it on a port.
 */
export function createCloud(options: CloudOptions = {}): Cloud {
  const settings = settingsOf(options);
  const clock: SimulatorClock = options.clock ?? { now: () => Date.now() };
  let offset = 0;
  let requestCount = 0;
  const state = new CloudState(settings, () => clock.now() + offset);
  seed(state);
  const faults = new Faults();
  const apps = new Map(
    [...settings.services].map((service) => {
      const app = newApp();
      app.route('/', BUILDERS[service]());
      app.onError((error) => {
        if (error instanceof Refusal) return error.response;
        return json({ computeFault: { code: 500, message: `The simulator failed: ${error.message}` } }, 500);
      });
      return [service, app] as const;
    }),
  );

  /** Region and service behind a path, and the path without the region. */
  function route(path: string): { region: RegionState; service: SimulatedService; rest: string } | undefined {
    for (const region of [...state.regions].reverse()) {
      if (region.prefix !== '' && !under(path, region.prefix)) continue;
      const rest = path.slice(region.prefix.length);
      const named = PATHS.find(([prefix]) => under(rest, prefix));
      if (named) return { region, service: named[1], rest };
      if (region.prefix === '') return { region, service: 'identity', rest };
    }
    return undefined;
  }

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (isForProxy(url, settings.userAppProxy)) return proxied(state, settings.userAppProxy, request);
    if (!settings.followHost && url.origin !== settings.origin) throw new TypeError('Failed to fetch');
    requestCount++;
    state.settle();
    const found = route(url.pathname);
    const service = found?.service ?? 'identity';
    const fault = await faults.take(request);
    if (fault?.latency !== undefined) await (clock.sleep ?? realSleep)(fault.latency, request.signal);
    if (fault?.until) await settled(fault.until, request.signal);
    if (request.signal.aborted) throw abortError(request.signal);
    if (fault?.drop) throw new TypeError('Failed to fetch');
    const app = found && apps.get(service);
    const requestId = `req-${state.ids.uuid()}`;
    let response = fault && faultResponse(fault, service);
    if (!response && request.method === 'OPTIONS') return preflight(request, service, settings);
    if (!response && found && app) {
      const bindings: Bindings = {
        state,
        region: found.region,
        base: url.origin + found.region.prefix,
        requestId,
      };
      const target =
        found.region.prefix === '' ? request : new Request(url.origin + found.rest + url.search, request);
      response = await app.fetch(target, bindings);
    }
    response ??= json(
      { error: { code: 404, title: 'Not Found', message: 'The resource could not be found.' } },
      404,
    );
    if (fault?.answerUntil) await settled(fault.answerUntil, request.signal);
    if (fault?.truncate) response = await truncated(response);
    const headers = new Headers(response.headers);
    if (!isVersionList(found?.rest ?? '')) headers.set('X-Openstack-Request-Id', requestId);
    if (service === 'compute' && !isVersionList(found?.rest ?? ''))
      headers.set('X-Compute-Request-Id', requestId);
    if (service === 'block-storage' && response.status !== 401)
      headers.set('X-Compute-Request-Id', requestId);
    headers.set('Date', new Date(state.now()).toUTCString());
    for (const [name, value] of Object.entries(fault?.headers ?? {})) headers.set(name, value);
    if (!fault?.withoutCors) addCorsHeaders(headers, request, service, settings);
    return new Response(response.body, {
      status: response.status,
      statusText: response.statusText,
      headers,
    });
  }

  return {
    fetch: async (input, init) => answer(new Request(input, init)),
    origin: settings.origin,
    authUrl: `${settings.origin}/v3`,
    state,
    get requestCount() {
      return requestCount;
    },
    fail: (match, fault) => faults.add(match, fault),
    hold: (match, { answered = false } = {}) => {
      let open = (): void => undefined;
      const opened = new Promise<void>((resolve) => (open = resolve));
      let met = (): void => undefined;
      const reached = new Promise<void>((resolve) => (met = resolve));
      const takeBack = faults.add(match, answered ? { met, answerUntil: opened } : { met, until: opened });
      const release = (): void => {
        takeBack();
        open();
      };
      return Object.assign(release, { reached });
    },
    clearFaults: () => faults.clear(),
    advance: (milliseconds) => {
      offset += milliseconds;
      state.settle();
    },
    revokeTokens: (user) => {
      for (const token of state.tokens.values())
        if (user === undefined || token.user.name === user) token.revoked = true;
    },
  };
}
