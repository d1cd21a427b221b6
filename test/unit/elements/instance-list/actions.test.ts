import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  INSTANCE_ACTIONS,
  needsConfirmation,
  primaryAction,
  refusal,
  type InstanceAction,
  type Rights,
} from '../../../../src/elements/instance-list/actions.js';
import { SERVER_STATUSES, type ServerStatus } from '../../../../src/openstack/compute.js';
import { server } from './server.js';

const member: Rights = { signedIn: true, canAct: true, passesLocks: false };

function possible(status: ServerStatus, taskState?: string): InstanceAction[] {
  return INSTANCE_ACTIONS.filter(
    (action) => refusal(action, server({ status, taskState }), member) === undefined,
  );
}

describe('the actions a status allows', () => {
  const cases: [ServerStatus, string | undefined, InstanceAction[]][] = [
    ['ACTIVE', undefined, ['stop', 'reboot', 'hard-reboot', 'delete']],
    ['ACTIVE', 'powering-off', ['delete']],
    ['ACTIVE', 'image_uploading', ['delete']],
    ['ACTIVE', 'rebooting', ['hard-reboot', 'delete']],
    ['ACTIVE', 'a_step_nobody_knows', ['delete']],
    ['ACTIVE', 'deleting', []],
    ['BUILD', 'networking', ['delete']],
    ['SHUTOFF', undefined, ['start', 'hard-reboot', 'delete']],
    ['SHUTOFF', 'powering-on', ['delete']],
    ['ERROR', undefined, ['stop', 'hard-reboot', 'delete']],
    ['PAUSED', undefined, ['hard-reboot', 'delete']],
    ['SUSPENDED', undefined, ['hard-reboot', 'delete']],
    ['REBOOT', 'reboot_started', ['hard-reboot', 'delete']],
    ['SHELVED_OFFLOADED', undefined, ['delete']],
    ['VERIFY_RESIZE', undefined, ['delete']],
    ['RESCUE', undefined, ['delete']],
    ['UNKNOWN', undefined, ['delete']],
    ['SOFT_DELETED', undefined, []],
    ['DELETED', undefined, []],
  ];
  for (const [status, taskState, actions] of cases) {
    it(`${status}${taskState ? ` while ${taskState}` : ''}: ${actions.join(', ') || 'none'}`, () => {
      assert.deepEqual(possible(status, taskState), actions);
    });
  }

  it('a reason for every no', () => {
    for (const status of SERVER_STATUSES) {
      for (const action of INSTANCE_ACTIONS) {
        const no = refusal(action, server({ status }), member);
        if (no) assert.ok(no.why.length > 0, `${action} ${status}`);
      }
    }
  });

  it('what failed before it ever ran can only be deleted', () => {
    const dead = server({ status: 'ERROR', launchedAt: undefined });
    assert.deepEqual(refusal('hard-reboot', dead, member), { why: 'stillborn' });
    assert.equal(refusal('delete', dead, member), undefined);
  });

  it('tells apart why', () => {
    const why = (action: InstanceAction, o: Parameters<typeof server>[0]) =>
      refusal(action, server(o), member)?.why;
    assert.equal(why('start', { status: 'ACTIVE' }), 'running');
    assert.equal(why('stop', { status: 'SHUTOFF' }), 'stopped');
    assert.equal(why('reboot', { status: 'SHUTOFF' }), 'off');
    assert.equal(why('reboot', { status: 'ERROR' }), 'broken');
    assert.equal(why('stop', { status: 'BUILD' }), 'building');
    assert.equal(why('stop', { status: 'UNKNOWN' }), 'unknown');
    assert.deepEqual(refusal('stop', server({ status: 'PAUSED' }), member), {
      why: 'status',
      word: 'paused',
    });
    assert.deepEqual(refusal('stop', server({ pending: 'rebooting' }), member), {
      why: 'busy',
      word: 'rebooting',
    });
    assert.equal(why('delete', { pending: 'deleting' }), 'deleting');
  });
});

describe('who may act', () => {
  const running = server();

  it('nobody while the session has run out', () => {
    assert.deepEqual(refusal('stop', running, { ...member, signedIn: false }), { why: 'signed-out' });
  });

  it('not those who may only look, and that comes before any other reason', () => {
    assert.deepEqual(refusal('start', running, { ...member, canAct: false }), { why: 'reader' });
  });

  it('nobody but an administrator over a lock, deleting included', () => {
    const locked = server({ locked: true, lockedReason: 'Exam' });
    assert.deepEqual(refusal('delete', locked, member), { why: 'locked', reason: 'Exam' });
    assert.equal(refusal('delete', locked, { ...member, passesLocks: true }), undefined);
  });
});

describe('the action shown on the row', () => {
  it('follows the status', () => {
    assert.equal(primaryAction(server({ status: 'SHUTOFF' })), 'start');
    assert.equal(primaryAction(server({ status: 'ACTIVE' })), 'stop');
    assert.equal(primaryAction(server({ status: 'ERROR' })), 'delete');
  });

  it('does not turn into its opposite while it takes effect', () => {
    assert.equal(primaryAction(server({ status: 'SHUTOFF', pending: 'starting' })), 'start');
    assert.equal(primaryAction(server({ status: 'SHUTOFF', taskState: 'powering-on' })), 'start');
    assert.equal(primaryAction(server({ status: 'ACTIVE', taskState: 'powering-off' })), 'stop');
    assert.equal(primaryAction(server({ status: 'ACTIVE', pending: 'rebooting' })), 'stop');
    assert.equal(primaryAction(server({ status: 'ERROR', pending: 'deleting' })), 'delete');
  });
});

it('only starting needs no confirmation', () => {
  assert.deepEqual(
    INSTANCE_ACTIONS.filter((action) => !needsConfirmation(action)),
    ['start'],
  );
});
