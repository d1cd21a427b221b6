import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isOpenStackError } from '../../../src/openstack/errors.js';
import { ImageClient } from '../../../src/openstack/image.js';
import { NetworkClient } from '../../../src/openstack/network.js';
import type { ServiceClientClass } from '../../../src/openstack/service.js';
import { SubnetClient } from '../../../src/openstack/subnets.js';
import { Transport } from '../../../src/openstack/transport.js';
import { VolumeClient } from '../../../src/openstack/volume.js';
import { all, failure, goodToken, network, type Step } from './network.helper.js';

function setUp<C>(Client: ServiceClientClass<C>, endpoint: string, ...steps: Step[]) {
  const net = network(...steps);
  const transport = new Transport({ fetch: net.fetch });
  return {
    net,
    client: new Client({ transport, type: Client.type, endpoint, tokens: goodToken, projectId: 'p1' }),
  };
}

describe('images', () => {
  const IMAGE = {
    id: 'i1',
    name: 'Rocky 9',
    status: 'active',
    visibility: 'public',
    protected: false,
    os_hidden: false,
    checksum: 'c',
    os_hash_algo: 'sha512',
    os_hash_value: 'h',
    owner: 'p9',
    size: 65536,
    virtual_size: null,
    container_format: 'bare',
    disk_format: 'raw',
    created_at: '2030-01-01T00:00:00Z',
    updated_at: '2030-01-01T00:00:01Z',
    tags: ['featured'],
    min_ram: 2048,
    min_disk: 20,
    self: '/v2/images/i1',
    file: '/v2/images/i1/file',
    schema: '/v2/schemas/image',
    stores: 'file',
    os_distro: 'rocky',
    os_version: '9',
    hw_firmware_type: 'uefi',
  };

  it('are read with the properties people gave them', async () => {
    const { client } = setUp(ImageClient, 'https://glance.example', [
      'GET https://glance.example/v2/images?limit=1000',
      { images: [IMAGE], first: '/v2/images', schema: '/v2/schemas/images' },
    ]);
    const [page] = await all(client.images());
    assert.deepEqual(page?.problems, []);
    assert.deepEqual(page?.rows, [
      {
        id: 'i1',
        name: 'Rocky 9',
        status: 'active',
        visibility: 'public',
        size: 65536,
        minDisk: 20,
        minRam: 2048,
        osDistro: 'rocky',
        osVersion: '9',
        owner: 'p9',
        created: '2030-01-01T00:00:00Z',
        updated: '2030-01-01T00:00:01Z',
        tags: ['featured'],
        properties: { os_distro: 'rocky', os_version: '9', hw_firmware_type: 'uefi' },
      },
    ]);
  });

  it('are followed along `next`, which has no host', async () => {
    const { net, client } = setUp(
      ImageClient,
      'https://cloud.example/image/v2/',
      [
        'GET https://cloud.example/image/v2/images?limit=1000',
        { images: [IMAGE], next: '/v2/images?limit=1000&marker=i1' },
      ],
      [
        'GET https://cloud.example/image/v2/images?limit=1000&marker=i1',
        { images: [{ ...IMAGE, id: 'i2', name: null, size: null }] },
      ],
    );
    const pages = await all(client.images());
    assert.deepEqual(
      pages.map(({ rows }) => rows[0]?.name),
      ['Rocky 9', ''],
    );
    net.done();
  });
});

