import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NowController } from '../../../../src/elements/instance-list/now-controller.js';

/** A clock that stands still until it is moved. */
function stillClock() {
  let now = 1_000_000;
  let waiting: { at: number; wake: () => void }[] = [];
  return {
    now: () => now,
    random: () => 0,
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ at: now + ms, wake: resolve });
        signal?.addEventListener('abort', () => {
          reject(new Error('aborted'));
        });
      }),
    async move(ms: number) {
      now += ms;
      const due = waiting.filter(({ at }) => at <= now);
      waiting = waiting.filter(({ at }) => at > now);
      for (const { wake } of due) wake();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

function controller(o: { busy?: boolean; hidden?: boolean } = {}) {
  let updates = 0;
  const host = {
    addController: () => undefined,
    requestUpdate: () => {
      updates += 1;
    },
    ownerDocument: { visibilityState: o.hidden ? 'hidden' : 'visible' },
  };
  const time = new NowController(
    host as unknown as ConstructorParameters<typeof NowController>[0],
    () => o.busy ?? false,
  );
  const clock = stillClock();
  time.clock = clock;
  time.hostConnected();
  return { time, clock, updates: () => updates };
}

describe('the passing of time', () => {
  it('renders every half minute while all is quiet', async () => {
    const { clock, updates } = controller();
    await clock.move(29_000);
    assert.equal(updates(), 0);
    await clock.move(1_000);
    assert.equal(updates(), 1);
    await clock.move(30_000);
    assert.equal(updates(), 2);
  });

  it('renders every five seconds while something is under way', async () => {
    const { clock, updates } = controller({ busy: true });
    for (let second = 0; second < 20; second += 5) await clock.move(5_000);
    assert.equal(updates(), 4);
  });

  it('renders nothing that nobody sees, and stops with its element', async () => {
    const hidden = controller({ hidden: true });
    await hidden.clock.move(60_000);
    assert.equal(hidden.updates(), 0);
    const gone = controller();
    gone.time.hostDisconnected();
    await gone.clock.move(60_000);
    assert.equal(gone.updates(), 0);
  });
});
