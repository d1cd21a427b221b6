import {
  leastBootSize,
  MOST_VOLUMES,
  readGibibytes,
  suggestBootSize,
  volumeSizeProblem,
  type VolumeSizeProblem,
} from '../../launch/boot.js';
import type { BootDisk, DataVolume } from '../../launch/plan.js';
import type { Flavor } from '../../openstack/compute.js';
import type { Image } from '../../openstack/image.js';
import type { VolumeSnapshot } from '../../openstack/launch-facts.js';
import type { Volume } from '../../openstack/volume.js';
import type { LaunchDefaults } from '../../session/settings.js';
import type { BootDraft, VolumeDraft } from './wishes.js';

export interface VolumeDecision {
  /** GiB, as it was typed or is suggested. */
  readonly size: string;
  readonly type: string | undefined;
  readonly problem: VolumeSizeProblem | undefined;
}

/** What the instances start from, and which further volumes they get. */
export interface StorageDecision {
  readonly kind: BootDraft['kind'];
  /** `gone`: the volume or the snapshot is not there. `one-only`: a volume is for one instance. */
  readonly problem: VolumeSizeProblem | 'gone' | 'one-only' | 'too-many' | undefined;
  /** Undefined: the image on the size's own disk, or a problem. */
  readonly boot: BootDisk | undefined;
  /** Of the volume to be made to start from. */
  readonly volume: VolumeDecision;
  /** GiB that it has to have. */
  readonly least: number;
  /** The volume or the snapshot that it starts from, once it is known. */
  readonly from: { readonly id: string; readonly name: string; readonly size: number } | undefined;
  /** Whether what it starts from goes with the instance. */
  readonly goesWithServer: boolean;
  readonly data: readonly VolumeDecision[];
  /** Without a problem. */
  readonly volumes: readonly DataVolume[];
}

export interface StorageFacts {
  readonly image: Image | undefined;
  readonly flavor: Flavor | undefined;
  /** Empty while nobody has asked. */
  readonly volumes: readonly Volume[];
  readonly snapshots: readonly VolumeSnapshot[];
  readonly hasVolumes: boolean;
  readonly count: number;
  readonly preferences: LaunchDefaults;
}

const DATA_SIZE = '10';

/** How it starts where nobody chose: a size without a disk wants a volume, and so may the portal. */
function usualBoot({ hasVolumes, flavor, preferences }: StorageFacts): BootDraft {
  return hasVolumes && (preferences.bootVolume || flavor?.disk === 0)
    ? { kind: 'new-volume' }
    : { kind: 'image' };
}

/** Whether an image is needed at all. */
export function startsFromImage(boot: BootDraft | undefined): boolean {
  return boot === undefined || boot.kind === 'image' || boot.kind === 'new-volume';
}

/** Decides what the instances start from. */
export function decideStorage(
  chosen: BootDraft | undefined,
  data: readonly VolumeDraft[] | undefined,
  facts: StorageFacts,
): StorageDecision {
  const draft = facts.hasVolumes ? (chosen ?? usualBoot(facts)) : ({ kind: 'image' } as const);
  const snapshot = draft.kind === 'snapshot' ? facts.snapshots.find(({ id }) => id === draft.id) : undefined;
  const existing = draft.kind === 'volume' ? facts.volumes.find(({ id }) => id === draft.id) : undefined;
  const least = leastBootSize(draft.kind === 'snapshot' ? undefined : facts.image, snapshot?.size);
  const wished: VolumeDraft = draft.kind === 'new-volume' || draft.kind === 'snapshot' ? draft : {};
  const size =
    wished.size ?? String(suggestBootSize(least, facts.flavor, facts.preferences.bootVolume?.size));
  const type = wished.type ?? facts.preferences.bootVolume?.type;
  const volume = { size, type, problem: volumeSizeProblem(size, least) };
  const more = facts.hasVolumes ? (data ?? []) : [];
  const decided = more.map((each): VolumeDecision => {
    const text = each.size ?? DATA_SIZE;
    return { size: text, type: each.type, problem: volumeSizeProblem(text) };
  });
  const goesWithServer = draft.kind === 'volume' ? draft.remove === true : !('keep' in draft && draft.keep);
  const made = draft.kind === 'new-volume' || draft.kind === 'snapshot';
  const problem =
    (draft.kind === 'volume' && !existing) || (draft.kind === 'snapshot' && !snapshot)
      ? 'gone'
      : draft.kind === 'volume' && facts.count > 1
        ? 'one-only'
        : ((made ? volume.problem : undefined) ??
          decided.find((each) => each.problem)?.problem ??
          (more.length > MOST_VOLUMES ? 'too-many' : undefined));
  const from = snapshot ?? existing;
  return {
    kind: draft.kind,
    problem,
    boot: problem === undefined ? bootDisk(draft, volume, goesWithServer) : undefined,
    volume,
    least,
    from: from && { id: from.id, name: from.name || from.id, size: from.size },
    goesWithServer,
    data: decided,
    volumes: decided.flatMap(({ size: text, type: kind, problem: wrong }) => {
      const gibibytes = readGibibytes(text);
      return wrong || gibibytes === undefined ? [] : [{ size: gibibytes, type: kind }];
    }),
  };
}

function bootDisk(draft: BootDraft, volume: VolumeDecision, deleteWithServer: boolean): BootDisk | undefined {
  if (draft.kind === 'image') return undefined;
  if (draft.kind === 'volume') return { kind: 'volume', volumeId: draft.id, deleteWithServer };
  return {
    kind: 'new-volume',
    size: readGibibytes(volume.size) ?? 0,
    type: volume.type,
    ...(draft.kind === 'snapshot' && { snapshotId: draft.id }),
    deleteWithServer,
  };
}
