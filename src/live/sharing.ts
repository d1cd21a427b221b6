import { isRecord } from '../openstack/schema.js';
import { callSafely } from './notifier.js';

/** What one tab has learned of a list from the cloud. */
export interface News {
  /** The rows that are new or differ, as they are. */
  readonly rows: readonly unknown[];
  /** Ids of rows that are no more. */
  readonly gone: readonly string[];
  /** Where everything was listed: the ids of all there are, in order. */
  readonly ids: readonly string[] | undefined;
  /** When it was asked, in milliseconds since 1970; the tabs of an origin have one clock. */
  readonly asked: number;
}

/** What a collection hears from other tabs. */
export interface SharedEvents {
  /** Another tab asks the cloud just now. */
  readonly asking: () => void;
  readonly told: (news: News) => void;
}

/** One list among the tabs of an origin: whoever asks the cloud tells all. */
export interface Shared {
  asking(): void;
  tell(news: News): void;
  /** Returns the way to stop. */
  listen(on: SharedEvents): () => void;
}

/** Gives the place of a list among the tabs, by a name that is the same in each. */
export type Sharing = (list: string) => Shared;

/** The part of the browser's BroadcastChannel that is used here. */
export type NewsChannel = Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;

/** Tabs that were loaded before and after an update of the kit do not mix what they know. */
const FORMAT = 1;

/**
 * Shares lists over a channel that all tabs of the origin are on. There is no leader to be elected: everybody says
 * when they ask, the others then wait for the answer, and ask themselves only when none comes. docs/decisions/tabs.md
 */
export function shareOver(channel: NewsChannel): Sharing {
  const listeners = new Map<string, Set<SharedEvents>>();
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isRecord(data) || data['format'] !== FORMAT) return;
    const news = readNews(data['news']);
    for (const on of listeners.get(String(data['list'])) ?? [])
      callSafely(() => {
        if (news) on.told(news);
        else on.asking();
      });
  });
  return (list) => ({
    asking: () => channel.postMessage({ format: FORMAT, list }),
    tell: (news) => channel.postMessage({ format: FORMAT, list, news }),
    listen: (on) => {
      const all = listeners.get(list) ?? new Set();
      listeners.set(list, all.add(on));
      return () => {
        all.delete(on);
        if (all.size === 0) listeners.delete(list);
      };
    },
  });
}

function readNews(value: unknown): News | undefined {
  if (!isRecord(value)) return undefined;
  const { rows, gone, ids, asked } = value;
  if (!Array.isArray(rows) || !Array.isArray(gone) || typeof asked !== 'number') return undefined;
  if (!rows.every((row) => isRecord(row) && typeof row['id'] === 'string')) return undefined;
  return { rows, gone: gone.map(String), ids: Array.isArray(ids) ? ids.map(String) : undefined, asked };
}
