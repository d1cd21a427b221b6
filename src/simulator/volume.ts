import { isAdmin, json, newApp, projectOf, requireToken, type App, type Call, type Next } from './http.js';
import { htmlError } from './wsgi.js';
import {
  ownVolumes,
  refusal,
  refuseVolume,
  VOLUME_MAX_MINOR,
  VOLUME_ROOT,
  volumeQuotaOf,
  volumeSince,
} from './volume-common.js';
import { volumeSnapshots } from './volume-snapshots.js';
import { volumes } from './volumes.js';

function version(call: Call): Record<string, unknown> {
  return {
    id: 'v3.0',
    status: 'CURRENT',
    version: '3.70',
    min_version: '3.0',
    updated: '2022-08-31T00:00:00Z',
    links: [
      { rel: 'describedby', type: 'text/html', href: 'https://docs.openstack.org/' },
      { rel: 'self', href: `${call.env.base}/volume/v3/` },
    ],
    'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.volume+json;version=3' }],
  };
}

/** Cinder's API v3. */
export function volume(): App {
  const app = newApp();
  for (const path of ['/volume', '/volume/'])
    app.get(path, (call) =>
      json({ versions: [version(call)] }, 300, {
        'OpenStack-API-Version': 'volume 3.0',
        Vary: 'OpenStack-API-Version',
      }),
    );
  requireToken(app, '/volume/v3');
  requireToken(app, '/volume/v3/');
  for (const path of ['/volume/v3', '/volume/v3/'])
    app.get(path, (call) => json({ versions: [version(call)] }));
  requireToken(app, `${VOLUME_ROOT}/*`);
  app.use(`${VOLUME_ROOT}/*`, async (call: Call, next: Next) => {
    const header = call.req.header('OpenStack-API-Version') ?? '';
    const named = /(?:volume|block-storage)\s+(\S+)/.exec(header)?.[1];
    // A header that speaks of another service is more than Cinder understands.
    if (header !== '' && named === undefined) {
      return refusal(
        400,
        'badRequest',
        'The server could not comply with the request since it is either malformed or otherwise incorrect.',
      );
    }
    const wanted = named ?? '3.0';
    const minor =
      wanted === 'latest' ? VOLUME_MAX_MINOR : Number(/^3\.(\d+)$/.exec(wanted)?.[1] ?? Number.NaN);
    call.set('minor', minor);
    if (!(minor <= VOLUME_MAX_MINOR)) {
      call.res = refusal(
        406,
        'computeFault',
        `Version ${wanted} is not supported by the API. Minimum is 3.0 and maximum is 3.70.`,
      );
    } else if (call.req.param('project') !== projectOf(call) && !isAdmin(call.get('token'))) {
      call.res = refusal(400, 'badRequest', 'Malformed request url');
    } else {
      await next();
    }
    if (call.res.headers.get('Content-Type')?.startsWith('text/html')) return undefined;
    const answered = minor <= VOLUME_MAX_MINOR ? `3.${minor}` : wanted;
    call.res.headers.set('OpenStack-API-Version', `volume ${answered}`);
    call.res.headers.append('Vary', 'OpenStack-API-Version');
    return undefined;
  });
  volumes(app);
  app.get(`${VOLUME_ROOT}/limits`, (call) => limits(call));
  app.get(`${VOLUME_ROOT}/types`, (call) =>
    json({
      volume_types: call.env.region.volumeTypes.map((type) => ({
        id: type.id,
        name: type.name,
        is_public: true,
        'os-volume-type-access:is_public': true,
        description: type.description,
        extra_specs: {},
      })),
    }),
  );
  app.get(`${VOLUME_ROOT}/types/default`, (call) =>
    json({ volume_type: { ...call.env.region.volumeTypes[0], is_public: true, extra_specs: {} } }),
  );
  volumeSnapshots(app);
  for (const [collection, minor] of [
    ['attachments', 27],
    ['groups', 13],
  ] as const)
    app.get(`${VOLUME_ROOT}/${collection}`, (call) =>
      volumeSince(call, minor)
        ? json({ [collection]: [] })
        : refuseVolume(404, 'The resource could not be found.'),
    );
  app.get(`${VOLUME_ROOT}/backups/detail`, () => json({ backups: [] }));
  app.get(`${VOLUME_ROOT}/extensions`, () => json({ extensions: [] }));
  app.get(`${VOLUME_ROOT}/os-availability-zone`, () =>
    json({ availabilityZoneInfo: [{ zoneName: 'nova', zoneState: { available: true } }] }),
  );
  app.get(`${VOLUME_ROOT}/os-quota-sets/:id`, (call) => quotaSet(call));
  for (const [path, policy] of FORBIDDEN)
    app.get(`${VOLUME_ROOT}/${path}`, () =>
      refuseVolume(403, `Policy doesn't allow ${policy} to be performed.`),
    );
  app.all('/volume/*', () => htmlError(404, 'The resource could not be found.'));
  return app;
}

/** What only an administrator may read, by the policy that says so. */
const FORBIDDEN: readonly (readonly [path: string, policy: string])[] = [
  ['os-services', 'volume_extension:services:index'],
  ['qos-specs', 'volume_extension:qos_specs_manage:get_all'],
  ['scheduler-stats/get_pools', 'scheduler_extension:scheduler_stats:get_pools'],
];

function quotaSet(call: Call): Response {
  const id = call.req.param('id') ?? '';
  if (id !== projectOf(call) && !isAdmin(call.get('token')))
    refuseVolume(403, "Policy doesn't allow volume_extension:quotas:show to be performed.");
  const quota = { ...volumeQuotaOf(call), groups: 10, per_volume_gigabytes: -1 };
  if (!/^true$/i.test(call.req.query('usage') ?? '')) return json({ quota_set: { id, ...quota } });
  const own = ownVolumes(call);
  const used: Record<string, number> = {
    volumes: own.length,
    gigabytes: own.reduce((sum, row) => sum + row.size, 0),
  };
  return json({
    quota_set: {
      id,
      ...Object.fromEntries(
        Object.entries(quota).map(([resource, limit]) => [
          resource,
          { limit, in_use: used[resource] ?? 0, reserved: 0 },
        ]),
      ),
    },
  });
}

function limits(call: Call): Response {
  const quota = volumeQuotaOf(call);
  const own = ownVolumes(call);
  return json({
    limits: {
      rate: [],
      absolute: {
        totalSnapshotsUsed: 0,
        maxTotalBackups: quota.backups,
        maxTotalVolumeGigabytes: quota.gigabytes,
        maxTotalSnapshots: quota.snapshots,
        maxTotalBackupGigabytes: quota.backup_gigabytes,
        totalBackupGigabytesUsed: 0,
        maxTotalVolumes: quota.volumes,
        totalVolumesUsed: own.length,
        totalBackupsUsed: 0,
        totalGigabytesUsed: own.reduce((sum, row) => sum + row.size, 0),
      },
    },
  });
}
