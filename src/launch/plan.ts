import type { CreateServer, ServerDisk, ServerNetwork } from '../openstack/compute.js';
import type { NewRule } from '../openstack/network-making.js';
import { volumeTag } from './exosphere/mounts.js';
import type { GroupPolicy } from '../openstack/server-groups.js';
import { hostLabels } from './host-names.js';
import { kitVolumes, type KitVolume } from './kit-volumes.js';
import {
  LAUNCH_MARK,
  LAUNCH_RECIPE,
  MARK_LIMIT,
  newLaunchId,
  writeGroupName,
  writeMark,
  type LaunchPart,
} from './mark.js';
import { NAME_LIMIT, numberedNames } from './names.js';
import type { NetworkChoice } from './networks.js';
import {
  profileMetadata,
  setupSeconds,
  userDataFor,
  userDataToSend,
  type LaunchProfile,
} from './profiles.js';
import { writeRecipe } from './recipe.js';
import { isTooLong } from './user-data.js';

/** A key pair for the instances. `import` carries the public half only; a generated key comes here as one. */
export type LaunchKey =
  | { readonly kind: 'none' }
  | { readonly kind: 'existing'; readonly name: string }
  | { readonly kind: 'import'; readonly name: string; readonly publicKey: string };

/** What an instance starts from, where it is not the image on the flavor's own disk. */
export type BootDisk =
  /** A new volume for each instance, with the image or the snapshot on it. */
  | {
      readonly kind: 'new-volume';
      /** GiB. */
      readonly size: number;
      readonly type?: string | undefined;
      /** Instead of the image. */
      readonly snapshotId?: string | undefined;
      readonly deleteWithServer: boolean;
    }
  /** A volume that is there; for one instance only. */
  | { readonly kind: 'volume'; readonly volumeId: string; readonly deleteWithServer: boolean };

/** An empty volume for each instance, attached from its first start on. */
export interface DataVolume {
  /** GiB. */
  readonly size: number;
  readonly type?: string | undefined;
}

/** An address of its own that is reached from outside. */
export type AddressWish =
  | { readonly kind: 'none' }
  /** One for each instance, from this external network. */
  | { readonly kind: 'new'; readonly networkId: string }
  /** One that is there; for one instance only. */
  | { readonly kind: 'existing'; readonly id: string; readonly address: string };

/** A security group that is found by its name, and made with these rules where there is none. */
export interface NewGroup {
  readonly name: string;
  readonly rules: readonly NewRule[];
}

/** A server group that is made with the launch. */
export interface NewServerGroup {
  /** 1 to 255 characters; the launch's mark is put behind it, and cuts what is then too long. */
  readonly name: string;
  readonly policy: GroupPolicy;
}

/** Everything that was decided. */
export interface LaunchRequest {
  /** From `newLaunchId()`; the same one when a launch is tried again, or things would be made twice. */
  readonly launchId: string;
  readonly name: string;
  readonly count: number;
  /** Empty where `boot` does without one. */
  readonly imageId: string;
  readonly flavorId: string;
  readonly key: LaunchKey;
  readonly network: NetworkChoice;
  /** Ids or names; none leaves it to the cloud, which takes the project's `default`. */
  readonly securityGroups: readonly string[];
  /** Passed on byte for byte; text as UTF-8. */
  readonly userData?: string | Uint8Array | undefined;
  /** `plain` unless given. */
  readonly profile?: LaunchProfile | undefined;
  /** In addition to `securityGroups`. */
  readonly newGroup?: NewGroup | undefined;
  readonly boot?: BootDisk | undefined;
  readonly volumes?: readonly DataVolume[] | undefined;
  readonly address?: AddressWish | undefined;
  /** Address on the first network; for one instance only. */
  readonly fixedIp?: string | undefined;
  /** Further networks, in the order of the interfaces; a fixed address for one instance only. */
  readonly moreNetworks?: readonly ServerNetwork[] | undefined;
  /** Name of a DNS zone of the project; the instances' floating IPs get names in it. */
  readonly zone?: string | undefined;
  readonly availabilityZone?: string | undefined;
  /** Id of a server group. */
  readonly serverGroupId?: string | undefined;
  /** In the place of `serverGroupId`. */
  readonly newServerGroup?: NewServerGroup | undefined;
  readonly hints?: Readonly<Record<string, string>> | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly description?: string | undefined;
  readonly configDrive?: boolean | undefined;
}

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

/** What earlier steps have made for an instance. */
export interface MadeFor {
  readonly networkId?: string | undefined;
  readonly groupId?: string | undefined;
  readonly serverGroupId?: string | undefined;
  readonly portId?: string | undefined;
  readonly bootVolumeId?: string | undefined;
  readonly volumeIds?: readonly string[] | undefined;
}

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

/** Name of a volume of an instance; its own end stays readable when the name is long. */
export function volumeName(serverName: string, index: number): string {
  const end = volumeEnd(index);
  return (
    Array.from(serverName)
      .slice(0, NAME_LIMIT - end.length)
      .join('') + end
  );
}

/** The name of the instance that a volume was made for; undefined where its own name does not tell. */
export function serverOfVolume(name: string, part: LaunchPart): string | undefined {
  const end = volumeEnd(part === 'boot' ? 0 : Number(part.replace('volume-', '')));
  const isCut = Array.from(name).length >= NAME_LIMIT;
  return name.endsWith(end) && !isCut ? name.slice(0, -end.length) : undefined;
}

