import { refuse, requireMember, since } from './compute-version.js';
import { bodyOf, isAdmin, json, nothing, param, projectOf, type App, type Call } from './http.js';
import { arrayAt, objectAt, pythonRepr, stringAt, stringList, type JsonObject } from './json.js';
import type { ServerGroupRecord, ServerRecord } from './model.js';
import { computeQuotaOf } from './quota.js';
import { invalidField } from './server-schema.js';
import type { RegionState } from './state.js';

const POLICIES = ['anti-affinity', 'affinity'];
const SOFT_POLICIES = ['soft-anti-affinity', 'soft-affinity'];

function render(call: Call, group: ServerGroupRecord): JsonObject {
  const members = [...call.env.region.servers.values()]
    .filter(({ groupId, deleted }) => groupId === group.id && !deleted)
    .map(({ id }) => id);
  return {
    id: group.id,
    name: group.name,
    ...(since(call, 64) ? { policy: group.policy, rules: {} } : { policies: [group.policy], metadata: {} }),
    members,
    ...(since(call, 13) && { project_id: group.projectId, user_id: group.userId }),
  };
}

/** `/os-server-groups`: lists, create, show, delete. */
export function serverGroups(app: App, root: string): void {
  const own = (call: Call): ServerGroupRecord[] =>
    [...call.env.region.serverGroups.values()].filter(
      ({ projectId }) => projectId === projectOf(call) || isAdmin(call.get('token')),
    );
  const groupIn = (call: Call): ServerGroupRecord =>
    own(call).find(({ id }) => id === param(call, 'id')) ??
    refuse(404, `Instance group ${param(call, 'id')} could not be found.`);
  app.get(`${root}/os-server-groups`, (call) =>
    json({ server_groups: own(call).map((group) => render(call, group)) }),
  );
  app.get(`${root}/os-server-groups/:id`, (call) => json({ server_group: render(call, groupIn(call)) }));
  app.post(`${root}/os-server-groups`, async (call) => {
    const wanted = objectAt(await bodyOf(call), 'server_group');
    if (!wanted) refuse(400, "'server_group' is a required property");
    const name = stringAt(wanted, 'name') ?? '';
    if (name === '' || name.length > 255) invalidField('name', name, `${pythonRepr(name)} is too long`);
    const known = [...POLICIES, ...(since(call, 15) ? SOFT_POLICIES : [])];
    const policy = since(call, 64) ? stringAt(wanted, 'policy') : stringList(arrayAt(wanted, 'policies'))[0];
    if (policy === undefined)
      invalidField(
        'server_group',
        wanted,
        `'${since(call, 64) ? 'policy' : 'policies'}' is a required property`,
      );
    if (!known.includes(policy))
      invalidField('0', policy, `${pythonRepr(policy)} is not one of ${pythonRepr(known)}`);
    requireMember(call, 'os_compute_api:os-server-groups:create');
    const { region, state } = call.env;
    const projectId = projectOf(call);
    const limit = computeQuotaOf(region, projectId).server_groups;
    const used = [...region.serverGroups.values()].filter((group) => group.projectId === projectId).length;
    if (limit >= 0 && used >= limit) refuse(403, 'Quota exceeded, too many server groups.');
    const made = { id: state.ids.uuid(), name, policy, projectId, userId: call.get('token').user.id };
    region.serverGroups.set(made.id, made);
    return json({ server_group: render(call, made) });
  });
  app.delete(`${root}/os-server-groups/:id`, (call) => {
    const group = groupIn(call);
    requireMember(call, 'os_compute_api:os-server-groups:delete');
    call.env.region.serverGroups.delete(group.id);
    return nothing(204);
  });
}

/** The group that a create request's hints name, or Nova's refusal. */
export function groupHint(call: Call, body: JsonObject | undefined): string | null {
  const hints = objectAt(body, 'os:scheduler_hints') ?? objectAt(body, 'OS-SCH-HNT:scheduler_hints');
  const id = stringAt(hints, 'group');
  if (id === undefined) return null;
  const group = call.env.region.serverGroups.get(id);
  if (group?.projectId !== projectOf(call)) refuse(400, `Instance group ${id} could not be found.`);
  return id;
}

/** Whether a server may stand where it would stand: this cloud has one host. */
export function groupAllows(region: RegionState, server: ServerRecord): boolean {
  if (server.groupId === null) return true;
  if (region.serverGroups.get(server.groupId)?.policy !== 'anti-affinity') return true;
  for (const other of region.servers.values())
    if (other !== server && other.groupId === server.groupId && !other.deleted && other.host !== null)
      return false;
  return true;
}
