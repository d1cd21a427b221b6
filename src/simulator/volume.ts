import {
  bodyOf,
  isAdmin,
  json,
  mayWrite,
  newApp,
  nothing,
  param,
  projectOf,
  Refusal,
  requireToken,
  type App,
  type Call,
} from './http.js';
import { isoMicros } from './ids.js';
import { numberAt, objectAt, pythonRepr, stringAt, stringsOf } from './json.js';
import { novaFaultName } from './faults.js';
import type { VolumeQuota, VolumeRecord } from './model.js';
import { DEFAULT_VOLUME_QUOTA } from './quota.js';

const ROOT = '/volume/v3/:project';
const MAX_LIMIT = 1000;

function refuse(status: number, message: string): never {
  throw new Refusal(json({ [novaFaultName(status)]: { code: status, message } }, status));
}

function requireMember(call: Call, policy: string): void {
  if (!mayWrite(call.get('token'))) refuse(403, `Policy doesn't allow ${policy} to be performed.`);
}

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

function quotaOf(call: Call): VolumeQuota {
  return call.env.region.volumeQuotas.get(projectOf(call)) ?? DEFAULT_VOLUME_QUOTA;
}

function ownVolumes(call: Call): VolumeRecord[] {
  return [...call.env.region.volumes.values()]
    .filter((volume) => volume.projectId === projectOf(call))
    .sort((a, b) => b.created - a.created || (a.id < b.id ? 1 : -1));
}

function links(call: Call, id: string): unknown[] {
  const path = `${projectOf(call)}/volumes/${id}`;
  return [
    { rel: 'self', href: `${call.env.base}/volume/v3/${path}` },
    { rel: 'bookmark', href: `${call.env.base}/volume/${path}` },
  ];
}

function render(call: Call, volume: VolumeRecord): Record<string, unknown> {
  const { attachment } = volume;
  const source = volume.imageId === null ? undefined : call.env.region.images.get(volume.imageId);
  return {
    id: volume.id,
    status: volume.status,
    size: volume.size,
    availability_zone: 'nova',
    created_at: isoMicros(volume.created),
    updated_at: isoMicros(volume.updated),
    attachments: attachment
      ? [
          {
            id: volume.id,
            attachment_id: attachment.id,
            volume_id: volume.id,
            server_id: attachment.serverId,
            host_name: null,
            device: attachment.device,
            attached_at: isoMicros(attachment.attachedAt),
          },
        ]
      : [],
    name: volume.name,
    description: volume.description,
    volume_type: volume.type,
    snapshot_id: null,
    source_volid: null,
    metadata: volume.metadata,
    links: links(call, volume.id),
    user_id: volume.userId,
    bootable: volume.bootable ? 'true' : 'false',
    encrypted: false,
    replication_status: null,
    consistencygroup_id: null,
    multiattach: false,
    'os-vol-tenant-attr:tenant_id': volume.projectId,
    ...(source && {
      volume_image_metadata: {
        image_id: source.id,
        image_name: source.name,
        min_disk: String(source.minDisk),
        min_ram: String(source.minRam),
        ...source.properties,
      },
    }),
  };
}

/** Cinder's API v3. */
export function volume(): App {
  const app = newApp();
  for (const path of ['/volume', '/volume/'])
    app.get(path, (call) => json({ versions: [version(call)] }, 300));
  for (const path of ['/volume/v3', '/volume/v3/'])
    app.get(path, (call) => json({ versions: [version(call)] }));
  requireToken(app, `${ROOT}/*`);
  app.use(`${ROOT}/*`, async (call, next) => {
    if (param(call, 'project') !== projectOf(call) && !isAdmin(call.get('token')))
      refuse(400, 'Malformed request url');
    const wanted =
      /(?:volume|block-storage)\s+(\S+)/.exec(call.req.header('OpenStack-API-Version') ?? '')?.[1] ?? '3.0';
    const minor = wanted === 'latest' ? 70 : Number(/^3\.(\d+)$/.exec(wanted)?.[1] ?? Number.NaN);
    if (!(minor <= 70)) {
      return json(
        {
          computeFault: {
            code: 406,
            message: `Version ${wanted} is not supported by the API. Minimum is 3.0 and maximum is 3.70.`,
          },
        },
        406,
      );
    }
    await next();
    call.res.headers.set('OpenStack-API-Version', `volume 3.${minor}`);
    call.res.headers.append('Vary', 'OpenStack-API-Version');
    return undefined;
  });
  volumes(app);
  app.get(`${ROOT}/limits`, (call) => limits(call));
  app.get(`${ROOT}/types`, (call) =>
    json({
      volume_types: call.env.region.volumeTypes.map((type) => ({
        id: type.id,
        name: type.name,
        is_public: true,
        description: type.description,
        extra_specs: {},
      })),
    }),
  );
  app.get(`${ROOT}/types/default`, (call) =>
    json({ volume_type: { ...call.env.region.volumeTypes[0], is_public: true, extra_specs: {} } }),
  );
  app.get(`${ROOT}/snapshots`, () => json({ snapshots: [] }));
  app.get(`${ROOT}/snapshots/detail`, () => json({ snapshots: [] }));
  app.get(`${ROOT}/backups/detail`, () => json({ backups: [] }));
  app.get(`${ROOT}/extensions`, () => json({ extensions: [] }));
  app.get(`${ROOT}/os-availability-zone`, () =>
    json({ availabilityZoneInfo: [{ zoneName: 'nova', zoneState: { available: true } }] }),
  );
  app.all('/volume/*', () =>
    json({ itemNotFound: { code: 404, message: 'The resource could not be found.' } }, 404),
  );
  return app;
}

