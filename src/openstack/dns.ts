import { versioned } from './catalog.js';
import { key, list, needed, optional, readRow, rowReader, text, member } from './schema.js';
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

/** Zones and record sets of a project. Reference: DNS API v2. */
export class DnsClient extends ServiceClient {
  static readonly type = 'dns';

  constructor(o: ServiceClientOptions) {
    super({ ...o, endpoint: versioned(o.endpoint, 'v2') });
  }

  /** Reference: GET /v2/zones. */
  async zones(o: CallOptions = {}): Promise<readonly Zone[]> {
    const { data } = await this.request({
      attempt: { action: 'list-dns' },
      method: 'GET',
      path: '/zones',
      signal: o.signal,
      read: (body) => readRow(list(zoneReader), member(body, 'zones'), 'zones'),
    });
    return data;
  }

  /** Record sets of a name. Reference: GET /v2/zones/{zone}/recordsets. */
  async records(zoneId: string, name: string, o: CallOptions = {}): Promise<readonly RecordSet[]> {
    const { data } = await this.request({
      attempt: { action: 'list-dns' },
      method: 'GET',
      path: `/zones/${encodeURIComponent(zoneId)}/recordsets`,
      query: { name },
      signal: o.signal,
      read: (body) => readRow(list(recordReader), member(body, 'recordsets'), 'recordsets'),
    });
    return data;
  }

  /** Record sets of all zones that lead to an address. Reference: GET /v2/recordsets. */
  async recordsTo(
    address: string,
    o: CallOptions = {},
  ): Promise<readonly (RecordSet & { zoneId: string })[]> {
    const { data } = await this.request({
      attempt: { action: 'list-dns' },
      method: 'GET',
      path: '/recordsets',
      query: { data: address },
      signal: o.signal,
      read: (body) => readRow(list(zonedReader), member(body, 'recordsets'), 'recordsets'),
    });
    return data;
  }

  /** An address under a name. Reference: POST /v2/zones/{zone}/recordsets. */
  async createRecord(
    zoneId: string,
    record: { readonly name: string; readonly address: string; readonly description: string },
    o: CallOptions = {},
  ): Promise<RecordSet> {
    const { data } = await this.request({
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
    return data;
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
}
