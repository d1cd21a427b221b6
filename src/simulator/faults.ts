/** Which calls a fault meets. All conditions given must hold. */
export interface FaultMatch {
  /** `GET`, `POST`, ...; without it any method except the OPTIONS of preflights. */
  method?: string;
  /** A part of path and query (`/servers/detail`), or a pattern over them. */
  path?: RegExp | string;
  /** A part of the request's body, to tell the actions of a server apart. */
  body?: string;
  /** How many calls it meets, default 1; `Infinity` until removed. */
  times?: number;
}

/** What goes wrong. Alone, `latency`, the waits and `headers` leave the real answer as it is. */
export interface Fault {
  /** Answer with this status instead of asking the service. */
  status?: number;
  /** Body for that status; an object goes out as JSON. Without it the service's own error shape. */
  body?: unknown;
  /** Headers added to the answer, such as `Retry-After`. */
  headers?: Readonly<Record<string, string>>;
  /** Milliseconds before the answer. */
  latency?: number;
  /** The service hears of the call when this has settled. */
  until?: Promise<unknown>;
  /** The service has answered, and the answer is on its way until this has settled. */
  answerUntil?: Promise<unknown>;
  /** Called when a call meets it. */
  met?: () => void;
  /** Break the connection without an answer. */
  drop?: boolean;
  /** The error page of a gateway instead of JSON: true, or its text. Status 502 unless given. */
  html?: boolean | string;
  /** Cut the answer's body in half. */
  truncate?: boolean;
  /** Leave out CORS headers, as gateways do. */
  withoutCors?: boolean;
}

interface Entry {
  readonly match: FaultMatch;
  readonly fault: Fault;
  left: number;
}

export class Faults {
  #entries: Entry[] = [];

  add(match: FaultMatch, fault: Fault): () => void {
    const entry: Entry = { match, fault, left: match.times ?? 1 };
    this.#entries.push(entry);
    return () => {
      this.#entries = this.#entries.filter((other) => other !== entry);
    };
  }

  clear(): void {
    this.#entries = [];
  }

  /** The fault this request meets, which it thereby uses up. */
  async take(request: Request): Promise<Fault | undefined> {
    if (this.#entries.length === 0) return undefined;
    const url = new URL(request.url);
    const target = url.pathname + url.search;
    for (const entry of this.#entries) {
      const { method, path, body } = entry.match;
      if (method === undefined ? request.method === 'OPTIONS' : method !== request.method) continue;
      if (typeof path === 'string' && !target.includes(path)) continue;
      if (path instanceof RegExp && !new RegExp(path.source, path.flags.replace(/[gy]/g, '')).test(target))
        continue;
      if (body !== undefined && !(await request.clone().text()).includes(body)) continue;
      entry.left--;
      if (entry.left <= 0) this.#entries = this.#entries.filter((other) => other !== entry);
      entry.fault.met?.();
      return entry.fault;
    }
    return undefined;
  }
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

const NOVA_NAMES: Readonly<Record<number, string>> = {
  400: 'badRequest',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'itemNotFound',
  405: 'badMethod',
  409: 'conflictingRequest',
  413: 'overLimit',
  415: 'badMediaType',
  429: 'overLimit',
  501: 'notImplemented',
  503: 'serviceUnavailable',
};

export function titleOf(status: number): string {
  return TITLES[status] ?? 'Error';
}

/** The key Nova and Cinder put an error of that status under. */
export function novaFaultName(status: number): string {
  return NOVA_NAMES[status] ?? 'computeFault';
}

/** The page a load balancer in front of the service shows. */
function gatewayPage(status: number): string {
  const title = titleOf(status);
  return `<html><body><h1>${status} ${title}</h1>\nThe server returned an invalid or incomplete response.\n</body></html>\n`;
}

/** An error in the service's own shape, for a fault that names only a status. */
function errorBody(service: string, status: number): unknown {
  const message =
    status === 500
      ? "Unexpected API Error. Please report this at http://bugs.launchpad.net/nova/ and attach the Nova API log if possible.\n<class 'oslo_db.exception.DBConnectionError'>"
      : titleOf(status);
  switch (service) {
    case 'identity':
      return { error: { code: status, message, title: titleOf(status) } };
    case 'dns':
      return { code: status, type: titleOf(status).toLowerCase().replaceAll(' ', '_'), message };
    case 'network':
      return { NeutronError: { type: titleOf(status).replaceAll(' ', ''), message, detail: '' } };
    default:
      return { [novaFaultName(status)]: { code: status, message } };
  }
}

/** The answer a fault puts in the service's place, or undefined where the service shall answer. */
export function faultResponse(fault: Fault, service: string): Response | undefined {
  if (fault.html !== undefined && fault.html !== false) {
    const status = fault.status ?? 502;
    return new Response(typeof fault.html === 'string' ? fault.html : gatewayPage(status), {
      status,
      headers: { 'Content-Type': 'text/html' },
    });
  }
  if (fault.status === undefined && fault.body === undefined) return undefined;
  const status = fault.status ?? 200;
  const body = fault.body ?? errorBody(service, status);
  const bare = status === 204 || status === 304;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new Response(bare ? null : text, {
    status,
    headers: bare ? {} : { 'Content-Type': 'application/json' },
  });
}

/** The answer with its body cut in half: JSON that ends in the middle. */
export async function truncated(response: Response): Promise<Response> {
  const text = await response.text();
  const headers = new Headers(response.headers);
  headers.delete('Content-Length');
  return new Response(text.slice(0, Math.floor(text.length / 2)), {
    status: response.status,
    headers,
  });
}
