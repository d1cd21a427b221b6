import {
  bodyOf,
  isAdmin,
  json,
  mayWrite,
  newApp,
  param,
  projectOf,
  Refusal,
  requireToken,
  type App,
  type Call,
} from './http.js';
import { isObject, numberAt, stringAt, stringList, type JsonObject } from './json.js';
import type { DnsRecord, ZoneRecord } from './model.js';

const ROOT = '/dns/v2';
/** How many rows an answer has where no `limit` is given, and at most. */
const USUAL_LIMIT = 20;
const MOST = 1000;
/** Record sets of one zone (`quota_zone_recordsets`). */
const MOST_RECORDS = 500;

/** Ends the request with an error in Designate's shape. */
function refuse(call: Call, code: number, type: string, message?: string): never {
  throw new Refusal(json({ code, type, message, request_id: call.env.requestId }, code));
}

function requireMember(call: Call): void {
  if (!mayWrite(call.get('token'))) refuse(call, 403, 'forbidden', 'Forbidden');
}

/** As Designate writes times: without a zone, in UTC. */
function time(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString().replace('Z', '000');
}

function renderZone(call: Call, zone: ZoneRecord): JsonObject {
  return {
    id: zone.id,
    pool_id: '794ccc2c-d751-44fe-b57f-8894c9f5c842',
    project_id: zone.projectId,
    name: zone.name,
    email: zone.email,
    ttl: 3600,
    serial: Math.floor(zone.created / 1000),
    status: 'ACTIVE',
    action: 'NONE',
    description: null,
    masters: [],
    type: 'PRIMARY',
    transferred_at: null,
    version: 2,
    created_at: time(zone.created),
    updated_at: null,
    attributes: {},
    shared: false,
    links: { self: `${call.env.base}${ROOT}/zones/${zone.id}` },
  };
}

function renderRecord(call: Call, zone: ZoneRecord, record: DnsRecord): JsonObject {
  return {
    id: record.id,
    zone_id: zone.id,
    zone_name: zone.name,
    project_id: zone.projectId,
    name: record.name,
    type: record.type,
    records: record.records,
    ttl: record.ttl,
    description: record.description,
    status: record.status,
    action: record.action,
    version: 1,
    created_at: time(record.created),
    updated_at: null,
    links: { self: `${call.env.base}${ROOT}/zones/${zone.id}/recordsets/${record.id}` },
  };
}

function page(call: Call, path: string, key: string, rows: readonly JsonObject[]): Response {
  const query = new URL(call.req.url).searchParams;
  const limitText = query.get('limit') ?? String(USUAL_LIMIT);
  if (!/^(?:\d+|max)$/.test(limitText) || limitText === '0')
    refuse(call, 400, 'invalid_limit', 'Invalid limit');
  const limit = limitText === 'max' ? MOST : Math.min(MOST, Number(limitText));
  const marker = query.get('marker');
  const start = marker === null ? 0 : rows.findIndex(({ id }) => id === marker) + 1;
  if (marker !== null && start === 0) refuse(call, 404, 'marker_not_found', 'Marker could not be found');
  const shown = rows.slice(start, start + limit);
  const last = shown.at(-1)?.['id'];
  const next = new URLSearchParams(query);
  if (typeof last === 'string') next.set('marker', last);
  const self = `${call.env.base}${ROOT}/${path}`;
  return json({
    [key]: shown,
    links: {
      self: self + new URL(call.req.url).search,
      ...(start + limit < rows.length && { next: `${self}?${next.toString()}` }),
    },
    metadata: { total_count: rows.length },
  });
}

