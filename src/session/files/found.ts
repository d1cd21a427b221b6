import type { Credential, Domain, UserReference } from '../../openstack/identity.js';
import { Secret } from '../../openstack/secret.js';

/** One way into one cloud, as a file describes it. Secrets that the file lacks are asked for. */
export interface FoundCloud {
  /** What to call it: its name in the file, or the host of its identity service. */
  readonly name: string;
  readonly authUrl: string;
  readonly method: 'password' | 'application_credential' | 'token';
  /** Who signs in, for people to read; undefined where only an id is known. */
  readonly user: string | undefined;
  /** The project to open, by whatever the file gives. */
  readonly project: { readonly id: string | undefined; readonly name: string | undefined };
  readonly region: string | undefined;
  /** What has to be asked for. */
  readonly asks: 'password' | 'secret' | undefined;
  /** Whether a one-time code belongs to it. */
  readonly passcode: boolean;
  /** What proves who it is; `secret` is what was asked for. */
  credential(secret?: Secret): Credential;
}

/** Why a cloud in a file cannot be used. */
export type FileProblem =
  | { readonly kind: 'no-auth-url' | 'no-user' | 'no-secret'; readonly name: string }
  | { readonly kind: 'auth-type'; readonly name: string; readonly value: string };

/** What a file holds, with the names of OpenStack's own environment variables without `OS_`, in lower case. */
export type Values = ReadonlyMap<string, string | Secret | undefined>;

const VIA_CREDENTIAL = /^(?:v3)?application_?credential$/;
const VIA_TOKEN = /^(?:v3)?token$/;
const VIA_PASSWORD = /^(?:v3)?(?:password|totp|multifactor)$/;

/**
 * Makes a way in of the values of a file.
 *
 * @param asked names whose values the file leaves to a question
 */
export function foundCloud(
  name: string | undefined,
  values: Values,
  asked: ReadonlySet<string>,
): FoundCloud | FileProblem {
  const text = (...keys: string[]): string | undefined =>
    keys
      .map((key) => values.get(key))
      .find((value): value is string => typeof value === 'string' && value !== '');
  const secret = (key: string): Secret | undefined => {
    const value = values.get(key);
    return typeof value === 'string' && value !== ''
      ? new Secret(value)
      : Secret.is(value)
        ? value
        : undefined;
  };
  const authUrl = text('auth_url');
  const title = name ?? (authUrl && URL.canParse(authUrl) ? new URL(authUrl).host : 'OpenStack');
  if (authUrl === undefined) return { kind: 'no-auth-url', name: title };
  const type = text('auth_type')?.toLowerCase() ?? guessType(values);
  const base = {
    name: title,
    authUrl,
    project: { id: text('project_id', 'tenant_id'), name: text('project_name', 'tenant_name') },
    region: text('region_name'),
  };
  const user = userIn(text);
  if (VIA_CREDENTIAL.test(type)) {
    const id = text('application_credential_id');
    const named = text('application_credential_name');
    const known = secret('application_credential_secret');
    const who = id !== undefined ? { id } : named !== undefined && user ? { name: named, user } : undefined;
    if (!who) return { kind: 'no-user', name: title };
    return {
      ...base,
      method: 'application_credential',
      user: named ?? text('username'),
      asks: known && !asked.has('application_credential_secret') ? undefined : 'secret',
      passcode: false,
      credential: (given) => ({
        method: 'application_credential',
        ...who,
        secret: given ?? known ?? new Secret(''),
      }),
    };
  }
  if (VIA_TOKEN.test(type)) {
    const token = secret('token');
    if (!token) return { kind: 'no-secret', name: title };
    return {
      ...base,
      method: 'token',
      user: undefined,
      asks: undefined,
      passcode: false,
      credential: () => ({ method: 'token', token }),
    };
  }
  if (!VIA_PASSWORD.test(type)) return { kind: 'auth-type', name: title, value: type };
  if (!user) return { kind: 'no-user', name: title };
  const password = secret('password');
  return {
    ...base,
    method: 'password',
    user: text('username', 'user_id'),
    asks: password && !asked.has('password') ? undefined : 'password',
    passcode: /totp|multifactor/.test(type) || values.has('passcode'),
    credential: (given) => ({ method: 'password', user, password: given ?? password ?? new Secret('') }),
  };
}

function guessType(values: Values): string {
  if (values.has('application_credential_id') || values.has('application_credential_name'))
    return 'v3applicationcredential';
  return values.has('token') && !values.has('username') && !values.has('user_id') ? 'token' : 'password';
}

function userIn(text: (...keys: string[]) => string | undefined): UserReference | undefined {
  const id = text('user_id');
  if (id !== undefined) return { id };
  const name = text('username');
  if (name === undefined) return undefined;
  return { name, domain: domainIn(text) };
}

/** As OpenStack's own clients find it; a name wins over an id there too. */
function domainIn(text: (...keys: string[]) => string | undefined): Domain {
  const name = text('user_domain_name', 'domain_name');
  const id = text('user_domain_id', 'domain_id', 'default_domain_id', 'default_domain');
  if (name !== undefined) return { name };
  return id === undefined ? { id: 'default' } : { id };
}
