import { Hono } from 'hono/tiny';
import type { Context, Next } from 'hono';
import { isAllowed } from './access-rules.js';
import { isObject, type JsonObject } from './json.js';
import type { Token } from './model.js';
import type { CloudState, RegionState } from './state.js';

export interface Bindings {
  readonly state: CloudState;
  readonly region: RegionState;
  /** Origin and region prefix: what the services' own paths are appended to. */
  readonly base: string;
  readonly requestId: string;
}

// A type and not an interface: Hono wants an index signature.
export type Env = { Bindings: Bindings; Variables: { token: Token; minor: number } };
export type Call = Context<Env>;
export type App = Hono<Env>;
export type { Next };

export function newApp(): App {
  return new Hono<Env>();
}

/** A request the service declines; thrown anywhere, answered as it stands. */
export class Refusal extends Error {
  constructor(readonly response: Response) {
    super(`refused with ${response.status}`);
  }
}

export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  const text = JSON.stringify(body);
  return new Response(text, {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  });
}

export function nothing(status = 204, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status, headers: { ...headers } });
}

/** The request's JSON object, or undefined when it is none. */
export async function bodyOf(call: Call): Promise<JsonObject | undefined> {
  try {
    const body: unknown = JSON.parse(await call.req.text());
    return isObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

/** A parameter of the path; empty only where the route has none of that name. */
export function param(call: Call, name: string): string {
  return call.req.param(name) ?? '';
}

/** keystonemiddleware's answer to a missing, expired or revoked token. */
export function unauthorized(): Response {
  return json(
    {
      error: {
        code: 401,
        title: 'Unauthorized',
        message: 'The request you have made requires authentication.',
      },
    },
    401,
  );
}

/** The token the header `name` carries, if it is known, unexpired and unrevoked. */
export function tokenIn(call: Call, name = 'X-Auth-Token'): Token | undefined {
  const token = call.env.state.tokens.get(call.req.header(name) ?? '');
  if (!token || token.revoked || token.expiresAt <= call.env.state.now()) return undefined;
  return token;
}

/** Lets only requests with a valid token through; services other than Keystone want a project too. */
export function requireToken(app: App, path: string, refusal?: () => Response): void {
  app.use(path, async (call: Call, next: Next) => {
    const token = tokenIn(call);
    if (!token || !isAllowed(call, token)) {
      const response = refusal?.() ?? unauthorized();
      response.headers.set('WWW-Authenticate', `Keystone uri="${new URL(call.env.base).origin}/v3"`);
      return response;
    }
    call.set('token', token);
    await next();
    return undefined;
  });
}

/** The project a request acts in. Empty for an unscoped token, which then finds nothing. */
export function projectOf(call: Call): string {
  return call.get('token').project?.id ?? '';
}

export function isAdmin(token: Token): boolean {
  return token.roles.includes('admin');
}

/** Members may change things; who is only a reader may look. */
export function mayWrite(token: Token): boolean {
  return token.roles.includes('member') || isAdmin(token);
}
