/** The records the simulated services keep. Times are milliseconds since the epoch. */

export interface User {
  readonly id: string;
  readonly name: string;
  password: string;
  /** Whether the password has run out: it is good for setting a new one, and for nothing else. */
  passwordExpired: boolean;
  /** Base32; whoever has one proves a one-time code beside the password. */
  readonly totpSecret?: string | undefined;
  readonly enabled: boolean;
  /** Role names by project id. */
  readonly roles: ReadonlyMap<string, readonly string[]>;
  readonly defaultProjectId?: string | undefined;
}

export interface ProjectRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
}

export interface Token {
  readonly value: string;
  readonly user: User;
  readonly project: ProjectRecord | undefined;
  readonly roles: readonly string[];
  readonly methods: readonly string[];
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly auditId: string;
  readonly applicationCredential?: ApplicationCredential | undefined;
  revoked: boolean;
}

/** What somebody has proved already who is to prove more. */
export interface Receipt {
  readonly value: string;
  readonly user: User;
  readonly methods: readonly string[];
  readonly issuedAt: number;
  readonly expiresAt: number;
}

export interface AccessRule {
  readonly id: string;
  readonly service: string;
  readonly method: string;
  readonly path: string;
}

export interface ApplicationCredential {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly secret: string;
  readonly userId: string;
  readonly projectId: string;
  readonly roles: readonly string[];
  readonly unrestricted: boolean;
  readonly expiresAt: number | undefined;
  /** Undefined: it may do all that its roles may. */
  readonly accessRules: readonly AccessRule[] | undefined;
}

/** `ram` in MiB, `disk`, `ephemeral` in GiB, `swap` in MiB. */
export interface FlavorRecord {
  readonly id: string;
  readonly name: string;
  readonly vcpus: number;
  readonly ram: number;
  readonly disk: number;
  readonly ephemeral: number;
  readonly swap: number;
  readonly isPublic: boolean;
  readonly disabled: boolean;
  readonly description: string | null;
  readonly extraSpecs: Readonly<Record<string, string>>;
}

export type VmState =
  | 'building'
  | 'active'
  | 'stopped'
  | 'paused'
  | 'suspended'
  | 'rescued'
  | 'resized'
  | 'shelved'
  | 'shelved_offloaded'
  | 'soft-delete'
  | 'deleted'
  | 'error';

/** Something that was done to a server. */
export interface ActionRecord {
  /** Nova's own word, such as `start` or `createImage`. */
  readonly action: string;
  readonly requestId: string;
  readonly userId: string;
  readonly start: number;
  updated: number;
  failed: boolean;
  events: { event: string; start: number; finish: number | null; result: 'Success' | 'Error' | null }[];
}

export interface ServerRecord {
  readonly id: string;
  name: string;
  hostname: string;
  readonly projectId: string;
  readonly userId: string;
  readonly created: number;
  updated: number;
  launchedAt: number | null;
  terminatedAt: number | null;
  vmState: VmState;
  taskState: string | null;
  /** 0 no state, 1 running, 3 paused, 4 shut down, 6 crashed, 7 suspended. */
  powerState: number;
  progress: number;
  flavor: FlavorRecord;
  /** What it was before a resize that waits to be confirmed. */
  resizedFrom?: { readonly flavor: FlavorRecord; readonly vmState: 'active' | 'stopped' } | null;
  /** Empty for a server booted from a volume. */
  imageId: string;
  keyName: string | null;
  metadata: Record<string, string>;
  tags: string[];
  description: string | null;
  locked: boolean;
  lockedReason: string | null;
  userData: string | null;
  availabilityZone: string;
  configDrive: boolean;
  diskConfig: 'AUTO' | 'MANUAL';
  /** What the create request asked for; shown until ports exist. */
  securityGroups: readonly string[];
  volumes: { id: string; deleteOnTermination: boolean; tag?: string | undefined }[];
  fault: { code: number; message: string; created: number } | null;
  /** Where it runs; none before it is scheduled and after a build that failed. */
  host: string | null;
  /** False until scheduled, for good if no host was found: its fault is then told by the single GET only. */
  inCell: boolean;
  /** The newest first. */
  actions: ActionRecord[];
  readonly sequence: number;
  readonly launchIndex: number;
  readonly reservationId: string;
  /** The server group it was made in. */
  readonly groupId: string | null;
  /** What was asked of the scheduler. */
  readonly hints: Readonly<Record<string, unknown>>;
  deleted: boolean;
  console: string[];
  /** Until when what it says by itself has been written. */
  consoleAt?: number | undefined;
  /** What its guest has left with Nova, and when it does. */
  guestPassword?: { readonly value: string; readonly at: number } | undefined;
  /** What it will say. */
  consolePlan?: readonly { readonly at: number; readonly line: string }[] | undefined;
}

export interface KeypairRecord {
  readonly sequence: number;
  readonly userId: string;
  readonly name: string;
  readonly type: 'ssh' | 'x509';
  readonly publicKey: string;
  readonly fingerprint: string;
  readonly created: number;
}

