import assert from 'node:assert/strict';
import { realCloud, TEST_CLOUD_VARIABLE } from '../functional/cloud.js';
import { launchTests } from '../functional/launch-tests.js';

const cloud = realCloud();
assert.ok(cloud, `${TEST_CLOUD_VARIABLE} names no cloud: start this with npm run test:openstack`);
launchTests(cloud, { concurrency: 2 });