function volumeEnd(index: number): string {
  return index === 0 ? '-boot' : `-data${index === 1 ? '' : `-${index}`}`;
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

function serverBody(
  request: LaunchRequest,
  names: readonly string[],
  recipe: string,
  number: number,
  made: MadeFor,
): CreateServer {
  const { key, launchId, boot, hints } = request;
  const serverGroupId = made.serverGroupId ?? request.serverGroupId;
  const count = names.length;
  const groups = [...request.securityGroups, ...(made.groupId === undefined ? [] : [made.groupId])];
  const name = names[number - 1] ?? request.name;
  const disks = disksFor(request, made, name);
  const mounts = mountsFor(request, name, made);
  const mark = writeMark({ launchId, number, count, part: 'server', recipe: '' });
  return {
    name,
    // Nova wants no image for an instance that starts from a volume.
    imageId: boot ? undefined : request.imageId,
    flavorId: request.flavorId,
    keyName: key.kind === 'none' ? undefined : key.name,
    networks: networksFor(request, made),
    // A port has its groups already.
    securityGroups: groups.length > 0 && made.portId === undefined ? groups : undefined,
    userData: userDataFor(request.profile ?? { kind: 'plain' }, request.userData, mounts),
    metadata: {
      ...request.metadata,
      ...profileMetadata(request.profile, launchId, request.address, mounts),
      [LAUNCH_MARK]: mark,
      ...(count > 1 && recipe !== '' && { [LAUNCH_RECIPE]: recipe }),
    },
    ...(disks.length > 0 && { disks }),
    ...(request.availabilityZone !== undefined && { availabilityZone: request.availabilityZone }),
    ...(request.tags && { tags: request.tags }),
    ...(request.description !== undefined && { description: request.description }),
    ...(request.configDrive !== undefined && { configDrive: request.configDrive }),
    ...((hints ?? serverGroupId) !== undefined && {
      hints: { ...hints, ...(serverGroupId !== undefined && { group: serverGroupId }) },
    }),
  };
}

async function userDataOf(
  request: LaunchRequest,
  name: string,
  made: MadeFor,
): Promise<string | Uint8Array | undefined> {
  const { profile = { kind: 'plain' }, userData } = request;
  return userDataToSend(profile, userData, mountsFor(request, name, made));
}

async function everyOneFits(request: LaunchRequest, names: readonly string[]): Promise<boolean> {
  const { profile = { kind: 'plain' }, userData, volumes = [] } = request;
  const volumeIds = volumes.map(() => newLaunchId());
  // The last number is the longest. Gzip makes more of one id than of another, by less than this.
  const mounts = mountsFor(request, names.at(-1) ?? request.name, { volumeIds }).map(({ id, folder }) => ({
    id,
    folder: folder + newLaunchId().slice(-8),
  }));
  const data = await userDataToSend(profile, userData, mounts);
  return data === undefined || !isTooLong(data);
}

/** What an instance mounts by itself, by the name of each volume. */
function mountsFor(
  { profile, volumes = [] }: LaunchRequest,
  serverName: string,
  { volumeIds = [] }: Pick<MadeFor, 'volumeIds'>,
): readonly KitVolume[] {
  if (profile?.kind !== 'kit') return [];
  const names = volumes.map((_, i) => volumeName(serverName, i + 1));
  return kitVolumes(names, volumeIds);
}

function disksFor(
  { boot, profile }: LaunchRequest,
  { bootVolumeId, volumeIds = [] }: MadeFor,
  serverName: string,
): ServerDisk[] {
  const data = volumeIds.map((volumeId, i) => ({
    volumeId,
    boot: false,
    deleteWithServer: false,
    ...(profile?.kind === 'exosphere' && { tag: volumeTag(volumeName(serverName, i + 1)) }),
  }));
  if (boot) {
    const volumeId = boot.kind === 'volume' ? boot.volumeId : bootVolumeId;
    return [{ volumeId, boot: true, deleteWithServer: boot.deleteWithServer }, ...data];
  }
  return data.length === 0 ? [] : [{ boot: true, deleteWithServer: true }, ...data];
}

function networksFor(request: LaunchRequest, { portId, networkId }: MadeFor): CreateServer['networks'] {
  const { network, moreNetworks = [] } = request;
  const first = network.kind === 'network' ? network.id : networkId;
  if (portId !== undefined) return [{ portId }, ...moreNetworks];
  if (first === undefined) return 'auto';
  const { fixedIp } = request;
  return [fixedIp === undefined ? { networkId: first } : { networkId: first, fixedIp }, ...moreNetworks];
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
    addressFrom: address?.kind === 'new' ? address.networkId : undefined,
    volumes: volumes.map(({ size }) => size),
    zone: request.zone,
    serverGroup: request.newServerGroup?.policy,
  };
  const alone = writeRecipe({
    ...common,
    networkId: network.kind === 'network' ? network.id : undefined,
    groups: request.securityGroups,
  });
  return {
    withPort: writeRecipe({ ...common, networkId: undefined, groups: [] }),
    alone: alone.length > MARK_LIMIT || request.newGroup ? '' : alone,
  };
}
