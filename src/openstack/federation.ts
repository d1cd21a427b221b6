import type { Attempt } from './errors.js';
import { Secret } from './secret.js';
import type { Transport } from './transport.js';

/** Where Keystone knows an identity provider by. */
export interface FederatedWay {
  /** Keystone's name of the protocol, such as `openid`. */
  readonly protocol: string;
  /** Keystone's name of the identity provider; without it Keystone finds out from who has vouched. */
  readonly identityProvider?: string | undefined;
}

/**
 * Where a browser goes to sign in with an identity provider. Keystone ends it by posting a form with the field
 * `token` to `origin`. Reference: GET /v3/auth/OS-FEDERATION/websso/{protocol}, and
 * /v3/auth/OS-FEDERATION/identity_providers/{idp}/protocols/{protocol}/websso.
 *
 * @param base the identity URL that ends in `/v3`
 * @param origin has to be one of Keystone's `[federation] trusted_dashboard`, character for character
 */
export function webSsoUrl(base: string, way: FederatedWay, origin: string): string {
  const protocol = encodeURIComponent(way.protocol);
  const path =
    way.identityProvider === undefined
      ? `websso/${protocol}`
      : `identity_providers/${encodeURIComponent(way.identityProvider)}/protocols/${protocol}/websso`;
  return `${base}/auth/OS-FEDERATION/${path}?${new URLSearchParams({ origin })}`;
}

/**
 * A token for somebody whom an OpenID provider has given an access token; without a project. The cloud has to allow
 * the header `Authorization` by CORS. Reference: POST
 * /v3/OS-FEDERATION/identity_providers/{idp}/protocols/{protocol}/auth.
 *
 * @throws OpenStackError kind `auth` where the cloud does not take the access token, or maps nobody to it
 */
export async function exchangeAccessToken(
  transport: Transport,
  base: string,
  way: Required<FederatedWay>,
  accessToken: Secret,
  o: { readonly attempt: Attempt; readonly signal?: AbortSignal | undefined },
): Promise<Secret> {
  const idp = encodeURIComponent(way.identityProvider ?? '');
  const { data } = await transport.request({
    attempt: o.attempt,
    service: 'identity',
    method: 'POST',
    url: `${base}/OS-FEDERATION/identity_providers/${idp}/protocols/${encodeURIComponent(way.protocol)}/auth`,
    headers: { Authorization: new Secret(`Bearer ${accessToken.reveal()}`) },
    signal: o.signal,
    read: (_, headers) => {
      const token = headers.get('x-subject-token');
      if (!token) throw new TypeError('no X-Subject-Token');
      return new Secret(token);
    },
  });
  return data;
}
