import {
  isAdmin,
  json,
  newApp,
  param,
  projectOf,
  requireToken,
  type App,
  type Call,
  type Next,
} from './http.js';
import { knownQuery, maxMinor, microversion, novaError, refuse, since } from './compute-version.js';
import { flavors } from './flavors.js';
import { keypairs } from './keypairs.js';
import { computeQuotaOf, computeUsageOf } from './quota.js';
import { serverParts } from './server-parts.js';
import { serverGroups } from './server-groups.js';
import { servers } from './servers.js';
import type { CloudState } from './state.js';
import { htmlError } from './wsgi.js';

const ROOT = '/compute/v2.1';

function versions(state: CloudState): { version: string; min_version: string } {
  const { maxMicroversion } = state.settings;
  return maxMicroversion === 'none'
    ? { version: '', min_version: '' }
    : { version: `2.${maxMinor(maxMicroversion)}`, min_version: '2.1' };
}

/** Nova's API. */
export function compute(): App {
  const app = newApp();
  for (const path of ['/compute', '/compute/'])
    app.get(path, (call) =>
      json({
        versions: [
          {
            id: 'v2.0',
            status: 'SUPPORTED',
            version: '',
            min_version: '',
            updated: '2011-01-21T11:33:21Z',
            links: [{ rel: 'self', href: `${call.env.base}/compute/v2/` }],
          },
          {
            id: 'v2.1',
            status: 'CURRENT',
            ...versions(call.env.state),
            updated: '2013-07-23T11:33:21Z',
            links: [{ rel: 'self', href: `${call.env.base}/compute/v2.1/` }],
          },
        ],
      }),
    );
  for (const path of [ROOT, `${ROOT}/`])
    app.get(path, microversion, (call) =>
      json({
        version: {
          id: 'v2.1',
          status: 'CURRENT',
          ...versions(call.env.state),
          updated: '2013-07-23T11:33:21Z',
          links: [
            { rel: 'self', href: `${call.env.base}${ROOT}/` },
            { rel: 'describedby', type: 'text/html', href: 'http://docs.openstack.org/' },
          ],
          'media-types': [
            {
              base: 'application/json',
              type: 'application/vnd.openstack.compute+json;version=2.1',
            },
          ],
        },
      }),
    );
  requireToken(app, `${ROOT}/*`);
  app.use(`${ROOT}/*`, microversion);
  // The project's id may stand in the path, as it had to in older days.
  const withProject = `${ROOT}/:project{[0-9a-f]{32}}`;
  app.use(`${withProject}/*`, async (call: Call, next: Next) => {
    const named = param(call, 'project');
    if (named !== projectOf(call) && !isAdmin(call.get('token'))) {
      return novaError(
        400,
        `Malformed request URL: URL's project_id '${named}' doesn't match Context's project_id '${projectOf(call)}'`,
      );
    }
    await next();
    return undefined;
  });
  for (const root of [ROOT, withProject]) {
    servers(app, root);
    serverParts(app, root);
    flavors(app, root);
    keypairs(app, root);
    serverGroups(app, root);
    limits(app, root);
    others(app, root);
  }
  app.all('/compute/*', () => htmlError(404, 'The resource could not be found.'));
  return app;
}

/** Lists that only an administrator may read, by the policy that says so. */
const FORBIDDEN: readonly (readonly [path: string, policy: string])[] = [
  ['os-hypervisors', 'os_compute_api:os-hypervisors:list'],
  ['os-services', 'os_compute_api:os-services:list'],
  ['os-aggregates', 'os_compute_api:os-aggregates:index'],
  ['os-migrations', 'os_compute_api:os-migrations:index'],
];

function others(app: App, root: string): void {
  app.get(`${root}/os-availability-zone`, () =>
    json({ availabilityZoneInfo: [{ zoneName: 'nova', zoneState: { available: true }, hosts: null }] }),
  );
  app.get(`${root}/extensions`, () =>
    json({
      extensions: ['os-keypairs', 'os-availability-zone', 'os-server-groups'].map((alias) => ({
        alias,
        description: '',
        links: [],
        name: alias,
        namespace: 'http://docs.openstack.org/compute/ext/fake_xml',
        updated: '2014-12-03T00:00:00Z',
      })),
    }),
  );
  app.get(`${root}/os-quota-sets/:id`, (call) => {
    const id = param(call, 'id');
    if (id !== projectOf(call) && !isAdmin(call.get('token')))
      refuse(403, "Policy doesn't allow os_compute_api:os-quota-sets:show to be performed.");
    return json({ quota_set: { id, ...computeQuotaOf(call.env.region, id) } });
  });
  for (const [path, policy] of FORBIDDEN)
    app.get(`${root}/${path}`, () => novaError(403, `Policy doesn't allow ${policy} to be performed.`));
}

const LIMITS_QUERY = new Set(['tenant_id']);

function limits(app: App, root: string): void {
  app.get(`${root}/limits`, (call) => {
    knownQuery(call, LIMITS_QUERY);
    const { region } = call.env;
    const other = call.req.query('tenant_id');
    if (other !== undefined && !isAdmin(call.get('token')) && other !== projectOf(call))
      refuse(403, "Policy doesn't allow os_compute_api:limits:other_project to be performed.");
    const projectId = other ?? projectOf(call);
    const quota = computeQuotaOf(region, projectId);
    const used = computeUsageOf(region, projectId);
    return json({
      limits: {
        rate: [],
        absolute: {
          maxTotalInstances: quota.instances,
          maxTotalCores: quota.cores,
          maxTotalRAMSize: quota.ram,
          ...(!since(call, 36) && {
            maxTotalFloatingIps: -1,
            maxSecurityGroups: -1,
            maxSecurityGroupRules: -1,
          }),
          maxServerMeta: quota.metadata_items,
          ...(!since(call, 39) && { maxImageMeta: quota.metadata_items }),
          ...(!since(call, 57) && { maxPersonality: 5, maxPersonalitySize: 10_240 }),
          maxTotalKeypairs: quota.key_pairs,
          maxServerGroups: quota.server_groups,
          maxServerGroupMembers: quota.server_group_members,
          totalRAMUsed: used.ram,
          totalCoresUsed: used.cores,
          totalInstancesUsed: used.instances,
          ...(!since(call, 36) && { totalFloatingIpsUsed: 0, totalSecurityGroupsUsed: 0 }),
          totalServerGroupsUsed: 0,
        },
      },
    });
  });
}
