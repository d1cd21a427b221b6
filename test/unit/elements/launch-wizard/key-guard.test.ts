import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { afterPrivate } from '../../../../src/elements/launch-wizard/key-guard.js';
import { freeKey } from '../../../../src/elements/launch-wizard/pairs-field.js';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2v bob';

describe('what follows a private key that was thrown away', () => {
  for (const [before, typed, text, refused] of [
    // Its other lines, at once, one by one, or by letters.
    ['', '-----BEGIN OPENSSH PRIVATE KEY-----', '', true],
    ['', 'b3BlbnNzaC1rZXktdjEAAAAA', '', true],
    ['', 'b', '', true],
    ['', '\n', '\n', true],
    ['', '-----END OPENSSH PRIVATE KEY-----', '', true],
    ['', '----', '----', true],
    ['', 's', 's', true],
    ['', 'sX', '', true],
    ['', 'Public-Lines: 2', '', true],
    // A public key after it.
    ['', 'ssh-', 'ssh-', false],
    ['', KEY, KEY, false],
    ['', `# mine\n${KEY}`, `# mine\n${KEY}`, false],
    ['\n', `\n${KEY}`, `\n${KEY}`, false],
    ['', '---- BEGIN SSH2 PUBLIC KEY ----', '---- BEGIN SSH2 PUBLIC KEY ----', false],
    // What stood there stays, and is not mixed with it.
    [KEY, `${KEY}b3BlbnNz`, KEY, true],
    [KEY, `${KEY}ssh-`, KEY, true],
    [KEY, `${KEY}\n`, `${KEY}\n`, true],
    [`${KEY}\n`, `${KEY}\nb3BlbnNz`, `${KEY}\n`, true],
    [KEY, `${KEY}\nb3BlbnNz`, KEY, true],
    [KEY, `${KEY}\nssh-rsa AAAA`, `${KEY}\nssh-rsa AAAA`, false],
    [KEY, `b3BlbnNz${KEY}`, KEY, true],
    [KEY, KEY.slice(0, -1), KEY.slice(0, -1), true],
    [KEY, '', '', true],
  ] as const) {
    it(`${JSON.stringify(before.slice(0, 20))}, then ${JSON.stringify(typed.slice(-40))}`, () =>
      assert.deepEqual(afterPrivate(before, typed), { text, refused }));
  }
});

describe('a name of metadata in the place of one that launches write', () => {
  for (const [key, others, free] of [
    ['exo:setup', [], 'setup'],
    ['exoServerVersion', [], 'serverVersion'],
    ['exouserPassword', [], 'userPassword'],
    [' exo:exo:mount:x', [], 'mount:x'],
    ['exo:', [], ''],
    ['exo:setup', ['setup', 'setup-2'], 'setup-3'],
  ] as const) {
    it(`${key}: ${free}`, () =>
      assert.equal(
        freeKey(
          { key, value: '' },
          [key, ...others].map((each) => ({ key: each, value: '' })),
        ),
        free,
      ));
  }
});
