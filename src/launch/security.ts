import type { SecurityGroup, SecurityGroupRule } from '../openstack/network.js';

/** One thing that a group lets in. */
export interface Opening {
  /** `tcp`, `udp`, `icmp`, … or `any`. */
  readonly protocol: string;
  /** Undefined: all. */
  readonly ports: readonly [number, number] | undefined;
  /** `anywhere`, or a CIDR; members of a group are not counted as outside. */
  readonly from: string;
}

const ANYWHERE = new Set([undefined, '', '0.0.0.0/0', '::/0']);

function isOpening({ direction, remoteGroupId }: SecurityGroupRule): boolean {
  return direction === 'ingress' && remoteGroupId === undefined;
}

/** What a group lets in from outside, each thing once (IPv4 and IPv6 together). */
export function openings(group: SecurityGroup): readonly Opening[] {
  const found = new Map<string, Opening>();
  for (const rule of group.rules.filter(isOpening)) {
    const protocol = (rule.protocol ?? 'any').replace(/^(ipv6-icmp|icmpv6)$/, 'icmp');
    const ports: Opening['ports'] =
      protocol === 'icmp' || rule.portMin === undefined
        ? undefined
        : [rule.portMin, rule.portMax ?? rule.portMin];
    const from = ANYWHERE.has(rule.remoteIpPrefix) ? 'anywhere' : (rule.remoteIpPrefix ?? 'anywhere');
    const opening = { protocol, ports, from };
    found.set(JSON.stringify(opening), opening);
  }
  return [...found.values()];
}

/** Whether somebody outside can reach the SSH port through any of the groups. */
export function admitsSsh(groups: readonly SecurityGroup[]): boolean {
  return groups.some((group) =>
    openings(group).some(
      ({ protocol, ports }) =>
        (protocol === 'tcp' || protocol === 'any' || protocol === '6') &&
        (!ports || (ports[0] <= 22 && 22 <= ports[1])),
    ),
  );
}

/** The groups to begin with: the wanted ones that are there, else the project's `default`. Ids. */
export function suggestGroups(
  groups: readonly SecurityGroup[],
  wanted: readonly string[],
  projectId: string,
): readonly string[] {
  const found = wanted
    .map((want) => groups.find(({ id, name }) => id === want || name === want)?.id)
    .filter((id) => id !== undefined);
  if (found.length > 0) return found;
  const own = groups.filter(({ name }) => name === 'default');
  const fallback = own.find((group) => group.projectId === projectId) ?? own[0];
  return fallback ? [fallback.id] : [];
}
