import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rightsOf, viewOf } from '../../../../src/elements/instance-list/instance-list.state.js';
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

describe('rights', () => {
  it('follow the session and the roles', () => {
    assert.deepEqual(rightsOf(signedIn, connection), { signedIn: true, canAct: true, passesLocks: false });
    assert.equal(rightsOf(expired, connection).signedIn, false);
    assert.equal(rightsOf(signedIn, { canAct: false, roles: ['reader'] }).canAct, false);
    assert.equal(rightsOf(signedIn, { canAct: true, roles: ['admin'] }).passesLocks, true);
    assert.equal(rightsOf(undefined, undefined).canAct, false);
  });
});
