import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { isAbort, isOpenStackError } from '../../../src/openstack/errors.js';
import { Secret } from '../../../src/openstack/secret.js';
import type { Session } from '../../../src/session/session.js';
import { MFA_SECRET, passcodeAt } from '../../../src/simulator/index.js';
import { password, stage, stateOf, type Stage } from './stage.js';

let at: Stage;
let session: Session;

beforeEach(() => {
  at = stage();
  session = at.load();
});

const code = async (): Promise<Secret> =>
  new Secret(await passcodeAt(MFA_SECRET, at.environment.clock.now()));
const because =
  (reason: string) =>
  (error: unknown): boolean =>
    isOpenStackError(error) && error.kind === 'auth' && error.reason === reason;

describe('a second factor', () => {
  it('is asked for after the password, and signs in', async () => {
    await session.signIn(password('mfa'));
    assert.equal(stateOf(session, 'second-factor').user, 'mfa');
    await session.answer(await code());
    const { connection } = stateOf(session, 'signed-in');
    assert.equal(connection.user.name, 'mfa');
    assert.deepEqual([...(session.logins[0]?.methods ?? [])].sort(), ['password', 'totp']);
    assert.equal(at.count('POST', '/v3/auth/tokens'), 3, 'the password, the code, the project');
  });

  it('that is wrong keeps the question, and says so', async () => {
    await session.signIn(password('mfa'));
    await assert.rejects(session.answer(new Secret('000000')), because('wrong-passcode'));
    assert.equal(stateOf(session, 'second-factor').failed?.reason, 'wrong-passcode');
    await session.answer(await code());
    stateOf(session, 'signed-in');
  });

  it('that comes too late begins anew with the password', async () => {
    await session.signIn(password('mfa'));
    await at.environment.clock.advance(6 * 60_000);
    await assert.rejects(session.answer(await code()), because('receipt-expired'));
    assert.equal(session.state.status, 'signed-out');
    await assert.rejects(session.answer(await code()), isOpenStackError);
  });

  it('can be left', async () => {
    await session.signIn(password('single'));
    const { connection } = stateOf(session, 'signed-in');
    await session.signIn(password('mfa'), { add: true });
    assert.equal(stateOf(session, 'second-factor').connection, connection);
    session.cancelSignIn();
    assert.equal(stateOf(session, 'signed-in').connection, connection);
  });

  it('is asked for again in place when the sign-in has ended', async () => {
    await session.signIn(password('mfa'));
    await session.answer(await code());
    const { connection } = stateOf(session, 'signed-in');
    await at.environment.clock.advance(2 * 60 * 60_000);
    assert.equal(stateOf(session, 'expired').connection, connection);
    await session.signIn(password('mfa'));
    stateOf(session, 'second-factor');
    await session.answer(await code());
    assert.equal(stateOf(session, 'signed-in').connection, connection);
  });

  it('leaves neither the receipt nor the code in errors and logs', async () => {
    await session.signIn(password('mfa'));
    const wrong = new Secret('135790');
    const error: unknown = await session.answer(wrong).catch((caught: unknown) => caught);
    const told = JSON.stringify([error, String(error), session.log.entries, session, session.state]);
    for (const { value } of at.cloud.state.receipts.values()) assert.ok(!told.includes(value), 'the receipt');
    assert.ok(!told.includes('135790'), 'the code');
    assert.ok(!told.includes('mfa-password'), 'the password');
  });
});

describe('a password that has run out', () => {
  it('is changed in place, which signs in', async () => {
    await session.signIn(password('expired'));
    assert.equal(stateOf(session, 'password-expired').user, 'expired');
    await session.changePassword(new Secret('another-password'));
    assert.equal(stateOf(session, 'signed-in').connection.user.name, 'expired');
    const again = at.load({ name: 'again' });
    await assert.rejects(again.signIn(password('expired')), because('wrong-credentials'));
    await again.signIn(password('expired', 'another-password'));
    stateOf(again, 'signed-in');
  });

  it('stays to be changed when the cloud does not like the new one', async () => {
    await session.signIn(password('expired'));
    await assert.rejects(
      session.changePassword(new Secret('short')),
      (error) => isOpenStackError(error) && error.kind === 'invalid',
    );
    assert.match(stateOf(session, 'password-expired').failed?.detail ?? '', /requirements/);
    await session.changePassword(new Secret('another-password'));
    stateOf(session, 'signed-in');
  });

  it('is no matter of the wrong password', async () => {
    await assert.rejects(session.signIn(password('expired', 'wrong')), because('wrong-credentials'));
    assert.equal(session.state.status, 'signed-out');
  });

  it('can be left, and signing out leaves it too', async () => {
    await session.signIn(password('expired'));
    session.cancelSignIn();
    assert.equal(session.state.status, 'signed-out');
    await session.signIn(password('expired'));
    await session.signOut();
    await assert.rejects(session.changePassword(new Secret('another-password')), isOpenStackError);
    assert.equal(at.count('POST', '/v3/auth/tokens'), 2);
  });
});

describe('a sign-in that is left', () => {
  it('goes back to what was there, and what comes of it is thrown away', async () => {
    const signing = session.signIn(password('single'));
    session.cancelSignIn();
    assert.equal(session.state.status, 'signed-out');
    await assert.rejects(signing, isAbort);
    assert.equal(session.state.status, 'signed-out');
  });
});
