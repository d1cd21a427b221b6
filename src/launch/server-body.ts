import type { CreateServer, ServerDisk } from '../openstack/compute.js';
import { volumeTag } from './exosphere/mounts.js';
import { givenMetadata } from './given.js';
import { kitVolumes, type KitVolume } from './kit-volumes.js';
import { LAUNCH_MARK, LAUNCH_RECIPE, randomUuid, writeMark } from './mark.js';
import { profileMetadata, userDataFor, userDataToSend } from './profiles.js';
import type { LaunchRequest } from './request.js';
import { isTooLong } from './user-data.js';
import { volumeName } from './volume-names.js';

/** What earlier steps have made for an instance. */
export interface MadeFor {
  readonly networkId?: string | undefined;
  readonly groupId?: string | undefined;
  readonly serverGroupId?: string | undefined;
  readonly portId?: string | undefined;
  readonly bootVolumeId?: string | undefined;
  readonly volumeIds?: readonly string[] | undefined;
}

/** What is asked of Nova for instance `number`. */
export function serverBody(
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
      ...givenMetadata(request),
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

/** The user data of an instance, as it is sent. */
export async function userDataOf(
  request: LaunchRequest,
  name: string,
  made: MadeFor,
): Promise<string | Uint8Array | undefined> {
  const { profile = { kind: 'plain' }, userData } = request;
  return userDataToSend(profile, userData, mountsFor(request, name, made));
}

/** What an instance mounts, by ids and folders at least as long as they can become. */
export function longestMounts(
  request: Pick<LaunchRequest, 'name' | 'profile' | 'volumes'>,
  names: readonly string[],
): readonly KitVolume[] {
  const volumeIds = (request.volumes ?? []).map(() => randomUuid());
  // The last number is the longest. Gzip makes more of one id than of another, by less than this.
  return mountsFor(request, names.at(-1) ?? request.name, { volumeIds }).map(({ id, folder }) => ({
    id,
    folder: folder + randomUuid().slice(-8),
  }));
}

/** Whether the user data of every instance is short enough for Nova, before the ids of volumes are known. */
export async function everyOneFits(request: LaunchRequest, names: readonly string[]): Promise<boolean> {
  const { profile = { kind: 'plain' }, userData } = request;
  const data = await userDataToSend(profile, userData, longestMounts(request, names));
  return data === undefined || !isTooLong(data);
}

/** What an instance mounts by itself, by the name of each volume. */
function mountsFor(
  { profile, volumes = [] }: Pick<LaunchRequest, 'profile' | 'volumes'>,
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
