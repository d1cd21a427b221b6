import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ComputeClient, type CreateServer } from '../../../src/openstack/compute.js';
import { rebuildServer } from '../../../src/openstack/server-actions.js';
import { isAbort, isOpenStackError, type OpenStackError } from '../../../src/openstack/errors.js';
import { Transport } from '../../../src/openstack/transport.js';
import { all, failure, goodToken, lost, network, TestClock, times, type Step } from './network.helper.js';

const NOVA = 'https://nova.example:8774/v2.1';
const version = (max: string): Step => [
  `GET ${NOVA}/`,
  { version: { id: 'v2.1', version: max, min_version: '2.1' } },
];
const NEW = version('2.93');
const OLD: Step = [
  `GET ${NOVA}/`,
  { version: { id: 'v2.1', status: 'CURRENT', version: '', min_version: '' } },
];

function setUp(...steps: Step[]) {
  const net = network(...steps);
  const clock = new TestClock();
  const transport = new Transport({ fetch: net.fetch, clock, online: () => true });
  const compute = new ComputeClient({
    transport,
    type: 'compute',
    endpoint: 'https://nova.example:8774',
    tokens: goodToken,
    projectId: 'p1',
  });
  return { net, clock, compute };
}

function known(error: unknown): OpenStackError {
  assert.ok(isOpenStackError(error), String(error));
  return error;
}

/** A server as Nova 26 gives it to a member at microversion 2.90. */
const SERVER = {
  id: 's1',
  name: 'web-1',
  status: 'ACTIVE',
  tenant_id: 'p1',
  user_id: 'u1',
  metadata: { role: 'web' },
  hostId: 'abc',
  image: { id: 'i1', links: [] },
  flavor: {
    vcpus: 1,
    ram: 3072,
    disk: 20,
    ephemeral: 0,
    swap: 0,
    original_name: 'm3.tiny',
    extra_specs: { ':architecture': 'x86' },
  },
  created: '2030-01-01T00:00:00Z',
  updated: '2030-01-01T00:00:05Z',
  addresses: {
    net: [
      {
        version: 4,
        addr: '10.0.0.5',
        'OS-EXT-IPS:type': 'fixed',
        'OS-EXT-IPS-MAC:mac_addr': 'fa:16:3e:00:00:01',
      },
      {
        version: 4,
        addr: '192.0.2.7',
        'OS-EXT-IPS:type': 'floating',
        'OS-EXT-IPS-MAC:mac_addr': 'fa:16:3e:00:00:01',
      },
    ],
    six: [
      {
        version: 6,
        addr: '2001:db8::5',
        'OS-EXT-IPS:type': 'fixed',
        'OS-EXT-IPS-MAC:mac_addr': 'fa:16:3e:00:00:02',
      },
    ],
  },
  accessIPv4: '',
  accessIPv6: '',
  links: [],
  'OS-DCF:diskConfig': 'MANUAL',
  progress: 0,
  'OS-EXT-AZ:availability_zone': 'nova',
  config_drive: '',
  key_name: 'laptop',
  'OS-SRV-USG:launched_at': '2030-01-01T00:00:05.000000',
  'OS-SRV-USG:terminated_at': null,
  security_groups: [{ name: 'default' }, { name: 'web' }, { name: 'default' }],
  'OS-EXT-SRV-ATTR:hostname': 'web-1',
  'OS-EXT-STS:task_state': null,
  'OS-EXT-STS:vm_state': 'active',
  'OS-EXT-STS:power_state': 1,
  'os-extended-volumes:volumes_attached': [{ id: 'v1', delete_on_termination: false }],
  locked: true,
  locked_reason: 'in use',
  description: null,
  tags: ['a'],
  trusted_image_certificates: null,
  server_groups: [],
};

