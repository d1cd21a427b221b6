import type { KeyChoice } from '../../launch/keypairs.js';
import { withoutMark } from '../../launch/mark.js';
import type { NetworkChoice } from '../../launch/networks.js';
import type { LaunchRequest } from '../../launch/plan.js';
import type { LaunchProfile } from '../../launch/profiles.js';
import type { AddressOffer } from '../../launch/reach.js';
import type { Decision } from './launch-wizard.state.js';

/** What is to be launched, once nothing stands against it. */
export function requestOf(
  decision: Decision,
  launchId: string,
  publicKey: string | undefined,
): LaunchRequest | undefined {
  const { image, size, networkChoice, key, storage, address, safety, networking, more, zone } = decision;
  if (!size || !networkChoice || !key.choice || !address.wish || storage.problem) return undefined;
  if (!image && !storage.boot) return undefined;
  const { choice } = key;
  const { profile, problems: _, ...rest } = more;
  return {
    launchId,
    name: decision.name.trim(),
    count: decision.count,
    imageId: image?.id ?? '',
    flavorId: size.flavor.id,
    key: keyOf(choice, decision.publicKey, publicKey),
    network: leadingTo(address, networkChoice),
    securityGroups: safety.all,
    ...given({
      userData: decision.userData,
      profile: profile.kind === 'plain' ? undefined : withKeys(profile, publicKey),
      newGroup: safety.newGroup,
      boot: storage.boot,
      volumes: storage.volumes.length > 0 ? storage.volumes : undefined,
      address: address.wish.kind === 'none' ? undefined : address.wish,
      fixedIp: networking.fixedIp,
      moreNetworks: networking.more.length > 0 ? networking.more : undefined,
      zone,
      ...rest,
    }),
  };
}

function keyOf(choice: KeyChoice, known: string | undefined, made: string | undefined): LaunchRequest['key'] {
  switch (choice.kind) {
    case 'generate':
      return made === undefined ? { kind: 'none' } : { kind: 'import', name: choice.name, publicKey: made };
    case 'existing':
      return known === undefined ? choice : { ...choice, publicKey: known };
    default:
      return choice;
  }
}

/** A router that is made leads to where the address comes from. */
function leadingTo({ wish, free }: AddressOffer, choice: NetworkChoice): NetworkChoice {
  if (choice.externalNetworkId === undefined) return choice;
  const externalNetworkId =
    wish?.kind === 'new'
      ? wish.networkId
      : wish?.kind === 'existing'
        ? free.find(({ id }) => id === wish.id)?.networkId
        : undefined;
  return externalNetworkId === undefined ? choice : { ...choice, externalNetworkId };
}

/**
 * A key that is made with the launch is for the profile's account as well; one that another launch has made goes without
 * the mark of that.
 */
function withKeys(
  profile: Exclude<LaunchProfile, { kind: 'plain' }>,
  publicKey: string | undefined,
): LaunchProfile {
  const made = profile.kind === 'exosphere' && publicKey ? [publicKey] : [];
  return { ...profile, keys: [...new Set([...made, ...profile.keys].map(withoutMark))] };
}

/** Only what has a value: what is not asked for is not said. */
function given<T extends object>(all: T): Partial<T> {
  const found: Partial<T> = {};
  for (const name in all) if (all[name] !== undefined) found[name] = all[name];
  return found;
}
