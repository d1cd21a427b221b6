import { isAdmin, json, nothing, projectOf, type App, type Call } from './http.js';
import { numberAt, stringAt } from './json.js';
import type { SecurityGroupRecord, SecurityGroupRuleRecord } from './model.js';
import { addRule, createSecurityGroup, defaultSecurityGroup } from './network-state.js';
import { renderRule, renderSecurityGroup } from './network-view.js';
import {
  checkNetworkQuota,
  NETWORK_ROOT,
  neutronList,
  onlyFields,
  ownRows,
  refuseMissing,
  refuseNetwork,
  requireNetworkMember,
  rowIn,
  wantedIn,
} from './network-common.js';

/** Security groups and their rules. Names are not unique, except that nobody may add a `default`. */
export function securityGroups(app: App): void {
  const root = NETWORK_ROOT;
  const own = (call: Call): SecurityGroupRecord[] => {
    // Neutron makes the default group when a project is first looked at.
    defaultSecurityGroup(call.env.state, call.env.region, projectOf(call));
    return ownRows(call, call.env.region.securityGroups);
  };

  app.get(`${root}/security-groups`, (call) =>
    neutronList(call, 'security_groups', own(call).map(renderSecurityGroup)),
  );
  app.get(`${root}/security-groups/:id`, (call) =>
    json({
      security_group: onlyFields(call, renderSecurityGroup(rowIn(call, own(call), 'security_group'))),
    }),
  );
  app.post(`${root}/security-groups`, async (call) => {
    const wanted = await wantedIn(call, 'security_group', ['stateful']);
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
    const group = rowIn(call, own(call), 'security_group');
    const wanted = await wantedIn(call, 'security_group', ['stateful']);
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
    const group = rowIn(call, own(call), 'security_group');
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

  rules(app, own);
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

const PROTOCOLS = [
  'ah', 'dccp', 'egp', 'esp', 'gre', 'hopopt', 'icmp', 'igmp', 'ip', 'ipip', 'ipv6-encap',
  'ipv6-frag', 'ipv6-icmp', 'icmpv6', 'ipv6-nonxt', 'ipv6-opts', 'ipv6-route', 'ospf', 'pgm',
  'rsvp', 'sctp', 'tcp', 'udp', 'udplite', 'vrrp',
]; // prettier-ignore
const WITH_PORTS = new Set(['tcp', 'udp', 'udplite', 'sctp', 'dccp', '6', '17']);

/** Refuses what a rule may not be, in Neutron's order and words. */
function checkRule(rule: Omit<SecurityGroupRuleRecord, 'id' | 'created' | 'description'>): void {
  const { protocol, portMin, portMax, remoteIpPrefix } = rule;
  if (protocol !== null && !PROTOCOLS.includes(protocol) && !/^\d{1,3}$/.test(protocol)) {
    const list = PROTOCOLS.map((name) => `'${name}'`).join(', ');
    refuseNetwork(
      400,
      'SecurityGroupRuleInvalidProtocol',
      `Security group rule protocol ${protocol} not supported. Only protocol values [None, ${list}] and integer representations [0 to 255] are supported.`,
    );
  }
  for (const port of [portMin, portMax])
    if (port !== null && (port < -1 || port > 65_535))
      refuseNetwork(400, 'SecurityGroupInvalidPortValue', `Invalid value for port ${port}`);
  if (remoteIpPrefix !== null && !/^(?=.*[.:])[0-9a-fA-F.:]+(\/\d{1,3})?$/.test(remoteIpPrefix))
    refuseNetwork(400, 'InvalidCIDR', `Invalid CIDR ${remoteIpPrefix} given as IP prefix.`);
  if (portMin === null && portMax === null) return;
  if (protocol === null) {
    refuseNetwork(
      400,
      'SecurityGroupProtocolRequiredWithPorts',
      'Must also specify protocol if port range is given.',
    );
  }
  if (WITH_PORTS.has(protocol) && (portMin === null || portMax === null || portMin > portMax)) {
    refuseNetwork(
      400,
      'SecurityGroupInvalidPortRange',
      'For TCP/UDP protocols, port_range_min must be <= port_range_max',
    );
  }
}

const RULE_ATTRIBUTES = [
  'ethertype',
  'protocol',
  'port_range_min',
  'port_range_max',
  'remote_ip_prefix',
  'remote_group_id',
  'remote_address_group_id',
];

function rules(app: App, own: (call: Call) => SecurityGroupRecord[]): void {
  const root = NETWORK_ROOT;
  const all = (call: Call) =>
    own(call).flatMap((group) => group.rules.map((rule) => ({ id: rule.id, group, rule })));
  app.get(`${root}/security-group-rules`, (call) =>
    neutronList(
      call,
      'security_group_rules',
      all(call).map(({ group, rule }) => renderRule(group, rule)),
      ['security_group_id', 'direction', 'ethertype', 'protocol', 'remote_ip_prefix', 'remote_group_id'],
    ),
  );
  app.get(`${root}/security-group-rules/:id`, (call) => {
    const { group, rule } = rowIn(call, all(call), 'security_group_rule');
    return json({ security_group_rule: onlyFields(call, renderRule(group, rule)) });
  });
  app.post(`${root}/security-group-rules`, async (call) => {
    const wanted = await wantedIn(call, 'security_group_rule', RULE_ATTRIBUTES, [
      'security_group_id',
      'direction',
    ]);
    const direction = stringAt(wanted, 'direction') ?? '';
    if (direction !== 'ingress' && direction !== 'egress') {
      refuseNetwork(
        400,
        'HTTPBadRequest',
        `Invalid input for direction. Reason: ${direction} is not in valid_values.`,
      );
    }
    requireNetworkMember(call, 'create_security_group_rule');
    const id = stringAt(wanted, 'security_group_id') ?? '';
    const rule = {
      direction,
      ethertype: stringAt(wanted, 'ethertype') === 'IPv6' ? 'IPv6' : 'IPv4',
      protocol: stringAt(wanted, 'protocol') ?? null,
      portMin: numberAt(wanted, 'port_range_min') ?? null,
      portMax: numberAt(wanted, 'port_range_max') ?? null,
      remoteIpPrefix: stringAt(wanted, 'remote_ip_prefix') ?? null,
      remoteGroupId: stringAt(wanted, 'remote_group_id') ?? null,
    } as const;
    checkRule(rule);
    const group = own(call).find((row) => row.id === id);
    if (!group) refuseMissing('security_group', id);
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
    const { group, rule } = rowIn(call, all(call), 'security_group_rule');
    requireNetworkMember(call, 'delete_security_group_rule');
    group.rules = group.rules.filter((other) => other !== rule);
    return nothing(204);
  });
}
