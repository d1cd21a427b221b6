import { readMark } from './mark.js';
import type { LaunchRequest } from './request.js';

/**
 * Metadata of an instance: what its launch was given that it does not tell afterwards, with spaces between; there where
 * there is anything. It says that there was something, never what: user data may hold secrets. docs/launch-marks.md
 */
export const LAUNCH_GIVEN = 'exo:launch-given';

const GIVEN = ['script', 'packages', 'keys', 'hints', 'addresses', 'dns'] as const;

/** A boot script; packages to install; keys of further people; scheduler hints; fixed addresses; a name in the DNS. */
export type Given = (typeof GIVEN)[number];

type PlacedRequest = Pick<LaunchRequest, 'hints' | 'fixedIp' | 'moreNetworks' | 'zone'>;
type GivenRequest = Pick<LaunchRequest, 'userData' | 'profile' | 'key'> & PlacedRequest;

function placedBy({
  hints = {},
  fixedIp,
  moreNetworks = [],
  zone,
}: PlacedRequest): Readonly<Record<'hints' | 'addresses' | 'dns', boolean>> {
  const further = moreNetworks.some((each) => 'fixedIp' in each && each.fixedIp !== undefined);
  return {
    // The group shows on the instance.
    hints: Object.keys(hints).some((name) => name !== 'group'),
    addresses: fixedIp !== undefined || further,
    dns: zone !== undefined,
  };
}

/** Whether a launch is given anything of where it is put that an instance does not tell. */
export function isPlaced(request: PlacedRequest): boolean {
  return Object.values(placedBy(request)).includes(true);
}

/** The entry of metadata that says so. */
export function givenMetadata(request: GivenRequest): Readonly<Record<string, string>> {
  const { userData, profile, key } = request;
  // The account of the profile `exosphere` has the key pair's as well.
  const usual = profile?.kind === 'exosphere' && key.kind !== 'none' ? 1 : 0;
  const keys = profile === undefined || profile.kind === 'plain' ? 0 : profile.keys.length;
  const given: Readonly<Record<Given, boolean>> = {
    script: userData !== undefined && userData.length > 0,
    packages: profile?.kind === 'kit' && profile.packages.length > 0,
    keys: keys > usual,
    ...placedBy(request),
  };
  const words = GIVEN.filter((each) => given[each]);
  return words.length > 0 ? { [LAUNCH_GIVEN]: words.join(' ') } : {};
}

/** What a launch was given; undefined for an instance that does not tell, as one that was made by other means. */
export function givenTo(metadata: Readonly<Record<string, string>>): readonly Given[] | undefined {
  if (!readMark(metadata)) return undefined;
  const words = (metadata[LAUNCH_GIVEN] ?? '').split(' ');
  return GIVEN.filter((each) => words.includes(each));
}
