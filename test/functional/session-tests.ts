import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Server } from '../../src/openstack/compute.js';
import * as lists from '../../src/session/collections.js';
import { limitsOf } from '../../src/session/limits.js';
import type { Connection } from '../../src/session/connection.js';
import { Session } from '../../src/session/session.js';
import { actorIn, eventually, passwordOf, refusal } from './actor.js';
import { flavorFor, must, networksFor, smallestImage } from './choice.js';
import type { Account, TestCloud } from './cloud.js';

interface Observable {
  subscribe(listener: () => void): () => void;
}

/** Waits for something that the source will tell of, and gives it. */
function told<S>(source: Observable, look: () => S | undefined, patience: number, what: string): Promise<S> {
  return new Promise((resolve, reject) => {
    let stop = (): void => undefined;
    const end = (): void => {
      clearTimeout(timer);
      stop();
    };
    const timer = setTimeout(() => {
      end();
      reject(new Error(`not told within ${patience} ms: ${what}`));
    }, patience);
    const listener = (): void => {
      const found = look();
      if (found === undefined) return;
      end();
      resolve(found);
    };
    stop = source.subscribe(listener);
    listener();
  });
}

function expired(session: Session): 'expired' | 'revoked' | undefined {
  return session.state.status === 'expired' ? session.state.because : undefined;
}

/** The session and its live lists on top of the wire, as the elements use them. */
export function sessionTests(cloud: TestCloud): void {
  describe('a session', () => {
    const sessions: Session[] = [];
    after(async () => {
      await Promise.all(sessions.map((session) => session.signOut()));
    });

    /** `lastToken` is what an administrator could see and revoke. */
    function newSession(): { session: Session; lastToken: () => string } {
      let token = '';
      const session = new Session({
        settings: { authUrl: cloud.authUrl, persist: 'none' },
        fetch: (request) => {
          token = request.headers.get('X-Auth-Token') ?? token;
          return cloud.fetch(request);
        },
      });
      sessions.push(session);
      return { session, lastToken: () => token };
    }

    async function signIn(session: Session, account: Account): Promise<Connection> {
      await session.signIn(passwordOf(account));
      if (session.state.status === 'choosing') {
        const project = session.state.projects.find(({ name }) => name === account.project);
        await session.selectProject(must(project, `project ${account.project}`).id);
      }
      assert.equal(session.state.status, 'signed-in');
      return must(session.current, 'connection');
    }

    async function revoke(token: string): Promise<void> {
      const response = await cloud.fetch(`${cloud.authUrl}/auth/tokens`, {
        method: 'DELETE',
        headers: { 'X-Auth-Token': token, 'X-Subject-Token': token },
      });
      assert.equal(response.status, 204);
    }

    it('is where it was when a sign-in fails', async () => {
      const { session } = newSession();
      const wrong = passwordOf({ ...cloud.member, password: 'not the password' });
      const error = await refusal(session.signIn(wrong), 'auth');
      assert.equal(error.reason, 'wrong-credentials');
      assert.deepEqual(session.state, { status: 'signed-out', because: 'new' });
    });

    it('knows where one is, and that a member may act', async () => {
      const { session } = newSession();
      const connection = await signIn(session, cloud.member);
      assert.equal(connection.project.name, cloud.member.project);
      assert.equal(connection.user.name, cloud.member.name);
      assert.equal(connection.canAct, true);
      assert.ok(connection.has('compute'), 'no compute');
    });

    it('knows that a reader may only look', async (t) => {
      if (!cloud.reader) {
        t.skip('the cloud has no reader');
        return;
      }
      const { session } = newSession();
      assert.equal((await signIn(session, cloud.reader)).canAct, false);
    });

    it('makes its token worthless when one signs out', async () => {
      const { session, lastToken } = newSession();
      const connection = await signIn(session, cloud.member);
      await limitsOf(connection).refresh();
      const token = lastToken();
      await session.signOut();
      assert.deepEqual(session.state, { status: 'signed-out', because: 'signed-out' });
      const response = await cloud.fetch(`${cloud.authUrl}/auth/tokens`, {
        headers: { 'X-Auth-Token': token, 'X-Subject-Token': token },
      });
      assert.equal(response.status, 401);
    });

    it('fills every list', async () => {
      const { session } = newSession();
      const connection = await signIn(session, cloud.member);
      const filled = [
        lists.flavorsOf(connection),
        lists.imagesOf(connection),
        lists.networksOf(connection),
        lists.securityGroupsOf(connection),
        limitsOf(connection),
      ];
      await Promise.all(filled.map((list) => list.refresh()));
      for (const { state } of filled) {
        assert.equal(state.status, 'ready');
        assert.notDeepEqual(state.rows, []);
      }
    });

    describe('with its list of servers', () => {
      const name = `exo-session-${randomUUID().slice(0, 8)}`;
      const { session, lastToken } = newSession();
      let connection: Connection;
      let id: string;

      const row = (): Server | undefined => lists.serversOf(connection).get(id);
      const becomes = (status: Server['status']): Promise<Server> =>
        told(
          lists.serversOf(connection),
          () => (row()?.status === status && row()?.pending === undefined ? row() : undefined),
          cloud.patience,
          `${status}; it is ${row()?.status ?? 'not there'}`,
        );

      before(async () => {
        connection = await signIn(session, cloud.member);
      });
      after(async () => {
        if (row()) await lists.serversOf(connection).delete(id);
      });

      it('shows a new server at once, and follows it until it runs', async () => {
        const actor = await actorIn(cloud, cloud.member);
        const image = await smallestImage(actor);
        ({ id } = await lists.serversOf(connection).create({
          name,
          imageId: image.id,
          flavorId: (await flavorFor(actor, image)).id,
          networks: await networksFor(actor),
        }));
        assert.equal(row()?.name, name);
        const server = await becomes('ACTIVE');
        assert.equal(server.imageId, image.id);
      });

      it('shows what was asked for before the cloud does', async () => {
        const servers = lists.serversOf(connection);
        const stopped = servers.stop(id);
        assert.equal(row()?.pending, 'stopping');
        await stopped;
        await becomes('SHUTOFF');
        await servers.start(id);
        await becomes('ACTIVE');
      });

      it('takes back what the cloud refuses', async () => {
        await refusal(lists.serversOf(connection).start(id), 'conflict');
        assert.equal(row()?.pending, undefined);
        assert.equal(row()?.status, 'ACTIVE');
      });

      it('keeps the rows when its token is revoked, and goes on after signing in again', async () => {
        const servers = lists.serversOf(connection);
        await servers.refresh();
        await revoke(lastToken());
        const ended = told(session, () => expired(session), cloud.tokenPatience, 'expired');
        let refreshed: Promise<void> | undefined;
        await eventually(
          async () => {
            // The one that meets the refusal does not end before somebody has signed in again.
            refreshed = servers.refresh();
            await Promise.race([refreshed, ended]);
            return session.state.status;
          },
          (status) => status === 'expired',
          cloud.tokenPatience,
        );
        assert.equal(await ended, 'revoked');
        assert.equal(row()?.name, name);
        assert.equal(await signIn(session, cloud.member), connection);
        await refreshed;
        assert.equal(servers.state.status, 'ready');
        assert.equal(row()?.name, name);
      });

      it('loses a server that was deleted', async () => {
        const servers = lists.serversOf(connection);
        await servers.delete(id);
        await told(servers, () => (row() === undefined ? true : undefined), cloud.patience, 'gone');
      });
    });
  });
}
