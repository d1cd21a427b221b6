import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { ApplicationCredentialClient } from '../../src/openstack/application-credentials.js';
import { ComputeClient } from '../../src/openstack/compute.js';
import { IdentityClient, Secret } from '../../src/openstack/identity.js';
import { ImageClient } from '../../src/openstack/image.js';
import { Transport } from '../../src/openstack/transport.js';
import { Session } from '../../src/session/session.js';
import type { SessionSettings } from '../../src/session/settings.js';
import { passcodeAt } from '../../src/simulator/totp.js';
import { actorIn, actorWith, passwordOf, refusal, whole } from './actor.js';
import { must } from './choice.js';
import type { TestCloud } from './cloud.js';

/** Every way in, through the kit's own clients and its session. */
export function identityTests(cloud: TestCloud): void {
  const { ways } = cloud;
  const missing = 'the cloud has nobody like that';

  describe('the ways in', () => {
    const sessions: Session[] = [];
    after(async () => {
      await Promise.all(sessions.map((session) => session.signOut()));
    });
    const newSession = (settings: SessionSettings = {}): Session => {
      const session = new Session({
        settings: { authUrl: cloud.authUrl, persist: 'none', ...settings },
        fetch: (request) => cloud.fetch(request),
      });
      sessions.push(session);
      return session;
    };
    const identityAt = (authUrl = cloud.authUrl): IdentityClient =>
      new IdentityClient({ transport: new Transport({ fetch: (request) => cloud.fetch(request) }), authUrl });

    it('leads to an identity service under a path prefix', async (t) => {
      if (!ways?.prefixed) {
        t.skip('the cloud has no identity service under a path');
        return;
      }
      const base = ways.prefixed;
      for (const given of [base, `${base}/`, base.replace(/\/v3$/, ''), `${base.replace(/\/v3$/, '')}/`])
        assert.equal(await identityAt(given).discover(), base);
      const issued = await identityAt(base).authenticate(passwordOf(cloud.member), 'unscoped');
      assert.equal(issued.user.name, cloud.member.name);
    });

    it('asks for a one-time code after the password, and lets in with both', async (t) => {
      if (!ways?.mfa) {
        t.skip(missing);
        return;
      }
      const { account, secret } = ways.mfa;
      const session = newSession();
      await session.signIn(passwordOf(account));
      assert.equal(session.state.status, 'second-factor');
      const wrong = await refusal(session.answer(new Secret('000000')), 'auth');
      assert.equal(wrong.reason, 'wrong-passcode');
      assert.equal(session.state.status, 'second-factor');
      await session.answer(new Secret(await passcodeAt(secret, Date.now())));
      assert.equal(session.state.status, 'signed-in');
      assert.equal(session.current?.user.name, account.name);
    });

    it('gives a receipt that a code completes, on the wire', async (t) => {
      if (!ways?.mfa) {
        t.skip(missing);
        return;
      }
      const { account, secret } = ways.mfa;
      const identity = identityAt();
      const error = await refusal(identity.authenticate(passwordOf(account), 'unscoped'), 'auth');
      assert.equal(error.reason, 'second-factor');
      const { receipt, methods } = must(error.challenge, 'challenge');
      assert.deepEqual([...must(methods[0], 'list of methods')].sort(), ['password', 'totp']);
      assert.ok(!JSON.stringify(error).includes(receipt.reveal()), 'the receipt is in the error');
      const { user } = passwordOf(account);
      const passcode = new Secret(await passcodeAt(secret, Date.now()));
      const issued = await identity.authenticate({ method: 'totp', user, passcode, receipt }, 'unscoped');
      assert.deepEqual([...issued.methods].sort(), ['password', 'totp']);
    });

    it('has a password that is too old changed in place', async (t) => {
      if (!ways?.expired) {
        t.skip(missing);
        return;
      }
      const account = ways.expired;
      const session = newSession();
      await session.signIn(passwordOf(account));
      if (session.state.status === 'signed-in') {
        t.skip('it was changed by an earlier run');
        return;
      }
      assert.equal(session.state.status, 'password-expired');
      await session.changePassword(new Secret(`${account.password}-new`));
      assert.equal(session.state.status, 'signed-in');
      await session.signOut();
      const old = await refusal(identityAt().authenticate(passwordOf(account), 'unscoped'), 'auth');
      assert.equal(old.reason, 'wrong-credentials');
    });

    it('takes a token that the portal has, and does not revoke it', async () => {
      const actor = await actorIn(cloud, cloud.member);
      const token = actor.issued.token;
      const session = newSession();
      session.getToken = () => Promise.resolve(token.reveal());
      await session.restore();
      assert.equal(session.state.status, 'signed-in');
      assert.equal(session.current?.project.name, cloud.member.project);
      await session.signOut();
      await actor.identity.validate(token);
      await actor.identity.revoke(token);
    });

    it('shows a project that is closed, and does not open it', async (t) => {
      if (!ways?.closed) {
        t.skip(missing);
        return;
      }
      const { account, project } = ways.closed;
      const session = newSession();
      await session.signIn(passwordOf(account));
      const { state } = session;
      assert.ok('projects' in state, state.status);
      const closed = must(
        state.projects.find(({ name }) => name === project),
        project,
      );
      assert.equal(closed.enabled, false);
      const error = await refusal(session.selectProject(closed.id), 'auth');
      assert.equal(error.reason, 'no-access');
    });

    it('names every region of a project', async (t) => {
      if (!ways?.regions) {
        t.skip('the cloud has one region');
        return;
      }
      const actor = await actorIn(cloud, cloud.member, { project: ways.regions.project });
      assert.deepEqual([...actor.catalog.regions()].sort(), [...ways.regions.names].sort());
    });

    it('lets a credential do what its access rules say, and nothing else', async (t) => {
      if (!ways?.accessRules) {
        t.skip('the services know no access rules');
        return;
      }
      const actor = await actorIn(cloud, cloud.member);
      const credentials = actor.client(ApplicationCredentialClient);
      const userId = actor.issued.user.id;
      // Rules are about the whole path, with whatever stands before the service's own.
      const compute = new URL(must(actor.catalog.endpoint('compute'), 'compute')).pathname.replace(/\/$/, '');
      const made = await credentials.create(userId, {
        name: `exo-rules-${randomUUID().slice(0, 8)}`,
        expiresAt: new Date(Date.now() + 3_600_000),
        accessRules: [{ service: 'compute', method: 'GET', path: `${compute}/flavors/detail` }],
      });
      t.after(() => credentials.delete(userId, made));
      assert.equal(made.accessRules.length, 1);
      const transport = new Transport({ fetch: (request) => cloud.fetch(request) });
      const identity = new IdentityClient({ transport, authUrl: cloud.authUrl });
      const issued = await identity.authenticate(
        { method: 'application_credential', id: made.id, secret: made.secret },
        'default',
      );
      const restricted = actorWith(transport, identity, issued);
      const { rows } = await whole(restricted.client(ComputeClient).flavors());
      assert.notEqual(rows.length, 0);
      await refusal(restricted.client(ComputeClient).limits(), 'auth');
      await refusal(whole(restricted.client(ImageClient).images()), 'auth');
    });

    it('ends with the credential: its tokens are good no more', async () => {
      const actor = await actorIn(cloud, cloud.member);
      const credentials = actor.client(ApplicationCredentialClient);
      const userId = actor.issued.user.id;
      const made = await credentials.create(userId, { name: `exo-gone-${randomUUID().slice(0, 8)}` });
      const credential = { method: 'application_credential', id: made.id, secret: made.secret } as const;
      const session = newSession();
      await session.signIn(credential);
      assert.equal(session.state.status, 'signed-in');
      assert.ok(
        (await credentials.list(userId)).some(({ id }) => id === made.id),
        'it is not listed',
      );
      await credentials.delete(userId, made);
      const error = await refusal(identityAt().authenticate(credential, 'default'), 'auth');
      assert.equal(error.reason, 'wrong-credentials');
    });
  });
}
