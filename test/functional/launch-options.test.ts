import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { LaunchRequest } from '../../src/launch/plan.js';
import type { LaunchProgress } from '../../src/launch/progress.js';
import type { CloudOptions } from '../../src/simulator/options.js';
import { autoAllocate } from '../../src/simulator/network-state.js';
import type { ServerRecord, VolumeRecord } from '../../src/simulator/model.js';
import { must } from './choice.js';
import { networkIn, snapshotIn } from './launch-things.js';
import {
  externalNetwork,
  failuresOf,
  LaunchWorld,
  requestFor,
  type Browser,
  projectIn,
} from './launch-world.js';

type Wish = Partial<LaunchRequest>;

interface Launched {
  readonly world: LaunchWorld;
  readonly browser: Browser;
  readonly progress: LaunchProgress;
  readonly servers: readonly ServerRecord[];
}

async function launched(
  wish: Wish | ((world: LaunchWorld, browser: Browser) => Wish | Promise<Wish>),
  options: CloudOptions = {},
): Promise<Launched> {
  const world = new LaunchWorld(options);
  const browser = await world.browser();
  const request = requestFor(world, typeof wish === 'function' ? await wish(world, browser) : wish);
  const progress = await world.launch(browser, request);
  const servers = [...world.region.servers.values()].filter(({ deleted }) => !deleted);
  return { world, browser, progress, servers };
}

function complete({ progress, servers }: Launched): ServerRecord {
  assert.equal(progress.outcome, 'complete', failuresOf(progress));
  return must(servers[0], 'server');
}

const rootOf = ({ region }: LaunchWorld, { volumes }: ServerRecord): VolumeRecord =>
  must(region.volumes.get(volumes[0]?.id ?? ''), 'root volume');

describe('what an instance starts from', () => {
  it('is a new volume with the image, of the type and size that were chosen, deleted with it or not', async () => {
    for (const deleteWithServer of [true, false]) {
      const end = await launched((world) => ({
        boot: {
          kind: 'new-volume',
          size: 33,
          type: must(world.region.volumeTypes.at(-1), 'type').name,
          deleteWithServer,
        },
      }));
      const server = complete(end);
      const root = rootOf(end.world, server);
      assert.deepEqual(
        [root.size, root.type, root.imageId, root.status],
        [33, end.world.region.volumeTypes.at(-1)?.name, requestFor(end.world).imageId, 'in-use'],
      );
      assert.deepEqual(
        server.volumes.map(({ id, deleteOnTermination }) => [id, deleteOnTermination]),
        [[root.id, deleteWithServer]],
      );
    }
  });

  it('is a new volume with a volume snapshot', async () => {
    const end = await launched((world) => {
      const snapshotId = snapshotIn(world);
      return {
        imageId: '',
        boot: { kind: 'new-volume', size: 15, snapshotId, deleteWithServer: true },
      };
    });
    const server = complete(end);
    const root = rootOf(end.world, server);
    assert.equal(root.snapshotId, [...end.world.region.volumeSnapshots.keys()][0]);
    assert.deepEqual([root.size, server.imageId], [15, '']);
  });

  it('is an instance snapshot, which is an image', async () => {
    const end = await launched((world) => {
      const image = must(world.region.images.get(requestFor(world).imageId), 'image');
      const id = world.cloud.state.ids.uuid();
      world.region.images.set(id, {
        ...image,
        id,
        name: 'web-snapshot',
        visibility: 'private',
        owner: projectIn(world),
      });
      return { imageId: id };
    });
    assert.equal(
      complete(end).imageId,
      [...end.world.region.images.values()].find(({ name }) => name === 'web-snapshot')?.id,
    );
  });
});

