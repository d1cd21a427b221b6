import { versioned } from './catalog.js';
import { quota, type Quota } from './quota.js';
import {
  count,
  dict,
  flag,
  isRecord,
  key,
  list,
  member,
  needed,
  optional,
  readRow,
  rowReader,
  text,
} from './schema.js';
import { ServiceClient, type CallOptions, type ServiceClientOptions } from './service.js';

/** A part of the cloud with power and network of its own. Reference: Compute, GET /os-availability-zone. */
export interface AvailabilityZone {
  /** Its name. */
  readonly id: string;
  readonly available: boolean;
}

/** Servers that are kept apart or together. Reference: Compute, GET /os-server-groups. */
export interface ServerGroup {
  readonly id: string;
  readonly name: string;
  /** Nova's word: `affinity`, `anti-affinity`, `soft-affinity`, `soft-anti-affinity`. */
  readonly policy: string;
  /** Ids of servers. */
  readonly members: readonly string[];
}

/** A kind of volume. Reference: Block Storage, GET /v3/{project}/types. */
export interface VolumeType {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  /** Whether it is taken where none is named, as far as the cloud says so. */
  readonly isDefault: boolean;
}

/** A state of a volume. Reference: Block Storage, GET /v3/{project}/snapshots/detail. */
export interface VolumeSnapshot {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  /** GiB. */
  readonly size: number;
  readonly volumeId: string;
  /** ISO 8601. */
  readonly created: string;
}

/** What a volume is and what it was made from. Reference: Block Storage, GET /v3/{project}/volumes/{id}. */
export interface VolumeOrigin {
  readonly id: string;
  readonly name: string;
  /** GiB. */
  readonly size: number;
  /** Name of the volume type. */
  readonly type: string | undefined;
  readonly bootable: boolean;
  /** The image that was put on it, or on what it was made from; undefined where there was none. */
  readonly image: { readonly id: string | undefined; readonly name: string | undefined } | undefined;
  /** Id of the snapshot that it was made from. */
  readonly snapshotId: string | undefined;
  /** Id of the volume that it is a copy of. */
  readonly sourceId: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly attachments: readonly { readonly serverId: string; readonly device: string }[];
}

const OPEN = 'open' as const;

const zoneReader = rowReader(
  'zone',
  {
    id: key('zoneName'),
    state: optional(
      'zoneState',
      rowReader('zone.state', { available: optional('available', flag, true) }, OPEN),
    ),
  },
  OPEN,
);

const groupReader = rowReader(
  'server_group',
  {
    id: key('id'),
    name: optional('name', text, ''),
    // One word from 2.64 on, a list before.
    policy: optional('policy', text),
    policies: optional('policies', list(text), []),
    members: optional('members', list(text), []),
  },
  OPEN,
);

/** What of Nova is asked only by those who look for it. Reference: Compute API v2.1. */
export class ComputeFacts extends ServiceClient {
  static readonly type = 'compute';

  constructor(o: ServiceClientOptions) {
    super({ ...o, endpoint: versioned(o.endpoint, 'v2.1') });
  }

  /** Reference: GET /os-availability-zone. */
  async zones(o: CallOptions = {}): Promise<readonly AvailabilityZone[]> {
    const { data } = await this.request({
      attempt: { action: 'list-flavors' },
      method: 'GET',
      path: '/os-availability-zone',
      signal: o.signal,
      read: (body) => readRow(list(zoneReader), member(body, 'availabilityZoneInfo'), 'zones'),
    });
    return data.map(({ id, state }) => ({ id, available: state?.available ?? true }));
  }

  /** The project's server groups. Reference: GET /os-server-groups. */
  async serverGroups(o: CallOptions = {}): Promise<readonly ServerGroup[]> {
    const { data } = await this.request({
      attempt: { action: 'list-instances' },
      method: 'GET',
      path: '/os-server-groups',
      signal: o.signal,
      read: (body) => readRow(list(groupReader), member(body, 'server_groups'), 'server groups'),
    });
    return data.map(({ policies, policy, ...group }) => ({ ...group, policy: policy ?? policies[0] ?? '' }));
  }
}

const typeReader = rowReader(
  'volume_type',
  { id: key('id'), name: needed('name', text, ''), description: optional('description', text) },
  OPEN,
);

