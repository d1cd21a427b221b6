import type { Setting } from '../../../src/elements/launch-wizard/launch-wizard.state.js';
import type { LaunchRequest } from '../../../src/launch/plan.js';
import type { CollectionState } from '../../../src/live/collection.js';
import type { LimitsRow } from '../../../src/live/resources.js';
import type { Flavor, Keypair, Server } from '../../../src/openstack/compute.js';
import type { Image } from '../../../src/openstack/image.js';
import type { Network, SecurityGroup, SecurityGroupRule } from '../../../src/openstack/network.js';

/** A list that has come. */
export function ready<R>(...rows: R[]): CollectionState<R> {
  return { status: 'ready', rows, updatedAt: 0, refreshing: false, complete: true };
}

/** Somebody who may launch, in a cloud that has everything. */
export function setting(change: Partial<Setting> = {}): Setting {
  return {
    projectId: 'project',
    user: { id: 'ada', name: 'ada' },
    canAct: true,
    expired: false,
    hasNetworkService: true,
    hasVolumeService: true,
    hasDnsService: true,
    hasAppProxy: true,
    canGenerate: true,
    preferences: {},
    suggestedName: 'swift-otter',
    now: 0,
    ...change,
  };
}

/** The plainest launch there is. */
export function request(change: Partial<LaunchRequest> = {}): LaunchRequest {
  return {
    launchId: 'id',
    name: 'web',
    count: 1,
    imageId: 'image',
    flavorId: 'flavor',
    key: { kind: 'none' },
    network: { kind: 'auto' },
    securityGroups: [],
    ...change,
  };
}

export function flavor(name: string, change: Partial<Flavor> = {}): Flavor {
  return {
    id: `flavor-${name}`,
    name,
    vcpus: 1,
    ram: 1024,
    disk: 20,
    ephemeral: 0,
    swap: 0,
    isPublic: true,
    disabled: false,
    description: undefined,
    extraSpecs: {},
    ...change,
  };
}

export function image(name: string, change: Partial<Image> = {}): Image {
  return {
    id: `image-${name}`,
    name,
    status: 'active',
    visibility: 'public',
    size: 600 * 1024 ** 2,
    minDisk: 0,
    minRam: 0,
    osDistro: undefined,
    osVersion: undefined,
    owner: 'operators',
    created: '2026-01-01T00:00:00Z',
    updated: '2026-01-01T00:00:00Z',
    tags: [],
    properties: {},
    ...change,
  };
}

export function network(name: string, change: Partial<Network> = {}): Network {
  return {
    id: `network-${name}`,
    name,
    status: 'ACTIVE',
    external: false,
    shared: false,
    projectId: 'project',
    adminStateUp: true,
    subnets: ['subnet'],
    isDefault: false,
    ...change,
  };
}

export function keypair(name: string, change: Partial<Keypair> = {}): Keypair {
  return { id: name, name, fingerprint: '', type: 'ssh', publicKey: 'ssh-ed25519 AAAA', ...change };
}

export function rule(change: Partial<SecurityGroupRule> = {}): SecurityGroupRule {
  return {
    id: 'rule',
    direction: 'ingress',
    ethertype: 'IPv4',
    protocol: 'tcp',
    portMin: 22,
    portMax: 22,
    remoteIpPrefix: undefined,
    remoteGroupId: undefined,
    description: undefined,
    ...change,
  };
}

export function group(name: string, change: Partial<SecurityGroup> = {}): SecurityGroup {
  return { id: `group-${name}`, name, description: '', projectId: 'project', rules: [], ...change };
}

export function server(name: string, change: Partial<Server> = {}): Server {
  return {
    id: `server-${name}`,
    name,
    status: 'ACTIVE',
    taskState: undefined,
    vmState: 'active',
    powerState: 1,
    addresses: [],
    flavor: { id: undefined, name: 'm1.small', vcpus: 1, ram: 1024, disk: 20 },
    imageId: 'image-ubuntu',
    keyName: undefined,
    created: '2026-01-01T00:00:00Z',
    updated: '2026-01-01T00:00:00Z',
    launchedAt: undefined,
    userId: 'ada',
    projectId: 'project',
    description: undefined,
    metadata: {},
    tags: [],
    locked: false,
    lockedReason: undefined,
    progress: undefined,
    availabilityZone: 'nova',
    fault: undefined,
    volumesAttached: [],
    securityGroups: [],
    ...change,
  };
}

/** Compute limits; what is not named is unlimited. */
export function limits(
  quotas: Partial<Record<'instances' | 'cores' | 'ram', [used: number, limit: number]>>,
): LimitsRow[] {
  const row: Record<string, { used: number; limit: number }> = {};
  for (const [name, [used, limit]] of Object.entries(quotas)) row[name] = { used, limit };
  return [{ id: 'compute', quotas: row }];
}
