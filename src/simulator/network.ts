import {
  bodyOf,
  isAdmin,
  json,
  mayWrite,
  newApp,
  nothing,
  param,
  projectOf,
  requireToken,
  Refusal,
  type App,
  type Call,
} from './http.js';
import { objectAt, stringAt, stringList, type JsonObject } from './json.js';
import { EXTENSIONS } from './network-extensions.js';
import {
  autoAllocate,
  autoAllocated,
  createFloatingIp,
  createNetwork,
  createPort,
  createRouter,
  createSubnet,
  defaultExternalNetwork,
  defaultSecurityGroup,
} from './network-state.js';
import {
  neutronError,
  renderFloatingIp,
  renderNetwork,
  renderPort,
  renderRouter,
  renderSubnet,
} from './network-view.js';
import { securityGroups } from './network-security.js';
import { DEFAULT_NETWORK_QUOTA } from './quota.js';
import type { NetworkQuota } from './model.js';
import type { RegionState } from './state.js';

const ROOT = '/network/v2.0';

export function refuseNetwork(status: number, type: string, message: string): never {
  throw new Refusal(neutronError(status, type, message));
}

/** Refuses, in Neutron's words, who is only a reader. */
export function requireNetworkMember(call: Call, policy: string): void {
  if (mayWrite(call.get('token'))) return;
  refuseNetwork(403, 'PolicyNotAuthorized', `(rule:${policy}) is disallowed by policy`);
}

export function quotaOf(region: RegionState, projectId: string): NetworkQuota {
  return region.networkQuotas.get(projectId) ?? DEFAULT_NETWORK_QUOTA;
}

export function checkNetworkQuota(call: Call, resource: keyof NetworkQuota): void {
  const limit = quotaOf(call.env.region, projectOf(call))[resource];
  const used = usageOf(call.env.region, projectOf(call))[resource];
  if (limit >= 0 && used >= limit)
    refuseNetwork(409, 'OverQuota', `Quota exceeded for resources: ['${resource}'].`);
}

