import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isAbort, isOpenStackError, OpenStackError } from '../../../src/openstack/errors.js';
import { Secret } from '../../../src/openstack/secret.js';
import {
  Transport,
  type ApiRequest,
  type Proxy,
  type TokenSource,
} from '../../../src/openstack/transport.js';
import { failure, goodToken, hangs, lost, network, TestClock, times, type Step } from './network.helper.js';

const URL_ = 'https://nova.example:8774/v2.1/servers';
const PORTAL = 'https://portal.example';

function get(more: Partial<ApiRequest<unknown>> = {}): ApiRequest<unknown> {
  return {
    attempt: { action: 'list-instances' },
    service: 'compute',
    method: 'GET',
    url: URL_,
    read: (body) => body,
    ...more,
  };
}

const post = (more: Partial<ApiRequest<unknown>> = {}): ApiRequest<unknown> =>
  get({
    attempt: { action: 'create-instance', name: 'web-1' },
    method: 'POST',
    body: { server: {} },
    ...more,
  });

function setUp(
  steps: Step[],
  more: {
    online?: () => boolean;
    origin?: string;
    proxy?: Proxy;
  } = {},
) {
  const net = network(...steps);
  const clock = new TestClock();
  const transport = new Transport({ fetch: net.fetch, clock, online: () => true, origin: PORTAL, ...more });
  return { net, clock, transport };
}

function known(error: unknown): OpenStackError {
  assert.ok(isOpenStackError(error), String(error));
  return error;
}

describe('a request', () => {
  it('carries token, microversion and query, and nothing else that would need a permission', async () => {
    const { net, transport } = setUp([[`GET ${URL_}?limit=5&deleted=false`, { servers: [] }]]);
    const { data, status } = await transport.request(
      get({
        tokens: goodToken,
        microversion: '2.90',
        query: { limit: 5, deleted: false, marker: undefined },
      }),
    );
    assert.deepEqual(data, { servers: [] });
    assert.equal(status, 200);
    assert.deepEqual(Object.fromEntries(net.requests[0]?.headers ?? []), {
      accept: 'application/json',
      'openstack-api-version': 'compute 2.90',
      'x-auth-token': 'good-token',
    });
    assert.equal(net.requests[0]?.request.credentials, 'omit');
    assert.equal(net.requests[0]?.request.cache, 'default');
    net.done();
  });

  it('names block storage as its API does', async () => {
    const { net, transport } = setUp([[`GET ${URL_}`, {}]]);
    await transport.request(get({ service: 'block-storage', microversion: '3.59' }));
    assert.equal(net.requests[0]?.headers.get('openstack-api-version'), 'volume 3.59');
  });

  it('sends a body as JSON with the values of its secrets', async () => {
    const { net, transport } = setUp([[`POST ${URL_}`, {}, { status: 201 }]]);
    await transport.request(
      post({
        body: { user: { password: new Secret('pass word') } },
        headers: { 'X-Subject-Token': new Secret('subject') },
      }),
    );
    assert.equal(net.requests[0]?.body, '{"user":{"password":"pass word"}}');
    assert.equal(net.requests[0]?.headers.get('content-type'), 'application/json');
    assert.equal(net.requests[0]?.headers.get('x-subject-token'), 'subject');
  });

  it('hands over the answer, its headers and the server’s clock', async () => {
    const headers = { date: 'Tue, 01 Jan 2030 00:00:05 GMT', 'x-extra': 'yes' };
    const { transport } = setUp([[`GET ${URL_}`, { a: 1 }, { headers }]]);
    const answer = await transport.request(get({ read: (body, all) => [body, all.get('x-extra')] }));
    assert.deepEqual(answer.data, [{ a: 1 }, 'yes']);
    assert.deepEqual(answer.date, new Date('2030-01-01T00:00:05Z'));
  });

  it('takes 300 Multiple Choices for an answer, as version lists come with it', async () => {
    const { transport } = setUp([[`GET ${URL_}`, { versions: [] }, { status: 300 }]]);
    assert.deepEqual((await transport.request(get())).data, { versions: [] });
  });

  it('reads text, or nothing, where that is what comes', async () => {
    const { transport } = setUp([
      [`GET ${URL_}`, 'plain words'],
      [`DELETE ${URL_}`, undefined, { status: 204 }],
    ]);
    assert.equal((await transport.request(get({ expect: 'text' }))).data, 'plain words');
    assert.equal((await transport.request(get({ method: 'DELETE', expect: 'nothing' }))).data, undefined);
  });
});

