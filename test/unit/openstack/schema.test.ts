import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  collectProblems,
  count,
  dict,
  flag,
  key,
  list,
  needed,
  onRowProblem,
  oneOf,
  optional,
  readRow,
  rowReader,
  text,
  type Reader,
  type RowProblem,
} from '../../../src/openstack/schema.js';

/** What a reader makes of a value, and its complaints as `kind row.field`. */
function read<T>(reader: Reader<T>, value: unknown): [row: T | undefined, problems: string[]] {
  const { problems, report } = collectProblems();
  const row = reader(value, report, 'list', 'row');
  return [
    row,
    problems.map(({ kind, row, field, value: word }) => `${kind} ${row}.${field}${word ? ` ${word}` : ''}`),
  ];
}

const thing = rowReader(
  'thing',
  {
    id: key('id'),
    name: needed('name', text, ''),
    size: optional('size', count, 0),
    locked: optional('locked', flag, false),
    status: needed('status', oneOf(['NEW', 'OLD']), 'UNKNOWN'),
    note: optional('note', text),
    tags: optional('tags', list(text), []),
    metadata: optional('metadata', dict(text), {}),
    part: optional('part', rowReader('thing.part', { ram: optional('ram', count) }, ['cpu'])),
  },
  ['links'],
  (raw) => raw['status'] === 'PARTIAL',
);

const plain = {
  name: '',
  size: 0,
  locked: false,
  status: 'UNKNOWN',
  note: undefined,
  tags: [],
  metadata: {},
  part: undefined,
};

describe('a row', () => {
  it('is read whole', () => {
    const raw = {
      id: '1',
      name: 'a',
      size: 2,
      locked: true,
      status: 'OLD',
      note: 'x',
      tags: ['t'],
      metadata: { k: 'v' },
      part: { ram: 1, cpu: 2 },
      links: [],
    };
    const { links: _, ...row } = raw;
    assert.deepEqual(read(thing, raw), [{ ...row, part: { ram: 1 } }, []]);
  });

  it('takes null for absent', () => {
    const raw = {
      id: '1',
      name: 'a',
      status: 'NEW',
      size: null,
      locked: null,
      note: null,
      tags: null,
      metadata: null,
      part: null,
    };
    assert.deepEqual(read(thing, raw), [{ ...plain, id: '1', name: 'a', status: 'NEW' }, []]);
  });

  it('survives wrong types in every field, and tells of each', () => {
    const raw = {
      id: '1',
      name: 5,
      size: '5',
      locked: 'yes',
      status: 7,
      note: {},
      tags: 'a',
      metadata: [],
      part: 'x',
    };
    assert.deepEqual(read(thing, raw), [
      { ...plain, id: '1' },
      ['name', 'size', 'locked', 'status', 'note', 'tags', 'metadata', 'part'].map(
        (field) => `wrong-type thing.${field}`,
      ),
    ]);
  });

  it('keeps what is understood of lists, dictionaries and parts', () => {
    const raw = {
      id: '1',
      name: 'a',
      status: 'NEW',
      tags: ['a', 1, 'b'],
      metadata: { a: 'b', c: 1 },
      part: { ram: 'x', new: 1 },
    };
    assert.deepEqual(read(thing, raw), [
      {
        ...plain,
        id: '1',
        name: 'a',
        status: 'NEW',
        tags: ['a', 'b'],
        metadata: { a: 'b' },
        part: { ram: undefined },
      },
      [
        'wrong-type thing.tags',
        'wrong-type thing.metadata',
        'unknown-field thing.part.new',
        'wrong-type thing.part.ram',
      ],
    ]);
  });

  it('falls back and names the word when a status is unknown', () => {
    assert.deepEqual(read(thing, { id: '1', name: 'a', status: 'ODD' }), [
      { ...plain, id: '1', name: 'a' },
      ['unknown-value thing.status ODD'],
    ]);
  });

  it('tells of unknown and missing fields', () => {
    assert.deepEqual(read(thing, { id: '1', new: 1 }), [
      { ...plain, id: '1' },
      ['unknown-field thing.new', 'missing-field thing.name', 'missing-field thing.status'],
    ]);
  });

  it('may be partial without a word about what is missing', () => {
    const [row, problems] = read(thing, { id: '1', status: 'PARTIAL' });
    assert.equal(row?.id, '1');
    assert.deepEqual(problems, ['unknown-value thing.status PARTIAL']);
  });

  it('is lost only without its id, or when it is no object', () => {
    assert.deepEqual(read(thing, { name: 'a', status: 'NEW' }), [undefined, ['missing-field thing.id']]);
    assert.deepEqual(read(thing, { id: 1, name: 'a', status: 'NEW' }), [undefined, ['wrong-type thing.id']]);
    for (const raw of [null, 'x', 7, []])
      assert.deepEqual(read(thing, raw), [undefined, ['wrong-type list.row']]);
  });

  it('may be open to any field', () => {
    assert.deepEqual(read(rowReader('x', { id: key('id') }, 'open'), { id: '1', any: 1 }), [{ id: '1' }, []]);
  });

  it('that is asked for alone throws when there is nothing of it', () => {
    assert.throws(() => readRow(thing, {}, 'thing'), /no thing in the answer/);
  });
});

describe('a problem', () => {
  it('is told once an answer, and once to each listener', () => {
    const seen: RowProblem[] = [];
    const end = onRowProblem((problem) => {
      if (problem.row === 'once') seen.push(problem);
    });
    const reader = rowReader('once', { id: key('id') });
    for (let answer = 0; answer < 3; answer++) {
      const { problems, report } = collectProblems();
      for (let row = 0; row < 100; row++) reader({ id: '1', odd: 1 }, report, '', '');
      assert.equal(problems.length, 1);
    }
    assert.deepEqual(seen, [{ kind: 'unknown-field', row: 'once', field: 'odd' }]);
    end();
    reader({ id: '1', odder: 1 }, collectProblems().report, '', '');
    assert.equal(seen.length, 1);
  });

  it('is told to those who come late, too', () => {
    rowReader('late', { id: key('id') })({ id: '1', odd: 1 }, collectProblems().report, '', '');
    const seen: RowProblem[] = [];
    onRowProblem((problem) => seen.push(problem))();
    assert.equal(
      seen.some(({ row, field }) => row === 'late' && field === 'odd'),
      true,
    );
  });
});
