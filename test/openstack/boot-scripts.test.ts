// What the distribution's own cloud-init makes of the user data of each profile, without an instance: its parser, its
// merging, its schema. What the user brings has to come out as it would alone, and ours beside it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { ExosphereProfile } from '../../src/launch/exosphere/prepare.js';
import { kitConfig, type KitProfile } from '../../src/launch/kit.js';
import { kitVolumes } from '../../src/launch/kit-volumes.js';
import { userDataToSend, type LaunchProfile } from '../../src/launch/profiles.js';
import { isTooLong } from '../../src/launch/user-data.js';
import { ensureCloudInit, HOW_TO_INSTALL, PYTHON } from './lib/cloud-init.mjs';

const CARRY_OUT = path.join(import.meta.dirname, 'lib/carry-out.py');
const folder = mkdtempSync(path.join(tmpdir(), 'exo-boot-scripts-'));
const packages = await ensureCloudInit();
if (packages === undefined) console.log(HOW_TO_INSTALL);

const kit: KitProfile = { kind: 'kit', keys: ['ssh-ed25519 AAAA ada 日本 \u2028'], packages: ['git'] };
const exosphere: ExosphereProfile = {
  kind: 'exosphere',
  provisioning: { repository: 'https://example.org/prepare.git', commit: 'a'.repeat(40) },
  creator: 'ada',
  keys: [],
  shell: false,
  desktop: false,
  updates: false,
};
const volumes = kitVolumes(
  [`it's; $(reboot) \`id\` data`, '日本 🚀 𠮷', 'a"b\\c'],
  [1, 2, 3].map((n) => `${n}1111111-2222-3333-4444-555555555555`),
);

interface CarriedOut {
  readonly config: Readonly<Record<string, unknown>>;
  readonly invalid: string | null;
  readonly scripts: readonly (readonly [string, string])[];
  readonly hooks: readonly unknown[];
  readonly commands: Readonly<Record<string, string>>;
}

function python(args: readonly string[], input: string | Uint8Array): { stdout: string; stderr: string } {
  const env = { PATH: process.env['PATH'], PYTHONPATH: packages, LC_ALL: 'C.UTF-8' };
  const run = spawnSync(PYTHON, args, { input: Buffer.from(input), env });
  const [stdout, stderr] = [run.stdout.toString(), run.stderr.toString()];
  assert.equal(run.status, 0, stdout + stderr);
  return { stdout, stderr };
}

function carriedOut(data: string | Uint8Array): CarriedOut {
  const { stdout } = python([CARRY_OUT, mkdtempSync(path.join(folder, 'guest-'))], data);
  const read = JSON.parse(stdout) as CarriedOut;
  return read;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const MIME =
  'Content-Type: multipart/mixed; boundary="b"\nMIME-Version: 1.0\n\n--b\nContent-Type: text/x-shellscript\n\n#!/bin/sh\necho one\n' +
  '--b\nContent-Type: text/cloud-config\n\n#cloud-config\nhostname: two\npackages: [nginx]\n--b--\n';
const included = path.join(folder, 'included');
writeFileSync(included, '#cloud-config\npackages: [nginx]\n');

const OWN: Readonly<Record<string, string | Uint8Array>> = {
  'a script': '#!/bin/sh\necho hi $$ \'$`\' "🚀"\n',
  'a script with line ends of Windows': '#!/bin/sh\r\necho hi\r\n',
  'a script in Latin-1': Buffer.from('#!/bin/sh\necho \xe9\n', 'latin1'),
  'a cloud-config':
    '#cloud-config\npackages: [nginx]\npackage_update: false\nbootcmd: [echo a]\nruncmd:\n - echo b\nssh_authorized_keys: [ssh-rsa X]\nhostname: two\n',
  'a cloud-config with line ends of Windows': '#cloud-config\r\npackages: [nginx]\r\n',
  'a cloud-config after an empty line': '\n  #Cloud-Config\npackages: [nginx]\n',
  'a cloud-config that says how it is merged':
    '#cloud-config\nmerge_how: dict(replace)+list()+str()\npackages: [nginx]\nruncmd: [[a]]\n',
  'a cloud-config that is none': '#cloud-config\n: [[[\n',
  'a cloud-config that is a list': '#cloud-config\n- a\n',
  'a cloud-config after a byte order mark': '\ufeff#cloud-config\npackages: [nginx]\n',
  'a JSON patch': '#cloud-config-jsonp\n[{"op":"add","path":"/packages","value":["nginx"]}]\n',
  'an archive':
    '#cloud-config-archive\n- type: text/cloud-config\n  content: |\n    packages: [nginx]\n- "#!/bin/sh\\necho arch\\n"\n',
  'a template of a cloud-config':
    '## template: jinja\n#cloud-config\npackages: [nginx]\nhostname: "{{ v1.local_hostname }}"\n',
  'a template of a script': '## template: jinja\n#!/bin/sh\necho {{ v1.local_hostname }}\n',
  'a boothook': '#cloud-boothook\n#!/bin/sh\necho hook\n',
  'an address to include': `#include\n${pathToFileURL(included).href}\n`,
  'a part handler': '#part-handler\ndef list_types(): return ["text/x"]\ndef handle_part(*a): pass\n',
  'a message': MIME,
  'a message with our boundary': MIME.replaceAll('"b"', '"===exo-user-data==="').replaceAll(
    '--b',
    '--===exo-user-data===',
  ),
  'a message without an end': MIME.replace('--b--\n', ''),
  'a message with line ends of Windows': MIME.replaceAll('\n', '\r\n'),
  'a message out of a mailbox': `From nobody Thu Jan  1 00:00:00 1970\n${MIME}`,
  'a message with a subject': `Subject: x\n${MIME}`,
  'a message that does not say so': MIME.replace('MIME-Version: 1.0\n', ''),
  'a gzipped script': gzipSync('#!/bin/sh\necho zipped\n'),
  'a gzipped message': gzipSync(MIME),
  'a gzipped archive of files': gzipSync(Buffer.from([0xff, 0xfe, 0, 1])),
  'something gzipped twice': gzipSync(gzipSync('#!/bin/sh\n')),
  'the beginning of a gzip': Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3),
  'a script that is too long without gzip': `#!/bin/sh\n${'# 0123456789 abcdefghij\n'.repeat(4_000)}`,
  'what is nothing to it': 'apt install nginx\n',
};

