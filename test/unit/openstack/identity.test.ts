import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isAbort, isOpenStackError, type OpenStackError } from '../../../src/openstack/errors.js';
import { IdentityClient, Secret, type Credential, type Scope } from '../../../src/openstack/identity.js';
import { onRowProblem, type RowProblem } from '../../../src/openstack/schema.js';
import { Transport } from '../../../src/openstack/transport.js';
import { failure, hangs, lost, network, TestClock, type Step } from './network.helper.js';

const V3 = 'https://id.example:5000/v3';
const VERSION = {
  version: { id: 'v3.14', status: 'stable', updated: '2020-04-07T00:00:00Z', links: [], 'media-types': [] },
};
const FOUND: Step = [`GET ${V3}`, VERSION];

const ISSUED = {
  methods: ['password'],
  user: { domain: { id: 'default', name: 'Default' }, id: 'u1', name: 'demo', password_expires_at: null },
  audit_ids: ['3T2dc1CGQxyJsHdDu1xkcw'],
  expires_at: '2030-01-01T01:00:00.000000Z',
  issued_at: '2030-01-01T00:00:02.000000Z',
};
const SCOPED = {
  ...ISSUED,
  methods: ['token', 'password'],
  is_domain: false,
  roles: [
    { id: 'r1', name: 'member' },
    { id: 'r2', name: 'reader' },
  ],
  project: { domain: { id: 'default', name: 'Default' }, id: 'p1', name: 'demo' },
  catalog: [
    {
      endpoints: [
        {
          id: 'e1',
          interface: 'public',
          region_id: 'RegionOne',
          url: 'https://nova.example:8774/v2.1',
          region: 'RegionOne',
        },
      ],
      id: 's1',
      type: 'compute',
      name: 'nova',
    },
  ],
};

const issued = (
  token: unknown = ISSUED,
  headers: Record<string, string> = { 'x-subject-token': 'new-token' },
): Step => [`POST ${V3}/auth/tokens`, { token }, { status: 201, headers }];
const REFUSED = {
  error: { code: 401, message: 'The request you have made requires authentication.', title: 'Unauthorized' },
};

function setUp(
  steps: Step[],
  authUrl = 'https://id.example:5000/v3',
  origin: string | undefined = 'https://portal.example',
) {
  const net = network(...steps);
  const clock = new TestClock();
  const transport = new Transport({ fetch: net.fetch, clock, online: () => true, origin });
  return { net, clock, transport, identity: new IdentityClient({ transport, authUrl }) };
}

const PASSWORD: Credential = {
  method: 'password',
  user: { name: 'demo', domain: { name: 'Default' } },
  password: new Secret('demo-password'),
};

function known(error: unknown): OpenStackError {
  assert.ok(isOpenStackError(error), String(error));
  return error;
}

