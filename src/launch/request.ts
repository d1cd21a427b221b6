import type { ServerNetwork } from '../openstack/compute.js';
import type { NewRule } from '../openstack/network-making.js';
import type { GroupPolicy } from '../openstack/server-groups.js';
import type { NetworkChoice } from './networks.js';
import type { LaunchProfile } from './profiles.js';

/** A key pair for the instances. `import` carries the public half only; a generated key comes here as one. */
export type LaunchKey =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'existing';
      readonly name: string;
      /** Where it is known: by it another person's key of the same name is told from it. */
      readonly publicKey?: string | undefined;
    }
  | { readonly kind: 'import'; readonly name: string; readonly publicKey: string };

/** What an instance starts from, where it is not the image on the flavor's own disk. */
export type BootDisk =
  /** A new volume for each instance, with the image or the snapshot on it. */
  | {
      readonly kind: 'new-volume';
      /** GiB. */
      readonly size: number;
      readonly type?: string | undefined;
      /** Instead of the image. */
      readonly snapshotId?: string | undefined;
      readonly deleteWithServer: boolean;
    }
  /** A volume that is there; for one instance only. */
  | { readonly kind: 'volume'; readonly volumeId: string; readonly deleteWithServer: boolean };

/** An empty volume for each instance, attached from its first start on. */
export interface DataVolume {
  /** GiB. */
  readonly size: number;
  readonly type?: string | undefined;
}

/** An address of its own that is reached from outside. */
export type AddressWish =
  | { readonly kind: 'none' }
  /** One for each instance, from this external network. */
  | { readonly kind: 'new'; readonly networkId: string }
  /** One that is there; for one instance only. */
  | { readonly kind: 'existing'; readonly id: string; readonly address: string };

/** A security group that is found by its name, and made with these rules where there is none. */
export interface NewGroup {
  readonly name: string;
  readonly rules: readonly NewRule[];
}

/** A server group that is made with the launch. */
export interface NewServerGroup {
  /** 1 to 255 characters; the launch's mark is put behind it, and cuts what is then too long. */
  readonly name: string;
  readonly policy: GroupPolicy;
}

/** Everything that was decided. */
export interface LaunchRequest {
  /** From `newLaunchId()`; the same one when a launch is tried again, or things would be made twice. */
  readonly launchId: string;
  readonly name: string;
  readonly count: number;
  /** Empty where `boot` does without one. */
  readonly imageId: string;
  readonly flavorId: string;
  readonly key: LaunchKey;
  readonly network: NetworkChoice;
  /** Ids or names; none leaves it to the cloud, which takes the project's `default`. */
  readonly securityGroups: readonly string[];
  /** Passed on byte for byte; text as UTF-8. */
  readonly userData?: string | Uint8Array | undefined;
  /** `plain` unless given. */
  readonly profile?: LaunchProfile | undefined;
  /** In addition to `securityGroups`. */
  readonly newGroup?: NewGroup | undefined;
  readonly boot?: BootDisk | undefined;
  readonly volumes?: readonly DataVolume[] | undefined;
  readonly address?: AddressWish | undefined;
  /** Address on the first network; for one instance only. */
  readonly fixedIp?: string | undefined;
  /** Further networks, in the order of the interfaces; a fixed address for one instance only. */
  readonly moreNetworks?: readonly ServerNetwork[] | undefined;
  /** Name of a DNS zone of the project; the instances' floating IPs get names in it. */
  readonly zone?: string | undefined;
  readonly availabilityZone?: string | undefined;
  /** Id of a server group. */
  readonly serverGroupId?: string | undefined;
  /** In the place of `serverGroupId`. */
  readonly newServerGroup?: NewServerGroup | undefined;
  readonly hints?: Readonly<Record<string, string>> | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly description?: string | undefined;
  readonly configDrive?: boolean | undefined;
}
