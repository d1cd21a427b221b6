import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { curlOf, quoted } from '../../../src/openstack/curl.js';
import { loggable, RequestLog } from '../../../src/openstack/request-log.js';
import { Secret } from '../../../src/openstack/secret.js';

const BASE = {
  id: 1,
  method: 'GET',
  service: 'compute',
  url: 'https://c.example:8774/v2.1/servers?limit=2',
  status: 200,
  ms: 3,
  requestId: undefined,
  headers: {},
  body: undefined,
  at: 0,
} as const;

describe('a request as a command', () => {
  it('leaves the token to the shell', () => {
    assert.equal(
      curlOf({ ...BASE, headers: { 'OpenStack-API-Version': 'compute 2.90' } }),
      `curl -sS -H "X-Auth-Token: $OS_TOKEN" -H 'Accept: application/json' -H 'OpenStack-API-Version: compute 2.90' 'https://c.example:8774/v2.1/servers?limit=2'`,
    );
  });

  it('needs none to sign in', () => {
    const curl = curlOf({ ...BASE, method: 'POST', url: 'https://c.example/v3/auth/tokens', body: '{}' });
    assert.ok(!curl.includes('OS_TOKEN'), curl);
    assert.ok(curl.includes('-X POST'), curl);
  });

  for (const text of [`it's`, '$HOME `id` "x"', 'a\nb', "'; rm -rf / #", '\\']) {
    it(`quotes ${JSON.stringify(text)} so that a shell reads it back`, () => {
      const { stdout } = spawnSync('sh', ['-c', `printf %s ${quoted(text)}`]);
      assert.equal(String(stdout), text);
    });
  }
});

describe('what a log keeps of a body', () => {
  it('is no secret, and not what an instance runs', () => {
    const kept = loggable({
      server: { name: 'web-1', user_data: 'cGFzc3dvcmQ=', adminPass: 'hunter2' },
      auth: { identity: { password: { user: { password: new Secret('hunter2') } } } },
      secret: 'hunter2',
      note: 'password=hunter2',
      db_password: 'correct hunter2 battery',
    });
    assert.ok(kept?.includes('web-1'), kept);
    assert.deepEqual(JSON.parse(kept ?? ''), {
      server: { name: 'web-1', user_data: '[left out]', adminPass: '[left out]' },
      auth: { identity: { password: { user: { password: '[secret]' } } } },
      secret: '[left out]',
      note: 'password=[secret]',
      db_password: '[left out]',
    });
    for (const word of ['hunter2', 'cGFzc3dvcmQ=']) assert.ok(!kept?.includes(word), kept);
  });

  it('is no secret of an address either', () => {
    const log = new RequestLog();
    for (const url of [
      'https://me:hunter2@c.example/',
      'https://c.example/?code=hunter2',
      'https://c.example/?api_key=hunter2',
    ])
      log.add({ ...BASE, url });
    assert.ok(!JSON.stringify(log.entries).includes('hunter2'), JSON.stringify(log.entries));
  });

  it('has an end', () => {
    assert.equal(loggable({ text: 'x'.repeat(10_000) })?.length, 4000);
    assert.equal(loggable(undefined), undefined);
  });

  it('is gone when the log is cleared, and ids go on', () => {
    const log = new RequestLog(2);
    for (let i = 0; i < 3; i++) log.add(BASE);
    assert.deepEqual(
      log.entries.map(({ id }) => id),
      [2, 3],
    );
    log.clear();
    log.add(BASE);
    assert.deepEqual(
      log.entries.map(({ id }) => id),
      [4],
    );
  });
});
