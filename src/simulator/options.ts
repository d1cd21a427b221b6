/** Services the simulator can be; those not named are neither in the catalog nor answering. */
export type SimulatedService =
  'identity' | 'compute' | 'image' | 'network' | 'block-storage' | 'placement' | 'dns';

/** `now` in milliseconds since the epoch. Without `sleep`, latency faults wait in real time. */
export interface SimulatorClock {
  now(): number;
  sleep?(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** A user besides the seeded ones (or instead of one of the same name). */
export interface UserOption {
  readonly name: string;
  readonly password: string;
  /** Role names by project name; a project not known yet is made. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly enabled?: boolean;
  /** Base32; makes a one-time code the second step of signing in. */
  readonly totpSecret?: string;
  readonly passwordExpired?: boolean;
}

/** The secret of the seeded user `mfa`, whose authenticator tests and stories are: see `passcodeAt`. */
export const MFA_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

export interface CloudOptions {
  /** Where the cloud pretends to stand; requests to other origins fail as unreachable. Default `https://cloud.example`. */
  origin?: string;
  /** Answer under whatever origin a request names, as a server on the wire does. Default false. */
  followHost?: boolean;
  clock?: SimulatorClock;
  /** Seconds from a create request to `ACTIVE`. Default 4. */
  buildSeconds?: number;
  /** Seconds a stop, start, reboot or delete takes. Default 2. */
  actionSeconds?: number;
  /** `demo` fills project demo with servers in several states; `empty` (the default) holds none. */
  seed?: 'demo' | 'empty';
  /** One more server in project demo, as Exosphere makes them, with a floating IP and a volume. */
  prepared?: boolean;
  /** The name below which a user application proxy leads to servers with a floating IP. */
  userAppProxy?: string | undefined;
  /** This many more servers in project demo, made at once, whatever the quota. */
  servers?: number;
  /** All but `dns` when left out. With it, each project has the zone `{project}.sim.example.`. */
  services?: readonly SimulatedService[];
  /** Default one region, `RegionOne`. */
  regions?: readonly string[];
  /**
   * Highest compute microversion, `2.1` to `2.93` (the default); `none` is a Nova that knows no microversions. With
   * `2.100` servers tell their scheduler hints beside; what else came after 2.93 is not there.
   */
  maxMicroversion?: string;
  /** Longest page of a compute list, default 1000. */
  maxLimit?: number;
  /** Origins the services' CORS settings name. Default `['*']`; `[]` is a cloud without CORS. */
  corsOrigins?: readonly string[];
  /** Request headers allowed beside the services' own defaults, as an operator may add them. */
  corsAllowHeaders?: readonly string[];
  /** Response headers exposed beside the services' own defaults. */
  corsExposeHeaders?: readonly string[];
  /** Lifetime of a token in seconds, default 3600. */
  tokenSeconds?: number;
  /**
   * People besides `demo` (projects demo and research), `reader` (may look only), `solo` (one project), `admin`, `mfa`
   * (a one-time code as well, of the secret MFA_SECRET), `expired` (the password has run out) and `closed` (project
   * demo, and one that is disabled). The password of each is the name and `-password`.
   */
  users?: readonly UserOption[];
  /** Where WebSSO may post a token to, character for character; any page of this computer when left out. */
  trustedDashboards?: readonly string[];
  /** The consoles that servers have. Default vnc and serial. Over HTTP they are answered; elsewhere nobody is there. */
  consoles?: readonly ('vnc' | 'spice' | 'serial')[];
  /** Where proxies of somebody else's answer, such as `http://127.0.0.1:6080` and `ws://127.0.0.1:6083`. */
  consoleOrigins?: { readonly vnc: string; readonly serial: string };
  /** Neutron extensions by alias that this cloud lacks. */
  withoutExtensions?: readonly string[];
  /**
   * Neutron's policies as OpenStack's newer defaults have them (the default), which hide from a
   * member whether another project's network is external, and the outcome of an auto-allocation
   * dry run (404, which Nova in turn answers 500 to `networks: auto`). False: as clouds of old.
   */
  scopedPolicies?: boolean;
}

export interface Settings {
  readonly origin: string;
  readonly followHost: boolean;
  readonly buildMs: number;
  readonly actionMs: number;
  readonly seed: 'demo' | 'empty';
  readonly servers: number;
  readonly prepared: boolean;
  readonly userAppProxy: string | undefined;
  readonly services: ReadonlySet<SimulatedService>;
  readonly regions: readonly string[];
  readonly maxMicroversion: string;
  readonly maxLimit: number;
  readonly corsOrigins: readonly string[];
  readonly corsAllowHeaders: readonly string[];
  readonly corsExposeHeaders: readonly string[];
  readonly tokenMs: number;
  readonly users: readonly UserOption[];
  readonly trustedDashboards: readonly string[] | undefined;
  readonly consoles: readonly ('vnc' | 'spice' | 'serial')[];
  readonly consoleOrigins: { readonly vnc: string; readonly serial: string } | undefined;
  readonly withoutExtensions: ReadonlySet<string>;
  readonly scopedPolicies: boolean;
}

/** What most clouds have. */
export const USUAL_SERVICES: readonly SimulatedService[] = [
  'identity',
  'compute',
  'image',
  'network',
  'block-storage',
  'placement',
];

export function settingsOf(options: CloudOptions): Settings {
  return {
    origin: new URL(options.origin ?? 'https://cloud.example').origin,
    followHost: options.followHost ?? false,
    buildMs: (options.buildSeconds ?? 4) * 1000,
    actionMs: (options.actionSeconds ?? 2) * 1000,
    seed: options.seed ?? 'empty',
    servers: options.servers ?? 0,
    prepared: options.prepared ?? false,
    userAppProxy: options.userAppProxy,
    services: new Set(['identity', ...(options.services ?? USUAL_SERVICES)]),
    regions: options.regions?.length ? options.regions : ['RegionOne'],
    maxMicroversion: options.maxMicroversion ?? '2.93',
    maxLimit: options.maxLimit ?? 1000,
    corsOrigins: options.corsOrigins ?? ['*'],
    corsAllowHeaders: options.corsAllowHeaders ?? [],
    corsExposeHeaders: options.corsExposeHeaders ?? [],
    tokenMs: (options.tokenSeconds ?? 3600) * 1000,
    users: options.users ?? [],
    trustedDashboards: options.trustedDashboards,
    consoles: options.consoles ?? ['vnc', 'serial'],
    consoleOrigins: options.consoleOrigins,
    withoutExtensions: new Set(options.withoutExtensions ?? []),
    scopedPolicies: options.scopedPolicies ?? true,
  };
}
