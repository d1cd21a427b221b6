import type { ServiceType } from './catalog.js';

/** Whose configuration file is not `/etc/<name>/<name>.conf` by the name of its type. */
const PROJECTS: Partial<Record<ServiceType, string>> = {
  identity: 'keystone',
  compute: 'nova',
  image: 'glance',
  network: 'neutron',
  'block-storage': 'cinder',
  dns: 'designate',
  orchestration: 'heat',
};

/**
 * The configuration a service lacks for this page, line by line, as its administrator would write it.
 *
 * @param origin the page's origin
 * @param headers names of the request headers that were sent
 */
export function corsLines(
  service: ServiceType,
  origin: string,
  headers: readonly string[] = [],
): readonly string[] {
  const identity = service === 'identity';
  const project = PROJECTS[service] ?? service;
  const allow = [...new Set([...headers, 'X-Auth-Token', ...(identity ? ['X-Subject-Token'] : [])])];
  return [
    `# /etc/${project}/${project}${service === 'image' ? '-api' : ''}.conf`,
    '[cors]',
    `allowed_origin = ${origin}`,
    `allow_headers = ${allow.join(',')}`,
    'allow_methods = GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS',
    `expose_headers = ${identity ? 'X-Subject-Token,Openstack-Auth-Receipt,' : ''}X-Openstack-Request-Id,Retry-After,Date`,
  ];
}
