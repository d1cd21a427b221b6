import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bestAddress, connectInfo } from '../../../src/launch/connect.js';
import { typicalBuildSeconds } from '../../../src/launch/build-time.js';
import { lastUsed } from '../../../src/launch/history.js';
import { keyNameProblem, suggestKey, suggestKeyName } from '../../../src/launch/keypairs.js';
import {
  beganAt,
  newLaunchId,
  readDescription,
  readGroupName,
  readKeyMark,
  readMark,
  shortId,
  withoutMark,
  writeDescription,
  writeGroupName,
  writeKeyMark,
  writeMark,
  type LaunchMark,
} from '../../../src/launch/mark.js';
import { keyTag } from '../../../src/launch/key-tag.js';
import { readRecipe, writeRecipe } from '../../../src/launch/recipe.js';
import { admitsSsh, openings, suggestGroups } from '../../../src/launch/security.js';
import { isTooLong, USER_DATA_BYTES, userDataKind } from '../../../src/launch/user-data.js';
import { userDataBytes } from '../../../src/launch/user-data-size.js';
import type { ServerAddress } from '../../../src/openstack/compute.js';
import { group, keypair, rule, server } from './rows.js';

describe('the mark on a server', () => {
  it('is read as it was written, and nothing else is', () => {
    const mark: LaunchMark = { launchId: newLaunchId(), number: 2, count: 10, part: 'server', recipe: '' };
    assert.match(mark.launchId, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.deepEqual(readMark({ 'exo:launch': writeMark(mark) }), mark);
    assert.ok(writeMark(mark).length <= 255);
    for (const value of ['', 'x', 'x 1', 'x 1/y']) assert.equal(readMark({ 'exo:launch': value }), undefined);
    assert.equal(readMark({}), undefined);
  });

  it('is written into a description where there is no metadata', () => {
    const mark: LaunchMark = {
      launchId: newLaunchId(),
      number: 1,
      count: 1,
      part: 'port',
      recipe: 'i=image&f=flavor',
    };
    assert.deepEqual(readDescription(writeDescription(mark)), mark);
    for (const text of ['', 'exo:launch', 'exo:launch a 1/1 somewhere', 'about exo:launch a 1/1'])
      assert.equal(readDescription(text), undefined, text);
  });

  it('leaves out a recipe that is too long, rather than half of it', () => {
    const mark: LaunchMark = {
      launchId: newLaunchId(),
      number: 1,
      count: 1,
      part: 'volume-2',
      recipe: 'x'.repeat(240),
    };
    assert.ok(writeDescription(mark).length <= 255, 'it is too long');
    assert.deepEqual(readDescription(writeDescription(mark)), { ...mark, recipe: '' });
  });
});

describe('the id of a launch', () => {
  const now = Date.parse('2026-11-20T10:00:00.123Z');

  it('tells when it was begun, and so does what a name has room for', () => {
    const launchId = newLaunchId(now);
    assert.equal(beganAt(launchId), now);
    assert.equal(beganAt(shortId(launchId)), now);
    assert.notEqual(newLaunchId(now), launchId);
    for (const other of ['', 'first', '1f0cdb2e-9c40-4e43-a0b8-5aa59832cb46', 'web'])
      assert.equal(beganAt(other), undefined, other);
  });

  it('is read at the end of a public key, whatever its comment says', () => {
    const mark: LaunchMark = { launchId: newLaunchId(), number: 1, count: 3, part: 'key', recipe: '' };
    for (const key of ['ssh-ed25519 AAAA', 'ssh-ed25519 AAAA ada', 'ssh-ed25519 AAAA ada @ exo:launch x\n']) {
      const marked = writeKeyMark(key, mark);
      assert.ok(marked.startsWith(key.trim()));
      assert.deepEqual(readKeyMark(marked), mark);
      assert.deepEqual(readKeyMark(`${marked}\n`), mark);
      assert.equal(readKeyMark(key), undefined);
      assert.deepEqual([withoutMark(marked), withoutMark(key)], [key.trim(), key]);
    }
  });

  it('is read at the end of the name of a server group, which stays short enough', () => {
    const launchId = newLaunchId(now);
    for (const name of ['web-group', '漢'.repeat(255), '🚀'.repeat(255)]) {
      const marked = writeGroupName(name, launchId);
      assert.ok(Array.from(marked).length <= 255, 'it is too long');
      assert.equal(readGroupName(marked), shortId(launchId));
    }
    for (const name of ['', 'web', 'web-exo-1', shortId(launchId)])
      assert.equal(readGroupName(name), undefined);
  });
});

describe('a recipe', () => {
  const recipe = {
    imageId: '6f0bd07f-b88c-4cbb-8dd4-7d9f5d6d0c11',
    flavorId: '00000000-0000-0000-0000-00000000000f',
    keyName: 'Grüße & mehr=1 ~x',
    addressFrom: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
    volumes: [10, 200],
    zone: 'lab.example.org.',
    networkId: undefined,
    wayOut: '6f0bd07f-b88c-4cbb-8dd4-7d9f5d6d0c13',
    groups: ['6f0bd07f-b88c-4cbb-8dd4-7d9f5d6d0c12', 'g'],
    serverGroup: 'soft-anti-affinity',
  } as const;

  it('is read as it was written', () => {
    assert.deepEqual(readRecipe(writeRecipe(recipe)), recipe);
    const tagged = {
      ...recipe,
      zone: undefined,
      groups: [],
      keyName: 'laptop',
      keyTag: keyTag('ssh-rsa AAAA'),
    };
    assert.deepEqual(readRecipe(writeRecipe({ ...tagged, wayOut: undefined })), {
      ...tagged,
      wayOut: undefined,
    });
    assert.ok(!writeRecipe(recipe).includes(' '), 'a space would end it');
    assert.equal(readRecipe(''), undefined);
    assert.equal(readRecipe('f=flavor&s=apart'), undefined, 'half of it would be done');
  });

  it('goes without the tag of the key rather than not at all', () => {
    assert.equal(writeRecipe({ ...recipe, keyTag: 'tag' }), writeRecipe(recipe));
    // Up to where a tag is left out.
    for (let n = 0; n < 120; n++) {
      const long = { ...recipe, zone: 'z'.repeat(n), groups: [], wayOut: undefined, keyName: 'laptop' };
      const text = writeRecipe({ ...long, keyTag: 'zzzzzzz' });
      const mark = { launchId: newLaunchId(), number: 25, count: 25, part: 'port', recipe: text } as const;
      if (text.endsWith('&h=zzzzzzz'))
        assert.equal(readDescription(writeDescription(mark))?.recipe, text, `${n} characters more`);
    }
  });

  it('is short enough for a description, as launches usually are', () => {
    const text = writeRecipe({ ...recipe, keyName: 'ada-2026-11-20', zone: undefined, groups: [] });
    const mark = { launchId: newLaunchId(), number: 10, count: 10, part: 'port', recipe: text } as const;
    assert.equal(readDescription(writeDescription(mark))?.recipe, text);
  });
});

describe('the tag of a key', () => {
  it('is that of the key, whatever stands beside it', () => {
    assert.equal(
      keyTag('ssh-ed25519 AAAAC3Nz ada'),
      keyTag(' ssh-ed25519  AAAAC3Nz ada exo:launch x 1/1 key\n'),
    );
    assert.match(keyTag('ssh-ed25519 AAAAC3Nz'), /^[\da-z]{1,7}$/);
    assert.match(keyTag(''), /^[\da-z]{1,7}$/);
  });

  it('is another one for another key', () => {
    const tags = new Set(Array.from({ length: 1000 }, (_, i) => keyTag(`ssh-rsa AAAA${i}`)));
    assert.equal(tags.size, 1000);
  });
});

describe('what was used last', () => {
  it('comes from the newest own server', () => {
    const servers = [
      server('old', { created: '2026-01-01T00:00:00Z', keyName: 'old-key' }),
      server('new', {
        created: '2026-02-01T00:00:00Z',
        imageId: 'image-debian',
        flavor: { id: undefined, name: 'm1.large', vcpus: 8, ram: 1, disk: 1 },
        addresses: [{ network: 'lab', address: '10.0.0.4', version: 4, type: 'fixed', mac: undefined }],
      }),
      server('other', { created: '2026-03-01T00:00:00Z', userId: 'bob', keyName: 'bobs' }),
    ];
    assert.deepEqual(lastUsed(servers, 'ada'), {
      imageId: 'image-debian',
      size: 'm1.large',
      keyName: 'old-key',
      network: 'lab',
    });
    assert.equal(lastUsed([], 'ada').imageId, undefined);
  });

  it('knows how long a build takes here', () => {
    const built = (seconds: number) =>
      server('s', {
        created: '2026-01-01T00:00:00Z',
        launchedAt: `2026-01-01T00:00:${String(seconds).padStart(2, '0')}.000000`,
      });
    assert.equal(typicalBuildSeconds([built(4), built(59), built(8)]), 8);
    assert.equal(typicalBuildSeconds([server('never')]), 30);
  });
});

describe('key pairs', () => {
  const mine = [keypair('laptop'), keypair('office'), keypair('cert', { type: 'x509' })];
  it('begins with the one used last, else with the first, else with a new one', () => {
    assert.deepEqual(suggestKey(mine, [undefined, 'office'], true, 'new'), {
      kind: 'existing',
      name: 'office',
    });
    assert.deepEqual(suggestKey(mine, ['gone', 'cert'], true, 'new'), { kind: 'existing', name: 'laptop' });
    assert.deepEqual(suggestKey([], [], true, 'new'), { kind: 'generate', name: 'new' });
    assert.deepEqual(suggestKey([], [], false, 'new'), { kind: 'none' });
  });

  it('names a new one so that every Nova takes it', () => {
    const day = new Date('2026-03-04T23:00:00Z');
    assert.equal(suggestKeyName('ada.lovelace@example.org', day, new Set()), 'ada-lovelace-2026-03-04');
    assert.equal(suggestKeyName('ada', day, new Set(['ada-2026-03-04'])), 'ada-2026-03-04-2');
    assert.equal(keyNameProblem(suggestKeyName('Łukasz', day, new Set()), new Set()), undefined);
    assert.equal(keyNameProblem(suggestKeyName('李', day, new Set()), new Set()), undefined);
  });

  it('tells what is wrong with a name', () => {
    const taken = new Set(['laptop']);
    assert.equal(keyNameProblem(' ', taken), 'empty');
    assert.equal(keyNameProblem('laptop', taken), 'taken');
    assert.equal(keyNameProblem('a/b', taken), 'characters');
    assert.equal(keyNameProblem('x'.repeat(256), taken), 'too-long');
  });
});

describe('a boot script', () => {
  it('is measured in bytes', () => {
    assert.equal(userDataBytes('ä€🦦'), 9);
    assert.equal(isTooLong('x'.repeat(USER_DATA_BYTES)), false);
    assert.equal(isTooLong('x'.repeat(USER_DATA_BYTES + 1)), true);
    assert.ok(Buffer.alloc(USER_DATA_BYTES).toString('base64').length <= 65_535);
    assert.ok(Buffer.alloc(USER_DATA_BYTES + 1).toString('base64').length > 65_535);
  });

  it('is recognised as cloud-init would', () => {
    assert.equal(userDataKind('#!/bin/bash\n'), 'script');
    assert.equal(userDataKind('#cloud-config\n'), 'cloud-config');
    assert.equal(userDataKind('Content-Type: multipart/mixed\nMIME-Version: 1.0\n'), 'mime');
    assert.equal(userDataKind(Uint8Array.of(0x1f, 0x8b, 8)), 'gzip');
    assert.equal(userDataKind('## template: jinja\n#cloud-config'), 'other');
    assert.equal(userDataKind('apt install nginx'), undefined);
    assert.equal(userDataKind('\n  #Cloud-Config\n'), 'cloud-config');
    assert.equal(userDataKind('#cloud-config-archive\n'), 'other');
    assert.equal(userDataKind('\ufeff#cloud-config\n'), undefined);
    assert.equal(userDataKind(Buffer.from('\ufeff#cloud-config\n')), undefined);
    assert.equal(userDataKind('From me\nX-A: b\nmime-version: 1.0\n'), 'mime');
    assert.equal(userDataKind('Here is no header. MIME-Version: 1.0'), undefined);
  });
});

describe('security groups', () => {
  it('let in what their rules say, once', () => {
    const web = group('web', {
      rules: [
        rule(),
        rule({ ethertype: 'IPv6', remoteIpPrefix: '::/0' }),
        rule({ protocol: 'icmp', portMin: undefined, portMax: undefined, remoteIpPrefix: '192.0.2.0/24' }),
        rule({ direction: 'egress', protocol: undefined }),
        rule({ remoteGroupId: 'group-default', protocol: undefined }),
      ],
    });
    assert.deepEqual(openings(web), [
      { protocol: 'tcp', ports: [22, 22], from: 'anywhere' },
      { protocol: 'icmp', ports: undefined, from: '192.0.2.0/24' },
    ]);
  });

  it('admit SSH through a range, through any protocol, and not through others', () => {
    assert.equal(admitsSsh([group('a', { rules: [rule({ portMin: 1, portMax: 1024 })] })]), true);
    assert.equal(
      admitsSsh([
        group('a', { rules: [rule({ protocol: undefined, portMin: undefined, portMax: undefined })] }),
      ]),
      true,
    );
    assert.equal(
      admitsSsh([group('a', { rules: [rule({ portMin: 80, portMax: 80 }), rule({ protocol: 'udp' })] })]),
      false,
    );
    assert.equal(admitsSsh([group('default', { rules: [rule({ remoteGroupId: 'group-default' })] })]), false);
  });

  it('begin with what the portal wants, else with the project’s default', () => {
    const groups = [group('default', { id: 'theirs', projectId: 'other' }), group('default'), group('web')];
    assert.deepEqual(suggestGroups(groups, ['web', 'gone'], 'project'), ['group-web']);
    assert.deepEqual(suggestGroups(groups, ['gone'], 'project'), ['group-default']);
    assert.deepEqual(suggestGroups([], [], 'project'), []);
  });
});

describe('how to connect', () => {
  const at = (address: string, change: Partial<ServerAddress> = {}): ServerAddress => ({
    network: 'n',
    address,
    version: address.includes(':') ? 6 : 4,
    type: 'fixed',
    mac: undefined,
    ...change,
  });
  it('takes the address that reaches furthest', () => {
    assert.equal(bestAddress([at('10.0.0.4'), at('192.0.2.7', { type: 'floating' })]), '192.0.2.7');
    assert.equal(bestAddress([at('10.0.0.4'), at('2001:db8::1')]), '2001:db8::1');
    assert.equal(bestAddress([at('fd00::1'), at('10.0.0.4')]), '10.0.0.4');
    assert.equal(bestAddress([]), undefined);
  });

  it('writes the line for a terminal', () => {
    assert.deepEqual(connectInfo([at('10.0.0.4')], 'ubuntu', undefined), {
      address: '10.0.0.4',
      inside: true,
      command: 'ssh ubuntu@10.0.0.4',
    });
    assert.equal(
      connectInfo([at('192.0.2.7')], 'debian', 'ada-2026.pem')?.command,
      'ssh -i ada-2026.pem debian@192.0.2.7',
    );
    assert.equal(
      connectInfo([at('192.0.2.7')], 'debian', 'my key.pem')?.command,
      'ssh -i "my key.pem" debian@192.0.2.7',
    );
    assert.equal(connectInfo([at('192.0.2.7')], undefined, undefined)?.command, undefined);
  });

  it('does not call a private address inside when the cloud says it is floating', () => {
    assert.equal(connectInfo([at('10.9.0.4', { type: 'floating' })], undefined, undefined)?.inside, false);
  });
});
