import type { Keypair, Server } from '../openstack/compute.js';
import { isOpenStackError } from '../openstack/errors.js';
import { Failed, oldestFirst, once, type Tell } from './attempts.js';
import type { Making, StepOf } from './making.js';
import { readGroupName, readKeyMark, readMark, shortId, writeKeyMark } from './mark.js';
import type { LaunchServices } from './services.js';

/** Milliseconds between looks at a server that is being deleted, and how many of them. */
const GONE_PAUSE = 1_500;
const GONE_LOOKS = 80;

/** Adds a key pair. One of that name with the same key may stay, and is not the launch's; with another it is in the way. */
export async function makeKeypair(m: Making, step: StepOf<'keypair'>, tell: Tell): Promise<void> {
  const { name } = step;
  const publicKey = writeKeyMark(step.publicKey, m.mark('key'));
  const find = async () => (await m.services.keypairs(m.signal)).find((keypair) => keypair.name === name);
  const check = (found: Pick<Keypair, 'publicKey'>) => {
    if (keyBytes(found.publicKey) !== keyBytes(publicKey)) throw new Failed({ kind: 'key-taken', name });
    if (m.isOurs(readKeyMark(found.publicKey), 'key')) m.remember({ kind: 'keypair', name });
  };
  // Where it is there already, the quota may have no room for it.
  const there = m.again ? await find() : undefined;
  if (there) {
    check(there);
    return;
  }
  try {
    const create = async () => {
      await m.services.createKeypair({ name, publicKey }, m.signal);
      return { publicKey };
    };
    check(await once({ ...m.attempts, tell, find, create }));
  } catch (error) {
    if (!isOpenStackError(error) || error.kind !== 'conflict') throw error;
    const found = await find();
    if (!found) throw error;
    check(found);
  }
}

export async function makeServerGroup(m: Making, step: StepOf<'server-group'>, tell: Tell): Promise<void> {
  const { name, policy } = step;
  const short = shortId(m.plan.launchId);
  const { id } = await m.once(tell, {
    // The cloud tells no times; it lists the oldest first.
    find: async () =>
      (await m.services.serverGroups(m.signal)).filter((group) => readGroupName(group.name) === short),
    create: () => m.services.createServerGroup({ name, policy }, m.signal),
    remove: (made) => m.services.deleteServerGroup(made.id, name),
  });
  m.there.serverGroupId = id;
  m.remember({ kind: 'server-group', id, name });
}

/** Asks for an instance; what a first try left in ERROR is replaced. Its id. */
export async function makeServer(m: Making, number: number, tell: Tell): Promise<string> {
  if (m.again) await clear(m, number, tell);
  const { ports, volumes, ...there } = m.there;
  const { volumes: wanted = [] } = m.plan.request;
  const made = {
    ...there,
    portId: ports.get(number),
    bootVolumeId: volumes.get(`${number}-0`),
    volumeIds: wanted.flatMap((_, i) => volumes.get(`${number}-${i + 1}`) ?? []),
  };
  const { id } = await m.once<{ readonly id: string }>(tell, {
    find: () => serversOf(m, number),
    create: async () => {
      const userData = await m.plan.userDataFor(number, made);
      return m.services.createServer({ ...m.plan.bodyFor(number, made), userData });
    },
    remove: (second) => m.services.deleteServer(second.id),
  });
  return id;
}

async function serversOf(m: Making, number: number): Promise<readonly Server[]> {
  const servers = await m.services.servers();
  return oldestFirst(
    servers.filter((server) => m.isOurs(readMark(server.metadata), 'server', number) && !isLeaving(server)),
  );
}

async function clear(m: Making, number: number, tell: Tell): Promise<void> {
  for (const { id, status } of await serversOf(m, number)) {
    if (status !== 'ERROR') continue;
    tell({ kind: 'replacing' });
    await m.services.deleteServer(id);
    // Its port and its volumes are free once it is gone.
    await isGone(m.services, id, m.signal);
    tell(undefined);
  }
}

/** Waits until a server is gone, as long as it may take; what else there is to say comes from what is done next. */
export async function isGone(
  services: Pick<LaunchServices, 'readServer' | 'clock'>,
  id: string,
  signal?: AbortSignal,
): Promise<void> {
  for (let looks = 0; looks < GONE_LOOKS; looks++) {
    try {
      const server = await services.readServer(id);
      if (!server || server.status === 'DELETED') return;
    } catch (error) {
      if (!isOpenStackError(error)) throw error;
      if (error.kind === 'not-found') return;
    }
    await services.clock.sleep(GONE_PAUSE, signal);
  }
}

/** Whether a server is gone, or about to be. */
export function isLeaving({ status, taskState, pending }: Server): boolean {
  return (
    status === 'DELETED' || status === 'SOFT_DELETED' || taskState === 'deleting' || pending === 'deleting'
  );
}

/** Type and key without the comment, which services may change. */
function keyBytes(publicKey: string): string {
  return publicKey.trim().split(/\s+/).slice(0, 2).join(' ');
}
