// The server of the demo portal: what it sends, and what it refuses to send.
import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import { after, describe, it } from 'node:test';
import { servePortal } from '../../stories/portal/serve.mjs';

/** fetch() tidies paths; a browser's enemy does not. */
const raw = (url, path, headers = {}) =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path, headers }, (answer) => {
      let body = '';
      answer
        .on('data', (chunk) => (body += chunk))
        .on('end', () => resolve({ status: answer.statusCode, body }));
    })
      .on('error', reject)
      .end();
  });

describe('the portal server', async () => {
  const cloud = createServer((asked, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({ path: asked.url, token: asked.headers['x-auth-token'], origin: asked.headers.origin }),
    );
  });
  await new Promise((resolve) => cloud.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${cloud.address().port}`;
  const portal = await servePortal({
    authUrl: `${origin}/v3`,
    cloudName: 'Test cloud',
    connect: [],
    proxy: '/openstack',
  });
  after(async () => {
    await portal.close();
    cloud.close();
  });

  it('sends the page under a policy without exceptions', async () => {
    const answer = await fetch(portal.url);
    const policy = answer.headers.get('content-security-policy');
    assert.equal(answer.status, 200);
    assert.doesNotMatch(policy, /unsafe|\*|data:|blob:/);
    for (const rule of [
      "script-src 'self'",
      "style-src 'self'",
      `connect-src 'self' ${origin} ${origin.replace('http', 'ws')}`,
      `frame-src ${origin}`,
      "require-trusted-types-for 'script'",
      "trusted-types exo-lit exo-sso 'allow-duplicates'",
    ]) {
      assert.ok(policy.split('; ').includes(rule), rule);
    }
    const page = await answer.text();
    assert.doesNotMatch(page, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=/i);
    assert.equal(page.match(/src="kit\//g).length, 1, 'one script tag of the kit');
  });

  it('tells the page which cloud to use', async () => {
    const config = await (await fetch(`${portal.url}/config.json`)).json();
    const { signIn, ...cloud } = config;
    assert.deepEqual(cloud, { authUrl: `${origin}/v3`, cloudName: 'Test cloud', proxy: '/openstack' });
    assert.equal(signIn.methods[0], 'password');
  });

  it('sends nothing from outside its folders', async () => {
    for (const path of [
      '/../../package.json',
      '/kit/../../package.json',
      '/%2e%2e/%2e%2e/package.json',
      '/kit/..%2f..%2fpackage.json',
      '/serve.mjs',
      '/nothing',
    ]) {
      assert.notEqual((await raw(portal.url, path)).status, 200, path);
    }
  });

  it('passes requests of its own pages on to the cloud', async () => {
    const host = new URL(origin).host;
    const { status, body } = await raw(portal.url, `/openstack/http/${host}/v3/auth?a=b`, {
      'sec-fetch-site': 'same-origin',
      'x-auth-token': 'secret',
      origin: portal.url,
    });
    assert.equal(status, 200);
    assert.deepEqual(JSON.parse(body), { path: '/v3/auth?a=b', token: 'secret' });
  });

  it('is no open proxy', async () => {
    const host = new URL(origin).host;
    const elsewhere = await raw(portal.url, '/openstack/http/127.0.0.1:22/x', {
      'sec-fetch-site': 'same-origin',
    });
    const foreign = await raw(portal.url, `/openstack/http/${host}/v3`, { 'sec-fetch-site': 'cross-site' });
    assert.deepEqual([elsewhere.status, foreign.status], [403, 403]);
  });
});