/** What a newer Nova adds for administrators. */
const FOR_ADMINISTRATORS = {
  'OS-EXT-SRV-ATTR:host': 'h',
  'OS-EXT-SRV-ATTR:hypervisor_hostname': 'h',
  'OS-EXT-SRV-ATTR:instance_name': 'instance-1',
  'OS-EXT-SRV-ATTR:kernel_id': '',
  'OS-EXT-SRV-ATTR:launch_index': 0,
  'OS-EXT-SRV-ATTR:ramdisk_id': '',
  'OS-EXT-SRV-ATTR:reservation_id': 'r-1',
  'OS-EXT-SRV-ATTR:root_device_name': '/dev/vda',
  'OS-EXT-SRV-ATTR:user_data': null,
  host_status: 'UP',
};

describe('the microversion', () => {
  it('is the newest of use, negotiated once', async () => {
    const { net, compute } = setUp(
      NEW,
      [`GET ${NOVA}/servers/detail`, { servers: [] }],
      [`GET ${NOVA}/os-keypairs`, { keypairs: [] }],
    );
    await all(compute.servers());
    await all(compute.keypairs());
    assert.deepEqual(
      net.requests.map(({ headers }) => headers.get('openstack-api-version')),
      [null, 'compute 2.90', 'compute 2.90'],
    );
    net.done();
  });

  it('is as new as a single call needs, where that is newer', async () => {
    const { net, compute } = setUp(NEW, [`POST ${NOVA}/servers/s1/action`, undefined, { status: 202 }]);
    assert.equal(compute.newest, undefined);
    await rebuildServer(compute, { id: 's1', name: 'web' }, 'image-1', { fromVolume: true });
    assert.equal(net.requests[1]?.headers.get('openstack-api-version'), 'compute 2.93');
    assert.equal(compute.newest, '2.93');
    net.done();
  });

  it('is the cloud’s newest where that is older', async () => {
    const { net, compute } = setUp(version('2.60'), [`GET ${NOVA}/servers/detail`, { servers: [] }]);
    await all(compute.servers());
    assert.equal(net.requests[1]?.headers.get('openstack-api-version'), 'compute 2.60');
  });

  for (const [what, step] of [
    ['2.1 and nothing else', version('2.1')],
    ['no microversions', OLD],
    [
      'no version document',
      [`GET ${NOVA}/`, { itemNotFound: { message: 'The resource could not be found.' } }, { status: 404 }],
    ],
    ['a web page for it', [`GET ${NOVA}/`, '<html>Hello</html>']],
  ] satisfies [string, Step][]) {
    it(`is not sent to a cloud with ${what}`, async () => {
      const { net, compute } = setUp(step, [`GET ${NOVA}/servers/detail`, { servers: [] }]);
      await all(compute.servers());
      assert.equal(net.requests[1]?.headers.get('openstack-api-version'), null);
      net.done();
    });
  }

  it('is asked for again after a failure to reach the cloud', async () => {
    const { net, clock, compute } = setUp(...times(4, [`GET ${NOVA}/`, lost]), NEW);
    assert.equal(known(await failure(clock.run(compute.versions()))).reason, 'unreachable');
    assert.deepEqual(await clock.run(compute.versions()), { min: '2.1', max: '2.93' });
    net.done();
  });

  it('is negotiated on for others when one gives up', async () => {
    const stop = new AbortController();
    const { net, compute } = setUp([...NEW.slice(0, 2), () => stop.abort()] as unknown as Step);
    const first = failure(compute.versions({ signal: stop.signal }));
    const second = compute.versions();
    assert.equal(isAbort(await first), true);
    assert.equal((await second).max, '2.93');
    net.done();
  });

  it('is not asked for before the lists that open a form', async () => {
    const { net, compute } = setUp(
      [`GET ${NOVA}/flavors/detail`, { flavors: [] }],
      [`GET ${NOVA}/servers/detail?sort_key=created_at&sort_dir=desc&limit=5`, { servers: [SERVER] }],
    );
    await all(compute.flavors());
    assert.deepEqual(
      (await compute.newestServers(5)).map(({ id }) => id),
      ['s1'],
    );
    assert.deepEqual(
      net.requests.map(({ headers }) => headers.get('openstack-api-version')),
      ['compute 2.61', 'compute 2.61'],
    );
    net.done();
  });

  it('is negotiated where a cloud is too old for what those lists are asked in', async () => {
    const tooOld = { computeFault: { message: 'Version 2.61 is not supported by the API.' } };
    const { net, compute } = setUp(
      [`GET ${NOVA}/flavors/detail`, tooOld, { status: 406 }],
      version('2.1'),
      [`GET ${NOVA}/flavors/detail`, { flavors: [] }],
      [`GET ${NOVA}/limits`, { limits: { absolute: {} } }],
    );
    await all(compute.flavors());
    await compute.limits();
    assert.deepEqual(
      net.requests.map(({ headers }) => headers.get('openstack-api-version')),
      ['compute 2.61', null, null, null],
    );
    net.done();
  });
});

