import { past } from './action-record.js';
import {
  createFloatingIp,
  addRule,
  autoAllocate,
  createNetwork,
  createSubnet,
  defaultSecurityGroup,
} from './network-state.js';
import { hostnameFrom } from './server-create.js';
import { connectTo } from './server-life.js';
import type { FlavorRecord, ImageRecord, ProjectRecord, ServerRecord, User } from './model.js';
import { MFA_SECRET, type UserOption } from './options.js';
import { passphraseOf, workflowTokenOf } from './setup.js';
import type { CloudState, RegionState } from './state.js';

/** name, vCPUs, RAM in MiB, disk in GiB, extra specs: the sizes of the local real cloud. */
const FLAVORS: readonly (readonly [string, number, number, number, Readonly<Record<string, string>>?])[] = [
  ['m3.tiny', 1, 3072, 20],
  ['m3.small', 2, 6144, 20],
  ['m3.quad', 4, 15_360, 20],
  ['m3.medium', 8, 30_720, 60],
  ['m3.large', 16, 61_440, 60],
  ['m3.xl', 32, 128_000, 60],
  ['g3.medium', 8, 30_720, 60, { 'resources:VGPU': '1', ':architecture': 'x86_architecture' }],
];

/** name, disk format, min disk in GiB, min RAM in MiB, size in bytes, properties */
const IMAGES: readonly (readonly [string, string, number, number, number, Readonly<Record<string, string>>])[] = [
  [
    'Featured-Ubuntu24', 'qcow2', 10, 1024, 596_049_920,
    { os_distro: 'ubuntu', os_version: '24.04', os_type: 'linux', hw_qemu_guest_agent: 'yes', architecture: 'x86_64' },
  ],
  [
    'Featured-Ubuntu22', 'qcow2', 10, 1024, 679_477_248,
    { os_distro: 'ubuntu', os_version: '22.04', os_type: 'linux', hw_qemu_guest_agent: 'yes', architecture: 'x86_64' },
  ],
  [
    'Featured-Debian12', 'qcow2', 5, 512, 444_596_224,
    { os_distro: 'debian', os_version: '12', os_type: 'linux', architecture: 'x86_64' },
  ],
  [
    'Featured-RockyLinux9', 'raw', 20, 2048, 1_087_373_312,
    { os_distro: 'rocky', os_version: '9', os_type: 'linux', architecture: 'x86_64' },
  ],
]; // prettier-ignore

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;

/** Fills a new cloud with people, projects, sizes, images and networks. */
export function seed(state: CloudState): void {
  const projects = new Map<string, ProjectRecord>();
  const project = (name: string, description = '', open = true): ProjectRecord => {
    const known = projects.get(name);
    if (known) return known;
    const made = { id: state.ids.id(), name, description, enabled: open };
    projects.set(name, made);
    state.projects.set(made.id, made);
    return made;
  };
  const user = (
    name: string,
    password: string,
    roles: Readonly<Record<string, readonly string[]>>,
    more: Partial<User> = {},
  ): User => {
    const made: User = {
      id: state.ids.id(),
      name,
      password,
      passwordExpired: false,
      enabled: true,
      roles: new Map(Object.entries(roles).map(([key, list]) => [project(key).id, list])),
      ...more,
    };
    state.users.set(name, made);
    return made;
  };
  const demo = project('demo', 'Demonstration');
  project('research', 'A second allocation');
  const member = ['member', 'reader'];
  const person = user('demo', 'demo-password', { demo: member, research: member });
  user('reader', 'reader-password', { demo: ['reader'] });
  user('solo', 'solo-password', { 'solo-project': member });
  user('admin', 'admin-password', { admin: ['admin', 'member', 'reader'] });
  for (const one of state.settings.users) user(one.name, one.password, one.roles, optionsOf(one));

  for (const region of state.regions) {
    services(state, region, demo);
    if (state.settings.seed === 'demo') demoServers(state, region, demo, person);
    if (state.settings.prepared) preparedServer(state, region, demo, person);
    if (state.settings.servers > 0) manyServers(state, region, demo, person, state.settings.servers);
  }

  // Last, so that the others' ids stay what they were.
  const late = (name: string, roles: Parameters<typeof user>[2], more?: Partial<User>): void => {
    if (!state.users.has(name)) user(name, `${name}-password`, roles, more);
  };
  late('mfa', { demo: member }, { totpSecret: MFA_SECRET });
  late('expired', { demo: member }, { passwordExpired: true });
  project('closed', 'An allocation that has ended', false);
  late('closed', { demo: member, closed: member });
  if (state.settings.services.has('dns'))
    for (const region of state.regions) for (const each of projects.values()) zone(state, region, each);
}

