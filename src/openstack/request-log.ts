import type { ServiceType } from './catalog.js';
import { redact } from './redact.js';

/** One request as it went over the network; a repeated request has one entry for each time. */
export interface RequestLogEntry {
  /** Counts up from 1. */
  readonly id: number;
  readonly method: string;
  readonly service: ServiceType;
  /** The cloud's URL (not the proxy's), secrets in it replaced. */
  readonly url: string;
  /** HTTP status; undefined when no answer could be read. */
  readonly status: number | undefined;
  /** How long the answer's headers took, in milliseconds. */
  readonly ms: number;
  /** The service's request id (`req-...`), where the browser may read it. */
  readonly requestId: string | undefined;
  /** When the request left, in milliseconds since 1970. */
  readonly at: number;
}

/** The last requests of a transport, oldest first. Holds neither headers nor bodies. */
export class RequestLog {
  readonly #entries: RequestLogEntry[] = [];
  readonly #listeners = new Set<(entry: RequestLogEntry) => void>();
  readonly #capacity: number;
  #count = 0;

  /** @param capacity how many entries are kept */
  constructor(capacity = 200) {
    this.#capacity = capacity;
  }

  get entries(): readonly RequestLogEntry[] {
    return [...this.#entries];
  }

  add(entry: Omit<RequestLogEntry, 'id'>): void {
    const kept = { ...entry, id: ++this.#count, url: redact(entry.url) };
    this.#entries.push(kept);
    if (this.#entries.length > this.#capacity) this.#entries.shift();
    for (const listener of this.#listeners) listener(kept);
  }

  /** Calls the listener with every entry to come; the function returned ends that. */
  subscribe(listener: (entry: RequestLogEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
