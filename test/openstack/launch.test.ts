import assert from 'node:assert/strict';
import { realCloud, TEST_CLOUD_VARIABLE } from '../functional/cloud.js';
import { launchChoiceTests } from '../functional/launch-choice-tests.js';
import { launchHoldTests } from '../functional/launch-hold-tests.js';
import { launchTests } from '../functional/launch-tests.js';
import { openstack } from './lib/stock-client.mjs';

const cloud = realCloud();
assert.ok(cloud, `${TEST_CLOUD_VARIABLE} names no cloud: start this with npm run test:openstack`);
const admin = process.env['OS_CLOUD_ADMIN'];

/** Only an administrator is shown the user data again. */
const userDataAs =
  (name: string) =>
  async (id: string): Promise<string> => {
    const args = ['--os-compute-api-version', '2.90', 'server', 'show', id, '-f', 'json'];
    const shown = JSON.parse(await openstack(args, { OS_CLOUD: name })) as Record<string, unknown>;
    const data = shown['OS-EXT-SRV-ATTR:user_data'];
    return typeof data === 'string' ? data : '';
  };

// What matters most: what costs, and what may be left over. Retry-After is one second there.
launchTests(cloud, { pace: 4, concurrency: 5, writes: ['servers', 'volumes', 'floatingips'] });
launchChoiceTests(cloud, {
  pace: 4,
  concurrency: 5,
  ...(admin !== undefined && { userDataOf: userDataAs(admin) }),
});
launchHoldTests(cloud, { pace: 4, concurrency: 3 });
