import {
  isAdmin,
  json,
  newApp,
  nothing,
  param,
  projectOf,
  requireToken,
  type App,
  type Call,
  type Next,
} from './http.js';
import { neutronError } from './network-view.js';
import {
  NETWORK_ROOT,
  networkQuotaOf,
  networkUsageOf,
  neutronList,
  refuseNetwork,
  requireNetworkMember,
} from './network-common.js';
import { EXTENSIONS } from './network-extensions.js';
import { networks, subnets } from './network-networks.js';
import { floatingIps, ports } from './network-ports.js';
import { routers } from './network-routers.js';
import { securityGroups } from './network-security.js';
import {
  autoAllocate,
  autoAllocated,
  defaultExternalNetwork,
  disconnectRouter,
  subnetsOf,
} from './network-state.js';
import { htmlError } from './wsgi.js';

/** Neutron's API, with what an ordinary project needs of it. */
export function network(): App {
  const app = newApp();
  const root = NETWORK_ROOT;
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
  requireToken(app, `${root}/*`);
  app.get(`${root}/`, (call) =>
    json({
      resources: ['subnet', 'subnetpool', 'network', 'port'].map((name) => ({
        links: [{ rel: 'self', href: `${call.env.base}${root}/${name}s` }],
        name,
        collection: `${name}s`,
      })),
    }),
  );
  app.get(`${root}/extensions`, (call) => json({ extensions: extensionsOf(call) }));
  app.get(`${root}/extensions/:alias`, (call) => {
    const alias = param(call, 'alias');
    const found = extensionsOf(call).find((extension) => extension.alias === alias);
    return found
      ? json({ extension: found })
      : htmlError(404, 'The resource could not be found.', `Extension with alias ${alias} does not exist`);
  });
  networks(app);
  subnets(app);
  ports(app);
  floatingIps(app);
  routers(app);
  securityGroups(app);
  topology(app);
  quotas(app);
  app.get(`${root}/subnetpools`, (call) => neutronList(call, 'subnetpools', subnetpools(call)));
  app.get(`${root}/service-providers`, () =>
    json({
      service_providers: [{ service_type: 'L3_ROUTER_NAT', name: 'single_node', default: true }],
    }),
  );
  // There, and empty, as where no agent reports and nothing of the kind was made.
  for (const collection of [
    'availability_zones',
    'agents',
    'address_scopes',
    'rbac_policies',
    'network_ip_availabilities',
    'address_groups',
  ])
    app.get(
      `${root}/${collection.includes('zones') ? collection : collection.replaceAll('_', '-')}`,
      (call) => neutronList(call, collection, []),
    );
  app.all('/network/*', () => neutronError(404, 'HTTPNotFound', 'The resource could not be found.'));
  return app;
}

function extensionsOf(call: Call): readonly { alias: string }[] {
  const without = call.env.state.settings.withoutExtensions;
  return EXTENSIONS.filter(([alias]) => !without.has(alias)).map(([alias, name]) => ({
    alias,
    name,
    description: `${name}.`,
    updated: '2015-01-01T10:00:00-00:00',
    links: [],
  }));
}

function subnetpools(call: Call): Record<string, unknown>[] {
  const external = defaultExternalNetwork(call.env.region);
  if (!external) return [];
  return [
    {
      id: call.env.state.idFor(`subnetpool/${call.env.region.name}`),
      name: 'shared-default-pool',
      tenant_id: external.projectId,
      default_prefixlen: '20',
      min_prefixlen: '16',
      max_prefixlen: '32',
      is_default: true,
      shared: true,
      prefixes: ['10.0.0.0/10'],
      ip_version: 4,
      default_quota: null,
      address_scope_id: null,
      description: '',
      tags: [],
      revision_number: 0,
      created_at: new Date(external.created).toISOString().replace(/\.\d+Z/, 'Z'),
      updated_at: new Date(external.created).toISOString().replace(/\.\d+Z/, 'Z'),
      project_id: external.projectId,
    },
  ];
}

