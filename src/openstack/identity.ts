import { readCatalog, type Catalog } from './catalog.js';
import { corsLines } from './cors.js';
import { within } from './abort.js';
import { isOpenStackError, OpenStackError, refine, type Attempt } from './errors.js';
import {
  anything,
  flag,
  isRecord,
  key,
  list,
  member,
  needed,
  optional,
  readRow,
  rowReader,
  text,
} from './schema.js';
import { Secret } from './secret.js';
import type { ApiRequest, ApiResponse, Transport } from './transport.js';

export { Secret } from './secret.js';

export type Domain = { readonly id: string } | { readonly name: string };

/** A user by id, or by name in a domain. */
export type UserReference = { readonly id: string } | { readonly name: string; readonly domain: Domain };

/** What proves who somebody is. Reference: Identity, POST /v3/auth/tokens, `identity.methods`. */
export type Credential =
  | {
      readonly method: 'password';
      readonly user: UserReference;
      readonly password: Secret;
      /** A one-time code, where both are sent at once. */
      readonly passcode?: Secret | undefined;
    }
  | { readonly method: 'token'; readonly token: Secret }
  | { readonly method: 'application_credential'; readonly id: string; readonly secret: Secret }
  | {
      readonly method: 'application_credential';
      readonly name: string;
      readonly user: UserReference;
      readonly secret: Secret;
    }
  /** The second step after a password: `receipt` is of the {@link Challenge} that the first has ended in. */
  | {
      readonly method: 'totp';
      readonly user: UserReference;
      readonly passcode: Secret;
      readonly receipt: Secret;
    };

/** `default` leaves the choice to the service, as application credentials demand. */
export type Scope = { readonly projectId: string } | 'unscoped' | 'default';

export interface IssuedToken {
  readonly token: Secret;
  readonly expiresAt: Date;
  readonly issuedAt: Date;
  readonly methods: string[];
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly domainId?: string | undefined;
    readonly domainName?: string | undefined;
  };
  readonly project:
    { readonly id: string; readonly name: string; readonly domainName?: string | undefined } | undefined;
  /** Names. */
  readonly roles: string[];
  /** Of scoped tokens. */
  readonly catalog: Catalog | undefined;
  /** Milliseconds the server's clock is ahead of ours; 0 where it cannot be told. */
  readonly serverOffset: number;
}

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly domainId: string | undefined;
}

interface IdentityCallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly attempt?: Attempt | undefined;
}

const named = (row: string) =>
  rowReader(row, { id: needed('id', text, ''), name: needed('name', text, '') }, 'open');

const domainReader = named('token.domain');

const tokenReader = rowReader(
  'token',
  {
    expiresAt: needed('expires_at', text, ''),
    issuedAt: needed('issued_at', text, ''),
    methods: optional('methods', list(text), []),
    user: needed(
      'user',
      rowReader(
        'token.user',
        { id: key('id'), name: needed('name', text, ''), domain: optional('domain', domainReader) },
        'open',
      ),
      undefined,
    ),
    project: optional(
      'project',
      rowReader('token.project', {
        id: key('id'),
        name: needed('name', text, ''),
        domain: optional('domain', domainReader),
      }),
    ),
    roles: optional('roles', list(named('token.role')), []),
    catalog: optional('catalog', anything),
  },
  // Drivers and extensions add what they like.
  'open',
);

const projectReader = rowReader(
  'project',
  {
    id: key('id'),
    name: needed('name', text, ''),
    description: optional('description', text, ''),
    enabled: optional('enabled', flag, true),
    domainId: optional('domain_id', text),
  },
  // Any further property may be stored with a project.
  'open',
);

/** What Keystone answers a first factor with, where it wants a second. */
const RECEIPT = 'Openstack-Auth-Receipt';

/** Tokens and projects. Its URL is the only one a person gives; all others come from the catalog. Reference: Identity v3. */
export class IdentityClient {
  readonly #transport: Transport;
  readonly #authUrl: string;
  #base: Promise<string> | undefined;

  /** Where the API was found; until then where it should be. */
  #url: string;

  /** @param o.authUrl with any path, with or without `/v3`; `https://` where the scheme is left out */
  constructor(o: { readonly transport: Transport; readonly authUrl: string }) {
    this.#transport = o.transport;
    this.#authUrl = o.authUrl;
    this.#url = `${identityUrl(o.authUrl) ?? o.authUrl}/v3`;
  }

  /** The URL of the API, which ends in `/v3`. */
  get url(): string {
    return this.#url;
  }

