import type { ServiceType } from './catalog.js';

/** Where each service reads its `[cors]` section. */
const FILES: Partial<Record<ServiceType, string>> = {
  identity: 'keystone/keystone.conf',
  compute: 'nova/nova.conf',
  image: 'glance/glance-api.conf',
  network: 'neutron/neutron.conf',
  'block-storage': 'cinder/cinder.conf',
  placement: 'placement/placement.conf',
  dns: 'designate/designate.conf',
  orchestration: 'heat/heat.conf',
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
  const allow = [...new Set([...headers, 'X-Auth-Token', ...(identity ? ['X-Subject-Token'] : [])])];
  return [
    `# /etc/${FILES[service] ?? `${service} service`}`,
    '[cors]',
    `allowed_origin = ${origin}`,
    `allow_headers = ${allow.join(',')}`,
    'allow_methods = GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS',
    `expose_headers = ${identity ? 'X-Subject-Token,Openstack-Auth-Receipt,' : ''}X-Openstack-Request-Id,Retry-After,Date`,
  ];
}
