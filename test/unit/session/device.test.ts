import assert from 'node:assert/strict';
import { before, beforeEach, describe, it } from 'node:test';
import { isKitCredential } from '../../../src/openstack/application-credentials.js';
import { ComputeClient } from '../../../src/openstack/compute.js';
import { Secret } from '../../../src/openstack/secret.js';
import type { Session } from '../../../src/session/session.js';
import { MFA_SECRET, passcodeAt } from '../../../src/simulator/index.js';
import { settle } from '../live/surroundings.js';
import { password, stage, stateOf, type Stage } from './stage.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const KEY = 'exo.session.';

let at: Stage;
let session: Session;

before(() => import('../../../src/session/devices.js'));

beforeEach(async () => {
  at = stage();
  session = load();
  await session.signIn(password('single'));
  await kept();
});

/** As in a window that is opened anew: nothing is left in its tab. */
function load(): Session {
  at.tab.values.clear();
  return at.load({ settings: { persist: 'device' } });
}

/** Waits for the credential to be there. */
async function kept(): Promise<void> {
  for (let turn = 0; turn < 200 && !at.device.keys.includes(KEY); turn++) await settle();
  assert.ok(at.device.keys.includes(KEY), 'a credential is kept');
}

const credentials = (): string[] => at.cloud.state.applicationCredentials.map(({ name }) => name);

describe('persist="device"', () => {
  it('makes one credential, which expires, and may do what the elements need', () => {
    const [made, ...others] = at.cloud.state.applicationCredentials;
    assert.deepEqual(others, []);
    assert.ok(made, 'one credential');
    assert.ok(isKitCredential(made), made.name);
    const hours = ((made.expiresAt ?? NaN) - at.cloud.state.now()) / HOUR;
    assert.ok(hours > 11.9 && hours <= 12, `${hours} hours`);
    const services = new Set(made.accessRules?.map(({ service }) => service));
    assert.deepEqual([...services].sort(), [
      'block-storage',
      'compute',
      'identity',
      'image',
      'network',
      'volumev3',
    ]);
    assert.deepEqual(
      made.accessRules?.filter(({ service }) => service === 'identity').map(({ method }) => method),
      ['DELETE'],
    );
  });

  it('keeps no password, and no token outside the tab', () => {
    const values = [...at.device.values.values()].join(' ');
    assert.ok(!values.includes('single-password'), 'the password');
    for (const { value } of at.cloud.state.tokens.values()) assert.ok(!values.includes(value), 'a token');
  });

  it('goes on in a window that is opened later, and renews by itself', async () => {
    await at.environment.clock.advance(5 * HOUR);
    const later = load();
    await later.restore();
    const { connection } = stateOf(later, 'signed-in');
    assert.equal(connection.user.name, 'single');
    await at.environment.clock.advance(2 * HOUR);
    stateOf(later, 'signed-in');
    await connection.client(ComputeClient).limits();
    assert.equal(credentials().length, 1, 'no credential of a credential');
  });

  it('keeps people signed in where they signed in', async () => {
    const { connection } = stateOf(session, 'signed-in');
    await at.environment.clock.advance(3 * HOUR);
    assert.equal(stateOf(session, 'signed-in').connection, connection);
    await connection.client(ComputeClient).limits();
  });

  it('ends when the credential does', async () => {
    await at.environment.clock.advance(13 * HOUR);
    const later = load();
    await later.restore();
    assert.equal(later.state.status, 'signed-out');
  });

  it('is asked to sign in where the credential was deleted elsewhere', async () => {
    at.cloud.state.applicationCredentials = [];
    const later = load();
    await later.restore();
    assert.deepEqual(later.state, { status: 'signed-out', because: 'new' });
    assert.deepEqual(
      at.device.keys.filter((key) => key === KEY),
      [],
    );
  });

  it('deletes the credential at sign-out', async () => {
    await session.signOut();
    assert.deepEqual(credentials(), []);
    assert.ok(!at.device.keys.includes(KEY), 'nothing is kept');
    assert.ok(
      [...at.cloud.state.tokens.values()].every(({ revoked }) => revoked),
      'every token is revoked',
    );
  });

  it('deletes the credential at sign-out hours later, with nothing but itself', async () => {
    await at.environment.clock.advance(5 * HOUR);
    const later = load();
    await later.restore();
    const out = later.signOut();
    assert.ok(!at.device.keys.includes(KEY), 'forgotten at once');
    await out;
    assert.deepEqual(credentials(), []);
  });

  it('makes none again for whoever signs in on the same device', async () => {
    const second = load();
    await second.signIn(password('single'));
    await settle();
    assert.equal(credentials().length, 1);
  });

  it('clears up what was left behind and has expired', async () => {
    at.device.values.clear();
    await at.environment.clock.advance(13 * HOUR);
    const second = load();
    await second.signIn(password('single'));
    await kept();
    assert.equal(credentials().length, 1);
  });

  it('does without rules where a service does not take them', async () => {
    await session.signOut();
    at.cloud.fail(
      { method: 'GET', path: /networks/, times: 2 },
      { status: 401, body: { error: { code: 401, title: 'Unauthorized', message: 'no' } } },
    );
    const second = load();
    await second.signIn(password('single'));
    await kept();
    const [made, ...others] = at.cloud.state.applicationCredentials;
    assert.deepEqual(others, []);
    assert.equal(made?.accessRules, undefined);
    assert.equal(made?.unrestricted, false);
    await second.signOut();
    assert.deepEqual(credentials(), []);
  });

  it('leaves nothing behind for an account that wants a second factor whatever it comes with', async () => {
    await session.signOut();
    const second = load();
    const errors: unknown[] = [];
    second.on('error', ({ detail }) => errors.push(detail.error.reason));
    await second.signIn(password('mfa'));
    await second.answer(new Secret(await passcodeAt(MFA_SECRET, at.environment.clock.now())));
    for (let turn = 0; turn < 100 && errors.length === 0; turn++) await settle();
    assert.deepEqual(errors, ['second-factor']);
    assert.deepEqual(credentials(), []);
    assert.ok(!at.device.keys.includes(KEY), 'nothing is kept');
    stateOf(second, 'signed-in');
  });

  it('leaves it be for whoever came with a credential or a token of the portal', async () => {
    await session.signOut();
    const portal = load();
    const helper = at.load({ name: 'helper' });
    await helper.signIn(password('single'));
    const { token } = JSON.parse(at.tab.getItem('exo.session.helper') ?? '{}') as { token: string };
    portal.getToken = () => Promise.resolve(token);
    await portal.restore();
    stateOf(portal, 'signed-in');
    await settle();
    assert.deepEqual(credentials(), []);
  });
});
