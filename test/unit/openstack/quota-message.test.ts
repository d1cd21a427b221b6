import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { QuotaReason } from '../../../src/openstack/errors.js';
import { readQuota } from '../../../src/openstack/quota-message.js';

const messages: [message: string, quota: QuotaReason | undefined][] = [
  [
    'Quota exceeded for cores: Requested 4, but already used 18 of 20 cores',
    { resource: 'cores', requested: 4, used: 18, limit: 20 },
  ],
  [
    'Quota exceeded for cores, instances, ram: Requested 4, 1, 8192, but already used 18, 10, 49152 of 20, 10, 51200 cores, instances, ram',
    { resource: 'cores', requested: 4, used: 18, limit: 20 },
  ],
  [
    'Quota exceeded for instances: Requested 1, but already used 0 of 0 instances',
    { resource: 'instances', requested: 1, used: 0, limit: 0 },
  ],
  [
    'Project 3d9 is over a limit for [Resource servers is over limit of 10 due to current usage 10 and delta 1, Resource class:VCPU is over limit of 20 due to current usage 20 and delta 2]',
    { resource: 'instances', requested: 1, used: 10, limit: 10 },
  ],
  [
    'Project 3d9 is over a limit for [Resource class:MEMORY_MB is over limit of 4096 due to current usage 4096 and delta 512]',
    { resource: 'ram', requested: 512, used: 4096, limit: 4096 },
  ],
  ['Quota exceeded, too many key pairs.', { resource: 'keypairs' }],
  ['Maximum number of key pairs exceeded', { resource: 'keypairs' }],
  ['Quota exceeded, too many server groups.', { resource: 'server_groups' }],
  ['Maximum number of ports exceeded', { resource: 'ports' }],
  ['Maximum number of fixed IPs exceeded', { resource: 'fixed_ips' }],
  ['Maximum number of metadata items exceeds 128', { resource: 'metadata_items' }],
  [
    'VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed gigabytes quota. Requested 500G, quota is 100G and 20G has been consumed.',
    { resource: 'gigabytes', requested: 500, used: 20, limit: 100 },
  ],
  [
    'Requested volume or snapshot exceeds allowed gigabytes_ssd quota. Requested 10G, quota is 5G and 0G has been consumed.',
    { resource: 'gigabytes_ssd', requested: 10, used: 0, limit: 5 },
  ],
  [
    'Requested backup exceeds allowed Backup gigabytes quota. Requested 9G, quota is 10G and 5G has been consumed.',
    { resource: 'backup_gigabytes', requested: 9, used: 5, limit: 10 },
  ],
  [
    "VolumeLimitExceeded: Maximum number of volumes allowed (10) exceeded for quota 'volumes'.",
    { resource: 'volumes', used: 10, limit: 10 },
  ],
  [
    "Maximum number of snapshots allowed (3) exceeded for quota 'snapshots'.",
    { resource: 'snapshots', used: 3, limit: 3 },
  ],
  ["Quota exceeded for resources: ['floatingip'].", { resource: 'floatingip' }],
  ["Quota exceeded for resources: [u'port', u'network'].", { resource: 'port' }],
  ['Quota exceeded for zones.', { resource: 'zones' }],
  ['Quota exceeded', { resource: '' }],
  ['Denying attempt to upload image because it exceeds the quota: 12 bytes', { resource: '' }],
  ["Policy doesn't allow os_compute_api:servers:create to be performed.", undefined],
  ['You are not authorized to perform the requested action: identity:list_projects.', undefined],
  ["Cannot 'os-start' instance 1 while it is in vm_state active", undefined],
  ['', undefined],
];

describe('a quota in a message', () => {
  for (const [message, quota] of messages) {
    it(`${JSON.stringify(quota?.resource)}: ${message}`, () => assert.deepEqual(readQuota(message), quota));
  }
});