  /**
   * Finds the API below the URL that was given; asked for once. Reference: GET /v3.
   *
   * @returns the URL that ends in `/v3`
   * @throws OpenStackError kind `protocol`, reason `not-keystone`, when there is something else
   */
  discover(signal?: AbortSignal): Promise<string> {
    this.#base ??= this.#find().catch((error: unknown) => {
      this.#base = undefined;
      throw error;
    });
    // One question serves all, so no single caller's signal may end it.
    return within(signal, this.#base);
  }

  /**
   * Signs in. Reference: POST /v3/auth/tokens.
   *
   * @throws OpenStackError kind `auth` with reason `wrong-credentials`, `token-expired`, `second-factor` (its
   *   `challenge` says what is wanted), `wrong-passcode`, `receipt-expired`, `password-expired`, `account-locked` or `no-access`; kind `cors`, reason
   *   `cors-token-header`, when the browser may not read the token
   */
  async authenticate(
    credential: Credential,
    scope: Scope,
    o: IdentityCallOptions = {},
  ): Promise<IssuedToken> {
    const attempt = o.attempt ?? {
      action: typeof scope === 'object' && credential.method === 'token' ? 'select-project' : 'sign-in',
    };
    const base = await this.discover(o.signal);
    try {
      const { data } = await this.#call({
        attempt,
        method: 'POST',
        url: `${base}/auth/tokens`,
        body: { auth: { identity: identityOf(credential), ...scopeOf(scope) } },
        headers: credential.method === 'totp' ? { [RECEIPT]: credential.receipt } : undefined,
        // A token more does no harm, and wrong passwords are not counted twice: a refusal is an answer.
        repeatable: true,
        signal: o.signal,
        read: (body, headers) => this.#issued(attempt, body, headers),
      });
      return data;
    } catch (error) {
      if (!isOpenStackError(error)) throw error;
      // Keystone does not know an application credential (any more).
      const unknown = error.status === 404 && credential.method === 'application_credential';
      if (!unknown && (error.kind !== 'auth' || error.reason)) throw error;
      const late = credential.method === 'totp' && /receipt/i.test(error.detail ?? '');
      const reason = late ? 'receipt-expired' : await this.#refusal(credential, scope, o);
      throw refine(error, { kind: 'auth', reason });
    }
  }

  /**
   * Everything about a token that came from elsewhere. Reference: GET /v3/auth/tokens.
   *
   * @throws OpenStackError kind `auth`, reason `token-expired`, when it is not valid (any more)
   */
  async validate(token: Secret, o: IdentityCallOptions = {}): Promise<IssuedToken> {
    const attempt = o.attempt ?? { action: 'renew-session' };
    const base = await this.discover(o.signal);
    try {
      const { data } = await this.#call({
        attempt,
        method: 'GET',
        url: `${base}/auth/tokens`,
        headers: { 'X-Auth-Token': token, 'X-Subject-Token': token },
        signal: o.signal,
        read: (body, headers) => this.#issued(attempt, body, headers, token),
      });
      return data;
    } catch (error) {
      if (!isOpenStackError(error) || (error.kind !== 'auth' && error.kind !== 'not-found') || error.reason)
        throw error;
      throw refine(error, { kind: 'auth', reason: 'token-expired' });
    }
  }

  /** The projects the user has a role in, disabled ones included. Reference: GET /v3/auth/projects. */
  async projects(token: Secret, o: IdentityCallOptions = {}): Promise<Project[]> {
    const { data } = await this.#call({
      attempt: o.attempt ?? { action: 'list-projects' },
      method: 'GET',
      url: `${await this.discover(o.signal)}/auth/projects`,
      headers: { 'X-Auth-Token': token },
      signal: o.signal,
      read: (body) => readRow(list(projectReader), member(body, 'projects'), 'projects'),
    });
    return data;
  }

  /** Makes a token worthless; one that is so already is no error. Reference: DELETE /v3/auth/tokens. */
  async revoke(token: Secret, o: IdentityCallOptions = {}): Promise<void> {
    try {
      await this.#call({
        attempt: o.attempt ?? { action: 'sign-out' },
        method: 'DELETE',
        url: `${await this.discover(o.signal)}/auth/tokens`,
        headers: { 'X-Auth-Token': token, 'X-Subject-Token': token },
        signal: o.signal,
        expect: 'nothing',
        read: () => undefined,
      });
    } catch (error) {
      if (!isOpenStackError(error) || (error.status !== 401 && error.status !== 404)) throw error;
    }
  }

  /** Keystone says no more than 401: a token that is still good was refused for the project's sake. */
  async #refusal(credential: Credential, scope: Scope, o: IdentityCallOptions): Promise<string> {
    if (credential.method === 'totp' || ('passcode' in credential && credential.passcode))
      return 'wrong-passcode';
    if (credential.method !== 'token') return 'wrong-credentials';
    const good =
      typeof scope === 'object' &&
      (await this.validate(credential.token, o).then(
        () => true,
        () => false,
      ));
    return good ? 'no-access' : 'token-expired';
  }

  #call<T>(request: Omit<ApiRequest<T>, 'service'>): Promise<ApiResponse<T>> {
    return this.#transport.request({ ...request, service: 'identity' });
  }

  /** @param known the token itself, when it is not a new one */
  #issued(attempt: Attempt, body: unknown, headers: Headers, known?: Secret): IssuedToken {
    const value = headers.get('x-subject-token');
    const token = known ?? (value ? new Secret(value) : undefined);
    if (!token) throw this.#unreadable(attempt);
    const { catalog, user, project, ...rest } = readRow(tokenReader, member(body, 'token'), 'token');
    const expiresAt = new Date(rest.expiresAt);
    const issuedAt = new Date(rest.issuedAt);
    if (!user || Number.isNaN(expiresAt.getTime()))
      throw new TypeError('no user or no expires_at in the token');
    // `Date` is rarely exposed to browsers; a token made just now carries the server's time as well.
    const served = Date.parse(headers.get('date') ?? '') || (known ? NaN : issuedAt.getTime());
    return {
      ...rest,
      token,
      expiresAt,
      issuedAt,
      user: { id: user.id, name: user.name, domainId: user.domain?.id, domainName: user.domain?.name },
      project: project && { id: project.id, name: project.name, domainName: project.domain?.name },
      roles: rest.roles.map((role) => role.name),
      catalog: catalog === undefined ? undefined : readCatalog(catalog),
      serverOffset: served - this.#transport.clock.now() || 0,
    };
  }

  /** Keystone answered, but its CORS configuration hides the header that the token is in. */
  #unreadable(attempt: Attempt): OpenStackError {
    const { origin } = this.#transport;
    const facts = { attempt, service: 'identity', url: this.#authUrl } as const;
    return origin === undefined
      ? new OpenStackError({
          ...facts,
          kind: 'protocol',
          reason: 'unexpected-body',
          detail: 'no X-Subject-Token',
        })
      : new OpenStackError({
          ...facts,
          kind: 'cors',
          reason: 'cors-token-header',
          configLines: corsLines('identity', origin),
        });
  }

  async #find(): Promise<string> {
    const attempt = { action: 'discover-cloud' } as const;
    const given = identityUrl(this.#authUrl);
    if (!given)
      throw new OpenStackError({ kind: 'invalid', reason: 'not-a-url', attempt, service: 'identity' });
    const { protocol, hostname, port, pathname } = new URL(given);
    // A bare host may be Keystone's behind a front door, or have Keystone on its own port.
    const bases = !port && pathname === '/' ? [given, `${protocol}//${hostname}:5000`] : [given];
    let first: OpenStackError | undefined;
    for (const base of bases) {
      const url = `${base}/v3`;
      try {
        const { data } = await this.#call({ attempt, method: 'GET', url, read: isVersion3 });
        if (data) return (this.#url = url);
      } catch (error) {
        if (!isOpenStackError(error)) throw error;
        first ??= error;
      }
    }
    if (first && isSilence(first)) throw first;
    const facts = {
      kind: 'protocol',
      reason: 'not-keystone',
      attempt,
      service: 'identity',
      url: given,
    } as const;
    throw first ? refine(first, facts) : new OpenStackError(facts);
  }
}

