import assert from 'node:assert/strict';
import { newLaunchId } from '../../src/launch/mark.js';
import { planLaunch, type LaunchRequest } from '../../src/launch/plan.js';
import type { LaunchProgress, Leftover } from '../../src/launch/progress.js';
import { runLaunch } from '../../src/launch/run.js';
import { servicesOf } from '../../src/launch/services.js';
import { undoLaunch, type NotUndone } from '../../src/launch/undo.js';
import type { Environment } from '../../src/live/environment.js';
import type { Connection } from '../../src/session/connection.js';
import { Session } from '../../src/session/session.js';
import { createCloud, type Cloud } from '../../src/simulator/cloud.js';
import type { CloudOptions } from '../../src/simulator/options.js';
import type { RegionState } from '../../src/simulator/state.js';
import { passwordOf } from './actor.js';
import { must } from './choice.js';
import { refused, type Misfortune } from './misfortunes.js';
import { QuickClock } from './quick-clock.js';
import { LIKE_THE_REAL_CLOUD } from './simulated.js';

export interface Fate {
  /** Counted from 0, from when the fate was set on. */
  readonly at: number;
  /** `closed before` and `closed after`: the page is gone, and the request was or was not on its way. */
  readonly what: Misfortune | 'closed before' | 'closed after' | 'slow';
}

/** A browser with somebody signed in. */
export interface Browser {
  readonly connection: Connection;
  close(): Promise<void>;
}

/** A cloud of its own in memory, with a clock of its own, and people who launch there. */
export class LaunchWorld {
  readonly clock = new QuickClock();
  readonly cloud: Cloud;
  /** Method and path of the requests since the fate was set. */
  requests: string[] = [];
  #fate: Fate | undefined;
  #closed: (() => void) | undefined;

  constructor(options: CloudOptions = {}) {
    this.cloud = createCloud({
      ...LIKE_THE_REAL_CLOUD,
      buildSeconds: 5,
      actionSeconds: 2,
      tokenSeconds: 7 * 24 * 3600,
      clock: {
        now: () => this.clock.now(),
        sleep: (ms, signal) => this.clock.sleep(ms, signal),
      },
      ...options,
    });
  }

  get region(): RegionState {
    return must(this.cloud.state.regions[0], 'region');
  }

  /** Everything that a launch could have made, by id: what it is and what it is called. */
  things(): ReadonlyMap<string, string> {
    const { region } = this;
    this.cloud.state.settle();
    const named = (kind: string, rows: Iterable<{ id: string; name?: string | null }>) =>
      Array.from(rows, ({ id, name }) => [id, `${kind} ${name ?? ''}`.trim()] as const);
    return new Map([
      ...named(
        'server',
        [...region.servers.values()].filter(({ deleted }) => !deleted),
      ),
      ...named(
        'port',
        [...region.ports.values()].filter(({ deviceOwner }) => !deviceOwner.startsWith('network:')),
      ),
      ...Array.from(region.floatingIps.values(), ({ id }) => [id, 'address'] as const),
      ...named(
        'volume',
        [...region.volumes.values()].filter(({ status }) => status !== 'deleting'),
      ),
      ...named('network', region.networks.values()),
      ...named('subnet', region.subnets.values()),
      ...named('router', region.routers.values()),
      ...named('group', region.securityGroups.values()),
      ...Array.from(
        region.serverGroups.values(),
        ({ id, name }) => [id, `server-group ${name.replace(/-exo-[0-9a-f]{12}$/, '')}`] as const,
      ),
      ...named(
        'record',
        [...region.zones.values()].flatMap(({ records }) =>
          records.filter(({ action }) => action !== 'DELETE'),
        ),
      ),
      ...region.keypairs.map(({ name }) => [`keypair ${name}`, `keypair ${name}`] as const),
    ]);
  }

  async browser(name = 'demo', project = 'demo'): Promise<Browser> {
    const environment: Environment = {
      clock: this.clock,
      visible: () => true,
      online: () => true,
      onChange: () => () => undefined,
    };
    const page = { open: true };
    const session = new Session({
      settings: { authUrl: this.cloud.authUrl, persist: 'none' },
      fetch: (request) => this.#fetch(request, page),
      environment,
    });
    const domain = { id: 'default', name: 'Default' };
    await this.clock.drive(
      (async () => {
        await session.signIn(passwordOf({ name, password: `${name}-password`, domain, project }));
        if (session.state.status !== 'choosing') return;
        const { projects } = session.state;
        const wanted = must(
          projects.find((each) => each.name === project),
          `project ${project}`,
        );
        await session.selectProject(wanted.id);
      })(),
    );
    const connection = must(session.current, 'connection');
    return { connection, close: () => this.clock.drive(session.signOut()) };
  }

