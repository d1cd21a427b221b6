import type { ComputeLimits, Flavor, Server } from '../../openstack/compute.js';
import type { Image } from '../../openstack/image.js';

/** Why an instance cannot have a size. Disk in GiB, memory in MiB. */
export type SizeRefusal =
  | { readonly why: 'sizeNow' | 'sizeGone' }
  | { readonly why: 'sizeDisk'; readonly disk: number }
  | { readonly why: 'sizeCores' | 'sizeRam'; readonly left: number };

/** Why `flavor` does not fit an instance; nothing when it does. */
export function sizeRefusal(
  flavor: Flavor,
  { flavor: now, imageId }: Pick<Server, 'flavor' | 'imageId'>,
  limits: Pick<ComputeLimits, 'cores' | 'ram'> | undefined,
): SizeRefusal | undefined {
  if (now.id === undefined ? flavor.name === now.name : flavor.id === now.id) return { why: 'sizeNow' };
  if (flavor.disabled) return { why: 'sizeGone' };
  // A disk can grow only; one that boots from a volume has none of its own.
  const disk = now.disk ?? 0;
  if (imageId !== undefined && flavor.disk < disk) return { why: 'sizeDisk', disk };
  // Until it is confirmed the old size counts no more than what it exceeds the new one by.
  const cores = limits && limits.cores.limit - limits.cores.used;
  if (cores !== undefined && flavor.vcpus - (now.vcpus ?? 0) > cores)
    return { why: 'sizeCores', left: Math.max(0, cores) };
  const ram = limits && limits.ram.limit - limits.ram.used;
  if (ram !== undefined && flavor.ram - (now.ram ?? 0) > ram)
    return { why: 'sizeRam', left: Math.max(0, ram) };
  return undefined;
}

/** Whether an instance can be made anew from an image; one that runs from a volume has the disk of that, not its size's. */
export function imageFits(
  { minDisk, minRam }: Pick<Image, 'minDisk' | 'minRam'>,
  { flavor: { disk: own, ram }, imageId }: Pick<Server, 'flavor' | 'imageId'>,
): boolean {
  const disk = imageId === undefined ? undefined : own;
  return (disk === undefined || disk === 0 || minDisk <= disk) && (ram === undefined || minRam <= ram);
}

export type TagProblem =
  { readonly why: 'tagsTooMany' } | { readonly why: 'tagTooLong'; readonly tag: string };

/** Tags as people write them: between commas, each once. */
export function readTags(text: string): readonly string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '');
}

/** What Nova would refuse of tags: more than 50, longer than 60 characters, a slash. */
export function tagProblem(tags: readonly string[]): TagProblem | undefined {
  if (tags.length > 50) return { why: 'tagsTooMany' };
  const tag = tags.find((each) => each.length > 60 || each.includes('/'));
  return tag === undefined ? undefined : { why: 'tagTooLong', tag };
}

/** A line of the metadata's form. */
export interface Entry {
  readonly key: string;
  readonly value: string;
}

/** What Nova would refuse of a key; lines without a key are left out. */
export function keyProblem(entries: readonly Entry[], index: number): 'keyProblem' | 'keyTwice' | undefined {
  const key = entries[index]?.key ?? '';
  if (key === '') return undefined;
  if (!/^[a-zA-Z0-9\-_:. ]{1,255}$/.test(key)) return 'keyProblem';
  return entries.findIndex((entry) => entry.key === key) < index ? 'keyTwice' : undefined;
}

export function metadataOf(entries: readonly Entry[]): Readonly<Record<string, string>> {
  return Object.fromEntries(entries.filter(({ key }) => key !== '').map(({ key, value }) => [key, value]));
}

/** What has to be done to come from one set of tags to another. */
export function tagChanges(
  before: readonly string[],
  next: readonly string[],
): { readonly tagsAdded: readonly string[]; readonly tagsRemoved: readonly string[] } {
  return {
    tagsAdded: next.filter((tag) => !before.includes(tag)),
    tagsRemoved: before.filter((tag) => !next.includes(tag)),
  };
}

/** The same for metadata. */
export function metadataChanges(
  before: Readonly<Record<string, string>>,
  next: Readonly<Record<string, string>>,
): { readonly metadata: Readonly<Record<string, string>>; readonly keysRemoved: readonly string[] } {
  return {
    metadata: Object.fromEntries(Object.entries(next).filter(([key, value]) => before[key] !== value)),
    keysRemoved: Object.keys(before).filter((key) => !Object.hasOwn(next, key)),
  };
}