function zone(state: CloudState, region: RegionState, project: ProjectRecord): void {
  const name = `${project.name}.sim.example.`;
  const created = state.now() - 90 * DAY;
  const ns = { id: state.ids.uuid(), type: 'NS', records: ['ns1.sim.example.'], ttl: null } as const;
  const made = {
    id: state.ids.uuid(),
    name,
    projectId: project.id,
    email: 'hostmaster@sim.example',
    created,
  };
  region.zones.set(made.id, {
    ...made,
    records: [{ ...ns, name, description: null, status: 'ACTIVE', action: 'NONE', created }],
  });
}

function optionsOf({ enabled = true, passwordExpired = false, totpSecret }: UserOption): Partial<User> {
  return { enabled, passwordExpired, totpSecret };
}

function services(state: CloudState, region: RegionState, demo: ProjectRecord): void {
  const born = state.now() - 90 * DAY;
  for (const [name, vcpus, ram, disk, extraSpecs = {}] of FLAVORS) {
    const id = state.ids.uuid();
    region.flavors.set(id, {
      id,
      name,
      vcpus,
      ram,
      disk,
      ephemeral: 0,
      swap: 0,
      isPublic: true,
      disabled: false,
      description: null,
      extraSpecs,
    });
  }
  const admin = [...state.projects.values()].find(({ name }) => name === 'admin');
  const owner = admin?.id ?? demo.id;
  IMAGES.forEach(([name, diskFormat, minDisk, minRam, size, properties], index) => {
    const image: ImageRecord = {
      id: state.ids.uuid(),
      name,
      status: 'active',
      visibility: 'public',
      owner,
      diskFormat,
      containerFormat: 'bare',
      size,
      minDisk,
      minRam,
      protected: false,
      hidden: false,
      tags: ['featured'],
      properties: { ...properties },
      checksum: state.ids.hex(32),
      created: born + index * HOUR,
      updated: born + index * HOUR + 20_000,
    };
    region.images.set(image.id, image);
  });
  region.volumeTypes.push(
    { id: state.ids.uuid(), name: 'standard', description: 'Spinning disks' },
    { id: state.ids.uuid(), name: 'ssd', description: 'Flash' },
  );
  // Roomy in general, as on the local real cloud; small enough to be seen filling up in the demo.
  const small = state.settings.seed === 'demo';
  region.computeQuotas.set(demo.id, {
    instances: small ? 40 : 5000,
    cores: small ? 96 : 20_000,
    ram: small ? 307_200 : 100_000_000,
    key_pairs: 100,
    metadata_items: 128,
    server_groups: 100,
    server_group_members: 1000,
  });
  region.networkQuotas.set(demo.id, {
    network: 200,
    subnet: 200,
    subnetpool: -1,
    port: 10_000,
    router: 50,
    floatingip: small ? 10 : 2000,
    security_group: 10,
    security_group_rule: 100,
    rbac_policy: 10,
  });
  region.volumeQuotas.set(demo.id, {
    volumes: small ? 50 : 1000,
    gigabytes: small ? 2000 : 100_000,
    snapshots: small ? 50 : 1000,
    backups: 10,
    backup_gigabytes: 1000,
  });
  const external = createNetwork(state, region, {
    name: 'public',
    projectId: owner,
    external: true,
    isDefault: true,
  });
  createSubnet(state, region, external, {
    name: 'public-subnet',
    cidr: '198.18.0.0/16',
    enableDhcp: false,
  });
  autoAllocate(state, region, demo.id);
  const group = defaultSecurityGroup(state, region, demo.id);
  const everyone = {
    direction: 'ingress',
    ethertype: 'IPv4',
    remoteIpPrefix: '0.0.0.0/0',
  } as const;
  addRule(state, group, { ...everyone, protocol: 'tcp', portMin: 22, portMax: 22 });
  addRule(state, group, { ...everyone, protocol: 'icmp' });
}

