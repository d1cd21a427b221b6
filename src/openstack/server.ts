import {
  count,
  dict,
  flag,
  isRecord,
  key,
  list,
  needed,
  oneOf,
  optional,
  rowReader,
  text,
  type Reader,
} from './schema.js';
import { hasPassphraseTag, openMetadata, openTags } from './server-secrets.js';
import { SERVER_STATUSES, type ServerStatus } from './server-status.js';

export type { ServerStatus } from './server-status.js';

export interface ServerAddress {
  readonly network: string;
  readonly address: string;
  readonly version: 4 | 6;
  readonly type: 'fixed' | 'floating' | undefined;
  readonly mac: string | undefined;
}

/** What a server was made with. Up to microversion 2.46 only `id` is known, from 2.47 on everything else. */
export interface ServerFlavor {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly vcpus: number | undefined;
  /** MiB. */
  readonly ram: number | undefined;
  /** GiB. */
  readonly disk: number | undefined;
}

/** What was asked of a server and does not show in its status yet. */
export type PendingWord =
  | 'deleting'
  | 'starting'
  | 'stopping'
  | 'rebooting'
  | 'pausing'
  | 'unpausing'
  | 'suspending'
  | 'resuming'
  | 'shelving'
  | 'unshelving'
  | 'resizing'
  | 'reverting'
  | 'rebuilding'
  | 'rescuing'
  | 'unrescuing'
  | 'restoring';

/** An instance. Reference: Compute, GET /servers/detail and GET /servers/{id}, microversions 2.1 to 2.93. */
export interface Server {
  readonly id: string;
  /** Empty where the part of the cloud that knows it is down (status `UNKNOWN`). */
  readonly name: string;
  readonly status: ServerStatus;
  /** What is happening to it, such as `spawning` or `powering-off`. */
  readonly taskState: string | undefined;
  readonly vmState: string | undefined;
  /** 0 no state, 1 running, 3 paused, 4 shut down, 6 crashed, 7 suspended. */
  readonly powerState: number | undefined;
  readonly addresses: readonly ServerAddress[];
  readonly flavor: ServerFlavor;
  /** Undefined for a server that boots from a volume. */
  readonly imageId: string | undefined;
  readonly keyName: string | undefined;
  /** ISO 8601, as are all times here. */
  readonly created: string;
  readonly updated: string;
  readonly launchedAt: string | undefined;
  readonly userId: string | undefined;
  readonly projectId: string | undefined;
  /** From microversion 2.19 on. */
  readonly description: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  /** From microversion 2.26 on. Without those that hold a passphrase, see `server-secrets.ts`. */
  readonly tags: readonly string[];
  /** Whether a tag holds a passphrase. */
  readonly hasPassphrase?: boolean | undefined;
  readonly locked: boolean;
  /** From microversion 2.73 on. */
  readonly lockedReason: string | undefined;
  /** Percent. */
  readonly progress: number | undefined;
  readonly availabilityZone: string | undefined;
  /** Why it is in ERROR. Some clouds give it for a single server only, not in the list. */
  readonly fault:
    | { readonly message: string; readonly code: number | undefined; readonly created: string | undefined }
    | undefined;
  /** Ids. */
  readonly volumesAttached: readonly string[];
  /** Ids of those that are deleted with it; undefined where the cloud does not tell, before microversion 2.3. */
  readonly volumesDeletedWith?: readonly string[] | undefined;
  /** Names. */
  readonly securityGroups: readonly string[];
  /** State of the host (`UP`, `DOWN`, ...), as far as the cloud lets the user see it. */
  readonly hostStatus?: string | undefined;
  /** What was asked for and is not visible in the status yet. Set by the live collection, never by the wire. */
  readonly pending?: PendingWord | undefined;
}

const addressReader = rowReader('server.address', {
  address: key('addr'),
  version: needed('version', count, 4),
  type: optional('OS-EXT-IPS:type', oneOf(['fixed', 'floating'])),
  mac: optional('OS-EXT-IPS-MAC:mac_addr', text),
});

const addressesReader: Reader<readonly ServerAddress[]> = (value, report, row, field) => {
  const networks = dict(list(addressReader))(value, report, row, field);
  if (!networks) return undefined;
  const addresses: ServerAddress[] = [];
  for (const network in networks) {
    for (const { address, version, type, mac } of networks[network] ?? []) {
      addresses.push({ network, address, version: version === 6 ? 6 : 4, type, mac });
    }
  }
  return addresses;
};