describe('networks', () => {
  const NETWORK = {
    id: 'n1',
    name: 'mine',
    tenant_id: 'p1',
    project_id: 'p1',
    admin_state_up: true,
    mtu: 1450,
    status: 'ACTIVE',
    subnets: ['sub1'],
    shared: false,
    availability_zone_hints: [],
    availability_zones: [],
    ipv4_address_scope: null,
    ipv6_address_scope: null,
    'router:external': false,
    description: '',
    port_security_enabled: true,
    dns_domain: '',
    tags: [],
    revision_number: 3,
    created_at: '2030-01-01T00:00:00Z',
    updated_at: '2030-01-01T00:00:01Z',
  };
  const { 'router:external': _, ...hidden } = NETWORK;
  const list = (networks: unknown[]): Step => [
    'GET https://neutron.example:9696/v2.0/networks',
    { networks },
  ];
  const of = (...steps: Step[]) => setUp(NetworkClient, 'https://neutron.example:9696', ...steps);

  it('are read', async () => {
    const [page] = await all(of(list([NETWORK])).client.networks());
    assert.deepEqual(page?.problems, []);
    assert.deepEqual(page?.rows, [
      {
        id: 'n1',
        name: 'mine',
        status: 'ACTIVE',
        external: false,
        shared: false,
        projectId: 'p1',
        adminStateUp: true,
        description: '',
        subnets: ['sub1'],
        isDefault: false,
      },
    ]);
  });

  const external: [what: string, network: unknown, external: boolean][] = [
    ['that says so', { ...NETWORK, 'router:external': true, is_default: true }, true],
    ['that says it is not', { ...NETWORK, 'router:external': false, project_id: 'p2' }, false],
    [
      'that only says whether it is the default one',
      { ...hidden, is_default: false, project_id: 'p2' },
      true,
    ],
    ['of another project that is not shared', { ...hidden, project_id: 'p2' }, true],
    ['of another project that is shared', { ...hidden, project_id: 'p2', shared: true }, false],
    ['of one’s own that says whether it is the default one', { ...hidden, is_default: false }, true],
    ['of one’s own', hidden, false],
  ];
  for (const [what, network_, expected] of external) {
    it(`one ${what} is ${expected ? '' : 'not '}external`, async () => {
      const [page] = await all(of(list([network_])).client.networks());
      assert.equal(page?.rows[0]?.external, expected);
    });
  }

  it('tell what they can do, asked once', async () => {
    const { net, client } = of([
      'GET https://neutron.example:9696/v2.0/extensions',
      {
        extensions: [
          { alias: 'dns-integration', name: 'DNS', links: [], description: '', updated: '' },
          { alias: 'quotas' },
        ],
      },
    ]);
    assert.deepEqual([...(await client.extensions())], ['dns-integration', 'quotas']);
    assert.equal((await client.extensions()).has('quotas'), true);
    net.done();
  });

  it('come ready-made by auto-allocation', async () => {
    const { net, client } = of(
      [
        'GET https://neutron.example:9696/v2.0/auto-allocated-topology/p1',
        { auto_allocated_topology: { id: 'n1', tenant_id: 'p1', project_id: 'p1' } },
      ],
      [
        'GET https://neutron.example:9696/v2.0/auto-allocated-topology/p1?fields=dry-run',
        { auto_allocated_topology: { id: 'dry-run=pass', tenant_id: 'p1' } },
      ],
    );
    assert.deepEqual(await client.autoAllocatedTopology(), { id: 'n1' });
    assert.deepEqual(await client.autoAllocatedTopology({ dryRun: true }), { id: undefined });
    net.done();
  });
});

describe('security groups', () => {
  it('are read with their rules', async () => {
    const rule = {
      id: 'r1',
      tenant_id: 'p1',
      project_id: 'p1',
      security_group_id: 'g1',
      ethertype: 'IPv4',
      direction: 'ingress',
      protocol: 'tcp',
      port_range_min: 22,
      port_range_max: 22,
      remote_ip_prefix: '0.0.0.0/0',
      remote_address_group_id: null,
      normalized_cidr: '0.0.0.0/0',
      remote_group_id: null,
      standard_attr_id: 1,
      description: '',
      tags: [],
      created_at: 'x',
      updated_at: 'x',
      revision_number: 0,
    };
    const group = {
      id: 'g1',
      name: 'default',
      stateful: true,
      tenant_id: 'p1',
      project_id: 'p1',
      description: 'd',
      shared: false,
      standard_attr_id: 1,
      tags: [],
      created_at: 'x',
      updated_at: 'x',
      revision_number: 1,
      security_group_rules: [rule],
    };
    const { client } = setUp(NetworkClient, 'https://neutron.example/v2.0', [
      'GET https://neutron.example/v2.0/security-groups',
      { security_groups: [group] },
    ]);
    const [page] = await all(client.securityGroups());
    assert.deepEqual(page?.problems, []);
    assert.deepEqual(page?.rows, [
      {
        id: 'g1',
        name: 'default',
        description: 'd',
        projectId: 'p1',
        rules: [
          {
            id: 'r1',
            direction: 'ingress',
            ethertype: 'IPv4',
            protocol: 'tcp',
            portMin: 22,
            portMax: 22,
            remoteIpPrefix: '0.0.0.0/0',
            remoteGroupId: undefined,
            description: '',
          },
        ],
      },
    ]);
  });
});

