import { changePassword } from '../openstack/change-password.js';
import { isOpenStackError } from '../openstack/errors.js';
import { IdentityClient, type Credential } from '../openstack/identity.js';
import type { Secret } from '../openstack/secret.js';
import type { Login } from './login.js';
import { signInWith, type Cloud } from './sign-in.js';

type Password = Extract<Credential, { method: 'password' }>;

/** What a sign-in waits for after a password that was right. It holds no more than the next request needs. */
export interface Step {
  readonly state: { readonly status: 'second-factor' | 'password-expired'; readonly user: string };
  /** Goes on with what the person gives: a one-time code, a new password. */
  take(secret: Secret, signal: AbortSignal): Promise<Login>;
  /** The step that an error of `take` asks for, if it does. */
  after(error: unknown): Step | undefined;
}

/** The step that an error asks for; undefined where it is an error and no more. */
export function nextStep(error: unknown, cloud: Cloud, credential: Credential): Step | undefined {
  if (!isOpenStackError(error) || credential.method !== 'password') return undefined;
  if (error.reason === 'password-expired') {
    // Keystone names the user, whom the name alone does not identify in the API.
    const id =
      'id' in credential.user ? credential.user.id : /user: ?([\w-]+)/i.exec(error.detail ?? '')?.[1];
    return id === undefined ? undefined : passwordExpired(cloud, credential, id);
  }
  const { challenge } = error;
  const enough = (methods: readonly string[]): boolean =>
    methods.every((method) => method === 'password' || method === 'totp');
  if (error.reason !== 'second-factor' || credential.passcode) return undefined;
  if (challenge && !challenge.methods.some(enough)) return undefined;
  const user = challenge?.userId === undefined ? credential.user : { id: challenge.userId };
  const proof = (passcode: Secret): Credential =>
    challenge
      ? { method: 'totp', user, passcode, receipt: challenge.receipt }
      : // A browser that may not read the receipt sends both again.
        { ...credential, passcode };
  return {
    state: { status: 'second-factor', user: nameOf(credential) },
    take: (passcode, signal) => signInWith(cloud, proof(passcode), signal),
    after: () => undefined,
  };
}

function passwordExpired(cloud: Cloud, credential: Password, id: string): Step {
  let current = credential;
  return {
    state: { status: 'password-expired', user: nameOf(credential) },
    async take(password, signal) {
      const identity = new IdentityClient(cloud);
      const { transport } = cloud;
      await changePassword({ transport, identity }, id, { from: current.password, to: password, signal });
      current = { ...current, password };
      return signInWith(cloud, current, signal).catch(async (error: unknown) => {
        if (!isOpenStackError(error) || error.attempt.action !== 'list-projects') throw error;
        // The change has revoked all tokens up to and including its second, and Keystone counts in whole ones.
        await cloud.clock.sleep(1_000, signal);
        return signInWith(cloud, current, signal);
      });
    },
    after: (error) => nextStep(error, cloud, current),
  };
}

function nameOf({ user }: Password): string {
  return 'name' in user ? user.name : user.id;
}
