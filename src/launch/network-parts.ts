import { isOpenStackError, OpenStackError } from '../openstack/errors.js';
import type { NetworkPart } from '../openstack/network-making.js';
import { oldestFirst, onceAmongOthers, type Tell } from './attempts.js';
import type { Making, StepOf } from './making.js';
import { readDescription, WAITING_PORT, writeConnects, type LaunchPart } from './mark.js';

/** Milliseconds for which others may be making the same security group. */
const YOUNG = 60_000;

/** Neutron finds or makes the project's network. */
export async function findTopology(m: Making): Promise<void> {
  try {
    m.there.networkId = await m.services.autoNetwork(m.signal);
  } catch (error) {
    // A role that may not ask Neutron for it: Nova, which asks in its own name, is then asked for "auto". A port
    // beforehand needs a network to be on.
    const refused = isOpenStackError(error) && (error.kind === 'forbidden' || error.kind === 'not-found');
    const asksForPorts = m.plan.steps.some(({ kind }) => kind === 'port');
    if (!refused || asksForPorts) throw error;
  }
}

export async function makeNetwork(m: Making, { name }: StepOf<'own-network'>, tell: Tell): Promise<void> {
  const client = m.services.network();
  const { id } = await m.once(tell, {
    find: () => named(m, 'networks', name, 'network'),
    create: () => client.createNetwork(name, m.description('network'), m.call),
    remove: (made) => client.remove('networks', made.id, name, m.call),
  });
  m.there.networkId = id;
  m.remember({ kind: 'network', id, name });
}

export async function makeSubnet(m: Making, { name, cidr }: StepOf<'subnet'>, tell: Tell): Promise<void> {
  const client = m.services.network();
  const { networkId } = m.there;
  if (networkId === undefined) throw new TypeError('the network is not there');
  const description = m.description('subnet');
  const { id } = await m.once(tell, {
    find: () => named(m, 'subnets', name, 'subnet'),
    create: () => client.createSubnet({ name, description, networkId, cidr }, m.call),
  });
  m.there.subnetId = id;
}

export async function makeRouter(m: Making, step: StepOf<'router'>, tell: Tell): Promise<void> {
  const { name, externalNetworkId } = step;
  const client = m.services.network();
  const { subnetId } = m.there;
  if (subnetId === undefined) throw new TypeError('the subnet is not there');
  const description = m.description('router');
  const { id } = await m.once(tell, {
    find: () => named(m, 'routers', name, 'router'),
    create: () => client.createRouter({ name, description, externalNetworkId }, m.call),
    remove: (made) => client.remove('routers', made.id, name, m.call),
  });
  m.remember({ kind: 'router', id, name });
  await connectRouter(m, id, subnetId, tell);
}

/** A router for a network of the project that has none. It is left alone where somebody has connected it meanwhile. */
export async function makeWayOut(m: Making, step: StepOf<'way-out'>, tell: Tell): Promise<void> {
  const { name, networkId, externalNetworkId } = step;
  const client = m.services.network();
  const find = () => named(m, 'routers', name, 'router');
  const ways = await m.services.wayOut().exits(networkId, m.call);
  if (ways?.length !== 0 && (await find()).length === 0) return;
  const description = m.description('router', 1, writeConnects(networkId));
  const { id } = await m.once(tell, {
    find,
    create: () => client.createRouter({ name, description, externalNetworkId }, m.call),
    remove: (made) => client.remove('routers', made.id, name, m.call),
  });
  m.remember({ kind: 'router', id, name, connects: networkId });
  for (const subnetId of await m.services.wayOut().ipv4Subnets(networkId, m.call))
    await connectRouter(m, id, subnetId, tell);
}

/** Twice is refused, and then it is what was wanted. */
function connectRouter(m: Making, id: string, subnetId: string, tell: Tell): Promise<void> {
  const client = m.services.network();
  return m.repeat(tell, () =>
    client.connectRouter(id, subnetId, true, m.call).catch((error: unknown) => {
      const connected = isOpenStackError(error) && (error.kind === 'invalid' || error.kind === 'conflict');
      if (!connected || !/already has a port/i.test(error.detail ?? '')) throw error;
    }),
  );
}

