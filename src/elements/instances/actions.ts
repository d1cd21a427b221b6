/** Everything that can be done to an instance, by groups as a menu shows them. */
export const ACTION_GROUPS = {
  power: ['start', 'stop', 'reboot', 'hard-reboot', 'pause', 'unpause', 'suspend', 'resume'],
  keep: ['shelve', 'unshelve', 'snapshot'],
  size: ['resize', 'confirm-resize', 'revert-resize', 'rebuild'],
  repair: ['rescue', 'unrescue', 'set-password'],
  attach: ['attach-volume', 'detach-volume', 'attach-interface', 'detach-interface', 'security-groups'],
  describe: ['rename', 'describe', 'metadata', 'tags', 'lock', 'unlock'],
  end: ['restore', 'delete'],
} as const;

export type ActionGroup = keyof typeof ACTION_GROUPS;

/** What can be done to an instance. `hard-reboot` is a reboot without asking the guest. */
export type InstanceAction = (typeof ACTION_GROUPS)[ActionGroup][number];

export const ALL_ACTIONS: readonly InstanceAction[] = Object.values(ACTION_GROUPS).flat();