describe('repetition', () => {
  for (const status of [429, 502, 503, 504]) {
    it(`repeats a GET after ${status}, with growing pauses`, async () => {
      const { net, clock, transport } = setUp([
        [`GET ${URL_}`, {}, { status }],
        [`GET ${URL_}`, {}, { status }],
        [`GET ${URL_}`, { fine: true }],
      ]);
      assert.deepEqual((await clock.run(transport.request(get()))).data, { fine: true });
      assert.deepEqual(
        clock.slept.filter((ms) => ms < 20_000),
        [500, 1000],
      );
      net.done();
    });
  }

  it('gives up after three repetitions', async () => {
    const { net, clock, transport } = setUp(times(4, [`GET ${URL_}`, {}, { status: 503 }]));
    const error = known(await failure(clock.run(transport.request(get()))));
    assert.equal(error.kind, 'server');
    assert.equal(error.status, 503);
    net.done();
  });

  for (const status of [400, 403, 404, 409, 500, 501]) {
    it(`does not repeat after ${status}`, async () => {
      const { net, clock, transport } = setUp([[`GET ${URL_}`, {}, { status }]]);
      assert.equal(known(await failure(clock.run(transport.request(get())))).status, status);
      net.done();
    });
  }

  it('repeats after a lost connection', async () => {
    const { net, clock, transport } = setUp([
      [`GET ${URL_}`, lost],
      ['PROBE https://nova.example:8774/', lost],
      [`GET ${URL_}`, {}],
    ]);
    await clock.run(transport.request(get()));
    net.done();
  });

  const retryAfter: [what: string, value: string, pause: number][] = [
    ['seconds', '7', 7000],
    ['an HTTP date', 'Tue, 01 Jan 2030 00:00:09 GMT', 9000],
    ['a date that is over', 'Mon, 31 Dec 2029 00:00:00 GMT', 500],
    ['words', 'later', 500],
  ];
  for (const [what, value, pause] of retryAfter) {
    it(`waits as Retry-After says in ${what}`, async () => {
      const { clock, transport } = setUp([
        [`GET ${URL_}`, {}, { status: 429, headers: { 'retry-after': value } }],
        [`GET ${URL_}`, {}],
      ]);
      await clock.run(transport.request(get()));
      assert.deepEqual(
        clock.slept.filter((ms) => ms < 20_000),
        [pause],
      );
    });
  }

  it('does not wait longer than the deadline, but says for how long', async () => {
    const { net, clock, transport } = setUp([
      [`GET ${URL_}`, {}, { status: 429, headers: { 'retry-after': '60' } }],
    ]);
    const error = known(await failure(clock.run(transport.request(get()))));
    assert.equal(error.kind, 'rate-limit');
    assert.equal(error.retryAfter, 60);
    net.done();
  });

  it('never repeats a creating POST', async () => {
    for (const status of [429, 502, 503, 504]) {
      const { net, clock, transport } = setUp([[`POST ${URL_}`, {}, { status }]]);
      const error = known(await failure(clock.run(transport.request(post()))));
      assert.equal(error.reason, status === 502 || status === 504 ? 'answer-lost' : undefined);
      net.done();
    }
  });

  it('says of a creating POST without an answer that it may have happened', async () => {
    const { net, clock, transport } = setUp([
      [`POST ${URL_}`, lost],
      ['PROBE https://nova.example:8774/', lost],
    ]);
    const error = known(await failure(clock.run(transport.request(post()))));
    assert.equal(error.kind, 'network');
    assert.equal(error.reason, 'answer-lost');
    assert.equal(error.attempt.name, 'web-1');
    net.done();
  });

  it('repeats a POST that is said to change nothing', async () => {
    const { net, clock, transport } = setUp([
      [`POST ${URL_}`, {}, { status: 503 }],
      [`POST ${URL_}`, {}],
    ]);
    await clock.run(transport.request(post({ repeatable: true })));
    net.done();
  });

  it('takes a repeated DELETE that finds nothing for done', async () => {
    const { net, clock, transport } = setUp([
      [`DELETE ${URL_}`, {}, { status: 504 }],
      [`DELETE ${URL_}`, {}, { status: 404 }],
    ]);
    await clock.run(transport.request(get({ method: 'DELETE', expect: 'nothing' })));
    net.done();
  });

  it('takes the first DELETE that finds nothing for an error', async () => {
    const { transport } = setUp([[`DELETE ${URL_}`, {}, { status: 404 }]]);
    assert.equal(
      known(await failure(transport.request(get({ method: 'DELETE', expect: 'nothing' })))).kind,
      'not-found',
    );
  });
});

