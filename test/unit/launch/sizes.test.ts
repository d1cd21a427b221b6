import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { quotaUses, roomFor } from '../../../src/launch/quota.js';
import { offerSizes, sizeReasons, suggestSize } from '../../../src/launch/sizes.js';
import { flavor, image, limits } from './rows.js';

const tiny = flavor('tiny', { vcpus: 1, ram: 1024, disk: 5 });
const small = flavor('small', { vcpus: 2, ram: 4096, disk: 20 });
const large = flavor('large', { vcpus: 16, ram: 65536, disk: 60 });
const diskless = flavor('diskless', { vcpus: 1, ram: 512, disk: 0 });
const gpu = flavor('gpu', { vcpus: 1, ram: 1024, disk: 20, extraSpecs: { 'resources:VGPU': '1' } });

describe('sizes', () => {
  it('says what the image lacks', () => {
    const picky = image('picky', { minRam: 2048, minDisk: 10 });
    assert.deepEqual(sizeReasons(tiny, picky, [], 1), [
      { kind: 'image-ram', needs: 2048, has: 1024 },
      { kind: 'image-disk', needs: 10, has: 5 },
    ]);
    assert.deepEqual(sizeReasons(small, picky, [], 1), []);
  });

  it('takes the size of the file for what the disk needs when that is more', () => {
    const big = image('big', { size: 7.2 * 1024 ** 3, minDisk: 1 });
    assert.deepEqual(sizeReasons(tiny, big, [], 1), [{ kind: 'image-disk', needs: 8, has: 5 }]);
  });

  it('does not compare a disk that grows to the image', () => {
    assert.deepEqual(sizeReasons(diskless, image('big', { minDisk: 40 }), [], 1), []);
  });

  it('says which quota is short, by how much', () => {
    const left = limits({ instances: [1, 10], cores: [18, 20], ram: [0, Infinity] });
    assert.deepEqual(sizeReasons(small, undefined, left, 1), []);
    assert.deepEqual(sizeReasons(small, undefined, left, 2), [
      { kind: 'quota', resource: 'cores', requested: 4, used: 18, limit: 20 },
    ]);
  });

  it('lists from small to large, accelerators last', () => {
    assert.deepEqual(
      offerSizes([large, gpu, small, tiny], undefined, [], 1).map(({ flavor: { name } }) => name),
      ['tiny', 'small', 'large', 'gpu'],
    );
  });

  it('begins with the wanted one that fits, else the smallest plain one that does', () => {
    const offers = (count = 1) =>
      offerSizes(
        [large, gpu, small, tiny, diskless],
        image('i', { minDisk: 10 }),
        limits({ cores: [0, 8] }),
        count,
      );
    assert.equal(suggestSize(offers(), [])?.name, 'small');
    assert.equal(suggestSize(offers(), [undefined, 'flavor-large', 'small'])?.name, 'small');
    assert.equal(suggestSize(offers(), ['gpu'])?.name, 'gpu');
    assert.equal(suggestSize(offers(5), [])?.name, 'diskless');
    assert.equal(suggestSize(offers(9), []), undefined);
  });

  it('leaves out sizes that the operator has closed', () => {
    assert.deepEqual(sizeReasons(flavor('old', { disabled: true }), undefined, [], 1), [
      { kind: 'disabled' },
    ]);
  });
});

describe('quota', () => {
  it('tells used, added and limit of what the cloud counts', () => {
    assert.deepEqual(quotaUses(limits({ instances: [3, 5], ram: [1024, 8192] }), small, 2), [
      { resource: 'instances', used: 3, added: 2, limit: 5, over: false },
      { resource: 'ram', used: 1024, added: 8192, limit: 8192, over: true },
    ]);
  });

  it('counts how many still fit, ports included', () => {
    const left = limits({ instances: [3, 10], cores: [0, 9], ram: [0, Infinity] });
    assert.equal(roomFor(left, small), 4);
    assert.equal(roomFor([...left, { id: 'network', quotas: { port: { used: 7, limit: 9 } } }], small), 2);
    assert.equal(roomFor([], small), Infinity);
    assert.equal(roomFor(limits({ instances: [6, 5] }), small), 0);
  });
});
