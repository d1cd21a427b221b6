import { defineMessages } from '../messages.js';

/** The texts of a box of many lines: the console log, and the raw form of an instance. */
export const lineViewMessages = defineMessages('line-view', {
  lines: (w, { count }: { count: number }) => w.plural(count, { one: '1 line', other: '{n} lines' }),
  search: 'Search',
  found: '{at} of {count}',
  foundMany: '{at} of more than {count}',
  nothingFound: 'Not found',
  next: 'Next place',
  previous: 'Previous place',
  toEnd: 'Go to the end',
  copy: 'Copy',
  copied: 'Copied',
  download: 'Download',
});