describe('an expired token', () => {
  /** Tokens `t1`, `t2`, ... of which only the last is good. */
  function tokenSource(renew?: (stale: Secret) => Promise<Secret>) {
    let current = new Secret('t1');
    let renewals = 0;
    const source: TokenSource = {
      token: () => Promise.resolve(current),
      renew: async (stale) => {
        renewals += 1;
        await new Promise(setImmediate);
        current = renew ? await renew(stale) : new Secret(`t${renewals + 1}`);
        return current;
      },
    };
    return { source, renewals: () => renewals, set: (token: string) => (current = new Secret(token)) };
  }

  const guarded = (request: Request): Promise<Response> =>
    Promise.resolve(
      request.headers.get('x-auth-token') === 't2'
        ? Response.json({ fine: true })
        : Response.json(
            { error: { code: 401, message: 'The request you have made requires authentication.' } },
            { status: 401 },
          ),
    );

  it('is renewed once for all requests that wait, and each is sent once more', async () => {
    const tokens = tokenSource();
    const { net, transport } = setUp(times(10, [`GET ${URL_}`, guarded]));
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => transport.request(get({ tokens: tokens.source }))),
    );
    assert.deepEqual(
      answers.map(({ data }) => data),
      Array(5).fill({ fine: true }),
    );
    assert.equal(tokens.renewals(), 1);
    net.done();
  });

  it('is not renewed again when another request has done so meanwhile', async () => {
    const tokens = tokenSource();
    const { net, transport } = setUp([
      [`GET ${URL_}`, (request: Request) => (tokens.set('t2'), guarded(request))],
      [`GET ${URL_}`, guarded],
    ]);
    await transport.request(get({ tokens: tokens.source }));
    assert.equal(tokens.renewals(), 0);
    net.done();
  });

  it('is renewed for a creating POST too: a refusal is an answer', async () => {
    const tokens = tokenSource();
    const { net, transport } = setUp([
      [`POST ${URL_}`, guarded],
      [`POST ${URL_}`, guarded],
    ]);
    await transport.request(post({ tokens: tokens.source }));
    net.done();
  });

  it('ends in an auth error when the new one is refused as well', async () => {
    const tokens = tokenSource(() => Promise.resolve(new Secret('wrong')));
    const { net, transport } = setUp([
      [`GET ${URL_}`, guarded],
      [`GET ${URL_}`, guarded],
    ]);
    const error = known(await failure(transport.request(get({ tokens: tokens.source }))));
    assert.deepEqual(
      [error.kind, error.reason, error.attempt.action],
      ['auth', 'token-expired', 'list-instances'],
    );
    assert.equal(tokens.renewals(), 1);
    net.done();
  });

  it('ends in what was attempted, and why, when it cannot be renewed', async () => {
    const refusal = new OpenStackError({
      kind: 'auth',
      reason: 'token-revoked',
      attempt: { action: 'renew-session' },
    });
    const tokens = tokenSource(() => Promise.reject(refusal));
    const { net, transport } = setUp([[`GET ${URL_}`, guarded]]);
    const error = known(await failure(transport.request(get({ tokens: tokens.source }))));
    assert.deepEqual(
      [error.kind, error.reason, error.attempt.action],
      ['auth', 'token-revoked', 'list-instances'],
    );
    net.done();
  });

  it('keeps the error of a renewal that did not reach the cloud', async () => {
    const offline = new OpenStackError({
      kind: 'network',
      reason: 'offline',
      attempt: { action: 'renew-session' },
    });
    const tokens = tokenSource(() => Promise.reject(offline));
    const { transport } = setUp([[`GET ${URL_}`, guarded]]);
    assert.equal(await failure(transport.request(get({ tokens: tokens.source }))), offline);
  });

  it('is still renewed for the others when one of those who wait gives up', async () => {
    const impatient = new AbortController();
    const tokens = tokenSource(() => {
      impatient.abort();
      return Promise.resolve(new Secret('t2'));
    });
    const { net, transport } = setUp(times(3, [`GET ${URL_}`, guarded]));
    const first = failure(transport.request(get({ tokens: tokens.source, signal: impatient.signal })));
    const second = transport.request(get({ tokens: tokens.source }));
    assert.equal(isAbort(await first), true);
    assert.deepEqual((await second).data, { fine: true });
    assert.equal(tokens.renewals(), 1);
    net.done();
  });

  it('may take as long to come as a person takes to sign in', async () => {
    const { net, clock, transport } = setUp([[`GET ${URL_}`, {}]]);
    const tokens: TokenSource = {
      ...goodToken,
      token: async () => (await clock.sleep(3_600_000), new Secret('late')),
    };
    await clock.run(transport.request(get({ tokens })));
    net.done();
  });
});

