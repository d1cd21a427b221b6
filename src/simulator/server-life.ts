import { endEvents, note } from './action-record.js';
import { boot, speak } from './console.js';
import type { Call } from './http.js';
import type { PortRecord, ServerRecord, VmState } from './model.js';
import { createPort } from './network-state.js';
import { groupAllows } from './server-groups.js';
import type { CloudState, RegionState } from './state.js';

/** What a server goes through by itself, as time passes. */

const HOST = 'sim-compute';
/** As many virtual GPUs as the cloud has; a build beyond them finds no valid host. */
const VGPUS = 8;
/** How much longer than its build the setup of a server takes. */
const SETUP = 6;

interface Change {
  vmState?: VmState;
  taskState?: string | null;
  powerState?: number;
  launchedAt?: number;
  progress?: number;
}

/** Applies a change as Nova saves one: `updated` moves with it. */
export function change(server: ServerRecord, at: number, wanted: Change): void {
  speak(server, at);
  Object.assign(server, wanted);
  server.updated = at;
  if (server.taskState === null) endEvents(server, at);
}

/** Schedules a change, given up if the server was deleted or went another way in the meantime. */
function later(
  state: CloudState,
  server: ServerRecord,
  at: number,
  fromTask: string | null,
  run: (at: number) => void,
): void {
  state.schedule(at, (due) => {
    if (!server.deleted && server.taskState === fromTask) run(due);
  });
}

function vgpusOf(server: ServerRecord): number {
  return Number(server.flavor.extraSpecs['resources:VGPU'] ?? 0);
}

function placed(region: RegionState, server: ServerRecord): boolean {
  const wanted = vgpusOf(server);
  if (wanted === 0) return true;
  let used = 0;
  for (const other of region.servers.values())
    if (other !== server && !other.deleted && other.host !== null) used += vgpusOf(other);
  return used + wanted <= VGPUS;
}

function failed(server: ServerRecord, at: number, message: string): void {
  change(server, at, { vmState: 'error', taskState: null, powerState: 0 });
  server.fault = { code: 500, message, created: at };
}

/** Neutron then wants a DNS label of the host name, and refuses the port of one that is none. */
function dnsIntegration(state: CloudState): boolean {
  return !state.settings.withoutExtensions.has('dns-integration');
}

/**
 * Builds a server: scheduling, networking, spawning, active. Metadata `rig_seconds` sets how long
 * that takes and `rig_fail=spawn` makes it fail, as on the local real cloud.
 */
export function build(
  state: CloudState,
  region: RegionState,
  server: ServerRecord,
  connect: () => void,
  needsPort: () => boolean,
): void {
  const wanted = Number(server.metadata['rig_seconds'] ?? Number.NaN);
  const duration = Number.isFinite(wanted) ? wanted * 1000 : state.settings.buildMs;
  const start = server.created;
  later(state, server, start + duration * 0.15, 'scheduling', (at) => {
    if (!placed(region, server) || !groupAllows(region, server)) {
      failed(server, at, 'No valid host was found. ');
      return;
    }
    server.inCell = true;
    server.host = HOST;
    server.availabilityZone ||= 'nova';
    change(server, at, { taskState: 'networking' });
    later(state, server, start + duration * 0.4, 'networking', (then) => {
      if (!/^[\x20-\x7e]*$/.test(server.hostname) && needsPort() && dnsIntegration(state)) {
        server.host = null;
        failed(
          server,
          then,
          `Build of instance ${server.id} aborted: Failed to allocate the network(s), not rescheduling.`,
        );
        return;
      }
      connect();
      change(server, then, { taskState: 'spawning' });
      later(state, server, start + duration, 'spawning', (end) => {
        if (server.metadata['rig_fail'] === 'spawn') {
          server.host = null;
          failed(server, end, `Build of instance ${server.id} aborted: rig_fail=spawn was asked for`);
          return;
        }
        change(server, end, { vmState: 'active', taskState: null, powerState: 1, launchedAt: end });
        for (const port of region.portsOf(server.id)) port.status = 'ACTIVE';
        boot(server, end, duration * SETUP);
      });
    });
  });
}

/** Notes what was done to a server, for its list of actions. */
export function record(call: Call, server: ServerRecord, action: string): void {
  note(server, {
    action,
    requestId: call.env.requestId,
    userId: call.get('token').user.id,
    start: call.env.state.now(),
  });
}

/**
 * Starts a transition that ends in `to` after the usual time.
 *
 * @param atEnd what else is different then
 * @param quiet it did not start anew, so it writes nothing to its console
 */
export function transition(
  state: CloudState,
  server: ServerRecord,
  taskState: string,
  to: Change,
  steps: readonly string[] = [],
  atEnd: (at: number) => unknown = () => undefined,
  quiet = false,
): void {
  const now = state.now();
  change(server, now, { taskState });
  const total = state.settings.actionMs;
  const all = [taskState, ...steps];
  all.forEach((from, index) => {
    const next = all[index + 1];
    later(state, server, now + (total * (index + 1)) / all.length, from, (at) => {
      if (next !== undefined) change(server, at, { taskState: next });
      else {
        change(server, at, { taskState: null, ...to });
        atEnd(at);
        // What was paused goes on where it was.
        const starts = !/^(?:unpausing|resuming)$/.test(taskState);
        if (starts && !quiet && to.powerState === 1 && to.vmState === 'active') boot(server, at, 0);
      }
    });
  });
}

/** Deletes a server: `deleting` for a moment, then a row that only `changes-since` shows. */
export function remove(state: CloudState, region: RegionState, server: ServerRecord): void {
  const now = state.now();
  change(server, now, { taskState: 'deleting' });
  // A server that no host ever held is gone at once.
  const at = server.host === null ? now : now + state.settings.actionMs;
  state.schedule(at, (due) => {
    if (server.deleted) return;
    change(server, due, { vmState: 'deleted', taskState: null, powerState: 0 });
    server.deleted = true;
    server.metadata = {};
    server.terminatedAt = due;
    for (const port of region.portsOf(server.id)) {
      if (port.byNova) region.removePort(port);
      else region.usePort(port, '', '');
    }
    for (const { id, deleteOnTermination } of server.volumes) {
      const volume = region.volumes.get(id);
      if (!volume) continue;
      volume.attachment = null;
      volume.status = 'available';
      volume.updated = due;
      if (deleteOnTermination) region.volumes.delete(id);
    }
    server.volumes = [];
  });
  if (at === now) state.settle();
}

/** Gives a server a port on a network. */
export function connectTo(
  state: CloudState,
  region: RegionState,
  server: ServerRecord,
  networkId: string,
  securityGroups: readonly string[],
  at: number,
  fixedIp?: string,
): PortRecord {
  return createPort(state, region, {
    networkId,
    projectId: server.projectId,
    deviceId: server.id,
    deviceOwner: 'compute:nova',
    byNova: true,
    fixedIp,
    securityGroups,
    at,
  });
}
