import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ALL_ACTIONS, type InstanceAction } from '../../../../src/elements/instances/actions.js';
import {
  needsConfirmation,
  primaryAction,
  refusal,
  type Rights,
} from '../../../../src/elements/instances/availability.js';
import { refusalText } from '../../../../src/elements/instance-list/words.js';
import { Localizer } from '../../../../src/i18n/localizer.js';
import { SERVER_STATUSES, type Server, type ServerStatus } from '../../../../src/openstack/compute.js';
import { server } from '../instance-list/server.js';

const member: Rights = { signedIn: true, canAct: true, passesLocks: false };
const localizer = new Localizer({ locale: 'en' });

const why = (action: InstanceAction, o: Partial<Server>, rights = member): string | undefined =>
  refusal(action, server({ volumesAttached: ['volume-1'], ...o }), rights)?.why;

/** What needs no state at all. */
const FREE = 'rename describe lock';

/**
 * What an idle server in each status allows, by hand from `check_instance_state` of Nova's `compute/api.py`; `FREE`
 * and the security groups come on top of it, in no order.
 */
const IDLE: Readonly<Record<ServerStatus, string>> = {
  ACTIVE:
    'stop reboot hard-reboot pause suspend shelve snapshot resize rebuild rescue set-password attach-volume detach-volume attach-interface detach-interface security-groups metadata tags delete rename describe lock',
  SHUTOFF:
    'start hard-reboot shelve snapshot resize rebuild rescue attach-volume detach-volume attach-interface detach-interface security-groups metadata tags delete rename describe lock',
  PAUSED:
    'hard-reboot unpause shelve snapshot attach-volume detach-volume attach-interface detach-interface security-groups metadata tags delete rename describe lock',
  SUSPENDED: 'hard-reboot resume shelve snapshot security-groups metadata tags delete rename describe lock',
  SHELVED: 'unshelve attach-volume detach-volume security-groups delete rename describe lock',
  SHELVED_OFFLOADED: 'unshelve attach-volume detach-volume security-groups delete rename describe lock',
  RESCUE: 'unrescue security-groups delete rename describe lock',
  VERIFY_RESIZE:
    'confirm-resize revert-resize attach-volume detach-volume security-groups delete rename describe lock',
  ERROR: 'stop hard-reboot rebuild rescue security-groups delete rename describe lock',
  SOFT_DELETED: 'restore',
  DELETED: '',
  // A part of the cloud is down: only what does not ask for a state is worth a try.
  UNKNOWN: 'delete',
  // On their way: Nova refuses by the task, which these imply.
  BUILD: `delete ${FREE}`,
  REBOOT: `hard-reboot delete security-groups ${FREE} metadata tags`,
  HARD_REBOOT: `hard-reboot delete security-groups ${FREE} metadata tags`,
  MIGRATING: `delete security-groups ${FREE} metadata tags`,
  PASSWORD: `delete security-groups ${FREE}`,
  REBUILD: `delete security-groups ${FREE} metadata tags`,
  RESIZE: `delete security-groups ${FREE} metadata tags`,
  REVERT_RESIZE: `delete security-groups ${FREE} metadata tags`,
};

describe('what each status allows', () => {
  for (const status of SERVER_STATUSES) {
    const allowed = new Set(IDLE[status].split(' '));
    for (const action of ALL_ACTIONS) {
      it(`${status}: ${action} ${allowed.has(action) ? 'is possible' : 'is not, and says why'}`, () => {
        const no = refusal(action, server({ status, volumesAttached: ['volume-1'] }), member);
        assert.equal(no === undefined, allowed.has(action), no?.why ?? 'no reason');
        if (no) assert.match(refusalText(localizer, no), /^[A-Z].*\.$/);
      });
    }
  }
});

