import { randomUUID } from 'node:crypto';
import { newLaunchId } from '../../src/launch/mark.js';
import { planLaunch, type LaunchRequest } from '../../src/launch/plan.js';
import type { LaunchProgress, Leftover } from '../../src/launch/progress.js';
import { runSteps } from '../../src/launch/run.js';
import { servicesOf, type LaunchServices } from '../../src/launch/services.js';
import { undoLaunch, type NotUndone } from '../../src/launch/undo.js';
import { unfinishedLaunches, type UnfinishedLaunch } from '../../src/launch/unfinished.js';
import { ComputeClient } from '../../src/openstack/compute.js';
import { isOpenStackError } from '../../src/openstack/errors.js';
import { ImageClient, type Image } from '../../src/openstack/image.js';
import { NetworkClient } from '../../src/openstack/network.js';
import { NetworkMaker } from '../../src/openstack/network-making.js';
import { VolumeMaker } from '../../src/openstack/volume-making.js';
import type { Connection } from '../../src/session/connection.js';
import { Session } from '../../src/session/session.js';
import { passwordOf, whole } from './actor.js';
import { must } from './choice.js';
import type { TestCloud } from './cloud.js';

export type Wish = Partial<LaunchRequest>;
export type Fetch = (request: Request) => Promise<Response>;

export interface StageOptions {
  /** How many times faster than real ones the pauses of a launch are. */
  readonly pace?: number | undefined;
  /** Instead of the member's own. */
  readonly project?: string | undefined;
  /** Stands between the page and the cloud. */
  readonly between?: ((request: Request, cloud: Fetch) => Promise<Response>) | undefined;
}

/** Somebody signed in to a cloud, simulated or real, who launches instances there and looks at what there is. */
export class LaunchStage {
  readonly connection: Connection;
  /** An instance with an address, and a volume where there are any. */
  readonly usual: Omit<LaunchRequest, 'launchId' | 'name'>;
  readonly image: Image;
  readonly externalNetworkId: string;
  readonly withVolumes: boolean;
  readonly #session: Session;
  readonly #pace: number;

  static async open(
    cloud: TestCloud,
    { pace = 1, project = cloud.member.project, between }: StageOptions = {},
  ): Promise<LaunchStage> {
    const fetch: Fetch = between
      ? (request) => between(request, (asked) => cloud.fetch(asked))
      : (request) => cloud.fetch(request);
    const session = new Session({ settings: { authUrl: cloud.authUrl, persist: 'none' }, fetch });
    await session.signIn(passwordOf(cloud.member));
    if (session.state.status === 'choosing') {
      const wanted = session.state.projects.find(({ name }) => name === project);
      await session.selectProject(must(wanted, `project ${project}`).id);
    }
    const connection = must(session.current, 'connection');
    const images = (await whole(connection.client(ImageClient).images())).rows;
    const [image] = images
      .filter(({ status }) => status === 'active')
      .sort((a, b) => a.minDisk - b.minDisk || a.minRam - b.minRam || a.name.localeCompare(b.name));
    const chosen = must(image, 'image');
    const flavors = (await whole(connection.client(ComputeClient).flavors())).rows;
    const [flavor] = flavors
      .filter(({ ram, disk }) => ram >= chosen.minRam && (disk === 0 || disk >= chosen.minDisk))
      .sort((a, b) => a.ram - b.ram || a.vcpus - b.vcpus);
    const networks = (await whole(connection.client(NetworkClient).networks())).rows;
    const external = must(
      networks.find((network) => network.external),
      'external network',
    );
    // Where it is not made by itself, the project has one of that name.
    const { id = networks.find(({ name }) => name === 'auto_allocated_network')?.id ?? '' } = await connection
      .client(NetworkClient)
      .autoAllocatedTopology()
      .catch((error: unknown) => {
        if (!isOpenStackError(error)) throw error;
        return { id: undefined };
      });
    const withVolumes = connection.has('block-storage');
    const usual: LaunchStage['usual'] = {
      count: 1,
      imageId: chosen.id,
      flavorId: must(flavor, 'flavor').id,
      key: { kind: 'none' },
      network: { kind: 'network', id, name: '' },
      securityGroups: [],
      address: { kind: 'new', networkId: external.id },
      ...(withVolumes && { volumes: [{ size: 1 }] }),
    };
    return new LaunchStage(session, connection, { usual, image: chosen, external: external.id, pace });
  }

  private constructor(
    session: Session,
    connection: Connection,
    o: { usual: LaunchStage['usual']; image: Image; external: string; pace: number },
  ) {
    this.#session = session;
    this.connection = connection;
    this.usual = o.usual;
    this.image = o.image;
    this.externalNetworkId = o.external;
    this.withVolumes = connection.has('block-storage');
    this.#pace = o.pace;
  }