describe('servers', () => {
  it('are read with everything a row shows', async () => {
    const { compute } = setUp(NEW, [
      `GET ${NOVA}/servers/detail`,
      { servers: [SERVER, { ...SERVER, ...FOR_ADMINISTRATORS, id: 's2' }] },
    ]);
    const [page] = await all(compute.servers());
    assert.deepEqual(page?.problems, []);
    assert.deepEqual(page?.rows[0], {
      id: 's1',
      name: 'web-1',
      status: 'ACTIVE',
      taskState: undefined,
      vmState: 'active',
      powerState: 1,
      addresses: [
        { network: 'net', address: '10.0.0.5', version: 4, type: 'fixed', mac: 'fa:16:3e:00:00:01' },
        { network: 'net', address: '192.0.2.7', version: 4, type: 'floating', mac: 'fa:16:3e:00:00:01' },
        { network: 'six', address: '2001:db8::5', version: 6, type: 'fixed', mac: 'fa:16:3e:00:00:02' },
      ],
      flavor: { id: undefined, name: 'm3.tiny', vcpus: 1, ram: 3072, disk: 20 },
      imageId: 'i1',
      keyName: 'laptop',
      created: '2030-01-01T00:00:00Z',
      updated: '2030-01-01T00:00:05Z',
      launchedAt: '2030-01-01T00:00:05.000000',
      userId: 'u1',
      projectId: 'p1',
      description: undefined,
      metadata: { role: 'web' },
      tags: ['a'],
      locked: true,
      lockedReason: 'in use',
      progress: 0,
      availabilityZone: 'nova',
      fault: undefined,
      volumesAttached: ['v1'],
      volumesDeletedWith: [],
      securityGroups: ['default', 'web'],
      hasPassphrase: undefined,
      hostStatus: undefined,
    });
    assert.equal(page?.rows[1]?.hostStatus, 'UP');
  });

  it('of a cloud that knows 2.1 alone have a flavor’s id, and an image that is an empty string', async () => {
    const {
      'OS-EXT-SRV-ATTR:hostname': _h,
      description: _d,
      tags: _t,
      locked: _l,
      locked_reason: _r,
      server_groups: _g,
      trusted_image_certificates: _c,
      ...old
    } = SERVER;
    const { compute } = setUp(OLD, [
      `GET ${NOVA}/servers/detail`,
      { servers: [{ ...old, image: '', flavor: { id: 'f1', links: [] } }] },
    ]);
    const [page] = await all(compute.servers());
    assert.deepEqual(page?.problems, []);
    assert.deepEqual(page?.rows[0]?.flavor, {
      id: 'f1',
      name: undefined,
      vcpus: undefined,
      ram: undefined,
      disk: undefined,
    });
    assert.equal(page?.rows[0]?.imageId, undefined);
    assert.equal(page?.rows[0]?.locked, false);
  });

  it('of a cell that is down are shown with the little that is known', async () => {
    const partial = {
      id: 's1',
      status: 'UNKNOWN',
      tenant_id: 'p1',
      created: '2030-01-01T00:00:00Z',
      links: [],
    };
    const { compute } = setUp(NEW, [`GET ${NOVA}/servers/detail`, { servers: [partial] }]);
    const [page] = await all(compute.servers());
    assert.deepEqual(page?.problems, []);
    assert.deepEqual([page?.rows[0]?.id, page?.rows[0]?.status, page?.rows[0]?.name], ['s1', 'UNKNOWN', '']);
  });

  it('with a status or a field that nobody knows are shown, and told of', async () => {
    const odd = { ...SERVER, status: 'MELTING', temperature: 900, addresses: { net: 'none' } };
    const { compute } = setUp(NEW, [`GET ${NOVA}/servers/detail`, { servers: [odd, 'nonsense', SERVER] }]);
    const [page] = await all(compute.servers());
    assert.deepEqual(
      page?.rows.map(({ status, addresses }) => [status, addresses.length]),
      [
        ['UNKNOWN', 0],
        ['ACTIVE', 3],
      ],
    );
    assert.deepEqual(page?.problems, [
      { kind: 'unknown-field', row: 'server', field: 'temperature' },
      { kind: 'unknown-value', row: 'server', field: 'status', value: 'MELTING' },
      { kind: 'wrong-type', row: 'server', field: 'addresses' },
      { kind: 'wrong-type', row: 'servers', field: 'row' },
    ]);
  });

  it('come page by page, followed by marker on the cloud’s public address', async () => {
    const next = (marker: string) => [
      {
        rel: 'next',
        href: `http://internal/v2.1/servers/detail?limit=2&marker=${marker}&changes-since=2030-01-01T00%3A00%3A00Z`,
      },
    ];
    const { net, compute } = setUp(
      NEW,
      [
        `GET ${NOVA}/servers/detail?changes-since=2030-01-01T00%3A00%3A00Z`,
        { servers: [{ ...SERVER, id: 'a' }], servers_links: next('a') },
        { headers: { date: 'Tue, 01 Jan 2030 00:00:00 GMT' } },
      ],
      [
        `GET ${NOVA}/servers/detail?changes-since=2030-01-01T00%3A00%3A00Z&limit=2&marker=a`,
        { servers: [{ ...SERVER, id: 'b' }], servers_links: next('b') },
      ],
      [`GET ${NOVA}/servers/detail?changes-since=2030-01-01T00%3A00%3A00Z&limit=2&marker=b`, { servers: [] }],
    );
    const pages = await all(compute.servers({ changesSince: '2030-01-01T00:00:00Z' }));
    assert.deepEqual(
      pages.map(({ rows, next: more }) => [rows.map(({ id }) => id).join(), more]),
      [
        ['a', true],
        ['b', true],
        ['', false],
      ],
    );
    assert.deepEqual(pages[0]?.date, new Date('2030-01-01T00:00:00Z'));
    net.done();
  });

  it('are not asked for for ever by a cloud that repeats a page', async () => {
    const page = { servers: [SERVER], servers_links: [{ rel: 'next', href: 'http://x/?marker=s1' }] };
    const { net, compute } = setUp(
      NEW,
      [`GET ${NOVA}/servers/detail`, page],
      [`GET ${NOVA}/servers/detail?marker=s1`, page],
    );
    assert.equal((await all(compute.servers())).length, 2);
    net.done();
  });

  it('are an error when the answer has no list', async () => {
    const { compute } = setUp(NEW, [`GET ${NOVA}/servers/detail`, { server: {} }]);
    const error = known(await failure(all(compute.servers())));
    assert.deepEqual(
      [error.kind, error.reason, error.attempt.action],
      ['protocol', 'unexpected-body', 'list-instances'],
    );
  });

  it('alone bring their fault', async () => {
    const fault = {
      code: 500,
      created: '2030-01-01T00:00:09Z',
      message: 'No valid host was found.',
      details: '...',
    };
    const { compute } = setUp(NEW, [
      `GET ${NOVA}/servers/s1`,
      { server: { ...SERVER, status: 'ERROR', fault } },
    ]);
    assert.deepEqual((await compute.server('s1')).fault, {
      code: 500,
      created: '2030-01-01T00:00:09Z',
      message: 'No valid host was found.',
    });
  });
});

