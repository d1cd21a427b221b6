import { isAdmin, type Call } from './http.js';
import { refuse, requireMember } from './compute-version.js';
import type { ServerRecord, VmState } from './model.js';

export type Action = (call: Call, server: ServerRecord, argument: unknown) => Response;

/** What an action asks of a server before it is done. */
export interface Guard {
  /** The name the refusal uses, which is the controller's. */
  readonly name: string;
  readonly policy: string;
  readonly from?: readonly VmState[];
  /** Task states besides none in which the action is still accepted. */
  readonly tasks?: readonly string[] | 'any';
  readonly mustHaveLaunched?: boolean;
  readonly needsHost?: boolean;
  /** A lock does not bind it. */
  readonly passesLock?: boolean;
}

function conflict(server: ServerRecord, action: string, attr: string, state: string): never {
  refuse(409, `Cannot '${action}' instance ${server.id} while it is in ${attr} ${state}`);
}

/** Refuses an action in the order Nova checks: policy, lock, host, vm state, task state, launch. */
export function guard(call: Call, server: ServerRecord, o: Guard): void {
  requireMember(call, o.policy);
  if (server.locked && !o.passesLock && !isAdmin(call.get('token')))
    refuse(409, `Instance ${server.id} is locked`);
  if (o.needsHost && server.host === null) refuse(409, `Instance ${server.id} is not ready`);
  if (o.from && !o.from.includes(server.vmState)) conflict(server, o.name, 'vm_state', server.vmState);
  const task = server.taskState;
  if (task !== null && o.tasks !== 'any' && !o.tasks?.includes(task))
    conflict(server, o.name, 'task_state', task);
  if ((o.mustHaveLaunched ?? true) && server.launchedAt === null)
    refuse(409, `Instance ${server.id} is in an invalid state for '${o.name}'`);
}
