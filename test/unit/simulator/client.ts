import { createCloud, type Cloud, type CloudOptions } from '../../../src/simulator/index.js';

/** A JSON answer as a test reads it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The value under a path such as `servers.0.name`; undefined where there is none. */
  at(path: string): unknown;
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    at(path) {
      let value: unknown = JSON.parse(text);
      for (const key of path.split('.').filter((part) => part !== '')) {
        if (typeof value !== 'object' || value === null) return undefined;
        value = Reflect.get(value, key);
      }
      return value;
    },
  };
}

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Compute microversion; the newest unless given. */
  readonly version?: string;
}

/** A person signed in to a simulated cloud. */
export interface Person {
  readonly cloud: Cloud;
  readonly token: string;
  readonly projectId: string;
  readonly userId: string;
  /** Path under the cloud's origin. */
  call(method: string, path: string, o?: CallOptions): Promise<Answer>;
  get(path: string, version?: string): Promise<Answer>;
}

export async function ask(cloud: Cloud, method: string, path: string, o: CallOptions = {}): Promise<Answer> {
  const url = path.startsWith('http') ? path : cloud.origin + path;
  return answerOf(
    await cloud.fetch(url, {
      method,
      headers: { 'Content-Type': 'application/json', ...o.headers },
      ...(o.body !== undefined && { body: typeof o.body === 'string' ? o.body : JSON.stringify(o.body) }),
    }),
  );
}

export function passwordOf(user: string, password = `${user}-password`, domain: object = { id: 'default' }) {
  return { methods: ['password'], password: { user: { name: user, domain, password } } };
}

export async function signIn(cloud: Cloud, user = 'demo', project = 'demo'): Promise<Person> {
  const answer = await ask(cloud, 'POST', '/v3/auth/tokens', {
    body: {
      auth: {
        identity: passwordOf(user),
        scope: { project: { name: project, domain: { id: 'default' } } },
      },
    },
  });
  if (answer.status !== 201) throw new Error(`sign-in as ${user}: ${answer.status} ${answer.text}`);
  const token = answer.headers.get('X-Subject-Token') ?? '';
  const call = (method: string, path: string, o: CallOptions = {}): Promise<Answer> =>
    ask(cloud, method, path, {
      ...o,
      headers: {
        'X-Auth-Token': token,
        ...(path.includes('/compute/') && { 'OpenStack-API-Version': `compute ${o.version ?? '2.93'}` }),
        ...o.headers,
      },
    });
  return {
    cloud,
    token,
    projectId: String(answer.at('token.project.id')),
    userId: String(answer.at('token.user.id')),
    call,
    get: (path, version) => call('GET', path, version === undefined ? {} : { version }),
  };
}

/** A clock that stands still, at a whole second. */
export function stillClock(): { now: () => number } {
  const start = Date.UTC(2026, 0, 31, 12);
  return { now: () => start };
}

/** A cloud whose time passes by `advance` only, and demo signed in to it. */
export async function person(options: CloudOptions = {}, user?: string, project?: string): Promise<Person> {
  return signIn(createCloud({ clock: stillClock(), ...options }), user, project);
}

/** The body of a create request for a server of the smallest size. */
export async function serverBody(
  who: Person,
  change: Readonly<Record<string, unknown>> = {},
  flavor = 'm3.tiny',
): Promise<{ server: Record<string, unknown> }> {
  return {
    server: {
      name: 'web',
      flavorRef: idNamed((await who.get('/compute/v2.1/flavors')).at('flavors'), flavor),
      imageRef: idNamed((await who.get('/image/v2/images')).at('images'), 'Featured-Debian12'),
      networks: 'none',
      ...change,
    },
  };
}

export async function createServer(
  who: Person,
  change: Readonly<Record<string, unknown>> = {},
  flavor?: string,
): Promise<string> {
  const answer = await who.call('POST', '/compute/v2.1/servers', {
    body: await serverBody(who, change, flavor),
  });
  if (answer.status !== 202) throw new Error(`create: ${answer.status} ${answer.text}`);
  return String(answer.at('server.id'));
}

/** A server that has come to run. */
export async function activeServer(
  who: Person,
  change: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const id = await createServer(who, change);
  who.cloud.advance(4000);
  return id;
}

function rowsOf(rows: unknown): { id: string; name: string }[] {
  const list: unknown[] = Array.isArray(rows) ? rows : [];
  return list.map((row) => ({
    id: String(typeof row === 'object' && row ? Reflect.get(row, 'id') : ''),
    name: String(typeof row === 'object' && row ? Reflect.get(row, 'name') : ''),
  }));
}

export function namesIn(rows: unknown): string[] {
  return rowsOf(rows).map(({ name }) => name);
}

export function idNamed(rows: unknown, name: string): string {
  const found = rowsOf(rows).find((row) => row.name === name);
  if (!found) throw new Error(`nothing is named ${name}`);
  return found.id;
}
