import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { csvField, toCsv, toJson } from '../../../../src/elements/instance-list/export.js';
import { countFacets } from '../../../../src/elements/instance-list/facet-counts.js';
import { facetMatcher, toggleFacet, type FacetWords } from '../../../../src/elements/instance-list/facets.js';
import {
  DEFAULT_VIEW,
  readView,
  viewInFragment,
  withViewInFragment,
  writeView,
  type ViewSettings,
} from '../../../../src/elements/instance-list/view-settings.js';
import { server } from './server.js';

const words: FacetWords = {
  sizeName: ({ flavor }) => flavor.name ?? '',
  imageName: ({ imageId }) => imageId ?? '',
  now: Date.parse('2026-03-01T12:00:00Z'),
};

describe('a view as a text', () => {
  it('is nothing for the usual one', () => {
    assert.equal(writeView(DEFAULT_VIEW), '');
    assert.deepEqual(readView(''), DEFAULT_VIEW);
  });

  it('comes back as it was', () => {
    const view: ViewSettings = {
      columns: ['name', 'tags', 'age'],
      sort: { key: 'size', direction: 'descending' },
      query: 'a&b=c #ü',
      filter: 'stopped',
      facets: { tag: ['x y', '&'], locked: ['yes'], keypair: [''] },
      compact: true,
      cards: true,
    };
    assert.deepEqual(readView(writeView(view)), view);
  });

  it('is read as far as it is understood', () => {
    const view = readView(
      'columns=price+constructor&sort=-__proto__&status=toString&density=huge&tag=a&tag=a',
    );
    assert.deepEqual(view, { ...DEFAULT_VIEW, facets: { tag: ['a'] } });
  });

  it('always has the name among its columns', () => {
    assert.deepEqual(readView('columns=tags').columns, ['name', 'tags']);
  });

  it('stands in a fragment beside what else is there', () => {
    const fragment = withViewInFragment('#instances&other=1', 'list', 'sort=-age&q=%26');
    assert.equal(viewInFragment(fragment, 'list'), 'sort=-age&q=%26');
    assert.equal(viewInFragment(fragment, 'lis'), undefined);
    assert.equal(withViewInFragment(fragment, 'list', ''), '#instances&other=1');
    assert.equal(withViewInFragment('', 'list', ''), '');
    assert.equal(viewInFragment('#list=%E0%A4%A', 'list'), undefined);
  });
});

describe('facets', () => {
  const rows = [
    server({ name: 'a', tags: ['x', 'y'], keyName: 'mine', locked: true, created: '2026-03-01T11:00:00Z' }),
    server({ name: 'b', tags: ['x'], created: '2026-02-25T11:00:00Z', userId: 'u1' }),
    server({
      name: 'c',
      metadata: { exoCreatorUsername: 'ada' },
      userId: 'u1',
      created: '2025-01-01T00:00:00Z',
    }),
  ];
  const shown = (facets: Parameters<typeof facetMatcher>[0]) =>
    rows.filter(facetMatcher(facets, words) ?? (() => true)).map(({ name }) => name);

  it('let through rows that have one of the values of each', () => {
    assert.deepEqual(shown({}), ['a', 'b', 'c']);
    assert.deepEqual(shown({ tag: ['x'] }), ['a', 'b']);
    assert.deepEqual(shown({ tag: ['x'], locked: ['yes'] }), ['a']);
    assert.deepEqual(shown({ creator: ['ada', 'u1'] }), ['b', 'c']);
    assert.deepEqual(shown({ created: ['1d'] }), ['a']);
    assert.deepEqual(shown({ created: ['7d'] }), ['a', 'b']);
    assert.deepEqual(shown({ keypair: [''] }), ['b', 'c']);
  });

  it('are counted by what a click would show: without their own choice, with that of the others', () => {
    const counts = countFacets(rows, { tag: ['y'] }, words);
    const of = (key: string) => counts.find((each) => each.key === key)?.values;
    assert.deepEqual(of('tag'), [
      { value: 'x', count: 2, chosen: false },
      { value: 'y', count: 1, chosen: true },
    ]);
    assert.deepEqual(of('locked'), [{ value: 'yes', count: 1, chosen: false }]);
    // All have the same size: there is nothing to choose.
    assert.equal(
      countFacets(rows, {}, words).find(({ key }) => key === 'size'),
      undefined,
    );
  });

  it('keep a chosen value that no row has any more', () => {
    const [tag] = countFacets([], { tag: ['gone'] }, words);
    assert.deepEqual(tag?.values, [{ value: 'gone', count: 0, chosen: true }]);
  });

  it('are chosen and dropped', () => {
    const one = toggleFacet({}, 'tag', 'x');
    assert.deepEqual(toggleFacet(one, 'tag', 'y'), { tag: ['x', 'y'] });
    assert.deepEqual(toggleFacet(one, 'tag', 'x'), {});
  });
});

describe('files', () => {
  it('have nothing that a spreadsheet would run', () => {
    for (const text of ['=1+1', '+1', '-1', '@sum', '\t=1', ' =1', '|x', '\r=1'])
      assert.match(csvField(text), /^"?'/, JSON.stringify(text));
    assert.equal(csvField('web-1'), 'web-1');
    assert.equal(csvField('=HYPERLINK("x")'), `"'=HYPERLINK(""x"")"`);
  });

  it('quote what would break a line or a column', () => {
    const csv = toCsv([server({ name: 'a,"b"\nc' })], [{ head: 'Name', of: ({ name }) => name }]);
    assert.equal(csv, '\ufeffName\r\n"a,""b""\nc"\r\n');
  });

  it('have all that is known in JSON, under the ids of the cloud', () => {
    const json = toJson([server({ id: '1.abc', pending: 'stopping' })], () => 'abc');
    assert.match(json, /"id": "abc"/);
    assert.doesNotMatch(json, /pending|1\.abc/);
  });
});
