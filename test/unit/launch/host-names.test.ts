import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hostLabels } from '../../../src/launch/host-names.js';

describe('the host names of a launch', () => {
  for (const [name, count, labels] of [
    ['web', 1, ['web']],
    ['My Analysis_2', 1, ['my-analysis-2']],
    ['web', 2, ['web-1', 'web-2']],
    ['Zoë', 1, ['zoe']],
    ['漢字', 1, ['xn--p8s937b']],
    ['漢字', 2, ['xn---1-k70dr46e', 'xn---2-k70dr46e']],
    ['...', 1, ['instance']],
    ['...', 2, ['instance-1', 'instance-2']],
  ] as const)
    it(`are ${labels.join()} for ${count} of ${name}`, () => {
      assert.deepEqual(hostLabels(name, count), labels);
    });

  for (const [what, name] of [
    ['letters', 'a'.repeat(253)],
    ['words', 'some words '.repeat(23).slice(0, 253)],
    ['emoji', '🚀'.repeat(253)],
    ['Chinese', '漢'.repeat(253)],
    ['Arabic', 'ب'.repeat(253)],
    ['accents', 'é'.repeat(253)],
  ] as const)
    it(`are labels, each another one, for 255 characters of ${what}`, () => {
      const labels = hostLabels(name, 10);
      assert.equal(new Set(labels).size, 10);
      for (const label of labels) assert.match(label, /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/);
    });
});
