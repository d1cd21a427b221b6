import { readMark } from '../../launch/mark.js';
import { isOpenStackError } from '../../openstack/errors.js';
import {
  VolumeFacts,
  type VolumeOrigin,
  type VolumeSnapshot,
  type VolumeType,
} from '../../openstack/launch-facts.js';
import type { Server } from '../../openstack/server.js';
import type { Connection } from '../../session/connection.js';
import type { Left, Likeness } from './like-prepared.js';
import { said } from './wish.js';
import type { BootDraft, Draft } from './wishes.js';

/** What of an instance tells about its disks. */
type Model = Pick<Server, 'id' | 'imageId' | 'metadata' | 'volumesAttached' | 'volumesDeletedWith'>;

/** What Cinder says of an instance's volumes. */
export interface Disks {
  readonly volumes: readonly VolumeOrigin[];
  /** Asked for where a volume was made from one. */
  readonly snapshots: readonly VolumeSnapshot[];
  /** Undefined where they cannot be read. */
  readonly types: readonly VolumeType[] | undefined;
}

/** Whether there is anything to ask for. */
export function hasDisks({ imageId, volumesAttached }: Model): boolean {
  return imageId === undefined || volumesAttached.length > 0;
}

/** Reads the volumes of one instance, which somebody wants another like. Rejects with an OpenStackError. */
export async function readDisks(
  connection: Connection,
  { volumesAttached }: Model,
  signal: AbortSignal,
): Promise<Disks> {
  const client = connection.client(VolumeFacts);
  const [types, ...volumes] = await Promise.all([
    known(client.types({ signal })),
    ...volumesAttached.map((id) => client.origin(id, { signal })),
  ]);
  const copied = volumes.some(({ snapshotId }) => snapshotId !== undefined);
  const snapshots = copied ? await known(client.snapshots({ signal })) : [];
  return { volumes, snapshots: snapshots ?? [], types };
}

async function known<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (!isOpenStackError(error)) throw error;
    return undefined;
  }
}

/**
 * What another instance starts from, and which volumes it gets: new ones, as its launch made them. What is on a volume is
 * not copied.
 *
 * @param disks undefined where they could not be read
 * @param images that are there
 */
export function likeDisks(
  server: Model,
  disks: Disks | undefined,
  images: readonly { readonly id: string }[],
): Likeness {
  if (!disks) return { draft: {}, left: [{ what: 'disks' }], missing: [] };
  const left: Left[] = [];
  const missing = new Set<string>();
  const typeOf = ({ type }: VolumeOrigin) => {
    if (type === undefined || (disks.types?.some(({ name }) => name === type) ?? true)) return type;
    missing.add(type);
    return undefined;
  };
  const boot = server.imageId === undefined ? bootOf(server, disks.volumes) : undefined;
  const draft: { -readonly [K in keyof Draft]: Draft[K] } = {};
  if (boot) {
    const snapshot = disks.snapshots.find(({ id }) => id === boot.snapshotId);
    const volume = {
      size: String(boot.size),
      type: typeOf(boot),
      keep: server.volumesDeletedWith && !server.volumesDeletedWith.includes(boot.id),
    };
    draft.boot = bootDraft(volume, snapshot);
    if (!snapshot) {
      if (images.some(({ id }) => id === boot.image?.id)) draft.imageId = boot.image?.id;
      else if (boot.image) missing.add(boot.image.name ?? boot.image.id ?? boot.name);
      else left.push({ what: 'boot-source' });
      if (boot.image && (boot.snapshotId ?? boot.sourceId) !== undefined) left.push({ what: 'boot-copy' });
    }
  } else if (server.imageId === undefined) left.push({ what: 'boot-source' });

  const others = disks.volumes.filter((each) => each !== boot);
  const made = others
    .map((volume) => ({ volume, number: numberIn(server, volume) }))
    .filter((each) => each.number > 0)
    .sort((a, b) => a.number - b.number)
    .map(({ volume }) => volume);
  if (made.length > 0) draft.volumes = made.map((each) => ({ size: String(each.size), type: typeOf(each) }));
  const names = others.filter((each) => !made.includes(each)).map(({ name, id }) => name || id.slice(0, 8));
  if (names.length > 0) left.push({ what: 'volumes', names });
  return { draft: said(draft), left, missing: [...missing] };
}

function bootDraft(
  volume: { readonly size: string; readonly type: string | undefined; readonly keep: boolean | undefined },
  snapshot: VolumeSnapshot | undefined,
): BootDraft {
  return snapshot ? { kind: 'snapshot', id: snapshot.id, ...volume } : { kind: 'new-volume', ...volume };
}

/** The volume that an instance starts from: its launch says so, or it is the first disk. */
function bootOf(server: Model, volumes: readonly VolumeOrigin[]): VolumeOrigin | undefined {
  const isFirst = ({ attachments }: VolumeOrigin) =>
    attachments.some(({ serverId, device }) => serverId === server.id && device.endsWith('da'));
  const bootable = volumes.filter((each) => each.bootable);
  return (
    volumes.find((each) => partIn(server, each) === 'boot') ??
    volumes.find(isFirst) ??
    (bootable.length === 1 || volumes.length === 1 ? (bootable[0] ?? volumes[0]) : undefined)
  );
}

/** What a volume was in the launch that made the instance; undefined for one of another launch, or of none. */
function partIn(server: Model, volume: VolumeOrigin): string | undefined {
  const [of, mark] = [readMark(server.metadata), readMark(volume.metadata)];
  return of && mark?.launchId === of.launchId && mark.number === of.number ? mark.part : undefined;
}

/** From 1, in the order of the launch; 0 for one that it did not make. */
function numberIn(server: Model, volume: VolumeOrigin): number {
  return Number(/^volume-(\d+)$/.exec(partIn(server, volume) ?? '')?.[1] ?? 0);
}
