import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ServerCollection } from '../../../src/live/servers.js';
import type { Server } from '../../../src/openstack/compute.js';
import * as collections from '../../../src/session/collections.js';
import { ManualEnvironment } from '../live/surroundings.js';
import { password, stage, stateOf } from './stage.js';

const HOUR = 3_600_000;
/** How long a browser keeps a preflight that OpenStack's default `max_age` allows. */
const PREFLIGHT = HOUR;

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly at: number;
}

/** What a browser sends for these requests: themselves, and a preflight for each URL it has none in its cache for. */
function sent(asked: readonly Asked[]): number {
  const known = new Map<string, number>();
  let preflights = 0;
  for (const { method, url, at } of asked) {
    const key = `${method} ${url}`;
    if (at - (known.get(key) ?? -Infinity) < PREFLIGHT) continue;
    known.set(key, at);
    preflights++;
  }
  return asked.length + preflights;
}

describe('an idle page', () => {
  for (const servers of [0, 3, 2500]) {
    it(`asks at most 240 times an hour, preflights counted, with ${servers} servers and every list in use`, async () => {
      const at = stage({ servers, tokenSeconds: 24 * 3600 });
      const session = at.load();
      await session.signIn(password('single'));
      const { connection } = stateOf(session, 'signed-in');
      at.environment.clock.chance = 0; // the shortest intervals that jitter makes
      for (const of of Object.values(collections)) {
        const collection = of(connection);
        collection.subscribe(() => undefined);
        collection.subscribe(() => undefined);
      }
      for (let hour = 0; hour < 2; hour++) {
        const before = at.asked.length;
        await at.environment.clock.advance(HOUR, 6);
        const count = sent(at.asked.slice(before));
        assert.ok(count <= 240, `${count} in hour ${hour}`);
        assert.ok(count > 60, `${count} in hour ${hour}: it is still kept fresh`);
      }
      for (const of of Object.values(collections)) assert.equal(of(connection).state.status, 'ready');
    });
  }

  it('asks as rarely for the servers of a large project on a cloud with small pages', async () => {
    const environment = new ManualEnvironment();
    environment.clock.chance = 0;
    const asked: Asked[] = [];
    const updated = '2029-12-31T00:00:00Z';
    const unused = (): never => assert.fail();
    const collection = new ServerCollection(
      {
        async *servers({ changesSince } = {}) {
          for (let page = 0; page < (changesSince ? 1 : 100); page++) {
            await Promise.resolve();
            asked.push({
              method: 'GET',
              url: `/servers?since=${changesSince}&page=${page}`,
              at: environment.clock.now(),
            });
            const rows = [{ id: String(page), status: 'ACTIVE', updated } as Server];
            yield { rows, next: page < 99, problems: [], date: undefined };
          }
        },
        server: unused,
        createServer: unused,
        deleteServer: unused,
        startServer: unused,
        stopServer: unused,
        rebootServer: unused,
      },
      { environment },
    );
    collection.subscribe(() => undefined);
    await environment.clock.advance(0, 30);
    const first = asked.length;
    await environment.clock.advance(10 * HOUR, 2);
    const perHour = (asked.length - first) / 10;
    assert.ok(perHour <= 160, `${perHour} an hour`);
  });

  it('asks nothing at all while it is hidden', async () => {
    const at = stage({ tokenSeconds: 24 * 3600, servers: 3 });
    const session = at.load();
    await session.signIn(password('single'));
    for (const of of Object.values(collections))
      of(stateOf(session, 'signed-in').connection).subscribe(() => undefined);
    await at.environment.clock.advance(10_000);
    await at.environment.show(false);
    const before = at.asked.length;
    await at.environment.clock.advance(HOUR, 2);
    assert.equal(at.asked.length, before);
  });
});
