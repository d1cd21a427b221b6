import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { describeAttempt, describeError } from '../../../src/i18n/errors.js';
import { actionMessages } from '../../../src/i18n/en/actions.js';
import { Localizer } from '../../../src/i18n/localizer.js';
import { PSEUDO_LOCALE } from '../../../src/i18n/pseudo.js';
import { type ErrorFacts, type ErrorKind, OpenStackError } from '../../../src/openstack/errors.js';

const localizer = new Localizer({ locale: 'en' });
const describeFacts = (facts: Partial<ErrorFacts>) =>
  describeError(
    localizer,
    new OpenStackError({ kind: 'server', attempt: { action: 'create-instance', name: 'web-1' }, ...facts }),
  );

const KINDS: Record<ErrorKind, true> = {
  auth: true,
  forbidden: true,
  quota: true,
  conflict: true,
  'not-found': true,
  invalid: true,
  'rate-limit': true,
  server: true,
  network: true,
  cors: true,
  timeout: true,
  protocol: true,
};

const REASONS = [
  'wrong-credentials',
  'token-expired',
  'token-revoked',
  'second-factor',
  'password-expired',
  'account-locked',
  'no-access',
  'offline',
  'unreachable',
  'mixed-content',
  'answer-lost',
  'cors',
  'cors-token-header',
  'html-answer',
  'truncated',
  'unexpected-body',
  'microversion',
  'no-endpoint',
  'service-missing',
  'not-keystone',
  'not-a-url',
  'user-data-too-large',
  'something a newer copy says',
  'in-use',
  'name-taken',
  'no-way-out',
];

describe('describeError', () => {
  it('has a whole sentence for every kind and every reason', () => {
    for (const kind of Object.keys(KINDS) as ErrorKind[]) {
      for (const reason of [undefined, ...REASONS]) {
        const { attempted, happened, helps } = describeFacts({
          kind,
          reason,
          url: 'https://nova.example:8774/v2.1/servers',
          service: 'compute',
        });
        assert.equal(attempted, 'Could not create the instance “web-1”');
        for (const text of [happened, helps]) {
          assert.match(text, /^[\p{Lu}n].*[.:]$/su, `${kind} ${String(reason)}: ${text}`);
          assert.doesNotMatch(text, /[{}]|undefined|NaN/, `${kind} ${String(reason)}: ${text}`);
        }
      }
    }
  });

  it('knows every reason the wire gives', () => {
    const documented = /A word for programs:([\s\S]*?)\*\//.exec(
      readFileSync(new URL('../../../src/openstack/errors.ts', import.meta.url), 'utf8'),
    )?.[1];
    for (const [, reason = ''] of (documented ?? '').matchAll(/`([a-z-]+)`/g)) {
      assert.ok(REASONS.includes(reason), `${reason} is new: give it a sentence and add it to this test`);
    }
    assert.ok(documented, 'the list of reasons is not where it was');
  });

  it('says which quota, how far it is used and what was asked', () => {
    const { happened, helps } = describeFacts({
      kind: 'quota',
      quota: { resource: 'cores', used: 18, limit: 20, requested: 8 },
    });
    assert.equal(
      happened,
      'This project’s processor core quota is too small: 18 of 20 are in use, and this needs 8.',
    );
    assert.equal(helps, 'Choose a smaller size, or delete instances you no longer need.');
  });

  it('offers no smaller size where the number of instances is what counts', () => {
    const { helps } = describeFacts({ kind: 'quota', quota: { resource: 'instances', used: 3, limit: 3 } });
    assert.equal(helps, 'Delete instances you no longer need, or ask the people who run the cloud for more.');
  });

  for (const [quota, sentence] of [
    [
      { resource: 'ram', used: 20_480, limit: 20_480, requested: 8192 },
      'This project’s memory quota is used up: 20\u00a0GiB of 20\u00a0GiB are in use, and this needs 8\u00a0GiB more.',
    ],
    [
      { resource: 'gigabytes', used: 10, limit: 100, requested: 500 },
      'This project’s volume storage quota is too small: 10\u00a0GiB of 100\u00a0GiB are in use, and this needs 500\u00a0GiB.',
    ],
    [
      { resource: 'instances', limit: 0, used: 0, requested: 1 },
      'This project’s instance quota is used up: 0 of 0 are in use, and this needs 1 more.',
    ],
    [{ resource: 'server_groups' }, 'This project’s server groups quota is used up.'],
    [{ resource: '' }, 'This project’s quota is used up.'],
    [
      { resource: 'instances', used: 10, limit: 10 },
      'This project’s instance quota is used up: 10 of 10 are in use.',
    ],
  ] as const) {
    it(`tells ${JSON.stringify(quota)}`, () => {
      assert.equal(describeFacts({ kind: 'quota', quota }).happened, sentence);
    });
  }

  it('warns that a change may have been made when its answer did not come', () => {
    assert.match(describeFacts({ kind: 'timeout' }).helps, /may have been done/);
    assert.doesNotMatch(
      describeFacts({ kind: 'timeout', attempt: { action: 'list-instances' } }).helps,
      /may have been done/,
    );
    assert.match(describeFacts({ kind: 'network', reason: 'answer-lost' }).helps, /before you try again/);
  });

  it('names the time a busy cloud asks for', () => {
    assert.equal(
      describeFacts({ kind: 'rate-limit', retryAfter: 30 }).helps,
      'Wait 30 seconds, then try again.',
    );
  });

  it('hands on the lines an operator needs, the request id and the words of the cloud', () => {
    const lines = ['[cors]', 'allowed_origin = https://portal.example'];
    const cors = describeFacts({ kind: 'cors', configLines: lines, requestId: 'req-1' });
    assert.deepEqual(cors.configLines, lines);
    assert.equal(cors.requestId, 'req-1');
    assert.equal(describeFacts({ kind: 'invalid', detail: 'Name is bad.' }).detail, 'Name is bad.');
    assert.equal(describeFacts({ kind: 'auth', detail: 'The request you have made…' }).detail, undefined);
  });

  it('speaks of what is no cloud error without its message', () => {
    const { attempted, happened, helps } = describeError(localizer, new TypeError('x is undefined'));
    assert.equal(attempted, 'Something in this page went wrong');
    assert.doesNotMatch(`${happened}${helps}`, /undefined/);
  });

  it('names things as the portal does', () => {
    const portal = new Localizer({
      locale: 'en',
      vocabulary: { instance: { one: 'virtual machine', many: 'virtual machines' } },
    });
    assert.equal(describeAttempt(portal, 'delete-instance'), 'Could not delete the virtual machine');
  });

  it('has nothing hard-coded', () => {
    const pseudo = new Localizer({ locale: PSEUDO_LOCALE });
    for (const kind of Object.keys(KINDS) as ErrorKind[]) {
      const { attempted, happened, helps } = describeError(
        pseudo,
        new OpenStackError({ kind, attempt: { action: 'sign-in' } }),
      );
      assert.doesNotMatch(`${attempted}${happened}${helps}`, /[a-z]/i);
    }
  });

  it('has its name in every action, for translations that put it elsewhere', () => {
    for (const text of Object.values(actionMessages.english)) assert.match(text, /^[a-z].*\{name\}/);
  });
});
