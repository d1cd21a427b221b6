import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { planLaunch } from '../../../src/launch/plan.js';
import {
  cloudConfig,
  userDataFor,
  userDataToSend,
  type LaunchProfile,
} from '../../../src/launch/profiles.js';
import { fits, gzipped, USER_DATA_BYTES } from '../../../src/launch/user-data.js';

const kit: LaunchProfile = { kind: 'kit', keys: ['ssh-ed25519 AAAA ada'], packages: ['git'] };
const bytesOf = (data: string | Uint8Array | undefined) => Buffer.from(data ?? '');

/** Input that other tools are known to have changed. */
const AWKWARD: readonly (readonly [string, string | Uint8Array])[] = [
  ['shell quoting', "#!/bin/bash\nIFS=$'\\n'; echo $$ $& $1 '$`'\n"],
  ['line ends of Windows', '#!/bin/bash\r\necho hello\r\n'],
  ['emoji', '#cloud-config\nhostname: "🚀-Grüße-漢字"\n'],
  ['no line end at its end', '#!/bin/sh\necho no end'],
  ['our own boundary', '#!/bin/sh\necho "--===exo-user-data==="\n--===exo-user-data===--\n'],
  ['bytes that are no text', Uint8Array.of(0x23, 0x21, 0xff, 0xfe, 0x00, 0x0d, 0x0a)],
];

function pairs(json: string): unknown[][] {
  const read: unknown = JSON.parse(json);
  assert.ok(Array.isArray(read), 'no list');
  return read.map((pair: unknown) => (Array.isArray(pair) ? Array.from<unknown>(pair) : []));
}

function object(json: string): object {
  const read: unknown = JSON.parse(json);
  assert.ok(typeof read === 'object' && read !== null, 'no object');
  return read;
}

describe('user data', () => {
  for (const [what, data] of AWKWARD) {
    it(`stays as it is without a profile: ${what}`, () => {
      assert.equal(userDataFor({ kind: 'plain' }, data), data);
    });

    it(`is a part of its own, byte for byte, beside ours: ${what}`, () => {
      const text = bytesOf(userDataFor(kit, data)).toString('latin1');
      const boundary = /boundary="([^"]+)"/.exec(text)?.[1] ?? '';
      const parts = text.split(`--${boundary}`).slice(1, -1);
      assert.equal(parts.length, 2);
      const [own = '', ours = ''] = parts.map((part) =>
        Buffer.from(part.slice(part.indexOf('\r\n\r\n')), 'base64').toString('latin1'),
      );
      assert.equal(Buffer.from(ours, 'latin1').toString(), cloudConfig(kit));
      assert.equal(own, bytesOf(data).toString('latin1'));
    });
  }

  it('is understood by the parser that cloud-init uses, a MIME message and gzip of the user’s too', (t) => {
    const python = (data: Uint8Array) =>
      spawnSync(
        'python3',
        [
          '-c',
          'import email,json,sys\nm=email.message_from_bytes(sys.stdin.buffer.read())\nprint(json.dumps([[p.get_content_type(), p.get_payload(decode=True).hex()] for p in m.walk() if p.get_content_maintype()!="multipart"]))',
        ],
        { input: data },
      );
    const mime =
      'Content-Type: multipart/mixed; boundary="b"\nMIME-Version: 1.0\n\n--b\nContent-Type: text/x-shellscript\n\n#!/bin/sh\necho one\n--b\nContent-Type: text/cloud-config\n\nhostname: two\n--b--\n';
    const gzip = gzipSync('#!/bin/sh\necho zipped\n');
    const result = python(bytesOf(userDataFor(kit, mime)));
    if (result.error) {
      t.skip('there is no Python');
      return;
    }
    const text = (hex: unknown) => Buffer.from(String(hex), 'hex').toString();
    const ofMime = pairs(result.stdout.toString());
    assert.deepEqual(
      ofMime.map(([type, hex]) => [type, text(hex)]),
      [
        ['text/x-shellscript', '#!/bin/sh\necho one'],
        ['text/cloud-config', 'hostname: two'],
        ['text/cloud-config', cloudConfig(kit)],
      ],
    );
    const ofGzip = pairs(python(bytesOf(userDataFor(kit, gzip))).stdout.toString());
    assert.equal(ofGzip[0]?.[0], 'application/gzip');
    assert.equal(ofGzip[0]?.[1], gzip.toString('hex'));
  });

  it('is ours alone where the user gives none', () => {
    assert.equal(bytesOf(userDataFor(kit, undefined)).toString(), cloudConfig(kit));
    assert.match(cloudConfig(kit), /^#cloud-config\n/);
    const { ssh_authorized_keys: keys } = {
      ssh_authorized_keys: undefined,
      ...object(cloudConfig(kit).slice(14)),
    };
    assert.deepEqual(keys, ['ssh-ed25519 AAAA ada']);
  });

  it('comes back from gzip as it was', async () => {
    const long = '#!/bin/sh\n' + 'echo 🚀\r\n'.repeat(20_000);
    const small = await gzipped(long);
    assert.ok(small.length < 5_000, `${small.length} bytes`);
    assert.equal(gunzipSync(small).toString(), long);
  });

  const script = (bytes: number) => `#!/bin/sh\n${'#'.repeat(bytes - 11)}\n`;

  it('is sent as it is up to 65,535 characters of base64, and gzipped beyond', async () => {
    const whole = script(USER_DATA_BYTES);
    assert.equal(Buffer.from(whole).toString('base64').length, 65_532);
    assert.equal(await userDataToSend({ kind: 'plain' }, whole), whole);
    const long = script(USER_DATA_BYTES + 1);
    const sent = await userDataToSend({ kind: 'plain' }, long);
    assert.notEqual(sent, long);
    assert.equal(gunzipSync(bytesOf(sent)).toString(), long);
    assert.ok(await fits(long), 'it does not fit');
  });

  it('is gzipped as a whole beside ours', async () => {
    const long = script(60_000);
    const sent = gunzipSync(bytesOf(await userDataToSend(kit, long)));
    assert.deepEqual(sent, bytesOf(userDataFor(kit, long)));
  });

  it('is not gzipped where cloud-init would not look into it, or it would not help', async () => {
    const ignition = `{"ignition":{"version":"3.4.0"},"x":"${'x'.repeat(60_000)}"}`;
    assert.equal(await userDataToSend({ kind: 'plain' }, ignition), ignition);
    assert.ok(!(await fits(ignition)), 'it fits');
    const noise = new Uint8Array(80_000);
    for (let at = 0; at < noise.length; at += 40_000) crypto.getRandomValues(noise.subarray(at, at + 40_000));
    noise.set(Buffer.from('#!/bin/sh\n'));
    assert.equal(await userDataToSend({ kind: 'plain' }, noise), noise);
    assert.ok(!(await fits(noise)), 'it fits');
    const zipped = gzipSync(noise);
    assert.equal(await userDataToSend({ kind: 'plain' }, zipped), zipped);
  });

  it('goes out with the plan', () => {
    const request = {
      launchId: 'id',
      name: 'web',
      count: 1,
      imageId: 'image',
      flavorId: 'flavor',
      key: { kind: 'none' },
      network: { kind: 'auto' },
      securityGroups: [],
      userData: '#!/bin/sh\n',
    } as const;
    const facts = { buildSeconds: 9 };
    assert.equal(planLaunch(request, facts).bodyFor(1, {}).userData, '#!/bin/sh\n');
    const body = planLaunch({ ...request, profile: kit }, facts).bodyFor(1, {});
    assert.deepEqual(body.userData, userDataFor(kit, '#!/bin/sh\n'));
  });
});
