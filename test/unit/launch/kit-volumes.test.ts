import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { setupInLog } from '../../../src/launch/exosphere/setup.js';
import { kitMountPoint } from '../../../src/launch/kit-places.js';
import {
  kitVolumes,
  mountCommand,
  mountMetadata,
  volumeFolders,
  type KitVolume,
} from '../../../src/launch/kit-volumes.js';
import { volumePlaces } from '../../../src/launch/volume-places.js';

const ID = '3f1a7c52-0d4e-4b7a-9c1e-8a2b6d5f4e30';
const OTHER = '3f1a7c52-0d4e-4b7a-8c1e-000000000001';

describe('the folder of a volume', () => {
  for (const [name, folder] of [
    ['web-data', 'web-data'],
    ['My data (2026)', 'My-data-2026'],
    ['a/b/../../etc', 'a-b-etc'],
    ['..', 'volume'],
    ['', 'volume'],
    ['   ', 'volume'],
    ['-rf', 'rf'],
    [`it's; $(reboot) \`id\` "x" \\ *`, 'it-s-reboot-id-x'],
    ['a\nb\tc', 'a-b-c'],
    ['日本語 данные', '日本語-данные'],
    ['हिन्दी', 'हिन्दी'],
    ['🚀', 'volume'],
    ['data 𠮷 x', 'data-x'],
    ['a_b', 'a_b'],
  ] as const) {
    it(`of ${JSON.stringify(name)} is ${folder}`, () => {
      assert.deepEqual(volumeFolders([name]), [folder]);
    });
  }

  it('is another one for each of several, and fits', () => {
    assert.deepEqual(volumeFolders(['a b', 'a-b', 'a/b', 'a-b-2']), ['a-b', 'a-b-2', 'a-b-3', 'a-b-2-2']);
    const [long = '', again = ''] = volumeFolders(['語'.repeat(255), '語'.repeat(255)]);
    assert.ok(Buffer.byteLength(again) <= 255, `${Buffer.byteLength(again)} bytes`);
    assert.notEqual(long, again);
    assert.match(long, /^語+$/);
  });

  it('is told by the instance', () => {
    const volumes = kitVolumes(['web-data'], [ID]);
    const metadata = mountMetadata(volumes);
    assert.equal(kitMountPoint(metadata, ID), '/media/volume/web-data');
    assert.equal(kitMountPoint(metadata, OTHER), undefined);
    assert.equal(kitMountPoint({ [`exo:mount:${ID}`]: 'javascript:alert(1)' }, ID), undefined);
  });

  it('is known before the instance is there', () => {
    const volumes = [{ size: 1 }, { size: 1 }];
    const kit = { kind: 'kit', keys: [], packages: [] } as const;
    assert.deepEqual(volumePlaces({ profile: kit, volumes }, 'my web'), [
      { name: 'my web-data', place: '/media/volume/my-web-data' },
      { name: 'my web-data-2', place: '/media/volume/my-web-data-2' },
    ]);
    assert.deepEqual(volumePlaces({ volumes }, 'web'), []);
  });

  it('is none for a disk that cannot be told from others', () => {
    assert.deepEqual(kitVolumes(['a', 'b'], ['1', ID]), [{ id: ID, folder: 'b' }]);
  });
});

const missing = ['blkid', 'wipefs', 'mkfs.ext4', 'cmp', 'readlink'].filter(
  (program) => spawnSync('sh', ['-c', `PATH=$PATH:/usr/sbin:/sbin; command -v ${program}`]).status !== 0,
);

/** Root of a guest: the disks are files, and what needs a kernel writes down what it was asked. */
class Guest {
  readonly root = mkdtempSync(path.join(tmpdir(), 'exo-guest-'));

  constructor() {
    for (const folder of ['by-id', 'dev', 'bin', 'media']) mkdirSync(path.join(this.root, folder));
    for (const file of ['fstab', 'mounts', 'console', 'asked']) this.write(file, '');
    this.program('mount', 'echo "mount $*" >> asked; echo "$3 $4 $2 rw 0 0" >> mounts');
    for (const name of ['chown', 'restorecon', 'systemctl', 'udevadm'])
      this.program(name, `echo "${name} $*" >> asked`);
    this.program('sleep', 'echo "sleep $*" >> asked');
    this.program(
      'lsblk',
      'for disk in "$@"; do :; done; echo "${disk##*/}"; cat "$disk.parts" 2> /dev/null || true',
    );
  }

  program(name: string, script: string): void {
    const file = path.join(this.root, 'bin', name);
    writeFileSync(file, `#!/bin/sh\ncd ${this.root} || exit 9\n${script}\n`);
    chmodSync(file, 0o755);
  }

  write(file: string, data: string | Uint8Array): void {
    writeFileSync(path.join(this.root, file), data);
  }

  read(file: string): string {
    return readFileSync(path.join(this.root, file), 'utf8');
  }

