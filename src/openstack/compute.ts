import { within } from './abort.js';
import { versioned } from './catalog.js';
import { isOpenStackError, OpenStackError, refine, type Action, type Attempt } from './errors.js';
import { hostName } from './host-name.js';
import { quota, type Quota } from './quota.js';
import {
  count,
  dict,
  flag,
  key,
  member,
  needed,
  oneOf,
  optional,
  readRow,
  rowReader,
  text,
  type Page,
  type Reader,
} from './schema.js';
import { serverReader, type Server } from './server.js';
import { ServiceClient, type CallOptions, type ServiceClientOptions } from './service.js';
import { chooseMicroversion, compareVersions, readVersionRange, type VersionRange } from './versions.js';

import type { ServerStatus } from './server-status.js';

export { SERVER_STATUSES, type ServerStatus } from './server-status.js';
export type { PendingWord, Server, ServerAddress, ServerFlavor } from './server.js';
export type { Quota } from './quota.js';

/** A size that servers are made in. Reference: Compute, GET /flavors/detail. */
export interface Flavor {
  readonly id: string;
  readonly name: string;
  readonly vcpus: number;
  /** MiB. */
  readonly ram: number;
  /** GiB; 0 means as large as the image asks for, or a volume. */
  readonly disk: number;
  /** GiB. */
  readonly ephemeral: number;
  /** MiB. */
  readonly swap: number;
  readonly isPublic: boolean;
  readonly disabled: boolean;
  /** From microversion 2.55 on. */
  readonly description: string | undefined;
  /** From microversion 2.61 on, where the policy allows it. */
  readonly extraSpecs: Readonly<Record<string, string>>;
}

/** Reference: Compute, GET /os-keypairs. */
export interface Keypair {
  /** The same as `name`: key pairs have no other id. */
  readonly id: string;
  readonly name: string;
  readonly fingerprint: string;
  readonly type: 'ssh' | 'x509';
  readonly publicKey: string;
}

/** Reference: Compute, GET /limits, `absolute`. */
export interface ComputeLimits {
  readonly instances: Quota;
  readonly cores: Quota;
  /** MiB. */
  readonly ram: Quota;
  readonly serverGroups: Quota;
  /** Per user; the API does not tell how many there are. */
  readonly keypairs: { readonly limit: number };
  /** Entries of metadata for each server. */
  readonly serverMetadata: { readonly limit: number };
  /** Instances of one user in a server group. */
  readonly serverGroupMembers: { readonly limit: number };
}

/** A network that a server is put on, or a port that was made for it. */
export type ServerNetwork =
  { readonly networkId: string; readonly fixedIp?: string | undefined } | { readonly portId: string };

/** A disk that a server is made with. Reference: Compute, POST /servers, `block_device_mapping_v2`. */
export interface ServerDisk {
  /** Undefined: the disk of the flavor, with the server's image on it. */
  readonly volumeId?: string | undefined;
  /** Whether the server starts from it. */
  readonly boot: boolean;
  readonly deleteWithServer: boolean;
  /** What its guest is told about it; at most 60 characters, without comma and slash. Left out below microversion 2.42. */
  readonly tag?: string | undefined;
}

export interface CreateServer {
  readonly name: string;
  readonly imageId?: string | undefined;
  readonly flavorId: string;
  readonly keyName?: string | undefined;
  /**
   * `auto` lets the cloud choose or make a network, `none` gives no network. Both need microversion 2.37; below it
   * `auto` is left out, which works where the project has one network, and `none` is an error.
   */
  readonly networks: 'auto' | 'none' | readonly ServerNetwork[];
  /** Names or ids. */
  readonly securityGroups?: readonly string[] | undefined;
  /**
   * Raw: it is encoded here, a text as UTF-8, bytes as they are. At most 65,535 characters once it is base64, about
   * 48 KiB.
   */
  readonly userData?: string | Uint8Array | undefined;
  /** Keys and values have at most 255 characters. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** At most 50 of at most 60 characters. Left out below microversion 2.52. */
  readonly tags?: readonly string[] | undefined;
  /** Left out below microversion 2.19. */
  readonly description?: string | undefined;
  readonly availabilityZone?: string | undefined;
  readonly configDrive?: boolean | undefined;
  /** Without any: the flavor's disk with the image on it. */
  readonly disks?: readonly ServerDisk[] | undefined;
  /** Names and values as the cloud's scheduler knows them: `group`, `different_host`, ... */
  readonly hints?: Readonly<Record<string, string>> | undefined;
}