describe('finding the identity service', () => {
  const direct: [given: string, base: string][] = [
    ['https://id.example:5000/v3', 'https://id.example:5000/v3'],
    ['https://id.example:5000/v3/', 'https://id.example:5000/v3'],
    ['https://id.example:5000', 'https://id.example:5000/v3'],
    ['https://id.example:5000/v2.0/', 'https://id.example:5000/v3'],
    ['https://id.example/identity', 'https://id.example/identity/v3'],
    ['https://id.example/identity/v3', 'https://id.example/identity/v3'],
    ['https://id.example/a/b/v3/auth/tokens', 'https://id.example/a/b/v3'],
    [' id.example/identity ', 'https://id.example/identity/v3'],
    ['id.example:5000', 'https://id.example:5000/v3'],
    ['http://localhost:5000/v3?x=1#y', 'http://localhost:5000/v3'],
  ];
  for (const [given, base] of direct) {
    it(`${given} is at ${base}`, async () => {
      const { net, identity } = setUp([[`GET ${base}`, VERSION]], given);
      assert.equal(await identity.discover(), base);
      net.done();
    });
  }

  it('tries Keystone’s own port where neither port nor path is given', async () => {
    const { net, identity } = setUp(
      [
        ['GET https://id.example/v3', '<html>Portal</html>'],
        [`GET ${V3}`, VERSION],
      ],
      'id.example',
    );
    assert.equal(await identity.discover(), V3);
    net.done();
  });

  it('says when something else is there', async () => {
    const { net, identity } = setUp(
      [['GET https://id.example:8774/v3', { choices: [] }, { status: 300 }]],
      'https://id.example:8774',
    );
    const error = known(await failure(identity.discover()));
    assert.deepEqual(
      [error.kind, error.reason, error.attempt.action, error.host],
      ['protocol', 'not-keystone', 'discover-cloud', 'id.example:8774'],
    );
    net.done();
  });

  it('keeps the diagnosis when there is no answer', async () => {
    const { net, clock, identity } = setUp([
      [`GET ${V3}`, lost],
      ['PROBE https://id.example:5000/', undefined],
    ]);
    const error = known(await failure(clock.run(identity.discover())));
    assert.deepEqual([error.kind, error.reason], ['cors', 'cors']);
    assert.equal(error.configLines[0], '# /etc/keystone/keystone.conf');
    net.done();
  });

  for (const given of ['', '   ', 'https://', 'ftp://id.example', 'http://a b']) {
    it(`${JSON.stringify(given)} is no URL`, async () => {
      const { net, identity } = setUp([], given);
      const error = known(await failure(identity.discover()));
      assert.deepEqual([error.kind, error.reason], ['invalid', 'not-a-url']);
      net.done();
    });
  }

  it('is done once for all, and anew after a failure', async () => {
    const { net, identity } = setUp([[`GET ${V3}`, {}, { status: 500 }], FOUND]);
    await failure(identity.discover());
    assert.deepEqual(await Promise.all([identity.discover(), identity.discover()]), [V3, V3]);
    net.done();
  });

  it('goes on for others when one gives up', async () => {
    const stop = new AbortController();
    const { net, identity } = setUp([[`GET ${V3}`, VERSION, () => stop.abort()]]);
    const first = failure(identity.discover(stop.signal));
    const second = identity.discover();
    assert.equal(isAbort(await first), true);
    assert.equal(await second, V3);
    net.done();
  });
});

