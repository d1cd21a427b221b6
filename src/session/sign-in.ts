import type { Clock } from '../openstack/clock.js';
import { isAbort, isOpenStackError, OpenStackError, type Attempt } from '../openstack/errors.js';
import { IdentityClient, type Credential, type IssuedToken, type Project } from '../openstack/identity.js';
import { Secret } from '../openstack/secret.js';
import type { Transport } from '../openstack/transport.js';
import { Login, type OwnedToken, type Renewal } from './login.js';

/** Where somebody signs in. */
export interface Cloud {
  readonly authUrl: string;
  readonly transport: Transport;
  readonly clock: Clock;
}

const SIGN_IN: Attempt = { action: 'sign-in' };
const RENEW: Attempt = { action: 'renew-session' };

/** Signs in with what a person, or a portal, has handed over. A password is not kept. */
export async function signInWith(
  cloud: Cloud,
  credential: Credential,
  signal: AbortSignal,
  own = false,
): Promise<Login> {
  const identity = new IdentityClient(cloud);
  const how = { signal, attempt: SIGN_IN };
  if (credential.method === 'token') {
    const issued = await identity.validate(credential.token, how);
    return login(cloud, identity, { issued, own }, signal);
  }
  if (credential.method === 'password' || credential.method === 'totp') {
    const issued = await identity.authenticate(credential, 'unscoped', how);
    return login(cloud, identity, { issued, own: true }, signal);
  }
  // An application credential is made to be kept, and renews the token by itself.
  const renewal: Renewal = async () => ({
    issued: await identity.authenticate(credential, 'default', { attempt: RENEW }),
    own: true,
  });
  const issued = await identity.authenticate(credential, 'default', how);
  return login(cloud, identity, { issued, own: true }, signal, renewal);
}

/**
 * Goes on with a token that was kept; it is ours. When it ends is known by this computer's clock, which may differ from
 * the cloud's by hours that browsers are rarely told.
 */
export async function resumeWith(
  cloud: Cloud,
  { token, expiresAt }: { readonly token: Secret; readonly expiresAt: Date },
  signal: AbortSignal,
): Promise<Login> {
  const identity = new IdentityClient(cloud);
  const issued = await identity.validate(token, { signal, attempt: RENEW });
  const serverOffset = issued.expiresAt.getTime() - expiresAt.getTime();
  return login(cloud, identity, { issued: { ...issued, serverOffset }, own: true }, signal);
}

/** Signs in with the portal's token, and asks the portal for the next one. */
export async function lendFrom(
  cloud: Cloud,
  getToken: () => Promise<string>,
  signal: AbortSignal,
): Promise<Login> {
  const identity = new IdentityClient(cloud);
  const renewal = async (attempt = RENEW): Promise<OwnedToken> => ({
    issued: await identity.validate(await askFor(getToken, attempt), { attempt }),
    own: false,
  });
  return login(cloud, identity, await renewal(SIGN_IN), signal, () => renewal());
}

async function login(
  cloud: Cloud,
  identity: IdentityClient,
  first: OwnedToken,
  signal: AbortSignal,
  renewal?: Renewal,
): Promise<Login> {
  return new Login({
    ...cloud,
    identity,
    first,
    renewal,
    projects: await projectsOf(identity, first.issued, signal),
  });
}

/** The projects that a token opens; its own where the cloud does not tell. */
async function projectsOf(
  identity: IdentityClient,
  issued: IssuedToken,
  signal: AbortSignal,
): Promise<Project[]> {
  const own: Project[] = issued.project
    ? [
        {
          id: issued.project.id,
          name: issued.project.name,
          description: '',
          enabled: true,
          domainId: undefined,
        },
      ]
    : [];
  // Such a token cannot be exchanged for one of another project.
  if (issued.methods.includes('application_credential')) return own;
  try {
    return await identity.projects(issued.token, { signal });
  } catch (error) {
    if (own.length === 0 || isAbort(error)) throw error;
    return own;
  }
}

/** What a portal's function throws could hold its token: no word of it goes into the error. */
async function askFor(getToken: () => Promise<string>, attempt: Attempt): Promise<Secret> {
  let token: unknown;
  try {
    token = await getToken();
  } catch (error) {
    if (isOpenStackError(error)) throw error;
  }
  if (typeof token !== 'string' || token === '')
    throw new OpenStackError({ kind: 'auth', attempt, reason: 'no-token' });
  return new Secret(token);
}