describe('a deadline', () => {
  it('ends a GET that gets no answer', async () => {
    const { clock, transport } = setUp([[`GET ${URL_}`, hangs]]);
    const error = known(await failure(clock.run(transport.request(get({ deadline: 5000 })))));
    assert.deepEqual([error.kind, error.reason], ['timeout', undefined]);
    assert.deepEqual(clock.slept, [5000]);
  });

  it('ends a network that does not listen to signals', async () => {
    const { clock, transport } = setUp([[`GET ${URL_}`, () => new Promise<Response>(() => undefined)]]);
    assert.equal(known(await failure(clock.run(transport.request(get())))).kind, 'timeout');
  });

  it('ends an answer whose body does not end', async () => {
    const { clock, transport } = setUp([
      [`GET ${URL_}`, () => Promise.resolve(new Response(new ReadableStream()))],
    ]);
    assert.equal(known(await failure(clock.run(transport.request(get())))).kind, 'timeout');
  });

  it('says of a creating POST that it may have happened', async () => {
    const { clock, transport } = setUp([[`POST ${URL_}`, hangs]]);
    const error = known(await failure(clock.run(transport.request(post()))));
    assert.deepEqual([error.kind, error.reason], ['timeout', 'answer-lost']);
  });

  it('holds for all repetitions together', async () => {
    const slow = async (): Promise<Response> => (await clock.sleep(900), Response.json({}, { status: 503 }));
    const { net, clock, transport } = setUp(times(2, [`GET ${URL_}`, () => slow()]));
    const error = known(await failure(clock.run(transport.request(get({ deadline: 2500 })))));
    assert.equal(error.status, 503);
    net.done();
  });

  it('leaves no timer behind', async () => {
    const { clock, transport } = setUp([[`GET ${URL_}`, {}]]);
    await clock.run(transport.request(get()));
    await assert.rejects(clock.run(new Promise(() => undefined)), /stands still/);
  });
});

