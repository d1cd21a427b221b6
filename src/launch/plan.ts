import type { CreateServer } from '../openstack/compute.js';
import type { NewRule } from '../openstack/network-making.js';
import type { GroupPolicy } from '../openstack/server-groups.js';
import { hostLabels } from './host-names.js';
import { keyTag } from './key-tag.js';
import { MARK_LIMIT, writeGroupName } from './mark.js';
import { numberedNames } from './names.js';
import { setupSeconds } from './profiles.js';
import { writeRecipe } from './recipe.js';
import type { AddressWish, DataVolume, LaunchRequest } from './request.js';
import { everyOneFits, serverBody, userDataOf, type MadeFor } from './server-body.js';

export type * from './request.js';

/** What the plan needs to know of the surroundings. */
export interface LaunchFacts {
  /** How long an instance takes to become active here, in seconds. */
  readonly buildSeconds: number;
}

interface Step {
  /** Unique in the plan. */
  readonly id: string;
  /** What it is about, as the person calls it: the key's, the network's or the instance's name. */
  readonly name: string;
  /** Ids of the steps that have to be done before. */
  readonly needs: readonly string[];
  /** How long it usually takes. */
  readonly seconds: number;
}

/** A step for one instance; `number` counts from 1. */
interface NumberedStep extends Step {
  readonly number: number;
}

/** One thing that a launch does, in an order that can be shown. */
export type LaunchStep =
  | (Step & { readonly kind: 'keypair'; readonly publicKey: string })
  | (Step & { readonly kind: 'group'; readonly rules: readonly NewRule[] })
  | (Step & { readonly kind: 'server-group'; readonly policy: GroupPolicy })
  /** Neutron finds or makes the project's network. */
  | (Step & { readonly kind: 'network' })
  | (Step & { readonly kind: 'own-network' })
  | (Step & { readonly kind: 'subnet'; readonly cidr: string })
  | (Step & { readonly kind: 'router'; readonly externalNetworkId: string })
  /** A router for a network that is there, and has none. */
  | (Step & { readonly kind: 'way-out'; readonly networkId: string; readonly externalNetworkId: string })
  | (NumberedStep & { readonly kind: 'port' })
  | (NumberedStep & { readonly kind: 'address'; readonly wish: Exclude<AddressWish, { kind: 'none' }> })
  /** Makes a volume and waits until it can be used; `index` counts data volumes from 1, 0 is the one to start from. */
  | (NumberedStep & {
      readonly kind: 'volume';
      readonly index: number;
      readonly volume: DataVolume & {
        readonly imageId?: string | undefined;
        readonly snapshotId?: string | undefined;
      };
    })
  | (NumberedStep & { readonly kind: 'dns'; readonly zone: string; readonly host: string })
  /** Asks for one instance. */
  | (NumberedStep & { readonly kind: 'server' })
  /** Waits until every instance is active. */
  | (Step & { readonly kind: 'active' })
  /** Follows what the instances do at their first start. They can be used meanwhile, and nobody needs to stay for it. */
  | (Step & { readonly kind: 'setup' });

export interface LaunchPlan {
  readonly launchId: string;
  readonly request: LaunchRequest;
  /** In an order in which they could be done one by one. */
  readonly steps: readonly LaunchStep[];
  /** What is asked of Nova for instance `number`, once everything before is there. */
  bodyFor(number: number, made: MadeFor): CreateServer;
  /** The user data of instance `number`, as it is sent: it names the volumes that are mounted. */
  userDataFor(number: number, made: MadeFor): Promise<string | Uint8Array | undefined>;
  /** Whether the user data of every instance is short enough for Nova, before any of them can be known for sure. */
  fits(): Promise<boolean>;
  /** Names of the instances, in order. */
  readonly names: readonly string[];
  /** How to go on from elsewhere, for the end of a mark; empty where it cannot be told in so few words. */
  readonly recipe: { readonly withPort: string; readonly alone: string };
}

/** The steps of a launch. Pure: nothing is asked or made. */
export function planLaunch(request: LaunchRequest, facts: LaunchFacts): LaunchPlan {
  const { launchId, count } = request;
  const names = numberedNames(request.name, count);
  const shared = sharedSteps(request);
  const own = names.map((name, i) => stepsFor(request, name, i + 1, shared));
  const active: LaunchStep = {
    id: 'active',
    kind: 'active',
    name: names.length === 1 ? (names[0] ?? '') : '',
    needs: names.map((_, i) => `server-${i + 1}`),
    seconds: facts.buildSeconds,
  };
  const seconds = setupSeconds(request.profile);
  const setup: LaunchStep[] =
    seconds === undefined ? [] : [{ ...active, id: 'setup', kind: 'setup', needs: ['active'], seconds }];
  const recipe = recipeOf(request);
  return {
    launchId,
    request,
    names,
    steps: [...shared, ...own.flat(), active, ...setup],
    recipe,
    bodyFor: (number, made) => serverBody(request, names, recipe.alone, number, made),
    userDataFor: (number, made) => userDataOf(request, names[number - 1] ?? request.name, made),
    fits: () => everyOneFits(request, names),
  };
}

/** Whether each instance gets a port of its own beforehand: a floating IP needs one to point at. */
export function makesPorts({ address = { kind: 'none' } }: LaunchRequest): boolean {
  return address.kind !== 'none';
}

