import { versioned } from './catalog.js';
import {
  count,
  isRecord,
  key,
  list,
  needed,
  oneOf,
  optional,
  rowReader,
  text,
  type Page,
  type Reader,
} from './schema.js';
import { ServiceClient, type CallOptions, type ServiceClientOptions } from './service.js';

export type ImageStatus =
  | 'queued'
  | 'saving'
  | 'uploading'
  | 'importing'
  | 'active'
  | 'deactivated'
  | 'killed'
  | 'deleted'
  | 'pending_delete'
  | 'unknown';

export type ImageVisibility = 'public' | 'private' | 'shared' | 'community';

/** What a server's disk is copied from. Reference: Image, GET /v2/images. */
export interface Image {
  readonly id: string;
  readonly name: string;
  readonly status: ImageStatus;
  readonly visibility: ImageVisibility;
  /** Bytes; undefined until the data is there. */
  readonly size: number | undefined;
  /** GiB a server's disk must have at least. */
  readonly minDisk: number;
  /** MiB a server must have at least. */
  readonly minRam: number;
  readonly osDistro: string | undefined;
  readonly osVersion: string | undefined;
  /** Id of a project. */
  readonly owner: string | undefined;
  /** ISO 8601. */
  readonly created: string;
  readonly updated: string;
  readonly tags: readonly string[];
  /** All further properties, `os_distro` and `os_version` included. */
  readonly properties: Readonly<Record<string, string>>;
}

const fields = {
  id: key('id'),
  name: optional('name', text, ''),
  status: needed(
    'status',
    oneOf([
      'queued',
      'saving',
      'uploading',
      'importing',
      'active',
      'deactivated',
      'killed',
      'deleted',
      'pending_delete',
    ]),
    'unknown',
  ),
  visibility: needed('visibility', oneOf(['public', 'private', 'shared', 'community']), 'private'),
  size: optional('size', count),
  minDisk: optional('min_disk', count, 0),
  minRam: optional('min_ram', count, 0),
  osDistro: optional('os_distro', text),
  osVersion: optional('os_version', text),
  owner: optional('owner', text),
  created: optional('created_at', text, ''),
  updated: optional('updated_at', text, ''),
  tags: optional('tags', list(text), []),
};

// Any further field of an image is a property that somebody gave it.
const rawImage = rowReader('image', fields, 'open');

/** Fields that belong to every image and are no properties of it. */
const BASE = new Set([
  ...Object.values(fields).map((field) => field.name),
  'checksum',
  'container_format',
  'direct_url',
  'disk_format',
  'file',
  'locations',
  'os_hash_algo',
  'os_hash_value',
  'os_hidden',
  'protected',
  'schema',
  'self',
  'stores',
  'virtual_size',
]);

const imageReader: Reader<Image> = (value, report, row, field) => {
  const image = rawImage(value, report, row, field);
  if (!image || !isRecord(value)) return undefined;
  const properties: Record<string, string> = {};
  for (const [name, property] of Object.entries(value)) {
    const own = !BASE.has(name) || name === 'os_distro' || name === 'os_version';
    if (own && typeof property === 'string') properties[name] = property;
  }
  return { ...image, properties };
};

/** As many as Glance gives at once. */
const PAGE_SIZE = 1000;

/** Images. Reference: Image API v2. */
export class ImageClient extends ServiceClient {
  static readonly type = 'image';

  constructor(o: ServiceClientOptions) {
    super({ ...o, endpoint: versioned(o.endpoint, 'v2') });
  }

  /** All images the project sees, of any status, the newest first. Reference: GET /v2/images. */
  async *images(o: CallOptions = {}): AsyncGenerator<Page<Image>, void, undefined> {
    yield* this.pages({ action: 'list-images' }, '/images', 'images', imageReader, {
      query: { limit: PAGE_SIZE },
      signal: o.signal,
    });
  }
}
