import type { Image } from '../openstack/image.js';
import { distributionOf } from './images.js';

/** The account to log in with, as far as it is known. */
export function loginUser(image: Image): string | undefined {
  const { properties } = image;
  for (const key of ['os_admin_user', 'os_default_user', 'default_user', 'image_original_user', 'ssh_user']) {
    const user = properties[key];
    if (user !== undefined && /^[a-z_][\w.-]{0,31}\$?$/i.test(user)) return user;
  }
  return distributionOf(image)?.user;
}
