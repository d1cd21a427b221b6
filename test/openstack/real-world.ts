import { servePortal } from '../../stories/portal/serve.mjs';
import { RestClient } from '../e2e/rest-client.js';
import { test as base } from '../e2e/watched.js';
import type { Elsewhere, World } from '../e2e/world.js';
import { realCloud, type TestCloud } from '../functional/cloud.js';
import { startDaemon, stopDaemon } from './lib/local-cloud.mjs';
import { openstack } from './lib/stock-client.mjs';

const isLocal = process.env['EXO_LOCAL_CLOUD'] === '1';

/** Where the local cloud's consoles are; of another cloud it is not known, and none is opened. */
const CONSOLE_PROXIES = isLocal ? ['http://127.0.0.1:6080', 'http://127.0.0.1:6083'] : [];

/** The cloud the runner found or brought up, and a portal of its own for each test. */
export const test = base.extend<{ world: World }>({
  // Playwright finds out from the empty pattern that the fixture needs no other.
  // eslint-disable-next-line no-empty-pattern
  world: async ({}, use) => {
    const cloud = realCloud();
    if (!cloud) throw new Error('there is no cloud: start this with npm run test:openstack');
    const connect = (process.env['EXO_TEST_ORIGINS'] ?? '').split(' ').filter(Boolean);
    const portal = await servePortal({ authUrl: cloud.authUrl, connect: [...connect, ...CONSOLE_PROXIES] });
    await use({
      cloud,
      portalUrl: portal.url,
      onePoll: 75_000,
      clock: false,
      elsewhere: stockClient(cloud),
      seesUserData: Boolean(process.env['OS_CLOUD_ADMIN']),
      stopImages: isLocal ? stopImages : undefined,
    });
    await portal.close();
  },
});

async function stopImages(): Promise<() => Promise<void>> {
  await stopDaemon('glance-api');
  return () => startDaemon('glance-api');
}

/** Somebody who works in the same project with the client of the OpenStack project. */
function stockClient(cloud: TestCloud): Elsewhere {
  const rest = new RestClient(cloud.authUrl, cloud.member);
  const admin = process.env['OS_CLOUD_ADMIN'];
  const asAdmin = (args: string[]) => (admin ? openstack(args, { OS_CLOUD: admin }) : undefined);

  async function show(name: string): Promise<Record<string, unknown> | undefined> {
    const found = JSON.parse(await openstack(['server', 'list', '--name', `^${name}$`, '-f', 'json'])) as {
      ID: string;
    }[];
    const [server] = found;
    if (!server) return undefined;
    return JSON.parse(await openstack(['server', 'show', server.ID, '-f', 'json'])) as Record<
      string,
      unknown
    >;
  }

  return {
    async createServer(name) {
      const { image, flavor } = await smallest(rest);
      const [network] = await rest.ownNetworks();
      if (!network) throw new Error('the project has no network');
      await openstack([
        'server',
        'create',
        ...['--image', image, '--flavor', flavor, '--nic', `net-id=${network.id}`, '--wait', name],
      ]);
      return { image, flavor };
    },

    async server(name) {
      const shown = await show(name);
      if (!shown) return undefined;
      const id = String(shown['id']);
      // Only an administrator is shown the user data again.
      const full = await asAdmin(['--os-compute-api-version', '2.90', 'server', 'show', id, '-f', 'json']);
      const seen = full === undefined ? undefined : (JSON.parse(full) as Record<string, unknown>);
      const userData = seen?.['OS-EXT-SRV-ATTR:user_data'];
      return {
        status: String(shown['status']),
        image: withoutId(shown['image']),
        flavor: withoutId(shown['flavor']),
        key: typeof shown['key_name'] === 'string' ? shown['key_name'] : undefined,
        networks: Object.keys(shown['addresses'] as Record<string, unknown>),
        userData:
          seen && Buffer.from(typeof userData === 'string' ? userData : '', 'base64').toString('utf8'),
      };
    },

    async networks() {
      return (await rest.ownNetworks()).map(({ name }) => name);
    },

    made: (name) => rest.made(name),

    async deleteServer(name) {
      await openstack(['server', 'delete', '--wait', name]);
    },

    async importKey(name, publicKey) {
      await rest.call('compute', 'POST', '/os-keypairs', { keypair: { name, public_key: publicKey } });
    },

    revoke: (token) => rest.revoke(token),

    async clear() {
      await rest.clear(isLocal ? 'all' : 'of tests');
      return isLocal;
    },
  };
}

/** The client shows `Featured-Debian12 (1384c06f-…)`. */
function withoutId(value: unknown): string {
  return String(value).replace(/ \([^)]*\)$/, '');
}

/** The image that asks for least and the smallest flavor it fits in, by name. */
async function smallest(rest: RestClient): Promise<{ image: string; flavor: string }> {
  const images = await rest.list<{
    id: string;
    name: string;
    status: string;
    min_disk: number;
    min_ram: number;
  }>('image', '/images', 'images');
  const [image] = images.filter(({ status }) => status === 'active').sort((a, b) => a.min_disk - b.min_disk);
  const flavors = await rest.list<{ id: string; name: string; ram: number; disk: number }>(
    'compute',
    '/flavors/detail',
    'flavors',
  );
  const [flavor] = flavors
    .filter(({ ram, disk }) => image && ram >= image.min_ram && (disk === 0 || disk >= image.min_disk))
    .sort((a, b) => a.ram - b.ram);
  if (!image || !flavor) throw new Error('the cloud has no image, or no flavor large enough for it');
  return { image: image.name, flavor: flavor.name };
}
