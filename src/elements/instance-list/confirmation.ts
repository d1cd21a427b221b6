import { instanceConfirmationMessages as messages } from '../../i18n/en/instance-confirmation.js';
import type { Localizer } from '../../i18n/localizer.js';
import type { Server } from '../../openstack/compute.js';
import { orderAddresses } from './addresses.js';
import type { InstanceAction } from './actions.js';
import type { Plan } from './bulk.js';
import { actionLabel } from '../instances/labels.js';
import { leftOut } from './plan-words.js';
import { nameOf } from './words.js';

/** What a confirmation says. */
export interface Confirmation {
  /** The question, with the name of the thing. */
  readonly heading: string;
  /** Where it is, where the list is of several projects and it is one thing. */
  readonly where: string;
  /** What follows from it. */
  readonly consequence: string;
  /** The names of what it is done to, where they are several. */
  readonly names: readonly string[];
  /** `This applies to 3 of the 5 selected. Left out:`, and why; empty when it applies to all. */
  readonly share: string;
  readonly leftOut: readonly string[];
  readonly verb: string;
  readonly danger: boolean;
}

/** @param whereOf where a row is, if that is to be said */
export function confirmationOf(
  localizer: Localizer,
  { action, applies, refused }: Plan,
  whereOf: (server: Server) => string | undefined = () => undefined,
): Confirmation {
  const [only, ...others] = applies;
  const single = only !== undefined && others.length === 0;
  return {
    heading: single
      ? headingOne(localizer, action, nameOf(localizer, only))
      : headingMany(localizer, action, applies.length),
    where: (single && whereOf(only)) || '',
    consequence: single ? consequenceOne(localizer, action, only) : consequenceMany(localizer, action),
    names: single
      ? []
      : applies.map((server) => [nameOf(localizer, server), whereOf(server)].filter(Boolean).join(' · ')),
    share:
      refused.length === 0
        ? ''
        : localizer.text(messages, 'appliesTo', {
            applies: applies.length,
            count: applies.length + refused.length,
          }),
    leftOut: leftOut(localizer, refused),
    verb: actionLabel(localizer, action),
    danger: action === 'delete',
  };
}

const ASKED = [
  'start',
  'stop',
  'reboot',
  'hard-reboot',
  'delete',
  'confirm-resize',
  'revert-resize',
] as const satisfies readonly InstanceAction[];

/** Actions whose question is more than their verb. */
function hasQuestion(action: InstanceAction): action is (typeof ASKED)[number] {
  return ASKED.some((each) => each === action);
}

function headingOne(localizer: Localizer, action: InstanceAction, name: string): string {
  return hasQuestion(action)
    ? localizer.text(messages, `ask-${action}`, { name })
    : localizer.text(messages, 'ask-other', { verb: actionLabel(localizer, action), name });
}

function headingMany(localizer: Localizer, action: InstanceAction, count: number): string {
  return hasQuestion(action)
    ? localizer.text(messages, `ask-${action}-many`, { count })
    : localizer.text(messages, 'ask-other-many', { verb: actionLabel(localizer, action), count });
}

function consequenceOne(localizer: Localizer, action: InstanceAction, server: Server): string {
  if (action !== 'delete') return consequence(localizer, action);
  const addresses = orderAddresses(server.addresses);
  return localizer.text(messages, 'then-delete', {
    fromVolume: server.imageId === undefined,
    fixed: addresses.filter(({ type }) => type !== 'floating').map(({ address }) => address),
  });
}

function consequenceMany(localizer: Localizer, action: InstanceAction): string {
  switch (action) {
    case 'stop':
    case 'reboot':
    case 'hard-reboot':
    case 'delete':
      return localizer.text(messages, `then-${action}-many`);
    default:
      return consequence(localizer, action);
  }
}

/** What follows, in words that hold for one and for many. */
function consequence(localizer: Localizer, action: InstanceAction): string {
  switch (action) {
    case 'stop':
    case 'reboot':
    case 'hard-reboot':
    case 'pause':
    case 'suspend':
    case 'shelve':
    case 'lock':
    case 'confirm-resize':
    case 'revert-resize':
      return localizer.text(messages, `then-${action}`);
    default:
      return '';
  }
}