/** A call to one server. */
export interface ServerCall<T> extends CallOptions {
  readonly attempt: Attempt;
  /** The oldest microversion that will do; without it any will. */
  readonly needs?: string | undefined;
  /** Reads the answer; without it there is none to read. Throws where it cannot be understood. */
  readonly read?: ((body: unknown) => T) | undefined;
}

/** The newest microversion of use: fields grow until 2.90 (host name); what 2.91 to 2.93 add is not for users. */
const WANTED = '2.90';
/** Enough for what is asked for first. Every Nova since 2018 has it, so that nothing has to wait for its versions. */
const COMMON = '2.61';
const LONGEST_USER_DATA = 65_535;

/** Nova's word for an unlimited quota is a negative number; an absent one is treated the same. */
const UNLIMITED = -1;

const swapReader: Reader<number> = (value, report, row, field) =>
  // Below 2.75 no swap is an empty string.
  value === '' ? 0 : count(value, report, row, field);

const flavorReader: Reader<Flavor> = rowReader(
  'flavor',
  {
    id: key('id'),
    name: needed('name', text, ''),
    vcpus: needed('vcpus', count, 0),
    ram: needed('ram', count, 0),
    disk: needed('disk', count, 0),
    ephemeral: optional('OS-FLV-EXT-DATA:ephemeral', count, 0),
    swap: optional('swap', swapReader, 0),
    isPublic: optional('os-flavor-access:is_public', flag, true),
    disabled: optional('OS-FLV-DISABLED:disabled', flag, false),
    description: optional('description', text),
    extraSpecs: optional('extra_specs', dict(text), {}),
  },
  ['links', 'rxtx_factor'],
);

const rawKeypair = rowReader(
  'keypair',
  {
    name: key('name'),
    fingerprint: needed('fingerprint', text, ''),
    type: optional('type', oneOf(['ssh', 'x509']), 'ssh'),
    publicKey: needed('public_key', text, ''),
  },
  ['user_id', 'private_key', 'created_at', 'deleted', 'deleted_at', 'id', 'updated_at'],
);

const wrappedKeypair = rowReader('keypairs', { keypair: needed('keypair', rawKeypair, undefined) });

const keypairReader: Reader<Keypair> = (value, report, row, field) => {
  const keypair = wrappedKeypair(value, report, row, field)?.keypair;
  return keypair && { ...keypair, id: keypair.name };
};

const limitsReader = rowReader(
  'compute.limits',
  {
    instances: needed('maxTotalInstances', count, UNLIMITED),
    instancesUsed: needed('totalInstancesUsed', count, 0),
    cores: needed('maxTotalCores', count, UNLIMITED),
    coresUsed: needed('totalCoresUsed', count, 0),
    ram: needed('maxTotalRAMSize', count, UNLIMITED),
    ramUsed: needed('totalRAMUsed', count, 0),
    serverGroups: optional('maxServerGroups', count, UNLIMITED),
    serverGroupsUsed: optional('totalServerGroupsUsed', count, 0),
    keypairs: optional('maxTotalKeypairs', count, UNLIMITED),
    serverMetadata: optional('maxServerMeta', count, UNLIMITED),
    serverGroupMembers: optional('maxServerGroupMembers', count, UNLIMITED),
  },
  [
    'maxImageMeta',
    'maxPersonality',
    'maxPersonalitySize',
    'maxSecurityGroupRules',
    'maxSecurityGroups',
    'maxTotalFloatingIps',
    'totalFloatingIpsUsed',
    'totalSecurityGroupsUsed',
  ],
);

const createdReader = rowReader('server.created', { id: key('id') }, [
  'OS-DCF:diskConfig',
  'adminPass',
  'links',
  'security_groups',
]);

/** Servers, flavors, key pairs and limits of a project. Reference: Compute API v2.1. */
export class ComputeClient extends ServiceClient {
  static readonly type = 'compute';
  #range: Promise<VersionRange> | undefined;
  #newest: string | undefined;

  constructor(o: ServiceClientOptions) {
    super({ ...o, endpoint: versioned(o.endpoint, 'v2.1') });
  }

  /** The newest microversion this cloud offers, once that is known; `0.0` where it has none. */
  get newest(): string | undefined {
    return this.#newest;
  }

