import type { Cloud } from '../../src/simulator/cloud.js';
import type { CloudOptions } from '../../src/simulator/options.js';
import type { RegionState } from '../../src/simulator/state.js';
import { serve } from '../../src/simulator/serve.js';
import { servePortal } from '../../stories/portal/serve.mjs';
import type { Account } from '../functional/cloud.js';
import { describeSimulator, LIKE_THE_REAL_CLOUD, takeQuota } from '../functional/simulated.js';
import { RestClient } from './rest-client.js';
import { test as base } from './watched.js';
import type { Elsewhere, ServerElsewhere, World } from './world.js';

/** A world whose cloud can be looked into and made to fail. */
export interface SimulatedWorld extends World {
  readonly simulator: Cloud;
  /** What the services of its region hold. */
  readonly region: RegionState;
  /** Another member of the same project. */
  readonly colleague: Account;
  /** The services' own API, as the member. */
  readonly rest: RestClient;
}

interface Surroundings {
  /** Of the simulated cloud, beside the usual. */
  readonly cloudOptions: CloudOptions;
  /** Further keys of the portal's configuration. */
  readonly portalConfig: Readonly<Record<string, unknown>>;
}

/** Each test has a cloud and a portal of its own. */
export const test = base.extend<{ world: SimulatedWorld } & Surroundings>({
  cloudOptions: [{}, { option: true }],
  portalConfig: [{}, { option: true }],

  page: async ({ page }, use) => {
    await page.clock.install();
    await use(page);
  },

  world: async ({ cloudOptions, portalConfig }, use) => {
    const served = await serve({
      port: 0,
      seed: 'empty',
      buildSeconds: 1,
      actionSeconds: 1,
      users: [...(LIKE_THE_REAL_CLOUD.users ?? []), COLLEAGUE],
      ...cloudOptions,
    });
    const { cloud } = served;
    takeQuota(cloud);
    const authUrl = `${served.url}/v3`;
    const portal = await servePortal({ authUrl, config: portalConfig });
    const description = describeSimulator(authUrl);
    const rest = new RestClient(authUrl, description.member);
    const [region] = cloud.state.regions;
    if (!region) throw new Error('the simulator has no region');
    await use({
      cloud: description,
      portalUrl: portal.url,
      onePoll: 60_000,
      clock: true,
      elsewhere: elsewhere(region, rest),
      seesUserData: true,
      stopImages: () => {
        const restore = cloud.fail({ path: '/image/', times: Infinity }, { status: 503, html: true });
        return Promise.resolve(() => {
          restore();
          return Promise.resolve();
        });
      },
      simulator: cloud,
      region,
      colleague: { ...description.member, name: COLLEAGUE.name, password: COLLEAGUE.password },
      rest,
    });
    await portal.close();
    await served.close();
  },
});

const COLLEAGUE = {
  name: 'colleague',
  password: 'colleague-password',
  roles: { demo: ['member', 'reader'] },
};

function elsewhere(region: RegionState, rest: RestClient): Elsewhere {
  const find = (name: string) =>
    [...region.servers.values()].find((server) => server.name === name && !server.deleted);

  return {
    async createServer(name) {
      const image = await rest.named<{ id: string; name: string }>(
        'image',
        '/images',
        'images',
        'Featured-Debian12',
      );
      const flavor = await rest.named('compute', '/flavors', 'flavors', 'm3.small');
      const server = { name, imageRef: image.id, flavorRef: flavor.id, networks: 'auto' };
      await rest.call('compute', 'POST', '/servers', { server });
      const end = Date.now() + 60_000;
      while (find(name)?.vmState !== 'active') {
        if (Date.now() > end) throw new Error(`${name} does not become active`);
        await new Promise((resolve) => setTimeout(resolve, 100));
        // The simulator's time passes when it is asked.
        await rest.call('compute', 'GET', '/servers');
      }
      return { image: image.name, flavor: flavor.name };
    },

    async server(name): Promise<ServerElsewhere | undefined> {
      const listed = (await rest.list('compute', '/servers/detail', 'servers')) as unknown as {
        name: string;
        status: string;
        key_name: string | null;
        addresses: Record<string, unknown>;
      }[];
      const seen = listed.find((server) => server.name === name);
      const kept = find(name);
      if (!seen || !kept) return undefined;
      return {
        status: seen.status,
        image: region.images.get(kept.imageId)?.name ?? '',
        flavor: kept.flavor.name,
        key: seen.key_name ?? undefined,
        networks: Object.keys(seen.addresses),
        userData: kept.userData === null ? '' : Buffer.from(kept.userData, 'base64').toString('utf8'),
      };
    },

    async networks() {
      return (await rest.ownNetworks()).map(({ name }) => name);
    },

    made: (name) => rest.made(name),

    async deleteServer(name) {
      const { id } = await rest.named('compute', '/servers', 'servers', name);
      await rest.call('compute', 'DELETE', `/servers/${id}`);
    },

    async importKey(name, publicKey) {
      await rest.call('compute', 'POST', '/os-keypairs', { keypair: { name, public_key: publicKey } });
    },

    revoke: (token) => rest.revoke(token),

    async clear() {
      await rest.clear('all');
      return true;
    },
  };
}
