import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bannedBy } from '../../../../src/elements/instances/bans.js';
import { readConfig } from '../../../../src/session/config.js';

const flavor = (name: string | undefined, id?: string) => ({
  flavor: { id, name, vcpus: 1, ram: 1, disk: 1 },
});

describe('what a portal does not offer', () => {
  const { settings, problems } = readConfig({
    bans: [
      {
        actions: ['shelve', 'suspend'],
        sizes: ['g3.*', 'gpu-large'],
        reason: 'GPUs cannot be put to sleep.',
      },
      { actions: ['rescue'] },
    ],
  });
  const banned = bannedBy(settings.bans);

  it('is read from its configuration', () => assert.deepEqual(problems, []));

  const cases = [
    ['shelve', flavor('g3.medium'), 'GPUs cannot be put to sleep.'],
    ['suspend', flavor('gpu-large'), 'GPUs cannot be put to sleep.'],
    ['suspend', flavor(undefined, 'gpu-large'), 'GPUs cannot be put to sleep.'],
    ['shelve', flavor('gpu-large-2'), false],
    ['shelve', flavor('m3.small'), false],
    ['stop', flavor('g3.medium'), false],
    ['rescue', flavor('m3.small'), true],
    ['rescue', flavor(undefined), true],
    ['shelve', flavor(undefined), false],
  ] as const;
  for (const [action, server, expected] of cases)
    it(`${action} for ${server.flavor.name ?? server.flavor.id ?? 'a size nobody knows'}: ${String(expected)}`, () =>
      assert.equal(banned?.(action, server), expected));

  it('is nothing where there are no bans', () => {
    assert.equal(bannedBy(undefined), undefined);
    assert.equal(bannedBy([]), undefined);
  });

  it('is told of where it is wrong, and the rest is taken', () => {
    const wrong = readConfig({ bans: [{ sizes: ['x'] }, { actions: ['stop'], because: 'x' }] });
    assert.equal(wrong.settings.bans?.length, 1);
    assert.ok(wrong.problems.length > 0, 'it is told');
  });
});
