import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCloud } from '../../../src/simulator/index.js';
import { ask, createServer, namesIn, passwordOf, person, signIn } from './client.js';

describe('a simulated cloud', () => {
  it('is out of reach under any other origin', async () => {
    const cloud = createCloud({ origin: 'https://openstack.example:13000' });
    assert.equal(cloud.authUrl, 'https://openstack.example:13000/v3');
    await assert.rejects(cloud.fetch('https://cloud.example/v3'), TypeError);
    assert.equal((await cloud.fetch(cloud.authUrl)).status, 200);
  });

  it('names and answers only the services it has', async () => {
    const who = await person({ services: ['compute'] });
    const catalog = await who.get('/v3/auth/catalog');
    assert.match(catalog.text, /"type":"compute"/);
    assert.doesNotMatch(catalog.text, /"type":"(network|image|volumev3)"/);
    assert.equal((await who.get('/network/v2.0/networks')).status, 404);
  });

  it('keeps its regions apart', async () => {
    const who = await person({ regions: ['North', 'South'] });
    await createServer(who, { name: 'north-1' });
    assert.deepEqual(namesIn((await who.get('/compute/v2.1/servers')).at('servers')), ['north-1']);
    assert.deepEqual((await who.get('/south/compute/v2.1/servers')).at('servers'), []);
    assert.match((await who.get('/v3/regions')).text, /"id":"South"/);
  });

  it('holds servers in several states for a demonstration', async () => {
    const who = await person({ seed: 'demo' });
    const states = new Map<unknown, unknown>();
    const listed = await who.get('/compute/v2.1/servers/detail');
    for (let index = 0; listed.at(`servers.${index}`) !== undefined; index++)
      states.set(listed.at(`servers.${index}.name`), listed.at(`servers.${index}.status`));
    assert.equal(states.get('web-1'), 'ACTIVE');
    assert.equal(states.get('teaching-notebooks'), 'SHUTOFF');
    assert.equal(states.get('gpu-training'), 'ERROR');
  });

  it('numbers each answer and counts each request', async () => {
    const cloud = createCloud();
    const before = cloud.requestCount;
    const first = await ask(cloud, 'GET', '/v3');
    const second = await ask(cloud, 'GET', '/v3');
    assert.match(first.headers.get('X-Openstack-Request-Id') ?? '', /^req-[0-9a-f-]{36}$/);
    assert.notEqual(
      first.headers.get('X-Openstack-Request-Id'),
      second.headers.get('X-Openstack-Request-Id'),
    );
    assert.equal(cloud.requestCount - before, 2);
  });

  it('refuses without a token in every service', async () => {
    const cloud = createCloud();
    for (const path of [
      '/compute/v2.1/servers',
      '/network/v2.0/networks',
      '/image/v2/images',
      '/volume/v3/x/volumes',
    ]) {
      const answer = await ask(cloud, 'GET', path);
      assert.equal(answer.status, 401, path);
      assert.equal(answer.headers.get('WWW-Authenticate'), 'Keystone uri="https://cloud.example/v3"');
    }
  });
});