describe('floating IPs', () => {
  const FIP = {
    id: 'f1',
    tenant_id: 'p1',
    project_id: 'p1',
    floating_ip_address: '192.0.2.7',
    floating_network_id: 'x1',
    router_id: null,
    port_id: null,
    fixed_ip_address: null,
    status: 'DOWN',
    description: '',
    dns_domain: '',
    dns_name: '',
    port_details: null,
    port_forwardings: [],
    tags: [],
    created_at: 'x',
    updated_at: 'x',
    revision_number: 0,
  };
  const row = {
    id: 'f1',
    address: '192.0.2.7',
    fixedAddress: undefined,
    networkId: 'x1',
    portId: undefined,
    status: 'DOWN',
    projectId: 'p1',
    description: '',
  };
  const base = 'https://neutron.example/v2.0/floatingips';

  it('are listed, made and given back', async () => {
    const { net, client } = setUp(
      NetworkClient,
      'https://neutron.example',
      [`GET ${base}`, { floatingips: [FIP] }],
      [`POST ${base}`, { floatingip: FIP }, { status: 201 }],
      [`DELETE ${base}/f1`, undefined, { status: 204 }],
    );
    const [page] = await all(client.floatingIps());
    assert.deepEqual([page?.rows, page?.problems], [[row], []]);
    assert.deepEqual(await client.createFloatingIp({ networkId: 'x1', portId: 'port1' }), row);
    assert.equal(net.requests[1]?.body, '{"floatingip":{"floating_network_id":"x1","port_id":"port1"}}');
    await client.deleteFloatingIp('f1', '192.0.2.7');
    net.done();
  });

  it('that are used up are a matter of quota', async () => {
    const body = {
      NeutronError: {
        type: 'OverQuota',
        message: "Quota exceeded for resources: ['floatingip'].",
        detail: '',
      },
    };
    const { client } = setUp(NetworkClient, 'https://neutron.example', [
      `POST ${base}`,
      body,
      { status: 409 },
    ]);
    const error = await failure(client.createFloatingIp({ networkId: 'x1' }));
    assert.ok(isOpenStackError(error), String(error));
    assert.deepEqual(
      [error.kind, error.quota, error.service],
      ['quota', { resource: 'floatingip' }, 'network'],
    );
  });
});

describe('network quotas', () => {
  it('are used and allowed', async () => {
    const { client } = setUp(NetworkClient, 'https://neutron.example', [
      'GET https://neutron.example/v2.0/quotas/p1/details.json',
      {
        quota: {
          network: { limit: 100, used: 1, reserved: 0 },
          port: { limit: -1, used: 3, reserved: 0 },
          odd: 7,
        },
      },
    ]);
    assert.deepEqual(await client.quotas(), {
      network: { used: 1, limit: 100 },
      port: { used: 3, limit: Infinity },
    });
  });
});