describe('an abort', () => {
  it('before the request sends nothing', async () => {
    const { net, transport } = setUp([]);
    assert.equal(isAbort(await failure(transport.request(get({ signal: AbortSignal.abort() })))), true);
    net.done();
  });

  it('ends the request under way', async () => {
    const stop = new AbortController();
    const { net, transport } = setUp([[`GET ${URL_}`, (request: Request) => (stop.abort(), hangs(request))]]);
    assert.equal(isAbort(await failure(transport.request(get({ signal: stop.signal })))), true);
    net.done();
  });

  it('ends the pause before a repetition', async () => {
    const stop = new AbortController();
    const { net, clock, transport } = setUp([[`GET ${URL_}`, {}, { status: 503 }]]);
    const sleep = clock.sleep.bind(clock);
    clock.sleep = (ms, signal) => {
      if (ms === 500) stop.abort();
      return sleep(ms, signal);
    };
    assert.equal(isAbort(await failure(transport.request(get({ signal: stop.signal })))), true);
    net.done();
  });

  it('ends the wait for a token', async () => {
    const stop = new AbortController();
    const { net, transport } = setUp([]);
    const tokens: TokenSource = { ...goodToken, token: () => (stop.abort(), new Promise(() => undefined)) };
    assert.equal(isAbort(await failure(transport.request(get({ tokens, signal: stop.signal })))), true);
    net.done();
  });
});

describe('no answer', () => {
  it('while offline is that, at once', async () => {
    const { net, clock, transport } = setUp([[`GET ${URL_}`, lost]], { online: () => false });
    const error = known(await failure(clock.run(transport.request(get()))));
    assert.deepEqual([error.kind, error.reason], ['network', 'offline']);
    net.done();
  });

  it('of a creating POST may be a lost one when the network went away meanwhile', async () => {
    let online = true;
    const goesOffline = (): Promise<Response> => ((online = false), lost());
    const { clock, transport } = setUp(
      [
        [`POST ${URL_}`, goesOffline],
        ['PROBE https://nova.example:8774/', lost],
      ],
      { online: () => online },
    );
    assert.equal(known(await failure(clock.run(transport.request(post())))).reason, 'answer-lost');
  });

  it('from a host that is not there either is unreachable', async () => {
    const step: Step[] = [
      [`GET ${URL_}`, lost],
      ['PROBE https://nova.example:8774/', lost],
    ];
    const { net, clock, transport } = setUp([...step, ...step, ...step, ...step]);
    const error = known(await failure(clock.run(transport.request(get()))));
    assert.deepEqual([error.kind, error.reason, error.host], ['network', 'unreachable', 'nova.example:8774']);
    net.done();
  });

  it('from a host that does not answer the probe in five seconds is unreachable', async () => {
    const { clock, transport } = setUp([
      [`GET ${URL_}`, lost],
      ['PROBE https://nova.example:8774/', hangs],
    ]);
    const error = known(await failure(clock.run(transport.request(get({ deadline: 5100 })))));
    assert.equal(error.reason, 'unreachable');
    assert.equal(clock.slept.includes(5000), true);
  });

  it('from a host that is there is CORS, with the lines that are missing', async () => {
    const { net, clock, transport } = setUp([
      [`GET ${URL_}`, lost],
      ['PROBE https://nova.example:8774/', undefined],
    ]);
    const error = known(
      await failure(clock.run(transport.request(get({ tokens: goodToken, microversion: '2.90' })))),
    );
    assert.deepEqual([error.kind, error.reason], ['cors', 'cors']);
    assert.deepEqual(error.configLines, [
      '# /etc/nova/nova.conf',
      '[cors]',
      'allowed_origin = https://portal.example',
      'allow_headers = X-Auth-Token,OpenStack-API-Version',
      'allow_methods = GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS',
      'expose_headers = X-Openstack-Request-Id,Retry-After,Date',
    ]);
    net.done();
  });

  it('is not CORS where the same kind of request was answered before', async () => {
    const { net, clock, transport } = setUp([
      [`GET ${URL_}`, {}],
      [`GET ${URL_}`, lost],
      [`GET ${URL_}`, {}],
    ]);
    await transport.request(get());
    await clock.run(transport.request(get()));
    net.done();
  });

  it('may well be CORS where only a request with fewer headers was answered before', async () => {
    const { clock, transport } = setUp([
      [`GET ${URL_}`, {}],
      [`GET ${URL_}`, lost],
      ['PROBE https://nova.example:8774/', undefined],
    ]);
    await transport.request(get());
    assert.equal(
      known(await failure(clock.run(transport.request(get({ microversion: '2.90' }))))).kind,
      'cors',
    );
  });

  it('is never CORS on the page’s own origin, nor outside browsers', async () => {
    const four: Step[] = times(4, [`GET ${URL_}`, lost]);
    const own = setUp(four, { origin: 'https://nova.example:8774' });
    assert.equal(known(await failure(own.clock.run(own.transport.request(get())))).reason, 'unreachable');
    own.net.done();
    const net = network(...four);
    const clock = new TestClock();
    const outside = new Transport({ fetch: net.fetch, clock });
    assert.equal(known(await failure(clock.run(outside.request(get())))).reason, 'unreachable');
    net.done();
  });

  it('from plain http on a page of https is the browser’s own doing', async () => {
    const url = 'http://nova.example:8774/v2.1/servers';
    const { net, clock, transport } = setUp([[`GET ${url}`, lost]]);
    assert.equal(known(await failure(clock.run(transport.request(get({ url }))))).reason, 'mixed-content');
    net.done();
  });
});

