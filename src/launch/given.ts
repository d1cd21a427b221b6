import { readMark } from './mark.js';
import type { LaunchRequest } from './request.js';

/**
 * Metadata of an instance: what its launch was given that it does not tell afterwards, with spaces between; there where
 * there is anything. It says that there was something, never what: user data may hold secrets. docs/launch-marks.md
 */
export const LAUNCH_GIVEN = 'exo:launch-given';

const GIVEN = ['script', 'packages', 'keys'] as const;

/** A boot script; packages to install; keys of further people. */
export type Given = (typeof GIVEN)[number];

/** The entry of metadata that says so. */
export function givenMetadata({
  userData,
  profile,
  key,
}: Pick<LaunchRequest, 'userData' | 'profile' | 'key'>): Readonly<Record<string, string>> {
  // The account of the profile `exosphere` has the key pair's as well.
  const usual = profile?.kind === 'exosphere' && key.kind !== 'none' ? 1 : 0;
  const keys = profile === undefined || profile.kind === 'plain' ? 0 : profile.keys.length;
  const given: Readonly<Record<Given, boolean>> = {
    script: userData !== undefined && userData.length > 0,
    packages: profile?.kind === 'kit' && profile.packages.length > 0,
    keys: keys > usual,
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