const skip = packages === undefined && HOW_TO_INSTALL;

const sent = async (profile: LaunchProfile, own: string | Uint8Array | undefined) => {
  const data = await userDataToSend(profile, own, volumes);
  assert.ok(data !== undefined && !isTooLong(data), 'it is too long');
  return data;
};

describe('user data, as cloud-init understands it', { skip }, () => {
  after(() => rmSync(folder, { recursive: true, force: true }));
  let kits: CarriedOut;
  let exospheres: CarriedOut;
  before(async () => {
    kits = carriedOut(await sent(kit, undefined));
    exospheres = carriedOut(await sent(exosphere, undefined));
  });

  it('is valid by its schema', () => {
    assert.equal(kits.invalid, null);
    assert.deepEqual(kits.config['packages'], ['git']);
    assert.deepEqual(kits.config['ssh_authorized_keys'], kit.keys);
    const file = path.join(folder, 'kit.yaml');
    writeFileSync(file, kitConfig(kit, volumes));
    const said = python(['-m', 'cloudinit.cmd.main', 'schema', '--config-file', file], '');
    assert.match(said.stdout + said.stderr, /Valid/);
    assert.equal(carriedOut(kitConfig({ ...kit, keys: [], packages: [] })).invalid, null);
  });

  it('gives a shell each name as one word', () => {
    const program = path.join(folder, 'cloud-init-per');
    writeFileSync(program, `#!/bin/sh\nprintf '%s\\0' "$@" .\n`);
    chmodSync(program, 0o755);
    const { stdout } = spawnSync('sh', ['-c', kits.commands['bootcmd'] ?? ''], {
      encoding: 'utf8',
      env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` },
    });
    const [, mount = ''] = stdout.split('\0.\0');
    assert.deepEqual(
      mount.split('\0').slice(6),
      volumes.flatMap(({ id, folder: name }) => [id, name]),
    );
  });

  for (const [what, own] of Object.entries(OWN)) {
    it(`takes ${what} as it would alone, and what a profile adds`, async () => {
      const alone = carriedOut(await sent({ kind: 'plain' }, own));
      const besideKit = carriedOut(await sent(kit, own));
      assert.deepEqual(besideKit.scripts, alone.scripts);
      assert.deepEqual(besideKit.hooks, alone.hooks);
      assert.equal(besideKit.invalid, null);
      for (const name of new Set([...Object.keys(alone.config), ...Object.keys(kits.config)])) {
        const [ours, theirs] = [kits.config[name], alone.config[name]];
        const wanted = Array.isArray(ours) ? [...listOf(theirs), ...listOf(ours)] : (theirs ?? ours);
        assert.deepEqual(besideKit.config[name], wanted, name);
      }
      const besideExosphere = carriedOut(await sent(exosphere, own));
      const texts = (...all: readonly CarriedOut[]) =>
        all.flatMap(({ scripts }) => scripts.map(([, text]) => text)).sort();
      assert.deepEqual(texts(besideExosphere), texts(alone, exospheres));
      assert.equal(besideExosphere.hooks.length, alone.hooks.length + exospheres.hooks.length);
      assert.deepEqual(besideExosphere.config['packages'], [...listOf(alone.config['packages']), 'git']);
    });
  }
});
