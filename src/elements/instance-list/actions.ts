import type { InstanceAction } from '../instances/actions.js';

export type { InstanceAction } from '../instances/actions.js';
export {
  needsConfirmation,
  primaryAction,
  refusal,
  type PlainRefusal,
  type Refusal,
  type Rights,
} from '../instances/availability.js';

/** What a list can show without asking for more: its words are there from the beginning. */
export const INSTANCE_ACTIONS = [
  'start',
  'stop',
  'reboot',
  'hard-reboot',
  'delete',
] as const satisfies readonly InstanceAction[];
