import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { watchExpiry } from '../../../src/session/expiry.js';
import { ManualClock } from '../live/surroundings.js';

const MINUTE = 60_000;

function watched(lifetime: number, left = lifetime, serverOffset = 0) {
  const clock = new ManualClock();
  const told: string[] = [];
  const expiresAt = new Date(clock.now() + serverOffset + left);
  const stop = watchExpiry(
    { expiresAt, issuedAt: new Date(expiresAt.getTime() - lifetime), serverOffset },
    clock,
    {
      expiring: () => told.push('expiring'),
      expired: () => told.push('expired'),
    },
  );
  return { clock, told, stop };
}

describe('the life of a token', () => {
  for (const [name, lifetime, before, after] of [
    ['an hour', 60 * MINUTE, 54, 56],
    ['a day', 24 * 60 * MINUTE, 1434, 1436],
    ['six minutes', 6 * MINUTE, 4, 5.5],
  ] as const) {
    it(`of ${name} ends with a notice in good time`, async () => {
      const { clock, told } = watched(lifetime);
      await clock.advance(before * MINUTE, 1);
      assert.deepEqual(told, []);
      await clock.advance((after - before) * MINUTE, 1);
      assert.deepEqual(told, ['expiring']);
      await clock.advance(lifetime, 1);
      assert.deepEqual(told, ['expiring', 'expired']);
      assert.equal(clock.sleeping, 0);
    });
  }

  it('goes by the clock of the server', async () => {
    const { clock, told } = watched(60 * MINUTE, 60 * MINUTE, -5 * 60 * MINUTE);
    await clock.advance(54 * MINUTE);
    assert.deepEqual(told, []);
    await clock.advance(7 * MINUTE);
    assert.deepEqual(told, ['expiring', 'expired']);
  });

  it('is not told of where the clocks cannot be compared', async () => {
    const { clock, told } = watched(60 * MINUTE, -60 * MINUTE);
    await clock.advance(60 * MINUTE);
    assert.deepEqual(told, []);
  });

  it('is nobody’s concern any more when stopped', async () => {
    const { clock, told, stop } = watched(60 * MINUTE);
    stop();
    await clock.advance(120 * MINUTE);
    assert.deepEqual(told, []);
    assert.equal(clock.sleeping, 0);
  });
});
