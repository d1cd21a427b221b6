import { instanceListMessages as messages } from '../../i18n/en/instance-list.js';
import type { Localizer } from '../../i18n/localizer.js';
import type { Flavor, Server } from '../../openstack/compute.js';
import type { Image } from '../../openstack/image.js';
import { INSTANCE_ACTIONS, type InstanceAction, type Refusal } from './actions.js';
import { isQuiet, type Changes } from './changes.js';
import { paceOf, type StatusView, type StatusWord } from './status.js';

const NO_BREAK_SPACE = '\u00a0';

/** `Building`. An unknown status speaks the cloud's own word. */
export function statusWord(localizer: Localizer, word: StatusWord): string {
  return localizer.text(messages, `status-${word}`);
}

/** What is going on beside the word: `Waiting for the network · 40 seconds`. Empty when there is nothing to say. */
export function statusDetail(localizer: Localizer, view: StatusView, now: number): string {
  const step = view.doing === undefined ? view.raw : localizer.text(messages, `task-${view.doing}`);
  const { seconds = 0, typical, late } = paceOf(view, now);
  // A few seconds are nothing to tell, and clocks differ by as much.
  const elapsed = seconds >= 5 ? localizer.text(messages, 'elapsed', { seconds }) : undefined;
  const over = late && typical !== undefined ? localizer.text(messages, 'late', { typical }) : undefined;
  return [step, elapsed?.replaceAll(' ', NO_BREAK_SPACE), over]
    .filter((part) => part !== undefined && part !== '')
    .join(` ·${NO_BREAK_SPACE}`);
}

/** The names of actions that a list has not from the beginning; whoever loads them puts them here. */
export const moreWords: { of?: (localizer: Localizer, action: InstanceAction) => string } = {};

/** The name of an action, as on its button. */
export function actionWord(localizer: Localizer, action: InstanceAction): string {
  return isOwn(action) ? localizer.text(messages, action) : (moreWords.of?.(localizer, action) ?? action);
}

const OWN = [...INSTANCE_ACTIONS, 'unpause', 'resume', 'unshelve', 'unrescue', 'confirm-resize'] as const;

function isOwn(action: InstanceAction): action is (typeof OWN)[number] {
  return OWN.some((own) => own === action);
}

/** Why an action is not possible, as a sentence. */
export function refusalText(localizer: Localizer, refusal: Refusal): string {
  switch (refusal.why) {
    case 'locked':
      return refusal.reason === undefined || refusal.reason === ''
        ? localizer.text(messages, 'no-locked')
        : localizer.text(messages, 'no-locked-because', { reason: refusal.reason });
    case 'banned':
      return refusal.reason ?? localizer.text(messages, 'no-banned');
    case 'busy':
    case 'status':
      return localizer.text(messages, `no-${refusal.why}`, { word: statusWord(localizer, refusal.word) });
    default:
      return localizer.text(messages, `no-${refusal.why}`);
  }
}

/** What an instance is called; some have no name while a part of the cloud is down. */
export function nameOf(localizer: Localizer, { name, id }: Pick<Server, 'name' | 'id'>): string {
  return name === '' ? `${localizer.text(messages, 'noName')} (${id.slice(0, 8)})` : name;
}

/** A size: its name, and what that means. */
export interface SizeWords {
  readonly name: string;
  readonly detail: string;
}

/** @param flavors by id, for clouds that give only the id with the server */
export function sizeWords(
  localizer: Localizer,
  { flavor }: Pick<Server, 'flavor'>,
  flavors: ReadonlyMap<string, Flavor>,
): SizeWords {
  const listed = flavor.id === undefined ? undefined : flavors.get(flavor.id);
  const vcpus = flavor.vcpus ?? listed?.vcpus;
  const ram = flavor.ram ?? listed?.ram;
  return {
    name: flavor.name ?? listed?.name ?? flavor.id ?? localizer.text(messages, 'unknownSize'),
    detail:
      vcpus === undefined || ram === undefined ? '' : localizer.text(messages, 'sizeDetail', { vcpus, ram }),
  };
}

/** What an instance was made from. `pending`: its name is still on the way. */
export interface ImageWords {
  readonly text: string;
  readonly kind: 'image' | 'volume' | 'unnamed' | 'pending';
}

/** @param images by id; nothing while they are not known */
export function imageWords(
  localizer: Localizer,
  { imageId }: Pick<Server, 'imageId'>,
  images: { readonly byId: ReadonlyMap<string, Image>; readonly state: 'pending' | 'complete' | 'unknown' },
): ImageWords {
  if (imageId === undefined) return { text: localizer.text(messages, 'bootVolume'), kind: 'volume' };
  const name = images.byId.get(imageId)?.name;
  if (name !== undefined && name !== '') return { text: name, kind: 'image' };
  if (images.state === 'pending') return { text: '', kind: 'pending' };
  // An image that was deleted, or that this project may no longer see.
  if (images.state === 'complete') return { text: localizer.text(messages, 'imageGone'), kind: 'unnamed' };
  return { text: imageId.slice(0, 8), kind: 'unnamed' };
}

/** What to say aloud about changes; nothing when they are not worth it. */
export function changesText(localizer: Localizer, changes: Changes): string | undefined {
  if (isQuiet(changes)) return undefined;
  const { came, went, became } = changes;
  const count = came.length + went.length + became.length;
  if (count > 4) return localizer.text(messages, 'saidMany', { count });
  return [
    ...became.map(({ name, word }) =>
      localizer.text(messages, 'said', { name, word: statusWord(localizer, word) }),
    ),
    ...(came.length > 0 ? [localizer.text(messages, 'saidCame', { list: came })] : []),
    ...(went.length > 0 ? [localizer.text(messages, 'saidWent', { list: went })] : []),
  ].join('. ');
}
