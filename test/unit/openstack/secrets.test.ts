import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { redact } from '../../../src/openstack/redact.js';
import { RequestLog } from '../../../src/openstack/request-log.js';
import { Secret } from '../../../src/openstack/secret.js';

describe('a secret', () => {
  const secret = new Secret('hunter2');
  it('shows itself only when asked to', () => {
    assert.equal(secret.reveal(), 'hunter2');
    const shown = [
      String(secret),
      'text: ' + String(secret),
      JSON.stringify({ secret }),
      inspect(secret, { showHidden: true }),
      Object.values(secret).join(),
      Reflect.ownKeys(secret).join(),
    ];
    assert.doesNotMatch(shown.join(' '), /hunter2/);
    assert.equal(JSON.stringify({ secret }), '{"secret":"[secret]"}');
  });

  it('knows its like, of another copy of the kit too', () => {
    assert.equal(Secret.is(secret), true);
    assert.equal(Secret.is({ [Symbol.for('exo.secret')]: true }), true);
    for (const other of ['hunter2', null, undefined, {}]) assert.equal(Secret.is(other), false);
  });
});

describe('a text with secrets', () => {
  const texts: [text: string, expected: string][] = [
    ['nothing to hide', 'nothing to hide'],
    ['token gAAAAABmAbCdEfGhIjKlMnOpQrStUv-_x== expired', 'token [secret] expired'],
    ['bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'bearer [secret]'],
    ['X-Auth-Token: abc123 was refused', 'X-Auth-Token: [secret] was refused'],
    ['"password": "p w", "x": 1', '"password": "[secret] w", "x": 1'],
    ["{'adminPass': 'Zx9'}", "{'adminPass': '[secret]'}"],
    ['https://x.example/?token=abc&limit=1', 'https://x.example/?token=[secret]&limit=1'],
    ['secret=abc', 'secret=[secret]'],
    ['known-value in the middle', '[secret] in the middle'],
    [
      'Instance 3d92bb18-4a30-4b76-a3b0-0ba45ac2e4f4 could not be found.',
      'Instance 3d92bb18-4a30-4b76-a3b0-0ba45ac2e4f4 could not be found.',
    ],
    ['Could not recognize Fernet token', 'Could not recognize Fernet token'],
    ['The password is expired and needs to be changed', 'The password is expired and needs to be changed'],
  ];
  for (const [text, expected] of texts) {
    it(text, () => assert.equal(redact(text, ['known-value', '']), expected));
  }
});

describe('the request log', () => {
  const entry = {
    method: 'GET',
    service: 'compute',
    status: 200,
    ms: 1,
    requestId: undefined,
    at: 0,
  } as const;
  it('keeps the last entries', () => {
    const log = new RequestLog(3);
    for (let n = 1; n <= 5; n++) log.add({ ...entry, url: `https://x.example/${n}` });
    assert.deepEqual(
      log.entries.map(({ id, url }) => [id, url]),
      [
        [3, 'https://x.example/3'],
        [4, 'https://x.example/4'],
        [5, 'https://x.example/5'],
      ],
    );
  });

  it('has no secrets in its URLs', () => {
    const log = new RequestLog();
    log.add({ ...entry, url: 'https://x.example/a?token=abc&changes-since=2030' });
    assert.equal(log.entries[0]?.url, 'https://x.example/a?token=[secret]&changes-since=2030');
  });
});
