import type { Action } from '../../openstack/errors.js';
import { defineMessages } from '../messages.js';

/**
 * What was attempted, as it stands in "Could not …". `{name}` is empty or the quoted name with a space before it.
 * No articles that depend on the noun: a portal may rename it.
 */
export const actionMessages = defineMessages('actions', {
  'sign-in': 'sign in{name}',
  'sign-out': 'sign out{name}',
  'renew-session': 'renew the sign-in{name}',
  'discover-cloud': 'find the {cloud}{name}',
  'list-projects': 'list your {project.many}{name}',
  'change-password': 'change the password{name}',
  'list-application-credentials': 'list your application credentials{name}',
  'create-application-credential': 'make the application credential{name}',
  'delete-application-credential': 'delete the application credential{name}',
  'select-project': 'open the {project}{name}',
  'list-instances': 'list the {instance.many}{name}',
  'read-instance': 'read the {instance}{name}',
  'create-instance': 'create the {instance}{name}',
  'delete-instance': 'delete the {instance}{name}',
  'start-instance': 'start the {instance}{name}',
  'stop-instance': 'stop the {instance}{name}',
  'reboot-instance': 'restart the {instance}{name}',
  'read-console': 'read the start-up log of the {instance}{name}',
  'list-flavors': 'list the {size.many}{name}',
  'list-images': 'list the {image.many}{name}',
  'list-keypairs': 'list your {keypair.many}{name}',
  'create-keypair': 'add the {keypair}{name}',
  'delete-keypair': 'delete the {keypair}{name}',
  'read-limits': 'read the quota of the {project}{name}',
  'list-networks': 'list the {network.many}{name}',
  'create-network': 'create the {network}{name}',
  'list-security-groups': 'list the {securityGroup.many}{name}',
  'create-security-group': 'create the {securityGroup}{name}',
  'list-floating-ips': 'list the {floatingIp.many}{name}',
  'create-floating-ip': 'get the {floatingIp}{name}',
  'delete-floating-ip': 'release the {floatingIp}{name}',
  'list-volumes': 'list the {volume.many}{name}',
  'read-versions': 'ask the {cloud} what it can do{name}',
  'read-config': 'read the settings of this page{name}',
} as const satisfies Record<Action, string>);