describe('signing in', () => {
  const cases: [what: string, credential: Credential, scope: Scope, auth: unknown][] = [
    [
      'a name in a domain, unscoped',
      PASSWORD,
      'unscoped',
      {
        identity: {
          methods: ['password'],
          password: { user: { name: 'demo', domain: { name: 'Default' }, password: 'demo-password' } },
        },
        scope: 'unscoped',
      },
    ],
    [
      'a user id, for a project',
      { method: 'password', user: { id: 'u1' }, password: new Secret('x') },
      { projectId: 'p1' },
      {
        identity: { methods: ['password'], password: { user: { id: 'u1', password: 'x' } } },
        scope: { project: { id: 'p1' } },
      },
    ],
    [
      'a token, for a project',
      { method: 'token', token: new Secret('t') },
      { projectId: 'p1' },
      { identity: { methods: ['token'], token: { id: 't' } }, scope: { project: { id: 'p1' } } },
    ],
    [
      'an application credential by id',
      { method: 'application_credential', id: 'a1', secret: new Secret('s') },
      'default',
      {
        identity: { methods: ['application_credential'], application_credential: { id: 'a1', secret: 's' } },
      },
    ],
    [
      'an application credential by name',
      {
        method: 'application_credential',
        name: 'portal',
        user: { name: 'demo', domain: { id: 'default' } },
        secret: new Secret('s'),
      },
      'default',
      {
        identity: {
          methods: ['application_credential'],
          application_credential: {
            name: 'portal',
            user: { name: 'demo', domain: { id: 'default' } },
            secret: 's',
          },
        },
      },
    ],
  ];
  for (const [what, credential, scope, auth] of cases) {
    it(`with ${what}`, async () => {
      const { net, identity } = setUp([FOUND, issued()]);
      await identity.authenticate(credential, scope);
      assert.deepEqual(JSON.parse(net.requests[1]?.body ?? ''), { auth });
      assert.equal(net.requests[1]?.headers.get('x-auth-token'), null);
      net.done();
    });
  }

  it('gives what an unscoped token tells', async () => {
    const { identity } = setUp([FOUND, issued()]);
    const token = await identity.authenticate(PASSWORD, 'unscoped');
    assert.equal(token.token.reveal(), 'new-token');
    assert.deepEqual(token.expiresAt, new Date('2030-01-01T01:00:00Z'));
    assert.deepEqual(token.user, { id: 'u1', name: 'demo', domainId: 'default', domainName: 'Default' });
    assert.deepEqual([token.project, token.catalog, token.roles], [undefined, undefined, []]);
  });

  it('gives what a scoped token tells', async () => {
    const problems: RowProblem[] = [];
    const { identity } = setUp([FOUND, issued(SCOPED)]);
    const token = await identity.authenticate(
      { method: 'token', token: new Secret('t') },
      { projectId: 'p1' },
    );
    assert.deepEqual(token.project, { id: 'p1', name: 'demo', domainName: 'Default' });
    assert.deepEqual(token.roles, ['member', 'reader']);
    assert.equal(
      token.catalog?.endpoint('compute', { region: 'RegionOne' }),
      'https://nova.example:8774/v2.1',
    );
    onRowProblem((problem) => problems.push(problem))();
    assert.deepEqual(problems, []);
  });

  it('tells how far the server’s clock is off, by its Date or by when the token was issued', async () => {
    const byDate = setUp([
      FOUND,
      issued(ISSUED, { 'x-subject-token': 't', date: 'Tue, 01 Jan 2030 00:05:00 GMT' }),
    ]);
    assert.equal((await byDate.identity.authenticate(PASSWORD, 'unscoped')).serverOffset, 300_000);
    const byIssue = setUp([FOUND, issued()]);
    assert.equal((await byIssue.identity.authenticate(PASSWORD, 'unscoped')).serverOffset, 2000);
  });

  it('says when the browser may not read the token, and what to configure', async () => {
    const { identity } = setUp([FOUND, issued(ISSUED, {})]);
    const error = known(await failure(identity.authenticate(PASSWORD, 'unscoped')));
    assert.deepEqual(
      [error.kind, error.reason, error.attempt.action],
      ['cors', 'cors-token-header', 'sign-in'],
    );
    assert.deepEqual(error.configLines, [
      '# /etc/keystone/keystone.conf',
      '[cors]',
      'allowed_origin = https://portal.example',
      'allow_headers = X-Auth-Token,X-Subject-Token',
      'allow_methods = GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS',
      'expose_headers = X-Subject-Token,Openstack-Auth-Receipt,X-Openstack-Request-Id,Retry-After,Date',
    ]);
  });

  it('does not blame CORS where there is none', async () => {
    const net = network(FOUND, issued(ISSUED, {}));
    const identity = new IdentityClient({ transport: new Transport({ fetch: net.fetch }), authUrl: V3 });
    assert.equal(known(await failure(identity.authenticate(PASSWORD, 'unscoped'))).kind, 'protocol');
  });

  const refusals: [what: string, body: unknown, credential: Credential, reason: string][] = [
    ['a wrong password', REFUSED, PASSWORD, 'wrong-credentials'],
    [
      'a wrong application credential',
      REFUSED,
      { method: 'application_credential', id: 'a', secret: new Secret('s') },
      'wrong-credentials',
    ],
    [
      'an expired password',
      { error: { code: 401, message: 'The password is expired and needs to be changed for user: u1.' } },
      PASSWORD,
      'password-expired',
    ],
    [
      'a missing second factor',
      { receipt: { methods: ['password'] }, required_auth_methods: [['totp', 'password']] },
      PASSWORD,
      'second-factor',
    ],
    ['an expired token', REFUSED, { method: 'token', token: new Secret('t') }, 'token-expired'],
  ];
  for (const [what, body, credential, reason] of refusals) {
    it(`tells ${what}`, async () => {
      const { net, identity } = setUp([FOUND, [`POST ${V3}/auth/tokens`, body, { status: 401 }]]);
      const error = known(await failure(identity.authenticate(credential, 'unscoped')));
      assert.deepEqual([error.kind, error.reason, error.status], ['auth', reason, 401]);
      net.done();
    });
  }

  it('tells a project that is not one’s own from a token that has expired', async () => {
    const token: Credential = { method: 'token', token: new Secret('t') };
    const good = setUp([
      FOUND,
      [`POST ${V3}/auth/tokens`, REFUSED, { status: 401 }],
      [`GET ${V3}/auth/tokens`, { token: ISSUED }],
    ]);
    assert.equal(
      known(await failure(good.identity.authenticate(token, { projectId: 'p9' }))).reason,
      'no-access',
    );
    good.net.done();
    const bad = setUp([
      FOUND,
      [`POST ${V3}/auth/tokens`, REFUSED, { status: 401 }],
      [`GET ${V3}/auth/tokens`, REFUSED, { status: 401 }],
    ]);
    assert.equal(
      known(await failure(bad.identity.authenticate(token, { projectId: 'p9' }))).reason,
      'token-expired',
    );
    bad.net.done();
  });

  it('never shows the password in an error', async () => {
    const echo = { error: { code: 400, message: 'Invalid input: demo-password is not of type' } };
    const { identity } = setUp([FOUND, [`POST ${V3}/auth/tokens`, echo, { status: 400 }]]);
    const error = known(await failure(identity.authenticate(PASSWORD, 'unscoped')));
    assert.equal(error.detail, 'Invalid input: [secret] is not of type');
  });

  it('can be given up', async () => {
    const stop = new AbortController();
    const { identity } = setUp([
      FOUND,
      [`POST ${V3}/auth/tokens`, (request: Request) => (stop.abort(), hangs(request))],
    ]);
    assert.equal(
      isAbort(await failure(identity.authenticate(PASSWORD, 'unscoped', { signal: stop.signal }))),
      true,
    );
  });

  for (const [what, token] of [
    ['no token', null],
    ['no user', { ...ISSUED, user: 'demo' }],
    ['no time of expiry', { ...ISSUED, expires_at: 'soon' }],
  ] as const) {
    it(`refuses an answer with ${what}`, async () => {
      const { identity } = setUp([FOUND, issued(token)]);
      const error = known(await failure(identity.authenticate(PASSWORD, 'unscoped')));
      assert.deepEqual([error.kind, error.reason], ['protocol', 'unexpected-body']);
    });
  }
});

