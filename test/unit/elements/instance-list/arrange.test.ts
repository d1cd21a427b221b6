import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  arrange,
  columnsFrom,
  COLUMNS,
  DEFAULT_SORT,
  matcher,
  nextSort,
  statusCounts,
  type Arrangement,
  type ColumnKey,
} from '../../../../src/elements/instance-list/arrange.js';
import { Localizer } from '../../../../src/i18n/localizer.js';
import type { Server } from '../../../../src/openstack/compute.js';
import { address, server } from './server.js';

const localizer = new Localizer({ locale: 'en' });

function names(rows: readonly Server[], o: Partial<Arrangement>): string[] {
  return arrange(rows, {
    query: '',
    filter: undefined,
    sort: DEFAULT_SORT,
    placeOf: () => '',
    compare: (a, b) => localizer.compare(a, b),
    imageName: ({ imageId }) => imageId ?? '',
    ...o,
  }).map(({ name }) => name);
}

const both = (rows: readonly Server[], key: ColumnKey) => [
  names(rows, { sort: { key, direction: 'ascending' } }),
  names(rows, { sort: { key, direction: 'descending' } }),
];

describe('sorting', () => {
  it('begins with the youngest', () => {
    const rows = [
      server({ name: 'old', created: '2026-01-01T00:00:00Z' }),
      server({ name: 'new', created: '2026-03-01T00:00:00Z' }),
      server({ name: 'unknown', created: '' }),
    ];
    assert.deepEqual(names(rows, {}), ['new', 'old', 'unknown']);
  });

  it('orders names as people do, digits as numbers', () => {
    const rows = ['web-10', 'Web-2', 'web-1'].map((name) => server({ name }));
    assert.deepEqual(both(rows, 'name'), [
      ['web-1', 'Web-2', 'web-10'],
      ['web-10', 'Web-2', 'web-1'],
    ]);
  });

  it('orders addresses by their numbers, the public one counting, and those without last both ways', () => {
    const rows = [
      server({ name: 'none' }),
      server({ name: 'ten', addresses: [address('10.0.0.10')] }),
      server({ name: 'nine', addresses: [address('10.0.0.9')] }),
      server({ name: 'public', addresses: [address('10.0.0.1'), address('198.18.0.5', 'floating')] }),
      server({ name: 'six', addresses: [address('2001:db8::2')] }),
    ];
    assert.deepEqual(both(rows, 'addresses'), [
      ['nine', 'ten', 'public', 'six', 'none'],
      ['six', 'public', 'ten', 'nine', 'none'],
    ]);
  });

  it('orders sizes by what they give, not by what they are called', () => {
    const size = (name: string, vcpus: number | undefined, ram: number) =>
      server({ name, flavor: { id: undefined, name, vcpus, ram, disk: 0 } });
    const rows = [
      size('a-large', 16, 1),
      size('z-tiny', 1, 1),
      size('m', 4, 2),
      size('l', 4, 1),
      size('?', undefined, 1),
    ];
    assert.deepEqual(both(rows, 'size')[0], ['z-tiny', 'l', 'm', 'a-large', '?']);
  });

  it('puts what needs a look first when ordering by status', () => {
    const rows = [
      server({ name: 'off', status: 'SHUTOFF' }),
      server({ name: 'on', status: 'ACTIVE' }),
      server({ name: 'broken', status: 'ERROR' }),
      server({ name: 'building', status: 'BUILD' }),
    ];
    assert.deepEqual(both(rows, 'status')[0], ['broken', 'building', 'on', 'off']);
  });

  it('never shuffles rows that are equal', () => {
    const rows = ['c', 'a', 'b'].map((name) => server({ name }));
    for (const direction of ['ascending', 'descending'] as const) {
      const sort = { key: 'status', direction } as const;
      assert.deepEqual(names(rows, { sort }), ['a', 'b', 'c']);
      assert.deepEqual(names([...rows].reverse(), { sort }), ['a', 'b', 'c']);
    }
  });

  it('turns round at the second click and begins anew on another column', () => {
    const once = nextSort(DEFAULT_SORT, 'name');
    assert.deepEqual(once, { key: 'name', direction: 'ascending' });
    const twice = nextSort(once, 'name');
    assert.equal(twice.direction, 'descending');
    assert.deepEqual(nextSort(twice, 'size'), { key: 'size', direction: 'ascending' });
  });

  it('leaves the rows it is given alone', () => {
    const rows = Object.freeze([server({ name: 'b' }), server({ name: 'a' })]);
    assert.deepEqual(names(rows, { sort: { key: 'name', direction: 'ascending' } }), ['a', 'b']);
    assert.equal(rows[0]?.name, 'b');
  });
});

