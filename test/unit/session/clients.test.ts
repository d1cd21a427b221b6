import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ComputeClient } from '../../../src/openstack/compute.js';
import { probeClient } from '../../../src/openstack/probe.js';
import { signedIn } from '../../../stories/cloud.js';

describe('the clients of a connection', () => {
  it('are one for each class, also where two are for the same service', async () => {
    const { session } = await signedIn();
    const { current } = session;
    assert.ok(current, 'somebody is signed in');
    const probe = current.client(probeClient('compute'));
    const compute = current.client(ComputeClient);
    assert.equal(typeof probe.ask, 'function');
    assert.equal(typeof compute.servers, 'function');
    assert.equal(current.client(ComputeClient), compute);
    assert.equal(current.client(probeClient('compute')), probe);
    // Else its timers keep the process.
    await session.signOut();
  });
});
