import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isOpenStackError } from '../../../src/openstack/errors.js';
import { chooseMicroversion, compareVersions, readVersionRange } from '../../../src/openstack/versions.js';

const none = { min: undefined, max: undefined };
const range = (min: string, max: string) => ({ min, max });

describe('a service’s version document', () => {
  const documents: [what: string, body: unknown, expected: unknown][] = [
    [
      'with microversions',
      { version: { id: 'v2.1', status: 'CURRENT', version: '2.93', min_version: '2.1' } },
      range('2.1', '2.93'),
    ],
    [
      'of 2.1 alone',
      { version: { id: 'v2.1', status: 'CURRENT', version: '2.1', min_version: '2.1' } },
      range('2.1', '2.1'),
    ],
    ['with empty numbers', { version: { id: 'v2.1', version: '', min_version: '' } }, none],
    ['without numbers', { version: { id: 'v2.1', status: 'CURRENT' } }, none],
    [
      'that lists versions',
      {
        versions: [
          { id: 'v2.0', version: '', min_version: '' },
          { id: 'v2.1', version: '2.95', min_version: '2.1' },
        ],
      },
      range('2.1', '2.95'),
    ],
    [
      'in Placement’s words',
      { versions: [{ id: 'v1.0', max_version: '1.39', min_version: '1.0' }] },
      range('1.0', '1.39'),
    ],
    ['that is none', 'hello', none],
    ['that is nothing', undefined, none],
    ['with numbers that are none', { version: { version: 'latest', min_version: 2 } }, none],
  ];
  for (const [what, body, expected] of documents) {
    it(what, () => assert.deepEqual(readVersionRange(body), expected));
  }
});

describe('versions', () => {
  it('are compared as numbers', () => {
    assert.deepEqual(['2.10', '2.9', '3.0', '2.1'].sort(compareVersions), ['2.1', '2.9', '2.10', '3.0']);
  });
});

describe('the microversion asked for', () => {
  const choices: [
    offered: { min: string | undefined; max: string | undefined },
    wanted: string,
    expected: string | undefined,
  ][] = [
    [range('2.1', '2.93'), '2.90', '2.90'],
    [range('2.1', '2.60'), '2.90', '2.60'],
    [range('2.1', '2.9'), '2.90', '2.9'],
    [range('2.1', '2.1'), '2.90', undefined],
    [range('2.1', '2.93'), '2.1', undefined],
    [range('2.95', '2.100'), '2.90', undefined],
    [none, '2.90', undefined],
  ];
  for (const [offered, wanted, expected] of choices) {
    it(`of ${offered.min} to ${offered.max}, wanting ${wanted}, is ${expected}`, () =>
      assert.equal(chooseMicroversion(offered, wanted), expected));
  }

  it('is an error where what is needed is not offered', () => {
    for (const offered of [range('2.1', '2.36'), none]) {
      assert.throws(
        () => chooseMicroversion(offered, '2.90', '2.37'),
        (error) => isOpenStackError(error) && error.kind === 'protocol' && error.reason === 'microversion',
      );
    }
    assert.equal(chooseMicroversion(range('2.1', '2.37'), '2.90', '2.37'), '2.37');
  });
});
