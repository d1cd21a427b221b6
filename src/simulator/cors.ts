import type { Settings } from './options.js';

/**
 * CORS as oslo.middleware's `cors` does it, with the headers each service ships as its default.
 * What it does not allow it does not mention: a preflight naming one header too many is answered
 * 200 without any CORS header.
 */

interface ServicePolicy {
  readonly allow: readonly string[];
  readonly expose: readonly string[];
  readonly methods: readonly string[];
}

const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH'];
/** oslo.middleware allows these whatever the service says. */
const SIMPLE_HEADERS = [
  'Accept',
  'Accept-Language',
  'Content-Type',
  'Cache-Control',
  'Content-Language',
  'Expires',
  'Last-Modified',
  'Pragma',
];
const COMMON = ['X-Identity-Status', 'X-Roles', 'X-Service-Catalog', 'X-User-Id', 'X-Tenant-Id'];
const TOKENS = ['X-Auth-Token', 'X-Subject-Token', 'X-Service-Token'];
const MAX_AGE_SECONDS = 3600;

const POLICIES: Readonly<Record<string, ServicePolicy>> = {
  identity: {
    allow: [
      'X-Auth-Token',
      'X-Openstack-Request-Id',
      'X-Subject-Token',
      'X-Project-Id',
      'X-Project-Name',
      'X-Project-Domain-Id',
      'X-Project-Domain-Name',
      'X-Domain-Id',
      'X-Domain-Name',
      'Openstack-Auth-Receipt',
      // Not a default of Keystone's: its operator adds it for OpenID Connect from the browser.
      'Authorization',
    ],
    expose: ['X-Auth-Token', 'X-Openstack-Request-Id', 'X-Subject-Token', 'Openstack-Auth-Receipt'],
    methods: METHODS,
  },
  compute: {
    allow: [
      'X-Auth-Token',
      'X-Openstack-Request-Id',
      ...COMMON,
      'X-OpenStack-Nova-API-Version',
      'OpenStack-API-Version',
    ],
    expose: [
      'X-Auth-Token',
      'X-Openstack-Request-Id',
      'X-Subject-Token',
      'X-Service-Token',
      'X-OpenStack-Nova-API-Version',
      'OpenStack-API-Version',
    ],
    methods: METHODS,
  },
  network: {
    allow: ['X-Auth-Token', ...COMMON, 'X-OpenStack-Request-ID'],
    expose: [...TOKENS, 'X-OpenStack-Request-ID', 'OpenStack-Volume-microversion'],
    methods: METHODS,
  },
  image: {
    allow: [
      'Content-MD5',
      'X-Image-Meta-Checksum',
      'X-Storage-Token',
      'Accept-Encoding',
      'X-Auth-Token',
      ...COMMON,
      'X-OpenStack-Request-ID',
    ],
    expose: ['X-Image-Meta-Checksum', ...TOKENS, 'X-OpenStack-Request-ID'],
    methods: METHODS,
  },
  dns: {
    allow: [
      'X-Auth-Token',
      'X-Auth-Sudo-Tenant-ID',
      'X-Auth-Sudo-Project-ID',
      'X-Auth-All-Projects',
      'X-Designate-Edit-Managed-Records',
      'OpenStack-DNS-Hide-Counts',
    ],
    expose: ['X-OpenStack-Request-ID', 'Host'],
    methods: [...METHODS, 'HEAD'],
  },
  'block-storage': {
    allow: [
      'X-Auth-Token',
      ...COMMON,
      'X-OpenStack-Request-ID',
      'X-Trace-Info',
      'X-Trace-HMAC',
      'OpenStack-API-Version',
    ],
    expose: [...TOKENS, 'X-OpenStack-Request-ID', 'OpenStack-API-Version'],
    methods: [...METHODS, 'HEAD'],
  },
};

const PLACEMENT: ServicePolicy = {
  allow: ['X-Auth-Token', 'X-Openstack-Request-Id', ...COMMON, 'OpenStack-API-Version'],
  expose: [
    'X-Auth-Token',
    'X-Openstack-Request-Id',
    'X-Subject-Token',
    'X-Service-Token',
    'OpenStack-API-Version',
  ],
  methods: METHODS,
};

function policyOf(service: string): ServicePolicy {
  return POLICIES[service] ?? PLACEMENT;
}

/** The value of Access-Control-Allow-Origin, or undefined where the origin is not allowed. */
function allowedOrigin(request: Request, settings: Settings): string | undefined {
  const origin = request.headers.get('Origin');
  if (origin === null) return undefined;
  if (settings.corsOrigins.includes(origin)) return origin;
  return settings.corsOrigins.includes('*') ? '*' : undefined;
}

/** The answer to an OPTIONS request: always 200, with CORS headers only if all that was asked is allowed. */
export function preflight(request: Request, service: string, settings: Settings): Response {
  const headers = new Headers();
  const origin = allowedOrigin(request, settings);
  const policy = policyOf(service);
  const method = request.headers.get('Access-Control-Request-Method');
  if (origin !== undefined && method !== null && policy.methods.includes(method)) {
    const wanted = (request.headers.get('Access-Control-Request-Headers') ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    const allowed = new Set(
      [...policy.allow, ...settings.corsAllowHeaders, ...SIMPLE_HEADERS].map((name) => name.toLowerCase()),
    );
    if (wanted.every((name) => allowed.has(name.toLowerCase()))) {
      headers.set('Vary', 'Origin');
      headers.set('Access-Control-Allow-Origin', origin);
      headers.set('Access-Control-Max-Age', String(MAX_AGE_SECONDS));
      headers.set('Access-Control-Allow-Methods', method);
      if (wanted.length > 0) headers.set('Access-Control-Allow-Headers', wanted.join(','));
    }
  }
  return new Response(null, { status: 200, headers });
}

/** Decorates the answer to a real request. */
export function addCorsHeaders(
  headers: Headers,
  request: Request,
  service: string,
  settings: Settings,
): void {
  const origin = allowedOrigin(request, settings);
  if (origin === undefined) return;
  headers.append('Vary', 'Origin');
  headers.set('Access-Control-Allow-Origin', origin);
  headers.set(
    'Access-Control-Expose-Headers',
    [...policyOf(service).expose, ...settings.corsExposeHeaders].join(','),
  );
}
