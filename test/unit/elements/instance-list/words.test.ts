import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addressKey, orderAddresses } from '../../../../src/elements/instance-list/addresses.js';
import { INSTANCE_ACTIONS } from '../../../../src/elements/instance-list/actions.js';
import { planFor, type RightsTo } from '../../../../src/elements/instance-list/bulk.js';
import { changesBetween } from '../../../../src/elements/instance-list/changes.js';
import { confirmationOf } from '../../../../src/elements/instance-list/confirmation.js';
import { differences } from '../../../../src/elements/instance-list/differences.js';
import { faultKind } from '../../../../src/elements/instance-list/fault.js';
import { planRefusal } from '../../../../src/elements/instance-list/plan-words.js';
import { statusOf } from '../../../../src/elements/instance-list/status.js';
import {
  changesText,
  imageWords,
  nameOf,
  refusalText,
  sizeWords,
  statusDetail,
} from '../../../../src/elements/instance-list/words.js';
import { instanceListMessages } from '../../../../src/i18n/en/instance-list.js';
import { Localizer } from '../../../../src/i18n/localizer.js';
import type { Flavor } from '../../../../src/openstack/compute.js';
import type { Image } from '../../../../src/openstack/image.js';
import { address, server } from './server.js';

const localizer = new Localizer({ locale: 'en' });
const member: RightsTo = () => ({ signedIn: true, canAct: true, passesLocks: false });
const NBSP = '\u00a0';

describe('what is happening', () => {
  const now = Date.parse('2026-03-01T10:00:40Z');
  const detail = (o: Parameters<typeof server>[0]) => statusDetail(localizer, statusOf(server(o)), now);

  it('names the step and how long it takes', () => {
    assert.equal(
      detail({ status: 'BUILD', taskState: 'networking', created: '2026-03-01T10:00:00Z' }),
      `Waiting for the network ·${NBSP}40${NBSP}seconds`,
    );
  });

  it('leaves out the time when it says nothing: just begun, or a clock that is ahead', () => {
    assert.equal(
      detail({ status: 'BUILD', taskState: 'networking', created: '2026-03-01T10:00:38Z' }),
      'Waiting for the network',
    );
    assert.equal(
      detail({ status: 'BUILD', taskState: 'networking', created: '2026-03-01T11:00:00Z' }),
      'Waiting for the network',
    );
  });

  it('is empty when nothing is', () => {
    assert.equal(detail({}), '');
  });

  it('speaks the cloud’s word for a step it does not know', () => {
    assert.equal(detail({ taskState: 'quiescing_disk', updated: '' }), 'quiescing disk');
  });
});

describe('the confirmation', () => {
  const text = (o: Parameters<typeof server>[0]) =>
    confirmationOf(localizer, planFor('delete', [server(o)], member));

  it('names the thing, and what goes with it whatever is chosen', () => {
    const { heading, consequence, verb, danger } = text({
      name: 'web-1',
      addresses: [address('10.0.0.5'), address('192.0.2.7', 'floating')],
      volumesAttached: ['v'],
    });
    assert.equal(heading, 'Delete “web-1”?');
    assert.equal(consequence, 'Its disk and the address 10.0.0.5 go with it. This cannot be undone.');
    assert.equal(verb, 'Delete');
    assert.equal(danger, true);
  });

  it('does not promise what it does not know of a volume it runs from', () => {
    assert.equal(
      text({ imageId: undefined, addresses: [address('10.0.0.5'), address('10.0.0.6')] }).consequence,
      'The addresses 10.0.0.5 and 10.0.0.6 go with it. This cannot be undone.',
    );
  });

  it('says of several which are left out, and why', () => {
    const rows = [
      server({ name: 'a' }),
      server({ name: 'b' }),
      server({ name: 'c', status: 'SHUTOFF' }),
      server({ name: 'd', status: 'SHUTOFF' }),
    ];
    const { heading, names, share, leftOut } = confirmationOf(localizer, planFor('stop', rows, member));
    assert.equal(heading, 'Stop 2 instances?');
    assert.deepEqual(names, ['a', 'b']);
    assert.equal(share, 'This applies to 2 of the 4 selected. Left out:');
    assert.deepEqual(leftOut, ['c and d: It is stopped already.']);
  });

  it('is whole for every action, for one and for several', () => {
    for (const action of INSTANCE_ACTIONS) {
      const status = action === 'start' ? 'SHUTOFF' : 'ACTIVE';
      for (const count of [1, 2]) {
        const rows = Array.from({ length: count }, () => server({ status }));
        const { heading, consequence } = confirmationOf(localizer, planFor(action, rows, member));
        assert.match(heading, /\?$/);
        assert.equal(consequence === '', action === 'start', action);
      }
    }
  });

  it('calls an instance without a name by its id', () => {
    assert.equal(nameOf(localizer, { name: '', id: '3f2c9c7e-aaaa' }), 'No name (3f2c9c7e)');
  });
});

