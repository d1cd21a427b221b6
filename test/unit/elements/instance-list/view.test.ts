import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rightsOf, viewOf, viewOfAll } from '../../../../src/elements/instance-list/instance-list.state.js';
import type { CollectionState } from '../../../../src/live/collection.js';
import type { Server } from '../../../../src/openstack/compute.js';
import { OpenStackError, type ErrorFacts } from '../../../../src/openstack/errors.js';
import { Catalog } from '../../../../src/openstack/catalog.js';
import type { Connection } from '../../../../src/session/connection.js';
import type { SessionState } from '../../../../src/session/session.js';
import { server } from './server.js';

const connection = { catalog: new Catalog([]), canAct: true, roles: ['member'] } as unknown as Connection;
const signedIn: SessionState = { status: 'signed-in', connection, projects: [] };
const expired: SessionState = { status: 'expired', because: 'expired', connection, projects: [] };
const error = (facts: Partial<ErrorFacts>) =>
  new OpenStackError({ kind: 'server', attempt: { action: 'list-instances' }, ...facts });

function ready(
  o: Partial<Extract<CollectionState<Server>, { status: 'ready' }>> = {},
): CollectionState<Server> {
  return { status: 'ready', rows: [server()], updatedAt: 1000, refreshing: false, complete: true, ...o };
}

describe('what the list shows', () => {
  it('nobody is signed in, or no project is chosen', () => {
    assert.deepEqual(viewOf(undefined, undefined), { kind: 'no-session', choosing: false });
    assert.deepEqual(viewOf({ status: 'signed-out', because: 'new' }, ready()), {
      kind: 'no-session',
      choosing: false,
    });
    assert.deepEqual(viewOf({ status: 'choosing', projects: [], user: 'u' }, undefined), {
      kind: 'no-session',
      choosing: true,
    });
  });

  it('loads until the first rows are there', () => {
    assert.equal(viewOf({ status: 'restoring' }, undefined).kind, 'loading');
    assert.equal(viewOf({ status: 'signing-in' }, undefined).kind, 'loading');
    assert.equal(viewOf(signedIn, undefined).kind, 'loading');
    assert.equal(viewOf(signedIn, { status: 'pending' }).kind, 'loading');
    assert.equal(viewOf(signedIn, ready({ rows: [], complete: false })).kind, 'loading');
  });

  it('shows the first page while others are on their way', () => {
    const view = viewOf(signedIn, ready({ complete: false }));
    assert.ok(view.kind === 'ready' && !view.complete && view.servers.length === 1);
  });

  it('is empty only when the whole list is known to be', () => {
    assert.equal(viewOf(signedIn, ready({ rows: [] })).kind, 'empty');
  });

  it('tells failures apart', () => {
    const kind = (facts: Partial<ErrorFacts>) =>
      viewOf(signedIn, { status: 'failed', error: error(facts) }).kind;
    assert.equal(kind({ kind: 'server' }), 'failed');
    assert.equal(kind({ kind: 'forbidden' }), 'forbidden');
    assert.equal(kind({ kind: 'not-found', reason: 'service-missing' }), 'service-missing');
    assert.equal(kind({ kind: 'not-found' }), 'failed');
  });

  it('keeps the rows when a refresh fails', () => {
    const lastError = error({});
    const view = viewOf(signedIn, ready({ lastError }));
    assert.ok(view.kind === 'ready');
    assert.equal(view.stale, lastError);
    assert.equal(view.servers.length, 1);
  });

  it('keeps the rows when the session has run out, and says only that', () => {
    const view = viewOf(expired, ready({ lastError: error({ kind: 'auth' }) }));
    assert.ok(view.kind === 'ready' && view.expired);
    assert.equal(view.stale, undefined);
  });

  it('keeps the rows while somebody signs in again in place', () => {
    assert.equal(viewOf({ status: 'signing-in', connection }, ready()).kind, 'ready');
  });
});

describe('several connections', () => {
  const here = { ...connection, ended: false };
  const there = { ...connection, ended: false };
  const one = server({ id: '1' });
  const failed = (facts: Partial<ErrorFacts> = {}): CollectionState<Server> => ({
    status: 'failed',
    error: error(facts),
  });
  const both = (first: CollectionState<Server>, second: CollectionState<Server>, rows = [one]) =>
    viewOfAll(
      signedIn,
      [
        { connection: here, state: first },
        { connection: there, state: second },
      ],
      rows,
    );

  it('shows the rows of one while another is down', () => {
    const view = both(ready(), failed());
    assert.ok(view.kind === 'ready', 'the rows are there');
    assert.deepEqual(
      view.troubles.map(({ connection: of, why }) => [of === there, why]),
      [[true, 'failed']],
    );
    assert.equal(view.complete, true);
  });

  it('shows the rows of one while another is still on its way', () => {
    const view = both(ready(), { status: 'pending' });
    assert.ok(view.kind === 'ready' && !view.complete, 'it is not all yet');
    assert.equal(both(ready({ rows: [] }), { status: 'pending' }, []).kind, 'loading');
  });

  it('has failed when all have', () => {
    const view = both(failed(), failed({ reason: 'service-missing' }), []);
    assert.ok(view.kind === 'failed' && 'troubles' in view, 'both are told');
    assert.deepEqual(
      view.troubles.map(({ why }) => why),
      ['failed', 'service-missing'],
    );
  });

  it('keeps the rows of an account that has run out, and says so', () => {
    const ended = { connection: { ...here, ended: true }, state: ready() };
    const view = viewOfAll(signedIn, [ended, { connection: there, state: ready() }], [one]);
    assert.ok(view.kind === 'ready', 'the rows stay');
    assert.deepEqual(
      view.troubles.map(({ why }) => why),
      ['expired'],
    );
    const alone = viewOfAll(signedIn, [ended], [one]);
    assert.ok(alone.kind === 'ready' && alone.expired, 'as in a list of one');
  });

  it('asks for a project where the one that is named is not open', () => {
    assert.deepEqual(viewOfAll(signedIn, [], []), { kind: 'no-session', choosing: true });
  });
});

describe('rights', () => {
  it('follow the session and the roles', () => {
    const open = { ended: false, canAct: true, roles: ['member'] };
    assert.deepEqual(rightsOf(open), { signedIn: true, canAct: true, passesLocks: false });
    assert.equal(rightsOf({ ...open, ended: true }).signedIn, false);
    assert.equal(rightsOf({ ...open, canAct: false, roles: ['reader'] }).canAct, false);
    assert.equal(rightsOf({ ...open, roles: ['admin'] }).passesLocks, true);
    assert.equal(rightsOf(undefined).canAct, false);
  });
});
