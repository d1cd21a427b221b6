import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statusOf, statusRank } from '../../../../src/elements/instance-list/status.js';
import { instanceListMessages } from '../../../../src/i18n/en/instance-list.js';
import { SERVER_STATUSES, type ServerStatus } from '../../../../src/openstack/compute.js';
import { server } from './server.js';

describe('the status of an instance', () => {
  const cases: [ServerStatus, string | undefined, string, string, string | undefined][] = [
    // status, task state, word, tone, step
    ['ACTIVE', undefined, 'active', 'good', undefined],
    ['BUILD', undefined, 'building', 'busy', undefined],
    ['BUILD', 'scheduling', 'building', 'busy', 'scheduling'],
    ['BUILD', 'block_device_mapping', 'building', 'busy', 'disk'],
    ['BUILD', 'networking', 'building', 'busy', 'networking'],
    ['BUILD', 'spawning', 'building', 'busy', 'spawning'],
    ['BUILD', 'deleting', 'deleting', 'busy', undefined],
    ['ACTIVE', 'image_uploading', 'active', 'busy', 'uploading'],
    ['ACTIVE', 'powering-off', 'stopping', 'busy', undefined],
    ['ACTIVE', 'reboot_started_hard', 'rebooting', 'busy', undefined],
    ['ACTIVE', 'deleting', 'deleting', 'busy', undefined],
    ['HARD_REBOOT', 'rebooting_hard', 'rebooting', 'busy', undefined],
    ['SHUTOFF', undefined, 'stopped', 'off', undefined],
    ['SHUTOFF', 'powering-on', 'starting', 'busy', undefined],
    ['PAUSED', undefined, 'paused', 'paused', undefined],
    ['SHELVED_OFFLOADED', undefined, 'shelved', 'paused', undefined],
    ['SHELVED_OFFLOADED', 'spawning', 'shelved', 'paused', 'spawning'],
    ['RESIZE', 'resize_migrating', 'resizing', 'busy', 'copying'],
    ['VERIFY_RESIZE', undefined, 'resized', 'attention', 'confirm-resize'],
    ['RESCUE', undefined, 'rescue', 'attention', undefined],
    ['ERROR', undefined, 'error', 'bad', undefined],
    ['ERROR', 'deleting', 'deleting', 'busy', undefined],
    ['UNKNOWN', undefined, 'unknown', 'unknown', undefined],
  ];
  for (const [status, taskState, word, tone, doing] of cases) {
    it(`is ${word} for ${status}${taskState ? ` and ${taskState}` : ''}`, () => {
      const view = statusOf(server({ status, taskState }));
      assert.deepEqual([view.word, view.tone, view.doing], [word, tone, doing]);
    });
  }

  it('has a word for every status of the API', () => {
    for (const status of SERVER_STATUSES) {
      const { word } = statusOf(server({ status }));
      assert.ok(`status-${word}` in instanceListMessages.english, status);
      if (status !== 'UNKNOWN') assert.notEqual(word, 'unknown', status);
    }
  });

  it('shows at once what was just asked for, whatever the cloud still says', () => {
    const view = statusOf(server({ status: 'ACTIVE', pending: 'stopping' }));
    assert.deepEqual([view.word, view.tone, view.moving], ['stopping', 'busy', true]);
    assert.equal(view.since, undefined, 'the cloud has not confirmed it, so there is no time to tell');
  });

  it('counts a build from its creation, and everything else from the last change', () => {
    const times = { created: '2026-03-01T10:00:00Z', updated: '2026-03-01T12:00:00Z' };
    assert.equal(statusOf(server({ ...times, status: 'BUILD' })).since, times.created);
    assert.equal(statusOf(server({ ...times, taskState: 'powering-off' })).since, times.updated);
    assert.equal(statusOf(server({ ...times, status: 'ACTIVE' })).since, undefined);
  });

  it('names a step it does not know as the cloud does', () => {
    const view = statusOf(server({ status: 'ACTIVE', taskState: 'quiescing_disk-now' }));
    assert.equal(view.raw, 'quiescing disk now');
    assert.equal(view.word, 'active');
    assert.equal(view.moving, true);
  });

  it('falls back on the state of the machine where the status is unknown', () => {
    assert.equal(statusOf(server({ status: 'UNKNOWN', vmState: 'hibernated' })).raw, 'hibernated');
    assert.equal(statusOf(server({ status: 'UNKNOWN' })).raw, undefined);
  });

  it('ranks what needs a look before what rests', () => {
    assert.ok(statusRank('bad') < statusRank('attention'));
    assert.ok(statusRank('attention') < statusRank('good'));
    assert.ok(statusRank('good') < statusRank('off'));
  });
});
