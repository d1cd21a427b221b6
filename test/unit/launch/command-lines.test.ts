import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { commandLines } from '../../../src/launch/command-lines.js';
import { planLaunch, type LaunchRequest } from '../../../src/launch/plan.js';

const usual: LaunchRequest = {
  launchId: 'launch-1',
  name: 'web',
  count: 1,
  imageId: 'image-1',
  flavorId: 'flavor-1',
  key: { kind: 'existing', name: 'laptop' },
  network: { kind: 'network', id: 'net-1', name: 'lab' },
  securityGroups: ['group-1'],
};

const lines = (wish: Partial<LaunchRequest> = {}, names = {}) =>
  commandLines(planLaunch({ ...usual, ...wish }, { buildSeconds: 30 }), names);

const waits = (variable: string) =>
  `while openstack volume show -f value -c status "$${variable}" | grep -qE 'creating|downloading'; do sleep 2; done`;

/** The words that a shell makes of a line; what is called is replaced by something that tells them. */
function wordsOf(line: string): string[] {
  const script = `openstack() { printf '%s\\0' "$@"; }\n${line}`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

/** What is in a message, part by part, whatever its lines look like; of anything else all of it. */
function partsOf(data: Buffer): readonly string[] {
  const text = data.toString('latin1');
  const boundary = /boundary="([^"]+)"/.exec(text.slice(0, 200))?.[1];
  if (boundary === undefined) return [text];
  return text
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const [head = '', body = ''] = part.split(/\r?\n\r?\n([^]*)/);
      const base64 = /encoding: base64/i.test(head);
      const type = /content-type: (\S+)/i.exec(head)?.[1] ?? '';
      const name = /filename="(.*)"/.exec(head)?.[1] ?? '';
      return [type, name, base64 ? Buffer.from(body, 'base64').toString('latin1') : part.trim()].join(' ');
    });
}