describe('a token from elsewhere', () => {
  it('is looked at with itself', async () => {
    const { net, identity } = setUp([FOUND, [`GET ${V3}/auth/tokens`, { token: SCOPED }]]);
    const token = await identity.validate(new Secret('given'));
    assert.equal(token.token.reveal(), 'given');
    assert.equal(token.project?.id, 'p1');
    // When it was issued says nothing of the time now.
    assert.equal(token.serverOffset, 0);
    assert.equal(net.requests[1]?.headers.get('x-auth-token'), 'given');
    assert.equal(net.requests[1]?.headers.get('x-subject-token'), 'given');
  });

  for (const status of [401, 404]) {
    it(`is expired when the answer is ${status}`, async () => {
      const { identity } = setUp([FOUND, [`GET ${V3}/auth/tokens`, REFUSED, { status }]]);
      const error = known(await failure(identity.validate(new Secret('old'))));
      assert.deepEqual([error.kind, error.reason], ['auth', 'token-expired']);
    });
  }
});

describe('projects', () => {
  it('are listed, disabled ones too', async () => {
    const projects = [
      {
        id: 'p1',
        name: 'demo',
        description: 'Demonstration',
        enabled: true,
        domain_id: 'default',
        is_domain: false,
        parent_id: 'default',
        options: {},
        tags: [],
        links: {},
      },
      { id: 'p2', name: 'old', description: null, enabled: false, domain_id: 'default', room: '12' },
      { name: 'without an id' },
    ];
    const { net, identity } = setUp([
      FOUND,
      [`GET ${V3}/auth/projects`, { projects, links: { next: null } }],
    ]);
    assert.deepEqual(await identity.projects(new Secret('t')), [
      { id: 'p1', name: 'demo', description: 'Demonstration', enabled: true, domainId: 'default' },
      { id: 'p2', name: 'old', description: '', enabled: false, domainId: 'default' },
    ]);
    assert.equal(net.requests[1]?.headers.get('x-auth-token'), 't');
  });
});

describe('signing out', () => {
  it('revokes the token', async () => {
    const { net, identity } = setUp([FOUND, [`DELETE ${V3}/auth/tokens`, undefined, { status: 204 }]]);
    await identity.revoke(new Secret('t'));
    assert.equal(net.requests[1]?.headers.get('x-subject-token'), 't');
    net.done();
  });

  for (const status of [401, 404]) {
    it(`is done when the token is worthless already (${status})`, async () => {
      const { net, identity } = setUp([FOUND, [`DELETE ${V3}/auth/tokens`, REFUSED, { status }]]);
      await identity.revoke(new Secret('t'));
      net.done();
    });
  }

  it('tells when it was not possible', async () => {
    const { identity } = setUp([FOUND, [`DELETE ${V3}/auth/tokens`, {}, { status: 500 }]]);
    assert.equal(known(await failure(identity.revoke(new Secret('t')))).kind, 'server');
  });
});
