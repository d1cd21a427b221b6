import type { Wording } from '../wording.js';

/** As much of a quota, in its unit. */
export function amount(w: Wording, resource: string, n: number): string {
  if (resource === 'ram') return w.mebibytes(n);
  return resource.startsWith('gigabytes') ? w.gibibytes(n) : w.number(n);
}

/** What a quota is called. */
export function resourceName(w: Wording, resource: string): string {
  const [, what = resource, kind] = /^(volumes|gigabytes)_(.+)$/.exec(resource) ?? [];
  const of = kind === undefined ? '' : ` (${kind})`;
  switch (what) {
    case 'instances':
      return w.Noun('instance', 'many');
    case 'cores':
      return 'Processors (vCPU)';
    case 'ram':
      return 'Memory';
    case 'volumes':
      return `${w.Noun('volume', 'many')}${of}`;
    case 'gigabytes':
      return `Space for ${w.noun('volume', 'many')}${of}`;
    case 'floatingip':
      return w.Noun('floatingIp', 'many');
    case 'network':
    case 'subnet':
      return what === 'network' ? w.Noun('network', 'many') : 'Ranges of addresses';
    case 'router':
      return 'Routers';
    case 'security_group':
      return w.Noun('securityGroup', 'many');
    case 'security_group_rule':
      return `Rules of ${w.noun('securityGroup', 'many')}`;
    case 'serverGroups':
      return `Groups of ${w.noun('instance', 'many')}`;
    case 'serverGroupMembers':
      return `Your ${w.noun('instance', 'many')} in the group`;
    case 'serverMetadata':
      return `Entries of metadata`;
    case 'keypairs':
      return `Your ${w.noun('keypair', 'many')}`;
    default:
      return `${w.Noun('network')} connections`;
  }
}
