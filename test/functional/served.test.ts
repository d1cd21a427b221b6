import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { serve, type ServedCloud } from '../../src/simulator/serve.js';
import { passwordOf } from '../unit/simulator/client.js';

describe('the simulated cloud over HTTP', () => {
  let served: ServedCloud;
  before(async () => {
    served = await serve({ port: 0, seed: 'empty' });
  });
  after(() => served.close());

  const order = (name: string, body: object, type = 'application/json') =>
    fetch(`${served.url}/__simulator/${name}`, {
      method: 'POST',
      headers: { 'Content-Type': type },
      body: JSON.stringify(body),
    });
  const signIn = (base = served.url) =>
    fetch(`${base}/v3/auth/tokens`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        auth: {
          identity: passwordOf('demo'),
          scope: { project: { name: 'demo', domain: { id: 'default' } } },
        },
      }),
    });
  const flavors = (token: string) =>
    fetch(`${served.url}/compute/v2.1/flavors`, { headers: { 'X-Auth-Token': token } });

  it('names the address it was asked at', async () => {
    for (const base of [served.url, served.url.replace('localhost', '127.0.0.1')]) {
      const text = await (await signIn(base)).text();
      assert.ok(text.includes(`"url":"${base}/compute/v2.1"`), `no ${base} in the catalog`);
    }
  });

  it('fails on order, and breaks the connection when told to drop it', async () => {
    assert.equal((await order('fail', { match: { path: '/v3' }, fault: { status: 503 } })).status, 204);
    assert.equal((await fetch(`${served.url}/v3`)).status, 503);
    await order('fail', { match: { path: '/v3' }, fault: { drop: true } });
    await assert.rejects(fetch(`${served.url}/v3`), TypeError);
    await order('fail', { match: { path: '/v3', times: 9 }, fault: { status: 503 } });
    await order('clear', {});
    assert.equal((await fetch(`${served.url}/v3`)).status, 200);
  });

  it('revokes and forgets on order', async () => {
    const token = (await signIn()).headers.get('X-Subject-Token') ?? '';
    assert.equal((await flavors(token)).status, 200);
    await order('revoke', { user: 'demo' });
    assert.equal((await flavors(token)).status, 401);
    const cloud = served.cloud;
    await order('reset', {});
    assert.notEqual(served.cloud, cloud);
  });

  it('lets time pass on order', async () => {
    const token = (await signIn()).headers.get('X-Subject-Token') ?? '';
    await order('advance', { seconds: 3600 });
    assert.equal((await flavors(token)).status, 401);
  });

  it('takes no orders that a foreign page could give', async () => {
    assert.equal((await order('reset', {}, 'text/plain')).status, 415);
    const preflight = await fetch(`${served.url}/__simulator/reset`, {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://foreign.example',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'content-type',
      },
    });
    assert.equal(preflight.headers.get('Access-Control-Allow-Origin'), null);
  });
});