function sharedSteps(request: LaunchRequest): LaunchStep[] {
  const { key, network, newGroup, newServerGroup } = request;
  const steps: LaunchStep[] = [];
  if (key.kind === 'import') {
    const { name, publicKey } = key;
    steps.push({ id: 'keypair', kind: 'keypair', name, publicKey, needs: [], seconds: 1 });
  }
  if (newGroup) {
    const { name, rules } = newGroup;
    steps.push({ id: 'group', kind: 'group', name, rules, needs: [], seconds: 1 });
  }
  if (newServerGroup) {
    const { policy } = newServerGroup;
    const name = writeGroupName(newServerGroup.name, request.launchId);
    steps.push({ id: 'server-group', kind: 'server-group', name, policy, needs: [], seconds: 1 });
  }
  if (network.kind === 'topology') {
    steps.push({ id: 'network', kind: 'network', name: '', needs: [], seconds: 5 });
  }
  if (network.kind === 'new') {
    const { name, cidr, externalNetworkId } = network;
    steps.push({ id: 'network', kind: 'own-network', name, needs: [], seconds: 1 });
    steps.push({ id: 'subnet', kind: 'subnet', name, cidr, needs: ['network'], seconds: 1 });
    if (externalNetworkId !== undefined)
      steps.push({ id: 'router', kind: 'router', name, externalNetworkId, needs: ['subnet'], seconds: 2 });
  }
  if (network.kind === 'network' && network.externalNetworkId !== undefined) {
    const { id: networkId, externalNetworkId } = network;
    // Found again by its name, by who carries on as well.
    const name = `${Array.from(request.name).slice(0, 248).join('')}-router`;
    steps.push({
      id: 'way-out',
      kind: 'way-out',
      name,
      networkId,
      externalNetworkId,
      needs: [],
      seconds: 3,
    });
  }
  return steps;
}

function stepsFor(
  request: LaunchRequest,
  name: string,
  number: number,
  shared: readonly LaunchStep[],
): LaunchStep[] {
  const { boot, volumes = [], address = { kind: 'none' }, zone, imageId } = request;
  const steps: LaunchStep[] = [];
  const ofNetwork = shared
    .filter(({ kind }) => kind !== 'keypair' && kind !== 'server-group')
    .map(({ id }) => id);
  const one = { name, number };
  if (makesPorts(request)) {
    steps.push({ ...one, id: `port-${number}`, kind: 'port', needs: ofNetwork, seconds: 1 });
  }
  if (address.kind !== 'none') {
    steps.push({
      ...one,
      id: `address-${number}`,
      kind: 'address',
      wish: address,
      needs: [`port-${number}`],
      seconds: 2,
    });
    const host = hostLabels(request.name, request.count)[number - 1];
    if (zone !== undefined && host !== undefined)
      steps.push({
        ...one,
        id: `dns-${number}`,
        kind: 'dns',
        zone,
        host,
        needs: [`address-${number}`],
        seconds: 2,
      });
  }
  if (boot?.kind === 'new-volume') {
    const { size, type, snapshotId } = boot;
    steps.push({
      ...one,
      id: `boot-${number}`,
      kind: 'volume',
      index: 0,
      volume: snapshotId === undefined ? { size, type, imageId } : { size, type, snapshotId },
      needs: [],
      seconds: 20,
    });
  }
  volumes.forEach((volume, i) => {
    const index = i + 1;
    steps.push({
      ...one,
      id: `volume-${number}-${index}`,
      kind: 'volume',
      index,
      volume,
      needs: [],
      seconds: 3,
    });
  });
  const before = [...shared, ...steps].filter(({ kind }) => kind !== 'dns').map(({ id }) => id);
  return [...steps, { ...one, id: `server-${number}`, kind: 'server', needs: before, seconds: 2 }];
}

function recipeOf(request: LaunchRequest): LaunchPlan['recipe'] {
  const { key, address, volumes = [], network } = request;
  const untold =
    request.userData !== undefined ||
    (request.profile ?? { kind: 'plain' }).kind !== 'plain' ||
    request.boot !== undefined ||
    request.metadata !== undefined ||
    request.tags !== undefined ||
    request.description !== undefined ||
    request.hints !== undefined ||
    request.serverGroupId !== undefined ||
    request.availabilityZone !== undefined ||
    request.configDrive !== undefined ||
    request.moreNetworks !== undefined ||
    request.fixedIp !== undefined ||
    address?.kind === 'existing' ||
    volumes.some(({ type }) => type !== undefined);
  if (untold) return { withPort: '', alone: '' };
  const common = {
    imageId: request.imageId,
    flavorId: request.flavorId,
    keyName: key.kind === 'none' ? undefined : key.name,
    keyTag: key.kind === 'none' || key.publicKey === undefined ? undefined : keyTag(key.publicKey),
    addressFrom: address?.kind === 'new' ? address.networkId : undefined,
    volumes: volumes.map(({ size }) => size),
    zone: request.zone,
    serverGroup: request.newServerGroup?.policy,
  };
  const alone = writeRecipe({
    ...common,
    networkId: network.kind === 'network' ? network.id : undefined,
    wayOut: network.kind === 'network' ? network.externalNetworkId : undefined,
    groups: request.securityGroups,
  });
  return {
    withPort: writeRecipe({ ...common, networkId: undefined, wayOut: undefined, groups: [] }),
    alone: alone.length > MARK_LIMIT || request.newGroup ? '' : alone,
  };
}
