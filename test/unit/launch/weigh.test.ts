import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { LaunchProfile } from '../../../src/launch/profiles.js';
import { planLaunch } from '../../../src/launch/plan.js';
import { USER_DATA_BYTES } from '../../../src/launch/user-data.js';
import { weigh, type Weighable } from '../../../src/launch/weigh.js';
import { request as launch } from './rows.js';

const plain: LaunchProfile = { kind: 'plain' };
const kit: LaunchProfile = { kind: 'kit', keys: [], packages: ['git'] };
const exosphere: LaunchProfile = {
  kind: 'exosphere',
  provisioning: { repository: 'https://git.example.org/setup.git', commit: 'a'.repeat(40) },
  creator: 'ada',
  keys: [],
  shell: true,
  desktop: false,
  updates: false,
};

/** Text that gzip makes little of. */
function noise(bytes: number): string {
  const random = new Uint8Array(Math.ceil((bytes * 3) / 4));
  for (let at = 0; at < random.length; at += 60_000) crypto.getRandomValues(random.subarray(at, at + 60_000));
  return Buffer.from(random).toString('base64').slice(0, bytes);
}

const script = (bytes: number, fill: (n: number) => string = (n) => '#'.repeat(n)) =>
  `#!/bin/sh\n${fill(bytes - 10)}`;
const weighed = (request: Partial<Weighable>) =>
  weigh({ name: 'web', key: { kind: 'none' }, ...request }, ['web']);

describe('the weight of what an instance is given', () => {
  it('is that of the script alone, where nothing prepares it', async () => {
    const { metadata: _, ...rest } = await weighed({ userData: script(USER_DATA_BYTES) });
    assert.deepEqual(rest, {
      bytes: USER_DATA_BYTES,
      packed: false,
      tooLong: undefined,
    });
    assert.deepEqual(await weighed({}), { metadata: 1, bytes: 0, packed: false, tooLong: undefined });
  });

  it('tells that it is sent gzipped', async () => {
    const found = await weighed({ userData: script(USER_DATA_BYTES + 1) });
    assert.deepEqual([found.packed, found.tooLong], [true, undefined]);
    const together = await weighed({ userData: script(USER_DATA_BYTES - 10), profile: kit });
    assert.deepEqual([together.packed, together.tooLong], [true, undefined]);
    assert.ok(together.bytes > USER_DATA_BYTES, 'what the profile adds is not counted');
  });

  const binary = new Uint8Array(Buffer.concat([Buffer.from('#!/bin/sh\n'), Buffer.from(noise(80_000))]));
  for (const [what, request, tooLong] of [
    ['a script that gzip makes too little of', { userData: script(80_000, noise) }, 'script'],
    ['one of bytes', { userData: binary }, 'script'],
    ['one that nobody should wait for', { userData: '#!/bin/sh\n'.padEnd(2_500_000, '#') }, 'script'],
    ['what is gzipped already', { userData: new Uint8Array(gzipSync(noise(90_000))) }, 'script'],
    ['what cloud-init would not know once it is gzipped', { userData: 'x'.repeat(60_000) }, 'kind'],
    ['what gzip would not help either', { userData: noise(80_000) }, 'script'],
    [
      'one that is too long only with what is added',
      { userData: script(49_000, noise), profile: exosphere },
      'profile',
    ],
    ['one that is too long alone, too', { userData: script(80_000, noise), profile: kit }, 'script'],
    ['keys alone', { profile: { kind: 'kit', keys: [noise(80_000)], packages: [] } }, 'keys'],
  ] as const satisfies readonly (readonly [string, Partial<Weighable>, string])[]) {
    it(`says why it is too long: ${what}`, async () => {
      assert.equal((await weighed(request)).tooLong, tooLong);
    });
  }

  for (const [what, request] of [
    ['nobody prepares', { profile: plain }],
    ['has a boot script', { userData: '#!/bin/sh' }],
    ['has further packages and volumes', { profile: kit, volumes: [{ size: 1 }, { size: 2 }] }],
    ['Exosphere prepares', { profile: exosphere, address: { kind: 'new', networkId: 'outside' } }],
  ] as readonly [string, Partial<Weighable>][]) {
    it(`counts all metadata that is written on an instance that ${what}`, async () => {
      const plan = planLaunch(launch(request), { buildSeconds: 1 });
      const volumeIds = (request.volumes ?? []).map(() => crypto.randomUUID());
      const { metadata = {} } = plan.bodyFor(1, { volumeIds });
      assert.equal((await weighed(request)).metadata, Object.keys(metadata).length);
    });
  }
});
