import { bodyOf, isAdmin, json, mayWrite, param, projectOf, Refusal, type Call } from './http.js';
import { arrayAt, isObject, stringAt, stringList, type JsonObject } from './json.js';
import type { NetworkQuota } from './model.js';
import { neutronError } from './network-view.js';
import { DEFAULT_NETWORK_QUOTA } from './quota.js';
import type { RegionState } from './state.js';

/** What all of Neutron's resources share: refusals, quotas, lists, the checks of a body. */

export const NETWORK_ROOT = '/network/v2.0';

/** Ends the request with an error in Neutron's shape. */
export function refuseNetwork(status: number, type: string, message: string): never {
  throw new Refusal(neutronError(status, type, message));
}

/** Refuses, in Neutron's words, who is only a reader. */
export function requireNetworkMember(call: Call, policy: string): void {
  if (mayWrite(call.get('token'))) return;
  refuseNetwork(403, 'PolicyNotAuthorized', `rule:${policy} is disallowed by policy`);
}

export function networkQuotaOf(region: RegionState, projectId: string): NetworkQuota {
  return region.networkQuotas.get(projectId) ?? DEFAULT_NETWORK_QUOTA;
}

export function networkUsageOf(region: RegionState, projectId: string): NetworkQuota {
  const count = (rows: ReadonlyMap<string, { projectId: string }>): number => {
    let total = 0;
    for (const row of rows.values()) if (row.projectId === projectId) total++;
    return total;
  };
  let rules = 0;
  for (const group of region.securityGroups.values())
    if (group.projectId === projectId) rules += group.rules.length;
  return {
    network: count(region.networks),
    subnet: count(region.subnets),
    subnetpool: 0,
    port: count(region.ports),
    router: count(region.routers),
    floatingip: count(region.floatingIps),
    security_group: count(region.securityGroups),
    security_group_rule: rules,
    rbac_policy: 0,
  };
}

export function checkNetworkQuota(call: Call, resource: keyof NetworkQuota): void {
  const limit = networkQuotaOf(call.env.region, projectOf(call))[resource];
  const used = networkUsageOf(call.env.region, projectOf(call))[resource];
  if (limit >= 0 && used >= limit)
    refuseNetwork(409, 'OverQuota', `Quota exceeded for resources: ['${resource}'].`);
}

const CONTROL = new Set(['limit', 'marker', 'page_reverse', 'sort_key', 'sort_dir', 'fields']);

function filtered(query: URLSearchParams, rows: JsonObject[], known: ReadonlySet<string>): JsonObject[] {
  const keys = [...new Set(query.keys())].filter((key) => !CONTROL.has(key));
  const unknown = keys.filter((key) => !known.has(key));
  if (unknown.length > 0) {
    const list = unknown.map((key) => `'${key}'`).join(', ');
    refuseNetwork(400, 'HTTPBadRequest', `[${list}] is invalid attribute for filtering`);
  }
  return rows.filter((row) =>
    keys.every((key) => {
      const value = row[key];
      return query.getAll(key).some((wanted) => {
        if (BOOLEANS.has(key)) {
          if (!/^(true|false|1|0)$/i.test(wanted)) {
            refuseNetwork(
              400,
              'InvalidInput',
              `Invalid input for operation: '${wanted}' cannot be converted to boolean.`,
            );
          }
          return /^(true|1)$/i.test(wanted) === (value === true);
        }
        // Such as `ip_address=10.0.0.1`.
        if (key === 'fixed_ips') {
          const [part = '', text] = wanted.split('=');
          return arrayAt(row, key)?.some((each) => isObject(each) && each[part] === text) === true;
        }
        return Array.isArray(value) ? stringList(value).includes(wanted) : String(value ?? '') === wanted;
      });
    }),
  );
}

const BOOLEANS = new Set([
  'shared',
  'admin_state_up',
  'router:external',
  'is_default',
  'enable_dhcp',
  'stateful',
]);

function sorted(query: URLSearchParams, rows: JsonObject[]): JsonObject[] {
  const keys = query.getAll('sort_key');
  const directions = query.getAll('sort_dir');
  if (keys.length !== directions.length)
    refuseNetwork(400, 'HTTPBadRequest', 'The number of sort_keys and sort_dirs must be same');
  return rows.sort((a, b) => {
    for (const [index, key] of [...keys, 'id'].entries()) {
      const left = String(a[key] ?? '');
      const right = String(b[key] ?? '');
      if (left !== right) return (left < right ? -1 : 1) * (directions[index] === 'desc' ? -1 : 1);
    }
    return 0;
  });
}

/** Cut to the `fields` a request names; all of them where it names none. */
export function onlyFields(call: Call, row: JsonObject): JsonObject {
  const fields = new URL(call.req.url).searchParams.getAll('fields');
  if (fields.length === 0) return row;
  return Object.fromEntries(Object.entries(row).filter(([key]) => fields.includes(key)));
}

/**
 * A Neutron list: filters by any attribute (a repeated parameter means either), sorted, paged by
 * `limit` and `marker` only if asked, and cut to `fields`. `filters` are attributes to filter by
 * even where no row has them; `show` leaves out what is not for the asking project.
 */
