import { newLaunchId } from '../src/launch/mark.js';
import { planLaunch, type LaunchRequest } from '../src/launch/plan.js';
import { runLaunch } from '../src/launch/run.js';
import { flavorsOf, imagesOf, networksOf } from '../src/session/collections.js';
import type { Collection } from '../src/live/collection.js';
import type { StoryCloud } from './cloud.js';

async function rowsOf<R extends { id: string }>(collection: Collection<R>): Promise<readonly R[]> {
  await collection.refresh();
  const { state } = collection;
  return state.status === 'ready' ? state.rows : [];
}

/**
 * Leaves a launch half-way, as a page does that is closed in the middle: its port and its address are there, its
 * server is not.
 */
export async function leaveHalf(
  { cloud, session }: StoryCloud,
  name: string,
  wish: Partial<LaunchRequest> = {},
): Promise<string> {
  const connection = session.current;
  if (!connection) throw new Error('nobody is signed in');
  const [images, sizes, networks] = await Promise.all([
    rowsOf(imagesOf(connection)),
    rowsOf(flavorsOf(connection)),
    rowsOf(networksOf(connection)),
  ]);
  const image = images.find((each) => each.name.includes('Ubuntu')) ?? images[0];
  const size = sizes.find((each) => each.name === 'm3.small') ?? sizes[0];
  const own = networks.find(({ external }) => !external);
  const outside = networks.find(({ external }) => external);
  if (!image || !size || !own || !outside) throw new Error('the cloud lacks what a launch needs');
  const request: LaunchRequest = {
    launchId: newLaunchId(),
    name,
    count: 1,
    imageId: image.id,
    flavorId: size.id,
    key: { kind: 'none' },
    network: { kind: 'network', id: own.id, name: own.name },
    securityGroups: [],
    address: { kind: 'new', networkId: outside.id },
    ...wish,
  };
  const restore = cloud.fail({ method: 'POST', path: /\/servers$/, times: Infinity }, { status: 400 });
  const steps = runLaunch(planLaunch(request, { buildSeconds: 1 }), connection);
  while ((await steps.next()).done !== true);
  restore();
  return request.launchId;
}
