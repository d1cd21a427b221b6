import { ExoLaunchRequestEvent } from './events.js';
import type { Decision } from './launch-wizard.state.js';

/** What is about to be launched, for a page that wants to know or to say no. */
export function requestEvent({
  name,
  count,
  image,
  size,
  key,
  networkChoice,
  groups,
  userData,
}: Decision): ExoLaunchRequestEvent {
  return new ExoLaunchRequestEvent({
    name: name.trim(),
    count,
    imageId: image?.id ?? '',
    flavorId: size?.flavor.id ?? '',
    keyName: key.choice && key.choice.kind !== 'none' ? key.choice.name : undefined,
    networkId: networkChoice?.kind === 'network' ? networkChoice.id : undefined,
    securityGroups: groups,
    hasUserData: userData !== undefined,
  });
}
