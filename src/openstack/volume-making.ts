import { versioned } from './catalog.js';
import { isOpenStackError } from './errors.js';
import {
  count,
  dict,
  key,
  list,
  member,
  needed,
  optional,
  readRow,
  rowReader,
  text,
  type Reader,
} from './schema.js';
import { ServiceClient, type CallOptions, type ServiceClientOptions } from './service.js';

/** A volume, as far as making and removing it needs. Reference: Block Storage, GET /v3/{project}/volumes/{id}. */
export interface MadeVolume {
  readonly id: string;
  readonly name: string;
  /** Cinder's word: `creating`, `downloading`, `available`, `in-use`, `error`, ... */
  readonly status: string;
  /** GiB. */
  readonly size: number;
  readonly metadata: Readonly<Record<string, string>>;
  /** ISO 8601. */
  readonly created: string;
  /** Servers that it is attached to. */
  readonly serverIds: readonly string[];
}

/** What a new volume shall be. Reference: POST /v3/{project}/volumes. */
export interface NewVolume {
  readonly name: string;
  /** GiB. */
  readonly size: number;
  /** Name or id; without it the cloud's default. */
  readonly type?: string | undefined;
  readonly imageId?: string | undefined;
  readonly snapshotId?: string | undefined;
  readonly availabilityZone?: string | undefined;
  /** Keys and values have at most 255 characters. */
  readonly metadata: Readonly<Record<string, string>>;
}

const rawReader = rowReader(
  'volume',
  {
    id: key('id'),
    name: optional('name', text, ''),
    status: needed('status', text, ''),
    size: needed('size', count, 0),
    metadata: optional('metadata', dict(text), {}),
    created: optional('created_at', text, ''),
    attachments: optional(
      'attachments',
      list(rowReader('volume.attachment', { serverId: optional('server_id', text, '') }, 'open')),
      [],
    ),
  },
  'open',
);

const reader: Reader<MadeVolume> = (value, report, row, field) => {
  const raw = rawReader(value, report, row, field);
  if (!raw) return undefined;
  const { attachments, ...volume } = raw;
  return { ...volume, serverIds: attachments.map(({ serverId }) => serverId) };
};

const volumeOf = (raw: unknown): MadeVolume => readRow(reader, raw, 'volume');

/**
 * What it takes to make a volume and to remove it again. A client of its own, so that a page that only shows volumes
 * does not carry it. Reference: Block Storage API v3.
 */
export class VolumeMaker extends ServiceClient {
  static readonly type = 'block-storage';

  constructor(o: ServiceClientOptions) {
    const base = versioned(o.endpoint, 'v3');
    super({ ...o, endpoint: base === o.endpoint.replace(/\/+$/, '') ? base : `${base}/${o.projectId}` });
  }

  /** Volumes of a name; all where none is given. Reference: GET /v3/{project}/volumes/detail. */
  async volumes(name?: string, o: CallOptions = {}): Promise<readonly MadeVolume[]> {
    const found: MadeVolume[] = [];
    const query = name === undefined ? undefined : { name };
    for await (const page of this.pages({ action: 'list-volumes' }, '/volumes/detail', 'volumes', reader, {
      query,
      signal: o.signal,
    }))
      found.push(...page.rows);
    return found;
  }

  /** Reference: GET /v3/{project}/volumes/{id}. */
  async volume(id: string, name: string, o: CallOptions = {}): Promise<MadeVolume> {
    const { data } = await this.request({
      attempt: { action: 'list-volumes', name },
      method: 'GET',
      path: `/volumes/${encodeURIComponent(id)}`,
      signal: o.signal,
      read: (body) => volumeOf(member(body, 'volume')),
    });
    return data;
  }

  /** It is `creating` at first. Reference: POST /v3/{project}/volumes. */
  async createVolume(volume: NewVolume, o: CallOptions = {}): Promise<MadeVolume> {
    const { data } = await this.request({
      attempt: { action: 'create-volume', name: volume.name },
      method: 'POST',
      path: '/volumes',
      signal: o.signal,
      body: {
        volume: {
          name: volume.name,
          size: volume.size,
          volume_type: volume.type,
          imageRef: volume.imageId,
          snapshot_id: volume.snapshotId,
          availability_zone: volume.availabilityZone,
          metadata: volume.metadata,
        },
      },
      read: (body) => volumeOf(member(body, 'volume')),
    });
    return data;
  }

  /** Reference: DELETE /v3/{project}/volumes/{id}. */
  async deleteVolume(id: string, name: string, o: CallOptions = {}): Promise<void> {
    await this.request({
      attempt: { action: 'delete-volume', name },
      method: 'DELETE',
      path: `/volumes/${encodeURIComponent(id)}`,
      signal: o.signal,
      expect: 'nothing',
      read: () => undefined,
    });
  }

  /** Takes one entry off its metadata; one that is not there is no failure. Reference: DELETE /v3/{project}/volumes/{id}/metadata/{key}. */
  async removeMetadata(id: string, entry: string, name: string, o: CallOptions = {}): Promise<void> {
    try {
      await this.request({
        attempt: { action: 'change-volume', name },
        method: 'DELETE',
        path: `/volumes/${encodeURIComponent(id)}/metadata/${encodeURIComponent(entry)}`,
        signal: o.signal,
        expect: 'nothing',
        read: () => undefined,
      });
    } catch (error) {
      if (!isOpenStackError(error) || error.kind !== 'not-found') throw error;
    }
  }
}
