import type { CollectionOptions } from '../live/collection.js';
import { shareOver, type NewsChannel, type Sharing } from '../live/sharing.js';
import type { Connection } from './connection.js';

const sharings = new WeakMap<NewsChannel, Sharing>();

/** What a list of a connection lives by; `list` tells it from the others, in all tabs. */
export function liveOptions({ environment, id, news }: Connection, list: string): CollectionOptions {
  if (!news) return { environment };
  const sharing = sharings.get(news) ?? shareOver(news);
  sharings.set(news, sharing);
  return { environment, shared: sharing(`${id} ${list}`) };
}
