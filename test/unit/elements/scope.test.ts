import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connectionsIn } from '../../../src/elements/scope.js';
import type { Connection } from '../../../src/session/connection.js';

function connection(id: string, host: string, project: string, region: string): Connection {
  return {
    id,
    authUrl: `https://${host}/v3`,
    project: { id: `${project}-id`, name: project },
    region,
  } as unknown as Connection;
}

describe('the connections in scope', () => {
  const north = connection('1', 'lake.example', 'demo', 'North');
  const south = connection('2', 'lake.example', 'demo', 'South');
  const hill = connection('3', 'hill.example:5000', 'a/b', 'RegionOne');
  const session = { connections: [north, south, hill], current: south };
  const ids = (scope?: string) => connectionsIn(session, scope).map(({ id }) => id);

  for (const [scope, expected] of [
    [undefined, ['2']],
    ['current', ['2']],
    ['all', ['1', '2', '3']],
    ['3', ['3']],
    ['lake.example/demo/North', ['1']],
    ['lake.example/demo-id/South', ['2']],
    ['LAKE.example/demo', ['2']],
    ['hill.example:5000/a%2Fb', ['3']],
    ['hill.example/demo', []],
    ['100%', []],
  ] as const) {
    it(scope ?? 'none', () => {
      assert.deepEqual(ids(scope), expected);
    });
  }

  it('are none without a session, or while nobody is signed in', () => {
    assert.deepEqual(connectionsIn(undefined, 'all'), []);
    assert.deepEqual(connectionsIn({ connections: [], current: undefined }, 'current'), []);
  });
});
