import { isAdmin, json, param, type App, type Call } from './http.js';
import { checkSort, knownQuery, page, refuse, selfLinks, since } from './compute-version.js';
import type { FlavorRecord } from './model.js';

const QUERY = new Set(['limit', 'marker', 'is_public', 'minRam', 'minDisk', 'sort_key', 'sort_dir']);
const SORT_KEYS = [
  'created_at', 'description', 'disabled', 'ephemeral_gb', 'flavorid', 'id', 'is_public',
  'memory_mb', 'name', 'root_gb', 'rxtx_factor', 'swap', 'updated_at', 'vcpu_weight', 'vcpus',
]; // prettier-ignore

const SORTS: Readonly<Record<string, (flavor: FlavorRecord) => string | number>> = {
  flavorid: (flavor) => flavor.id,
  name: (flavor) => flavor.name,
  memory_mb: (flavor) => flavor.ram,
  root_gb: (flavor) => flavor.disk,
  vcpus: (flavor) => flavor.vcpus,
};

function basicFlavor(call: Call, flavor: FlavorRecord): Record<string, unknown> {
  return {
    id: flavor.id,
    name: flavor.name,
    links: selfLinks(call, 'flavors', flavor.id),
    ...(since(call, 55) && { description: flavor.description }),
  };
}

function detailedFlavor(call: Call, flavor: FlavorRecord): Record<string, unknown> {
  return {
    ...basicFlavor(call, flavor),
    ram: flavor.ram,
    disk: flavor.disk,
    swap: flavor.swap || (since(call, 75) ? 0 : ''),
    'OS-FLV-EXT-DATA:ephemeral': flavor.ephemeral,
    'OS-FLV-DISABLED:disabled': flavor.disabled,
    vcpus: flavor.vcpus,
    'os-flavor-access:is_public': flavor.isPublic,
    rxtx_factor: 1,
    ...(since(call, 61) && { extra_specs: flavor.extraSpecs }),
  };
}

/** Sizes a server may have. */
export function flavors(app: App, root: string): void {
  const list = (call: Call, path: string, render: (flavor: FlavorRecord) => unknown): Response => {
    knownQuery(call, QUERY);
    checkSort(call, SORT_KEYS);
    const query = new URL(call.req.url).searchParams;
    for (const name of ['minRam', 'minDisk'])
      if (!/^\d*$/.test(query.get(name) ?? ''))
        refuse(400, `Invalid ${name} filter [${query.get(name) ?? ''}]`);
    const by = SORTS[query.get('sort_key') ?? 'flavorid'] ?? ((flavor) => flavor.id);
    const sign = query.get('sort_dir') === 'desc' ? -1 : 1;
    const all = [...call.env.region.flavors.values()]
      .filter(
        (flavor) =>
          (flavor.isPublic || isAdmin(call.get('token'))) &&
          flavor.ram >= Number(query.get('minRam') ?? 0) &&
          flavor.disk >= Number(query.get('minDisk') ?? 0),
      )
      .sort((a, b) => (by(a) === by(b) ? (a.id < b.id ? -1 : 1) : by(a) < by(b) ? -sign : sign));
    const { items, next } = page(call, all, (flavor) => flavor.id);
    return json({
      flavors: items.map(render),
      ...(next !== undefined && {
        flavors_links: [{ rel: 'next', href: `${call.env.base}${root}/${path}?${next}` }],
      }),
    });
  };
  app.get(`${root}/flavors`, (call) => list(call, 'flavors', (flavor) => basicFlavor(call, flavor)));
  app.get(`${root}/flavors/detail`, (call) =>
    list(call, 'flavors/detail', (flavor) => detailedFlavor(call, flavor)),
  );
  const flavorIn = (call: Call): FlavorRecord => {
    const id = param(call, 'id');
    const flavor = call.env.region.flavors.get(id);
    if (!flavor) refuse(404, `Flavor ${id} could not be found.`);
    return flavor;
  };
  app.get(`${root}/flavors/:id`, (call) => json({ flavor: detailedFlavor(call, flavorIn(call)) }));
  app.get(`${root}/flavors/:id/os-extra_specs`, (call) => json({ extra_specs: flavorIn(call).extraSpecs }));
}
