import { OpenStackError, type Attempt } from '../openstack/errors.js';

/**
 * A part of the kit that most sessions never need.
 *
 * @param load a dynamic import; bundlers make a file of it
 * @throws OpenStackError kind `network` where it cannot be had; the next call tries again
 */
export function load<T>(load: () => Promise<T>, attempt: Attempt): Promise<T> {
  return load().catch(() => {
    throw new OpenStackError({ kind: 'network', attempt, reason: 'unreachable' });
  });
}