/** A row matches where each of the query's filters does; `*` stands for anything. */
function matches(row: JsonObject, query: URLSearchParams, known: readonly string[]): boolean {
  return known.every((key) => {
    const wanted = query.get(key);
    if (wanted === null) return true;
    const pattern = new RegExp(`^${wanted.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
    const values = key === 'data' ? stringList(row['records']) : [String(row[key] ?? '')];
    return values.some((value) => pattern.test(value));
  });
}

/** A fully qualified name as Designate takes it. */
const HOST =
  /^(?:\*\.|[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+$/;

function invalid(call: Call, path: string, message: string): never {
  throw new Refusal(
    json(
      {
        code: 400,
        type: 'invalid_object',
        message: 'Provided object does not match schema',
        errors: { errors: [{ path: [path], message, validator: 'format', validator_value: '' }] },
        request_id: call.env.requestId,
      },
      400,
    ),
  );
}

/** Designate's API v2, with what a project needs of it. */
export function dns(): App {
  const app = newApp();
  const version = (call: Call): Response =>
    json({
      versions: {
        values: [
          { id: 'v2', status: 'SUPPORTED', links: [{ href: `${call.env.base}${ROOT}`, rel: 'self' }] },
          { id: 'v2.0', status: 'CURRENT', links: [{ href: `${call.env.base}${ROOT}`, rel: 'self' }] },
        ],
      },
    });
  for (const path of ['/dns', '/dns/']) app.get(path, version);
  requireToken(app, `${ROOT}/*`);
  const zones = (call: Call): ZoneRecord[] =>
    [...call.env.region.zones.values()]
      .filter(({ projectId }) => projectId === projectOf(call) || isAdmin(call.get('token')))
      .sort((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1));
  const zoneIn = (call: Call): ZoneRecord =>
    zones(call).find(({ id }) => id === param(call, 'zone')) ??
    refuse(call, 404, 'zone_not_found', 'Could not find Zone');

  app.get(`${ROOT}/zones`, (call) => {
    const query = new URL(call.req.url).searchParams;
    const rows = zones(call).map((zone) => renderZone(call, zone));
    return page(
      call,
      'zones',
      'zones',
      rows.filter((row) => matches(row, query, ['name', 'email', 'status'])),
    );
  });
  app.get(`${ROOT}/zones/:zone`, (call) => json(renderZone(call, zoneIn(call))));
  app.get(`${ROOT}/recordsets`, (call) => {
    const query = new URL(call.req.url).searchParams;
    const rows = zones(call).flatMap((zone) =>
      zone.records.map((record) => renderRecord(call, zone, record)),
    );
    const known = ['name', 'type', 'data', 'status', 'description'];
    return page(
      call,
      'recordsets',
      'recordsets',
      rows.filter((row) => matches(row, query, known)),
    );
  });
  app.get(`${ROOT}/zones/:zone/recordsets`, (call) => {
    const query = new URL(call.req.url).searchParams;
    const zone = zoneIn(call);
    const rows = zone.records.map((record) => renderRecord(call, zone, record));
    const known = ['name', 'type', 'data', 'status', 'description'];
    return page(
      call,
      `zones/${zone.id}/recordsets`,
      'recordsets',
      rows.filter((row) => matches(row, query, known)),
    );
  });
  app.get(`${ROOT}/zones/:zone/recordsets/:id`, (call) => {
    const zone = zoneIn(call);
    return json(renderRecord(call, zone, recordIn(call, zone)));
  });
  app.post(`${ROOT}/zones/:zone/recordsets`, (call) => create(call, zoneIn(call)));
  app.delete(`${ROOT}/zones/:zone/recordsets/:id`, (call) => {
    const zone = zoneIn(call);
    const record = recordIn(call, zone);
    requireMember(call);
    if (record.type === 'NS' || record.type === 'SOA')
      refuse(call, 400, 'bad_request', 'Managed records may not be deleted');
    record.status = 'PENDING';
    record.action = 'DELETE';
    const { state } = call.env;
    state.schedule(state.now() + state.settings.actionMs, () => {
      zone.records = zone.records.filter((other) => other !== record);
    });
    return json(renderRecord(call, zone, record), 202);
  });
  app.all('/dns/*', (call) => refuse(call, 404, 'not_found'));
  return app;
}

function recordIn(call: Call, zone: ZoneRecord): DnsRecord {
  return (
    zone.records.find(({ id }) => id === param(call, 'id')) ??
    refuse(call, 404, 'recordset_not_found', 'Could not find RecordSet')
  );
}

async function create(call: Call, zone: ZoneRecord): Promise<Response> {
  const body = await bodyOf(call);
  if (!isObject(body)) refuse(call, 400, 'invalid_json', 'Invalid JSON');
  requireMember(call);
  const name = stringAt(body, 'name') ?? '';
  const type = stringAt(body, 'type') ?? '';
  const records = stringList(body['records']);
  if (name.length > 255) invalid(call, 'name', `'${name}' is too long`);
  if (!HOST.test(name)) invalid(call, 'name', `'${name}' is not a 'hostname'`);
  if (!/^(?:A|AAAA|CNAME|MX|TXT|SRV|PTR|SPF|SSHFP|CAA|NAPTR)$/.test(type))
    invalid(call, 'type', `'${type}' is not one of the supported types`);
  const description = stringAt(body, 'description') ?? null;
  if (description !== null && description.length > 160)
    invalid(call, 'description', `'${description}' is too long`);
  if (type === 'A' && !records.every((record) => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(record)))
    invalid(call, 'records', `'${records.join()}' is not a 'ipv4'`);
  if (!name.endsWith(`.${zone.name}`) && name !== zone.name)
    refuse(call, 400, 'invalid_recordset_location', "RecordSet is not contained within it's parent zone");
  if (zone.records.some((other) => other.name === name && other.type === type))
    refuse(call, 409, 'duplicate_recordset', 'Duplicate RecordSet');
  if (zone.records.length >= MOST_RECORDS)
    refuse(call, 413, 'over_quota', 'Quota exceeded for zone_recordsets.');
  const { state } = call.env;
  const now = state.now();
  const made: DnsRecord = {
    id: state.ids.uuid(),
    name,
    type,
    records,
    ttl: numberAt(body, 'ttl') ?? null,
    description,
    status: 'PENDING',
    action: 'CREATE',
    created: now,
  };
  zone.records.push(made);
  state.schedule(now + state.settings.actionMs, () => {
    if (made.action !== 'CREATE') return;
    made.status = 'ACTIVE';
    made.action = 'NONE';
  });
  return json(renderRecord(call, zone, made), 202);
}