describe('the command lines of a launch', () => {
  it('ask for one instance', () => {
    assert.deepEqual(lines(), [
      'openstack server create --wait --flavor=flavor-1 --image=image-1 --network=net-1 --security-group=group-1 --key-name=laptop web',
    ]);
  });

  it('call things by the names that are known', () => {
    const nameOf = (id: string) => ({ 'image-1': 'Ubuntu 24.04', 'flavor-1': 'm3.small' })[id];
    assert.match(lines({}, { nameOf })[0] ?? '', /--flavor=m3\.small --image='Ubuntu 24\.04'/);
  });

  it('make port and address before the instance', () => {
    assert.deepEqual(lines({ address: { kind: 'new', networkId: 'out-1' }, fixedIp: '10.0.0.9' }), [
      'PORT_1=$(openstack port create -f value -c id --network=net-1 --fixed-ip=ip-address=10.0.0.9 --security-group=group-1 web)',
      'ADDRESS_1=$(openstack floating ip create -f value -c floating_ip_address --port "$PORT_1" out-1)',
      'openstack server create --wait --flavor=flavor-1 --image=image-1 --nic port-id="$PORT_1" --key-name=laptop web',
    ]);
  });

  it('make a network, a group and a key', () => {
    const made = lines({
      key: { kind: 'import', name: 'new', publicKey: 'ssh-ed25519 AAAA me@here' },
      network: { kind: 'new', name: 'own', cidr: '10.1.0.0/24', externalNetworkId: 'out-1' },
      securityGroups: [],
      newGroup: {
        name: 'ssh',
        rules: [{ protocol: 'tcp', ethertype: 'IPv4', ports: [22, 22], from: '192.0.2.0/24' }],
      },
    });
    assert.deepEqual(made, [
      "openstack keypair create --public-key <(printf '%s\\n' 'ssh-ed25519 AAAA me@here') new",
      'openstack security group create ssh',
      'openstack security group rule create --ingress --ethertype=IPv4 --protocol=tcp --dst-port=22:22 --remote-ip=192.0.2.0/24 ssh',
      'NETWORK=$(openstack network create -f value -c id own)',
      'SUBNET=$(openstack subnet create -f value -c id --network "$NETWORK" --subnet-range=10.1.0.0/24 own)',
      'ROUTER=$(openstack router create -f value -c id --external-gateway=out-1 own)',
      'openstack router add subnet "$ROUTER" "$SUBNET"',
      'openstack server create --wait --flavor=flavor-1 --image=image-1 --network="$NETWORK" --security-group=ssh --key-name=new web',
    ]);
  });

  it('connect a network to the outside, whatever its subnets are', () => {
    const network = { ...usual.network, externalNetworkId: 'out-1' } as LaunchRequest['network'];
    assert.deepEqual(lines({ network }).slice(0, 2), [
      'ROUTER=$(openstack router create -f value -c id --external-gateway=out-1 web-router)',
      'for subnet in $(openstack subnet list --network=net-1 --ip-version=4 -f value -c ID); do openstack router add subnet "$ROUTER" "$subnet"; done',
    ]);
  });

  it('make a key in a file where it is not made yet', () => {
    const key = { kind: 'import', name: 'new', publicKey: '' } as const;
    assert.deepEqual(lines({ key }, { keyFile: 'new' }).slice(0, 2), [
      "ssh-keygen -t ed25519 -N '' -f new",
      'openstack keypair create --public-key new.pub new',
    ]);
  });

  it('start from a new volume, with more of them', () => {
    assert.deepEqual(
      lines({
        boot: { kind: 'new-volume', size: 20, type: 'fast', deleteWithServer: true },
        volumes: [{ size: 5 }],
      }),
      [
        'BOOT_1=$(openstack volume create -f value -c id --size=20 --type=fast --image=image-1 web-boot)',
        'VOLUME_1_1=$(openstack volume create -f value -c id --size=5 web-data)',
        waits('BOOT_1'),
        waits('VOLUME_1_1'),
        'openstack server create --wait --flavor=flavor-1 ' +
          '--block-device uuid="$BOOT_1",source_type=volume,destination_type=volume,boot_index=0,delete_on_termination=true ' +
          '--block-device uuid="$VOLUME_1_1",source_type=volume,destination_type=volume,boot_index=-1,delete_on_termination=false ' +
          '--network=net-1 --security-group=group-1 --key-name=laptop web',
      ],
    );
  });

  it('give each of several instances its number', () => {
    const made = lines({ count: 2 });
    assert.equal(made.length, 2);
    assert.match(made[0] ?? '', / web-1$/);
    assert.match(made[1] ?? '', / web-2$/);
  });

  it('make a server group', () => {
    const made = lines({ newServerGroup: { name: 'apart', policy: 'soft-anti-affinity' } });
    assert.equal(
      made[0],
      'GROUP=$(openstack --os-compute-api-version 2.15 server group create -f value -c id --policy=soft-anti-affinity apart)',
    );
    assert.match(made[1] ?? '', / --hint=group="\$GROUP" /);
  });

  const VOLUME = '3f1a7c52-0d4e-4b7a-9c1e-8a2b6d5f4e30';
  const kit = { kind: 'kit', keys: [`ssh-ed25519 AAAA it's "$(id)" 日本 🚀`], packages: ['git'] } as const;
  const exosphere = {
    kind: 'exosphere',
    provisioning: { repository: 'https://example.org/p.git', commit: 'a'.repeat(40) },
    creator: 'ada',
    keys: [],
    shell: false,
    desktop: false,
    updates: false,
  } as const;
  const text = '#!/bin/sh\r\necho "$HOME" 🚀\n';
  for (const [what, wish] of [
    ['the kit', { profile: kit }],
    ['the kit beside a script', { profile: kit, userData: text }],
    ['the kit beside a message', { profile: kit, userData: `MIME-Version: 1.0\n\n${text}` }],
    ['the kit with a volume', { profile: kit, volumes: [{ size: 1 }] }],
    ['the kit with a volume beside a script', { profile: kit, volumes: [{ size: 1 }], userData: text }],
    ['Exosphere', { profile: exosphere }],
    ['Exosphere beside a script', { profile: exosphere, userData: text }],
  ] as const)
    it(`make the user data of ${what}, the same as is sent`, (t) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'exo-commands-'));
      t.after(() => rmSync(folder, { recursive: true, force: true }));
      const plan = planLaunch({ ...usual, ...wish }, { buildSeconds: 30 });
      const own = 'userData' in wish ? wish.userData : undefined;
      if (own !== undefined) writeFileSync(path.join(folder, 'user-data'), own);
      const script = commandLines(plan).filter((line) => !/^(?:VOLUME_|while )/.test(line));
      const stub = `openstack() { :; }\nVOLUME_1_1=${VOLUME}\n`;
      execFileSync('bash', ['-euc', stub + script.join('\n')], { cwd: folder });
      const wanted = plan.bodyFor(1, { volumeIds: [VOLUME] }).userData ?? '';
      const made = readFileSync(path.join(folder, 'user-data-1'));
      assert.deepEqual(partsOf(made), partsOf(Buffer.from(wanted)));
      assert.match(script.at(-1) ?? '', / --user-data=user-data-1 web$/);
    });

  it('say of a prepared instance what the launch says of it', () => {
    const line = lines({ profile: kit, volumes: [{ size: 1 }] }).at(-1) ?? '';
    assert.ok(line.includes(`--property='exo:setup={"status":"waiting","epoch":null}'`), line);
    assert.ok(line.includes('--property="exo:mount:$VOLUME_1_1"=/media/volume/web-data'), line);
    const theirs = lines({ profile: exosphere, volumes: [{ size: 1 }] }).at(-1) ?? '';
    assert.match(theirs, /--property=exoServerVersion=6 /);
    assert.match(theirs, /,tag='exoVolumes?::\{"name":"web-data"\}'/);
  });

  it('hold no boot script', () => {
    const [line = ''] = lines({ userData: '#!/bin/sh\necho secret' });
    assert.match(line, /--user-data=user-data web$/);
    assert.doesNotMatch(line, /secret/);
  });

  for (const name of [
    `it's`,
    '$(reboot)',
    '`id`',
    '-rf',
    '; rm -rf /',
    'zwei Worte',
    '日本 🚀',
    'a\nb',
    '!!',
    '*',
    '"',
    '\\',
  ]) {
    it(`are one word for a shell: ${JSON.stringify(name)}`, () => {
      const metadata = { note: name };
      const words = wordsOf(lines({ name, metadata, description: name })[0] ?? '');
      assert.equal(words.at(-1), name);
      assert.ok(words.includes(`--property=note=${name}`), words.join('|'));
      assert.ok(words.includes(`--description=${name}`), words.join('|'));
    });
  }
});