describe('creating a server', () => {
  const CREATED = {
    server: {
      id: 'new',
      links: [],
      'OS-DCF:diskConfig': 'MANUAL',
      security_groups: [{ name: 'default' }],
      adminPass: 'x',
    },
  };
  const created: Step = [`POST ${NOVA}/servers`, CREATED, { status: 202 }];
  const small: CreateServer = { name: 'web-1', imageId: 'i1', flavorId: 'f1', networks: 'auto' };
  const full: CreateServer = {
    ...small,
    keyName: 'laptop',
    networks: [{ networkId: 'n1' }, { networkId: 'n2' }],
    securityGroups: ['default'],
    userData: '#!/bin/sh\necho "grüße 👋"\n',
    metadata: { a: 'b' },
    tags: ['t'],
    description: 'd',
    availabilityZone: 'nova',
    configDrive: true,
  };

  async function sent(server: CreateServer, step: Step): Promise<Record<string, unknown>> {
    const { net, compute } = setUp(step, created);
    assert.deepEqual(await compute.createServer(server), { id: 'new' });
    net.done();
    return (JSON.parse(net.requests[1]?.body ?? '') as { server: Record<string, unknown> }).server;
  }

  it('sends what is asked for and no more', async () => {
    assert.deepEqual(await sent(small, NEW), {
      name: 'web-1',
      imageRef: 'i1',
      flavorRef: 'f1',
      networks: 'auto',
    });
  });

  it('sends everything that can be asked for', async () => {
    const { user_data: userData, ...body } = await sent(full, NEW);
    assert.deepEqual(body, {
      name: 'web-1',
      imageRef: 'i1',
      flavorRef: 'f1',
      key_name: 'laptop',
      networks: [{ uuid: 'n1' }, { uuid: 'n2' }],
      security_groups: [{ name: 'default' }],
      metadata: { a: 'b' },
      tags: ['t'],
      description: 'd',
      availability_zone: 'nova',
      config_drive: true,
    });
    assert.equal(Buffer.from(String(userData), 'base64').toString('utf8'), full.userData);
  });

  it('leaves out what an old cloud does not know', async () => {
    const body = await sent({ ...full, networks: 'auto' }, OLD);
    assert.deepEqual(
      Object.keys(body).filter((name) => ['networks', 'tags', 'description', 'hostname'].includes(name)),
      [],
    );
  });

  it('keeps the host name valid where the name has letters that are not', async () => {
    assert.equal((await sent({ ...small, name: 'web ü' }, NEW))['hostname'], 'web-u');
    assert.equal((await sent({ ...small, name: 'web ü' }, version('2.89')))['hostname'], undefined);
  });

  it('without any network needs a cloud that can do it', async () => {
    assert.equal((await sent({ ...small, networks: 'none' }, NEW))['networks'], 'none');
    const { net, compute } = setUp(version('2.36'));
    const error = known(await failure(compute.createServer({ ...small, networks: 'none' })));
    assert.deepEqual([error.kind, error.reason], ['protocol', 'microversion']);
    net.done();
  });

  it('refuses user data that is too long before anything is sent', async () => {
    const longest = 'x'.repeat(((65_535 / 4) | 0) * 3);
    assert.equal(typeof (await sent({ ...small, userData: longest }, NEW))['user_data'], 'string');
    for (const userData of [`${longest}xxxx`, 'ü'.repeat(30_000), new Uint8Array(50_000)]) {
      const { net, compute } = setUp();
      const error = known(await failure(compute.createServer({ ...small, userData })));
      assert.deepEqual(
        [error.kind, error.reason, error.attempt.name],
        ['invalid', 'user-data-too-large', 'web-1'],
      );
      net.done();
    }
  });

  it('sends bytes as they are', async () => {
    const gzip = new Uint8Array([0x1f, 0x8b, 0, 255]);
    assert.equal((await sent({ ...small, userData: gzip }, NEW))['user_data'], 'H4sA/w==');
  });

  it('ends in the quota that is used up', async () => {
    const message = 'Quota exceeded for cores: Requested 4, but already used 18 of 20 cores';
    const { compute } = setUp(NEW, [
      `POST ${NOVA}/servers`,
      { forbidden: { code: 403, message } },
      { status: 403 },
    ]);
    const error = known(await failure(compute.createServer(small)));
    assert.deepEqual(
      [error.kind, error.quota],
      ['quota', { resource: 'cores', requested: 4, used: 18, limit: 20 }],
    );
  });

  it('is not repeated when the answer is lost', async () => {
    const { net, clock, compute } = setUp(NEW, [`POST ${NOVA}/servers`, lost]);
    const error = known(await failure(clock.run(compute.createServer(small))));
    assert.deepEqual([error.kind, error.reason], ['network', 'answer-lost']);
    net.done();
  });
});

