import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { metersOf, readUsage, seriesOf, warningsOf } from '../../../../src/elements/instance/usage/usage.js';

const NOW = Date.UTC(2026, 0, 31, 12);
const at = (minutes: number): number => NOW / 1000 - minutes * 60;
const line = (minutes: number, more: object = {}): string =>
  JSON.stringify({
    epoch: at(minutes),
    cpuPctUsed: 10,
    memPctUsed: 20,
    rootfsPctUsed: 30,
    gpuPctUsed: null,
    ...more,
  });

describe('how busy an instance is', () => {
  it('is read from among the lines of a console', () => {
    const log = ['[    0.0] Linux', line(2), `[ 2915.727779] ${line(1)}`, 'web login: ' + line(0), 'x'].join(
      '\n',
    );
    assert.deepEqual(
      readUsage(log, NOW).map((point) => (NOW - point.at) / 60_000),
      [2, 1, 0],
    );
    assert.deepEqual(readUsage(line(0), NOW)[0], { at: NOW, cpu: 10, memory: 20, disk: 30, gpus: [] });
  });

  it('knows one GPU, several and none', () => {
    assert.deepEqual(readUsage(line(0, { gpuPctUsed: [5, 95] }), NOW)[0]?.gpus, [5, 95]);
    assert.deepEqual(readUsage(line(0, { gpuPctUsed: 7 }), NOW)[0]?.gpus, [7]);
    const meters = metersOf(readUsage(line(0, { gpuPctUsed: [5, 95] }), NOW));
    assert.deepEqual(meters, ['cpu', 'memory', 'disk', { gpu: 0 }, { gpu: 1 }]);
  });

  it('believes no nonsense', () => {
    const nonsense = [
      '{"epoch":"now","cpuPctUsed":1}',
      '{"epoch":1e99,"cpuPctUsed":1}',
      '{"epoch":-1,"cpuPctUsed":1}',
      `{"epoch":${at(0)},"cpuPctUsed":101,"memPctUsed":-1,"rootfsPctUsed":"x","gpuPctUsed":{}}`,
      '{"epoch":null,"cpuPctUsed":1',
      '{"cpuPctUsed":1}',
      'cpuPctUsed}{',
      '[{"cpuPctUsed":1}]',
      `{"status":"complete","epoch":${NOW}}`,
    ];
    assert.deepEqual(readUsage(nonsense.join('\n'), NOW), []);
    const many = Array.from({ length: 5000 }, (_, n) => line(n)).join('\n');
    assert.equal(readUsage(many, NOW).length, 2000);
    assert.equal(
      readUsage(line(0, { gpuPctUsed: Array.from({ length: 999 }, () => 1) }), NOW)[0]?.gpus.length,
      16,
    );
  });

  it('keeps what was known, each moment once', () => {
    const before = readUsage([line(3), line(2)].join('\n'), NOW);
    assert.equal(readUsage([line(2, { cpuPctUsed: 50 }), line(1)].join('\n'), NOW, before).length, 3);
    assert.equal(readUsage(line(2, { cpuPctUsed: 50 }), NOW, before)[1]?.cpu, 50);
  });

  it('breaks the line where measurements are missing', () => {
    const points = readUsage([line(30), line(29), line(1)].join('\n'), NOW);
    assert.deepEqual(seriesOf(points, 'cpu')[1], [10, 10, null, 10]);
  });

  it('warns of what is full now, not of what was', () => {
    const full = line(0, { rootfsPctUsed: 96, memPctUsed: 97, cpuPctUsed: 99 });
    assert.deepEqual(warningsOf(readUsage(full, NOW), NOW), ['disk-full', 'memory-full', 'cpu-busy']);
    assert.deepEqual(warningsOf(readUsage(line(0, { rootfsPctUsed: 91 }), NOW), NOW), ['disk-nearly']);
    assert.deepEqual(warningsOf(readUsage(full, NOW), NOW + 3_700_000), []);
  });
});
