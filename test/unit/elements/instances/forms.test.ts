import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  imageFits,
  metadataChanges,
  keyProblem,
  metadataOf,
  readTags,
  sizeRefusal,
  tagChanges,
  tagProblem,
} from '../../../../src/elements/instances/form-values.js';
import type { Flavor } from '../../../../src/openstack/compute.js';
import { server } from '../instance-list/server.js';

const flavor = (o: Partial<Flavor>): Flavor => ({
  id: 'flavor',
  name: 'm1.other',
  vcpus: 2,
  ram: 4096,
  disk: 20,
  ephemeral: 0,
  swap: 0,
  isPublic: true,
  disabled: false,
  description: undefined,
  extraSpecs: {},
  ...o,
});
const limits = (cores: [number, number], ram: [number, number]) => ({
  cores: { used: cores[0], limit: cores[1] },
  ram: { used: ram[0], limit: ram[1] },
});

describe('a size for an instance of 1 core, 2 GiB and 20 GiB of disk', () => {
  const now = server();
  it('fits when it is another one with as much disk', () => {
    assert.equal(sizeRefusal(flavor({}), now, limits([1, 20], [2048, 51_200])), undefined);
  });
  it('is not the one it has', () => {
    assert.deepEqual(sizeRefusal(flavor({ name: 'm1.small' }), now, undefined), { why: 'sizeNow' });
    const byId = server({ flavor: { id: 'a', name: undefined, vcpus: 1, ram: 1, disk: 1 } });
    assert.deepEqual(sizeRefusal(flavor({ id: 'a' }), byId, undefined), { why: 'sizeNow' });
  });
  it('is still offered', () => {
    assert.deepEqual(sizeRefusal(flavor({ disabled: true }), now, undefined), { why: 'sizeGone' });
  });
  it('has no smaller disk, unless it boots from a volume', () => {
    assert.deepEqual(sizeRefusal(flavor({ disk: 19 }), now, undefined), { why: 'sizeDisk', disk: 20 });
    assert.equal(sizeRefusal(flavor({ disk: 0 }), server({ imageId: undefined }), undefined), undefined);
  });
  it('takes no more than what is left, counted from what it has', () => {
    assert.equal(sizeRefusal(flavor({}), now, limits([19, 20], [0, 51_200])), undefined);
    assert.deepEqual(sizeRefusal(flavor({}), now, limits([20, 20], [0, 51_200])), {
      why: 'sizeCores',
      left: 0,
    });
    assert.deepEqual(sizeRefusal(flavor({ vcpus: 1 }), now, limits([20, 20], [50_000, 51_200])), {
      why: 'sizeRam',
      left: 1200,
    });
    assert.equal(sizeRefusal(flavor({}), now, limits([20, Infinity], [0, Infinity])), undefined);
  });
});

describe('an image to make it anew from', () => {
  it('fits disk and memory, as far as they are known', () => {
    const size = { id: undefined, name: 'x', vcpus: 1, ram: 2048, disk: 20 };
    assert.equal(imageFits({ minDisk: 20, minRam: 2048 }, { flavor: size, imageId: 'image' }), true);
    assert.equal(imageFits({ minDisk: 21, minRam: 0 }, { flavor: size, imageId: 'image' }), false);
    assert.equal(imageFits({ minDisk: 0, minRam: 4096 }, { flavor: size, imageId: 'image' }), false);
    assert.equal(
      imageFits({ minDisk: 100, minRam: 0 }, { flavor: { ...size, disk: 0 }, imageId: 'image' }),
      true,
    );
    const unknown = { ...size, disk: undefined, ram: undefined };
    assert.equal(imageFits({ minDisk: 100, minRam: 9999 }, { flavor: unknown, imageId: 'image' }), true);
  });
});

describe('tags', () => {
  it('are what stands between commas, each once', () => {
    assert.deepEqual(readTags(' a, b c ,, a,'), ['a', 'b c']);
    assert.deepEqual(readTags(''), []);
  });
  it('are at most 50 of at most 60 characters, without a slash', () => {
    const many = Array.from({ length: 51 }, (_, at) => `tag-${String(at)}`);
    assert.deepEqual(tagProblem(many), { why: 'tagsTooMany' });
    assert.equal(tagProblem(many.slice(1)), undefined);
    assert.deepEqual(tagProblem(['ok', 'x'.repeat(61)]), { why: 'tagTooLong', tag: 'x'.repeat(61) });
    assert.deepEqual(tagProblem(['a/b']), { why: 'tagTooLong', tag: 'a/b' });
  });
});

describe('metadata', () => {
  it('leaves out lines without a key', () => {
    const entries = [
      { key: 'a', value: '1' },
      { key: '', value: 'x' },
    ];
    assert.deepEqual(metadataOf(entries), { a: '1' });
    assert.equal(keyProblem(entries, 1), undefined);
  });
  it('has keys as Nova wants them, each once', () => {
    const entries = ['a', 'ä', 'b'.repeat(256), 'a', 'with space:_.-'].map((key) => ({ key, value: '' }));
    assert.deepEqual(
      entries.map((_, at) => keyProblem(entries, at)),
      [undefined, 'keyProblem', 'keyProblem', 'keyTwice', undefined],
    );
  });
});

describe('an instance that runs from a volume', () => {
  it('has no disk of its size that an image could be too large for', () => {
    const size = { id: 'a', name: 'a', vcpus: 1, ram: 2048, disk: 10 };
    assert.equal(imageFits({ minDisk: 100, minRam: 0 }, { flavor: size, imageId: undefined }), true);
    assert.equal(imageFits({ minDisk: 0, minRam: 4096 }, { flavor: size, imageId: undefined }), false);
  });
});

describe('what is to be done to come from one to another', () => {
  it('of tags: what came and what went', () => {
    assert.deepEqual(tagChanges(['a', 'b'], ['b', 'c']), { tagsAdded: ['c'], tagsRemoved: ['a'] });
  });
  it('of metadata: what is new or different, and what went', () => {
    assert.deepEqual(metadataChanges({ a: '1', b: '2', c: '3' }, { b: '2', c: '4', d: '5' }), {
      metadata: { c: '4', d: '5' },
      keysRemoved: ['a'],
    });
  });
});
