import type { LimitsRow } from '../live/resources.js';
import type { Flavor } from '../openstack/compute.js';
import type { Image } from '../openstack/image.js';
import { isNamed } from './named.js';
import { quotaUses, type LaunchResource } from './quota.js';

/** Why a size cannot be launched. Disks in GiB, memory in MiB. */
export type SizeReason =
  | { readonly kind: 'disabled' }
  /** The portal offers what is launched with other sizes only. */
  | { readonly kind: 'not-for-this' }
  | { readonly kind: 'image-ram'; readonly needs: number; readonly has: number }
  | { readonly kind: 'image-disk'; readonly needs: number; readonly has: number }
  | {
      readonly kind: 'quota';
      readonly resource: LaunchResource;
      readonly requested: number;
      readonly used: number;
      readonly limit: number;
    };

/** A size as it is offered. */
export interface SizeOffer {
  readonly flavor: Flavor;
  /** Empty: it can be launched. */
  readonly reasons: readonly SizeReason[];
  /** Has no root disk of its own; most clouds then want a boot volume. */
  readonly diskless: boolean;
}

const GIB = 1024 ** 3;

/** Disk in GiB that an image needs: what its publisher says, and never less than its file takes. */
export function diskNeeded(image: Pick<Image, 'minDisk' | 'size'>): number {
  return Math.max(image.minDisk, Math.ceil((image.size ?? 0) / GIB));
}

/** Everything that stands against a size, for an image (if one is chosen), the quotas and a count. */
export function sizeReasons(
  flavor: Flavor,
  image: Pick<Image, 'minDisk' | 'minRam' | 'size'> | undefined,
  limits: readonly LimitsRow[],
  count: number,
): readonly SizeReason[] {
  const reasons: SizeReason[] = [];
  if (flavor.disabled) reasons.push({ kind: 'disabled' });
  if (image && image.minRam > flavor.ram) {
    reasons.push({ kind: 'image-ram', needs: image.minRam, has: flavor.ram });
  }
  // A disk of 0 grows to what the image needs, so there is nothing to compare.
  if (image && flavor.disk > 0 && diskNeeded(image) > flavor.disk) {
    reasons.push({ kind: 'image-disk', needs: diskNeeded(image), has: flavor.disk });
  }
  for (const { resource, used, added, limit, over } of quotaUses(limits, flavor, count)) {
    if (over) reasons.push({ kind: 'quota', resource, requested: added, used, limit });
  }
  return reasons;
}

/** Whether a size brings a graphics card or another device; such sizes are scarce and never suggested. */
export function hasAccelerator(flavor: Pick<Flavor, 'extraSpecs'>): boolean {
  return Object.keys(flavor.extraSpecs).some((key) =>
    /^(resources\d*:(VGPU|PGPU|FPGA|CUSTOM_)|pci_passthrough:alias|accel:)/i.test(key),
  );
}

/** From small to large, as people compare them. */
export function compareSizes(a: Flavor, b: Flavor): number {
  return (
    Number(hasAccelerator(a)) - Number(hasAccelerator(b)) ||
    a.vcpus - b.vcpus ||
    a.ram - b.ram ||
    a.disk - b.disk ||
    a.name.localeCompare(b.name)
  );
}

/**
 * All sizes from small to large, each with what stands against it.
 *
 * @param only names or ids of the only ones that fit what is launched; one that ends in `*` stands for all that begin so
 */
export function offerSizes(
  flavors: readonly Flavor[],
  image: Pick<Image, 'minDisk' | 'minRam' | 'size'> | undefined,
  limits: readonly LimitsRow[],
  count: number,
  only?: readonly string[],
): readonly SizeOffer[] {
  return [...flavors].sort(compareSizes).map((flavor) => ({
    flavor,
    reasons:
      only?.length && !isNamed(flavor, only)
        ? [{ kind: 'not-for-this' }]
        : sizeReasons(flavor, image, limits, count),
    diskless: flavor.disk === 0,
  }));
}

/**
 * The size to begin with: the first of `wanted` (ids or names, most wanted first) that fits, else the smallest that
 * fits. One without a disk or with an accelerator is taken only when there is no other.
 */
export function suggestSize(
  offers: readonly SizeOffer[],
  wanted: readonly (string | undefined)[],
): Flavor | undefined {
  const fitting = offers.filter(({ reasons }) => reasons.length === 0);
  for (const want of wanted) {
    const found = fitting.find(
      ({ flavor }) => want !== undefined && (flavor.id === want || flavor.name === want),
    );
    if (found) return found.flavor;
  }
  const plain = fitting.find(({ flavor, diskless }) => !diskless && !hasAccelerator(flavor));
  return (plain ?? fitting[0])?.flavor;
}