describe('a held order', () => {
  const sort = { key: 'name', direction: 'ascending' } as const;

  it('keeps rows where they are, although they would sort otherwise', () => {
    const rows = [server({ id: '1', name: 'renamed to z' }), server({ id: '2', name: 'b' })];
    assert.deepEqual(names(rows, { sort, hold: ['1', '2'] }), ['renamed to z', 'b']);
  });

  it('puts new rows where they belong, and drops those that are gone', () => {
    const rows = ['a', 'b', 'c', 'd'].map((name) => server({ id: name, name }));
    assert.deepEqual(names(rows, { sort, hold: ['d', 'gone', 'b'] }), ['a', 'd', 'b', 'c']);
  });
});

describe('searching', () => {
  const row = server({
    id: '3f2c9c7e-1111-4222-8333-444455556666',
    name: 'Web_Server-01 Café',
    addresses: [address('10.0.0.17'), address('2001:DB8::17')],
  });
  const found: [string, boolean][] = [
    ['', true],
    ['  ', true],
    ['web', true],
    ['SERVER', true],
    ['webserver01', true],
    ['server 01', true],
    ['cafe', true],
    ['10.0.0.1', true],
    ['10.0.0.18', false],
    ['2001:db8', true],
    ['3f2c9c7e', true],
    ['1111-4222', true],
    ['mail', false],
    ['-', true],
    ['_', true],
    ['%', false],
  ];
  for (const [query, is] of found) {
    it(`${is ? 'finds' : 'does not find'} by “${query}”`, () => {
      assert.equal(matcher(query)(row), is);
    });
  }

  it('works together with the status filter', () => {
    const rows = [
      server({ name: 'web-a', status: 'SHUTOFF' }),
      server({ name: 'web-b' }),
      server({ name: 'db', status: 'SHUTOFF' }),
    ];
    assert.deepEqual(names(rows, { query: 'web', filter: 'stopped' }), ['web-a']);
  });
});

describe('the counts of the status filter', () => {
  it('are by word, the most pressing first', () => {
    const rows = [
      server(),
      server(),
      server({ status: 'ERROR' }),
      server({ status: 'ACTIVE', taskState: 'powering-off' }),
    ];
    assert.deepEqual(statusCounts(rows), [
      { word: 'error', count: 1 },
      { word: 'stopping', count: 1 },
      { word: 'active', count: 2 },
    ]);
  });

  it('keep the chosen word when its last row has gone', () => {
    assert.deepEqual(statusCounts([server()], 'error'), [
      { word: 'active', count: 1 },
      { word: 'error', count: 0 },
    ]);
  });
});

describe('the columns attribute', () => {
  it('is all columns when it is not there or names none', () => {
    assert.deepEqual(columnsFrom(undefined), COLUMNS);
    assert.deepEqual(columnsFrom(' bogus '), COLUMNS);
  });

  it('keeps the order given, skips what is unknown and what is twice, and always has the name', () => {
    assert.deepEqual(columnsFrom('age, Status bogus age'), ['name', 'age', 'status']);
    assert.deepEqual(columnsFrom('status name'), ['name', 'status']);
  });
});
