import {
  bodyOf,
  json,
  newApp,
  nothing,
  param,
  projectOf,
  requireToken,
  isAdmin,
  mayWrite,
  type App,
  type Call,
} from './http.js';
import { isoSeconds } from './ids.js';
import { htmlError } from './wsgi.js';
import { arrayAt, isObject, stringAt } from './json.js';
import type { ImageRecord } from './model.js';

const VERSIONS: readonly (readonly [string, string])[] = [
  ['v2.15', 'CURRENT'],
  ['v2.13', 'SUPPORTED'],
  ['v2.12', 'SUPPORTED'],
  ['v2.11', 'SUPPORTED'],
  ['v2.10', 'SUPPORTED'],
  ['v2.9', 'SUPPORTED'],
  ['v2.8', 'SUPPORTED'],
  ['v2.7', 'SUPPORTED'],
  ['v2.6', 'SUPPORTED'],
  ['v2.5', 'SUPPORTED'],
  ['v2.4', 'SUPPORTED'],
  ['v2.3', 'SUPPORTED'],
  ['v2.2', 'SUPPORTED'],
  ['v2.1', 'SUPPORTED'],
  ['v2.0', 'SUPPORTED'],
];
const DEFAULT_LIMIT = 25;
const MAX_LIMIT = 1000;

function visibleTo(call: Call, image: ImageRecord): boolean {
  return (
    image.visibility === 'public' ||
    image.visibility === 'community' ||
    image.owner === projectOf(call) ||
    isAdmin(call.get('token'))
  );
}

function renderImage(image: ImageRecord): Record<string, unknown> {
  return {
    ...image.properties,
    name: image.name,
    disk_format: image.diskFormat,
    container_format: image.containerFormat,
    visibility: image.visibility,
    size: image.size,
    virtual_size: image.minDisk * 1024 ** 3,
    status: image.status,
    checksum: image.checksum,
    protected: image.protected,
    min_ram: image.minRam,
    min_disk: image.minDisk,
    owner: image.owner,
    os_hidden: image.hidden,
    os_hash_algo: 'sha512',
    os_hash_value: image.checksum.repeat(4),
    id: image.id,
    created_at: isoSeconds(image.created),
    updated_at: isoSeconds(image.updated),
    tags: image.tags,
    self: `/v2/images/${image.id}`,
    file: `/v2/images/${image.id}/file`,
    schema: '/v2/schemas/image',
    stores: 'file',
  };
}

const BASE = new Set([
  'limit',
  'marker',
  'sort_key',
  'sort_dir',
  'sort',
  'tag',
  'visibility',
  'member_status',
  'size_min',
  'size_max',
]);

const SORT_KEYS: Readonly<Record<string, (image: ImageRecord) => string | number>> = {
  created_at: (image) => image.created,
  updated_at: (image) => image.updated,
  name: (image) => image.name,
  id: (image) => image.id,
  size: (image) => image.size,
  status: (image) => image.status,
  container_format: (image) => image.containerFormat,
  disk_format: (image) => image.diskFormat,
};

/** `sort=name:asc,created_at:desc`, or `sort_key` and `sort_dir` in pairs. */
function orderOf(query: URLSearchParams): { key: string; direction: string; sign: number }[] {
  const sort = query.get('sort');
  const parts =
    sort === null
      ? query
          .getAll('sort_key')
          .map((key, index) => `${key}:${query.getAll('sort_dir')[index] ?? query.get('sort_dir') ?? 'desc'}`)
      : sort.split(',');
  return [...parts, 'created_at:desc', 'id:desc'].map((part) => {
    const [key = '', direction = 'desc'] = part.split(':');
    return { key, direction, sign: direction === 'asc' ? 1 : -1 };
  });
}

