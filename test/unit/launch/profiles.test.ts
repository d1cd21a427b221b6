import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { planLaunch } from '../../../src/launch/plan.js';
import { kitConfig, type KitProfile } from '../../../src/launch/kit.js';
import { kitVolumes } from '../../../src/launch/kit-volumes.js';
import { userDataFor, userDataToSend } from '../../../src/launch/profiles.js';
import { fits, gzipped, USER_DATA_BYTES } from '../../../src/launch/user-data.js';
import { request as launch } from './rows.js';

const kit: KitProfile = { kind: 'kit', keys: ['ssh-ed25519 AAAA ada'], packages: ['git'] };
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
      assert.equal(Buffer.from(ours, 'latin1').toString(), kitConfig(kit));
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
        ['text/cloud-config', kitConfig(kit)],
      ],
    );
    const ofGzip = pairs(python(bytesOf(userDataFor(kit, gzip))).stdout.toString());
    assert.equal(ofGzip[0]?.[0], 'application/gzip');
    assert.equal(ofGzip[0]?.[1], gzip.toString('hex'));
  });

  it('is ours alone where the user gives none', () => {
    assert.equal(bytesOf(userDataFor(kit, undefined)).toString(), kitConfig(kit));
    assert.match(kitConfig(kit), /^#cloud-config\n/);
    const { ssh_authorized_keys: keys } = {
      ssh_authorized_keys: undefined,
      ...object(kitConfig(kit).slice(14)),
    };
    assert.deepEqual(keys, ['ssh-ed25519 AAAA ada']);
  });

  it('is a part of its own where it is a message of any kind that cloud-init knows', () => {
    const message = 'MIME-Version: 1.0\nContent-Type: text/x-shellscript\n\n#!/bin/sh\n';
    for (const mime of [message, `From me Thu Jan  1 00:00:00 1970\n${message}`, `Subject: x\n${message}`]) {
      const text = bytesOf(userDataFor(kit, mime)).toString();
      assert.ok(text.includes(`===exo-user-data===\r\n${mime}\r\n--===exo-user-data===`), text);
    }
  });

  it('is looked into where it is gzipped: what would spoil our part is told as what it is', async () => {
    const typeOf = async (data: Uint8Array) => {
      const [, first = ''] = bytesOf(await userDataToSend(kit, data))
        .toString()
        .split('--===');
      return /content-type: ([^\r\n;]+)/i.exec(first)?.[1];
    };
    assert.equal(await typeOf(gzipSync('#!/bin/sh\n')), 'application/gzip');
    assert.equal(await typeOf(gzipSync(Buffer.of(0xff, 0xfe, 0))), 'application/octet-stream');
    assert.equal(await typeOf(gzipSync(gzipSync('#!/bin/sh\n'))), 'application/octet-stream');
    assert.equal(await typeOf(Buffer.of(0x1f, 0x8b, 8, 0, 1)), 'application/octet-stream');
    const mime = 'MIME-Version: 1.0\nContent-Type: text/x-shellscript\n\n#!/bin/sh\n';
    assert.equal(await typeOf(gzipSync(mime)), 'text/x-shellscript');
    // Without a profile it is nobody's but the user's.
    const broken = Buffer.of(0x1f, 0x8b, 8, 0, 1);
    assert.equal(await userDataToSend({ kind: 'plain' }, broken), broken);
  });

  it('names the volumes that are mounted, as words of their own', () => {
    const id = '3f1a7c52-0d4e-4b7a-9c1e-8a2b6d5f4e30';
    const config = object(kitConfig(kit, kitVolumes(["it's $(id)"], [id])).slice(14));
    const { bootcmd } = { bootcmd: undefined, ...config };
    assert.ok(Array.isArray(bootcmd), 'no list');
    const mount: unknown = bootcmd[1];
    assert.ok(Array.isArray(mount), 'no words');
    assert.deepEqual(mount.slice(0, 5), ['cloud-init-per', 'instance', 'exo-volumes', 'sh', '-c']);
    assert.deepEqual(mount.slice(6), ['exo-volumes', id, 'it-s-id']);
    assert.ok(kitConfig(kit, kitVolumes(['a'], [id])).length < 3_000, 'it has grown');
    assert.ok(!kitConfig(kit).includes('exo-volumes'), 'without volumes');
  });

  it('holds nothing that YAML reads otherwise than JSON', () => {
    const keys = ['ssh-ed25519 AAAA \u0085\u2028\ufeff\u007f'];
    const text = kitConfig({ ...kit, keys });
    assert.doesNotMatch(text, /[\x7f-\x9f\u2028\ufeff]/);
    const config = { ssh_authorized_keys: undefined, ...object(text.slice(14)) };
    assert.deepEqual(config.ssh_authorized_keys, keys);
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
    const request = launch({ userData: '#!/bin/sh\n' });
    const facts = { buildSeconds: 9 };
    assert.equal(planLaunch(request, facts).bodyFor(1, {}).userData, '#!/bin/sh\n');
    const body = planLaunch({ ...request, profile: kit }, facts).bodyFor(1, {});
    assert.deepEqual(body.userData, userDataFor(kit, '#!/bin/sh\n'));
    const id = '3f1a7c52-0d4e-4b7a-9c1e-8a2b6d5f4e30';
    const plan = planLaunch({ ...request, count: 2, volumes: [{ size: 1 }], profile: kit }, facts);
    const second = plan.bodyFor(2, { volumeIds: [id] });
    assert.deepEqual(second.userData, userDataFor(kit, '#!/bin/sh\n', [{ id, folder: 'web-2-data' }]));
    assert.equal(second.metadata?.[`exo:mount:${id}`], '/media/volume/web-2-data');
    const plain = planLaunch({ ...request, volumes: [{ size: 1 }] }, facts).bodyFor(1, { volumeIds: [id] });
    assert.equal(plain.metadata?.[`exo:mount:${id}`], undefined);
  });
});
