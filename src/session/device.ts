import {
  ApplicationCredentialClient,
  isKitCredential,
  kitCredentialName,
  type AccessRule,
  type NewApplicationCredential,
} from '../openstack/application-credentials.js';
import { serviceType, type ServiceType } from '../openstack/catalog.js';
import { isOpenStackError } from '../openstack/errors.js';
import { IdentityClient, type Credential } from '../openstack/identity.js';
import { isRecord } from '../openstack/schema.js';
import { Secret } from '../openstack/secret.js';
import type { TokenSource } from '../openstack/transport.js';
import type { OpenConnection } from './connection.js';
import type { Login, Renewal } from './login.js';
import { signInWith, type Cloud } from './sign-in.js';

/** An application credential that keeps somebody signed in on this device, and where it is for. */
export interface DevicePlace {
  readonly id: string;
  readonly secret: Secret;
  readonly authUrl: string;
  readonly userId: string;
  readonly projectId: string;
  readonly region: string | undefined;
  /** By this computer's clock. */
  readonly expiresAt: Date;
}

const HOUR = 3_600_000;

/** What the elements ask of a cloud; a credential with rules is good for nothing else. */
const NEEDED: readonly ServiceType[] = ['compute', 'image', 'network', 'block-storage'];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** A small question to each service, to see whether it knows access rules. */
const QUESTIONS: Partial<Record<ServiceType, (endpoint: string) => string>> = {
  compute: (endpoint) => `${endpoint}/flavors?limit=1`,
  image: (endpoint) => `${endpoint.replace(/\/v2(?:\.\d+)?$/, '')}/v2/images?limit=1`,
  network: (endpoint) => `${endpoint.replace(/\/v2\.0$/, '')}/v2.0/networks?limit=1&fields=id`,
  'block-storage': (endpoint) => `${endpoint}/limits`,
};

/**
 * Makes the credential for the project of a connection. Where every service takes access rules it may do what the
 * elements need and delete itself; else it is restricted, may do what its owner may, and is deleted by a token of the
 * sign-in that made it. docs/decisions/device-sessions.md
 *
 * @throws OpenStackError where the cloud or the way of signing in does not allow it
 */
export async function keepOnDevice(connection: OpenConnection, hours: number): Promise<DevicePlace> {
  const { user, project, authUrl, region, grant, environment } = connection;
  const client = connection.client(ApplicationCredentialClient);
  const now = environment.clock.now();
  const theirs = now + grant.issued.serverOffset;
  await clearUp(client, user.id, theirs);
  const wanted = {
    name: kitCredentialName(globalThis.location?.host ?? 'local', new Date(theirs)),
    description: `Keeps ${user.name} signed in on one device.`,
    expiresAt: new Date(theirs + hours * HOUR),
  };
  let made = await client
    .create(user.id, { ...wanted, unrestricted: true, accessRules: rulesFor(connection) })
    .catch((error: unknown) => {
      // A Keystone from before access rules, or one that does not allow them.
      if (isOpenStackError(error) && (error.kind === 'invalid' || error.kind === 'forbidden'))
        return undefined;
      throw error;
    });
  try {
    if (made && !(made.accessRules.length > 0 && (await works(connection, made)))) {
      await client.delete(user.id, made);
      made = undefined;
    }
  } catch (error) {
    // Such as an account whose rules want a second factor whatever it comes with.
    if (made) await client.delete(user.id, made).catch(() => undefined);
    throw error;
  }
  const { id, secret } = made ?? (await client.create(user.id, wanted));
  const expiresAt = new Date(now + hours * HOUR);
  return { id, secret, authUrl, userId: user.id, projectId: project.id, region, expiresAt };
}

/** Keystone keeps those that have expired: ours go when the next one is made. */
async function clearUp(client: ApplicationCredentialClient, userId: string, now: number): Promise<void> {
  const all = await client.list(userId);
  const over = all.filter(
    (each) => isKitCredential(each) && each.expiresAt && each.expiresAt.getTime() <= now,
  );
  await Promise.all(over.map((each) => client.delete(userId, each).catch(() => undefined)));
}