  disk(name: string, link: string, content: Uint8Array = new Uint8Array(8 * 1024 * 1024)): string {
    this.write(`dev/${name}`, content);
    symlinkSync(`../dev/${name}`, path.join(this.root, 'by-id', link));
    return path.join(this.root, 'dev', name);
  }

  boot(volumes: readonly KitVolume[], shell = 'sh'): readonly Readonly<Record<string, unknown>>[] {
    this.write('console', '');
    const [, , , , , script = '', ...words] = mountCommand(volumes);
    const here = script
      .replaceAll('/dev/disk/by-id', path.join(this.root, 'by-id'))
      .replaceAll('/etc/fstab', path.join(this.root, 'fstab'))
      .replaceAll('/proc/mounts', path.join(this.root, 'mounts'))
      .replaceAll('/media/volume/', path.join(this.root, 'media/'))
      .replaceAll('> /dev/console', `>> ${path.join(this.root, 'console')}`)
      .replace('[ -b "$disk" ]', '[ -f "$disk" ]');
    const run = spawnSync(shell, ['-c', here, ...words], {
      env: { ...process.env, PATH: `${path.join(this.root, 'bin')}:${process.env['PATH'] ?? ''}` },
      encoding: 'utf8',
    });
    assert.equal(run.status, 0, run.stderr);
    return this.read('console')
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const said: unknown = JSON.parse(line);
        assert.ok(typeof said === 'object' && said !== null, line);
        return { ...said };
      });
  }
}

const guests: Guest[] = [];
function guest(): Guest {
  const made = new Guest();
  guests.push(made);
  return made;
}
const data: KitVolume = { id: ID, folder: 'web-data' };
const statuses = (said: readonly Readonly<Record<string, unknown>>[]) => said.map(({ status }) => status);

