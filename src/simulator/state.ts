import { Ids } from './ids.js';
import type {
  ApplicationCredential,
  ComputeQuota,
  FlavorRecord,
  FloatingIpRecord,
  ImageRecord,
  KeypairRecord,
  NetworkQuota,
  NetworkRecord,
  PortRecord,
  ProjectRecord,
  Receipt,
  RouterRecord,
  SecurityGroupRecord,
  ServerGroupRecord,
  ServerRecord,
  SubnetRecord,
  Token,
  User,
  VolumeQuota,
  VolumeRecord,
  VolumeSnapshotRecord,
  ZoneRecord,
} from './model.js';
import type { Settings } from './options.js';

/** Something that becomes true at a moment: the end of a build, of a stop, of a deletion. */
interface Due {
  readonly at: number;
  readonly run: (at: number) => void;
}

/** What one region's services know. */
export class RegionState {
  readonly flavors = new Map<string, FlavorRecord>();
  readonly images = new Map<string, ImageRecord>();
  readonly servers = new Map<string, ServerRecord>();
  readonly networks = new Map<string, NetworkRecord>();
  readonly subnets = new Map<string, SubnetRecord>();
  readonly ports = new Map<string, PortRecord>();
  readonly securityGroups = new Map<string, SecurityGroupRecord>();
  readonly floatingIps = new Map<string, FloatingIpRecord>();
  readonly routers = new Map<string, RouterRecord>();
  readonly volumes = new Map<string, VolumeRecord>();
  readonly serverGroups = new Map<string, ServerGroupRecord>();
  readonly volumeSnapshots = new Map<string, VolumeSnapshotRecord>();
  readonly zones = new Map<string, ZoneRecord>();
  readonly volumeTypes: { id: string; name: string; description: string }[] = [];
  /** Ports by server, so that a list of ten thousand servers does not walk all ports for each. */
  readonly portsByDevice = new Map<string, Set<PortRecord>>();
  readonly floatingIpsByPort = new Map<string, FloatingIpRecord>();
  keypairs: KeypairRecord[] = [];
  readonly computeQuotas = new Map<string, ComputeQuota>();
  readonly networkQuotas = new Map<string, NetworkQuota>();
  readonly volumeQuotas = new Map<string, VolumeQuota>();
  serverSequence = 0;
  nextExternalHost = 10;
  nextPrivateNet = 0;

  constructor(
    readonly name: string,
    /** Path before the services' own: empty in the first region. */
    readonly prefix: string,
  ) {}

  addPort(port: PortRecord): void {
    this.ports.set(port.id, port);
    const owned = this.portsByDevice.get(port.deviceId) ?? new Set();
    this.portsByDevice.set(port.deviceId, owned.add(port));
  }

  /** Gives a port to a device, or takes it back; what points at the port stays. */
  usePort(port: PortRecord, deviceId: string, deviceOwner: string): void {
    this.portsByDevice.get(port.deviceId)?.delete(port);
    port.deviceId = deviceId;
    port.deviceOwner = deviceOwner;
    this.addPort(port);
  }

  removePort(port: PortRecord): void {
    this.ports.delete(port.id);
    this.portsByDevice.get(port.deviceId)?.delete(port);
    const floating = this.floatingIpsByPort.get(port.id);
    if (floating) this.bindFloatingIp(floating, undefined);
  }

  /** Points a floating IP at a port, or at nothing. */
  bindFloatingIp(floating: FloatingIpRecord, port: PortRecord | undefined): void {
    if (floating.portId !== null) this.floatingIpsByPort.delete(floating.portId);
    floating.portId = port?.id ?? null;
    floating.fixedIp = port?.fixedIps[0]?.ip ?? null;
    floating.routerId = port
      ? ([...this.routers.values()].find((router) =>
          port.fixedIps.some((fixed) => router.subnetIds.includes(fixed.subnetId)),
        )?.id ?? null)
      : null;
    if (port) this.floatingIpsByPort.set(port.id, floating);
  }

  portsOf(serverId: string): PortRecord[] {
    return [...(this.portsByDevice.get(serverId) ?? [])];
  }
}

/** Everything the simulated cloud knows; one object per {@link createCloud}. */
export class CloudState {
  readonly ids = new Ids();
  readonly users = new Map<string, User>();
  readonly projects = new Map<string, ProjectRecord>();
  readonly tokens = new Map<string, Token>();
  readonly receipts = new Map<string, Receipt>();
  applicationCredentials: ApplicationCredential[] = [];
  readonly roleIds = new Map<string, string>();
  readonly regions: RegionState[];
  readonly catalogIds = new Map<string, string>();
  /** Whose console the token in an address is for. */
  readonly consoleTokens = new Map<
    string,
    { readonly kind: 'vnc' | 'spice' | 'serial'; readonly serverId: string; readonly name: string }
  >();
  readonly #due: Due[] = [];

  constructor(
    readonly settings: Settings,
    readonly now: () => number,
  ) {
    this.regions = settings.regions.map(
      (name, index) => new RegionState(name, index === 0 ? '' : `/${name.toLowerCase()}`),
    );
  }

  /** A stable identifier for a thing that has a name only: roles, services, endpoints. */
  idFor(name: string): string {
    let id = this.catalogIds.get(name);
    if (id === undefined) {
      id = this.ids.id();
      this.catalogIds.set(name, id);
    }
    return id;
  }

  /** Runs `run` once the clock has reached `at` and somebody looks. */
  schedule(at: number, run: (at: number) => void): void {
    // Kept in order of time, what was scheduled first first: almost always it goes near the end.
    let index = this.#due.length;
    while (index > 0 && (this.#due[index - 1]?.at ?? 0) > at) index--;
    this.#due.splice(index, 0, { at, run });
  }

  /** Lets everything happen that is due: called before each request is answered. */
  settle(): void {
    const now = this.now();
    for (;;) {
      const next = this.#due[0];
      if (!next || next.at > now) return;
      this.#due.shift();
      next.run(next.at);
    }
  }
}
