import assert from 'node:assert/strict';
import { realCloud, TEST_CLOUD_VARIABLE } from '../functional/cloud.js';
import { launchTests } from '../functional/launch-tests.js';

const cloud = realCloud();
assert.ok(cloud, `${TEST_CLOUD_VARIABLE} names no cloud: start this with npm run test:openstack`);
// What matters most: what costs, and what may be left over. Retry-After is one second there.
launchTests(cloud, { pace: 4, concurrency: 5, writes: ['servers', 'volumes', 'floatingips'] });