describe('where an instance is', () => {
  it('is a zone, with a config drive, tags, metadata and a description of its own', async () => {
    const metadata = Object.fromEntries(Array.from({ length: 127 }, (_, n) => [`key-${n}`, 'é'.repeat(255)]));
    const tags = Array.from({ length: 50 }, (_, n) => `${'t'.repeat(57)}-${n}`);
    const description = '🚀'.repeat(127);
    const server = complete(
      await launched({ availabilityZone: 'nova', configDrive: true, tags, metadata, description }),
    );
    assert.equal(server.availabilityZone, 'nova');
    assert.equal(server.configDrive, true);
    assert.deepEqual(server.tags, tags);
    assert.equal(server.description, description);
    const { 'exo:launch': mark, ...own } = server.metadata;
    assert.deepEqual(own, metadata);
    assert.match(mark ?? '', / 1\/1$/);
  });

  it('is told to the scheduler in its own words', async () => {
    const server = complete(
      await launched({ hints: { different_host: '3bcde54e-9c40-4e43-a0b8-5aa59832cb46' } }),
    );
    assert.deepEqual(server.hints, { different_host: '3bcde54e-9c40-4e43-a0b8-5aa59832cb46' });
  });

  for (const [version, policy] of [
    ['2.93', 'affinity'],
    ['2.64', 'soft-anti-affinity'],
    ['2.63', 'soft-affinity'],
    ['2.14', 'affinity'],
  ] as const)
    it(`is a new group with ${policy} on a cloud of microversion ${version}`, async () => {
      const wish: Wish = { count: 2, newServerGroup: { name: 'pair', policy }, hints: { query: '[]' } };
      const end = await launched(
        (world) => (autoAllocate(world.cloud.state, world.region, projectIn(world)), wish),
        {
          maxMicroversion: version,
        },
      );
      complete(end);
      const [group] = [...end.world.region.serverGroups.values()];
      assert.match(group?.name ?? '', /^pair-exo-[0-9a-f]{12}$/);
      assert.equal(group?.policy, policy);
      for (const { hints } of end.servers) assert.deepEqual(hints, { query: '[]', group: group?.id });
      assert.deepEqual(await end.world.undo(end.browser, end.progress.made), []);
      assert.equal(end.world.region.serverGroups.size, 0);
    });

  it('is not a soft group on a cloud that is too old for it, and it says so', async () => {
    const end = await launched(
      (world) => (
        autoAllocate(world.cloud.state, world.region, projectIn(world)),
        { newServerGroup: { name: 'pair', policy: 'soft-affinity' } }
      ),
      { maxMicroversion: '2.14' },
    );
    assert.match(failuresOf(end.progress), /"reason":"microversion"/);
    assert.equal(end.servers.length, 0);
  });

  it('is a group of its own though there is one of that name, which stays when the launch is undone', async () => {
    const group = {
      id: '3bcde54e-9c40-4e43-a0b8-5aa59832cb46',
      name: 'pair',
      policy: 'affinity',
      userId: '',
    };
    const end = await launched((world) => {
      world.region.serverGroups.set(group.id, { ...group, projectId: projectIn(world) });
      return { newServerGroup: { name: 'pair', policy: 'affinity' } };
    });
    assert.notEqual(complete(end).groupId, group.id);
    assert.equal(end.world.region.serverGroups.size, 2);
    assert.deepEqual(await end.world.undo(end.browser, end.progress.made), []);
    assert.deepEqual([...end.world.region.serverGroups.keys()], [group.id]);
  });

  it('is told when no host is left that the group allows', async () => {
    const { progress } = await launched({
      count: 2,
      newServerGroup: { name: 'apart', policy: 'anti-affinity' },
    });
    const [failure] = progress.steps.flatMap(({ failure: each }) => each ?? []);
    assert.deepEqual(failure?.kind === 'fault' && failure.message, 'No valid host was found. ');
  });
});

describe('the networks of an instance', () => {
  it('are several, in their order, with the addresses that were chosen', async () => {
    const end = await launched((world) => ({
      network: { kind: 'network', id: networkIn(world, 'front', '10.80.0.0/24'), name: 'front' },
      fixedIp: '10.80.0.50',
      moreNetworks: [
        { networkId: networkIn(world, 'back', '10.81.0.0/24'), fixedIp: '10.81.0.60' },
        { networkId: networkIn(world, 'store', '10.82.0.0/24') },
      ],
    }));
    const ports = end.world.region.portsOf(complete(end).id);
    const names = ports.map(({ networkId }) => end.world.region.networks.get(networkId)?.name);
    assert.deepEqual(names, ['front', 'back', 'store']);
    assert.deepEqual(
      ports.slice(0, 2).map(({ fixedIps: [fixed] }) => fixed?.ip),
      ['10.80.0.50', '10.81.0.60'],
    );
  });

  it('are a port with an address of its own and a floating IP, and another one beside it', async () => {
    const end = await launched((world) => ({
      network: {
        kind: 'new',
        name: 'front',
        cidr: '10.80.0.0/24',
        externalNetworkId: externalNetwork(world),
      },
      fixedIp: '10.80.0.50',
      address: { kind: 'new', networkId: externalNetwork(world) },
      moreNetworks: [{ networkId: networkIn(world, 'back', '10.81.0.0/24') }],
    }));
    const server = complete(end);
    const ports = end.world.region.portsOf(server.id);
    assert.deepEqual(
      ports.map(({ name, fixedIps: [fixed] }) => [name, fixed?.ip.split('.')[1]]),
      [
        ['web', '80'],
        ['', '81'],
      ],
    );
    assert.equal(ports[0]?.fixedIps[0]?.ip, '10.80.0.50');
    assert.equal([...end.world.region.floatingIps.values()][0]?.portId, ports[0]?.id);
  });
});

