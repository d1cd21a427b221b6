import { SERVICE_TYPES, serviceType, versioned, type Catalog, type ServiceType } from './catalog.js';
import type { Clock } from './clock.js';
import { isAbort, isOpenStackError, type OpenStackError } from './errors.js';
import type { IdentityClient } from './identity.js';
import { Secret } from './secret.js';
import { ServiceClient, type ServiceClientClass, type ServiceClientOptions } from './service.js';
import { readVersionRange, type VersionRange } from './versions.js';

/** What is looked at, in this order. */
export type CheckId =
  | 'sign-in'
  | 'read'
  | 'change'
  | 'request-id'
  | 'microversions'
  | 'clock'
  | 'application-credentials'
  | 'access-rules';

/** How one look at a service went. */
export interface Check {
  readonly id: CheckId;
  /** `note`: works, and something would be better otherwise. */
  readonly outcome: 'good' | 'note' | 'bad';
  /** Milliseconds of the request, where it was one. */
  readonly ms?: number | undefined;
  readonly error?: OpenStackError | undefined;
  /** Microversions, or seconds the cloud's clock is ahead. */
  readonly value?: string | undefined;
  /** The configuration that is missing. */
  readonly lines?: readonly string[] | undefined;
}

/** One service of a catalog. */
export interface ServiceReport {
  /** As the catalog has it. */
  readonly type: string;
  readonly url: string | undefined;
  readonly region: string | undefined;
  /**
   * `checked`; `unused`: the kit asks it nothing; `internal-only`: the catalog has no public address for it;
   * `other-region`: it is in another region than the connection; `alias`: another name of a service that is checked.
   */
  readonly kind: 'checked' | 'unused' | 'internal-only' | 'other-region' | 'alias';
  readonly checks: readonly Check[];
}

interface Question {
  /** The version of the API, as URLs have it; without one the endpoint is taken as it is. */
  readonly version?: string;
  readonly read: string;
  readonly change: string;
}

/** What is asked of a service to see what a browser may do: a small list, and the deletion of what cannot exist. */
const QUESTIONS: Partial<Record<ServiceType, Question>> = {
  identity: { read: '/auth/projects', change: '/credentials/nothing-of-this-id' },
  compute: { version: 'v2.1', read: '/limits', change: '/servers/00000000-0000-0000-0000-000000000000' },
  image: { version: 'v2', read: '/images?limit=1', change: '/images/00000000-0000-0000-0000-000000000000' },
  network: { version: 'v2.0', read: '/extensions', change: '/ports/00000000-0000-0000-0000-000000000000' },
  'block-storage': {
    version: 'v3',
    read: '/limits',
    change: '/volumes/00000000-0000-0000-0000-000000000000',
  },
};

/** A clock that is off by more than this makes tokens look expired, or not yet valid. */
const CLOCK = 60;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly ms: number;
}

/** Asks a service about itself. */
export abstract class ProbeClient extends ServiceClient {
  /** Sends a request whose answer is not read; any answer that a browser may read resolves. */
  async ask(method: 'GET' | 'DELETE', path: string, clock: Clock, signal?: AbortSignal): Promise<Answer> {
    const at = clock.now();
    const { status, headers } = await this.request({
      attempt: { action: 'read-versions' },
      method,
      path,
      expect: 'nothing',
      signal,
      read: () => undefined,
    });
    return { status, headers, ms: clock.now() - at };
  }

  /** The version document at the root of the service. */
  async versions(signal?: AbortSignal): Promise<VersionRange> {
    const { data } = await this.request({
      attempt: { action: 'read-versions' },
      method: 'GET',
      path: '/',
      signal,
      read: readVersionRange,
    });
    return data;
  }
}

/** One for each type, so that a connection makes one client of it. */
const classes = new Map<ServiceType, ServiceClientClass<ProbeClient>>();

/** The client class for a service, as a connection wants it. */
export function probeClient(type: ServiceType): ServiceClientClass<ProbeClient> {
  const known = classes.get(type) ?? makeClass(type);
  classes.set(type, known);
  return known;
}

function makeClass(type: ServiceType): ServiceClientClass<ProbeClient> {
  return class extends ProbeClient {
    static readonly type = type;

    constructor(o: ServiceClientOptions) {
      const version = QUESTIONS[type]?.version;
      super(version === undefined ? o : { ...o, endpoint: versioned(o.endpoint, version) });
    }
  };
}

/** The services of a catalog, those that will be checked first; nothing is asked yet. */
export function servicesOf(catalog: Catalog, region: string | undefined): readonly ServiceReport[] {
  const order = (type: string): number => {
    const at = SERVICE_TYPES.findIndex((each) => each === serviceType(type));
    return at < 0 ? SERVICE_TYPES.length : at;
  };
  const seen = new Set<ServiceType>();
  return [...catalog.entries]
    .sort((a, b) => order(a.type) - order(b.type) || a.type.localeCompare(b.type))
    .map(({ type, endpoints }) => {
      const known = serviceType(type);
      const open = endpoints.filter((each) => each.interface.replace(/URL$/, '') === 'public');
      const here = open.find((each) => region === undefined || each.region === region) ?? undefined;
      const everywhere = known === 'identity' ? open[0] : undefined;
      const endpoint = here ?? everywhere;
      const kind =
        open.length === 0
          ? 'internal-only'
          : endpoint === undefined
            ? 'other-region'
            : known && QUESTIONS[known]
              ? seen.has(known)
                ? 'alias'
                : 'checked'
              : 'unused';
      if (known && kind === 'checked') seen.add(known);
      return { type, url: endpoint?.url, region: endpoint?.region, kind, checks: [] };
    });
}

