import { isOpenStackError, type OpenStackError } from '../openstack/errors.js';
import { Failed, type Tell } from './attempts.js';
import { isLeaving } from './compute-parts.js';
import type { LaunchFailure, LaunchInstance } from './progress.js';
import type { LaunchServices } from './services.js';
import { followSetup } from './setup.js';

/** An instance whose state is written down as it is heard of. */
export type FollowedInstance = { -readonly [K in keyof LaunchInstance]: LaunchInstance[K] };

/** Who is told how the instances do. */
export interface Follower {
  readonly tell: Tell;
  /** Looked at once more; `trouble`: why the list of servers is not fresh. */
  looked(trouble: OpenStackError | undefined): void;
  /** It was deleted by somebody. */
  gone(id: string): void;
}

/**
 * Ends when every instance is active; throws with the first that will not be, after the others have been waited for.
 *
 * @throws Failed; an AbortError
 */
export async function followUntilActive(
  instances: readonly FollowedInstance[],
  services: LaunchServices,
  signal: AbortSignal,
  follower: Follower,
): Promise<void> {
  const waiting = new Set(instances.filter(({ id }) => id !== undefined));
  const failures: LaunchFailure[] = [];
  let look: () => void = () => undefined;
  const stop = services.watchServers(() => look());
  const abort = () => look();
  signal.addEventListener('abort', abort);
  try {
    while (waiting.size > 0) {
      const next = new Promise<void>((resolve) => (look = resolve));
      for (const instance of waiting) {
        const failure = await settled(instance, services, follower);
        if (failure === 'waiting') continue;
        waiting.delete(instance);
        if (failure) failures.push(failure);
      }
      const [first] = waiting;
      const task = first?.id === undefined ? undefined : services.server(first.id)?.taskState;
      follower.tell(task === undefined ? undefined : { kind: 'task', task });
      follower.looked(services.trouble());
      if (waiting.size > 0) await next;
      signal.throwIfAborted();
    }
  } finally {
    signal.removeEventListener('abort', abort);
    follower.looked(undefined);
    stop();
  }
  const [failure] = failures;
  if (failure) throw new Failed(failure);
}

/**
 * Ends when the setup of all instances has, as far as they tell.
 *
 * @throws Failed; an AbortError
 */
export async function followUntilSetUp(
  instances: readonly FollowedInstance[],
  services: LaunchServices,
  signal: AbortSignal,
  tell: Tell,
): Promise<void> {
  const named = instances.flatMap(({ id, name }) => (id === undefined ? [] : [{ id, name }]));
  const stop = services.watchServers(() => undefined);
  signal.addEventListener('abort', stop);
  services.settled();
  try {
    const ends = await Promise.all(
      named.map((instance) =>
        followSetup(instance, services, signal, ({ status }) => tell({ kind: 'setup', status })),
      ),
    );
    const bad = ends.findIndex(({ status }) => status !== 'complete');
    const { status } = ends[bad] ?? {};
    if (status) throw new Failed({ kind: 'setup', name: named[bad]?.name ?? '', status });
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

async function settled(
  instance: FollowedInstance,
  services: LaunchServices,
  follower: Follower,
): Promise<LaunchFailure | 'waiting' | undefined> {
  const { id, name } = instance;
  if (id === undefined) return undefined;
  let server = services.server(id);
  // Not in the list: deleted, or not listed yet. And lists are silent about why a server has failed.
  if (!server || (server.status === 'ERROR' && !server.fault)) {
    try {
      server = await services.readServer(id);
    } catch (error) {
      if (!isOpenStackError(error) || !server) return 'waiting';
    }
  }
  if (!server || isLeaving(server)) {
    instance.status = 'DELETED';
    follower.gone(id);
    return { kind: 'gone', name };
  }
  instance.status = server.status;
  instance.addresses = server.addresses;
  if (server.status === 'ERROR') return { kind: 'fault', name, message: server.fault?.message };
  if (server.status === 'ACTIVE' && server.taskState === undefined) return undefined;
  // Stopped, paused, … by somebody meanwhile: it has been active.
  return server.status === 'BUILD' || server.status === 'UNKNOWN' || server.status === 'ACTIVE'
    ? 'waiting'
    : undefined;
}