export async function makeGroup(m: Making, { name, rules }: StepOf<'group'>, tell: Tell): Promise<void> {
  const client = m.services.network();
  // It is for all launches to share, those that begin in the same moment too.
  const group = await onceAmongOthers({
    ...m.attempts,
    tell,
    find: async () => oldestFirst(await client.groups(name, m.call)),
    isYoung: ({ created }) => {
      const age = m.services.clock.now() - Date.parse(created);
      // Clocks differ, and not every cloud tells.
      return !(Math.abs(age) > YOUNG);
    },
    create: () => client.createGroup(name, m.description('group'), m.call),
    remove: ({ id }) => client.remove('security-groups', id, name, m.call),
  });
  m.there.groupId = group.id;
  const own = m.isOurs(readDescription(group.description), 'group');
  if (own) m.remember({ kind: 'security-group', id: group.id, name });
  // Somebody may have changed one that was there before; one without any opening was never finished.
  if (!own && group.openings > 0) return;
  await Promise.all(
    rules.map((rule) =>
      m.repeat(tell, () =>
        client.createRule(group.id, rule, name, m.call).catch((error: unknown) => {
          if (!isOpenStackError(error) || error.kind !== 'conflict') throw error;
          if (!/exists/i.test(error.detail ?? '')) throw error;
        }),
      ),
    ),
  );
}

export async function makePort(m: Making, { name, number }: StepOf<'port'>, tell: Tell): Promise<void> {
  const client = m.services.network();
  const { network, securityGroups, fixedIp } = m.plan.request;
  const networkId = network.kind === 'network' ? network.id : m.there.networkId;
  if (networkId === undefined) {
    const attempt = { action: 'create-port', name } as const;
    throw new OpenStackError({ kind: 'not-found', attempt, service: 'network' });
  }
  const { groupId } = m.there;
  const groups = [...securityGroups, ...(groupId === undefined ? [] : [groupId])];
  const { id } = await m.once(tell, {
    find: async () => m.described(await client.ports({ name }, m.call), 'port', number),
    remove: (made) => client.remove('ports', made.id, name, m.call),
    create: () =>
      client.createPort(
        {
          name,
          description: m.description('port', number, m.plan.recipe.withPort),
          networkId,
          deviceOwner: WAITING_PORT,
          securityGroups: groups.length > 0 ? groups : undefined,
          fixedIp,
        },
        m.call,
      ),
  });
  m.there.ports.set(number, id);
  m.remember({ kind: 'port', id, name });
}

export async function makeAddress(m: Making, step: StepOf<'address'>, tell: Tell): Promise<void> {
  const { number, wish, name } = step;
  const client = m.services.network();
  const portId = m.there.ports.get(number);
  if (portId === undefined) throw new TypeError('the port is not there');
  const bind = (id: string) => m.repeat(tell, () => client.bindAddress(id, portId, name, m.call));
  if (wish.kind === 'existing') {
    const there = (await client.addresses(m.call)).find(({ id }) => id === wish.id);
    if (there?.portId !== undefined && there.portId !== portId && !there.unused)
      throw new OpenStackError({
        kind: 'conflict',
        reason: 'in-use',
        attempt: { action: 'assign-floating-ip', name: wish.address },
        service: 'network',
      });
    if (there?.portId !== portId) await bind(wish.id);
    m.there.addresses.set(number, wish.address);
    return;
  }
  const made = await m.once(tell, {
    find: async () => m.described(await client.addresses(m.call), 'address', number),
    remove: ({ id, address }) => client.remove('floatingips', id, address, m.call),
    create: () =>
      client.createAddress(
        { networkId: wish.networkId, portId, description: m.description('address', number) },
        m.call,
      ),
  });
  m.remember({ kind: 'floating-ip', id: made.id, name: made.address });
  if (made.portId !== portId) await bind(made.id);
  m.there.addresses.set(number, made.address);
}

export async function makeRecord(
  m: Making,
  { zone, host, number }: StepOf<'dns'>,
  tell: Tell,
): Promise<void> {
  const client = m.services.dns();
  const address = m.there.addresses.get(number);
  if (address === undefined) throw new TypeError('the address is not there');
  const name = `${host}.${zone}`;
  const zoneId = (await client.zones(m.call)).find((each) => each.name === zone)?.id;
  if (zoneId === undefined) {
    const attempt = { action: 'create-dns-record', name } as const;
    throw new OpenStackError({ kind: 'not-found', attempt, service: 'dns' });
  }
  const { id } = await m.once(tell, {
    find: async () =>
      (await client.records(zoneId, name, m.call)).filter(({ description }) =>
        m.isOurs(readDescription(description), 'dns', number),
      ),
    create: () =>
      client.createRecord(zoneId, { name, address, description: m.description('dns', number) }, m.call),
  });
  m.remember({ kind: 'dns-record', id, zoneId, name });
}

async function named(
  m: Making,
  kind: 'networks' | 'subnets' | 'routers',
  name: string,
  part: LaunchPart,
): Promise<readonly NetworkPart[]> {
  return m.described(await m.services.network().named(kind, name, m.call), part);
}
