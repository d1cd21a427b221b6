import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { LaunchRequest } from '../../src/launch/plan.js';
import type { LaunchProgress } from '../../src/launch/progress.js';
import { ComputeClient, type Server } from '../../src/openstack/compute.js';
import { VolumeFacts } from '../../src/openstack/launch-facts.js';
import { NetworkMaker } from '../../src/openstack/network-making.js';
import { snapshotServer } from '../../src/openstack/server-actions.js';
import { ServerGroupMaker } from '../../src/openstack/server-groups.js';
import { ServerPortClient } from '../../src/openstack/server-ports.js';
import { VolumeMaker } from '../../src/openstack/volume-making.js';
import { eventually } from './actor.js';
import { must } from './choice.js';
import type { TestCloud } from './cloud.js';
import { failuresOf, LaunchStage, type Fetch } from './launch-stage.js';
import { RawCompute, RawImage, RawVolume } from './raw-clients.js';

const MIME =
  'Content-Type: multipart/mixed; boundary="b"\r\nMIME-Version: 1.0\r\n\r\n--b\r\nContent-Type: text/x-shellscript\r\n\r\n#!/bin/sh\r\n--b--\r\n';
const SCRIPTS: readonly (readonly [string, string | Uint8Array])[] = [
  [
    'quoting of a shell, line ends of Windows, emoji and other scripts',
    `#!/bin/bash\r\nIFS=$'\\n'; echo $$ $& $1 '$\`'\r\necho "🚀 Grüße 漢字 مرحبا"\n`,
  ],
  ['gzip', gzipSync('#!/bin/sh\necho zipped\n')],
  ['a MIME message', MIME],
  ['bytes that are no text', Uint8Array.of(0x23, 0x21, 0xff, 0xfe, 0x00, 0x0d, 0x0a)],
  ['49,149 bytes, the most there is room for', `#!/bin/sh\n${'#'.repeat(49_139)}`],
];

/**
 * What can be chosen for an instance, each launched once and read back from the cloud.
 *
 * @param o.pace how many times faster than real ones the pauses of a launch are
 * @param o.userDataOf reads the user data of an instance, base64, as who may see it; without it what is sent counts
 */