  close(): Promise<void> {
    return this.#session.signOut();
  }

  /** The usual instance, unless another is wished for. */
  request(wish: Wish = {}): LaunchRequest {
    return {
      ...this.usual,
      launchId: newLaunchId(),
      name: `exo-launch-${randomUUID().slice(0, 8)}`,
      ...wish,
    };
  }

  /** An instance with nothing around it, unless something is wished for. */
  plain(wish: Wish = {}): LaunchRequest {
    const { address: _, volumes: __, ...request } = this.request();
    return { ...request, ...wish };
  }

  services(): LaunchServices {
    const real = servicesOf(this.connection);
    const { clock } = real;
    const sleep: typeof clock.sleep = (ms, signal) => clock.sleep(ms / this.#pace, signal);
    return { ...real, clock: { ...clock, sleep } };
  }

  /** Runs to the end, or until `stop` says that the page is closed, or until `signal` closes it. */
  async launch(
    request: LaunchRequest,
    o: {
      readonly again?: boolean;
      readonly stop?: (progress: LaunchProgress) => boolean;
      readonly signal?: AbortSignal;
    } = {},
  ): Promise<LaunchProgress> {
    let last: LaunchProgress | undefined;
    const closed = new AbortController();
    o.signal?.addEventListener('abort', () => closed.abort());
    const plan = planLaunch(request, { buildSeconds: 5 });
    for await (const progress of runSteps(plan, this.services(), { again: o.again, signal: closed.signal })) {
      last = progress;
      if (o.stop?.(progress)) {
        closed.abort();
        break;
      }
    }
    return must(last, 'progress');
  }

  /** @param all everything of the launch, where `made` is a part of it */
  undo(made: readonly Leftover[], all = made): Promise<readonly NotUndone[]> {
    return undoLaunch(made, this.services(), all);
  }

  async unfinished({ launchId }: LaunchRequest): Promise<UnfinishedLaunch | undefined> {
    const found = await unfinishedLaunches(this.connection);
    return found.find((each) => launchId.replaceAll('-', '').startsWith(each.launchId.replaceAll('-', '')));
  }

  /** Everything in the project that has something to do with a launch. */
  async thingsOf({ name, launchId }: LaunchRequest): Promise<string[]> {
    const { connection } = this;
    const maker = connection.client(NetworkMaker);
    const services = this.services();
    const isOwn = (text: string | undefined) => text?.includes(launchId) === true;
    const short = launchId.replaceAll('-', '').slice(0, 12);
    const [servers, ports, addresses, volumes, keypairs, serverGroups, groups, networks, routers] =
      await Promise.all([
        whole(connection.client(ComputeClient).servers()),
        maker.ports({ name }),
        maker.addresses(),
        this.withVolumes ? connection.client(VolumeMaker).volumes() : [],
        services.keypairs(AbortSignal.timeout(60_000)),
        services.serverGroups(),
        maker.groups(),
        maker.named('networks'),
        maker.named('routers'),
      ]);
    return [
      ...servers.rows
        .filter((server) => server.name.startsWith(name) && server.taskState !== 'deleting')
        .map((server) => `server ${server.name}`),
      ...ports.filter((port) => isOwn(port.description)).map(() => `port ${name}`),
      ...addresses.filter((each) => isOwn(each.description)).map(() => 'address'),
      ...volumes
        .filter(({ metadata, status }) => isOwn(metadata['exo:launch']) && status !== 'deleting')
        .map((volume) => `volume ${volume.name}`),
      ...keypairs.filter(({ publicKey }) => isOwn(publicKey)).map((keypair) => `keypair ${keypair.name}`),
      ...serverGroups.filter((group) => group.name.endsWith(short)).map(() => 'server-group'),
      ...groups.filter(({ description }) => isOwn(description)).map(() => 'group'),
      ...networks.filter(({ description }) => isOwn(description)).map(() => 'network'),
      ...routers.filter(({ description }) => isOwn(description)).map(() => 'router'),
    ].sort();
  }

  /** What a launch of one instance makes in the end. */
  everything({ name, address, volumes = [], key, newServerGroup }: LaunchRequest): string[] {
    return [
      `server ${name}`,
      ...(address?.kind === 'new' ? [`port ${name}`, 'address'] : []),
      ...volumes.map((_, i) => `volume ${name}-data${i === 0 ? '' : `-${i + 1}`}`),
      ...(key.kind === 'import' ? [`keypair ${key.name}`] : []),
      ...(newServerGroup ? ['server-group'] : []),
    ].sort();
  }
}

/** Why a launch has failed. */
export function failuresOf({ steps }: LaunchProgress): string {
  return JSON.stringify(steps.flatMap(({ step: { id }, failure }) => (failure ? [[id, failure]] : [])));
}
