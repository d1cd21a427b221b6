/** Where volumes are mounted: the same folder as on instances of Exosphere's. */
export const PLACE = '/media/volume/';

/** Metadata of an instance of the profile `kit`: `exo:mount:<volume id>` says where that volume is mounted. */
export const MOUNT_PREFIX = 'exo:mount:';

/** Where an instance of the profile `kit` mounts a volume; undefined where it does not say so. */
export function kitMountPoint(metadata: Readonly<Record<string, string>>, id: string): string | undefined {
  const place = metadata[MOUNT_PREFIX + id];
  return place?.startsWith(PLACE) ? place : undefined;
}