describe('an answer that is not what it should be', () => {
  const cases: [what: string, body: string, get: string, post: string][] = [
    ['JSON that ends early', '{"servers": [{"id"', 'protocol truncated', 'protocol answer-lost'],
    ['no body', '', 'protocol truncated', 'protocol answer-lost'],
    [
      'a web page',
      '<!DOCTYPE html><title>Sign in</title><p>Welcome to the Wi-Fi',
      'protocol html-answer',
      'protocol html-answer',
    ],
  ];
  for (const [what, body, asGet, asPost] of cases) {
    it(`${what}: ${asGet}, for a creating POST ${asPost}`, async () => {
      const { net, clock, transport } = setUp([
        [`GET ${URL_}`, body],
        [`POST ${URL_}`, body],
      ]);
      const errors = [
        known(await failure(clock.run(transport.request(get())))),
        known(await failure(clock.run(transport.request(post())))),
      ];
      assert.deepEqual(
        errors.map(({ kind, reason }) => `${kind} ${reason}`),
        [asGet, asPost],
      );
      assert.equal(errors[0]?.status, 200);
      net.done();
    });
  }

  const breaks = (): Promise<Response> =>
    Promise.resolve(
      new Response(
        new ReadableStream({ pull: (controller) => controller.error(new TypeError('network error')) }),
      ),
    );

  it('a body whose connection breaks is asked for again', async () => {
    const { net, clock, transport } = setUp([
      [`GET ${URL_}`, breaks],
      [`GET ${URL_}`, { whole: true }],
    ]);
    assert.deepEqual((await clock.run(transport.request(get()))).data, { whole: true });
    net.done();
  });

  it('a body whose connection breaks after a creating POST is a lost answer', async () => {
    const { net, clock, transport } = setUp([[`POST ${URL_}`, breaks]]);
    const error = known(await failure(clock.run(transport.request(post()))));
    assert.deepEqual([error.kind, error.reason], ['network', 'answer-lost']);
    net.done();
  });

  it('a body of another form names what is missing', async () => {
    const { transport } = setUp([[`GET ${URL_}`, []]]);
    const read = (): never => {
      throw new TypeError('no list of servers in the answer');
    };
    const error = known(await failure(transport.request(get({ read }))));
    assert.deepEqual(
      [error.kind, error.reason, error.detail],
      ['protocol', 'unexpected-body', 'no list of servers in the answer'],
    );
  });

  it('an error page of a proxy keeps its status and its words', async () => {
    const page =
      '<html><head><title>502 Bad Gateway</title><style>h1{}</style></head><body><h1>502 Bad Gateway</h1><hr>nginx &amp; co</body></html>';
    const { clock, transport } = setUp(times(4, [`GET ${URL_}`, page, { status: 502 }]));
    const error = known(await failure(clock.run(transport.request(get()))));
    assert.deepEqual(
      [error.kind, error.reason, error.detail],
      ['server', undefined, '502 Bad Gateway nginx & co'],
    );
  });
});