const TASKS = [
  'scheduling',
  'block_device_mapping',
  'networking',
  'spawning',
  'image_snapshot',
  'image_snapshot_pending',
  'image_pending_upload',
  'image_uploading',
  'image_backup',
  'updating_password',
  'resize_prep',
  'resize_migrating',
  'resize_migrated',
  'resize_finish',
  'resize_reverting',
  'resize_confirming',
  'rebooting',
  'reboot_pending',
  'reboot_started',
  'rebooting_hard',
  'reboot_pending_hard',
  'reboot_started_hard',
  'pausing',
  'unpausing',
  'suspending',
  'resuming',
  'powering-off',
  'powering-on',
  'rescuing',
  'unrescuing',
  'rebuilding',
  'migrating',
  'shelving',
  'shelving_offloading',
  'unshelving',
  'a_step_nobody_knows',
];
/** Nova's ALLOW_REBOOT. */
const OVERTAKEN = new Set([
  'rebooting',
  'reboot_pending',
  'reboot_started',
  'resuming',
  'rebooting_hard',
  'unpausing',
  'pausing',
  'suspending',
]);
const WHENEVER = new Set<InstanceAction>([
  'delete',
  'rename',
  'describe',
  'lock',
  'security-groups',
  'metadata',
  'tags',
]);

describe('what each task leaves possible to a running server', () => {
  for (const taskState of TASKS) {
    for (const action of ALL_ACTIONS) {
      const possible = WHENEVER.has(action) || (action === 'hard-reboot' && OVERTAKEN.has(taskState));
      it(`${taskState}: ${action} ${possible ? 'is possible' : 'has to wait'}`, () => {
        assert.equal(why(action, { taskState }) === undefined, possible, why(action, { taskState }));
      });
    }
  }

  for (const action of ALL_ACTIONS) {
    it(`deleting: no ${action}`, () => {
      assert.equal(why(action, { taskState: 'deleting' }), 'deleting');
      assert.equal(why(action, { pending: 'deleting' }), 'deleting');
    });
    it(`while something was just asked for: ${action}`, () => {
      assert.equal(why(action, { pending: 'pausing' }) === undefined, WHENEVER.has(action));
    });
  }

  it('a reboot that was just asked for may be overtaken by a hard one', () => {
    assert.equal(why('hard-reboot', { pending: 'rebooting' }), undefined);
    assert.equal(why('reboot', { pending: 'rebooting' }), 'busy');
  });
});

describe('a lock', () => {
  const PASS = new Set<InstanceAction>([
    'resume',
    'snapshot',
    'security-groups',
    'rename',
    'describe',
    'tags',
    'unlock',
  ]);
  for (const action of ALL_ACTIONS) {
    it(`${PASS.has(action) ? 'leaves' : 'forbids'} ${action}`, () => {
      for (const status of SERVER_STATUSES) {
        const free = why(action, { status });
        const bound = why(action, { status, locked: true, lockedReason: 'mine' });
        if (action === 'lock') continue;
        if (action === 'unlock') continue;
        if (PASS.has(action)) assert.equal(bound, free, status);
        else if (free !== 'deleting') assert.equal(bound, 'locked', status);
      }
    });
    it(`binds no administrator: ${action}`, () => {
      const admin = { ...member, passesLocks: true };
      if (action === 'lock' || action === 'unlock') return;
      assert.equal(why(action, { locked: true }, admin), why(action, {}, admin));
    });
  }

  it('is put on once, and taken off when it is there', () => {
    assert.equal(why('lock', { locked: true }), 'locked-already');
    assert.equal(why('unlock', {}), 'not-locked');
    assert.equal(why('unlock', { locked: true }), undefined);
  });
});

describe('who one is, and what the portal offers', () => {
  for (const action of ALL_ACTIONS) {
    it(`${action}: signed out, reader, refused before, not offered`, () => {
      assert.equal(why(action, {}, { ...member, signedIn: false }), 'signed-out');
      assert.equal(why(action, {}, { ...member, canAct: false }), 'reader');
      assert.equal(why(action, {}, { ...member, forbidden: new Set([action]) }), 'forbidden');
      const banned: Rights['banned'] = (asked) => asked === action && 'Not for this group.';
      assert.equal(why(action, {}, { ...member, banned }), 'banned');
      assert.equal(
        refusalText(localizer, { why: 'banned', reason: 'Not for this group.' }),
        'Not for this group.',
      );
    });
  }

  it('a ban holds for what it names only', () => {
    const banned: Rights['banned'] = (_, { flavor }) => flavor.name === 'g1.large';
    const flavor = { id: undefined, name: 'g1.large', vcpus: 1, ram: 1, disk: 1 };
    assert.equal(why('suspend', { flavor }, { ...member, banned }), 'banned');
    assert.equal(why('suspend', {}, { ...member, banned }), undefined);
  });
});

