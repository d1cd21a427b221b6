import { isOpenStackError } from '../../openstack/errors.js';
import { ExoInstanceActionEvent } from '../instance-list/events.js';
import type { InstanceAction } from './actions.js';

/** Tells the page how an action went: the cloud has accepted it, unless there is an error. */
export function tellOf(
  host: HTMLElement,
  action: InstanceAction,
  { error, ...named }: { id: string; connection: string; name: string; error: unknown },
): void {
  const ok = error === undefined;
  const kind = ok ? undefined : isOpenStackError(error) ? error.kind : 'internal';
  host.dispatchEvent(new ExoInstanceActionEvent({ action, ...named, ok, kind }));
}