describe('volumes', () => {
  const VOLUME = {
    id: 'v1',
    status: 'in-use',
    size: 10,
    availability_zone: 'nova',
    created_at: '2030-01-01T00:00:00.000000',
    updated_at: null,
    name: 'data',
    description: null,
    volume_type: 'ssd',
    snapshot_id: null,
    source_volid: null,
    metadata: {},
    links: [],
    user_id: 'u1',
    bootable: 'false',
    encrypted: false,
    replication_status: null,
    consistencygroup_id: null,
    multiattach: false,
    attachments: [
      {
        id: 'v1',
        attachment_id: 'a1',
        volume_id: 'v1',
        server_id: 's1',
        host_name: null,
        device: '/dev/vdb',
        attached_at: 'x',
      },
    ],
    'os-vol-tenant-attr:tenant_id': 'p1',
  };

  for (const [endpoint, base] of [
    ['https://cinder.example:8776/v3/p1', 'https://cinder.example:8776/v3/p1'],
    ['https://cinder.example:8776/v3', 'https://cinder.example:8776/v3'],
    ['https://cloud.example/volume/', 'https://cloud.example/volume/v3/p1'],
  ] as const) {
    it(`are read at ${endpoint}`, async () => {
      const { net, client } = setUp(VolumeClient, endpoint, [
        `GET ${base}/volumes/detail`,
        { volumes: [VOLUME] },
      ]);
      const [page] = await all(client.volumes());
      assert.deepEqual(page?.problems, []);
      assert.deepEqual(page?.rows, [
        {
          id: 'v1',
          name: 'data',
          description: undefined,
          status: 'in-use',
          size: 10,
          volumeType: 'ssd',
          bootable: false,
          encrypted: false,
          multiattach: false,
          availabilityZone: 'nova',
          created: '2030-01-01T00:00:00.000000',
          updated: undefined,
          userId: 'u1',
          projectId: 'p1',
          metadata: {},
          attachments: [{ serverId: 's1', device: '/dev/vdb', attachmentId: 'a1' }],
        },
      ]);
      assert.equal(net.requests[0]?.headers.get('openstack-api-version'), null);
    });
  }

  it('have limits', async () => {
    const absolute = {
      totalSnapshotsUsed: 0,
      maxTotalBackups: 10,
      maxTotalVolumeGigabytes: 1000,
      maxTotalSnapshots: -1,
      maxTotalBackupGigabytes: 1000,
      totalBackupGigabytesUsed: 0,
      maxTotalVolumes: 10,
      totalVolumesUsed: 1,
      totalBackupsUsed: 0,
      totalGigabytesUsed: 10,
    };
    const { client } = setUp(VolumeClient, 'https://cinder.example/v3/p1', [
      'GET https://cinder.example/v3/p1/limits',
      { limits: { rate: [], absolute } },
    ]);
    assert.deepEqual(await client.limits(), {
      volumes: { used: 1, limit: 10 },
      gigabytes: { used: 10, limit: 1000 },
      snapshots: { used: 0, limit: Infinity },
    });
  });
});

describe('subnets', () => {
  it('of a network are followed to the last page', async () => {
    const { client, net } = setUp(
      SubnetClient,
      'https://neutron.example',
      [
        'GET https://neutron.example/v2.0/subnets?network_id=n1',
        {
          subnets: [{ id: 's1', cidr: '10.0.0.0/24', ipv6_address_mode: null }],
          subnets_links: [{ rel: 'next', href: 'http://inside:9696/v2.0/subnets?network_id=n1&marker=s1' }],
        },
      ],
      [
        'GET https://neutron.example/v2.0/subnets?network_id=n1&marker=s1',
        { subnets: [{ id: 's2', cidr: 'fd00::/64', ipv6_address_mode: 'slaac' }] },
      ],
    );
    assert.deepEqual(await client.of('n1'), [
      { id: 's1', cidr: '10.0.0.0/24', ipv6Mode: undefined },
      { id: 's2', cidr: 'fd00::/64', ipv6Mode: 'slaac' },
    ]);
    net.done();
  });

  it('are none where one of them cannot be read', async () => {
    const { client } = setUp(SubnetClient, 'https://neutron.example', [
      'GET https://neutron.example/v2.0/subnets?network_id=n1',
      { subnets: [{ id: 's1', cidr: '10.0.0.0/24' }, { name: 'strange' }] },
    ]);
    assert.deepEqual(await client.of('n1'), []);
  });
});
