import { versioned } from './catalog.js';
import { quota, type Quota } from './quota.js';
import {
  count,
  dict,
  flag,
  key,
  list,
  member,
  needed,
  oneOf,
  optional,
  readRow,
  rowReader,
  text,
  type Page,
  type Reader,
} from './schema.js';
import { ServiceClient, type CallOptions, type ServiceClientOptions } from './service.js';

export type { Quota } from './quota.js';

export const VOLUME_STATUSES = [
  'creating',
  'available',
  'reserved',
  'attaching',
  'detaching',
  'in-use',
  'maintenance',
  'managing',
  'unmanaging',
  'deleting',
  'awaiting-transfer',
  'backing-up',
  'restoring-backup',
  'downloading',
  'uploading',
  'retyping',
  'extending',
  'error',
  'error_attaching',
  'error_backing-up',
  'error_deleting',
  'error_detaching',
  'error_extending',
  'error_managing',
  'error_restoring',
  'error_unmanaging',
  'unknown',
] as const;

export type VolumeStatus = (typeof VOLUME_STATUSES)[number];

/** Reference: Block Storage, GET /v3/{project}/volumes/detail. */
export interface Volume {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly status: VolumeStatus;
  /** GiB. */
  readonly size: number;
  readonly volumeType: string | undefined;
  readonly bootable: boolean;
  readonly encrypted: boolean;
  readonly multiattach: boolean;
  readonly availabilityZone: string | undefined;
  /** ISO 8601. */
  readonly created: string;
  readonly updated: string | undefined;
  readonly userId: string | undefined;
  readonly projectId: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly attachments: readonly {
    readonly serverId: string;
    readonly device: string | undefined;
    readonly attachmentId: string | undefined;
  }[];
}

/** Reference: Block Storage, GET /v3/{project}/limits, `absolute`. */
export interface VolumeLimits {
  readonly volumes: Quota;
  /** GiB, snapshots included. */
  readonly gigabytes: Quota;
  readonly snapshots: Quota;
}

const rawVolume = rowReader(
  'volume',
  {
    id: key('id'),
    name: optional('name', text, ''),
    description: optional('description', text),
    status: needed('status', oneOf(VOLUME_STATUSES), 'unknown'),
    size: needed('size', count, 0),
    volumeType: optional('volume_type', text),
    // Cinder says it as a word.
    bootable: optional('bootable', oneOf(['true', 'false'])),
    encrypted: optional('encrypted', flag, false),
    multiattach: optional('multiattach', flag, false),
    availabilityZone: optional('availability_zone', text),
    created: optional('created_at', text, ''),
    updated: optional('updated_at', text),
    userId: optional('user_id', text),
    projectId: optional('os-vol-tenant-attr:tenant_id', text),
    metadata: optional('metadata', dict(text), {}),
    attachments: optional(
      'attachments',
      list(
        rowReader(
          'volume.attachment',
          {
            serverId: key('server_id'),
            device: optional('device', text),
            attachmentId: optional('attachment_id', text),
          },
          ['id', 'volume_id', 'host_name', 'attached_at'],
        ),
      ),
      [],
    ),
  },
  [
    'links',
    'snapshot_id',
    'source_volid',
    'consistencygroup_id',
    'group_id',
    'replication_status',
    'provider_id',
    'service_uuid',
    'shared_targets',
    'cluster_name',
    'volume_type_id',
    'consumes_quota',
    'encryption_key_id',
    'migration_status',
    'volume_image_metadata',
    'os-vol-host-attr:host',
    'os-vol-mig-status-attr:migstat',
    'os-vol-mig-status-attr:name_id',
    'os-volume-replication:driver_data',
    'os-volume-replication:extended_status',
  ],
);

const volumeReader: Reader<Volume> = (value, report, row, field) => {
  const volume = rawVolume(value, report, row, field);
  return volume && { ...volume, bootable: volume.bootable === 'true' };
};

const limitsReader = rowReader(
  'volume.limits',
  {
    volumes: needed('maxTotalVolumes', count, -1),
    volumesUsed: needed('totalVolumesUsed', count, 0),
    gigabytes: needed('maxTotalVolumeGigabytes', count, -1),
    gigabytesUsed: needed('totalGigabytesUsed', count, 0),
    snapshots: needed('maxTotalSnapshots', count, -1),
    snapshotsUsed: needed('totalSnapshotsUsed', count, 0),
  },
  ['maxTotalBackups', 'maxTotalBackupGigabytes', 'totalBackupsUsed', 'totalBackupGigabytesUsed'],
);

/** Volumes and their limits. Reference: Block Storage API v3. */
export class VolumeClient extends ServiceClient {
  static readonly type = 'block-storage';

  constructor(o: ServiceClientOptions) {
    const base = versioned(o.endpoint, 'v3');
    // A catalog without a version says nothing of the project id that the API wants after it.
    super({ ...o, endpoint: base === o.endpoint.replace(/\/+$/, '') ? base : `${base}/${o.projectId}` });
  }

  /** All volumes of the project. Reference: GET /v3/{project}/volumes/detail. */
  async *volumes(o: CallOptions = {}): AsyncGenerator<Page<Volume>, void, undefined> {
    yield* this.pages({ action: 'list-volumes' }, '/volumes/detail', 'volumes', volumeReader, {
      signal: o.signal,
    });
  }

  /** Reference: GET /v3/{project}/limits. */
  async limits(o: CallOptions = {}): Promise<VolumeLimits> {
    const { data } = await this.request({
      attempt: { action: 'read-limits' },
      method: 'GET',
      path: '/limits',
      signal: o.signal,
      read: (body) => readRow(limitsReader, member(member(body, 'limits'), 'absolute'), 'limits'),
    });
    return {
      volumes: quota(data.volumesUsed, data.volumes),
      gigabytes: quota(data.gigabytesUsed, data.gigabytes),
      snapshots: quota(data.snapshotsUsed, data.snapshots),
    };
  }
}