describe('what it is made of', () => {
  for (const [action, since, before, no] of [
    ['rebuild', '2.93', '2.92', 'from-volume'],
    ['rescue', '2.87', '2.86', 'from-volume-rescue'],
  ] as const)
    it(`a volume it runs from: ${action} from ${since} on`, () => {
      const on = (newest: string | undefined) =>
        why(action, { imageId: undefined }, { ...member, newest: () => newest });
      assert.equal(on(since), undefined);
      assert.equal(on('2.100'), undefined);
      assert.equal(on(before), no);
      assert.equal(on('0.0'), no);
      // The request says it where nobody has asked the cloud yet.
      assert.equal(on(undefined), undefined);
      assert.equal(why(action, { imageId: 'image' }, { ...member, newest: () => before }), undefined);
    });
  it('has no volume to detach', () => {
    assert.equal(why('detach-volume', { volumesAttached: [] }), 'no-volumes');
  });
  it('what never ran can be deleted, named and locked', () => {
    const possible = ALL_ACTIONS.filter((action) => !why(action, { status: 'ERROR', launchedAt: undefined }));
    assert.deepEqual(possible, ['rename', 'describe', 'lock', 'delete']);
  });
});

describe('every cell of status, task, power, lock, role, policy and ban', () => {
  const RIGHTS: readonly (readonly [string, Rights])[] = [
    ['member', member],
    ['reader', { ...member, canAct: false }],
    ['signed out', { ...member, signedIn: false }],
    ['admin', { ...member, passesLocks: true }],
    ['forbidden', { ...member, forbidden: new Set(ALL_ACTIONS) }],
    ['banned', { ...member, banned: () => 'Not for these sizes.' }],
  ];
  /** The first of these that holds is the reason, whatever else does. */
  const FIRST: Readonly<Record<string, string>> = {
    reader: 'reader',
    'signed out': 'signed-out',
    forbidden: 'forbidden',
    banned: 'banned',
  };

  for (const [who, rights] of RIGHTS)
    for (const action of ALL_ACTIONS)
      it(`${who}: ${action} is possible or says why, and the reason is the one that lasts longest`, () => {
        const said = new Set<string>();
        for (const status of SERVER_STATUSES)
          for (const taskState of [undefined, ...TASKS, 'deleting', 'soft-deleting', 'restoring'])
            for (const locked of [false, true]) {
              const row = server({ status, taskState, locked, volumesAttached: ['volume-1'] });
              const no = refusal(action, row, rights);
              const problems = [
                FIRST[who] !== undefined && no?.why !== FIRST[who],
                who === 'admin' && no?.why === 'locked',
                who === 'member' && locked && no === undefined && !PASSES.has(action),
                // What the guest does by itself changes nothing of what Nova takes.
                [undefined, 0, 4, 42]
                  .map((powerState) => ({ ...row, powerState }))
                  .some((powered) => refusal(action, powered, rights)?.why !== no?.why),
              ];
              assert.ok(
                !problems.includes(true),
                `${[status, taskState, locked].join(' ')}: ${no?.why ?? ''}`,
              );
              if (no) said.add(refusalText(localizer, no));
            }
        for (const sentence of said) assert.match(sentence, /^\S.*\.$/s);
      });
  const PASSES = new Set<InstanceAction>([
    'resume',
    'snapshot',
    'security-groups',
    'rename',
    'describe',
    'tags',
    'unlock',
  ]);
});

describe('the action that stands on the row', () => {
  it('is possible wherever a status rests', () => {
    for (const status of [
      'ACTIVE',
      'SHUTOFF',
      'PAUSED',
      'SUSPENDED',
      'SHELVED_OFFLOADED',
      'RESCUE',
      'ERROR',
      'SOFT_DELETED',
    ] as const)
      assert.equal(why(primaryAction(server({ status })), { status }), undefined, status);
  });
  it('calls a size that waits to be confirmed to attention', () => {
    assert.equal(primaryAction(server({ status: 'VERIFY_RESIZE' })), 'confirm-resize');
  });
  it('what takes something away asks first', () => {
    for (const action of [
      'stop',
      'pause',
      'shelve',
      'delete',
      'lock',
      'confirm-resize',
      'revert-resize',
    ] as const)
      assert.equal(needsConfirmation(action), true, action);
    for (const action of ['start', 'unpause', 'resume', 'unshelve', 'unlock'] as const)
      assert.equal(needsConfirmation(action), false, action);
  });
});
