import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { exosphereOrigin } from '../../../../src/launch/exosphere/origin.js';
import {
  exosphereMetadata,
  exosphereParts,
  whyUnprepared,
  type ExosphereProfile,
} from '../../../../src/launch/exosphere/prepare.js';
import { setupInLog } from '../../../../src/launch/exosphere/setup.js';
import { userDataFor } from '../../../../src/launch/profiles.js';

const COMMIT = '0a07992d'.repeat(5);
const profile: ExosphereProfile = {
  kind: 'exosphere',
  provisioning: { repository: 'https://git.example/exosphere/exosphere.git', commit: COMMIT },
  creator: 'ada',
  keys: ['ssh-ed25519 AAAA adá@läptop'],
  shell: true,
  desktop: false,
  updates: true,
};
const workflow = { repo: 'https://git.example/binder/requirements', ref: 'HEAD', path: "it's/lab" };
const LAUNCH = '1f0c0000-0000-4000-8000-00000000009a';

const text = (name: string, of = profile): string =>
  exosphereParts(of).find((part) => part.name.includes(name))?.text ?? '';

describe('the metadata of a launch in Exosphere’s way', () => {
  const rows: readonly (readonly [string, Record<string, string>, string])[] = [
    [
      'a shell and a new address',
      exosphereMetadata(profile, LAUNCH, { option: 'useFloatingIp' }),
      `{"exoGuac":"{\\"v\\":1,\\"ssh\\":true,\\"vnc\\":false}","exoServerVersion":"6","exoClientUuid":"${LAUNCH}","exoCreatorUsername":"ada","exoSetup":"{\\"status\\":\\"waiting\\",\\"epoch\\":null}","exoFloatingIpOption":"useFloatingIp","exoFloatingIpReuseOption":"create"}`,
    ],
    [
      'nothing in the browser and no address',
      exosphereMetadata({ ...profile, shell: false }, LAUNCH, { option: 'doNotUseFloatingIp' }),
      `{"exoServerVersion":"6","exoClientUuid":"${LAUNCH}","exoCreatorUsername":"ada","exoSetup":"{\\"status\\":\\"waiting\\",\\"epoch\\":null}","exoFloatingIpOption":"doNotUseFloatingIp"}`,
    ],
    [
      'a desktop, an address that is there, and a workflow',
      exosphereMetadata({ ...profile, desktop: true, workflow }, LAUNCH, {
        option: 'useFloatingIp',
        id: 'fip-1',
      }),
      `{"exoGuac":"{\\"v\\":1,\\"ssh\\":true,\\"vnc\\":true}","exoServerVersion":"6","exoClientUuid":"${LAUNCH}","exoCreatorUsername":"ada","exoSetup":"{\\"status\\":\\"waiting\\",\\"epoch\\":null}","exoFloatingIpOption":"useFloatingIp","exoFloatingIpReuseOption":"fip-1","exoCustomWorkflow":"{\\"v\\":1,\\"repo\\":\\"https://git.example/binder/requirements\\",\\"ref\\":\\"HEAD\\",\\"path\\":\\"it's/lab\\"}"}`,
    ],
  ];
  for (const [what, metadata, bytes] of rows)
    it(`is, letter by letter, for ${what}`, () => assert.equal(JSON.stringify(metadata), bytes));

  it('is read as that of an instance of Exosphere’s', () => {
    const origin = exosphereOrigin(
      exosphereMetadata({ ...profile, workflow }, LAUNCH, { option: 'useFloatingIp' }),
    );
    assert.equal(origin?.version, 6);
    assert.equal(origin.creator, 'ada');
    assert.equal(origin.setup?.status, 'waiting');
    assert.deepEqual(origin.guacamole, { shell: true, desktop: false });
    assert.deepEqual(origin.workflow, workflow);
  });
});

