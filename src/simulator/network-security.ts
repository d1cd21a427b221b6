import { isAdmin, json, nothing, projectOf, type App, type Call } from './http.js';
import { numberAt, stringAt } from './json.js';
import type { SecurityGroupRecord, SecurityGroupRuleRecord } from './model.js';
import { addRule, createSecurityGroup, defaultSecurityGroup } from './network-state.js';
import { renderRule, renderSecurityGroup } from './network-view.js';
import {
  checkNetworkQuota,
  neutronList,
  ownRows,
  refuseNetwork,
  requireNetworkMember,
  rowIn,
  wantedIn,
} from './network.js';

/** Security groups and their rules. Names are not unique, except that nobody may add a `default`. */
export function securityGroups(app: App, root: string): void {
  const own = (call: Call): SecurityGroupRecord[] => {
    // Neutron makes the default group when a project is first looked at.
    defaultSecurityGroup(call.env.state, call.env.region, projectOf(call));
    return ownRows(call, call.env.region.securityGroups);
  };

  app.get(`${root}/security-groups`, (call) =>
    neutronList(call, 'security_groups', own(call).map(renderSecurityGroup)),
  );
  app.get(`${root}/security-groups/:id`, (call) =>
    json({ security_group: renderSecurityGroup(rowIn(call, own(call), 'Security group')) }),
  );
  app.post(`${root}/security-groups`, async (call) => {
    const wanted = await wantedIn(call, 'security_group');
    requireNetworkMember(call, 'create_security_group');
    const name = stringAt(wanted, 'name') ?? '';
    own(call);
    if (name === 'default')
      refuseNetwork(409, 'SecurityGroupDefaultAlreadyExists', 'Default security group already exists.');
    checkNetworkQuota(call, 'security_group');
    const made = createSecurityGroup(call.env.state, call.env.region, {
      name,
      description: stringAt(wanted, 'description') ?? '',
      projectId: projectOf(call),
    });
    return json({ security_group: renderSecurityGroup(made) }, 201);
  });
  app.put(`${root}/security-groups/:id`, async (call) => {
    const group = rowIn(call, own(call), 'Security group');
    const wanted = await wantedIn(call, 'security_group');
    requireNetworkMember(call, 'update_security_group');
    const name = stringAt(wanted, 'name');
    if (name !== undefined && group.name === 'default')
      refuseNetwork(409, 'SecurityGroupCannotUpdateDefault', 'Updating default security group not allowed.');
    if (name !== undefined) group.name = name;
    group.description = stringAt(wanted, 'description') ?? group.description;
    group.updated = call.env.state.now();
    group.revision++;
    return json({ security_group: renderSecurityGroup(group) });
  });
  app.delete(`${root}/security-groups/:id`, (call) => {
    const group = rowIn(call, own(call), 'Security group');
    requireNetworkMember(call, 'delete_security_group');
    if (group.name === 'default' && !isAdmin(call.get('token')))
      refuseNetwork(
        409,
        'SecurityGroupCannotRemoveDefault',
        'Insufficient rights for removing default security group.',
      );
    if ([...call.env.region.ports.values()].some((port) => port.securityGroups.includes(group.id)))
      refuseNetwork(409, 'SecurityGroupInUse', `Security Group ${group.id} in use.`);
    call.env.region.securityGroups.delete(group.id);
    return nothing(204);
  });

  rules(app, root, own);
}

function sameRule(
  a: SecurityGroupRuleRecord,
  b: Omit<SecurityGroupRuleRecord, 'id' | 'created' | 'description'>,
): boolean {
  return (
    a.direction === b.direction &&
    a.ethertype === b.ethertype &&
    a.protocol === b.protocol &&
    a.portMin === b.portMin &&
    a.portMax === b.portMax &&
    a.remoteGroupId === b.remoteGroupId &&
    // No prefix and every address mean the same.
    (a.remoteIpPrefix ?? '0.0.0.0/0') === (b.remoteIpPrefix ?? '0.0.0.0/0')
  );
}

function rules(app: App, root: string, own: (call: Call) => SecurityGroupRecord[]): void {
  app.get(`${root}/security-group-rules`, (call) =>
    neutronList(
      call,
      'security_group_rules',
      own(call).flatMap((group) => group.rules.map((rule) => renderRule(group, rule))),
    ),
  );
  app.post(`${root}/security-group-rules`, async (call) => {
    const wanted = await wantedIn(call, 'security_group_rule');
    requireNetworkMember(call, 'create_security_group_rule');
    const id = stringAt(wanted, 'security_group_id') ?? '';
    const group = own(call).find((row) => row.id === id);
    if (!group) refuseNetwork(404, 'SecurityGroupNotFound', `Security group ${id} does not exist`);
    const direction = stringAt(wanted, 'direction');
    if (direction !== 'ingress' && direction !== 'egress') {
      refuseNetwork(
        400,
        'HTTPBadRequest',
        `Invalid input for direction. Reason: '${String(wanted['direction'])}' is not in ['ingress', 'egress'].`,
      );
    }
    const portMin = numberAt(wanted, 'port_range_min') ?? null;
    const portMax = numberAt(wanted, 'port_range_max') ?? null;
    const protocol = stringAt(wanted, 'protocol') ?? null;
    if (
      (protocol === 'tcp' || protocol === 'udp') &&
      portMin !== null &&
      portMax !== null &&
      portMin > portMax
    )
      refuseNetwork(
        400,
        'SecurityGroupInvalidPortRange',
        'For TCP/UDP protocols, port_range_min must be <= port_range_max',
      );
    if ((portMin !== null || portMax !== null) && protocol === null)
      refuseNetwork(
        400,
        'SecurityGroupProtocolRequiredWithPorts',
        'Must also specify protocol if port range is given.',
      );
    const rule = {
      direction,
      ethertype: stringAt(wanted, 'ethertype') === 'IPv6' ? 'IPv6' : 'IPv4',
      protocol,
      portMin,
      portMax,
      remoteIpPrefix: stringAt(wanted, 'remote_ip_prefix') ?? null,
      remoteGroupId: stringAt(wanted, 'remote_group_id') ?? null,
    } as const;
    const twin = group.rules.find((other) => sameRule(other, rule));
    if (twin) {
      refuseNetwork(
        409,
        'SecurityGroupRuleExists',
        `Security group rule already exists. Rule id is ${twin.id}.`,
      );
    }
    checkNetworkQuota(call, 'security_group_rule');
    const made = addRule(call.env.state, group, {
      ...rule,
      description: stringAt(wanted, 'description') ?? '',
    });
    return json({ security_group_rule: renderRule(group, made) }, 201);
  });
  app.delete(`${root}/security-group-rules/:id`, (call) => {
    requireNetworkMember(call, 'delete_security_group_rule');
    const id = call.req.param('id') ?? '';
    const group = own(call).find((row) => row.rules.some((rule) => rule.id === id));
    if (!group) refuseNetwork(404, 'SecurityGroupRuleNotFound', `Security group rule ${id} does not exist`);
    group.rules = group.rules.filter((rule) => rule.id !== id);
    return nothing(204);
  });
}
