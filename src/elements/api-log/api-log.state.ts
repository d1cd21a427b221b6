import type { RequestLogEntry } from '../../openstack/request-log.js';

/** Which requests are shown. */
export interface LogFilter {
  readonly query: string;
  /** A service's type; empty for all. */
  readonly service: string;
  readonly failures: boolean;
}

/** Whether a request did not do what it was sent for. */
export function isFailure({ status }: Pick<RequestLogEntry, 'status'>): boolean {
  return status === undefined || status >= 400;
}

/** The path and query of a URL, as far as it can be read. */
export function pathOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return pathname + search;
}

/** What fits, the newest first. */
export function shown(entries: readonly RequestLogEntry[], filter: LogFilter): readonly RequestLogEntry[] {
  const words = filter.query.toLowerCase().split(/\s+/).filter(Boolean);
  return entries
    .filter((entry) => {
      if (filter.service !== '' && entry.service !== filter.service) return false;
      if (filter.failures && !isFailure(entry)) return false;
      const text = [entry.method, entry.service, entry.url, entry.status ?? '', entry.requestId ?? '']
        .join(' ')
        .toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .reverse();
}

/** The services that were asked, in the order of the alphabet. */
export function servicesIn(entries: readonly RequestLogEntry[]): readonly string[] {
  return [...new Set(entries.map(({ service }) => service))].sort();
}
