import { isRecord } from '../../openstack/schema.js';
import { EXO_VOLUME_METADATA_PREFIX, EXO_VOLUME_TAG_PREFIX } from './keys.js';

/** An attached volume, as far as it matters where it is mounted. */
export interface MountedVolume {
  readonly id: string;
  /** Such as `/dev/vdb`. */
  readonly device: string | undefined;
  /** Of the attachment; from microversion 2.70 on. */
  readonly tag: string | undefined;
}

const PLACE = '/media/volume/';
/** Nova's own limit of a device tag. */
const LONGEST_TAG = 60;

function named(json: string): string | undefined {
  try {
    const value: unknown = JSON.parse(json);
    const name = isRecord(value) ? value['name'] : undefined;
    return typeof name === 'string' && name !== '' ? name : undefined;
  } catch {
    return undefined;
  }
}

/** As the guest makes a name of a folder: letters and digits of any script stay, everything else becomes a dash. */
export function mountFolder(name: string): string {
  return name.replace(/[^\p{L}\p{N}_]+/gu, '-');
}

/**
 * Where an instance of Exosphere's mounts a volume by itself; undefined where it does not, or where it cannot be known.
 *
 * @param version of the instance; from 5 on volumes are mounted by their names
 */
export function mountPoint(
  version: number,
  metadata: Readonly<Record<string, string>>,
  { id, device, tag }: MountedVolume,
): string | undefined {
  const kernel = /^\/dev\/((?:xv|v|s)d[a-z]+)$/.exec(device ?? '')?.[1];
  // What it starts from.
  if (/^(?:xv|v|s)da$/.test(kernel ?? '')) return undefined;
  const name =
    version >= 6 && tag?.startsWith(EXO_VOLUME_TAG_PREFIX)
      ? named(tag.slice(EXO_VOLUME_TAG_PREFIX.length))
      : version === 5
        ? named(metadata[`${EXO_VOLUME_METADATA_PREFIX}${id}`] ?? '')
        : undefined;
  const folder = name === undefined ? kernel : mountFolder(name);
  return folder === undefined || folder === '' ? undefined : PLACE + folder;
}

/**
 * What an attachment carries so that its volume is mounted by its name; undefined where Nova would refuse it: then it is
 * mounted by the name of its device.
 */
export function volumeTag(name: string): string | undefined {
  const tag = EXO_VOLUME_TAG_PREFIX + JSON.stringify({ name });
  return name === '' || tag.length > LONGEST_TAG || /[,/]/.test(tag) ? undefined : tag;
}

/** The same for an instance of version 5, in its metadata. */
export function volumeMetadata(id: string, name: string): Readonly<Record<string, string>> {
  return { [`${EXO_VOLUME_METADATA_PREFIX}${id}`]: JSON.stringify({ name }) };
}