describe('reasons', () => {
  it('are whole sentences, whatever the reason', () => {
    const keys = Object.keys(instanceListMessages.english).filter((key) => key.startsWith('no-'));
    assert.ok(keys.length > 10);
    assert.equal(refusalText(localizer, { why: 'locked', reason: 'Exam' }), 'It is locked: Exam');
    assert.equal(
      refusalText(localizer, { why: 'status', word: 'paused' }),
      'Not possible in this state: Paused.',
    );
    assert.match(refusalText(localizer, { why: 'reader' }), /^Your role .*\.$/);
  });

  it('of a plan are told only when it applies to none', () => {
    const off = [server({ status: 'SHUTOFF' }), server({ status: 'SHUTOFF' })];
    assert.equal(planRefusal(localizer, planFor('start', off, member)), undefined);
    assert.equal(
      planRefusal(localizer, planFor('stop', off, member)),
      'Possible for none of the 2 selected. It is stopped already.',
    );
  });
});

describe('sizes and images', () => {
  it('come with the server, or are looked up', () => {
    const flavors = new Map([['f', { name: 'm3.tiny', vcpus: 1, ram: 3072 } as Flavor]]);
    const none = { name: undefined, vcpus: undefined, ram: undefined, disk: undefined };
    assert.deepEqual(sizeWords(localizer, server(), new Map()), {
      name: 'm1.small',
      detail: `1 vCPU · 2${NBSP}GiB`,
    });
    assert.deepEqual(sizeWords(localizer, server({ flavor: { id: 'f', ...none } }), flavors), {
      name: 'm3.tiny',
      detail: `1 vCPU · 3${NBSP}GiB`,
    });
    assert.deepEqual(sizeWords(localizer, server({ flavor: { id: 'gone', ...none } }), flavors), {
      name: 'gone',
      detail: '',
    });
    assert.equal(
      sizeWords(localizer, server({ flavor: { id: undefined, ...none } }), flavors).name,
      'Not known',
    );
  });

  it('an image is named, on its way, gone, or a volume', () => {
    const byId = new Map([['i', { name: 'Debian 12' } as Image]]);
    const words = (imageId: string | undefined, state: 'pending' | 'complete' | 'unknown') =>
      imageWords(localizer, { imageId }, { byId, state });
    assert.deepEqual(words('i', 'complete'), { text: 'Debian 12', kind: 'image' });
    assert.deepEqual(words('other', 'pending'), { text: '', kind: 'pending' });
    assert.deepEqual(words('other', 'complete'), { text: 'No longer there', kind: 'unnamed' });
    assert.deepEqual(words('0123456789', 'unknown'), { text: '01234567', kind: 'unnamed' });
    assert.equal(words(undefined, 'complete').kind, 'volume');
  });
});

describe('addresses', () => {
  it('come with the public ones first, each once', () => {
    const ordered = orderAddresses([
      address('2001:db8::5'),
      address('10.0.0.5'),
      address('192.0.2.7', 'floating'),
      address('10.0.0.5'),
    ]);
    assert.deepEqual(
      ordered.map(({ address: text }) => text),
      ['192.0.2.7', '10.0.0.5', '2001:db8::5'],
    );
  });

  it('sort by their numbers', () => {
    const sorted = ['2001:db8::10', '2001:db8:0:0:1::', '10.0.0.10', '::1', '10.0.0.9', '2001:db8::9'].sort(
      (a, b) => (addressKey(a) < addressKey(b) ? -1 : 1),
    );
    assert.deepEqual(sorted, [
      '10.0.0.9',
      '10.0.0.10',
      '::1',
      '2001:db8::9',
      '2001:db8::10',
      '2001:db8:0:0:1::',
    ]);
  });
});

describe('what is said aloud', () => {
  const a = server({ name: 'a', status: 'BUILD', taskState: 'networking' });
  const b = server({ name: 'b' });

  it('is a new status, what came and what went', () => {
    const after = [{ ...a, status: 'ACTIVE' as const, taskState: undefined }, server({ name: 'c' })];
    assert.equal(
      changesText(localizer, changesBetween(differences([a, b], after))),
      'a: Active. New: c. Deleted: b',
    );
  });

  it('is nothing while only a step goes by', () => {
    const after = [{ ...a, taskState: 'spawning' }, b];
    assert.equal(changesText(localizer, changesBetween(differences([a, b], after))), undefined);
    assert.equal(changesText(localizer, changesBetween(differences([a, b], [a, b]))), undefined);
  });

  it('is a number when it would be a list', () => {
    const many = Array.from({ length: 12 }, () => server());
    assert.equal(changesText(localizer, changesBetween(differences([], many))), '12 instances changed');
  });
});

describe('faults', () => {
  const cases: [string, string][] = [
    ['No valid host was found. There are not enough hosts available.', 'no-room'],
    ['Exceeded maximum number of retries.', 'no-room'],
    ['Build of instance x aborted: Failed to allocate the network(s), not rescheduling.', 'network'],
    ['Build of instance x aborted: Image y is unacceptable: too large', 'image'],
    ['Build of instance x aborted: Volume z did not finish being created', 'volume'],
    ['Quota exceeded for cores', 'quota'],
    ['Unexpected API Error', 'other'],
  ];
  for (const [message, kind] of cases)
    it(`${kind}: ${message}`, () => assert.equal(faultKind(message), kind));
});
