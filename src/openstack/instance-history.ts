import type { ComputeClient } from './compute.js';
import { key, list, member, needed, optional, readRow, rowReader, text, type Reader } from './schema.js';
import { readPage, type CallOptions } from './service.js';

/** Something that was asked of a server. Reference: Compute, GET /servers/{id}/os-instance-actions. */
export interface HistoryEntry {
  /** Its request id, `req-...`, to quote to the cloud's support; also what its events are asked for by. */
  readonly id: string;
  /** Nova's own word, such as `create`, `stop`, `createImage`, `attach_volume`. */
  readonly action: string;
  readonly userId: string | undefined;
  readonly projectId: string | undefined;
  /** ISO 8601 in UTC, as are all times here. */
  readonly start: string;
  /** When something about it last changed; from microversion 2.58 on. */
  readonly updated: string | undefined;
  /** `Error` where it came to nothing. */
  readonly message: string | undefined;
}

/** A part of an action, done by one of the cloud's services. */
export interface HistoryEvent {
  /** The service's own name for it, such as `compute_stop_instance`. */
  readonly event: string;
  readonly start: string;
  /** Undefined while it goes on. */
  readonly finish: string | undefined;
  /** `Success`, `Error`, or another word; undefined while it goes on. */
  readonly result: string | undefined;
  /** What went wrong, in the cloud's words; from microversion 2.84 on. */
  readonly details: string | undefined;
}

/** Nova means UTC and does not say so. */
const moment: Reader<string> = (value, report, row, field) => {
  const time = text(value, report, row, field);
  return time !== undefined && /T[^Z+-]*$/.test(time) ? `${time}Z` : time;
};

const FIELDS = {
  id: key('request_id'),
  action: needed('action', text, ''),
  userId: optional('user_id', text),
  projectId: optional('project_id', text),
  start: needed('start_time', moment, ''),
  updated: optional('updated_at', moment),
  message: optional('message', text),
} as const;

const entryReader: Reader<HistoryEntry> = rowReader('instance-action', FIELDS, ['instance_uuid']);

const eventReader: Reader<HistoryEvent> = rowReader(
  'instance-action.event',
  {
    event: key('event'),
    start: needed('start_time', moment, ''),
    finish: optional('finish_time', moment),
    result: optional('result', text),
    details: optional('details', text),
  },
  // For administrators, or of no use to a person.
  ['host', 'hostId', 'traceback'],
);

const detailReader = rowReader(
  'instance-action',
  {
    ...FIELDS,
    // Before 2.51 only administrators are told.
    events: optional<readonly HistoryEvent[]>('events', list(eventReader), []),
  },
  ['instance_uuid'],
);

export interface HistoryOptions extends CallOptions {
  /** The server's, for the error's sentence. */
  readonly name?: string | undefined;
}

/** As many as one page of a person's reading holds; the cloud may give fewer. */
const PAGE = 100;

/** A page of a server's history, and where the next one begins. */
export interface HistoryPage {
  /** The newest first. */
  readonly entries: readonly HistoryEntry[];
  /** The `after` that asks for what is older; undefined where that was all. */
  readonly next: string | undefined;
}

/**
 * What was done to a server, the newest first: a hundred entries at most from microversion 2.58 on, all below it.
 * Reference: GET /servers/{id}/os-instance-actions.
 *
 * @param o.after the id of the last entry that is known
 */
export async function readHistory(
  compute: ComputeClient,
  id: string,
  o: HistoryOptions & { readonly after?: string | undefined } = {},
): Promise<HistoryPage> {
  const { max } = await compute.versions(o);
  const pages = max !== undefined && Number(max.split('.')[1]) >= 58;
  const query = pages
    ? `?${new URLSearchParams({ limit: String(PAGE), ...(o.after && { marker: o.after }) }).toString()}`
    : '';
  const entries = await compute.callServer(id, {
    attempt: { action: 'read-history', name: o.name },
    method: 'GET',
    path: `/os-instance-actions${query}`,
    signal: o.signal,
    read: (body) => readPage(body, 'instanceActions', entryReader).rows,
  });
  const all = entries ?? [];
  return { entries: all, next: pages && all.length === PAGE ? all.at(-1)?.id : undefined };
}

/**
 * The parts of one action, in the order they began. None below microversion 2.51.
 * Reference: GET /servers/{id}/os-instance-actions/{request_id}.
 */
export async function readEvents(
  compute: ComputeClient,
  id: string,
  requestId: string,
  o: HistoryOptions = {},
): Promise<readonly HistoryEvent[]> {
  const events = await compute.callServer(id, {
    attempt: { action: 'read-history', name: o.name },
    method: 'GET',
    path: `/os-instance-actions/${encodeURIComponent(requestId)}`,
    signal: o.signal,
    read: (body) => readRow(detailReader, member(body, 'instanceAction'), 'instance-action').events,
  });
  return [...(events ?? [])].sort((a, b) => a.start.localeCompare(b.start));
}

/**
 * A server as the service gives it, whole and not understood. Reference: GET /servers/{id}.
 *
 * @returns the member `server` of the answer
 */
export function readRawServer(compute: ComputeClient, id: string, o: HistoryOptions = {}): Promise<unknown> {
  return compute.callServer<unknown>(id, {
    attempt: { action: 'read-instance', name: o.name },
    method: 'GET',
    path: '',
    signal: o.signal,
    read: (body) => member(body, 'server'),
  });
}