describe('the user data of a launch in Exosphere’s way', () => {
  it('has four parts under Exosphere’s names', () => {
    assert.deepEqual(
      exosphereParts(profile).map(({ type, name }) => [type, name]),
      [
        ['text/cloud-boothook', '00-exosphere-boothook.sh'],
        ['text/x-shellscript', '00-exosphere-setup-running.sh'],
        ['text/x-shellscript', '90-exosphere-ansible-setup.sh'],
        ['text/cloud-config', 'exosphere.yml'],
      ],
    );
    for (const { text: bytes } of exosphereParts({ ...profile, workflow })) {
      assert.match(bytes, /^[\n\x20-\x7e]*$/);
      assert.ok(bytes.endsWith('\n') && !bytes.endsWith('\n\n'), 'its end');
    }
  });

  it('asks for the account, byte for byte', () => {
    assert.equal(
      text('exosphere.yml'),
      `#cloud-config
{
 "users": [
  "default",
  {
   "name": "exouser",
   "shell": "/bin/bash",
   "groups": "sudo, admin",
   "sudo": [
    "ALL=(ALL) NOPASSWD:ALL"
   ],
   "ssh_authorized_keys": [
    "ssh-ed25519 AAAA ad\\u00e1@l\\u00e4ptop"
   ]
  }
 ],
 "ssh_pwauth": true,
 "package_update": true,
 "package_upgrade": true,
 "packages": [
  "git"
 ],
 "merge_how": "list(append)+dict(recurse_array)+str()"
}
`,
    );
  });

  it('runs the playbook of exactly one commit', () => {
    const script = text('ansible');
    assert.ok(
      script.includes(
        `git fetch --quiet --depth 1 'https://git.example/exosphere/exosphere.git' ${COMMIT} ||`,
      ),
      script,
    );
    assert.ok(script.includes(`git checkout --quiet --detach ${COMMIT} ||`), script);
    assert.ok(script.includes(`-e '{"guac_enabled":true,"gui_enabled":false}' ansible/playbook.yml`), script);
  });

  it('gives a shell nothing of a workflow to run', () => {
    const script = text('ansible', { ...profile, workflow });
    assert.ok(
      script.includes(
        `-e '{"guac_enabled":true,"gui_enabled":false,"workflow_source_repository":"https://git.example/binder/requirements","workflow_repo_version":"HEAD"}'`,
      ),
      script,
    );
  });

  it('is scripts that a shell understands, which tell their status in lines that are understood', () => {
    for (const name of ['boothook', 'running', 'ansible']) {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: text(name, { ...profile, workflow }) });
      assert.equal(status, 0, stderr.toString());
    }
    const said = text('running')
      .replace('sleep 1', ':')
      .replace('tee --append /dev/console > /dev/kmsg', 'cat');
    const { stdout } = spawnSync('bash', [], { input: said });
    const setup = setupInLog(stdout.toString());
    assert.equal(setup?.status, 'running');
    assert.ok(Math.abs((setup.epoch ?? 0) - Date.now()) < 60_000, stdout.toString());
  });

  for (const [works, status] of [
    [true, 'complete'],
    [false, 'error'],
  ] as const)
    it(`says ${status} when the playbook ${works ? 'works' : 'does not'}`, () => {
      const script = text('ansible')
        .replace(/^prepare\(\) \{[^]*?^\}$/m, `prepare() { ${works}; }`)
        .replace('sleep 1', ':')
        .replace('tee --append /dev/console > /dev/kmsg', 'cat');
      const { stdout } = spawnSync('bash', [], { input: script });
      assert.equal(setupInLog(stdout.toString())?.status, status);
    });

  for (const [what, own] of [
    ['nothing of the user’s', undefined],
    ['a script of the user’s', "#!/bin/bash\necho $'a' $$ 漢字\r\n"],
    ['a cloud-config of the user’s', '#cloud-config\npackages: [tmux]\n'],
  ] as const)
    it(`is parts that Python’s parser, which is cloud-init’s, takes apart: ${what}`, () => {
      const input = userDataFor(profile, own);
      const { stdout } = spawnSync(
        'python3',
        [
          '-c',
          'import email,json,sys\nm=email.message_from_bytes(sys.stdin.buffer.read())\nprint(json.dumps([[p.get_content_type(), p.get_filename(), p.get_payload(decode=True).decode()] for p in m.walk() if p.get_content_maintype()!="multipart"]))',
        ],
        { input },
      );
      assert.deepEqual(JSON.parse(stdout.toString()), [
        ...(own === undefined ? [] : [['text/plain', '50-own', own]]),
        ...exosphereParts(profile).map(({ type, name, text: bytes }) => [type, name, bytes]),
      ]);
    });
});

describe('a launch in Exosphere’s way is refused', () => {
  const at = (repository: string, commit = COMMIT) => ({ repository, commit });
  const good = 'https://git.example/exosphere/exosphere.git';
  const rows: readonly (readonly [string, Parameters<typeof whyUnprepared>, string | undefined])[] = [
    ['never where all is right', [at(good)], undefined],
    ['never for a commit of SHA-256', [at(good, 'a'.repeat(64))], undefined],
    ['without configuration', [undefined], 'not-configured'],
    ['with a branch', [at(good, 'master')], 'bad-commit'],
    ['with a short commit', [at(good, '0a07992d')], 'bad-commit'],
    ['with no commit', [at(good, '')], 'bad-commit'],
    ['with a commit that a shell would run', [at(good, '$(id)')], 'bad-commit'],
    ['with a repository without TLS', [at('http://git.example/x')], 'bad-repository'],
    ['with a repository on the computer itself', [at('file:///etc/x')], 'bad-repository'],
    ['with a repository that a shell would run', [at("https://git.example/x';id;'")], 'bad-repository'],
    ['with an option in the place of a repository', [at('--upload-pack=id')], 'bad-repository'],
    ['never for a workflow', [at(good), workflow], undefined],
    ['never for a DOI', [at(good), { repo: '10.5281/zenodo.3242074', ref: '', path: '' }], undefined],
    ['for a workflow of Ansible’s own language', [at(good), { repo: 'https://x.example/{{ x }}', ref: '', path: '' }], 'bad-workflow'],
    ['for a reference that is none', [at(good), { ...workflow, ref: '{{ lookup }}' }], 'bad-workflow'],
    ['for a workflow too long for metadata', [at(good), { ...workflow, path: 'x'.repeat(255) }], 'bad-workflow'],
  ]; // prettier-ignore
  for (const [what, given, why] of rows) it(what, () => assert.equal(whyUnprepared(...given), why));

  it('before anything is written that a shell would run', () => {
    assert.throws(() => exosphereParts({ ...profile, provisioning: at(good, 'master') }), RangeError);
  });
});
