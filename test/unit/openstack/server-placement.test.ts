import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ComputeClient } from '../../../src/openstack/compute.js';
import { isOpenStackError } from '../../../src/openstack/errors.js';
import { readPlacement } from '../../../src/openstack/server-placement.js';
import type { Connection } from '../../../src/session/connection.js';
import { signedIn } from '../../../stories/cloud.js';

/** A server in a group, with a config drive, near itself. */
async function withPlaced(
  maxMicroversion: string,
  work: (compute: ComputeClient, id: string, groupId: string) => Promise<void>,
): Promise<void> {
  const { session, cloud } = await signedIn({ seed: 'demo', maxMicroversion });
  try {
    const connection: Connection | undefined = session.current;
    const region = cloud.state.regions[0];
    const server = [...(region?.servers.values() ?? [])].find(({ name }) => name === 'web-1');
    assert.ok(connection && server, 'a server');
    const groupId = 'a5d5b0c6-3b0f-4b4f-8c9a-1f5f3a1b2c3d';
    Object.assign(server, { groupId, configDrive: true, hints: { group: groupId, same_host: ['a'] } });
    await work(connection.client(ComputeClient), server.id, groupId);
  } finally {
    await session.signOut();
  }
}

describe('how a server was placed', () => {
  for (const [maxMicroversion, groups, hints] of [
    ['2.100', true, true],
    ['2.93', true, false],
    ['2.71', true, false],
    ['2.70', false, false],
    ['none', false, false],
  ] as const) {
    it(`is read as far as microversion ${maxMicroversion} tells it`, () =>
      withPlaced(maxMicroversion, async (compute, id, groupId) => {
        assert.deepEqual(await readPlacement(compute, { id, name: 'web-1' }), {
          configDrive: true,
          serverGroups: groups ? [groupId] : undefined,
          hints: hints ? { group: [groupId], same_host: ['a'] } : undefined,
        });
      }));
  }

  it('ends in a sentence where the server is gone', () =>
    withPlaced('2.100', async (compute) => {
      await assert.rejects(
        readPlacement(compute, { id: 'gone', name: 'web-1' }),
        (error) => isOpenStackError(error) && error.kind === 'not-found' && error.attempt.name === 'web-1',
      );
    }));
});