describe('an action on a server', () => {
  const acts: [
    what: string,
    act: (compute: ComputeClient) => Promise<void>,
    line: string,
    body: string,
    action: string,
  ][] = [
    [
      'start',
      (c) => c.startServer('s/1', 'web'),
      `POST ${NOVA}/servers/s%2F1/action`,
      '{"os-start":null}',
      'start-instance',
    ],
    [
      'stop',
      (c) => c.stopServer('s1', 'web'),
      `POST ${NOVA}/servers/s1/action`,
      '{"os-stop":null}',
      'stop-instance',
    ],
    [
      'soft reboot',
      (c) => c.rebootServer('s1', 'SOFT', 'web'),
      `POST ${NOVA}/servers/s1/action`,
      '{"reboot":{"type":"SOFT"}}',
      'reboot-instance',
    ],
    [
      'hard reboot',
      (c) => c.rebootServer('s1', 'HARD', 'web'),
      `POST ${NOVA}/servers/s1/action`,
      '{"reboot":{"type":"HARD"}}',
      'reboot-instance',
    ],
    ['delete', (c) => c.deleteServer('s1', 'web'), `DELETE ${NOVA}/servers/s1`, '', 'delete-instance'],
  ];
  for (const [what, act, line, body, action] of acts) {
    it(`${what} asks for it`, async () => {
      const { net, compute } = setUp(NEW, [line, undefined, { status: 202 }]);
      await act(compute);
      assert.equal(net.requests[1]?.body, body);
      net.done();
    });
    it(`${what} that is refused names the server`, async () => {
      const { compute } = setUp(NEW, [line, { conflictingRequest: { message: 'not now' } }, { status: 409 }]);
      const error = known(await failure(act(compute)));
      assert.deepEqual(
        [error.kind, error.attempt, error.detail],
        ['conflict', { action, name: 'web' }, 'not now'],
      );
    });
  }

  it('reads the console, again if need be', async () => {
    const { net, clock, compute } = setUp(
      NEW,
      [`POST ${NOVA}/servers/s1/action`, {}, { status: 503 }],
      [`POST ${NOVA}/servers/s1/action`, { output: 'login:' }],
      [`POST ${NOVA}/servers/s1/action`, { output: null }],
    );
    assert.equal(await clock.run(compute.consoleOutput('s1', { lines: 50 })), 'login:');
    assert.equal(await clock.run(compute.consoleOutput('s1')), '');
    assert.deepEqual(
      net.requests.slice(2).map(({ body }) => body),
      ['{"os-getConsoleOutput":{"length":50}}', '{"os-getConsoleOutput":{}}'],
    );
    net.done();
  });
});

