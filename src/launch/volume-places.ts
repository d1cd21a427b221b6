import { mountFolder, volumeTag } from './exosphere/mounts.js';
import { PLACE } from './kit-places.js';
import { volumeFolders } from './kit-volumes.js';
import type { LaunchRequest } from './plan.js';
import { volumeName } from './volume-names.js';

/** A volume, and the folder where the instance mounts it by itself. */
export interface VolumePlace {
  readonly name: string;
  readonly place: string;
}

/** Where the new volumes of an instance are found, as far as it mounts them by itself and it can be known. */
export function volumePlaces(
  { profile, volumes = [] }: Pick<LaunchRequest, 'profile' | 'volumes'>,
  serverName: string,
): readonly VolumePlace[] {
  const names = volumes.map((_, i) => volumeName(serverName, i + 1));
  switch (profile?.kind) {
    case 'kit':
      return volumeFolders(names).map((folder, i) => ({ name: names[i] ?? '', place: PLACE + folder }));
    case 'exosphere':
      return names
        .filter((name) => volumeTag(name) !== undefined)
        .map((name) => ({ name, place: PLACE + mountFolder(name) }));
    default:
      return [];
  }
}
