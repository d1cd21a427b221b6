import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { limits } from '../../../src/live/resources.js';
import { ManualEnvironment } from './surroundings.js';

describe('the limits of a project', () => {
  it('tell apart what is counted and what is a bound alone', async () => {
    const compute = {
      limits: () =>
        Promise.resolve({
          instances: { used: 1, limit: 10 },
          cores: { used: 2, limit: Infinity },
          ram: { used: 1024, limit: 51_200 },
          serverGroups: { used: 0, limit: 10 },
          keypairs: { limit: 100 },
          serverMetadata: { limit: 128 },
          serverGroupMembers: { limit: Infinity },
        }),
    };
    const collection = limits({ compute }, { environment: new ManualEnvironment() });
    await collection.refresh();
    const { state } = collection;
    assert.ok(state.status === 'ready', 'they are not there');
    assert.deepEqual(state.rows, [
      {
        id: 'compute',
        quotas: {
          instances: { used: 1, limit: 10 },
          cores: { used: 2, limit: Infinity },
          ram: { used: 1024, limit: 51_200 },
          serverGroups: { used: 0, limit: 10 },
        },
        bounds: { keypairs: 100, serverMetadata: 128, serverGroupMembers: Infinity },
      },
    ]);
  });
});