export function launchChoiceTests(
  cloud: TestCloud,
  {
    pace = 1,
    concurrency = 1,
    userDataOf,
  }: {
    readonly pace?: number;
    readonly concurrency?: number;
    readonly userDataOf?: (id: string) => Promise<string>;
  } = {},
): void {
  describe(`what is chosen for a launch on ${cloud.title}`, { concurrency }, () => {
    let stage: LaunchStage;
    /** Bodies of the requests for servers, by the name of the server. */
    const sent = new Map<string, Record<string, unknown>>();

    const between = async (request: Request, pass: Fetch): Promise<Response> => {
      if (request.method === 'POST' && new URL(request.url).pathname.endsWith('/servers')) {
        const body = (await request.clone().json()) as Record<string, Record<string, unknown>>;
        sent.set(String(body['server']?.['name']), body);
      }
      return pass(request);
    };

    before(async () => {
      stage = await LaunchStage.open(cloud, { pace, between });
    });
    after(() => stage.close());

    async function complete(request: LaunchRequest): Promise<LaunchProgress> {
      const progress = await stage.launch(request);
      assert.equal(progress.outcome, 'complete', failuresOf(progress));
      return progress;
    }

    const serverOf = ({ instances: [instance] }: LaunchProgress): Promise<Server> =>
      stage.connection.client(ComputeClient).server(must(instance?.id, 'instance'));

    async function end(request: LaunchRequest, { made }: LaunchProgress): Promise<void> {
      assert.deepEqual(await stage.undo(made), []);
      assert.deepEqual(await stage.thingsOf(request), []);
    }

    const volumeIs = (id: string, status: string) =>
      eventually(
        async () => (await stage.connection.client(VolumeMaker).volume(id, '')).status,
        (now) => now === status,
        cloud.patience,
      );

    const volumeExists = async (id: string) => {
      const volumes = await stage.connection.client(VolumeMaker).volumes();
      return volumes.some((volume) => volume.id === id && volume.status !== 'deleting');
    };

    async function bootVolume(size = 5): Promise<string> {
      const { id } = await stage.connection
        .client(VolumeMaker)
        .createVolume({ name: 'exo-system', size, imageId: stage.image.id, metadata: {} });
      await volumeIs(id, 'available');
      return id;
    }

    for (const deleteWithServer of [true, false])
      it(`starts from a new volume that ${deleteWithServer ? 'goes' : 'stays'} when the instance is deleted`, async (t) => {
        if (!stage.withVolumes) {
          t.skip('no volumes here');
          return;
        }
        const types = await stage.connection.client(VolumeFacts).types();
        const type = types.filter(({ isDefault }) => !isDefault).at(-1)?.name;
        const request = stage.plain({ boot: { kind: 'new-volume', size: 7, type, deleteWithServer } });
        const progress = await complete(request);
        const server = await serverOf(progress);
        const [id = ''] = server.volumesAttached;
        const volume = await stage.connection.client(RawVolume).volume(id);
        assert.deepEqual(
          [volume.size, volume.volume_type, volume.bootable, volume.volume_image_metadata?.image_id],
          [7, type ?? volume.volume_type, 'true', stage.image.id],
        );
        assert.deepEqual(server.volumesDeletedWith, deleteWithServer ? [id] : []);
        assert.equal(server.imageId, undefined);
        await stage.services().deleteServer(server.id);
        await eventually(
          () => (deleteWithServer ? volumeExists(id).then((there) => !there) : volumeIsFree(id)),
          Boolean,
          cloud.patience,
        );
        await end(request, progress);
      });

    const volumeIsFree = async (id: string) =>
      (await stage.connection.client(VolumeMaker).volume(id, '')).status === 'available';

    it('starts from a volume that is there, which stays when the launch is undone', async (t) => {
      if (!stage.withVolumes) {
        t.skip('no volumes here');
        return;
      }
      const volumeId = await bootVolume();
      const request = stage.plain({
        imageId: '',
        boot: { kind: 'volume', volumeId, deleteWithServer: false },
      });
      const progress = await complete(request);
      assert.deepEqual((await serverOf(progress)).volumesAttached, [volumeId]);
      await end(request, progress);
      await volumeIs(volumeId, 'available');
      await stage.connection.client(VolumeMaker).deleteVolume(volumeId, '');
    });

    it('starts from a snapshot of a volume', async (t) => {
      if (!stage.withVolumes) {
        t.skip('no volumes here');
        return;
      }
      const raw = stage.connection.client(RawVolume);
      const volumeId = await bootVolume();
      const snapshot = await raw.createSnapshot(volumeId, 'exo-snapshot');
      await eventually(
        async () => (await raw.snapshot(snapshot.id)).status,
        (status) => status === 'available',
        cloud.patience,
      );
      const request = stage.plain({
        imageId: '',
        boot: { kind: 'new-volume', size: 8, snapshotId: snapshot.id, deleteWithServer: true },
      });
      const progress = await complete(request);
      const [id = ''] = (await serverOf(progress)).volumesAttached;
      const volume = await raw.volume(id);
      assert.deepEqual([volume.snapshot_id, volume.size, volume.bootable], [snapshot.id, 8, 'true']);
      await end(request, progress);
      await raw.removeSnapshot(snapshot.id);
      await eventually(
        () => raw.removeVolume(volumeId),
        (gone) => gone,
        cloud.patience,
      );
    });

    it('starts from a snapshot of an instance', async () => {
      const first = stage.plain();
      const before = await complete(first);
      const target = { id: must(before.instances[0]?.id, 'instance'), name: first.name };
      const image = `exo-image-${randomUUID().slice(0, 8)}`;
      await snapshotServer(stage.connection.client(ComputeClient), target, image);
      const raw = stage.connection.client(RawImage);
      const { id } = must(
        await eventually(
          () => raw.named(image),
          (found) => found?.status === 'active',
          cloud.patience,
        ),
        'image',
      );
      const request = stage.plain({ imageId: id });
      const progress = await complete(request);
      assert.equal((await serverOf(progress)).imageId, id);
      await end(request, progress);
      await end(first, before);
      await raw.remove(id);
    });

    it('is on several networks in their order, with the addresses that were chosen', async () => {
      const maker = stage.connection.client(NetworkMaker);
      const names = ['front', 'back', 'store'].map((name) => `exo-${name}-${randomUUID().slice(0, 8)}`);
      const networks: string[] = [];
      for (const [at, name] of names.entries()) {
        const { id } = await maker.createNetwork(name, '');
        await maker.createSubnet({ name, description: '', networkId: id, cidr: `10.${80 + at}.0.0/24` });
        networks.push(id);
      }
      const [front = '', back = '', store = ''] = networks;
      const request = stage.plain({
        network: { kind: 'network', id: front, name: 'front' },
        fixedIp: '10.80.0.50',
        moreNetworks: [{ networkId: back, fixedIp: '10.81.0.60' }, { networkId: store }],
      });
      const progress = await complete(request);
      const { id, addresses } = await serverOf(progress);
      const ports = await stage.connection.client(ServerPortClient).ports(id);
      assert.deepEqual(new Set(ports.map(({ networkId }) => networkId)), new Set(networks));
      const own = addresses.map(({ address }) => address);
      assert.ok(own.includes('10.80.0.50') && own.includes('10.81.0.60'), own.join());
      const asked = sent.get(request.name)?.['server'] as { networks: { uuid: string }[] };
      assert.deepEqual(
        asked.networks.map(({ uuid }) => uuid),
        networks,
      );
      await end(request, progress);
      for (const [at, network] of networks.entries()) {
        const name = names[at] ?? '';
        await eventually(
          () =>
            maker.remove('networks', network, name).then(
              () => true,
              () => false,
            ),
          Boolean,
          cloud.patience,
        );
      }
    });

    it('has its port with a fixed address and a floating IP beside another network', async () => {
      const name = `exo-front-${randomUUID().slice(0, 8)}`;
      const { network } = stage.usual;
      const request = stage.plain({
        network: {
          kind: 'new',
          name,
          cidr: '10.85.0.0/24',
          externalNetworkId: stage.externalNetworkId,
        },
        fixedIp: '10.85.0.50',
        address: { kind: 'new', networkId: stage.externalNetworkId },
        moreNetworks: [{ networkId: network.kind === 'network' ? network.id : '' }],
      });
      const progress = await complete(request);
      const { addresses } = await serverOf(progress);
      const inFront = addresses.filter((each) => each.network === name);
      assert.deepEqual(inFront.map(({ type }) => type).sort(), ['fixed', 'floating']);
      assert.ok(
        inFront.some(({ address }) => address === '10.85.0.50'),
        'the fixed address is another',
      );
      assert.equal(new Set(addresses.map((each) => each.network)).size, 2);
      await end(request, progress);
    });

    it('is in its zone, with tags, metadata and a description of its own, a config drive, and hints', async () => {
      const metadata = Object.fromEntries(
        Array.from({ length: 120 }, (_, n) => [`key ${n}`, n === 0 ? "$'$$ Grüße 漢字" : 'é'.repeat(255)]),
      );
      const tags = Array.from({ length: 50 }, (_, n) => `${'t'.repeat(57)}-${n}`);
      const description = 'é'.repeat(255);
      const request = stage.plain({
        availabilityZone: 'nova',
        configDrive: true,
        hints: { query: '[">=","$free_ram_mb",1]' },
        metadata,
        tags,
        description,
      });
      const progress = await complete(request);
      const server = await serverOf(progress);
      const { 'exo:launch': mark, 'exo:launch-given': given, ...own } = server.metadata;
      assert.deepEqual(own, metadata);
      assert.equal(given, 'hints', 'a copy can say what it lacks');
      assert.equal(mark, `${request.launchId} 1/1`);
      assert.deepEqual([...server.tags].sort(), [...tags].sort());
      assert.equal(server.description, description);
      assert.equal(server.availabilityZone, 'nova');
      const raw = await stage.connection.client(RawCompute).server(server.id);
      assert.equal(raw['config_drive'], 'True');
      // Nova tells nobody of its hints.
      assert.deepEqual(sent.get(request.name)?.['os:scheduler_hints'], { query: '[">=","$free_ram_mb",1]' });
      await end(request, progress);
    });

    for (const policy of ['affinity', 'soft-anti-affinity'] as const)
      it(`stands with its siblings in a new server group with ${policy}, which goes when it is undone`, async () => {
        const request = stage.plain({ count: 2, newServerGroup: { name: 'exo-pair', policy } });
        const progress = await complete(request);
        const ids = progress.instances.map(({ id }) => id).sort();
        const groups = stage.connection.client(ServerGroupMaker);
        const own = async () =>
          (await groups.all()).filter(({ name }) =>
            name.endsWith(request.launchId.replaceAll('-', '').slice(0, 12)),
          );
        assert.deepEqual(
          (await own()).map((group) => [group.policy, [...group.members].sort()]),
          [[policy, ids]],
        );
        await end(request, progress);
        assert.deepEqual(await own(), []);
      });

    it('has its key pair with the mark of its launch behind the key, and both go when it is undone', async () => {
      const publicKey =
        'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1Zf2d8zNhkGZKfXjEeyW1p2QKx1y1xV3qS0nXn5q3b ada at home';
      const name = `exo-key-${randomUUID().slice(0, 8)}`;
      const request = stage.plain({ key: { kind: 'import', name, publicKey } });
      const progress = await complete(request);
      assert.equal((await serverOf(progress)).keyName, name);
      const keypairs = await stage.services().keypairs(AbortSignal.timeout(60_000));
      assert.equal(
        keypairs.find((keypair) => keypair.name === name)?.publicKey,
        `${publicKey} exo:launch ${request.launchId} 1/1 key`,
      );
      await end(request, progress);
    });

    for (const [what, data] of SCRIPTS)
      it(`gets its user data byte for byte: ${what}`, async () => {
        const request = stage.plain({ userData: data });
        const progress = await complete(request);
        const { id } = await serverOf(progress);
        assert.deepEqual(Buffer.from(await seen(request.name, id), 'base64'), Buffer.from(data));
        await end(request, progress);
      });

    it('gets user data that is longer gzipped', async () => {
      const script = `#!/bin/sh\n${'echo 🚀\r\n'.repeat(20_000)}`;
      const request = stage.plain({ userData: script });
      const progress = await complete(request);
      const { id } = await serverOf(progress);
      const data = Buffer.from(await seen(request.name, id), 'base64');
      assert.equal(gunzipSync(data).toString(), script);
      await end(request, progress);
    });

    async function seen(name: string, id: string): Promise<string> {
      if (userDataOf) return userDataOf(id);
      const server = sent.get(name)?.['server'] as { user_data?: string };
      return server.user_data ?? '';
    }

    for (const [script, name] of [
      ['Chinese', `exo-${'漢'.repeat(251)}`],
      ['Arabic and of accents', `exo-${'بé'.repeat(125)}b`],
    ] as const)
      it(`has a name of 255 characters of ${script}, and all around it has names`, async () => {
        const request = stage.request({ name, ...(stage.withVolumes && { volumes: [{ size: 1 }] }) });
        const progress = await complete(request);
        assert.equal((await serverOf(progress)).name, name);
        await end(request, progress);
      });
  });
}