const flavorReader: Reader<ServerFlavor> = rowReader(
  'server.flavor',
  {
    id: optional('id', text),
    name: optional('original_name', text),
    vcpus: optional('vcpus', count),
    ram: optional('ram', count),
    disk: optional('disk', count),
  },
  ['links', 'ephemeral', 'swap', 'extra_specs'],
);

const faultReader = rowReader(
  'server.fault',
  { message: needed('message', text, ''), code: optional('code', count), created: optional('created', text) },
  ['details'],
);

/** A text that an empty one stands for the lack of. */
const filled: Reader<string> = (value, report, row, field) => text(value, report, row, field) || undefined;

/** Nova gives an empty string for a server that boots from a volume. */
const imageReader: Reader<string> = (value, report, row, field) =>
  isRecord(value) ? text(value['id'], report, 'server.image', 'id') : filled(value, report, row, field);

const volumesReader = list(
  rowReader('server.volume', { id: key('id'), deleted: optional('delete_on_termination', flag) }),
);
const groupsReader = list(rowReader('server.security_group', { name: key('name') }));

/** Reads one server, as it is in a list or alone. */
export const serverReader: Reader<Server> = rowReader(
  'server',
  {
    id: key('id'),
    name: needed('name', text, ''),
    status: needed<ServerStatus>('status', oneOf(SERVER_STATUSES), 'UNKNOWN'),
    taskState: optional('OS-EXT-STS:task_state', text),
    vmState: optional('OS-EXT-STS:vm_state', text),
    powerState: optional('OS-EXT-STS:power_state', count),
    addresses: needed('addresses', addressesReader, []),
    flavor: needed('flavor', flavorReader, {
      id: undefined,
      name: undefined,
      vcpus: undefined,
      ram: undefined,
      disk: undefined,
    }),
    imageId: optional('image', imageReader),
    keyName: optional('key_name', text),
    created: needed('created', text, ''),
    updated: needed('updated', text, ''),
    launchedAt: optional('OS-SRV-USG:launched_at', text),
    userId: optional('user_id', text),
    projectId: optional('tenant_id', text),
    description: optional('description', text),
    metadata: optional('metadata', openMetadata, {}),
    tags: optional('tags', openTags, []),
    hasPassphrase: optional('tags', hasPassphraseTag),
    locked: optional('locked', flag, false),
    lockedReason: optional('locked_reason', text),
    progress: optional('progress', count),
    // Empty until a host is found.
    availabilityZone: optional('OS-EXT-AZ:availability_zone', filled),
    fault: optional('fault', faultReader),
    volumesAttached: optional<readonly string[]>(
      'os-extended-volumes:volumes_attached',
      (...at) => volumesReader(...at)?.map(({ id }) => id),
      [],
    ),
    volumesDeletedWith: optional<readonly string[] | undefined>(
      'os-extended-volumes:volumes_attached',
      (...at) => {
        const volumes = volumesReader(...at);
        if (volumes?.some(({ deleted }) => deleted === undefined)) return undefined;
        return volumes?.filter(({ deleted }) => deleted).map(({ id }) => id);
      },
    ),
    securityGroups: optional<readonly string[]>(
      'security_groups',
      // Nova names a group once for each port.
      (...at) => [...new Set(groupsReader(...at)?.map(({ name }) => name))],
      [],
    ),
    hostStatus: optional('host_status', text),
  },
  [
    'OS-DCF:diskConfig',
    'OS-EXT-SRV-ATTR:host',
    'OS-EXT-SRV-ATTR:hostname',
    'OS-EXT-SRV-ATTR:hypervisor_hostname',
    'OS-EXT-SRV-ATTR:instance_name',
    'OS-EXT-SRV-ATTR:kernel_id',
    'OS-EXT-SRV-ATTR:launch_index',
    'OS-EXT-SRV-ATTR:ramdisk_id',
    'OS-EXT-SRV-ATTR:reservation_id',
    'OS-EXT-SRV-ATTR:root_device_name',
    'OS-EXT-SRV-ATTR:user_data',
    'OS-SRV-USG:terminated_at',
    'accessIPv4',
    'accessIPv6',
    'config_drive',
    'hostId',
    'links',
    'server_groups',
    'trusted_image_certificates',
  ],
  // From 2.69 on, a server whose cell is down comes with little more than its id.
  (raw) => raw['status'] === 'UNKNOWN',
);