  /**
   * The microversions this cloud offers; asked for once. Without any where the answer cannot be understood.
   * Reference: GET /v2.1/.
   */
  versions(o: CallOptions = {}): Promise<VersionRange> {
    // One question serves all, so no single caller's signal may end it.
    this.#range ??= this.request({
      attempt: { action: 'read-versions' },
      method: 'GET',
      path: '/',
      read: readVersionRange,
    })
      .then(
        ({ data }) => data,
        (error: unknown) => {
          if (isOpenStackError(error) && /^(?:not-found|protocol|forbidden)$/.test(error.kind)) {
            return { min: undefined, max: undefined };
          }
          this.#range = undefined;
          throw error;
        },
      )
      .then((range) => {
        this.#newest = range.max ?? '0.0';
        return range;
      });
    return within(o.signal, this.#range);
  }

  /**
   * All servers of the project, page by page.
   *
   * @param o.changesSince ISO 8601 in whole seconds: only what changed at that time or later, deleted servers
   *   included with status `DELETED`
   * @param o.status only those in it; `SOFT_DELETED` needs `changesSince`, or members are shown none
   */
  async *servers(
    o: CallOptions & { changesSince?: string | undefined; status?: ServerStatus | undefined } = {},
  ): AsyncGenerator<Page<Server>, void, undefined> {
    yield* this.#pages('list-instances', '/servers/detail', 'servers', serverReader, o, {
      'changes-since': o.changesSince,
      status: o.status,
    });
  }

  /**
   * The newest servers of the project, without asking for the service's versions before: they tell what was launched
   * last. Reference: GET /servers/detail, 2.61.
   *
   * @param limit at most so many
   */
  async newestServers(limit: number, o: CallOptions = {}): Promise<readonly Server[]> {
    const query = { sort_key: 'created_at', sort_dir: 'desc', limit: String(limit) };
    for await (const { rows } of this.#commonPages(
      'list-instances',
      '/servers/detail',
      'servers',
      serverReader,
      o,
      query,
    ))
      return rows;
    return [];
  }

  /** One server, with its `fault`. Reference: GET /servers/{id}. */
  async server(id: string, o: CallOptions & { name?: string | undefined } = {}): Promise<Server> {
    const { data } = await this.request({
      attempt: { action: 'read-instance', name: o.name },
      method: 'GET',
      path: `/servers/${encodeURIComponent(id)}`,
      microversion: await this.#microversion(o),
      signal: o.signal,
      read: (body) => readRow(serverReader, member(body, 'server'), 'server'),
    });
    return data;
  }

  /**
   * Asks for a server, which then is in status `BUILD`. Never repeated: with reason `answer-lost` it may be there.
   * Reference: POST /servers.
   *
   * @throws OpenStackError kind `invalid`, reason `user-data-too-large`, before anything is sent; kind `quota`
   */
  async createServer(server: CreateServer, o: CallOptions = {}): Promise<{ id: string }> {
    const attempt = { action: 'create-instance', name: server.name } as const;
    const userData = server.userData?.length ? base64(server.userData) : undefined;
    if (userData && userData.length > LONGEST_USER_DATA) {
      throw new OpenStackError({
        kind: 'invalid',
        reason: 'user-data-too-large',
        attempt,
        service: this.type,
        detail: `user data has ${userData.length} characters of at most ${LONGEST_USER_DATA}`,
      });
    }
    const range = await this.versions(o);
    const can = (version: string): boolean => chooseMicroversion(range, version) === version;
    if (server.networks === 'none') chooseMicroversion(range, WANTED, '2.37');
    const networks =
      typeof server.networks !== 'string'
        ? server.networks.map((network) =>
            'portId' in network
              ? { port: network.portId }
              : { uuid: network.networkId, fixed_ip: network.fixedIp },
          )
        : can('2.37')
          ? server.networks
          : undefined;
    const { data } = await this.request({
      attempt,
      method: 'POST',
      path: '/servers',
      microversion: chooseMicroversion(range, WANTED),
      signal: o.signal,
      body: {
        server: {
          name: server.name,
          imageRef: server.imageId ?? '',
          flavorRef: server.flavorId,
          key_name: server.keyName,
          networks,
          security_groups: server.securityGroups?.map((name) => ({ name })),
          user_data: userData,
          metadata: server.metadata,
          tags: can('2.52') ? server.tags : undefined,
          description: can('2.19') ? server.description : undefined,
          availability_zone: server.availabilityZone,
          config_drive: server.configDrive,
          hostname: can('2.90') ? hostName(server.name) : undefined,
          block_device_mapping_v2: server.disks?.map((disk) => ({
            boot_index: disk.boot ? 0 : -1,
            uuid: disk.volumeId ?? server.imageId,
            source_type: disk.volumeId === undefined ? 'image' : 'volume',
            destination_type: disk.volumeId === undefined ? 'local' : 'volume',
            delete_on_termination: disk.deleteWithServer,
            tag: can('2.42') ? disk.tag : undefined,
          })),
        },
        'os:scheduler_hints': server.hints,
      },
      read: (body) => readRow(createdReader, member(body, 'server'), 'server'),
    });
    return data;
  }

  /** Reference: DELETE /servers/{id}. */
  async deleteServer(id: string, name?: string, o: CallOptions = {}): Promise<void> {
    await this.#do('delete-instance', 'DELETE', `/servers/${encodeURIComponent(id)}`, undefined, name, o);
  }

  /** Reference: POST /servers/{id}/action, `os-start`. */
  async startServer(id: string, name?: string, o: CallOptions = {}): Promise<void> {
    await this.#act('start-instance', id, { 'os-start': null }, name, o);
  }

  /** Reference: POST /servers/{id}/action, `os-stop`. */
  async stopServer(id: string, name?: string, o: CallOptions = {}): Promise<void> {
    await this.#act('stop-instance', id, { 'os-stop': null }, name, o);
  }

  /**
   * Reference: POST /servers/{id}/action, `reboot`.
   *
   * @param type SOFT asks the operating system, HARD cuts the power
   */
  async rebootServer(id: string, type: 'SOFT' | 'HARD', name?: string, o: CallOptions = {}): Promise<void> {
    await this.#act('reboot-instance', id, { reboot: { type } }, name, o);
  }

  /**
   * What the server wrote to its console. Reference: POST /servers/{id}/action, `os-getConsoleOutput`.
   *
   * @param o.lines the last so many; all that the cloud keeps when left out
   */
  async consoleOutput(
    id: string,
    o: CallOptions & { lines?: number | undefined; name?: string | undefined } = {},
  ): Promise<string> {
    const { data } = await this.request({
      attempt: { action: 'read-console', name: o.name },
      method: 'POST',
      path: `/servers/${encodeURIComponent(id)}/action`,
      microversion: await this.#microversion(o),
      signal: o.signal,
      // It is a POST that changes nothing.
      repeatable: true,
      body: { 'os-getConsoleOutput': o.lines === undefined ? {} : { length: o.lines } },
      read: (body) =>
        readRow(rowReader('console', { output: optional('output', text, '') }), body, 'console').output,
    });
    return data;
  }

  /**
   * Does to one server what its action resource can do. Reference: POST /servers/{id}/action.
   *
   * @param body one member, whose name says what is to be done: `{ pause: null }`
   * @param o.needs the oldest microversion that will do
   * @throws OpenStackError kind `invalid`, reason `microversion`, before anything is sent, where the cloud is too old
   */
  act(id: string, body: unknown, o: ServerCall<undefined>): Promise<void>;
  act<T>(id: string, body: unknown, o: ServerCall<T> & { readonly read: (body: unknown) => T }): Promise<T>;
  act<T>(id: string, body: unknown, o: ServerCall<T>): Promise<T | undefined> {
    return this.callServer(id, { ...o, method: 'POST', path: '/action', body });
  }

  /**
   * Calls what lies below one server, for those who know it: `/action`, `/metadata`, `/os-interface`, ... What can be
   * done to a server stands in `server-actions.ts`, so that a list does not carry it.
   *
   * @param o.path below `/servers/{id}`; empty for the server itself
   * @throws OpenStackError kind `invalid`, reason `microversion`, before anything is sent, where the cloud is too old
   */
  async callServer<T>(
    id: string,
    {
      attempt,
      needs,
      read,
      signal,
      ...call
    }: ServerCall<T> & {
      readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
      readonly path: string;
      readonly body?: unknown;
    },
  ): Promise<T | undefined> {
    const range = await this.versions({ signal });
    let microversion: string | undefined;
    try {
      const newer = needs !== undefined && compareVersions(needs, WANTED) > 0;
      microversion = chooseMicroversion(range, newer ? needs : WANTED, needs);
    } catch (error) {
      throw isOpenStackError(error) ? refine(error, { kind: 'invalid', attempt, service: this.type }) : error;
    }
    const { data } = await this.request<T | undefined>({
      ...call,
      path: `/servers/${encodeURIComponent(id)}${call.path}`,
      attempt,
      microversion,
      signal,
      ...(read ? { read } : { expect: 'nothing', read: () => undefined }),
    });
    return data;
  }

  /** The flavors the project may use. Reference: GET /flavors/detail. */
  async *flavors(o: CallOptions = {}): AsyncGenerator<Page<Flavor>, void, undefined> {
    yield* this.#commonPages('list-flavors', '/flavors/detail', 'flavors', flavorReader, o);
  }

  /** The user's own key pairs: they belong to a user, not to a project. Reference: GET /os-keypairs. */
  async *keypairs(o: CallOptions = {}): AsyncGenerator<Page<Keypair>, void, undefined> {
    yield* this.#commonPages('list-keypairs', '/os-keypairs', 'keypairs', keypairReader, o);
  }

  /** Imports a public key in OpenSSH form. Reference: POST /os-keypairs. */
  async createKeypair(keypair: { name: string; publicKey: string }, o: CallOptions = {}): Promise<Keypair> {
    const { data } = await this.request({
      attempt: { action: 'create-keypair', name: keypair.name },
      method: 'POST',
      path: '/os-keypairs',
      microversion: await this.#microversion(o),
      signal: o.signal,
      body: { keypair: { name: keypair.name, public_key: keypair.publicKey } },
      read: (body) => readRow(keypairReader, body, 'keypair'),
    });
    // Older services answer without the public key.
    return { ...data, publicKey: data.publicKey || keypair.publicKey };
  }

  /** Reference: DELETE /os-keypairs/{name}. */
  async deleteKeypair(name: string, o: CallOptions = {}): Promise<void> {
    await this.#do(
      'delete-keypair',
      'DELETE',
      `/os-keypairs/${encodeURIComponent(name)}`,
      undefined,
      name,
      o,
    );
  }

  /** Reference: GET /limits. */
  async limits(o: CallOptions = {}): Promise<ComputeLimits> {
    const ask = (microversion: string | undefined) =>
      this.request({
        attempt: { action: 'read-limits' },
        method: 'GET',
        path: '/limits',
        microversion,
        signal: o.signal,
        read: (body) => readRow(limitsReader, member(member(body, 'limits'), 'absolute'), 'limits'),
      });
    const { data } = await (this.#newest === undefined
      ? ask(COMMON).catch(async (error: unknown) => {
          if (!isTooOld(error)) throw error;
          return ask(await this.#microversion(o));
        })
      : ask(await this.#microversion(o)));
    return {
      instances: quota(data.instancesUsed, data.instances),
      cores: quota(data.coresUsed, data.cores),
      ram: quota(data.ramUsed, data.ram),
      serverGroups: quota(data.serverGroupsUsed, data.serverGroups),
      keypairs: { limit: quota(0, data.keypairs).limit },
      serverMetadata: { limit: quota(0, data.serverMetadata).limit },
      serverGroupMembers: { limit: quota(0, data.serverGroupMembers).limit },
    };
  }

  async #microversion(o: CallOptions): Promise<string | undefined> {
    return chooseMicroversion(await this.versions(o), WANTED);
  }

  async *#pages<T>(
    action: Action,
    path: string,
    list: string,
    reader: Reader<T>,
    o: CallOptions,
    query?: Readonly<Record<string, string | undefined>>,
  ): AsyncGenerator<Page<T>, void, undefined> {
    const microversion = await this.#microversion(o);
    yield* this.pages({ action }, path, list, reader, { microversion, query, signal: o.signal });
  }

  /** The same without asking for the versions before; a service that is older says so, and is asked then. */
  async *#commonPages<T>(
    action: Action,
    path: string,
    list: string,
    reader: Reader<T>,
    o: CallOptions,
    query?: Readonly<Record<string, string | undefined>>,
  ): AsyncGenerator<Page<T>, void, undefined> {
    if (this.#newest === undefined) {
      try {
        yield* this.pages({ action }, path, list, reader, {
          microversion: COMMON,
          query,
          signal: o.signal,
        });
        return;
      } catch (error) {
        if (!isTooOld(error)) throw error;
      }
    }
    yield* this.#pages(action, path, list, reader, o, query);
  }

  #act(action: Action, id: string, body: unknown, name: string | undefined, o: CallOptions): Promise<void> {
    return this.#do(action, 'POST', `/servers/${encodeURIComponent(id)}/action`, body, name, o);
  }

  async #do(
    action: Action,
    method: 'POST' | 'DELETE',
    path: string,
    body: unknown,
    name: string | undefined,
    o: CallOptions,
  ): Promise<void> {
    await this.request({
      attempt: { action, name },
      method,
      path,
      body,
      microversion: await this.#microversion(o),
      signal: o.signal,
      expect: 'nothing',
      read: () => undefined,
    });
  }
}

/** A text as base64 of its UTF-8 bytes. */
function base64(data: string | Uint8Array): string {
  let binary = '';
  for (const byte of typeof data === 'string' ? new TextEncoder().encode(data) : data)
    binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** The service does not know the microversion that was asked for. */
function isTooOld(error: unknown): boolean {
  return isOpenStackError(error) && error.reason === 'microversion';
}
