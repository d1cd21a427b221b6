import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { helpsHere } from '../../../../src/elements/launch-wizard/outcome-view.js';
import { describeError } from '../../../../src/i18n/errors.js';
import { Localizer } from '../../../../src/i18n/localizer.js';
import { OpenStackError, type Action, type ErrorFacts } from '../../../../src/openstack/errors.js';

const failure = (action: Action, facts: Omit<ErrorFacts, 'attempt'>, unclear = false) => ({
  kind: 'error' as const,
  error: new OpenStackError({ attempt: { action, name: 'web' }, ...facts }),
  unclear,
});

describe('what helps where a launch failed', () => {
  for (const [what, given, expected] of [
    ['a lost answer', failure('create-instance', { kind: 'network', reason: 'answer-lost' }), 'lost-helps'],
    ['no answer in time', failure('create-volume', { kind: 'timeout' }), 'lost-helps'],
    [
      'a lost answer that could not be looked after',
      failure('create-port', { kind: 'timeout' }, true),
      'unclear',
    ],
    ['no right to a connection', failure('create-port', { kind: 'forbidden' }), 'noAddressRights-helps'],
    ['no right to an address', failure('create-floating-ip', { kind: 'forbidden' }), 'noAddressRights-helps'],
    ['no right to assign one', failure('assign-floating-ip', { kind: 'forbidden' }), 'noAddressRights-helps'],
    ['no right to an instance', failure('create-instance', { kind: 'forbidden' }), undefined],
    ['a trouble of the cloud', failure('create-instance', { kind: 'server' }), undefined],
    ['a used up quota', failure('create-instance', { kind: 'quota' }), undefined],
  ] as const) {
    it(`knows what helps after ${what}`, () => {
      assert.equal(helpsHere(given), expected);
    });
  }

  for (const [what, given, expected] of [
    [
      'a used up core quota',
      failure('create-instance', { kind: 'quota', quota: { resource: 'cores' } }),
      'freeOrAsk-helps',
    ],
    [
      'a used up memory quota',
      failure('create-instance', { kind: 'quota', quota: { resource: 'ram' } }),
      'freeOrAsk-helps',
    ],
    [
      'another used up quota',
      failure('create-volume', { kind: 'quota', quota: { resource: 'volumes' } }),
      undefined,
    ],
    ['no right to a connection', failure('create-port', { kind: 'forbidden' }), 'askRights-helps'],
    ['no answer in time', failure('create-volume', { kind: 'timeout' }), 'lost-helps'],
  ] as const) {
    it(`advises no other choice where there is none, after ${what}`, () => {
      assert.equal(helpsHere(given, true), expected);
    });
  }

  it('names what could not be connected, not the network by its name', () => {
    const { error } = failure('create-port', { kind: 'forbidden' });
    const { attempted } = describeError(new Localizer({ locale: 'en' }), error);
    assert.equal(attempted, 'Could not connect “web” to the network');
  });
});