describe(
  'what mounts volumes in an instance',
  { skip: missing.length > 0 && `without ${missing.join(', ')}` },
  () => {
    after(() => guests.forEach(({ root }) => rmSync(root, { recursive: true, force: true })));

    for (const link of [
      `virtio-${ID.slice(0, 20)}`,
      `scsi-0QEMU_QEMU_HARDDISK_${ID}`,
      `scsi-0QEMU_QEMU_HARDDISK_${ID.slice(0, 20)}`,
      `scsi-SQEMU_QEMU_HARDDISK_${ID}`,
      `nvme-QEMU_NVMe_Ctrl_${ID.replaceAll('-', '')}_1`,
    ]) {
      it(`finds the disk ${link}`, () => {
        const made = guest();
        const disk = made.disk('vdb', link);
        assert.deepEqual(statuses(made.boot([data])), ['mounted']);
        assert.match(made.read('asked'), new RegExp(`mount -t ext4 ${disk} .*/media/web-data\n`));
      });
    }

    for (const shell of ['sh', 'bash']) {
      const there = spawnSync(shell, ['-c', 'true']).status === 0;
      it(
        `makes a file system on an empty disk, mounts it for good and says so (${shell})`,
        { skip: !there },
        () => {
          const made = guest();
          made.write('fstab', 'UUID=root / ext4 defaults 0 1');
          const disk = made.disk('vdb', `virtio-${ID.slice(0, 20)}`);
          const [said = {}, ...more] = made.boot([data], shell);
          assert.deepEqual(more, []);
          assert.equal(said['volume'], ID);
          assert.equal(said['status'], 'mounted');
          assert.match(String(said['place']), /\/media\/web-data$/);
          assert.equal(typeof said['epoch'], 'number');
          const uuid = spawnSync('sh', ['-c', `PATH=$PATH:/usr/sbin; blkid -p -o value -s UUID ${disk}`], {
            encoding: 'utf8',
          });
          const lines = made.read('fstab').split('\n');
          assert.equal(lines[0], 'UUID=root / ext4 defaults 0 1');
          assert.equal(
            lines[1],
            `UUID=${uuid.stdout.trim()} ${made.root}/media/web-data ext4 defaults,nofail,x-systemd.device-timeout=10s 0 2`,
          );
          assert.match(made.read('asked'), new RegExp(`chown 1000:1000 ${made.root}/media/web-data\n`));
        },
      );
    }

    it('does nothing twice, and takes a file system as it is', () => {
      const made = guest();
      const disk = made.disk('vdb', `virtio-${ID.slice(0, 20)}`);
      made.boot([data]);
      const first = { fstab: made.read('fstab'), disk: readFileSync(disk) };
      assert.deepEqual(statuses(made.boot([data])), ['mounted']);
      assert.equal(made.read('fstab'), first.fstab);
      // After a reboot from scratch: not mounted, and the disk has its file system.
      made.write('mounts', '');
      made.write('asked', '');
      assert.deepEqual(statuses(made.boot([data])), ['mounted']);
      assert.equal(made.read('fstab'), first.fstab);
      assert.ok(readFileSync(disk).equals(first.disk), 'the disk was changed');
      assert.match(made.read('asked'), /^mount -t ext4/m);
      assert.doesNotMatch(made.read('asked'), /chown/);
    });

    const mib = (bytes: readonly (readonly [number, string])[]) => {
      const disk = Buffer.alloc(8 * 1024 * 1024);
      for (const [at, text] of bytes) disk.write(text, at, 'latin1');
      return disk;
    };
    for (const [what, content, partitions] of [
      [
        'a partition table',
        mib([
          [446, '\x00\x20\x21\x00\x83\xaa\x28\x82\x00\x08\x00\x00\x00\x40\x00\x00'],
          [510, '\x55\xaa'],
        ]),
        '',
      ],
      [
        'LVM',
        mib([
          [512, 'LABELONE\x01\x00\x00\x00\x00\x00\x00\x00'],
          [536, 'LVM2 001'],
        ]),
        '',
      ],
      ['LUKS', mib([[0, 'LUKS\xba\xbe\x00\x01']]), ''],
      ['data without a name', mib([[4096, 'these are the only copies']]), ''],
      ['a partition that only the kernel knows', mib([]), 'vdb1\n'],
    ] as const) {
      it(`leaves a disk alone that has ${what}`, () => {
        const made = guest();
        const disk = made.disk('vdb', `virtio-${ID.slice(0, 20)}`, content);
        if (partitions) made.write('dev/vdb.parts', partitions);
        assert.deepEqual(statuses(made.boot([data])), ['not-blank']);
        assert.ok(readFileSync(disk).equals(content), 'the disk was changed');
        assert.equal(made.read('fstab'), '');
        assert.doesNotMatch(made.read('asked'), /^mount/m);
      });
    }

    it('leaves a disk alone where the system cannot tell what is on it', () => {
      for (const program of ['blkid', 'wipefs', 'lsblk', 'cmp']) {
        const made = guest();
        const disk = made.disk('vdb', `virtio-${ID.slice(0, 20)}`);
        const content = readFileSync(disk);
        made.program(program, 'exit 127');
        assert.deepEqual(statuses(made.boot([data])), ['not-blank'], program);
        assert.ok(readFileSync(disk).equals(content), `${program}: the disk was changed`);
      }
    });

    it('waits for a disk, a minute for all of them, and goes on without it', () => {
      const made = guest();
      const disk = made.disk('vdc', `virtio-${OTHER.slice(0, 20)}`);
      // No other disk will do, and no partition of one.
      made.disk('vdd', `virtio-3f1a7c52-0d4e-4b7a-7`);
      made.disk('vdb1', `virtio-${ID.slice(0, 20)}-part1`);
      const said = made.boot([
        data,
        { id: '00000000-0000-4000-8000-000000000000', folder: 'b' },
        { id: OTHER, folder: 'c' },
      ]);
      assert.deepEqual(statuses(said), ['no-device', 'no-device', 'mounted']);
      assert.equal(made.read('asked').match(/^sleep/gm)?.length, 60);
      assert.match(made.read('asked'), new RegExp(`mount -t ext4 ${disk} `));
    });

    it('finds a disk that comes late', () => {
      const made = guest();
      made.write('dev/vdb', new Uint8Array(8 * 1024 * 1024));
      made.program('sleep', `ln -sf ../dev/vdb by-id/virtio-${ID.slice(0, 20)}`);
      assert.deepEqual(statuses(made.boot([data])), ['mounted']);
    });

    it('says when it could not be done, and leaves nothing for the next start to stumble over', () => {
      for (const program of ['mkfs.ext4', 'mount']) {
        const made = guest();
        made.disk('vdb', `virtio-${ID.slice(0, 20)}`);
        made.program(program, 'exit 1');
        assert.deepEqual(statuses(made.boot([data])), ['failed'], program);
        assert.equal(made.read('fstab'), '');
      }
    });

    it('says nothing that is taken for the set-up as a whole', () => {
      const made = guest();
      made.disk('vdb', `virtio-${ID.slice(0, 20)}`);
      made.boot([data, { id: OTHER, folder: 'b' }]);
      assert.equal(setupInLog(made.read('console')), undefined);
      const log = `{"status":"running","epoch":1700000000000}\n${made.read('console')}`;
      assert.equal(setupInLog(log)?.status, 'running');
    });

    it('takes every word as it is', () => {
      const made = guest();
      made.disk('vdb', `virtio-${ID.slice(0, 20)}`);
      const [folder = ''] = volumeFolders([`it's; $(touch ${made.root}/hacked) 日本`]);
      assert.deepEqual(statuses(made.boot([{ id: ID, folder }])), ['mounted']);
      assert.throws(() => made.read('hacked'));
      assert.match(made.read('fstab'), /日本 ext4/);
    });
  },
);
