import { randomUuid } from './mark.js';
import { userDataFor, userDataToSend, type LaunchProfile } from './profiles.js';
import type { LaunchRequest } from './request.js';
import { longestMounts, serverBody } from './server-body.js';
import { userDataBytes } from './user-data-size.js';
import { fits, gzipped, isBeyondGzip, isTooLong, userDataKind } from './user-data.js';

/** What each instance of a launch is given, against what Nova takes. */
export interface Weight {
  /** Entries of metadata that the launch writes by itself, its mark included. */
  readonly metadata: number;
  /** User data, before it is gzipped. */
  readonly bytes: number;
  /** It is sent gzipped. */
  readonly packed: boolean;
  /**
   * Why it is more than Nova takes. `script`: the boot script alone is, even gzipped. `kind`: it would have to be gzipped,
   * and cloud-init would not know what it is. `profile`: it is with what the profile adds. `keys`: what the profile adds
   * is too long alone.
   */
  readonly tooLong: 'script' | 'kind' | 'profile' | 'keys' | undefined;
}

/** What is weighed of a launch. A key that is still to be made is none yet. */
export type Weighable = Pick<
  LaunchRequest,
  | 'name'
  | 'key'
  | 'profile'
  | 'userData'
  | 'volumes'
  | 'address'
  | 'hints'
  | 'fixedIp'
  | 'moreNetworks'
  | 'zone'
>;

/** Weighs what each instance gets, before anything of it is made. */
export async function weigh(request: Weighable, names: readonly string[]): Promise<Weight> {
  const { profile = { kind: 'plain' }, userData: own } = request;
  const mounts = longestMounts(request, names);
  const metadata = metadataOf(request, names);
  // It may be a file of any size, which nobody should have to wait for.
  if (own !== undefined && isBeyondGzip(own))
    return { metadata, bytes: userDataBytes(own), packed: false, tooLong: 'script' };
  const whole = userDataFor(profile, own, mounts);
  const sent = await userDataToSend(profile, own, mounts);
  if (whole === undefined || sent === undefined)
    return { metadata, bytes: 0, packed: false, tooLong: undefined };
  const fit = !isTooLong(sent);
  return {
    metadata,
    bytes: userDataBytes(whole),
    packed: fit && isTooLong(whole),
    tooLong: fit ? undefined : await whyTooLong(own, profile),
  };
}

async function whyTooLong(
  own: string | Uint8Array | undefined,
  { kind }: LaunchProfile,
): Promise<Weight['tooLong']> {
  if (own === undefined) return 'keys';
  if (kind !== 'plain') return (await fits(own)) ? 'profile' : 'script';
  const unknown = userDataKind(own) === undefined;
  return unknown && !isTooLong(await gzipped(own)) ? 'kind' : 'script';
}

/** Entries that each instance gets; no more than a letter of the boot script is looked at. */
function metadataOf(request: Weighable, names: readonly string[]): number {
  const whole: LaunchRequest = {
    launchId: '',
    count: names.length,
    imageId: '',
    flavorId: '',
    network: { kind: 'auto' },
    securityGroups: [],
    ...request,
    userData: request.userData?.slice(0, 1),
  };
  const volumeIds = (request.volumes ?? []).map(() => randomUuid());
  return Object.keys(serverBody(whole, names, '', 1, { volumeIds }).metadata ?? {}).length;
}
