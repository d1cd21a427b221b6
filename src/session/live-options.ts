import type { CollectionOptions } from '../live/collection.js';
import type { Connection } from './connection.js';

/** What a list of a connection lives by; `list` tells it from the others, in all tabs. */
export function liveOptions(c: Connection, list: string): CollectionOptions {
  return { environment: c.environment, shared: c.share(list) };
}