const snapshotReader = rowReader(
  'snapshot',
  {
    id: key('id'),
    name: optional('name', text, ''),
    status: needed('status', text, ''),
    size: needed('size', count, 0),
    volumeId: optional('volume_id', text, ''),
    created: optional('created_at', text, ''),
  },
  OPEN,
);

const originReader = rowReader(
  'volume',
  {
    id: key('id'),
    name: optional('name', text, ''),
    size: needed('size', count, 0),
    type: optional('volume_type', text),
    // Cinder says it as a word.
    bootable: optional('bootable', text),
    image: optional(
      'volume_image_metadata',
      rowReader('volume.image', { id: optional('image_id', text), name: optional('image_name', text) }, OPEN),
    ),
    snapshotId: optional('snapshot_id', text),
    sourceId: optional('source_volid', text),
    metadata: optional('metadata', dict(text), {}),
    attachments: optional(
      'attachments',
      list(
        rowReader(
          'volume.attachment',
          { serverId: optional('server_id', text, ''), device: optional('device', text, '') },
          OPEN,
        ),
      ),
      [],
    ),
  },
  OPEN,
);

const useReader = rowReader(
  'volume.quota',
  {
    limit: needed('limit', count, -1),
    used: optional('in_use', count, 0),
    reserved: optional('reserved', count, 0),
  },
  OPEN,
);

/** What of Cinder is asked only by those who look for it. Reference: Block Storage API v3. */
export class VolumeFacts extends ServiceClient {
  static readonly type = 'block-storage';

  constructor(o: ServiceClientOptions) {
    const base = versioned(o.endpoint, 'v3');
    super({ ...o, endpoint: base === o.endpoint.replace(/\/+$/, '') ? base : `${base}/${o.projectId}` });
  }

  /** Reference: GET /v3/{project}/types. */
  async types(o: CallOptions = {}): Promise<readonly VolumeType[]> {
    const { data } = await this.request({
      attempt: { action: 'list-volumes' },
      method: 'GET',
      path: '/types',
      signal: o.signal,
      read: (body) => readRow(list(typeReader), member(body, 'volume_types'), 'volume types'),
    });
    return data.map((type) => ({ ...type, isDefault: type.name === '__DEFAULT__' }));
  }

  /** What a volume was made from. Reference: GET /v3/{project}/volumes/{id}. */
  async origin(id: string, o: CallOptions = {}): Promise<VolumeOrigin> {
    const { data } = await this.request({
      attempt: { action: 'list-volumes' },
      method: 'GET',
      path: `/volumes/${encodeURIComponent(id)}`,
      signal: o.signal,
      read: (body) => readRow(originReader, member(body, 'volume'), 'volume'),
    });
    return { ...data, bootable: data.bootable === 'true' };
  }

  /** Reference: GET /v3/{project}/snapshots/detail. */
  async snapshots(o: CallOptions = {}): Promise<readonly VolumeSnapshot[]> {
    const { data } = await this.request({
      attempt: { action: 'list-volumes' },
      method: 'GET',
      path: '/snapshots/detail',
      signal: o.signal,
      read: (body) => readRow(list(snapshotReader), member(body, 'snapshots'), 'snapshots'),
    });
    return data;
  }

  /**
   * Quotas by Cinder's own names, those for single volume types included (`gigabytes_fast`).
   * Reference: GET /v3/{project}/os-quota-sets/{project}?usage=true.
   */
  async quotas(o: CallOptions = {}): Promise<Readonly<Record<string, Quota>>> {
    const { data } = await this.request({
      attempt: { action: 'read-limits' },
      method: 'GET',
      path: `/os-quota-sets/${this.projectId}`,
      query: { usage: 'true' },
      signal: o.signal,
      read: (body) => {
        const set = member(body, 'quota_set');
        // Beside the quotas there is the project's id.
        const quotas = isRecord(set)
          ? Object.fromEntries(Object.entries(set).filter(([, value]) => isRecord(value)))
          : set;
        return readRow(dict(useReader), quotas, 'quotas');
      },
    });
    return Object.fromEntries(
      Object.entries(data).map(([name, { used, reserved, limit }]) => [name, quota(used + reserved, limit)]),
    );
  }
}
