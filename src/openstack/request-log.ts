import type { ServiceType } from './catalog.js';
import { redact } from './redact.js';
import { Secret } from './secret.js';

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
  /** Headers that say more than the token, such as the microversion; never one with a secret. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The JSON that was sent, secrets and what people's instances run left out; at most some thousand characters. */
  readonly body?: string | undefined;
  /** When the request left, in milliseconds since 1970. */
  readonly at: number;
}

const LONGEST_BODY = 4000;
/** What may hold a person's own secrets, whatever they wrote there. */
const PRIVATE = /user_data|personality|pass|secret|token|private_?key|receipt|blob|api_?key/i;

/** A body as a log may hold it. */
export function loggable(body: unknown): string | undefined {
  if (body === undefined) return undefined;
  const text = JSON.stringify(body, function (this: Record<string, unknown>, name, value: unknown) {
    if (Secret.is(this[name])) return '[secret]';
    if (typeof value !== 'string') return value;
    return PRIVATE.test(name) ? '[left out]' : redact(value);
  });
  return text.slice(0, LONGEST_BODY);
}

/** The last requests of a transport, oldest first. Holds no answers, and of what was sent nothing that is secret. */
export class RequestLog {
  readonly #entries: RequestLogEntry[] = [];
  readonly #listeners = new Set<(entry: RequestLogEntry) => void>();
  readonly #capacity: number;
  #count = 0;

  /** @param capacity how many entries are kept */
  constructor(capacity = 300) {
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

  /** Forgets all entries. */
  clear(): void {
    this.#entries.length = 0;
  }

  /** Calls the listener with every entry to come; the function returned ends that. */
  subscribe(listener: (entry: RequestLogEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
