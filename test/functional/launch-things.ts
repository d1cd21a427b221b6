import type { VolumeRecord } from '../../src/simulator/model.js';
import { createNetwork, createSubnet } from '../../src/simulator/network-state.js';
import { projectIn, requestFor, type LaunchWorld } from './launch-world.js';

/** A network of the project with a subnet. Its id. */
export function networkIn(world: LaunchWorld, name: string, cidr: string): string {
  const { state } = world.cloud;
  const made = createNetwork(state, world.region, { name, projectId: projectIn(world) });
  createSubnet(state, world.region, made, { name, cidr });
  return made.id;
}

/** A volume that a system is on. Its id. */
export function volumeIn(world: LaunchWorld, change: Partial<VolumeRecord> = {}): string {
  const id = world.cloud.state.ids.uuid();
  const now = world.clock.now();
  const made: VolumeRecord = {
    id,
    name: 'system',
    description: null,
    projectId: projectIn(world),
    userId: '',
    size: 12,
    status: 'available',
    type: 'standard',
    bootable: true,
    imageId: requestFor(world).imageId,
    metadata: {},
    created: now,
    updated: now,
    attachment: null,
    ...change,
  };
  world.region.volumes.set(id, made);
  return id;
}

/** A snapshot of such a volume. Its id. */
export function snapshotIn(world: LaunchWorld): string {
  const volumeId = volumeIn(world);
  const snapshot = {
    id: world.cloud.state.ids.uuid(),
    name: 'before the update',
    description: null,
    volumeId,
    projectId: projectIn(world),
    userId: '',
    size: 12,
    status: 'available',
    bootable: true,
    imageId: null,
    created: 0,
  };
  world.region.volumeSnapshots.set(snapshot.id, snapshot);
  return snapshot.id;
}
