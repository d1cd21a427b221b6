import type { Flavor } from '../openstack/compute.js';
import type { Image } from '../openstack/image.js';
import type { BootDisk, DataVolume } from './plan.js';
import { diskNeeded } from './sizes.js';

/** GiB that Cinder takes at most for one volume, by the width of the field in its database. */
const LARGEST = 2 ** 31 - 1;

/** GiB of a new volume where nothing else says how large: room for a system and something beside it. */
const USUAL = 20;

/** Volumes for one instance at most, so that a form stays one; Nova attaches 26 of the common kind. */
export const MOST_VOLUMES = 10;

/** Why a size of a volume cannot be. */
export type VolumeSizeProblem = 'number' | 'small';

/** Whole GiB from what was typed; undefined for anything else. */
export function readGibibytes(text: string): number | undefined {
  if (!/^\s*[1-9]\d{0,9}\s*$/.test(text)) return undefined;
  const size = Number(text);
  return size <= LARGEST ? size : undefined;
}

/** What is wrong with the size of a volume. `least`: GiB that it has to have. */
export function volumeSizeProblem(text: string, least = 1): VolumeSizeProblem | undefined {
  const size = readGibibytes(text);
  if (size === undefined) return 'number';
  return size < least ? 'small' : undefined;
}

/** GiB that a volume with an image or a snapshot on it has to have. */
export function leastBootSize(
  image: Pick<Image, 'minDisk' | 'size'> | undefined,
  snapshotSize: number | undefined,
): number {
  return Math.max(1, snapshotSize ?? 0, image ? diskNeeded(image) : 0);
}

/** GiB to begin with: what the portal says, the disk of the size, or something usual; never too small. */
export function suggestBootSize(
  least: number,
  flavor: Pick<Flavor, 'disk'> | undefined,
  wanted?: number,
): number {
  return Math.max(least, wanted ?? (flavor && flavor.disk > 0 ? flavor.disk : USUAL));
}

/** New volumes for each instance, for the quotas. */
export function newVolumes(boot: BootDisk | undefined, data: readonly DataVolume[]): readonly DataVolume[] {
  return boot?.kind === 'new-volume' ? [{ size: boot.size, type: boot.type }, ...data] : data;
}