describe('the boot script of an instance', () => {
  const mime =
    'Content-Type: multipart/mixed; boundary="b"\r\nMIME-Version: 1.0\r\n\r\n--b\r\nContent-Type: text/x-shellscript\r\n\r\n#!/bin/sh\r\n--b--\r\n';
  for (const [what, data] of [
    ['quoting of a shell', "#!/bin/bash\nIFS=$'\\n'; echo $$ $& $1 '$`'\n"],
    ['line ends of Windows', '#cloud-config\r\nhostname: web\r\n'],
    ['emoji and other scripts', '#!/bin/sh\necho "🚀 Grüße 漢字 مرحبا"\n'],
    ['gzip', gzipSync('#!/bin/sh\necho zipped\n')],
    ['a MIME message', mime],
    ['bytes that are no text', Uint8Array.of(0x23, 0x21, 0xff, 0xfe, 0x00, 0x0d, 0x0a)],
    ['49,149 bytes, the most there is room for', `#!/bin/sh\n${'#'.repeat(49_139)}`],
  ] as const)
    it(`arrives byte for byte: ${what}`, async () => {
      const server = complete(await launched({ userData: data }));
      assert.deepEqual(Buffer.from(server.userData ?? '', 'base64'), Buffer.from(data));
    });

  it('arrives gzipped where it is longer', async () => {
    const script = `#!/bin/sh\n${'echo 🚀\r\n'.repeat(20_000)}`;
    const server = complete(await launched({ userData: script }));
    assert.equal(gunzipSync(Buffer.from(server.userData ?? '', 'base64')).toString(), script);
  });

  it('of the kit names the volumes of its own instance, by which these are mounted', async () => {
    const { progress, servers } = await launched({
      count: 2,
      volumes: [{ size: 1 }, { size: 2 }],
      profile: { kind: 'kit', keys: [], packages: [] },
      userData: '#!/bin/sh\necho own\n',
    });
    assert.equal(progress.outcome, 'complete', failuresOf(progress));
    for (const { name, volumes, metadata, userData } of servers) {
      const text = Buffer.from(userData ?? '', 'base64').toString();
      const parts = [...text.matchAll(/\r\n\r\n([\w+/=\r\n]+)\r\n--/g)].map(([, part = '']) =>
        Buffer.from(part, 'base64').toString(),
      );
      assert.equal(parts[0], '#!/bin/sh\necho own\n');
      assert.equal(volumes.length, 2);
      for (const { id } of volumes) assert.ok(parts[1]?.includes(id), `${name} does not mount ${id}`);
      assert.deepEqual(
        volumes.map(({ id }) => metadata[`exo:mount:${id}`]),
        [`/media/volume/${name}-data`, `/media/volume/${name}-data-2`],
      );
    }
  });

  it('of the kit is checked with its volumes before any of them is made', async () => {
    // Text that no gzip makes smaller, and just fits without the kit.
    const random = new Uint8Array(36_000);
    crypto.getRandomValues(random);
    const userData = `#!/bin/sh\n#${Buffer.from(random).toString('base64')}\n`;
    const { progress, servers } = await launched({
      volumes: Array.from({ length: 40 }, () => ({ size: 1 })),
      profile: {
        kind: 'kit',
        keys: Array.from(
          { length: 40 },
          (_, i) => `ssh-rsa ${Buffer.from(random.subarray(i * 300, i * 300 + 280)).toString('base64')}`,
        ),
        packages: [],
      },
      userData,
    });
    assert.deepEqual(progress.made, []);
    assert.match(failuresOf(progress), /"reason":"user-data-too-large"/);
    assert.equal(servers.length, 0);
  });

  it('is refused in a sentence where nothing makes it fit, before anything is made', async () => {
    const { progress, servers } = await launched((world) => ({
      userData: `{"ignition":"${'x'.repeat(60_000)}"}`,
      address: { kind: 'new', networkId: externalNetwork(world) },
    }));
    assert.deepEqual(progress.made, []);
    assert.match(failuresOf(progress), /"reason":"user-data-too-large"/);
    assert.equal(servers.length, 0);
  });
});