describe('a proxy', () => {
  it('at a path of the portal gets host and path, and no header more', async () => {
    const { net, transport } = setUp(
      [['GET https://portal.example/openstack/nova.example:8774/v2.1/servers?limit=1', {}]],
      {
        proxy: { kind: 'path', prefix: '/openstack' },
      },
    );
    await transport.request(get({ query: { limit: 1 } }));
    assert.deepEqual([...(net.requests[0]?.headers.keys() ?? [])], ['accept']);
    assert.equal(transport.log.entries[0]?.url, `${URL_}?limit=1`);
    net.done();
  });

  it('of Exosphere’s kind gets host and port as headers', async () => {
    const { net, transport } = setUp([['GET https://portal.example/proxy/v2.1/servers', {}]], {
      proxy: { kind: 'exosphere', url: '/proxy' },
    });
    await transport.request(get());
    assert.equal(net.requests[0]?.headers.get('exo-proxy-orig-host'), 'nova.example');
    assert.equal(net.requests[0]?.headers.get('exo-proxy-orig-port'), '8774');
    net.done();
  });

  it('that does not answer is unreachable, not CORS', async () => {
    const { net, clock, transport } = setUp(
      times(4, ['GET https://portal.example/openstack/nova.example:8774/v2.1/servers', lost]),
      {
        proxy: { kind: 'path', prefix: '/openstack' },
      },
    );
    const error = known(await failure(clock.run(transport.request(get()))));
    assert.deepEqual([error.reason, error.url], ['unreachable', URL_]);
    net.done();
  });
});

describe('secrets', () => {
  it('are in no error, whatever the cloud echoes', async () => {
    const echo = {
      badRequest: {
        message: 'Token s3cret-token is bad, "password": "hunter2", gAAAAABlabcdefghijklmnopqrstuvwxyz',
      },
    };
    const { transport } = setUp([[`GET ${URL_}?token=s3cret-token`, echo, { status: 400 }]]);
    const tokens = { ...goodToken, token: () => Promise.resolve(new Secret('s3cret-token')) };
    const error = known(await failure(transport.request(get({ tokens, query: { token: 's3cret-token' } }))));
    const everything = JSON.stringify({
      fields: Object.entries(error),
      message: error.message,
      stack: error.stack,
      log: transport.log.entries,
    });
    assert.doesNotMatch(everything, /s3cret-token|hunter2|gAAAAAB/);
    assert.equal(error.detail, 'Token [secret] is bad, "password": "[secret]", [secret]');
    assert.equal(error.url, URL_);
  });
});

describe('the request log', () => {
  it('tells each request’s method, status, request id and time', async () => {
    const headers = { 'x-openstack-request-id': 'req-1' };
    const { clock, transport } = setUp([
      [`GET ${URL_}`, async () => (await clock.sleep(120), Response.json({}, { status: 503, headers }))],
      [`GET ${URL_}`, {}, { headers }],
    ]);
    const seen: number[] = [];
    const end = transport.log.subscribe(({ id }) => seen.push(id));
    const at = clock.now();
    await clock.run(transport.request(get()));
    end();
    assert.deepEqual(transport.log.entries, [
      {
        id: 1,
        method: 'GET',
        service: 'compute',
        url: URL_,
        status: 503,
        ms: 120,
        requestId: 'req-1',
        headers: {},
        body: undefined,
        at,
      },
      {
        id: 2,
        method: 'GET',
        service: 'compute',
        url: URL_,
        status: 200,
        ms: 0,
        requestId: 'req-1',
        headers: {},
        body: undefined,
        at: at + 620,
      },
    ]);
    assert.deepEqual(seen, [1, 2]);
  });
});