/**
 * Looks at one service from this browser. Never rejects but with an AbortError: what goes wrong is in the checks.
 *
 * @param client of that service
 * @param o.userId who is signed in: what they may keep in the identity service is looked at as well
 */
export async function probe(
  type: ServiceType,
  client: ProbeClient,
  clock: Clock,
  { signal, userId }: { readonly signal?: AbortSignal; readonly userId?: string } = {},
): Promise<readonly Check[]> {
  const question = QUESTIONS[type];
  if (!question) return [];
  const checks: Check[] = [];
  let answer: Answer | undefined;
  try {
    answer = await client.ask('GET', question.read, clock, signal);
    checks.push({ id: 'read', outcome: 'good', ms: answer.ms });
  } catch (error) {
    checks.push(badly('read', error));
    // Without an answer there is nothing more to learn.
    if (checks.at(-1)?.outcome === 'bad') return checks;
  }
  checks.push(await changing(client, question.change, clock, signal));
  if (answer) checks.push(...headersOf(answer, clock));
  if (type === 'compute') checks.push(await microversions(client, signal));
  if (type === 'identity' && userId !== undefined) {
    const user = `/users/${encodeURIComponent(userId)}`;
    checks.push(
      await offered('application-credentials', client, `${user}/application_credentials`, clock, signal),
    );
    checks.push(await offered('access-rules', client, `${user}/access_rules`, clock, signal));
  }
  return checks;
}

/** An error of the service itself is an answer; one of the way there is not. */
function badly(id: CheckId, error: unknown): Check {
  if (!isOpenStackError(error) || isAbort(error)) throw error;
  const answered = error.status !== undefined && error.status < 500 && error.kind !== 'protocol';
  return { id, outcome: answered ? 'note' : 'bad', error, lines: error.configLines };
}

/** Whether a part of the API is there for this person; a cloud without it works, with less. */
async function offered(
  id: CheckId,
  client: ProbeClient,
  path: string,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<Check> {
  try {
    await client.ask('GET', path, clock, signal);
    return { id, outcome: 'good' };
  } catch (error) {
    const check = badly(id, error);
    // Older than that, or forbidden: no error in the words of one.
    return { ...(check.outcome === 'bad' && check), id, outcome: 'note' };
  }
}

/**
 * Whether a browser may send what signs people in, before anybody has: a token that nobody has is refused by the
 * service itself, and not by the browser. Reference: Identity, POST /v3/auth/tokens.
 *
 * @throws AbortError
 */
export async function probeSignIn(
  identity: Pick<IdentityClient, 'authenticate'>,
  signal?: AbortSignal,
): Promise<Check> {
  try {
    await identity.authenticate({ method: 'token', token: new Secret('none') }, 'unscoped', {
      signal,
      attempt: { action: 'discover-cloud' },
    });
  } catch (error) {
    const check = badly('sign-in', error);
    if (check.outcome === 'bad') return check;
  }
  return { id: 'sign-in', outcome: 'good' };
}

/** A preflight is needed for every method of its own. */
async function changing(
  client: ProbeClient,
  path: string,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<Check> {
  try {
    const { ms } = await client.ask('DELETE', path, clock, signal);
    return { id: 'change', outcome: 'good', ms };
  } catch (error) {
    const check = badly('change', error);
    // What is not there cannot be deleted: the question got through.
    return check.outcome === 'note' ? { id: 'change', outcome: 'good' } : check;
  }
}

function headersOf({ headers }: Answer, clock: Clock): readonly Check[] {
  const id = headers.get('x-openstack-request-id') ?? headers.get('x-compute-request-id');
  const date = Date.parse(headers.get('date') ?? '');
  const ahead = Math.round((date - clock.now()) / 1000);
  return [
    id === null
      ? {
          id: 'request-id',
          outcome: 'note',
          lines: ['[cors]', 'expose_headers = X-Openstack-Request-Id,Retry-After,Date'],
        }
      : { id: 'request-id', outcome: 'good' },
    ...(Number.isNaN(date)
      ? []
      : [
          {
            id: 'clock',
            outcome: Math.abs(ahead) > CLOCK ? 'note' : 'good',
            value: String(ahead),
          } satisfies Check,
        ]),
  ];
}

async function microversions(client: ProbeClient, signal: AbortSignal | undefined): Promise<Check> {
  try {
    const { min, max } = await client.versions(signal);
    return { id: 'microversions', outcome: 'good', value: max === undefined ? '' : `${min ?? ''} – ${max}` };
  } catch (error) {
    const check = badly('microversions', error);
    return { ...check, outcome: 'note' };
  }
}