function wantedImages(call: Call, query: URLSearchParams): ImageRecord[] | Response {
  const order = orderOf(query);
  const wrong = order.find(({ key }) => !SORT_KEYS[key]);
  if (wrong) {
    return htmlError(
      400,
      `Invalid sort key: ${wrong.key}. It must be one of the following: name, status, container_format, disk_format, size, id, created_at, updated_at.`,
    );
  }
  const direction = [...order.map(({ direction }) => direction)].find((text) => !/^(asc|desc)$/.test(text));
  if (direction !== undefined) return htmlError(400, `Invalid sort direction: ${direction}`);
  if (!/^(true|false)?$/.test(query.get('protected') ?? '')) {
    return htmlError(
      400,
      `Invalid value '${query.get('protected') ?? ''}' for 'protected' filter. Valid values are 'true' or 'false'.`,
    );
  }
  const visibility = query.get('visibility');
  if (visibility !== null && !/^(public|private|shared|community|all)$/.test(visibility)) {
    return htmlError(400, `Invalid visibility value: ${visibility}`);
  }
  const rows = [...call.env.region.images.values()].filter((image) => {
    if (!visibleTo(call, image)) return false;
    // Others' community images are listed to who asks for them only.
    if (visibility === null && image.visibility === 'community' && image.owner !== projectOf(call))
      return false;
    if (visibility !== null && visibility !== 'all' && image.visibility !== visibility) return false;
    if (image.hidden !== (query.get('os_hidden') === 'true')) return false;
    if (!query.getAll('tag').every((tag) => image.tags.includes(tag))) return false;
    const shown = renderImage(image);
    for (const [key, value] of query) {
      if (BASE.has(key) || key === 'os_hidden') continue;
      const wanted = value.startsWith('in:') ? value.slice(3).split(',') : [value.replace(/^eq:/, '')];
      if (!wanted.includes(String(shown[key] ?? ''))) return false;
    }
    return true;
  });
  return rows.sort((a, b) => {
    for (const { key, sign } of order) {
      const left = SORT_KEYS[key]?.(a) ?? '';
      const right = SORT_KEYS[key]?.(b) ?? '';
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  });
}

/** Glance's v2 API, as far as an ordinary user reads images. */
export function image(): App {
  const app = newApp();
  for (const path of ['/image', '/image/', '/image/versions'])
    app.get(path, (call) =>
      json(
        {
          versions: VERSIONS.map(([id, status]) => ({
            id,
            status,
            links: [{ rel: 'self', href: `${call.env.base}/image/v2/` }],
          })),
        },
        path === '/image/versions' ? 200 : 300,
      ),
    );
  requireToken(app, '/image/v2/*', () =>
    htmlError(
      401,
      'This server could not verify that you are authorized to access the document you requested. Either you supplied the wrong credentials (e.g., bad password), or your browser does not understand how to supply the credentials required.',
    ),
  );

  app.get('/image/v2/images', (call) => {
    const query = new URL(call.req.url).searchParams;
    const limitText = query.get('limit') ?? String(DEFAULT_LIMIT);
    if (!/^\d+$/.test(limitText)) {
      return htmlError(
        400,
        /^-\d+$/.test(limitText) ? 'limit param must be positive' : 'limit param must be an integer',
      );
    }
    const limit = Math.min(MAX_LIMIT, Number(limitText));
    const all = wantedImages(call, query);
    if (all instanceof Response) return all;
    const marker = query.get('marker');
    const start = marker === null ? 0 : all.findIndex((row) => row.id === marker) + 1;
    if (marker !== null && start === 0) {
      return htmlError(400, `No image found with ID ${marker}`);
    }
    const rows = all.slice(start, start + limit);
    const last = rows.at(-1);
    const rest = new URLSearchParams(query);
    rest.delete('marker');
    const first = rest.size > 0 ? `/v2/images?${rest.toString()}` : '/v2/images';
    let next: string | undefined;
    if (last && rows.length === limit) {
      rest.set('marker', last.id);
      next = `/v2/images?${rest.toString()}`;
    }
    return json({
      images: rows.map(renderImage),
      first,
      ...(next !== undefined && { next }),
      schema: '/v2/schemas/images',
    });
  });

  const imageIn = (call: Call): ImageRecord | Response => {
    const id = param(call, 'id');
    const found = call.env.region.images.get(id);
    return found && visibleTo(call, found) ? found : htmlError(404, `No image found with ID ${id}`);
  };
  app.get('/image/v2/images/:id', (call) => {
    const found = imageIn(call);
    return found instanceof Response ? found : json(renderImage(found));
  });
  app.patch('/image/v2/images/:id', async (call) => {
    const found = imageIn(call);
    if (found instanceof Response) return found;
    if (!owns(call, found)) return forbidden('modify_image');
    const changes: unknown = JSON.parse(await call.req.text());
    for (const item of arrayAt({ changes }, 'changes') ?? []) {
      if (!isObject(item)) continue;
      const key = (stringAt(item, 'path') ?? '').slice(1);
      const value = item['value'];
      if (key === 'name' && typeof value === 'string') found.name = value;
      else if (key === 'protected') found.protected = value === true;
      else if (stringAt(item, 'op') === 'remove') {
        const { [key]: _removed, ...kept } = found.properties;
        found.properties = kept;
      } else if (typeof value === 'string') found.properties = { ...found.properties, [key]: value };
    }
    found.updated = call.env.state.now();
    return json(renderImage(found));
  });
  app.delete('/image/v2/images/:id', (call) => {
    const found = imageIn(call);
    if (found instanceof Response) return found;
    if (!owns(call, found)) return forbidden('delete_image');
    if (found.protected) return htmlError(403, `Image ${found.id} is protected and cannot be deleted.`);
    call.env.region.images.delete(found.id);
    return nothing(204);
  });
  app.get('/image/v2/tasks', () => forbidden('tasks_api_access'));
  app.post('/image/v2/images', async (call) => {
    const wanted = await bodyOf(call);
    return forbidden(stringAt(wanted, 'visibility') === 'public' ? 'publicize_image' : 'add_image');
  });
  app.get('/image/v2/images/:id/members', (call) => {
    const found = imageIn(call);
    if (found instanceof Response) return found;
    return found.visibility === 'shared'
      ? json({ members: [], schema: '/v2/schemas/members' })
      : htmlError(403, `Not allowed to list members for image ${found.id}: Only shared images have members.`);
  });
  for (const kind of ['image', 'images', 'member', 'members'])
    app.get(`/image/v2/schemas/${kind}`, () =>
      json({
        name: kind,
        properties: {},
        ...(kind === 'image' && { additionalProperties: { type: 'string' } }),
      }),
    );
  app.get('/image/v2/info/stores', () => json({ stores: [{ id: 'file', default: 'true' }] }));
  app.get('/image/v2/info/import', () =>
    json({
      'import-methods': {
        description: 'Import methods available.',
        type: 'array',
        value: ['glance-direct', 'web-download'],
      },
    }),
  );
  app.all('/image/*', () => htmlError(404, 'The resource could not be found.'));
  return app;
}

function owns(call: Call, found: ImageRecord): boolean {
  const token = call.get('token');
  return isAdmin(token) || (found.owner === projectOf(call) && mayWrite(token));
}

function forbidden(action: string): Response {
  return htmlError(403, `You are not authorized to complete ${action} action.`);
}
