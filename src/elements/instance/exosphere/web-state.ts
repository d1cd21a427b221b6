import type { Server } from '../../../openstack/compute.js';
import { proxiedAddress } from '../../../launch/exosphere/web.js';
import type { Setup } from '../../../launch/exosphere/setup.js';

/** Why nothing of an instance opens in the browser just now; each has a message `no-<why>`. */
export type WebRefusal = 'gone' | 'not-running' | 'setup' | 'address';

/** Undefined where it may be tried. */
export function webRefusal(
  { status, addresses }: Pick<Server, 'status' | 'addresses'>,
  setup: Setup | undefined,
  gone: boolean,
): WebRefusal | undefined {
  if (gone) return 'gone';
  if (status !== 'ACTIVE') return 'not-running';
  if (/^(?:waiting|starting|running)$/.test(setup?.status ?? '')) return 'setup';
  return proxiedAddress(addresses) === undefined ? 'address' : undefined;
}