describe('flavors', () => {
  it('are read, with swap as older clouds write it', async () => {
    const flavor = {
      id: 'f1',
      name: 'm3.tiny',
      ram: 3072,
      disk: 20,
      swap: '',
      'OS-FLV-EXT-DATA:ephemeral': 5,
      'OS-FLV-DISABLED:disabled': false,
      vcpus: 1,
      'os-flavor-access:is_public': true,
      rxtx_factor: 1.0,
      links: [],
    };
    const newer = {
      ...flavor,
      id: 'f2',
      swap: 512,
      description: null,
      extra_specs: { 'hw:cpu_policy': 'dedicated' },
    };
    const { compute } = setUp([`GET ${NOVA}/flavors/detail`, { flavors: [flavor, newer] }]);
    const [page] = await all(compute.flavors());
    assert.deepEqual(page?.problems, []);
    assert.deepEqual(page?.rows[0], {
      id: 'f1',
      name: 'm3.tiny',
      vcpus: 1,
      ram: 3072,
      disk: 20,
      ephemeral: 5,
      swap: 0,
      isPublic: true,
      disabled: false,
      description: undefined,
      extraSpecs: {},
    });
    assert.deepEqual(
      [page?.rows[1]?.swap, page?.rows[1]?.extraSpecs],
      [512, { 'hw:cpu_policy': 'dedicated' }],
    );
  });
});