/** Whether nothing is known of what is at a URL, since it gave no answer of its own. */
function isSilence({ kind }: OpenStackError): boolean {
  return /^(?:network|cors|timeout|server|rate-limit)$/.test(kind);
}

/** The part of an identity URL before the version; undefined when it is no http URL. */
function identityUrl(given: string): string | undefined {
  const trimmed = given.trim();
  const address = /^[a-z]+:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (!trimmed || !URL.canParse(address)) return undefined;
  const { protocol, origin, pathname } = new URL(address);
  if (!/^https?:$/.test(protocol)) return undefined;
  return origin + pathname.replace(/(?:\/v(?:2\.0|3))?(?:\/auth\/tokens)?\/*$/, '');
}

/** Whether a body is the version document of Identity v3. */
function isVersion3(body: unknown): boolean {
  const version = isRecord(body) ? body['version'] : undefined;
  return isRecord(version) && /^v3\b/.test(String(version['id']));
}

function identityOf(credential: Credential): unknown {
  const { method } = credential;
  switch (method) {
    case 'password':
      return {
        methods: credential.passcode ? [method, 'totp'] : [method],
        password: { user: { ...credential.user, password: credential.password } },
        ...(credential.passcode && totp(credential.user, credential.passcode)),
      };
    case 'totp':
      return { methods: [method], ...totp(credential.user, credential.passcode) };
    case 'token':
      return { methods: [method], token: { id: credential.token } };
    case 'application_credential': {
      const { method: _, ...rest } = credential;
      return { methods: [method], application_credential: rest };
    }
  }
}

function totp(user: UserReference, passcode: Secret): object {
  return { totp: { user: { ...user, passcode } } };
}

function scopeOf(scope: Scope): object {
  if (scope === 'default') return {};
  return { scope: scope === 'unscoped' ? scope : { project: { id: scope.projectId } } };
}
