import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, mock } from 'node:test';
import { canGenerateKeys, readPublicKey } from '../../../src/launch/public-key.js';
import { generateSshKey } from '../../../src/launch/ssh-key.js';

const noKeygen = spawnSync('ssh-keygen', ['-?']).error ? 'ssh-keygen is not installed' : false;
let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'exo-key-'));
});
after(() => {
  rmSync(folder, { recursive: true });
  mock.restoreAll();
});

/** The public key that OpenSSH reads from a private key file. */
function opensshReads(privateKey: string): string {
  const file = join(folder, 'key');
  writeFileSync(file, privateKey);
  chmodSync(file, 0o600);
  return execFileSync('ssh-keygen', ['-y', '-P', '', '-f', file], { encoding: 'utf8' }).trim();
}

describe('a generated key', () => {
  it('is an Ed25519 key that OpenSSH reads', { skip: noKeygen }, async () => {
    const key = await generateSshKey('ada@exo');
    assert.equal(key.type, 'ed25519');
    assert.match(key.publicKey, /^ssh-ed25519 \S{68} ada@exo$/);
    assert.equal(opensshReads(key.privateKey.reveal()), key.publicKey);
  });

  it('is an ECDSA key where the browser knows no Ed25519', { skip: noKeygen }, async () => {
    const generate = crypto.subtle.generateKey.bind(crypto.subtle);
    const mocked = mock.method(crypto.subtle, 'generateKey', ((
      algorithm: unknown,
      ...rest: [boolean, KeyUsage[]]
    ) =>
      algorithm === 'Ed25519'
        ? Promise.reject(new DOMException('unknown', 'NotSupportedError'))
        : generate(algorithm as EcKeyGenParams, ...rest)) as typeof crypto.subtle.generateKey);
    try {
      // Many, as the length of the number depends on its first bits.
      for (let i = 0; i < 12; i++) {
        const key = await generateSshKey('ada');
        assert.equal(key.type, 'ecdsa');
        assert.equal(opensshReads(key.privateKey.reveal()), key.publicKey);
      }
    } finally {
      mocked.mock.restore();
    }
  });

  it('is another one each time, and hides from logs', async () => {
    const [a, b] = await Promise.all([generateSshKey('a'), generateSshKey('a')]);
    assert.notEqual(a.publicKey, b.publicKey);
    assert.doesNotMatch(JSON.stringify(a) + String(a.privateKey), /PRIVATE/);
  });

  it('has a comment in one word', async () => {
    assert.match(
      (await generateSshKey('Ada Lovelace\nssh-rsa evil')).publicKey,
      /^\S+ \S+ Ada-Lovelace-ssh-rsa-evil$/,
    );
  });

  it('can be made where there is WebCrypto', () => {
    assert.equal(canGenerateKeys(), true);
  });
});

describe('a pasted key', () => {
  it('is taken as it is', async () => {
    const { publicKey } = await generateSshKey('ada@home');
    assert.deepEqual(readPublicKey(`  ${publicKey}\n`), {
      ok: true,
      line: publicKey,
      type: 'ssh-ed25519',
      comment: 'ada@home',
    });
  });

  it('is put together again where a mail has folded it', async () => {
    const { publicKey } = await generateSshKey('ada');
    const folded = `${publicKey.slice(0, 50)}\n${publicKey.slice(50)}`;
    assert.deepEqual(readPublicKey(folded), {
      ok: true,
      line: publicKey,
      type: 'ssh-ed25519',
      comment: 'ada',
    });
  });

  it('is understood in the form PuTTYgen saves', { skip: noKeygen }, async () => {
    const key = await generateSshKey('ada');
    const file = join(folder, 'putty');
    writeFileSync(file, `${key.publicKey}\n`);
    const rfc4716 = execFileSync('ssh-keygen', ['-e', '-f', file], { encoding: 'utf8' });
    const reading = readPublicKey(rfc4716);
    assert.equal(
      reading.ok && reading.line.split(' ').slice(0, 2).join(' '),
      key.publicKey.split(' ').slice(0, 2).join(' '),
    );
  });

  it('is refused when it is the private half', async () => {
    const { privateKey } = await generateSshKey('ada');
    for (const text of [
      privateKey.reveal(),
      '-----BEGIN RSA PRIVATE KEY-----\nMIIE…',
      '-----BEGIN ENCRYPTED PRIVATE KEY-----',
      'PuTTY-User-Key-File-3: ssh-ed25519',
    ]) {
      assert.deepEqual(readPublicKey(text), { ok: false, problem: 'private-key' });
    }
  });

  it('is refused when it is several, cut, or none', async () => {
    const { publicKey } = await generateSshKey('ada');
    assert.deepEqual(readPublicKey(`${publicKey}\n${publicKey}`), { ok: false, problem: 'several' });
    assert.deepEqual(readPublicKey(' \n'), { ok: false, problem: 'empty' });
    for (const text of [
      publicKey.slice(0, 60),
      publicKey.replace('ssh-ed25519', 'ssh-rsa'),
      'hello',
      'ssh-ed25519',
      'ssh-ed25519 %%%%',
    ]) {
      assert.deepEqual(readPublicKey(text), { ok: false, problem: 'not-a-key' }, text);
    }
  });
});
