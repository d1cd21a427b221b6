import type { Call } from './http.js';
import type { Token } from './model.js';
import type { SimulatedService } from './options.js';

interface CatalogService {
  readonly service: SimulatedService;
  readonly name: string;
  readonly type: string;
  readonly path: (projectId: string) => string;
}

/** The services as the catalog names them: Cinder goes by two types, as on many clouds. */
const SERVICES: readonly CatalogService[] = [
  { service: 'identity', name: 'keystone', type: 'identity', path: () => '/v3' },
  { service: 'placement', name: 'placement', type: 'placement', path: () => '/placement' },
  { service: 'image', name: 'glance', type: 'image', path: () => '/image' },
  { service: 'compute', name: 'nova', type: 'compute', path: () => '/compute/v2.1' },
  { service: 'network', name: 'neutron', type: 'network', path: () => '/network' },
  { service: 'dns', name: 'designate', type: 'dns', path: () => '/dns' },
  {
    service: 'block-storage',
    name: 'cinderv3',
    type: 'volumev3',
    path: (projectId) => `/volume/v3/${projectId}`,
  },
  {
    service: 'block-storage',
    name: 'cinder',
    type: 'block-storage',
    path: (projectId) => `/volume/v3/${projectId}`,
  },
];

/** The catalog of a scoped token: every service in every region by public, internal and admin interface. */
export function catalogFor(call: Call, token: Token): unknown[] {
  const { state } = call.env;
  const projectId = token.project?.id ?? '';
  const origin = new URL(call.env.base).origin;
  return SERVICES.filter(({ service }) => state.settings.services.has(service)).map((entry) => ({
    endpoints: state.regions.flatMap((region) =>
      ['public', 'internal', 'admin'].map((kind) => ({
        id: state.idFor(`endpoint/${entry.type}/${region.name}/${kind}`),
        interface: kind,
        region_id: region.name,
        url: origin + (entry.service === 'identity' ? '' : region.prefix) + entry.path(projectId),
        region: region.name,
      })),
    ),
    id: state.idFor(`service/${entry.type}`),
    type: entry.type,
    name: entry.name,
  }));
}
