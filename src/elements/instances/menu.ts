import type { Localizer } from '../../i18n/localizer.js';
import type { Server } from '../../openstack/compute.js';
import {
  iconDisk,
  iconKey,
  iconLock,
  iconNetwork,
  iconOff,
  iconPaused,
  iconPlay,
  iconRestart,
  iconShield,
  iconStop,
  iconTrash,
} from '../../ui/icons.js';
import type { MenuItem } from '../../ui/menu.js';
import { planRefusal } from '../instance-list/plan-words.js';
import { refusalText } from '../instance-list/words.js';
import { planFor, type RightsTo } from '../instance-list/bulk.js';
import { ACTION_GROUPS, type InstanceAction } from './actions.js';
import { refusal, type Rights } from './availability.js';
import { actionLabel } from './labels.js';

/** Of two that undo each other, the second takes the place of the first when only it is possible. */
const INSTEAD: Partial<Record<InstanceAction, InstanceAction>> = {
  unpause: 'pause',
  resume: 'suspend',
  unshelve: 'shelve',
  unrescue: 'rescue',
  unlock: 'lock',
};

/** Shown only while they are possible. */
const SELDOM: ReadonlySet<InstanceAction> = new Set([
  'unpause',
  'resume',
  'unshelve',
  'unrescue',
  'unlock',
  'confirm-resize',
  'revert-resize',
  'restore',
]);

const ICONS: Partial<Record<InstanceAction, () => MenuItem['icon']>> = {
  start: iconPlay,
  stop: iconStop,
  reboot: iconRestart,
  'hard-reboot': iconOff,
  pause: iconPaused,
  unpause: iconPlay,
  resume: iconPlay,
  unshelve: iconPlay,
  lock: iconLock,
  'set-password': iconKey,
  'attach-volume': iconDisk,
  'attach-interface': iconNetwork,
  'security-groups': iconShield,
  delete: iconTrash,
};

interface Entry {
  readonly action: InstanceAction;
  readonly reason: string | undefined;
}

function items(
  localizer: Localizer,
  groups: readonly (readonly InstanceAction[])[],
  reasonOf: (action: InstanceAction) => string | undefined,
  onSelect: (action: InstanceAction) => void,
): readonly MenuItem[] {
  return groups.flatMap((group) => {
    const entries = group.map((action): Entry => ({ action, reason: reasonOf(action) }));
    const instead = new Set(
      entries.flatMap(({ action, reason }) => (reason === undefined ? (INSTEAD[action] ?? []) : [])),
    );
    return entries
      .filter(({ action, reason }) => !(SELDOM.has(action) && reason !== undefined))
      .filter(({ action, reason }) => !(instead.has(action) && reason !== undefined))
      .map(({ action, reason }, index) => ({
        label: actionLabel(localizer, action),
        icon: ICONS[action]?.(),
        danger: action === 'delete',
        first: index === 0,
        reason,
        onSelect: () => onSelect(action),
      }));
  });
}

/** Everything that can be done to one instance, in groups; what cannot says why. */
export function actionItems(
  localizer: Localizer,
  server: Server,
  rights: Rights,
  onSelect: (action: InstanceAction) => void,
): readonly MenuItem[] {
  const reasonOf = (action: InstanceAction) => {
    const no = refusal(action, server, rights);
    return no && refusalText(localizer, no);
  };
  return items(localizer, Object.values(ACTION_GROUPS), reasonOf, onSelect);
}

/** What several instances can have done at once; start, stop, reboot and delete have buttons of their own. */
const BULK: readonly (readonly InstanceAction[])[] = [
  ['hard-reboot', 'pause', 'unpause', 'suspend', 'resume'],
  ['shelve', 'unshelve'],
  ['confirm-resize', 'revert-resize'],
  ['unrescue', 'lock', 'unlock'],
];

/** What can be done to several instances at once; what is possible for none of them says why. */
export function bulkItems(
  localizer: Localizer,
  servers: readonly Server[],
  rightsTo: RightsTo,
  onSelect: (action: InstanceAction) => void,
): readonly MenuItem[] {
  return items(
    localizer,
    BULK,
    (action) => planRefusal(localizer, planFor(action, servers, rightsTo)),
    onSelect,
  );
}
