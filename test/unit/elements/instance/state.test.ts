import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { instanceView, type InstanceFacts } from '../../../../src/elements/instance/instance.state.js';
import { openingText } from '../../../../src/elements/instance/sections/security.js';
import { Localizer } from '../../../../src/i18n/localizer.js';
import { OpenStackError } from '../../../../src/openstack/errors.js';
import { server } from '../instance-list/server.js';

const error = (kind: OpenStackError['kind'], reason?: OpenStackError['reason']): OpenStackError =>
  new OpenStackError({ kind, reason, attempt: { action: 'read-instance' } });

const web = server({ id: 'a', name: 'web' });
const facts: InstanceFacts = {
  session: 'signed-in',
  connected: true,
  id: 'a',
  servers: undefined,
  server: undefined,
  last: undefined,
  read: undefined,
};

describe('what <exo-instance> shows', () => {
  const cases: readonly (readonly [string, Partial<InstanceFacts>, string])[] = [
    ['without a session', { session: undefined }, 'no-session'],
    ['signed out', { session: 'signed-out' }, 'no-session'],
    ['while a project is chosen', { session: 'choosing' }, 'no-session'],
    ['while it restores a session', { session: 'restoring', connected: false }, 'loading'],
    ['where that connection is not open', { connected: false }, 'no-session'],
    ['where the page names none', { id: undefined }, 'empty'],
    ['before the first answer', {}, 'loading'],
    ['where there is none of this id', { read: 'done' }, 'not-found'],
    ['where it could not be had', { read: error('server') }, 'failed'],
    ['where it must not be seen', { read: error('forbidden') }, 'forbidden'],
    [
      'without a compute service',
      { servers: { status: 'failed', error: error('not-found', 'service-missing') } },
      'service-missing',
    ],
    ['with it', { server: web, last: web }, 'ready'],
    ['when it has gone', { last: web }, 'ready'],
  ];
  for (const [when, change, kind] of cases)
    it(`${when}: ${kind}`, () => {
      assert.equal(instanceView({ ...facts, ...change }).kind, kind);
    });

  it('keeps what was last known of one that has gone, and says so', () => {
    const view = instanceView({ ...facts, last: web, read: 'done' });
    assert.ok(view.kind === 'ready', view.kind);
    assert.deepEqual([view.server, view.gone, view.stale], [web, true, undefined]);
  });

  it('does not call one gone that was deleted and can be brought back: no list has it', () => {
    const deleted = server({ id: 'a', name: 'web', status: 'SOFT_DELETED' });
    const view = instanceView({ ...facts, last: deleted, read: 'done' });
    assert.ok(view.kind === 'ready', view.kind);
    assert.deepEqual([view.server, view.gone], [deleted, false]);
  });

  it('keeps what is shown when the session has run out, and when a refresh fails', () => {
    const lastError = error('network');
    const view = instanceView({
      ...facts,
      session: 'expired',
      server: web,
      servers: { status: 'failed', error: lastError },
    });
    assert.ok(view.kind === 'ready', view.kind);
    assert.deepEqual([view.expired, view.stale], [true, lastError]);
  });
});

describe('what is let in, in words', () => {
  const localizer = new Localizer({ locale: 'en' });
  const cases: readonly (readonly [Parameters<typeof openingText>[1], string])[] = [
    [{ protocol: 'tcp', ports: [22, 22], from: 'anywhere' }, 'SSH (port 22), from anywhere'],
    [
      { protocol: 'tcp', ports: [3389, 3389], from: '192.0.2.0/24' },
      'Remote Desktop (port 3389), from 192.0.2.0/24',
    ],
    [{ protocol: 'udp', ports: [22, 22], from: 'anywhere' }, 'UDP port 22, from anywhere'],
    [{ protocol: 'tcp', ports: [8000, 8100], from: 'anywhere' }, 'TCP ports 8000 to 8100, from anywhere'],
    [{ protocol: 'tcp', ports: undefined, from: 'anywhere' }, 'TCP, from anywhere'],
    [{ protocol: 'icmp', ports: undefined, from: 'anywhere' }, 'Ping, from anywhere'],
    [{ protocol: 'any', ports: undefined, from: 'anywhere' }, 'Everything, from anywhere'],
  ];
  for (const [opening, sentence] of cases)
    it(sentence, () => {
      assert.equal(openingText(localizer, opening), sentence);
    });
});
