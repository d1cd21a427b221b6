import { bodyOf, json, nothing, param, projectOf, Refusal, type App, type Call } from './http.js';
import { isoMicros } from './ids.js';
import { objectAt, pythonStr, pythonRepr, stringAt, stringsOf } from './json.js';
import type { VolumeRecord } from './model.js';
import {
  ownVolumes,
  refuseVolume,
  requireVolumeMember,
  VOLUME_ROOT,
  volumeQuotaOf,
  volumeSince,
} from './volume-common.js';

const MAX_LIMIT = 1000;
const FILTERS = new Set([
  'limit', 'marker', 'offset', 'sort', 'sort_key', 'sort_dir', 'with_count', 'all_tenants', 'name',
  'status', 'metadata', 'bootable', 'availability_zone', 'created_at', 'updated_at', 'glance_metadata',
]); // prettier-ignore

/** A size in GiB, or Cinder's refusal. */
function sizeOf(value: unknown): number {
  if (value === undefined || value === null) {
    refuseVolume(
      400,
      'The server could not comply with the request since it is either malformed or otherwise incorrect.',
    );
  }
  const refuse = (reason: string): never =>
    refuseVolume(400, `Invalid input for field/attribute size. Value: ${pythonStr(value)}. ${reason}`);
  if (!/^[0-9]+$/.test(pythonStr(value))) return refuse(`${pythonRepr(value)} does not match '^[0-9]+$'`);
  const size = Number(value);
  return size < 1 ? refuse(`${pythonRepr(value)} is less than the minimum of 1`) : size;
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
    snapshot_id: volume.snapshotId ?? null,
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
    ...(volumeSince(call, 13) && { group_id: null }),
    ...(volumeSince(call, 48) && { shared_targets: false, service_uuid: null }),
    ...(volumeSince(call, 63) && {
      volume_type_id: call.env.region.volumeTypes.find(({ name }) => name === volume.type)?.id ?? null,
    }),
    ...(volumeSince(call, 65) && { consumes_quota: true }),
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

/** `/volumes`: lists, create, show, rename, delete. */
export function volumes(app: App): void {
  const list = (call: Call, path: string, row: (volume: VolumeRecord) => unknown): Response => {
    const query = new URL(call.req.url).searchParams;
    const limitText = query.get('limit') ?? String(MAX_LIMIT);
    if (!/^\d+$/.test(limitText))
      refuseVolume(
        400,
        /^-\d+$/.test(limitText) ? 'limit param must be positive' : 'limit param must be an integer',
      );
    const limit = Math.min(MAX_LIMIT, Number(limitText));
    const status = query.get('status');
    const name = query.get('name');
    const all = ownVolumes(call).filter(
      (one) => (status === null || one.status === status) && (name === null || one.name === name),
    );
    const marker = query.get('marker');
    const start = marker === null ? 0 : all.findIndex((one) => one.id === marker) + 1;
    if (marker !== null && start === 0) refuseVolume(404, `Volume ${marker} could not be found.`);
    const rows = all.slice(start, start + limit);
    const last = rows.at(-1);
    if (volumeSince(call, 31)) {
      const unknown = [...query.keys()].filter((key) => !FILTERS.has(key));
      if (unknown.length > 0)
        refuseVolume(400, `Invalid filters ${unknown.join(', ')} are found in query options.`);
    }
    const next = new URLSearchParams(query);
    next.set('marker', last?.id ?? '');
    return json({
      volumes: rows.map(row),
      ...(volumeSince(call, 45) && /^true$/i.test(query.get('with_count') ?? '') && { count: all.length }),
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
  app.get(`${VOLUME_ROOT}/volumes`, (call) =>
    list(call, 'volumes', (one) => ({ id: one.id, name: one.name, links: links(call, one.id) })),
  );
  app.get(`${VOLUME_ROOT}/volumes/detail`, (call) =>
    list(call, 'volumes/detail', (one) => render(call, one)),
  );
  app.get(`${VOLUME_ROOT}/volumes/summary`, (call) => {
    if (!volumeSince(call, 12)) refuseVolume(404, 'The resource could not be found.');
    const own = ownVolumes(call);
    const size = own.reduce((sum, one) => sum + one.size, 0);
    return json({ 'volume-summary': { total_size: size, total_count: own.length, metadata: {} } });
  });
  const volumeIn = (call: Call): VolumeRecord => {
    const id = param(call, 'id');
    const found = call.env.region.volumes.get(id);
    if (found?.projectId !== projectOf(call)) refuseVolume(404, `Volume ${id} could not be found.`);
    return found;
  };

  app.post(`${VOLUME_ROOT}/volumes`, async (call) => {
    const body = await bodyOf(call);
    if (!body) refuseVolume(400, 'Malformed request body');
    const wanted = objectAt(body, 'volume');
    if (!wanted) refuseVolume(400, "'volume' is a required property");
    requireVolumeMember(call, 'volume:create');
    const snapshotId = stringAt(wanted, 'snapshot_id');
    const snapshot = snapshotId === undefined ? undefined : call.env.region.volumeSnapshots.get(snapshotId);
    if (snapshotId !== undefined && snapshot?.projectId !== projectOf(call))
      refuseVolume(404, `Snapshot ${snapshotId} could not be found.`);
    const size = sizeOf(wanted['size'] ?? snapshot?.size);
    if (snapshot && size < snapshot.size)
      refuseVolume(
        400,
        `Invalid input received: Volume size '${size}' must be equal to or larger than snapshot size '${snapshot.size}'.`,
      );
    const type = stringAt(wanted, 'volume_type');
    if (
      type !== undefined &&
      !call.env.region.volumeTypes.some(({ id, name }) => id === type || name === type)
    )
      refuseVolume(404, `Volume type with name ${type} could not be found.`);
    const image = stringAt(wanted, 'imageRef');
    if (image !== undefined && !call.env.region.images.has(image))
      refuseVolume(400, 'Invalid image identifier or unable to access requested image.');
    const quota = volumeQuotaOf(call);
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
      bootable: stringAt(wanted, 'imageRef') !== undefined || snapshot?.bootable === true,
      imageId: stringAt(wanted, 'imageRef') ?? snapshot?.imageId ?? null,
      snapshotId: snapshot?.id ?? null,
      metadata: stringsOf(objectAt(wanted, 'metadata')),
      created: now,
      updated: now,
      attachment: null,
    };
    region.volumes.set(made.id, made);
    const { 'os-vol-tenant-attr:tenant_id': _project, ...answer } = render(call, made);
    answer['updated_at'] = null;
    state.schedule(now + state.settings.actionMs, (at) => {
      if (made.status !== 'creating') return;
      made.status = 'available';
      made.updated = at;
    });
    return json({ volume: answer }, 202);
  });
  app.get(`${VOLUME_ROOT}/volumes/:id`, (call) => json({ volume: render(call, volumeIn(call)) }));
  app.put(`${VOLUME_ROOT}/volumes/:id`, async (call) => {
    const row = volumeIn(call);
    requireVolumeMember(call, 'volume:update');
    const wanted = objectAt(await bodyOf(call), 'volume');
    row.name = stringAt(wanted, 'name') ?? row.name;
    row.description = stringAt(wanted, 'description') ?? row.description;
    row.updated = call.env.state.now();
    const { 'os-vol-tenant-attr:tenant_id': _project, ...answer } = render(call, row);
    return json({ volume: answer });
  });
  app.delete(`${VOLUME_ROOT}/volumes/:id`, (call) => {
    const row = volumeIn(call);
    requireVolumeMember(call, 'volume:delete');
    if (!['available', 'error', 'error_restoring', 'error_extending'].includes(row.status)) {
      refuseVolume(
        400,
        'Invalid volume: Volume status must be available or error or error_restoring or error_extending or error_managing and must not be migrating, attached, belong to a group, have snapshots, awaiting a transfer, or be disassociated from snapshots after volume transfer.',
      );
    }
    if ([...call.env.region.volumeSnapshots.values()].some(({ volumeId }) => volumeId === row.id))
      refuseVolume(
        400,
        'Invalid volume: Volume status must be available or error and must not have snapshots.',
      );
    row.status = 'deleting';
    const { region, state } = call.env;
    state.schedule(state.now() + state.settings.actionMs, () => region.volumes.delete(row.id));
    return nothing(202);
  });
  app.delete(`${VOLUME_ROOT}/volumes/:id/metadata/:key`, (call) => {
    const row = volumeIn(call);
    requireVolumeMember(call, 'volume:delete_volume_metadata');
    const { [param(call, 'key')]: value, ...others } = row.metadata;
    if (value === undefined)
      refuseVolume(404, `Volume ${row.id} has no metadata with key ${param(call, 'key')}.`);
    row.metadata = others;
    row.updated = call.env.state.now();
    return nothing(200);
  });
  app.post(`${VOLUME_ROOT}/volumes/:id/action`, async (call) => {
    const row = volumeIn(call);
    const body = await bodyOf(call);
    const [name = ''] = Object.keys(body ?? {});
    if (name !== 'os-extend') {
      refuseVolume(
        400,
        `There is no such action: ${name}. Verify the request body and Content-Type header and try again.`,
      );
    }
    requireVolumeMember(call, 'volume:extend');
    const size = sizeOf(objectAt(body, 'os-extend')?.['new_size']);
    if (size <= row.size) {
      refuseVolume(
        400,
        `Invalid input received: New size for extend must be greater than current size. (current: ${row.size}, extended: ${size}).`,
      );
    }
    row.size = size;
    row.updated = call.env.state.now();
    return nothing(202);
  });
}