/** `GET` makes the topology where it is missing. */
function topology(app: App): void {
  const path = `${NETWORK_ROOT}/auto-allocated-topology/:id`;
  app.use(path, async (call: Call, next: Next) => {
    if (call.env.state.settings.withoutExtensions.has('auto-allocated-topology'))
      return neutronError(404, 'HTTPNotFound', 'The resource could not be found.');
    await next();
    return undefined;
  });
  app.get(path, (call) => {
    const { region, state } = call.env;
    const asked = param(call, 'id');
    const projectId = asked === 'None' ? projectOf(call) : asked;
    if (projectId !== projectOf(call) && !isAdmin(call.get('token')))
      refuseNetwork(403, 'NotAuthorized', 'Not authorized.');
    const dryRun = new URL(call.req.url).searchParams.getAll('fields').includes('dry-run');
    // Under the newer policy defaults a dry run's answer, which names no project, is hidden from members.
    if (dryRun && state.settings.scopedPolicies && !isAdmin(call.get('token')))
      return neutronError(404, 'HTTPNotFound', 'The resource could not be found.');
    if (!defaultExternalNetwork(region)) {
      refuseNetwork(409, 'AutoAllocationFailure', 'Deployment error: No default router:external network.');
    }
    const id = dryRun ? 'dry-run=pass' : autoAllocate(state, region, projectId)?.id;
    return json({ auto_allocated_topology: { id, tenant_id: projectId, project_id: projectId } });
  });
  app.delete(path, (call) => {
    requireNetworkMember(call, 'delete_auto_allocated_topology');
    const { region } = call.env;
    const found = autoAllocated(region, projectOf(call));
    if (!found) return nothing(204);
    const used = [...region.ports.values()].filter(
      (port) => port.networkId === found.id && port.deviceOwner !== 'network:router_interface',
    );
    if (used.length > 0) {
      refuseNetwork(
        409,
        'NetworkInUse',
        `Unable to complete operation on network ${found.id}. There are one or more ports still in use on the network, id for these ports is: ${used.map(({ id }) => id).join(',')}.`,
      );
    }
    for (const subnet of subnetsOf(region, found.id)) {
      for (const router of region.routers.values())
        if (router.subnetIds.includes(subnet.id)) {
          disconnectRouter(region, router, subnet);
          region.routers.delete(router.id);
        }
      region.subnets.delete(subnet.id);
    }
    region.networks.delete(found.id);
    return nothing(204);
  });
}

function quotas(app: App): void {
  const foreign = (call: Call, id: string): boolean => id !== projectOf(call) && !isAdmin(call.get('token'));
  const details = (call: Call): Response => {
    const id = param(call, 'id');
    if (foreign(call, id)) {
      refuseNetwork(
        403,
        'AdminRequired',
        'User does not have admin privileges: Only admin is authorized to access quotas for another project.',
      );
    }
    const limits: Record<string, number> = { ...networkQuotaOf(call.env.region, id) };
    const used: Record<string, number> = { ...networkUsageOf(call.env.region, id) };
    return json({
      quota: Object.fromEntries(
        Object.entries(limits).map(([resource, limit]) => [
          resource,
          { limit, used: used[resource] ?? 0, reserved: 0 },
        ]),
      ),
    });
  };
  app.get(`${NETWORK_ROOT}/quotas`, (call) =>
    isAdmin(call.get('token'))
      ? json({ quotas: [] })
      : neutronError(403, 'PolicyNotAuthorized', 'rule:get_quota is disallowed by policy'),
  );
  app.get(`${NETWORK_ROOT}/quotas/:id/details.json`, details);
  app.get(`${NETWORK_ROOT}/quotas/:id/details`, details);
  app.get(`${NETWORK_ROOT}/quotas/:id`, (call) => {
    const id = param(call, 'id').replace(/\.json$/, '');
    if (foreign(call, id))
      refuseNetwork(403, 'PolicyNotAuthorized', 'rule:get_quota is disallowed by policy');
    return json({ quota: networkQuotaOf(call.env.region, id) });
  });
}
