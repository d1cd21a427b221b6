import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  beginRun,
  failedIds,
  groupRefusals,
  inParallel,
  isOver,
  planFor,
  settle,
  type RightsTo,
} from '../../../../src/elements/instance-list/bulk.js';
import { server } from './server.js';

const member: RightsTo = () => ({ signedIn: true, canAct: true, passesLocks: false });

describe('an action on several rows', () => {
  const on = server({ name: 'on' });
  const off = server({ name: 'off', status: 'SHUTOFF' });
  const off2 = server({ name: 'off-2', status: 'SHUTOFF' });
  const locked = server({ name: 'locked', locked: true });
  const plan = planFor('stop', [on, off, locked, off2], member);

  it('applies to those it is possible for', () => {
    assert.deepEqual(plan.applies, [on]);
    assert.deepEqual(
      plan.refused.map(({ server: { name } }) => name),
      ['off', 'locked', 'off-2'],
    );
  });

  it('asks for each row what may be done to it', () => {
    const mixed = planFor('stop', [on, server({ name: 'theirs' })], ({ name }) => ({
      ...member(on),
      canAct: name === 'on',
    }));
    assert.deepEqual(mixed.applies, [on]);
    assert.equal(mixed.refused[0]?.refusal.why, 'reader');
  });

  it('groups the others by reason, the most frequent first', () => {
    assert.deepEqual(
      groupRefusals(plan.refused).map(({ refusal, servers }) => [
        refusal.why,
        servers.map(({ name }) => name),
      ]),
      [
        ['stopped', ['off', 'off-2']],
        ['locked', ['locked']],
      ],
    );
  });

  it('keeps different words of one reason apart', () => {
    const paused = server({ status: 'PAUSED' });
    const suspended = server({ status: 'SUSPENDED' });
    assert.equal(groupRefusals(planFor('stop', [paused, suspended], member).refused).length, 2);
  });
});

describe('a run', () => {
  const rows = [server({ id: '1' }), server({ id: '2' })];
  const begun = beginRun<string>(planFor('stop', rows, member));

  it('is over when each row is done or has failed', () => {
    assert.equal(isOver(begun), false);
    const half = settle(begun, '1', 'done');
    assert.equal(isOver(half), false);
    const over = settle(half, '2', 'failed', 'no');
    assert.equal(isOver(over), true);
    assert.deepEqual(failedIds(over), ['2']);
    assert.equal(over.items[1]?.error, 'no');
    assert.equal(begun.items[0]?.outcome, 'waiting', 'a run is not changed in place');
  });
});

describe('working in parallel', () => {
  it('does everything once, never more than the width at a time', async () => {
    const waiting: (() => void)[] = [];
    const done: number[] = [];
    let under = 0;
    let most = 0;
    const all = inParallel([1, 2, 3, 4, 5], 2, async (item) => {
      most = Math.max(most, ++under);
      await new Promise<void>((resolve) => waiting.push(resolve));
      under--;
      done.push(item);
    });
    while (done.length < 5) {
      waiting.shift()?.();
      await Promise.resolve();
    }
    await all;
    assert.equal(most, 2);
    assert.deepEqual(done, [1, 2, 3, 4, 5]);
  });

  it('ends at once when there is nothing to do', async () => {
    await inParallel([], 4, () => assert.fail('there was nothing to do'));
  });
});
