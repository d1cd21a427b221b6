import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ErrorKind } from '../../../src/openstack/errors.js';
import { isHtml, readFault } from '../../../src/openstack/fault.js';
import { readQuota } from '../../../src/openstack/quota-message.js';

describe('the kind of a refusal', () => {
  const kinds: [status: number, kind: ErrorKind][] = [
    [400, 'invalid'],
    [401, 'auth'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [405, 'protocol'],
    [406, 'protocol'],
    [408, 'timeout'],
    [409, 'conflict'],
    [410, 'not-found'],
    [413, 'invalid'],
    [415, 'invalid'],
    [422, 'invalid'],
    [429, 'rate-limit'],
    [500, 'server'],
    [501, 'server'],
    [502, 'server'],
    [503, 'server'],
    [504, 'server'],
    [599, 'server'],
  ];
  for (const [status, kind] of kinds) {
    it(`${status} is ${kind}`, () => assert.equal(readFault(status, '{}').kind, kind));
  }
});

describe('the reason of a refusal', () => {
  it('is that a network has no way out, where Neutron says that none is reachable', () => {
    const message =
      'External network 5c0f is not reachable from subnet 8a1b.  Therefore, cannot associate Port 77 with a Floating IP.';
    const body = { NeutronError: { type: 'ExternalGatewayForFloatingIPNotFound', message, detail: '' } };
    assert.deepEqual(
      [404, 500].map((status) => readFault(status, JSON.stringify(body)).reason),
      ['no-way-out', undefined],
    );
  });
});

describe('the message of a refusal', () => {
  const said = 'It is not so.';
  const forms: [service: string, body: unknown][] = [
    ['Nova', { badRequest: { code: 400, message: said } }],
    ['Nova, not found', { itemNotFound: { code: 404, message: said } }],
    ['Nova, forbidden', { forbidden: { message: said, code: 403 } }],
    ['Nova, conflict', { conflictingRequest: { code: 409, message: said } }],
    ['Keystone', { error: { code: 401, message: said, title: 'Unauthorized' } }],
    ['Neutron', { NeutronError: { type: 'PortNotFound', message: said, detail: '' } }],
    ['an older Neutron', { NeutronError: said }],
    ['Neutron’s address management', { QuantumError: said }],
    ['Glance', { message: `${said}<br /><br />\n\n\n`, code: '409 Conflict', title: 'Conflict' }],
    ['Cinder', { overLimit: { code: 413, message: said, retryAfter: '0' } }],
    [
      'Heat',
      {
        code: 404,
        error: { message: said, traceback: null, type: 'EntityNotFound' },
        explanation: 'The resource could not be found.',
        title: 'Not Found',
      },
    ],
    ['Designate', { code: 404, type: 'zone_not_found', message: said, request_id: 'req-1' }],
    ['Placement', { errors: [{ status: 404, title: 'Not Found', detail: said, request_id: 'req-1' }] }],
    ['Octavia', { faultcode: 'Client', faultstring: said, debuginfo: null }],
    [
      'Magnum',
      {
        errors: [
          { request_id: '', code: 'client', status: 406, title: 'Not Acceptable', detail: said, links: [] },
        ],
      },
    ],
    ['Barbican', { code: 401, title: 'Unauthorized', description: '', error: said }],
    ['a bare string', said],
  ];
  for (const [service, body] of forms) {
    it(`is found in the form of ${service}`, () =>
      assert.equal(readFault(400, JSON.stringify(body)).detail, said));
  }

  it('is the text of Glance’s web page, without its title twice', () => {
    const page =
      '<html>\n <head>\n  <title>403 Forbidden</title>\n </head>\n <body>\n  <h1>403 Forbidden</h1>\n  It is &quot;protected&quot;.<br /><br />\n\n\n </body>\n</html>';
    assert.deepEqual(readFault(403, page), {
      kind: 'forbidden',
      reason: undefined,
      detail: '403 Forbidden It is "protected".',
      quota: undefined,
      retryAfter: undefined,
      challenge: undefined,
      requestId: undefined,
    });
  });

  it('is plain text where that is what came', () => {
    assert.equal(
      readFault(503, 'upstream connect error\n  or disconnect').detail,
      'upstream connect error or disconnect',
    );
  });

  it('is nothing where there is nothing', () => {
    for (const body of ['', '{}', '[]', 'null', '{"code": 500}', '{"error": {"code": "500"}}']) {
      assert.equal(readFault(500, body).detail, undefined, body);
    }
  });

  it('has no markup that would act in a page', () => {
    const detail = readFault(
      400,
      JSON.stringify({ error: { message: 'Bad <img src=x onerror=alert(1)> name <b>x</b> & 1 < 2' } }),
    ).detail;
    assert.equal(detail, 'Bad name x & 1 < 2');
  });

  it('has at most 500 characters', () => {
    assert.equal(
      readFault(400, JSON.stringify({ error: { message: 'x'.repeat(9000) } })).detail?.length,
      500,
    );
  });

  it('gives the request id where no header does', () => {
    const message = 'Unexpected API Error. (HTTP 500) (Request-ID: req-3d92bb18-4a30-4b76-a3b0-0ba45ac2e4f4)';
    assert.equal(
      readFault(500, JSON.stringify({ computeFault: { message } })).requestId,
      'req-3d92bb18-4a30-4b76-a3b0-0ba45ac2e4f4',
    );
  });

  it('is not taken from anything as deep as a stranger likes', () => {
    const body = '{"error":'.repeat(2000) + '"deep"' + '}'.repeat(2000);
    assert.equal(readFault(400, body).detail, undefined);
  });
});

describe('the reason of a refusal', () => {
  const unauthorized = (message: string): string =>
    JSON.stringify({ error: { code: 401, message, title: 'Unauthorized' } });
  it('is a second factor that is missing, with the methods that are wanted', () => {
    const body = JSON.stringify({
      receipt: { methods: ['password'] },
      required_auth_methods: [['totp', 'password']],
    });
    const { kind, reason, detail } = readFault(401, body);
    assert.deepEqual([kind, reason, detail], ['auth', 'second-factor', 'totp, password']);
  });
  const reasons: [message: string, reason: string | undefined][] = [
    ['The password is expired and needs to be changed for user: 12ab.', 'password-expired'],
    ['The account is locked for user: 12ab.', 'account-locked'],
    ['User 12ab has no access to project 34cd', 'no-access'],
    ['The request you have made requires authentication.', undefined],
  ];
  for (const [message, reason] of reasons) {
    it(`is ${reason ?? 'not known'} for: ${message}`, () =>
      assert.equal(readFault(401, unauthorized(message)).reason, reason));
  }
  it('is a web page where an API would not have refused like this', () => {
    assert.deepEqual(readFault(405, '<html><h1>405 Not Allowed</h1>').reason, 'html-answer');
    assert.deepEqual(readFault(503, '<html><h1>503 Service Unavailable</h1>').reason, undefined);
  });
  it('is the microversion for 406', () => {
    const body = JSON.stringify({ computeFault: { message: 'Version 2.99 is not supported by the API.' } });
    assert.deepEqual([readFault(406, body).kind, readFault(406, body).reason], ['protocol', 'microversion']);
  });
});

describe('too many requests', () => {
  it('as older services say it, with the time to wait', () => {
    const body = JSON.stringify({
      overLimit: { code: 413, message: 'This request was rate-limited.', retryAfter: '12' },
    });
    assert.deepEqual([readFault(413, body).kind, readFault(413, body).retryAfter], ['rate-limit', 12]);
  });
});

describe('a quota', () => {
  it('makes a refusal one of quota, whatever its status', () => {
    for (const [status, message] of [
      [403, 'Quota exceeded for instances: Requested 1, but already used 10 of 10 instances'],
      [409, "Quota exceeded for resources: ['floatingip']."],
      [413, "VolumeLimitExceeded: Maximum number of volumes allowed (10) exceeded for quota 'volumes'."],
    ] as const) {
      const fault = readFault(status, JSON.stringify({ forbidden: { message } }), [], readQuota);
      assert.equal(fault.kind, 'quota');
      assert.equal(fault.detail, message);
    }
  });

  it('is not made of a conflict that has nothing to do with it', () => {
    const body = JSON.stringify({
      conflictingRequest: { message: "Cannot 'stop' instance 1 while it is in vm_state stopped" },
    });
    assert.equal(readFault(409, body, [], readQuota).kind, 'conflict');
  });
});

describe('a web page', () => {
  for (const body of ['<!DOCTYPE html><p>', '\n <HTML lang=en>', '<?xml version="1.0"?><html/>', '<head>']) {
    it(`is seen in ${JSON.stringify(body)}`, () => assert.equal(isHtml(body), true));
  }
  for (const body of ['{"a": "<html>"}', 'text', '', '[1]']) {
    it(`is not seen in ${JSON.stringify(body)}`, () => assert.equal(isHtml(body), false));
  }
});