describe('CORS of a simulated cloud', () => {
  const preflight = (cloud: ReturnType<typeof createCloud>, path: string, headers: string, method = 'GET') =>
    cloud.fetch(cloud.origin + path, {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://portal.example',
        'Access-Control-Request-Method': method,
        'Access-Control-Request-Headers': headers,
      },
    });

  for (const [path, headers, allowed] of [
    ['/v3/auth/tokens', 'content-type,x-auth-token,x-subject-token', true],
    ['/v3/auth/tokens', 'openstack-api-version', false],
    ['/compute/v2.1/servers', 'x-auth-token,openstack-api-version', true],
    ['/compute/v2.1/servers', 'x-auth-token,x-requested-with', false],
    ['/image/v2/images', 'x-auth-token', true],
    ['/image/v2/images', 'x-auth-token,openstack-api-version', false],
    ['/network/v2.0/networks', 'x-auth-token,openstack-api-version', false],
    ['/volume/v3/x/volumes', 'x-auth-token,openstack-api-version', true],
  ] as const)
    it(`${allowed ? 'allows' : 'is silent about'} ${headers} at ${path}`, async () => {
      const answer = await preflight(createCloud(), path, headers);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('Access-Control-Allow-Origin'), allowed ? '*' : null);
      assert.equal(answer.headers.get('Access-Control-Allow-Headers'), allowed ? headers : null);
    });

  it('is silent to an origin that is not allowed, and names one that is', async () => {
    const cloud = createCloud({ corsOrigins: ['https://portal.example'] });
    const headers = (origin: string) => cloud.fetch(cloud.authUrl, { headers: { Origin: origin } });
    assert.equal((await headers('https://other.example')).headers.get('Access-Control-Allow-Origin'), null);
    const good = await headers('https://portal.example');
    assert.equal(good.headers.get('Access-Control-Allow-Origin'), 'https://portal.example');
    assert.match(good.headers.get('Access-Control-Expose-Headers') ?? '', /X-Subject-Token/);
  });

  it('may be missing, as where no operator set it', async () => {
    const cloud = createCloud({ corsOrigins: [] });
    const answer = await preflight(cloud, '/compute/v2.1/servers', 'x-auth-token');
    assert.equal(answer.headers.get('Access-Control-Allow-Origin'), null);
  });

  it('reaches errors too', async () => {
    const cloud = createCloud();
    const answer = await cloud.fetch(`${cloud.origin}/compute/v2.1/servers`, {
      headers: { Origin: 'https://portal.example' },
    });
    assert.equal(answer.status, 401);
    assert.equal(answer.headers.get('Access-Control-Allow-Origin'), '*');
  });
});

