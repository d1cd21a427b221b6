import { readDescription, readMark, type LaunchMark } from '../../launch/mark.js';
import type { Server } from '../../openstack/compute.js';
import { DnsClient } from '../../openstack/dns.js';
import { NetworkClient, type FloatingIp } from '../../openstack/network.js';
import { NetworkMaker } from '../../openstack/network-making.js';
import { orNone } from '../../openstack/or-none.js';
import { ServerPortClient } from '../../openstack/server-ports.js';
import type { Connection } from '../../session/connection.js';

/** A public address of an instance. */
export interface OwnAddress {
  readonly id: string;
  readonly address: string;
  /** The launch took it for this instance, so it goes with it unless somebody wants to keep it. */
  readonly launched: boolean;
}

/** What an instance has that the cloud does not take away with it. */
export interface Belongings {
  readonly addresses: readonly OwnAddress[];
  /** Ports that its launch made: Nova deletes those that it made itself, and leaves these. */
  readonly ports: readonly { readonly id: string; readonly name: string }[];
  /** Host names that its launch made. */
  readonly records: readonly { readonly id: string; readonly zoneId: string; readonly name: string }[];
}

const NONE: Belongings = { addresses: [], ports: [], records: [] };

/** What of a server tells what belongs to it. */
export type Owner = Pick<Server, 'name' | 'addresses' | 'metadata'>;

/** The public addresses an instance has. */
export function floatingOf(server: Pick<Server, 'addresses'> | undefined): readonly string[] {
  return (server?.addresses ?? []).filter(({ type }) => type === 'floating').map(({ address }) => address);
}

/** Whether there is anything to ask the network service for. */
export function mayOwn({ addresses, metadata }: Owner): boolean {
  return floatingOf({ addresses }).length > 0 || readMark(metadata) !== undefined;
}

/** Which of the project's floating IPs are the instance's: those it shows, and those that its launch took for it. */
export function addressesOf(owner: Owner, rows: readonly FloatingIp[]): readonly OwnAddress[] {
  const shown = new Set(floatingOf(owner));
  const mark = readMark(owner.metadata);
  return rows.flatMap(({ id, address, description }) => {
    const launched = isSame(mark, readDescription(description), 'address');
    return launched || shown.has(address) ? [{ id, address, launched }] : [];
  });
}

function isSame(of: LaunchMark | undefined, mark: LaunchMark | undefined, part: LaunchMark['part']): boolean {
  return (
    of !== undefined && mark?.launchId === of.launchId && mark.number === of.number && mark.part === part
  );
}

/** All floating IPs of the project; none where there is no network service. Rejects with an OpenStackError. */
export async function floatingIps(
  connection: Connection,
  signal?: AbortSignal,
): Promise<readonly FloatingIp[]> {
  const found: FloatingIp[] = [];
  if (connection.has('network'))
    for await (const { rows } of connection.client(NetworkClient).floatingIps({ signal }))
      found.push(...rows);
  return found;
}

/**
 * What belongs to an instance. Ports and host names are looked for only where a launch has marked the instance, and what
 * a service does not tell of them is left out: they are found later as what a launch left. Rejects with an
 * OpenStackError where the addresses cannot be listed.
 *
 * @param id as its cloud knows it
 */
export async function belongingsOf(connection: Connection, id: string, owner: Owner): Promise<Belongings> {
  if (!connection.has('network') || !mayOwn(owner)) return NONE;
  const mark = readMark(owner.metadata);
  const [rows, ports] = await Promise.all([
    floatingIps(connection),
    mark ? orNone(portsOf(connection, id, owner.name, mark)) : [],
  ]);
  const addresses = addressesOf(owner, rows);
  const records =
    mark && connection.has('dns')
      ? await Promise.all(addresses.map(({ address }) => orNone(recordsOf(connection, address, mark))))
      : [];
  return { addresses, ports, records: records.flat() };
}

async function portsOf(
  connection: Connection,
  id: string,
  name: string,
  mark: LaunchMark,
): Promise<Belongings['ports']> {
  const isOwn = ({ description }: { readonly description: string }) =>
    isSame(mark, readDescription(description), 'port');
  const used = (await connection.client(ServerPortClient).ports(id)).filter(isOwn);
  // One that failed before it ran has given its port back, or has not taken it yet.
  return used.length > 0 ? used : (await connection.client(NetworkMaker).ports({ name })).filter(isOwn);
}

async function recordsOf(
  connection: Connection,
  address: string,
  mark: LaunchMark,
): Promise<Belongings['records']> {
  const records = await connection.client(DnsClient).recordsTo(address);
  return records.filter(({ description }) => isSame(mark, readDescription(description), 'dns'));
}