function limits(call: Call): Response {
  const quota = quotaOf(call);
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

function volumes(app: App): void {
  const list = (call: Call, path: string, row: (volume: VolumeRecord) => unknown): Response => {
    const query = new URL(call.req.url).searchParams;
    const limitText = query.get('limit') ?? String(MAX_LIMIT);
    if (!/^\d+$/.test(limitText)) refuse(400, `limit param must be an integer`);
    const limit = Math.min(MAX_LIMIT, Number(limitText));
    const status = query.get('status');
    const name = query.get('name');
    const all = ownVolumes(call).filter(
      (one) => (status === null || one.status === status) && (name === null || one.name === name),
    );
    const marker = query.get('marker');
    const start = marker === null ? 0 : all.findIndex((one) => one.id === marker) + 1;
    if (marker !== null && start === 0) refuse(400, `marker [${marker}] not found`);
    const rows = all.slice(start, start + limit);
    const last = rows.at(-1);
    const next = new URLSearchParams(query);
    next.set('marker', last?.id ?? '');
    return json({
      volumes: rows.map(row),
      ...(last &&
        rows.length === limit && {
          volumes_links: [
            {
              rel: 'next',
              href: `${call.env.base}/volume/v3/${projectOf(call)}/${path}?${next.toString()}`,
            },
          ],
        }),
    });
  };
  app.get(`${ROOT}/volumes`, (call) =>
    list(call, 'volumes', (one) => ({ id: one.id, name: one.name, links: links(call, one.id) })),
  );
  app.get(`${ROOT}/volumes/detail`, (call) => list(call, 'volumes/detail', (one) => render(call, one)));
  const volumeIn = (call: Call): VolumeRecord => {
    const id = param(call, 'id');
    const found = call.env.region.volumes.get(id);
    if (found?.projectId !== projectOf(call)) refuse(404, `Volume ${id} could not be found.`);
    return found;
  };

  app.post(`${ROOT}/volumes`, async (call) => {
    const wanted = objectAt(await bodyOf(call), 'volume');
    if (!wanted) refuse(400, "'volume' is a required property");
    requireMember(call, 'volume:create');
    const size = numberAt(wanted, 'size');
    if (size === undefined || size < 1) {
      refuse(
        400,
        `Invalid input for field/attribute size. Value: ${pythonRepr(wanted['size'])}. ${pythonRepr(wanted['size'])} is not of type 'integer'`,
      );
    }
    const quota = quotaOf(call);
    const own = ownVolumes(call);
    const used = own.reduce((sum, row) => sum + row.size, 0);
    const over = (headers: string): never => {
      throw new Refusal(
        json({ overLimit: { code: 413, message: headers, retryAfter: '0' } }, 413, {
          'Retry-After': '0',
        }),
      );
    };
    if (quota.volumes >= 0 && own.length >= quota.volumes)
      over(
        `VolumeLimitExceeded: Maximum number of volumes allowed (${quota.volumes}) exceeded for quota 'volumes'.`,
      );
    if (quota.gigabytes >= 0 && used + size > quota.gigabytes)
      over(
        `VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed gigabytes quota. Requested ${size}G, quota is ${quota.gigabytes}G and ${used}G has been consumed.`,
      );
    const { state, region } = call.env;
    const now = state.now();
    const made: VolumeRecord = {
      id: state.ids.uuid(),
      name: stringAt(wanted, 'name') ?? null,
      description: stringAt(wanted, 'description') ?? null,
      projectId: projectOf(call),
      userId: call.get('token').user.id,
      size,
      status: 'creating',
      type: stringAt(wanted, 'volume_type') ?? region.volumeTypes[0]?.name ?? 'standard',
      bootable: stringAt(wanted, 'imageRef') !== undefined,
      imageId: stringAt(wanted, 'imageRef') ?? null,
      metadata: stringsOf(objectAt(wanted, 'metadata')),
      created: now,
      updated: now,
      attachment: null,
    };
    region.volumes.set(made.id, made);
    const answer = render(call, made);
    state.schedule(now + state.settings.actionMs, (at) => {
      if (made.status !== 'creating') return;
      made.status = 'available';
      made.updated = at;
    });
    return json({ volume: answer }, 202);
  });
  app.get(`${ROOT}/volumes/:id`, (call) => json({ volume: render(call, volumeIn(call)) }));
  app.put(`${ROOT}/volumes/:id`, async (call) => {
    const row = volumeIn(call);
    requireMember(call, 'volume:update');
    const wanted = objectAt(await bodyOf(call), 'volume');
    row.name = stringAt(wanted, 'name') ?? row.name;
    row.description = stringAt(wanted, 'description') ?? row.description;
    row.updated = call.env.state.now();
    return json({ volume: render(call, row) });
  });
  app.delete(`${ROOT}/volumes/:id`, (call) => {
    const row = volumeIn(call);
    requireMember(call, 'volume:delete');
    if (!['available', 'error', 'error_restoring', 'error_extending'].includes(row.status)) {
      refuse(
        400,
        'Invalid volume: Volume status must be available or error or error_restoring or error_extending or error_managing and must not be migrating, attached, belong to a group, have snapshots, awaiting a transfer, or be disassociated from snapshots after volume transfer.',
      );
    }
    row.status = 'deleting';
    const { region, state } = call.env;
    state.schedule(state.now() + state.settings.actionMs, () => region.volumes.delete(row.id));
    return nothing(202);
  });
}
