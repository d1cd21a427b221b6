import { collectProblems, list, optional, rowReader, text } from './schema.js';

/**
 * Other names a catalog may use, the best first. Those of older major versions (`volumev2`) are left out on purpose.
 * https://service-types.openstack.org/
 */
const ALIASES: Partial<Record<ServiceType, readonly string[]>> = {
  identity: ['identityv3', 'identity_v3'],
  compute: ['computev21', 'compute_v21'],
  image: ['imagev2'],
  'block-storage': ['volumev3', 'block-store', 'volume'],
  'shared-file-system': ['sharev2', 'share'],
  'container-infra': ['container-infrastructure', 'container-infrastructure-management'],
};

const namesOf = (type: ServiceType): readonly string[] => [type, ...(ALIASES[type] ?? [])];

/** The official names of the types of services. */
export const SERVICE_TYPES = [
  'identity',
  'compute',
  'image',
  'network',
  'block-storage',
  'placement',
  'dns',
  'orchestration',
  'object-store',
  'load-balancer',
  'shared-file-system',
  'container-infra',
  'key-manager',
] as const;

/** A service by the official name of its type. */
export type ServiceType = (typeof SERVICE_TYPES)[number];

/** The official name for a type as a catalog or a person writes it (`volumev3` is `block-storage`). */
export function serviceType(alias: string): ServiceType | undefined {
  return SERVICE_TYPES.find((type) => namesOf(type).includes(alias));
}

export interface CatalogEndpoint {
  readonly interface: string;
  readonly url: string;
  readonly region: string | undefined;
}

export interface CatalogEntry {
  readonly type: string;
  readonly endpoints: readonly CatalogEndpoint[];
}

/** Which services a token may use, and where. Reference: Identity, POST /v3/auth/tokens, `token.catalog`. */
export class Catalog {
  readonly entries: readonly CatalogEntry[];

  constructor(entries: readonly CatalogEntry[]) {
    this.entries = entries;
  }

  has(type: ServiceType, region?: string): boolean {
    return this.endpoint(type, region === undefined ? {} : { region }) !== undefined;
  }

  /**
   * The URL of a service without a closing slash, as the catalog has it: with or without version, project id, port.
   *
   * @param o.region any region when left out. Identity belongs to all regions and is found in any.
   * @param o.interface `public` (the default), `internal` or `admin`; the older `publicURL` forms match too
   */
  endpoint(
    type: ServiceType,
    o: { region?: string | undefined; interface?: 'public' | 'internal' | 'admin' } = {},
  ): string | undefined {
    const wanted = o.interface ?? 'public';
    for (const alias of namesOf(type)) {
      const endpoints = this.entries
        .filter((entry) => entry.type === alias)
        .flatMap((entry) => entry.endpoints)
        .filter(
          (endpoint) => endpoint.interface.replace(/URL$/, '') === wanted && URL.canParse(endpoint.url),
        );
      const here = endpoints.find((endpoint) => o.region === undefined || endpoint.region === o.region);
      const found = here ?? (type === 'identity' ? endpoints[0] : undefined);
      if (found) return found.url.replace(/\/+$/, '');
    }
    return undefined;
  }

  /** The regions that have a compute service, in the catalog's order; all regions where none has one. */
  regions(): string[] {
    const named = (entries: readonly CatalogEntry[]): string[] => [
      ...new Set(entries.flatMap((entry) => entry.endpoints).flatMap((endpoint) => endpoint.region ?? [])),
    ];
    const compute = named(this.entries.filter((entry) => namesOf('compute').includes(entry.type)));
    return compute.length ? compute : named(this.entries);
  }
}

const endpointReader = rowReader(
  'catalog.endpoint',
  {
    interface: optional('interface', text, 'public'),
    url: optional('url', text, ''),
    region: optional('region_id', text),
    regionName: optional('region', text),
  },
  'open',
);

const entryReader = rowReader(
  'catalog.service',
  { type: optional('type', text, ''), endpoints: optional('endpoints', list(endpointReader), []) },
  'open',
);

/** Reads the `catalog` of a token; an entry that is not understood is left out. */
export function readCatalog(raw: unknown): Catalog {
  const entries = list(entryReader)(raw, collectProblems().report, 'token', 'catalog') ?? [];
  return new Catalog(
    entries.map(({ type, endpoints }) => ({
      type,
      endpoints: endpoints.map((endpoint) => ({
        ...endpoint,
        region: endpoint.region ?? endpoint.regionName,
      })),
    })),
  );
}

const VERSION = /\/v\d+(?:\.\d+)?(?=\/|$)/;

/**
 * An endpoint with the version its API needs, whatever the catalog has: `https://nova.example` and
 * `https://nova.example/v2/<project>` become `.../v2.1` and `.../v2.1/<project>`.
 */
export function versioned(endpoint: string, version: string): string {
  const base = endpoint.replace(/\/+$/, '');
  if (!VERSION.test(base)) return `${base}/${version}`;
  // A catalog that names the major version alone (Nova's /v2) means the older API: it knows no microversions.
  const major = `/${version.split('.', 1).join()}`;
  return base.replace(VERSION, (found) => (found === major ? `/${version}` : found));
}
