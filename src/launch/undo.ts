import { isOpenStackError, type OpenStackError } from '../openstack/errors.js';
import type { Leftover } from './progress.js';
import { isGone } from './run.js';
import type { LaunchServices } from './services.js';

/** Milliseconds before something that is still in use is tried again. */
const PAUSES = [1_000, 2_000, 3_000, 5_000, 8_000];

/** In this order: what others use goes after them. */
const ORDER: readonly Leftover['kind'][] = [
  'server',
  'dns-record',
  'floating-ip',
  'port',
  'volume',
  'router',
  'network',
  'security-group',
  'keypair',
];

/** What could not be removed, with the reason. */
export interface NotUndone {
  readonly left: Leftover;
  readonly error: OpenStackError;
}

type UndoServices = Pick<
  LaunchServices,
  'deleteServer' | 'deleteKeypair' | 'readServer' | 'clock' | 'network' | 'volume' | 'dns'
>;

/**
 * Takes away what a launch has made, instances first. Returns what could not be removed, with the reason; empty when
 * all is gone. What is gone already is no failure, so it can be called again with what was left.
 */
export async function undoLaunch(
  made: readonly Leftover[],
  services: UndoServices,
): Promise<readonly NotUndone[]> {
  const failed: NotUndone[] = [];
  const remove = async (left: Leftover) => {
    for (let tries = 0; ; tries++) {
      try {
        await removeOne(left, services);
        return;
      } catch (error) {
        if (!isOpenStackError(error)) throw error;
        if (error.kind === 'not-found') return;
        const pause = PAUSES[tries];
        // What a server that is just gone has used is not free at once.
        if (
          pause === undefined ||
          !/^(?:conflict|invalid|rate-limit|server|timeout|network)$/.test(error.kind)
        ) {
          failed.push({ left, error });
          return;
        }
        await services.clock.sleep(pause);
      }
    }
  };
  for (const kind of ORDER) await Promise.all(made.filter((left) => left.kind === kind).map(remove));
  return failed;
}

async function removeOne(left: Leftover, services: UndoServices): Promise<void> {
  switch (left.kind) {
    case 'keypair':
      return services.deleteKeypair(left.name);
    case 'server':
      await services.deleteServer(left.id);
      return isGone(services, left.id);
    case 'port':
      return services.network().remove('ports', left.id, left.name);
    case 'floating-ip':
      return services.network().remove('floatingips', left.id, left.name);
    case 'volume':
      return services.volume().deleteVolume(left.id, left.name);
    case 'security-group':
      return services.network().remove('security-groups', left.id, left.name);
    case 'network':
      return services.network().remove('networks', left.id, left.name);
    case 'router':
      return removeRouter(left, services);
    case 'dns-record':
      return services.dns().deleteRecord(left.zoneId, left.id, left.name);
  }
}

async function removeRouter(
  { id, name }: { readonly id: string; readonly name: string },
  services: UndoServices,
): Promise<void> {
  const network = services.network();
  // Its subnets have its name; it is in none that it is not connected with.
  for (const subnet of await network.named('subnets', name)) {
    await network.connectRouter(id, subnet.id, false).catch((error: unknown) => {
      if (!isOpenStackError(error) || error.kind !== 'not-found') throw error;
    });
  }
  await network.remove('routers', id, name);
}
