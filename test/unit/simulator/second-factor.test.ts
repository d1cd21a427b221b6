import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matches } from '../../../src/simulator/access-rules.js';
import { passcodeAt } from '../../../src/simulator/index.js';
import { isPasscode } from '../../../src/simulator/totp.js';

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('one-time codes', () => {
  // The last six digits of RFC 6238, appendix B.
  for (const [seconds, code] of [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [20_000_000_000, '353130'],
  ] as const)
    it(`are those of RFC 6238 at ${seconds} s`, async () =>
      assert.equal(await passcodeAt(SECRET, seconds * 1000), code));

  it('are taken for the half minute they are shown and the one after', async () => {
    const code = await passcodeAt(SECRET, 0);
    assert.deepEqual(
      await Promise.all([0, 29_999, 59_999, 60_000].map((time) => isPasscode(SECRET, time, code))),
      [true, true, true, false],
    );
  });
});

describe('the path of an access rule', () => {
  for (const [path, pattern, fits] of [
    ['/v2.1/servers', '/v2.1/servers', true],
    ['/v2x1/servers', '/v2.1/servers', false],
    ['/v2.1/servers/abc', '/v2.1/servers/*', true],
    ['/v2.1/servers/abc/action', '/v2.1/servers/*', false],
    ['/v2.1/servers/abc/action', '/v2.1/servers/{id}/action', true],
    ['/v2.1/servers/abc/action', '/**', true],
  ] as const)
    it(`${pattern} ${fits ? 'takes in' : 'leaves out'} ${path}`, () =>
      assert.equal(matches(path, pattern), fits));
});
