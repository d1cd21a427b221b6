import { instanceListMoreMessages as moreMessages } from '../../i18n/en/instance-list-more.js';
import type { Localizer } from '../../i18n/localizer.js';
import { groupRefusals, type Plan } from './bulk.js';
import { nameOf, refusalText } from './words.js';

/** Why an action is possible for none of the selected, nothing when it is for some. */
export function planRefusal(localizer: Localizer, plan: Plan): string | undefined {
  if (plan.applies.length > 0 || plan.refused.length === 0) return undefined;
  const reason = groupRefusals(plan.refused)
    .map((group) => refusalText(localizer, group.refusal))
    .join(' ');
  return localizer.text(moreMessages, 'noneOf', { count: plan.refused.length, reason });
}

/** Which of the selected are left out, and why: one line for each reason. */
export function leftOut(localizer: Localizer, refused: Plan['refused']): readonly string[] {
  return groupRefusals(refused).map(({ refusal, servers }) =>
    localizer.text(moreMessages, 'refusedGroup', {
      list: servers.map((server) => nameOf(localizer, server)),
      reason: refusalText(localizer, refusal),
    }),
  );
}