function pick<T extends { name: string }>(rows: ReadonlyMap<string, T>, name: string): T {
  const found = [...rows.values()].find((row) => row.name === name);
  if (!found) throw new Error(`the seed knows no ${name}`);
  return found;
}

interface SeededServer {
  readonly name: string;
  readonly flavor: FlavorRecord;
  readonly imageId: string;
  readonly age: number;
  readonly state: Partial<ServerRecord>;
}

function seedServer(
  state: CloudState,
  region: RegionState,
  project: ProjectRecord,
  user: User,
  o: SeededServer,
): ServerRecord {
  const id = state.ids.uuid();
  const created = state.now() - o.age;
  const server: ServerRecord = {
    id,
    name: o.name,
    hostname: hostnameFrom(o.name, id),
    projectId: project.id,
    userId: user.id,
    created,
    updated: created + 42_000,
    launchedAt: created + 42_000,
    terminatedAt: null,
    vmState: 'active',
    taskState: null,
    powerState: 1,
    progress: 0,
    flavor: o.flavor,
    imageId: o.imageId,
    keyName: null,
    metadata: {},
    tags: [],
    description: null,
    locked: false,
    lockedReason: null,
    userData: null,
    availabilityZone: 'nova',
    configDrive: false,
    diskConfig: 'MANUAL',
    securityGroups: [],
    volumes: [],
    fault: null,
    host: 'sim-compute',
    inCell: true,
    actions: [
      past({
        action: 'create',
        // Not from the ids: those of everything after would be others.
        requestId: `req-${id.slice(28)}${id.slice(8, 28)}${id.slice(0, 8)}`,
        userId: user.id,
        start: created,
        took: o.state.host === null ? 5000 : 42_000,
        failed: o.state.vmState === 'error',
      }),
    ],
    sequence: ++region.serverSequence,
    launchIndex: 0,
    reservationId: `r-${state.ids.hex(8)}`,
    groupId: null,
    hints: {},
    deleted: false,
    console: [`${hostnameFrom(o.name, id)} login: `],
    ...o.state,
  };
  region.servers.set(id, server);
  return server;
}

/** A handful of servers such as a research group has. */
function demoServers(state: CloudState, region: RegionState, project: ProjectRecord, user: User): void {
  const network = pick(region.networks, 'auto_allocated_network');
  const external = pick(region.networks, 'public');
  const group = defaultSecurityGroup(state, region, project.id);
  const add = (
    name: string,
    flavor: string,
    image: string,
    age: number,
    change: Partial<ServerRecord> = {},
  ): ServerRecord => {
    const server = seedServer(state, region, project, user, {
      name,
      flavor: pick(region.flavors, flavor),
      imageId: pick(region.images, image).id,
      age,
      state: change,
    });
    if (server.host !== null) connectTo(state, region, server, network.id, [group.id], server.created);
    return server;
  };
  const since = (milliseconds: number): number => state.now() - milliseconds;

  add('matlab-license', 'm3.tiny', 'Featured-Debian12', 61 * DAY, { keyName: 'laptop' });
  add(
    'genome-assembly-2024-salmonella-enterica-reference-panel-run-07',
    'm3.medium',
    'Featured-RockyLinux9',
    12 * DAY,
    {
      description: 'Long run, please do not stop before Friday',
      locked: true,
      lockedReason: 'Long run until Friday',
      tags: ['genomics'],
      // It tells on its console how busy it is.
      metadata: { exoServerVersion: '5' },
    },
  );
  add('teaching-notebooks', 'm3.quad', 'Featured-Ubuntu22', 9 * DAY, {
    vmState: 'stopped',
    powerState: 4,
    updated: since(2 * DAY),
    keyName: 'laptop',
  });
  add('gpu-training', 'g3.medium', 'Featured-Ubuntu24', 3 * HOUR, {
    vmState: 'error',
    powerState: 0,
    host: null,
    inCell: false,
    launchedAt: null,
    availabilityZone: '',
    updated: since(3 * HOUR - 5000),
    fault: { code: 500, message: 'No valid host was found. ', created: since(3 * HOUR - 5000) },
  });
  const web = add('web-1', 'm3.small', 'Featured-Ubuntu24', 26 * MINUTE, {
    keyName: 'laptop',
    metadata: { purpose: 'project web site' },
  });
  const floating = createFloatingIp(state, region, {
    projectId: project.id,
    networkId: external.id,
  });
  region.bindFloatingIp(floating, region.portsOf(web.id)[0]);
  region.keypairs = [
    {
      sequence: 1,
      userId: user.id,
      name: 'laptop',
      type: 'ssh',
      publicKey:
        'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl demo@laptop',
      fingerprint: '65:96:2d:fc:e8:d5:a9:11:64:0c:0f:ea:00:6e:5b:bd',
      created: since(61 * DAY),
    },
    ...region.keypairs,
  ];
}

