import type { NewServerGroup } from '../../launch/plan.js';
import type { LaunchProfile } from '../../launch/profiles.js';
import type { OpeningWish } from '../../launch/security.js';

/** A key as far as somebody has chosen it. */
export type KeyDraft =
  | { readonly kind: 'none' }
  | { readonly kind: 'existing'; readonly name: string }
  | { readonly kind: 'generate'; readonly name?: string | undefined }
  | {
      readonly kind: 'import';
      readonly name?: string | undefined;
      readonly text: string;
      /** A private key was pasted and thrown away. */
      readonly refused: boolean;
    };

/** A boot script: typed, or a file whose bytes are left alone. */
export type Script =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly name: string; readonly bytes: Uint8Array };

/** A volume to be made; undefined parts follow what is chosen elsewhere. */
export interface VolumeDraft {
  /** GiB, as it was typed. */
  readonly size?: string | undefined;
  /** Name of a volume type; the cloud's default where there is none. */
  readonly type?: string | undefined;
}

/** What it starts from. */
export type BootDraft =
  /** The image, on the disk of the size. */
  | { readonly kind: 'image' }
  /** The image, on a new volume. */
  | (VolumeDraft & {
      readonly kind: 'new-volume';
      /** Stays when the instance is deleted. */ readonly keep?: boolean | undefined;
    })
  | { readonly kind: 'volume'; readonly id: string; readonly remove?: boolean | undefined }
  /** A new volume from a volume's snapshot. */
  | (VolumeDraft & {
      readonly kind: 'snapshot';
      readonly id: string;
      readonly keep?: boolean | undefined;
    });

/** An address that is reached from outside. */
export type AddressDraft =
  | { readonly kind: 'none' }
  | { readonly kind: 'new'; /** An external one. */ readonly networkId?: string | undefined }
  | { readonly kind: 'existing'; readonly id: string };

/** What a notebook server is built from, as it was typed: Binder's terms. */
export interface WorkflowDraft {
  /** Address of a git repository, or a DOI. */
  readonly repo: string;
  /** Branch, tag or commit. */
  readonly ref?: string | undefined;
  /** What is opened. */
  readonly path?: string | undefined;
}

/** A name and a value, as they were typed. */
export interface Pair {
  readonly key: string;
  readonly value: string;
}

/**
 * What somebody has changed. Everything else follows from what the cloud offers, so nothing is chosen twice. All of it
 * can be written as JSON but for the bytes of a file; nothing of it is secret but, maybe, the boot script.
 */
export interface Draft {
  readonly name?: string | undefined;
  readonly imageId?: string | undefined;
  readonly flavorId?: string | undefined;
  readonly key?: KeyDraft | undefined;
  /** `automatic`, `own` (made for this launch), or the id of a network. */
  readonly network?: string | undefined;
  /** For `own`. */
  readonly newNetwork?:
    { readonly name?: string | undefined; readonly cidr?: string | undefined } | undefined;
  /** Id of a network of the project that nothing leads out of: a router is made that connects it. */
  readonly connect?: string | undefined;
  /** On the first network. */
  readonly fixedIp?: string | undefined;
  /** Further networks, in the order of the interfaces. */
  readonly moreNetworks?:
    readonly { readonly id: string; readonly fixedIp?: string | undefined }[] | undefined;
  readonly address?: AddressDraft | undefined;
  /** Ids of security groups. */
  readonly groups?: readonly string[] | undefined;
  /** What may come in beside what the groups let in; without it what the portal says, or SSH and ping. */
  readonly openings?: readonly OpeningWish[] | undefined;
  /** As it was typed. */
  readonly count?: string | undefined;
  readonly script?: Script | undefined;
  readonly boot?: BootDraft | undefined;
  /** Empty volumes for each instance. */
  readonly volumes?: readonly VolumeDraft[] | undefined;
  readonly availabilityZone?: string | undefined;
  /** Id. */
  readonly serverGroupId?: string | undefined;
  /** Policy of a server group that is made for this launch; in the place of `serverGroupId`. */
  readonly newServerGroup?: NewServerGroup['policy'] | undefined;
  readonly hints?: readonly Pair[] | undefined;
  readonly metadata?: readonly Pair[] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly description?: string | undefined;
  readonly configDrive?: boolean | undefined;
  /** Name of a DNS zone; empty for none. */
  readonly zone?: string | undefined;
  readonly profile?: LaunchProfile['kind'] | undefined;
  /** For the profile `kit`: public keys, one a line. */
  readonly moreKeys?: string | undefined;
  /** A private key was among them, and was thrown away. */
  readonly moreKeysRefused?: boolean | undefined;
  /** For the profile `kit`: names, with spaces or commas between. */
  readonly packages?: string | undefined;
  /** For a profile that brings one. */
  readonly desktop?: boolean | undefined;
  /** For a profile that brings one. */
  readonly webShell?: boolean | undefined;
  /** For a profile that runs one. */
  readonly workflow?: WorkflowDraft | undefined;
  /** For a profile that brings the system up to date first. */
  readonly updates?: boolean | undefined;
}

/** What a portal can decide for everybody. */
export const LOCKABLE = {
  image: ['imageId'],
  size: ['flavorId'],
  key: ['key', 'moreKeys'],
  network: ['network', 'newNetwork', 'connect', 'fixedIp', 'moreNetworks'],
  address: ['address', 'zone'],
  groups: ['groups', 'openings'],
  count: ['count'],
  script: ['script', 'packages'],
  storage: ['boot', 'volumes'],
  placement: ['availabilityZone', 'serverGroupId', 'newServerGroup', 'hints'],
  profile: ['profile', 'desktop', 'webShell', 'workflow', 'updates'],
} as const satisfies Readonly<Record<string, readonly (keyof Draft)[]>>;

export type Lock = keyof typeof LOCKABLE;

/** The draft without what the portal has decided: a link or an old draft does not get past it. */
export function withoutLocked(draft: Draft, locked: readonly string[] | undefined): Draft {
  if (!locked?.length) return draft;
  const gone = new Set<string>();
  for (const [lock, keys] of Object.entries(LOCKABLE)) {
    if (locked.includes(lock)) for (const each of keys) gone.add(each);
  }
  return Object.fromEntries(Object.entries(draft).filter(([name]) => !gone.has(name)));
}
