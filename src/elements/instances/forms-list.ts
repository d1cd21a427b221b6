import type { InstanceAction } from './actions.js';

/** Actions that ask for more than a yes, and so have a form. */
export const FORMS = [
  'snapshot',
  'resize',
  'rebuild',
  'rescue',
  'set-password',
  'attach-volume',
  'detach-volume',
  'attach-interface',
  'detach-interface',
  'security-groups',
  'rename',
  'describe',
  'metadata',
  'tags',
] as const satisfies readonly InstanceAction[];

export type FormAction = (typeof FORMS)[number];

export function hasForm(action: InstanceAction): action is FormAction {
  return FORMS.some((form) => form === action);
}