/** A server that Exosphere has made a while ago, whose passphrase is where its guest has left it. */
function preparedServer(state: CloudState, region: RegionState, project: ProjectRecord, user: User): void {
  const set = state.now() - 5 * HOUR + 11 * MINUTE;
  const server = seedServer(state, region, project, user, {
    name: 'imaging-workshop',
    flavor: pick(region.flavors, 'm3.quad'),
    imageId: pick(region.images, 'Featured-Ubuntu24').id,
    age: 5 * HOUR,
    state: {
      description: 'Desktop for the imaging course',
      metadata: {
        exoGuac: '{"v":1,"ssh":true,"vnc":true}',
        exoServerVersion: '6',
        exoClientUuid: '7d1b0c52-5f0e-4f0b-8f0a-3c9be2d7a611',
        exoCreatorUsername: user.name,
        exoSetup: '{"status":"waiting","epoch":null}',
        exoFloatingIpOption: 'automatic',
        exoCustomWorkflow:
          '{"v":1,"repo":"https://github.com/binder-examples/requirements","ref":"HEAD","path":"lab"}',
      },
    },
  });
  server.guestPassword = { value: passphraseOf(server), at: set };
  server.console = [
    `[    6.018822] cloud-init[612]: Cloud-init v. 24.1 running 'init'`,
    `{"status":"starting","epoch":${set - 10 * MINUTE}}`,
    `{"status":"running","epoch":${set - 9 * MINUTE}}`,
    `[  412.902211] {"exoWorkflowToken":"${workflowTokenOf(server)}"}`,
    `{"status":"complete","epoch":${set}}`,
    `${server.hostname} login: `,
  ];
  const group = defaultSecurityGroup(state, region, project.id);
  const network = pick(region.networks, 'auto_allocated_network');
  const port = connectTo(state, region, server, network.id, [group.id], server.created);
  const external = pick(region.networks, 'public');
  region.bindFloatingIp(
    createFloatingIp(state, region, { projectId: project.id, networkId: external.id }),
    port,
  );
  const volume = {
    id: state.ids.uuid(),
    name: 'Scans 2024',
    description: '',
    projectId: project.id,
    userId: user.id,
    size: 200,
    status: 'in-use',
    type: 'standard',
    bootable: false,
    imageId: null,
    metadata: {},
    created: server.created,
    updated: server.created,
    attachment: { id: state.ids.uuid(), serverId: server.id, device: '/dev/vdb', attachedAt: server.created },
  };
  region.volumes.set(volume.id, volume);
  server.volumes = [{ id: volume.id, deleteOnTermination: false, tag: 'exoVolume::{"name":"Scans 2024"}' }];
}

/** `count` active servers in ages from minutes to months, one in ten stopped. */
function manyServers(
  state: CloudState,
  region: RegionState,
  project: ProjectRecord,
  user: User,
  count: number,
): void {
  const network = pick(region.networks, 'auto_allocated_network');
  const group = defaultSecurityGroup(state, region, project.id);
  const flavors = [...region.flavors.values()].filter(({ name }) => name.startsWith('m3.'));
  const images = [...region.images.values()];
  for (let index = 0; index < count; index++) {
    const flavor = flavors[index % flavors.length];
    const image = images[index % images.length];
    if (!flavor || !image) return;
    const stopped = index % 10 === 9;
    const server = seedServer(state, region, project, user, {
      name: `node-${String(index + 1).padStart(5, '0')}`,
      flavor,
      imageId: image.id,
      age: (count - index) * 7 * MINUTE + MINUTE,
      state: stopped ? { vmState: 'stopped', powerState: 4 } : {},
    });
    connectTo(state, region, server, network.id, [group.id], server.created);
  }
}
