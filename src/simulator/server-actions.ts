import { bodyOf, json, type Call } from './http.js';
import { pythonRepr, stringAt } from './json.js';
import { done, refuse, requireMember, since } from './compute-version.js';
import type { ServerRecord, VmState } from './model.js';
import { CHANGES } from './server-change.js';
import { guard, type Action, type Guard } from './server-guard.js';
import { checkMembers, invalidField } from './server-schema.js';
import { speak, written } from './console.js';
import { CONSOLE_ACTIONS } from './remote-consoles.js';
import { change, record, transition } from './server-life.js';

/** `POST /servers/{id}/action`: one name in the body tells what to do. */

const SERVERS = 'os_compute_api:servers:';
const ALLOW_REBOOT = [
  'rebooting',
  'reboot_pending',
  'reboot_started',
  'resuming',
  'rebooting_hard',
  'unpausing',
  'pausing',
  'suspending',
];

/** An action without arguments that takes a server from some states to another. */
function plain(
  o: Guard,
  taskState: string,
  to: { vmState: VmState; powerState: number },
  steps: readonly string[] = [],
): Action {
  return (call, server) => {
    guard(call, server, o);
    record(call, server, o.name);
    transition(call.env.state, server, taskState, to, steps);
    return done(202);
  };
}

function reboot(call: Call, server: ServerRecord, argument: unknown): Response {
  const { type } = checkMembers('reboot', argument, ['type']);
  if (type === undefined) {
    invalidField('reboot', argument, "'type' is a required property");
  }
  const kind = String(type).toUpperCase();
  if (kind !== 'SOFT' && kind !== 'HARD') {
    invalidField(
      'type',
      type,
      `${pythonRepr(type)} is not one of ['HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft']`,
    );
  }
  const name = 'reboot';
  const policy = `${SERVERS}reboot`;
  const running = { vmState: 'active', powerState: 1 } as const;
  if (kind === 'SOFT') {
    guard(call, server, { name, policy, from: ['active'] });
    transition(call.env.state, server, 'rebooting', running, ['reboot_started']);
  } else {
    guard(call, server, {
      name,
      policy,
      from: ['active', 'stopped', 'paused', 'suspended', 'error'],
      tasks: ALLOW_REBOOT,
    });
    transition(call.env.state, server, 'rebooting_hard', running, ['reboot_started_hard']);
    server.fault = null;
  }
  record(call, server, name);
  return done(202);
}

function consoleOutput(call: Call, server: ServerRecord, argument: unknown): Response {
  const { length } = checkMembers('os-getConsoleOutput', argument, ['length']);
  requireMember(call, 'os_compute_api:os-console-output');
  if (length !== undefined && length !== null && !/^-?\d+$/.test(String(length)))
    invalidField('length', length, `${pythonRepr(length)} does not match '^-?[0-9]+$'`);
  if (server.host === null) refuse(409, `Instance ${server.id} is not ready`);
  const wanted = length === undefined || length === null ? -1 : Number(length);
  speak(server, call.env.state.now());
  return json({ output: written(server, wanted < 0 ? undefined : wanted) });
}

function lock(call: Call, server: ServerRecord, argument: unknown): Response {
  const reason = argument === null ? undefined : checkMembers('lock', argument, ['locked_reason']);
  requireMember(call, 'os_compute_api:os-lock-server:lock');
  server.locked = true;
  server.lockedReason = since(call, 73) ? (stringAt(reason, 'locked_reason') ?? null) : null;
  record(call, server, 'lock');
  change(server, call.env.state.now(), {});
  return done(202);
}

function unlock(call: Call, server: ServerRecord): Response {
  requireMember(call, 'os_compute_api:os-lock-server:unlock');
  server.locked = false;
  server.lockedReason = null;
  record(call, server, 'unlock');
  change(server, call.env.state.now(), {});
  return done(202);
}

const ACTIONS: Readonly<Record<string, Action>> = {
  ...CHANGES,
  'os-start': plain(
    { name: 'start', policy: `${SERVERS}start`, from: ['stopped'], needsHost: true },
    'powering-on',
    { vmState: 'active', powerState: 1 },
  ),
  'os-stop': plain(
    { name: 'stop', policy: `${SERVERS}stop`, from: ['active', 'error'], needsHost: true },
    'powering-off',
    { vmState: 'stopped', powerState: 4 },
  ),
  pause: plain(
    { name: 'pause', policy: 'os_compute_api:os-pause-server:pause', from: ['active'] },
    'pausing',
    { vmState: 'paused', powerState: 3 },
  ),
  unpause: plain(
    { name: 'unpause', policy: 'os_compute_api:os-pause-server:unpause', from: ['paused'] },
    'unpausing',
    { vmState: 'active', powerState: 1 },
  ),
  suspend: plain(
    { name: 'suspend', policy: 'os_compute_api:os-suspend-server:suspend', from: ['active'] },
    'suspending',
    { vmState: 'suspended', powerState: 4 },
  ),
  resume: plain(
    {
      name: 'resume',
      policy: 'os_compute_api:os-suspend-server:resume',
      from: ['suspended'],
      passesLock: true,
    },
    'resuming',
    { vmState: 'active', powerState: 1 },
  ),
  reboot,
  lock,
  unlock,
  'os-getConsoleOutput': consoleOutput,
  ...CONSOLE_ACTIONS,
};

export async function serverAction(call: Call, server: ServerRecord): Promise<Response> {
  const body = await bodyOf(call);
  const names = Object.keys(body ?? {});
  const [name] = names;
  if (name === undefined || names.length > 1) refuse(400, 'Malformed request body');
  const action = ACTIONS[name];
  if (!action) refuse(400, `There is no such action: ${name}`);
  // Until the scheduler has taken it up, a server is known to lists and lookups only.
  if (!server.inCell && server.vmState === 'building')
    refuse(404, `Instance ${server.id} could not be found.`);
  return action(call, server, body?.[name]);
}
