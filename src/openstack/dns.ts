import { versioned } from './catalog.js';
import { isOpenStackError, refine } from './errors.js';
import {
  isRecord,
  key,
  list,
  member,
  needed,
  optional,
  readRow,
  rowReader,
  text,
  type Reader,
} from './schema.js';
import { ServiceClient, type CallOptions, type ServiceClientOptions } from './service.js';

/** Reference: DNS, GET /v2/zones. */
export interface Zone {
  readonly id: string;
  /** With the dot at its end. */
  readonly name: string;
}

/** Reference: DNS, GET /v2/zones/{zone}/recordsets. */
export interface RecordSet {
  readonly id: string;
  /** Fully qualified, with the dot at its end. */
  readonly name: string;
  readonly type: string;
  readonly records: readonly string[];
  readonly description: string;
}

const zoneReader = rowReader('zone', { id: key('id'), name: needed('name', text, '') }, 'open');
const recordFields = {
  id: key('id'),
  name: needed('name', text, ''),
  type: needed('type', text, ''),
  records: optional('records', list(text), []),
  description: optional('description', text, ''),
};
const recordReader = rowReader('recordset', recordFields, 'open');
const zonedReader = rowReader('recordset', { ...recordFields, zoneId: key('zone_id') }, 'open');

/** Designate keeps the link to the next page beside the rows. */
function nextMarker(body: unknown): string | undefined {
  const links: unknown = isRecord(body) ? body['links'] : undefined;
  const href: unknown = isRecord(links) ? links['next'] : undefined;
  if (typeof href !== 'string') return undefined;
  return new URLSearchParams(href.slice(href.indexOf('?') + 1)).get('marker') ?? undefined;
}

/** Zones and record sets of a project. Reference: DNS API v2. */
export class DnsClient extends ServiceClient {
  static readonly type = 'dns';

  constructor(o: ServiceClientOptions) {
    super({ ...o, endpoint: versioned(o.endpoint, 'v2') });
  }

  /** Reference: GET /v2/zones. */
  async zones(o: CallOptions = {}): Promise<readonly Zone[]> {
    return this.#all('/zones', 'zones', zoneReader, {}, o);
  }

  /** Record sets of a name. Reference: GET /v2/zones/{zone}/recordsets. */
  async records(zoneId: string, name: string, o: CallOptions = {}): Promise<readonly RecordSet[]> {
    return this.#all(
      `/zones/${encodeURIComponent(zoneId)}/recordsets`,
      'recordsets',
      recordReader,
      { name },
      o,
    );
  }

  /** Record sets of all zones that lead to an address. Reference: GET /v2/recordsets. */
  async recordsTo(
    address: string,
    o: CallOptions = {},
  ): Promise<readonly (RecordSet & { zoneId: string })[]> {
    return this.#all('/recordsets', 'recordsets', zonedReader, { data: address }, o);
  }

  /**
   * An address under a name. Reference: POST /v2/zones/{zone}/recordsets.
   *
   * @throws OpenStackError kind `conflict`, reason `name-taken`, where the name leads somewhere already
   */
  async createRecord(
    zoneId: string,
    record: { readonly name: string; readonly address: string; readonly description: string },
    o: CallOptions = {},
  ): Promise<RecordSet> {
    const made = this.request({
      attempt: { action: 'create-dns-record', name: record.name },
      method: 'POST',
      path: `/zones/${encodeURIComponent(zoneId)}/recordsets`,
      signal: o.signal,
      body: {
        name: record.name,
        type: record.address.includes(':') ? 'AAAA' : 'A',
        records: [record.address],
        description: record.description,
      },
      read: (body) => readRow(recordReader, body, 'recordset'),
    });
    try {
      return (await made).data;
    } catch (error) {
      if (isOpenStackError(error) && error.kind === 'conflict') throw refine(error, { reason: 'name-taken' });
      throw error;
    }
  }

  /** Reference: DELETE /v2/zones/{zone}/recordsets/{id}. */
  async deleteRecord(zoneId: string, id: string, name: string, o: CallOptions = {}): Promise<void> {
    await this.request({
      attempt: { action: 'delete-dns-record', name },
      method: 'DELETE',
      path: `/zones/${encodeURIComponent(zoneId)}/recordsets/${encodeURIComponent(id)}`,
      signal: o.signal,
      // Designate answers with what it is deleting.
      read: () => undefined,
    });
  }

  async #all<T>(
    path: string,
    name: string,
    reader: Reader<T>,
    by: Readonly<Record<string, string>>,
    o: CallOptions,
  ): Promise<readonly T[]> {
    const found: T[] = [];
    for (let marker: string | undefined; ;) {
      const { data } = await this.request({
        attempt: { action: 'list-dns' },
        method: 'GET',
        path,
        // Left to itself Designate gives twenty at a time.
        query: { ...by, limit: 1000, marker },
        signal: o.signal,
        read: (body) => ({
          rows: readRow(list(reader), member(body, name), name),
          next: nextMarker(body),
        }),
      });
      found.push(...data.rows);
      if (data.next === undefined || data.next === marker) return found;
      marker = data.next;
    }
  }
}