describe('faults of a simulated cloud', () => {
  it('meet the next matching call only', async () => {
    const who = await person();
    who.cloud.fail({ method: 'GET', path: '/servers' }, { status: 503 });
    assert.equal((await who.get('/compute/v2.1/flavors')).status, 200);
    const failed = await who.get('/compute/v2.1/servers');
    assert.equal(failed.status, 503);
    assert.equal(failed.at('serviceUnavailable.code'), 503);
    assert.equal((await who.get('/compute/v2.1/servers')).status, 200);
  });

  it('meet as many calls as asked, until taken back', async () => {
    const who = await person();
    const restore = who.cloud.fail({ path: /networks$/, times: Infinity }, { status: 500 });
    for (let count = 0; count < 3; count++)
      assert.equal((await who.get('/network/v2.0/networks')).at('NeutronError.type'), 'InternalServerError');
    restore();
    assert.equal((await who.get('/network/v2.0/networks')).status, 200);
    who.cloud.fail({ path: /networks$/, times: Infinity }, { status: 500 });
    who.cloud.clearFaults();
    assert.equal((await who.get('/network/v2.0/networks')).status, 200);
  });

  it('tell actions apart by their body, and leave the body to the service', async () => {
    const who = await person();
    const id = await createServer(who);
    who.cloud.advance(4000);
    who.cloud.fail({ path: '/action', body: 'os-stop' }, { status: 500 });
    const act = (body: object) => who.call('POST', `/compute/v2.1/servers/${id}/action`, { body });
    assert.equal((await act({ 'os-getConsoleOutput': {} })).status, 200);
    assert.equal((await act({ 'os-stop': null })).status, 500);
    assert.equal((await act({ 'os-stop': null })).status, 202);
  });

  it('add headers such as Retry-After', async () => {
    const who = await person();
    who.cloud.fail({ path: '/servers' }, { status: 429, headers: { 'Retry-After': '7' } });
    assert.equal((await who.get('/compute/v2.1/servers')).headers.get('Retry-After'), '7');
  });

  it('answer with a gateway’s page', async () => {
    const who = await person();
    who.cloud.fail({ path: '/servers' }, { html: true });
    const answer = await who.get('/compute/v2.1/servers');
    assert.equal(answer.status, 502);
    assert.match(answer.text, /^<html>/);
  });

  it('cut the real answer in half', async () => {
    const who = await person();
    who.cloud.fail({ path: '/flavors' }, { truncate: true });
    const answer = await who.get('/compute/v2.1/flavors');
    assert.equal(answer.status, 200);
    assert.throws(() => answer.at('flavors'), SyntaxError);
  });

  it('drop the connection', async () => {
    const who = await person();
    who.cloud.fail({ path: '/flavors' }, { drop: true });
    await assert.rejects(who.get('/compute/v2.1/flavors'), TypeError);
  });

  it('delay the answer by the clock’s sleep, which an abort ends', async () => {
    const slept: number[] = [];
    const clock = {
      now: () => 0,
      sleep: (milliseconds: number) => {
        slept.push(milliseconds);
        return Promise.resolve();
      },
    };
    const cloud = createCloud({ clock });
    cloud.fail({ path: '/v3' }, { latency: 1500 });
    assert.equal((await cloud.fetch(cloud.authUrl)).status, 200);
    assert.deepEqual(slept, [1500]);

    const real = createCloud();
    real.fail({ path: '/v3' }, { latency: 600_000 });
    const abort = new AbortController();
    const pending = real.fetch(real.authUrl, { signal: abort.signal });
    abort.abort();
    await assert.rejects(pending, { name: 'AbortError' });
  });

  it('hold a call until it is released, before the service hears of it or with the answer made', async () => {
    const who = await person();
    const servers = '/compute/v2.1/servers';
    const release = who.cloud.hold({ path: servers });
    const unheard = who.get(servers);
    const deliver = who.cloud.hold({ path: servers }, { answered: true });
    const onItsWay = who.get(servers);
    await Promise.all([release.reached, deliver.reached]);
    const id = await createServer(who);
    release();
    deliver();
    assert.equal((await unheard).at('servers.0.id'), id);
    assert.deepEqual((await onItsWay).at('servers'), []);
  });

  it('end a call that is held with its request', async () => {
    const cloud = createCloud();
    cloud.hold({ path: '/v3' });
    const abort = new AbortController();
    const pending = cloud.fetch(cloud.authUrl, { signal: abort.signal });
    abort.abort();
    await assert.rejects(pending, { name: 'AbortError' });
  });

  it('do not meet preflights, and may come without CORS headers', async () => {
    const cloud = createCloud();
    cloud.fail({ path: '/v3' }, { html: true, withoutCors: true });
    const headers = { Origin: 'https://portal.example', 'Access-Control-Request-Method': 'GET' };
    const preflight = await cloud.fetch(cloud.authUrl, { method: 'OPTIONS', headers });
    assert.equal(preflight.headers.get('Access-Control-Allow-Origin'), '*');
    const answer = await cloud.fetch(cloud.authUrl, { headers });
    assert.equal(answer.status, 502);
    assert.equal(answer.headers.get('Access-Control-Allow-Origin'), null);
  });

  it('leave a creating request undone', async () => {
    const who = await person();
    who.cloud.fail({ method: 'POST', path: '/servers' }, { status: 504 });
    await assert.rejects(createServer(who), /504/);
    assert.deepEqual((await who.get('/compute/v2.1/servers')).at('servers'), []);
    const again = await signIn(who.cloud);
    assert.equal((await again.get('/compute/v2.1/limits')).at('limits.absolute.totalInstancesUsed'), 0);
  });

  it('may strike sign-in', async () => {
    const cloud = createCloud();
    cloud.fail({ method: 'POST', path: '/auth/tokens' }, { status: 500 });
    const answer = await ask(cloud, 'POST', '/v3/auth/tokens', {
      body: { auth: { identity: passwordOf('demo') } },
    });
    assert.equal(answer.at('error.title'), 'Internal Server Error');
  });
});
