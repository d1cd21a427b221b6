import { OpenStackError, type Attempt } from '../../openstack/errors.js';
import { isRecord } from '../../openstack/schema.js';
import { Secret } from '../../openstack/secret.js';
import type { Transport } from '../../openstack/transport.js';

/** An OpenID provider, as it describes itself. Reference: OpenID Connect Discovery 1.0. */
export interface OpenIdProvider {
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
}

interface CallOptions {
  readonly attempt: Attempt;
  readonly signal?: AbortSignal | undefined;
}

/** 256 bits that nobody can guess, fit for a URL. */
export function randomText(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

/** What the identity provider keeps of a verifier until the code comes back. Reference: RFC 7636, S256. */
export async function challengeOf(verifier: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}

/** Where the browser goes to get a code. Reference: RFC 6749 4.1.1, RFC 7636 4.3. */
export function authorizationUrl(
  provider: OpenIdProvider,
  o: {
    readonly clientId: string;
    readonly redirectUri: string;
    readonly scopes: string;
    readonly state: string;
    readonly challenge: string;
  },
): string {
  const url = new URL(provider.authorizationEndpoint);
  const parameters = {
    response_type: 'code',
    client_id: o.clientId,
    redirect_uri: o.redirectUri,
    scope: o.scopes,
    state: o.state,
    code_challenge: o.challenge,
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/**
 * Asks an OpenID provider where its endpoints are. Reference: OpenID Connect Discovery 1.0, section 4.
 *
 * @throws OpenStackError kind `protocol` where somebody else answers
 */
export async function discoverProvider(
  transport: Transport,
  issuer: string,
  o: CallOptions,
): Promise<OpenIdProvider> {
  const bare = issuer.replace(/\/+$/, '');
  const { data } = await transport.request({
    attempt: o.attempt,
    service: 'identity',
    method: 'GET',
    url: `${bare}/.well-known/openid-configuration`,
    signal: o.signal,
    read: (body) => ({
      issuer: textOf(body, 'issuer'),
      authorizationEndpoint: textOf(body, 'authorization_endpoint'),
      tokenEndpoint: textOf(body, 'token_endpoint'),
    }),
  });
  // A provider that names itself otherwise is not the one that was configured.
  if (data.issuer.replace(/\/+$/, '') !== bare)
    throw new OpenStackError({
      kind: 'protocol',
      attempt: o.attempt,
      reason: 'unexpected-body',
      url: issuer,
    });
  return data;
}

/**
 * Exchanges a code for an access token. The identity token that comes with it is not looked at: Keystone, not this
 * page, decides who the person is. Reference: RFC 6749 4.1.3, RFC 7636 4.5.
 *
 * @throws OpenStackError kind `invalid` or `auth` where the provider does not take the code
 */
export async function redeem(
  transport: Transport,
  provider: OpenIdProvider,
  grant: {
    readonly code: Secret;
    readonly verifier: string;
    readonly clientId: string;
    readonly redirectUri: string;
  },
  o: CallOptions,
): Promise<Secret> {
  const { data } = await transport.request({
    attempt: o.attempt,
    service: 'identity',
    method: 'POST',
    url: provider.tokenEndpoint,
    form: {
      grant_type: 'authorization_code',
      code: grant.code,
      redirect_uri: grant.redirectUri,
      client_id: grant.clientId,
      code_verifier: new Secret(grant.verifier),
    },
    signal: o.signal,
    read: (body) => new Secret(textOf(body, 'access_token')),
  });
  return data;
}

function textOf(body: unknown, name: string): string {
  const value = isRecord(body) ? body[name] : undefined;
  if (typeof value !== 'string' || value === '') throw new TypeError(`no ${name}`);
  return value;
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}