describe('key pairs', () => {
  const row = { name: 'laptop', public_key: 'ssh-ed25519 AAAA', fingerprint: '5f:f6', type: 'ssh' };
  const keypair = {
    id: 'laptop',
    name: 'laptop',
    publicKey: 'ssh-ed25519 AAAA',
    fingerprint: '5f:f6',
    type: 'ssh',
  };

  it('are read out of their wrapping', async () => {
    const { compute } = setUp([
      `GET ${NOVA}/os-keypairs`,
      { keypairs: [{ keypair: row }, {}, { keypair: {} }] },
    ]);
    const [page] = await all(compute.keypairs());
    assert.deepEqual(page?.rows, [keypair]);
  });

  it('are imported', async () => {
    const { net, compute } = setUp(NEW, [
      `POST ${NOVA}/os-keypairs`,
      { keypair: { ...row, user_id: 'u1' } },
      { status: 201 },
    ]);
    assert.deepEqual(await compute.createKeypair({ name: 'laptop', publicKey: 'ssh-ed25519 AAAA' }), keypair);
    assert.equal(net.requests[1]?.body, '{"keypair":{"name":"laptop","public_key":"ssh-ed25519 AAAA"}}');
  });

  it('are deleted by a name that may hold anything', async () => {
    const { net, compute } = setUp(NEW, [
      `DELETE ${NOVA}/os-keypairs/my%20key%2F1`,
      undefined,
      { status: 202 },
    ]);
    await compute.deleteKeypair('my key/1');
    net.done();
  });
});

describe('limits', () => {
  it('are used and allowed, without end where the cloud says -1', async () => {
    const absolute = {
      maxTotalInstances: 10,
      maxTotalCores: -1,
      maxTotalRAMSize: 51200,
      maxTotalKeypairs: 100,
      maxServerMeta: 128,
      maxServerGroups: 10,
      maxServerGroupMembers: 10,
      totalRAMUsed: 3072,
      totalCoresUsed: 1,
      totalInstancesUsed: 1,
      totalServerGroupsUsed: 0,
    };
    const { net, compute } = setUp([`GET ${NOVA}/limits`, { limits: { rate: [], absolute } }]);
    assert.deepEqual(await compute.limits(), {
      instances: { used: 1, limit: 10 },
      cores: { used: 1, limit: Infinity },
      ram: { used: 3072, limit: 51200 },
      serverGroups: { used: 0, limit: 10 },
      keypairs: { limit: 100 },
      serverMetadata: { limit: 128 },
      serverGroupMembers: { limit: 10 },
    });
    net.done();
  });
});
