import type { Server } from '../../../../src/openstack/compute.js';

let count = 0;

/** A running server; a test names what matters to it. */
export function server(o: Partial<Server> = {}): Server {
  count += 1;
  return {
    id: `id-${String(count)}`,
    name: `web-${String(count)}`,
    status: 'ACTIVE',
    taskState: undefined,
    vmState: undefined,
    powerState: 1,
    addresses: [],
    flavor: { id: undefined, name: 'm1.small', vcpus: 1, ram: 2048, disk: 20 },
    imageId: 'image-1',
    keyName: undefined,
    created: '2026-03-01T10:00:00Z',
    updated: '2026-03-01T10:01:00Z',
    launchedAt: '2026-03-01T10:01:00.000000',
    userId: undefined,
    projectId: undefined,
    description: undefined,
    metadata: {},
    tags: [],
    locked: false,
    lockedReason: undefined,
    progress: undefined,
    availabilityZone: undefined,
    fault: undefined,
    volumesAttached: [],
    securityGroups: [],
    ...o,
  };
}

export function address(text: string, type: 'fixed' | 'floating' = 'fixed'): Server['addresses'][number] {
  return { network: 'net', address: text, version: text.includes(':') ? 6 : 4, type, mac: undefined };
}
