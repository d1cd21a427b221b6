import { DEFAULT_SORT, isColumn, type ColumnKey, type Sort } from './arrange.js';
import { FACETS, NO_FACETS, type Facets } from './facets.js';
import { isStatusWord, type StatusWord } from './status.js';

/** How somebody looks at the list: what can be remembered, named, and put into a link. */
export interface ViewSettings {
  /** Undefined: those that the page has chosen. */
  readonly columns: readonly ColumnKey[] | undefined;
  readonly sort: Sort;
  readonly query: string;
  readonly filter: StatusWord | undefined;
  readonly facets: Facets;
  /** Less room for each row. */
  readonly compact: boolean;
  /** Cards even where there is room for a table. */
  readonly cards: boolean;
}

export const DEFAULT_VIEW: ViewSettings = {
  columns: undefined,
  sort: DEFAULT_SORT,
  query: '',
  filter: undefined,
  facets: NO_FACETS,
  compact: false,
  cards: false,
};

/** A view as a text such as `sort=-age&status=active&size=m1.small`, which fits into the fragment of a URL; empty for the default. */
export function writeView(view: ViewSettings): string {
  const { columns, sort, query, filter, facets, compact, cards } = view;
  const params = new URLSearchParams();
  if (columns) params.set('columns', columns.join(' '));
  if (sort.key !== DEFAULT_SORT.key || sort.direction !== DEFAULT_SORT.direction)
    params.set('sort', `${sort.direction === 'descending' ? '-' : ''}${sort.key}`);
  if (query !== '') params.set('q', query);
  if (filter) params.set('status', filter);
  for (const key of FACETS) for (const value of facets[key] ?? []) params.append(key, value);
  if (compact) params.set('density', 'compact');
  if (cards) params.set('layout', 'cards');
  return params.toString();
}

/** Reads what `writeView` wrote. What is not understood is left out: the text may be of another version, or of anybody. */
export function readView(text: string): ViewSettings {
  const params = new URLSearchParams(text);
  const columns = (params.get('columns') ?? '').split(/[\s,]+/).filter(isColumn);
  const sort = params.get('sort') ?? '';
  const key = sort.replace(/^-/, '');
  const filter = params.get('status') ?? '';
  const facets = FACETS.flatMap((facet) => {
    const values = params.getAll(facet).slice(0, 100);
    return values.length === 0 ? [] : [[facet, [...new Set(values)]] as const];
  });
  return {
    columns: columns.length === 0 ? undefined : [...new Set<ColumnKey>(['name', ...columns])],
    sort: isColumn(key)
      ? { key, direction: sort.startsWith('-') ? 'descending' : 'ascending' }
      : DEFAULT_SORT,
    query: (params.get('q') ?? '').slice(0, 255),
    filter: isStatusWord(filter) ? filter : undefined,
    facets: Object.fromEntries(facets),
    compact: params.get('density') === 'compact',
    cards: params.get('layout') === 'cards',
  };
}

/** The part of a fragment that is the view of a list; undefined where there is none. */
export function viewInFragment(fragment: string, name: string): string | undefined {
  const part = partsOf(fragment).find((each) => each.startsWith(`${name}=`));
  if (part === undefined) return undefined;
  try {
    return decodeURIComponent(part.slice(name.length + 1));
  } catch {
    return undefined;
  }
}

/** A fragment with another view in it; what else stands there stays as it is. */
export function withViewInFragment(fragment: string, name: string, view: string): string {
  const others = partsOf(fragment).filter((each) => !each.startsWith(`${name}=`));
  const parts = view === '' ? others : [...others, `${name}=${encodeURIComponent(view)}`];
  return parts.length === 0 ? '' : `#${parts.join('&')}`;
}

function partsOf(fragment: string): readonly string[] {
  return fragment.replace(/^#/, '').split('&').filter((part) => part !== ''); // prettier-ignore
}