function rulesFor({ catalog, user, login }: OpenConnection): readonly AccessRule[] {
  // Cinder may call itself by any of the types it has in the catalog.
  const services = [...new Set(catalog.entries.map(({ type }) => type))].filter((type) => {
    const official = serviceType(type);
    return official && NEEDED.includes(official);
  });
  const { pathname } = new URL(login.identityUrl);
  return [
    ...services.flatMap((service) => METHODS.map((method) => ({ service, method, path: '/**' }))),
    {
      service: 'identity',
      method: 'DELETE',
      path: `${pathname}/users/${user.id}/application_credentials/*`,
    },
  ];
}

/** Whether each service lets a credential in that has rules: those that are not told their own type refuse it. */
async function works(connection: OpenConnection, made: NewApplicationCredential): Promise<boolean> {
  const { transport, authUrl, catalog, region } = connection;
  const identity = new IdentityClient({ transport, authUrl });
  const attempt = { action: 'create-application-credential', name: made.name } as const;
  const { token } = await identity.authenticate(credentialOf(made), 'default', { attempt });
  const asked = NEEDED.map(async (service) => {
    const endpoint = catalog.endpoint(service, { region })?.replace(/\/$/, '');
    const url = endpoint && QUESTIONS[service]?.(endpoint);
    if (!url) return true;
    return transport
      .request({ attempt, service, method: 'GET', url, tokens: only(token), read: () => true })
      .then(
        () => true,
        (error: unknown) => !(isOpenStackError(error) && error.status === 401),
      );
  });
  return (await Promise.all(asked)).every(Boolean);
}

function credentialOf({ id, secret }: Pick<DevicePlace, 'id' | 'secret'>): Credential {
  return { method: 'application_credential', id, secret };
}

function only(token: Secret): TokenSource {
  const give = (): Promise<Secret> => Promise.resolve(token);
  return { token: give, renew: give };
}

/** Signs in with what was kept on the device. */
export function resumeOnDevice(cloud: Cloud, place: DevicePlace, signal: AbortSignal): Promise<Login> {
  return signInWith(cloud, credentialOf(place), signal);
}

/** New tokens for a sign-in that the credential was made in. */
export function renewalOnDevice(cloud: Cloud, place: DevicePlace): Renewal {
  const identity = new IdentityClient(cloud);
  const attempt = { action: 'renew-session' } as const;
  return async () => ({
    issued: await identity.authenticate(credentialOf(place), 'default', { attempt }),
    own: true,
  });
}

/**
 * Deletes the credential: with a token of the sign-in where there is one, else by itself, which those with rules can.
 * What cannot be deleted ends by itself; resolves in any case.
 */
export async function deleteFromCloud(
  cloud: Cloud,
  place: DevicePlace,
  tokens: readonly Secret[],
): Promise<void> {
  const identity = new IdentityClient(cloud);
  const endpoint = await identity.discover().catch(() => identity.url);
  const using = (token: Secret): Promise<boolean> =>
    new ApplicationCredentialClient({
      transport: cloud.transport,
      type: 'identity',
      endpoint,
      tokens: only(token),
      projectId: place.projectId,
    })
      .delete(place.userId, place)
      .then(
        () => true,
        (error: unknown) => isOpenStackError(error) && error.kind === 'not-found',
      );
  for (const token of tokens) if (await using(token)) return;
  const attempt = { action: 'sign-out' } as const;
  const own = await identity.authenticate(credentialOf(place), 'default', { attempt }).catch(() => undefined);
  if (own) await using(own.token);
}

/** As it is kept. */
export function writeDevice(place: DevicePlace): object {
  const { secret, expiresAt, ...rest } = place;
  return { ...rest, secret: secret.reveal(), expiresAt: expiresAt.toISOString() };
}

/** Whatever of what was kept is a place. */
export function readDevice(value: unknown): DevicePlace | undefined {
  if (!isRecord(value)) return undefined;
  const { id, secret, authUrl, userId, projectId, region, expiresAt } = value;
  const end = new Date(typeof expiresAt === 'string' ? expiresAt : NaN);
  if (typeof id !== 'string' || typeof secret !== 'string' || typeof authUrl !== 'string') return undefined;
  if (typeof userId !== 'string' || typeof projectId !== 'string' || Number.isNaN(end.getTime()))
    return undefined;
  return {
    id,
    secret: new Secret(secret),
    authUrl,
    userId,
    projectId,
    region: typeof region === 'string' ? region : undefined,
    expiresAt: end,
  };
}