function usageOf(region: RegionState, projectId: string): NetworkQuota {
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

const CONTROL = new Set(['limit', 'marker', 'page_reverse', 'sort_key', 'sort_dir', 'fields']);

/**
 * A Neutron list: filters by any attribute (a repeated parameter means either), sorted, paged by
 * `limit` and `marker` only if asked, and cut to `fields`.
 */
export function neutronList(call: Call, collection: string, rows: JsonObject[]): Response {
  const query = new URL(call.req.url).searchParams;
  let shown = rows.filter((row) =>
    [...new Set(query.keys())].every((key) => {
      if (CONTROL.has(key) || !(key in row)) return true;
      const value = row[key];
      const texts = Array.isArray(value) ? stringList(value) : [String(value ?? '')];
      return query
        .getAll(key)
        .some((wanted) =>
          typeof value === 'boolean' ? /^(true|1)$/i.test(wanted) === value : texts.includes(wanted),
        );
    }),
  );
  const keys = query.getAll('sort_key');
  const directions = query.getAll('sort_dir');
  shown.sort((a, b) => {
    for (const [index, key] of [...keys, 'id'].entries()) {
      const left = String(a[key] ?? '');
      const right = String(b[key] ?? '');
      if (left !== right) return (left < right ? -1 : 1) * (directions[index] === 'desc' ? -1 : 1);
    }
    return 0;
  });
  const links: { rel: string; href: string }[] = [];
  const limit = Number(query.get('limit') ?? 0);
  const marker = query.get('marker');
  if (marker !== null) {
    const at = shown.findIndex((row) => row['id'] === marker);
    if (at < 0) refuseNetwork(400, 'BadRequest', `The marker '${marker}' could not be found`);
    shown = shown.slice(at + 1);
  }
  if (limit > 0) {
    const more = shown.length > limit;
    shown = shown.slice(0, limit);
    const last = stringAt(shown.at(-1), 'id');
    if (more && last !== undefined) {
      const next = new URLSearchParams(query);
      next.set('marker', last);
      links.push({
        rel: 'next',
        href: `${call.env.base}${ROOT}/${collection.replaceAll('_', '-')}?${next.toString()}`,
      });
    }
  }
  const fields = query.getAll('fields');
  const cut =
    fields.length === 0
      ? shown
      : shown.map((row) => Object.fromEntries(Object.entries(row).filter(([key]) => fields.includes(key))));
  return json({ [collection]: cut, ...(links.length > 0 && { [`${collection}_links`]: links }) });
}

/** Rows of the asking project; an administrator sees everybody's. */
export function ownRows<T extends { projectId: string }>(call: Call, rows: ReadonlyMap<string, T>): T[] {
  const all = [...rows.values()];
  if (isAdmin(call.get('token'))) return all;
  return all.filter((row) => row.projectId === projectOf(call));
}

/** The row a path names, or Neutron's 404. */
export function rowIn<T extends { id: string; projectId: string }>(
  call: Call,
  rows: readonly T[],
  kind: string,
): T {
  const id = param(call, 'id');
  const found = rows.find((row) => row.id === id);
  if (!found) refuseNetwork(404, `${kind.replaceAll(' ', '')}NotFound`, `${kind} ${id} could not be found.`);
  return found;
}

export async function wantedIn(call: Call, key: string): Promise<JsonObject> {
  const wanted = objectAt(await bodyOf(call), key);
  if (!wanted) refuseNetwork(400, 'HTTPBadRequest', `Resource body required`);
  return wanted;
}

/** Neutron's API, with what an ordinary project needs of it. */
export function network(): App {
  const app = newApp();
  for (const path of ['/network', '/network/'])
    app.get(path, (call) =>
      json({
        versions: [
          {
            id: 'v2.0',
            status: 'CURRENT',
            links: [{ rel: 'self', href: `${call.env.base}/network/v2.0/` }],
          },
        ],
      }),
    );
  for (const path of [ROOT, `${ROOT}/`])
    app.get(path, (call) =>
      json({
        resources: ['network', 'subnet', 'port'].map((name) => ({
          links: [{ rel: 'self', href: `${call.env.base}${ROOT}/${name}s` }],
          name,
          collection: `${name}s`,
        })),
      }),
    );
  requireToken(app, `${ROOT}/*`);
  app.get(`${ROOT}/extensions`, (call) => json({ extensions: extensionsOf(call) }));
  app.get(`${ROOT}/extensions/:alias`, (call) => {
    const found = extensionsOf(call).find(({ alias }) => alias === param(call, 'alias'));
    if (!found)
      refuseNetwork(404, 'ExtensionNotFound', `Extension with alias ${param(call, 'alias')} does not exist`);
    return json({ extension: found });
  });
  networks(app);
  ports(app);
  floatingIps(app);
  routers(app);
  securityGroups(app, ROOT);
  topology(app);
  app.get(`${ROOT}/quotas/:id/details.json`, (call) => quotaDetails(call));
  app.get(`${ROOT}/quotas/:id/details`, (call) => quotaDetails(call));
  app.get(`${ROOT}/quotas/:id`, (call) => {
    const id = param(call, 'id').replace(/\.json$/, '');
    requireOwnQuota(call, id);
    return json({ quota: quotaOf(call.env.region, id) });
  });
  app.get(`${ROOT}/availability_zones`, (call) =>
    neutronList(
      call,
      'availability_zones',
      ['network', 'router'].map((resource) => ({ name: 'nova', resource, state: 'available' })),
    ),
  );
  app.get(`${ROOT}/subnetpools`, (call) => neutronList(call, 'subnetpools', []));
  app.get(`${ROOT}/agents`, (call) => neutronList(call, 'agents', []));
  app.all('/network/*', () => neutronError(404, 'HTTPNotFound', 'The resource could not be found.'));
  return app;
}

function extensionsOf(call: Call): readonly { alias: string }[] {
  const without = call.env.state.settings.withoutExtensions;
  return EXTENSIONS.filter(([alias]) => !without.has(alias)).map(([alias, name]) => ({
    alias,
    name,
    description: name,
    updated: '2015-01-01T10:00:00-00:00',
    links: [],
  }));
}

function requireOwnQuota(call: Call, id: string): void {
  if (id !== projectOf(call) && !isAdmin(call.get('token')))
    refuseNetwork(
      403,
      'AdminRequired',
      'User does not have admin privileges: Cannot show other project quota.',
    );
}

function quotaDetails(call: Call): Response {
  const id = param(call, 'id');
  requireOwnQuota(call, id);
  const limits = quotaOf(call.env.region, id);
  const used = usageOf(call.env.region, id);
  return json({
    quota: Object.fromEntries(
      Object.entries(limits).map(([resource, limit]) => [
        resource,
        { limit, used: { ...used }[resource] ?? 0, reserved: 0 },
      ]),
    ),
  });
}

function networks(app: App): void {
  const visible = (call: Call) =>
    [...call.env.region.networks.values()].filter(
      (row) => row.projectId === projectOf(call) || row.shared || row.external || isAdmin(call.get('token')),
    );
  app.get(`${ROOT}/networks`, (call) =>
    neutronList(
      call,
      'networks',
      visible(call).map((row) => renderNetwork(call, row)),
    ),
  );
  app.get(`${ROOT}/networks/:id`, (call) =>
    json({ network: renderNetwork(call, rowIn(call, visible(call), 'Network')) }),
  );
  app.post(`${ROOT}/networks`, async (call) => {
    const wanted = await wantedIn(call, 'network');
    requireNetworkMember(call, 'create_network');
    checkNetworkQuota(call, 'network');
    const made = createNetwork(call.env.state, call.env.region, {
      name: stringAt(wanted, 'name') ?? '',
      projectId: projectOf(call),
      description: stringAt(wanted, 'description') ?? '',
      adminStateUp: wanted['admin_state_up'] !== false,
    });
    return json({ network: renderNetwork(call, made) }, 201);
  });
  app.delete(`${ROOT}/networks/:id`, (call) => {
    const row = rowIn(call, ownRows(call, call.env.region.networks), 'Network');
    requireNetworkMember(call, 'delete_network');
    const { region } = call.env;
    if ([...region.ports.values()].some((port) => port.networkId === row.id)) {
      refuseNetwork(
        409,
        'NetworkInUse',
        `Unable to complete operation on network ${row.id}. There are one or more ports still in use on the network.`,
      );
    }
    region.networks.delete(row.id);
    for (const subnet of region.subnets.values())
      if (subnet.networkId === row.id) region.subnets.delete(subnet.id);
    return nothing(204);
  });
  const visibleSubnets = (call: Call) => {
    const ids = new Set(visible(call).map(({ id }) => id));
    return [...call.env.region.subnets.values()].filter(
      (row) =>
        ids.has(row.networkId) &&
        (row.projectId === projectOf(call) ||
          call.env.region.networks.get(row.networkId)?.shared === true ||
          isAdmin(call.get('token'))),
    );
  };
  app.get(`${ROOT}/subnets`, (call) => neutronList(call, 'subnets', visibleSubnets(call).map(renderSubnet)));
  app.get(`${ROOT}/subnets/:id`, (call) =>
    json({ subnet: renderSubnet(rowIn(call, visibleSubnets(call), 'Subnet')) }),
  );
  app.post(`${ROOT}/subnets`, async (call) => {
    const wanted = await wantedIn(call, 'subnet');
    requireNetworkMember(call, 'create_subnet');
    const id = stringAt(wanted, 'network_id') ?? '';
    const parent = ownRows(call, call.env.region.networks).find((row) => row.id === id);
    if (!parent) refuseNetwork(404, 'NetworkNotFound', `Network ${id} could not be found.`);
    const cidr = stringAt(wanted, 'cidr');
    if (cidr === undefined || !/^\d+\.\d+\.\d+\.\d+\/\d+$/.test(cidr))
      refuseNetwork(
        400,
        'BadRequest',
        'Bad subnets request: a subnetpool must be specified in the absence of a cidr.',
      );
    const made = createSubnet(call.env.state, call.env.region, parent, {
      name: stringAt(wanted, 'name') ?? '',
      cidr,
      ...(wanted['gateway_ip'] === null && { gatewayIp: null }),
      enableDhcp: wanted['enable_dhcp'] !== false,
    });
    return json({ subnet: renderSubnet(made) }, 201);
  });
}

function ports(app: App): void {
  const own = (call: Call) => ownRows(call, call.env.region.ports);
  app.get(`${ROOT}/ports`, (call) => neutronList(call, 'ports', own(call).map(renderPort)));
  app.get(`${ROOT}/ports/:id`, (call) => json({ port: renderPort(rowIn(call, own(call), 'Port')) }));
  app.post(`${ROOT}/ports`, async (call) => {
    const wanted = await wantedIn(call, 'port');
    requireNetworkMember(call, 'create_port');
    checkNetworkQuota(call, 'port');
    const { region, state } = call.env;
    const id = stringAt(wanted, 'network_id') ?? '';
    const parent = region.networks.get(id);
    if (!parent || (parent.projectId !== projectOf(call) && !parent.shared))
      refuseNetwork(404, 'NetworkNotFound', `Network ${id} could not be found.`);
    const groups = wanted['security_groups'];
    const made = createPort(state, region, {
      networkId: id,
      projectId: projectOf(call),
      name: stringAt(wanted, 'name') ?? '',
      deviceId: stringAt(wanted, 'device_id') ?? '',
      deviceOwner: stringAt(wanted, 'device_owner') ?? '',
      securityGroups: Array.isArray(groups)
        ? stringList(groups)
        : [defaultSecurityGroup(state, region, projectOf(call)).id],
    });
    return json({ port: renderPort(made) }, 201);
  });
  app.put(`${ROOT}/ports/:id`, async (call) => {
    const row = rowIn(call, own(call), 'Port');
    const wanted = await wantedIn(call, 'port');
    requireNetworkMember(call, 'update_port');
    const name = stringAt(wanted, 'name');
    if (name !== undefined) row.name = name;
    if (Array.isArray(wanted['security_groups'])) row.securityGroups = stringList(wanted['security_groups']);
    row.updated = call.env.state.now();
    row.revision++;
    return json({ port: renderPort(row) });
  });
  app.delete(`${ROOT}/ports/:id`, (call) => {
    const row = rowIn(call, own(call), 'Port');
    requireNetworkMember(call, 'delete_port');
    call.env.region.removePort(row);
    return nothing(204);
  });
}

function floatingIps(app: App): void {
  const own = (call: Call) => ownRows(call, call.env.region.floatingIps);
  const bind = (call: Call, floatingId: string, portId: string | null): void => {
    const { region } = call.env;
    const floating = region.floatingIps.get(floatingId);
    if (!floating) return;
    if (portId === null) {
      region.bindFloatingIp(floating, undefined);
      return;
    }
    const port = ownRows(call, region.ports).find((row) => row.id === portId);
    if (!port) refuseNetwork(404, 'PortNotFound', `Port ${portId} could not be found.`);
    const taken = region.floatingIpsByPort.get(portId);
    if (taken && taken !== floating) {
      refuseNetwork(
        409,
        'FloatingIPPortAlreadyAssociated',
        `Cannot associate floating IP ${floating.address} (${floating.id}) with port ${portId} using fixed IP ${port.fixedIps[0]?.ip ?? ''}, as that fixed IP already has a floating IP on external network ${floating.networkId}.`,
      );
    }
    const routed = [...region.routers.values()].some(
      (router) =>
        router.externalNetworkId === floating.networkId &&
        port.fixedIps.some(({ subnetId }) => router.subnetIds.includes(subnetId)),
    );
    if (!routed) {
      refuseNetwork(
        404,
        'ExternalGatewayForFloatingIPNotFound',
        `External network ${floating.networkId} is not reachable from subnet ${port.fixedIps[0]?.subnetId ?? ''}.  Therefore, cannot associate Port ${portId} with a Floating IP.`,
      );
    }
    region.bindFloatingIp(floating, port);
  };
  app.get(`${ROOT}/floatingips`, (call) =>
    neutronList(
      call,
      'floatingips',
      own(call).map((row) => renderFloatingIp(call.env.region, row)),
    ),
  );
  app.get(`${ROOT}/floatingips/:id`, (call) =>
    json({ floatingip: renderFloatingIp(call.env.region, rowIn(call, own(call), 'Floating IP')) }),
  );
  app.post(`${ROOT}/floatingips`, async (call) => {
    const wanted = await wantedIn(call, 'floatingip');
    requireNetworkMember(call, 'create_floatingip');
    const id = stringAt(wanted, 'floating_network_id') ?? '';
    const { region, state } = call.env;
    const parent = region.networks.get(id);
    if (!parent) refuseNetwork(404, 'NetworkNotFound', `Network ${id} could not be found.`);
    if (!parent.external)
      refuseNetwork(
        400,
        'BadRequest',
        `Bad floatingip request: Network ${id} is not a valid external network.`,
      );
    checkNetworkQuota(call, 'floatingip');
    const made = createFloatingIp(state, region, {
      projectId: projectOf(call),
      networkId: id,
      description: stringAt(wanted, 'description') ?? '',
    });
    const port = stringAt(wanted, 'port_id');
    if (port !== undefined) {
      try {
        bind(call, made.id, port);
      } catch (error) {
        region.floatingIps.delete(made.id);
        throw error;
      }
    }
    return json({ floatingip: renderFloatingIp(region, made) }, 201);
  });
  app.put(`${ROOT}/floatingips/:id`, async (call) => {
    const row = rowIn(call, own(call), 'Floating IP');
    const wanted = await wantedIn(call, 'floatingip');
    requireNetworkMember(call, 'update_floatingip');
    if ('port_id' in wanted) bind(call, row.id, stringAt(wanted, 'port_id') ?? null);
    const description = stringAt(wanted, 'description');
    if (description !== undefined) row.description = description;
    row.updated = call.env.state.now();
    row.revision++;
    return json({ floatingip: renderFloatingIp(call.env.region, row) });
  });
  app.delete(`${ROOT}/floatingips/:id`, (call) => {
    const row = rowIn(call, own(call), 'Floating IP');
    requireNetworkMember(call, 'delete_floatingip');
    call.env.region.bindFloatingIp(row, undefined);
    call.env.region.floatingIps.delete(row.id);
    return nothing(204);
  });
}

function routers(app: App): void {
  const own = (call: Call) => ownRows(call, call.env.region.routers);
  app.get(`${ROOT}/routers`, (call) =>
    neutronList(
      call,
      'routers',
      own(call).map((row) => renderRouter(row, call.env.region)),
    ),
  );
  app.get(`${ROOT}/routers/:id`, (call) =>
    json({ router: renderRouter(rowIn(call, own(call), 'Router'), call.env.region) }),
  );
  app.post(`${ROOT}/routers`, async (call) => {
    const wanted = await wantedIn(call, 'router');
    requireNetworkMember(call, 'create_router');
    checkNetworkQuota(call, 'router');
    const made = createRouter(call.env.state, call.env.region, {
      name: stringAt(wanted, 'name') ?? '',
      projectId: projectOf(call),
      externalNetworkId: stringAt(objectAt(wanted, 'external_gateway_info'), 'network_id') ?? null,
      subnetIds: [],
    });
    return json({ router: renderRouter(made, call.env.region) }, 201);
  });
  app.put(`${ROOT}/routers/:id/add_router_interface`, async (call) => {
    const row = rowIn(call, own(call), 'Router');
    requireNetworkMember(call, 'add_router_interface');
    const subnet = stringAt(await bodyOf(call), 'subnet_id') ?? '';
    if (!call.env.region.subnets.has(subnet))
      refuseNetwork(404, 'SubnetNotFound', `Subnet ${subnet} could not be found.`);
    row.subnetIds.push(subnet);
    return json({ id: row.id, subnet_id: subnet, subnet_ids: [subnet], tenant_id: row.projectId });
  });
}

/** `GET` makes the topology, unless asked for a dry run only. */
function topology(app: App): void {
  app.get(`${ROOT}/auto-allocated-topology/:id`, (call) => {
    const { region, state } = call.env;
    if (state.settings.withoutExtensions.has('auto-allocated-topology'))
      return neutronError(404, 'HTTPNotFound', 'The resource could not be found.');
    const asked = param(call, 'id');
    const projectId = asked === 'None' ? projectOf(call) : asked;
    if (projectId !== projectOf(call) && !isAdmin(call.get('token')))
      refuseNetwork(404, 'HTTPNotFound', 'The resource could not be found.');
    const dryRun = new URL(call.req.url).searchParams.getAll('fields').includes('dry-run');
    if (!defaultExternalNetwork(region)) {
      refuseNetwork(400, 'AutoAllocationFailure', 'Deployment error: No default router:external network.');
    }
    if (dryRun)
      return json({
        auto_allocated_topology: {
          id: 'dry-run=pass',
          tenant_id: projectId,
          project_id: projectId,
        },
      });
    if (!autoAllocated(region, projectId)) requireNetworkMember(call, 'create_auto_allocated_topology');
    const made = autoAllocate(state, region, projectId);
    return json({
      auto_allocated_topology: { id: made?.id, tenant_id: projectId, project_id: projectId },
    });
  });
  app.delete(`${ROOT}/auto-allocated-topology/:id`, (call) => {
    requireNetworkMember(call, 'delete_auto_allocated_topology');
    const { region } = call.env;
    const found = autoAllocated(region, projectOf(call));
    if (!found) refuseNetwork(404, 'HTTPNotFound', 'The resource could not be found.');
    if ([...region.ports.values()].some((port) => port.networkId === found.id)) {
      refuseNetwork(
        409,
        'NetworkInUse',
        `Unable to complete operation on network ${found.id}. There are one or more ports still in use on the network.`,
      );
    }
    for (const subnet of region.subnets.values())
      if (subnet.networkId === found.id) {
        region.subnets.delete(subnet.id);
        for (const router of region.routers.values())
          if (router.subnetIds.includes(subnet.id)) region.routers.delete(router.id);
      }
    region.networks.delete(found.id);
    return nothing(204);
  });
}