export interface NetworkRecord {
  readonly id: string;
  name: string;
  readonly projectId: string;
  readonly external: boolean;
  readonly shared: boolean;
  readonly isDefault: boolean;
  adminStateUp: boolean;
  readonly mtu: number;
  description: string;
  readonly created: number;
  updated: number;
  revision: number;
  tags: string[];
}

export interface SubnetRecord {
  readonly id: string;
  name: string;
  description: string;
  readonly networkId: string;
  readonly projectId: string;
  readonly cidr: string;
  readonly gatewayIp: string | null;
  readonly enableDhcp: boolean;
  readonly created: number;
  readonly subnetpoolId: string | null;
  nextHost: number;
}

export interface PortRecord {
  readonly id: string;
  name: string;
  description: string;
  readonly networkId: string;
  readonly projectId: string;
  deviceId: string;
  deviceOwner: string;
  /** Made by Nova for a server, so that it goes with it; one that somebody made stays. */
  byNova: boolean;
  readonly mac: string;
  readonly fixedIps: readonly { subnetId: string; ip: string }[];
  securityGroups: readonly string[];
  status: 'ACTIVE' | 'DOWN' | 'BUILD';
  readonly created: number;
  updated: number;
  revision: number;
}

export interface SecurityGroupRecord {
  readonly id: string;
  name: string;
  description: string;
  readonly projectId: string;
  readonly created: number;
  updated: number;
  revision: number;
  rules: SecurityGroupRuleRecord[];
}

export interface SecurityGroupRuleRecord {
  readonly id: string;
  readonly direction: 'ingress' | 'egress';
  readonly ethertype: 'IPv4' | 'IPv6';
  readonly protocol: string | null;
  readonly portMin: number | null;
  readonly portMax: number | null;
  readonly remoteIpPrefix: string | null;
  readonly remoteGroupId: string | null;
  /** Null on the rules Neutron makes by itself. */
  readonly description: string | null;
  readonly created: number;
}

export interface FloatingIpRecord {
  readonly id: string;
  readonly projectId: string;
  readonly networkId: string;
  readonly address: string;
  portId: string | null;
  fixedIp: string | null;
  routerId: string | null;
  description: string;
  readonly created: number;
  updated: number;
  revision: number;
}

export interface RouterRecord {
  readonly id: string;
  name: string;
  readonly projectId: string;
  description: string | null;
  externalNetworkId: string | null;
  externalIp: string | null;
  subnetIds: string[];
  readonly created: number;
  updated: number;
  revision: number;
}

/** `size` in bytes, `minDisk` in GiB, `minRam` in MiB. */
export interface ImageRecord {
  readonly id: string;
  name: string;
  status: string;
  visibility: 'public' | 'private' | 'shared' | 'community';
  readonly owner: string;
  readonly diskFormat: string;
  readonly containerFormat: string;
  readonly size: number;
  readonly minDisk: number;
  readonly minRam: number;
  protected: boolean;
  hidden: boolean;
  tags: string[];
  properties: Record<string, string>;
  readonly checksum: string;
  readonly created: number;
  updated: number;
}

/** `size` in GiB. */
export interface VolumeRecord {
  readonly id: string;
  name: string | null;
  description: string | null;
  readonly projectId: string;
  readonly userId: string;
  size: number;
  status: string;
  readonly type: string;
  bootable: boolean;
  readonly imageId: string | null;
  readonly snapshotId?: string | null;
  metadata: Record<string, string>;
  readonly created: number;
  updated: number;
  attachment: { id: string; serverId: string; device: string; attachedAt: number } | null;
}

export interface ServerGroupRecord {
  readonly id: string;
  readonly name: string;
  readonly policy: string;
  readonly projectId: string;
  readonly userId: string;
}

export interface VolumeSnapshotRecord {
  readonly id: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly volumeId: string;
  readonly projectId: string;
  readonly userId: string;
  /** GiB. */
  readonly size: number;
  status: string;
  readonly bootable: boolean;
  readonly imageId: string | null;
  readonly created: number;
}

/** A DNS zone, which Designate's operators give to projects. */
export interface ZoneRecord {
  readonly id: string;
  /** With the dot at its end. */
  readonly name: string;
  readonly projectId: string;
  readonly email: string;
  readonly created: number;
  records: DnsRecord[];
}

/** A record set of a zone. */
export interface DnsRecord {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  records: readonly string[];
  readonly ttl: number | null;
  description: string | null;
  status: 'PENDING' | 'ACTIVE';
  action: 'CREATE' | 'DELETE' | 'NONE';
  readonly created: number;
}

/** `-1` is unlimited. RAM in MiB. */
export interface ComputeQuota {
  instances: number;
  cores: number;
  ram: number;
  key_pairs: number;
  metadata_items: number;
  server_groups: number;
  server_group_members: number;
}

export interface NetworkQuota {
  network: number;
  subnet: number;
  subnetpool: number;
  port: number;
  router: number;
  floatingip: number;
  security_group: number;
  security_group_rule: number;
  rbac_policy: number;
}

/** Gigabytes in GiB. */
export interface VolumeQuota {
  volumes: number;
  gigabytes: number;
  snapshots: number;
  backups: number;
  backup_gigabytes: number;
}
