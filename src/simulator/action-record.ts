import type { ActionRecord, ServerRecord } from './model.js';

/** What the compute service calls its part of an action; those not named here are done by the API alone. */
const EVENTS: Readonly<Record<string, string>> = {
  create: 'compute__do_build_and_run_instance',
  start: 'compute_start_instance',
  stop: 'compute_stop_instance',
  reboot: 'compute_reboot_instance',
  pause: 'compute_pause_instance',
  unpause: 'compute_unpause_instance',
  suspend: 'compute_suspend_instance',
  resume: 'compute_resume_instance',
  shelve: 'compute_shelve_instance',
  shelveOffload: 'compute_shelve_offload_instance',
  unshelve: 'compute_unshelve_instance',
  rescue: 'compute_rescue_instance',
  unrescue: 'compute_unrescue_instance',
  resize: 'compute_finish_resize',
  confirmResize: 'compute_confirm_resize',
  revertResize: 'compute_finish_revert_resize',
  rebuild: 'compute_rebuild_instance',
  createImage: 'compute_snapshot_instance',
  changePassword: 'compute_set_admin_password',
  delete: 'compute_terminate_instance',
  restore: 'compute_restore_instance',
  attach_volume: 'compute_attach_volume',
  detach_volume: 'compute_detach_volume',
  attach_interface: 'compute_attach_interface',
  detach_interface: 'compute_detach_interface',
};

/** Notes what was done to a server. Its event ends when nothing happens to the server any more. */
export function note(
  server: ServerRecord,
  action: Omit<ActionRecord, 'updated' | 'failed' | 'events'>,
): void {
  const event = EVENTS[action.action];
  server.actions.unshift({
    ...action,
    updated: action.start,
    failed: false,
    events: event === undefined ? [] : [{ event, start: action.start, finish: null, result: null }],
  });
}

/** Ends the events that go on; called whenever a server has come to rest. */
export function endEvents(server: ServerRecord, at: number): void {
  const result = server.vmState === 'error' ? 'Error' : 'Success';
  for (const action of server.actions) {
    const open = action.events.filter(({ finish }) => finish === null);
    if (open.length === 0) continue;
    for (const event of open) Object.assign(event, { finish: at, result });
    Object.assign(action, { updated: at, failed: result === 'Error' });
  }
}

/** An action that a seeded server has behind it. */
export function past(
  o: Pick<ActionRecord, 'action' | 'requestId' | 'userId' | 'start'> & { took: number; failed?: boolean },
): ActionRecord {
  const event = EVENTS[o.action];
  const finish = o.start + o.took;
  const result = o.failed ? 'Error' : 'Success';
  return {
    action: o.action,
    userId: o.userId,
    requestId: o.requestId,
    start: o.start,
    updated: finish,
    failed: o.failed ?? false,
    events: event === undefined ? [] : [{ event, start: o.start, finish, result }],
  };
}
