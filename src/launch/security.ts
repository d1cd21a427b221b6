import type { SecurityGroup, SecurityGroupRule } from '../openstack/network.js';
import type { NewRule } from '../openstack/network-making.js';
import type { Opening as OpeningWish } from '../session/settings.js';

export type { OpeningWish };

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

/** What an instance needs to be reached and looked for, and nothing more. */
export const SAFE_OPENINGS: readonly OpeningWish[] = [
  { protocol: 'tcp', ports: '22' },
  { protocol: 'icmp', ports: '' },
];

/** A port or a range of them; undefined for what is neither. Empty text is all ports. */
export function readPorts(
  text: string,
): { readonly ports: readonly [number, number] | undefined } | undefined {
  if (text.trim() === '') return { ports: undefined };
  const [, first, last] = /^\s*(\d{1,5})\s*(?:[-–:]\s*(\d{1,5})\s*)?$/.exec(text) ?? [];
  if (first === undefined) return undefined;
  const from = Number(first);
  const to = last === undefined ? from : Number(last);
  return from >= 1 && to <= 65_535 && from <= to ? { ports: [from, to] } : undefined;
}

/** Whether a text is a network or an address of either version, as Neutron takes it. */
export function isCidr(text: string): boolean {
  const [, address = '', prefix] =
    /^([\d.]+|[\da-f:.]*:[\da-f:.]*)(?:\/(\d{1,3}))?$/i.exec(text.trim()) ?? [];
  if (address === '') return false;
  const six = address.includes(':');
  if (prefix !== undefined && Number(prefix) > (six ? 128 : 32)) return false;
  return six ? isIpv6(address) : isIpv4(address);
}

/** Four numbers from 0 to 255. */
export function isIpv4(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(text);
}

function isIpv6(text: string): boolean {
  try {
    return new URL(`http://[${text}]/`).hostname.length > 2;
  } catch {
    return false;
  }
}

/** An address of either version. */
export function isAddress(text: string): boolean {
  return isIpv4(text) || (text.includes(':') && isIpv6(text));
}

/** What is wrong with a wish. */
export function openingProblem({ protocol, ports, from = '' }: OpeningWish): 'ports' | 'from' | undefined {
  // All ports are `1-65535`, so that nobody opens them by leaving something out.
  if (protocol !== 'icmp' && !readPorts(ports)?.ports) return 'ports';
  return from.trim() === '' || isCidr(from) ? undefined : 'from';
}

/** The same as an opening that a group has; undefined where there is something wrong with it. */
export function openingOf(wish: OpeningWish): Opening | undefined {
  if (openingProblem(wish)) return undefined;
  const from = wish.from?.trim() ?? '';
  return {
    protocol: wish.protocol,
    ports: wish.protocol === 'icmp' ? undefined : readPorts(wish.ports)?.ports,
    from: ANYWHERE.has(from) ? 'anywhere' : from,
  };
}

/** Whether one of the groups lets a thing in already. */
export function admits(groups: readonly SecurityGroup[], { protocol, ports, from }: Opening): boolean {
  return groups.some((group) =>
    openings(group).some(
      (open) =>
        (open.protocol === protocol || open.protocol === 'any') &&
        (open.from === 'anywhere' || open.from === from) &&
        (open.ports === undefined ||
          (ports !== undefined && open.ports[0] <= ports[0] && ports[1] <= open.ports[1])),
    ),
  );
}

/** The rules that let these things in, for both versions of IP. */
export function rulesFor(wanted: readonly Opening[]): readonly NewRule[] {
  return wanted.flatMap(({ protocol, ports, from }) => {
    const prefix = from === 'anywhere' ? undefined : from;
    const versions =
      prefix === undefined
        ? (['IPv4', 'IPv6'] as const)
        : ([prefix.includes(':') ? 'IPv6' : 'IPv4'] as const);
    return versions.map((ethertype): NewRule => {
      const name =
        protocol === 'udp' || protocol === 'tcp' ? protocol : ethertype === 'IPv6' ? 'ipv6-icmp' : 'icmp';
      return {
        protocol: name,
        ethertype,
        ...(ports && { ports }),
        ...(prefix !== undefined && { from: prefix }),
      };
    });
  });
}

/** A name that says what a group of ours lets in, so that the same wish finds the same group again. */
export function groupName(wanted: readonly Opening[]): string {
  const known: Readonly<Record<string, string>> = {
    'tcp-22': 'ssh',
    'tcp-80': 'http',
    'tcp-443': 'https',
    'tcp-3389': 'rdp',
    icmp: 'ping',
  };
  const words = wanted.map(({ protocol, ports, from }) => {
    const range = !ports
      ? protocol === 'icmp'
        ? ''
        : '-all'
      : ports[0] === ports[1]
        ? `-${ports[0]}`
        : `-${ports[0]}-${ports[1]}`;
    const what = known[`${protocol}${range}`] ?? `${protocol}${range}`;
    return from === 'anywhere' ? what : `${what}-from-${from.replace('/', '-')}`;
  });
  return `allow-${[...new Set(words)].join('-')}`.slice(0, 255);
}