export function neutronList(
  call: Call,
  collection: string,
  rows: JsonObject[],
  filters: readonly string[] = [],
  show: (row: JsonObject) => JsonObject = (row) => row,
): Response {
  const query = new URL(call.req.url).searchParams;
  const known = new Set([...filters, ...rows.flatMap((row) => Object.keys(row)), 'id', 'name', 'tenant_id']);
  for (const key of ['project_id', 'status', 'tags', 'description', 'revision_number']) known.add(key);
  const limitText = query.get('limit') ?? '0';
  if (!/^\d+$/.test(limitText)) {
    refuseNetwork(
      400,
      'BadRequest',
      `Bad limit request: Limit must be an integer 0 or greater and not '${limitText}'.`,
    );
  }
  const limit = Number(limitText);
  const all = sorted(query, filtered(query, rows, known));
  const marker = query.get('marker');
  // An unknown marker is passed over, as Neutron does without a limit.
  const start = marker === null ? 0 : all.findIndex((row) => row['id'] === marker) + 1;
  const shown = limit > 0 ? all.slice(start, start + limit) : all.slice(start);
  const links: { rel: string; href: string }[] = [];
  const href = (change: (next: URLSearchParams) => void): string => {
    const next = new URLSearchParams(query);
    change(next);
    return `${call.env.base}${NETWORK_ROOT}/${collection.replaceAll('_', '-')}?${next.toString()}`;
  };
  const last = stringAt(shown.at(-1), 'id');
  if (limit > 0 && shown.length === limit && last !== undefined)
    links.push({ rel: 'next', href: href((next) => next.set('marker', last)) });
  const first = stringAt(shown[0], 'id');
  if (limit > 0 && marker !== null && first !== undefined) {
    links.push({
      rel: 'previous',
      href: href((next) => {
        next.set('marker', first);
        next.set('page_reverse', 'True');
      }),
    });
  }
  return json({
    [collection]: shown.map((row) => onlyFields(call, show(row))),
    ...(links.length > 0 && { [`${collection}_links`]: links }),
  });
}

/** Rows of the asking project; an administrator sees everybody's. */
export function ownRows<T extends { projectId: string }>(call: Call, rows: ReadonlyMap<string, T>): T[] {
  const all = [...rows.values()];
  if (isAdmin(call.get('token'))) return all;
  return all.filter((row) => row.projectId === projectOf(call));
}

/** How a missing row of each kind is told. */
const MISSING: Readonly<Record<string, readonly [type: string, message: (id: string) => string]>> = {
  network: ['NetworkNotFound', (id) => `Network ${id} could not be found.`],
  subnet: ['SubnetNotFound', (id) => `Subnet ${id} could not be found.`],
  port: ['PortNotFound', (id) => `Port ${id} could not be found.`],
  router: ['RouterNotFound', (id) => `Router ${id} could not be found`],
  floatingip: ['FloatingIPNotFound', (id) => `Floating IP ${id} could not be found`],
  security_group: ['SecurityGroupNotFound', (id) => `Security group ${id} does not exist`],
  security_group_rule: ['SecurityGroupRuleNotFound', (id) => `Security group rule ${id} does not exist`],
};

/** Ends the request with Neutron's 404 for that kind. */
export function refuseMissing(kind: string, id: string): never {
  const [type, message] = MISSING[kind] ?? ['HTTPNotFound', () => 'The resource could not be found.'];
  refuseNetwork(404, type, message(id));
}

/** The row a path names, or Neutron's 404. */
export function rowIn<T extends { id: string }>(call: Call, rows: readonly T[], kind: string): T {
  const id = param(call, 'id');
  return rows.find((row) => row.id === id) ?? refuseMissing(kind, id);
}

/**
 * The resource in a request's body, with the checks Neutron makes before all others: it is there,
 * holds no attribute that is not `allowed`, none of `required` is missing, texts fit.
 */
export async function wantedIn(
  call: Call,
  key: string,
  allowed: readonly string[],
  required: readonly string[] = [],
): Promise<JsonObject> {
  const body = await bodyOf(call);
  if (!body) refuseNetwork(400, 'MalformedRequestBody', 'Malformed request body: Cannot understand JSON.');
  const wanted = body[key];
  if (!isObject(wanted)) refuseNetwork(400, 'HTTPBadRequest', 'Resource body required');
  const missing = required.find((name) => wanted[name] === undefined);
  if (missing !== undefined) {
    refuseNetwork(
      400,
      'HTTPBadRequest',
      `Failed to parse request. Required attribute '${missing}' not specified`,
    );
  }
  for (const name of ['name', 'description']) {
    const text = stringAt(wanted, name);
    if (text !== undefined && Array.from(text).length > 255)
      refuseNetwork(
        400,
        'HTTPBadRequest',
        `Invalid input for ${name}. Reason: '${text}' exceeds maximum length of 255.`,
      );
  }
  const known = new Set([...allowed, ...required, 'name', 'description', 'tenant_id', 'project_id']);
  const unknown = Object.keys(wanted).filter((name) => !known.has(name));
  if (unknown.length > 0)
    refuseNetwork(400, 'HTTPBadRequest', `Unrecognized attribute(s) '${unknown.join(', ')}'`);
  return wanted;
}