  /** From now on requests are counted, and the one of that number meets its fate. */
  set(fate: Fate | undefined): void {
    this.requests = [];
    this.#fate = fate;
  }

  /** Whether what was set to happen did not. */
  get spared(): boolean {
    return this.#fate !== undefined;
  }

  /** Runs a launch to its end, or until the page is closed. */
  async launch(
    { connection }: Browser,
    request: LaunchRequest,
    o: { readonly again?: boolean } = {},
  ): Promise<LaunchProgress> {
    const plan = planLaunch(request, { buildSeconds: 5 });
    const closing = new AbortController();
    this.#closed = () => closing.abort();
    const run = async (): Promise<LaunchProgress> => {
      let last: LaunchProgress | undefined;
      for await (const progress of runLaunch(plan, connection, { again: o.again, signal: closing.signal }))
        last = progress;
      return must(last, 'progress');
    };
    return this.clock.drive(run());
  }

  undo({ connection }: Browser, made: readonly Leftover[]): Promise<readonly NotUndone[]> {
    return this.clock.drive(undoLaunch(made, servicesOf(connection)));
  }

  async #fetch(request: Request, page: { open: boolean }): Promise<Response> {
    // A page that is gone asks for nothing more.
    if (!page.open) throw new TypeError('Failed to fetch');
    const number = this.requests.length;
    this.requests.push(`${request.method} ${new URL(request.url).pathname.replace(/[\da-f-]{32,36}/g, '*')}`);
    const fate = this.#fate;
    if (fate?.at !== number) return this.clock.during(this.cloud.fetch(request));
    this.#fate = undefined;
    switch (fate.what) {
      case 'timeout':
        // Never answers: the deadline ends it.
        return new Promise((_, reject) => {
          request.signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
        });
      case 'slow':
        await this.clock.sleep(20_000, request.signal);
        return this.clock.during(this.cloud.fetch(request));
      case 'lost':
        await (await this.clock.during(this.cloud.fetch(request))).text();
        throw new TypeError('Failed to fetch');
      case 'closed after':
        await (await this.clock.during(this.cloud.fetch(request))).text();
        page.open = false;
        this.#closed?.();
        throw new TypeError('Failed to fetch');
      case 'closed before':
        page.open = false;
        this.#closed?.();
        throw new TypeError('Failed to fetch');
      default:
        return refused(Number(fate.what));
    }
  }
}

/** What most tests launch. */
export function requestFor(world: LaunchWorld, wish: Partial<LaunchRequest> = {}): LaunchRequest {
  const { region } = world;
  const image = must(
    [...region.images.values()]
      .sort((a, b) => a.minDisk - b.minDisk)
      .find(({ status }) => status === 'active'),
    'image',
  );
  const flavor = must(
    [...region.flavors.values()]
      .filter(({ disk, ram }) => disk >= Math.max(image.minDisk, 1) && ram >= image.minRam)
      .sort((a, b) => a.ram - b.ram)[0],
    'flavor',
  );
  return {
    launchId: newLaunchId(world.clock.now()),
    name: 'web',
    count: 1,
    imageId: image.id,
    flavorId: flavor.id,
    key: { kind: 'none' },
    network: { kind: 'topology' },
    securityGroups: [],
    ...wish,
  };
}

export function projectIn(world: LaunchWorld): string {
  return must(
    [...world.cloud.state.projects.values()].find(({ name }) => name === 'demo'),
    'project',
  ).id;
}

export function externalNetwork({ region }: LaunchWorld): string {
  return must(
    [...region.networks.values()].find(({ external }) => external),
    'external network',
  ).id;
}

/** What is there now and was not before. */
export function added(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Map<string, string> {
  return new Map([...after].filter(([id]) => !before.has(id)));
}

export function sortedNames(things: ReadonlyMap<string, string>): string[] {
  return [...things.values()].sort();
}

/** Ids of what a launch says that it has made. */
export function idsOf(made: readonly Leftover[]): Set<string> {
  return new Set(made.map((left) => ('id' in left ? left.id : `keypair ${left.name}`)));
}

export function failuresOf({ steps }: LaunchProgress): string {
  return JSON.stringify(steps.flatMap(({ step: { id }, failure }) => (failure ? [[id, failure]] : [])));
}

export function isExplained(progress: LaunchProgress): void {
  const failures = progress.steps.flatMap(({ failure }) => failure ?? []);
  assert.ok(failures.length > 0, 'it does not say why');
  for (const { kind } of failures) assert.notEqual(kind, 'internal', failuresOf(progress));
}
