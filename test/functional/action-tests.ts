import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { ALL_ACTIONS, type InstanceAction } from '../../src/elements/instances/actions.js';
import { refusal as refusalOf } from '../../src/elements/instances/availability.js';
import { ComputeClient, type Flavor, type Server, type ServerStatus } from '../../src/openstack/compute.js';
import { ImageClient, type Image } from '../../src/openstack/image.js';
import { NetworkClient } from '../../src/openstack/network.js';
import { Secret } from '../../src/openstack/secret.js';
import {
  forgetGuestPassword,
  guestPassword,
  replaceTags,
  serverTags,
  writeMetadata,
  writeServerTags,
} from '../../src/openstack/server-passphrase.js';
import { findPassphrase, handOver } from '../../src/launch/exosphere/passphrase.js';
import { placesOf } from '../../src/launch/exosphere/places.js';
import * as wire from '../../src/openstack/server-actions.js';
import { compareVersions } from '../../src/openstack/versions.js';
import { actorIn, eventually, refusal, whole, type Actor } from './actor.js';
import { flavorFor, must, networksFor, smallestImage } from './choice.js';
import type { TestCloud } from './cloud.js';

const MEMBER = { signedIn: true, canAct: true, passesLocks: false };

/** Everything a member can do to a server, and what the table of actions says about it, on a cloud. */
export function actionTests(cloud: TestCloud): void {
  describe('what can be done to a server', () => {
    let actor: Actor;
    let compute: ComputeClient;
    let image: Image;
    let flavor: Flavor;
    let target: wire.Target;
    const name = `exo-actions-${randomUUID().slice(0, 8)}`;

    const now = (): Promise<Server> => compute.server(target.id);
    const reaches = (wanted: ServerStatus, also: (server: Server) => boolean = () => true): Promise<Server> =>
      eventually(
        now,
        (server) => server.status === wanted && server.taskState === undefined && also(server),
        cloud.patience,
      );

    /** How each plain action is asked for. */
    const calls: Partial<Record<InstanceAction, () => Promise<unknown>>> = {
      start: () => compute.startServer(target.id, name),
      stop: () => compute.stopServer(target.id, name),
      reboot: () => compute.rebootServer(target.id, 'SOFT', name),
      'hard-reboot': () => compute.rebootServer(target.id, 'HARD', name),
      pause: () => wire.pauseServer(compute, target),
      unpause: () => wire.unpauseServer(compute, target),
      suspend: () => wire.suspendServer(compute, target),
      resume: () => wire.resumeServer(compute, target),
      shelve: () => wire.shelveServer(compute, target),
      unshelve: () => wire.unshelveServer(compute, target),
      'confirm-resize': () => wire.confirmResize(compute, target),
      'revert-resize': () => wire.revertResize(compute, target),
      unrescue: () => wire.unrescueServer(compute, target),
      rescue: () => wire.rescueServer(compute, target),
      restore: () => wire.restoreServer(compute, target),
      rebuild: () => wire.rebuildServer(compute, target, image.id),
      snapshot: () => wire.snapshotServer(compute, target, `${name}-never`),
      resize: () => wire.resizeServer(compute, target, flavor.id),
      'set-password': () => wire.setPassword(compute, target, new Secret('correct horse 1')),
      metadata: () => wire.setMetadata(compute, target, {}, { never: 'there' }),
      tags: () => wire.setTags(compute, target, ['never-there']),
      'attach-interface': () => wire.attachInterface(compute, target, { networkId: randomUUID() }),
    };

    /** What the table refuses because of the state, the cloud refuses too, and is not changed by it. */
    async function refusesTheSame(): Promise<void> {
      const server = await now();
      for (const action of ALL_ACTIONS) {
        const call = calls[action];
        const no = refusalOf(action, server, MEMBER);
        if (!call || !no) continue;
        const error = await refusal(call(), 'conflict').catch((thrown: unknown) => {
          throw new Error(`${action} in ${server.status}: ${String(thrown)}`);
        });
        assert.equal(error.status, 409, action);
      }
      assert.equal((await now()).status, server.status);
    }

    before(async () => {
      actor = await actorIn(cloud, cloud.member);
      compute = actor.client(ComputeClient);
      image = await smallestImage(actor);
      const small = await flavorFor(actor, image);
      const { rows } = await whole(compute.flavors());
      const now_ = must(
        rows.find(({ id }) => id === small.id),
        'size',
      );
      flavor = must(
        rows
          .filter(({ id, disk, ram, disabled, extraSpecs }) => {
            const plain = Object.keys(extraSpecs).every((key) => !key.startsWith('resources'));
            return id !== small.id && !disabled && plain && disk >= now_.disk && ram >= now_.ram;
          })
          .sort((a, b) => a.ram - b.ram || a.disk - b.disk)[0],
        'larger size',
      );
      const { id } = await compute.createServer({
        name,
        imageId: image.id,
        flavorId: small.id,
        networks: await networksFor(actor),
      });
      target = { id, name };
      await reaches('ACTIVE');
    });
    after(async () => {
      await wire.unlockServer(compute, target).catch(() => undefined);
      await compute.deleteServer(target.id).catch(() => undefined);
    });

    it('an active one: what is not possible is refused alike', refusesTheSame);

    it('stopped: the same', async () => {
      await compute.stopServer(target.id, name);
      await reaches('SHUTOFF');
      await refusesTheSame();
      await compute.startServer(target.id, name);
      await reaches('ACTIVE');
    });

    it('pauses and goes on', async () => {
      await wire.pauseServer(compute, target);
      await reaches('PAUSED');
      await refusesTheSame();
      await wire.unpauseServer(compute, target);
      await reaches('ACTIVE');
    });

    it('suspends and resumes', async () => {
      await wire.suspendServer(compute, target);
      await reaches('SUSPENDED');
      await refusesTheSame();
      await wire.resumeServer(compute, target);
      await reaches('ACTIVE');
    });

    it('is locked with a reason, changes nothing then, and is unlocked', async (t) => {
      const { max } = await compute.versions();
      if (compareVersions(max ?? '2.1', '2.73') < 0) {
        t.skip('the cloud keeps no reasons');
        return;
      }
      await wire.lockServer(compute, target, 'Do not touch');
      const { locked, lockedReason } = await now();
      assert.deepEqual([locked, lockedReason], [true, 'Do not touch']);
      // An administrator passes, and so may whoever has locked it not: Nova binds the owner of the lock as well.
      await refusesTheSame();
      await wire.unlockServer(compute, target);
      assert.equal((await now()).locked, false);
    });

    it('is renamed, described, tagged and noted', async () => {
      await wire.renameServer(compute, target, `${name}-renamed`);
      await wire.describeServer(compute, target, 'Grüße ✓');
      await wire.setTags(compute, target, ['one', 'zwei']);
      await wire.setMetadata(compute, target, {}, { keep: 'this', drop: 'that' });
      const server = await now();
      assert.equal(server.name, `${name}-renamed`);
      assert.equal(server.description, 'Grüße ✓');
      assert.deepEqual([...server.tags].sort(), ['one', 'zwei']);
      assert.deepEqual(server.metadata, { keep: 'this', drop: 'that' });
      await wire.setMetadata(compute, target, server.metadata, { keep: 'those' });
      assert.deepEqual((await now()).metadata, { keep: 'those' });
      await wire.describeServer(compute, target, '');
      assert.equal((await now()).description, undefined);
    });

    it('changes its size, and goes back', async () => {
      await wire.resizeServer(compute, target, flavor.id);
      const resized = await reaches('VERIFY_RESIZE');
      assert.equal(resized.flavor.ram, flavor.ram);
      await refusesTheSame();
      await wire.revertResize(compute, target);
      assert.notEqual((await reaches('ACTIVE')).flavor.ram, flavor.ram);
    });

    it('changes its size, and keeps it', async () => {
      await wire.resizeServer(compute, target, flavor.id);
      await reaches('VERIFY_RESIZE');
      await wire.confirmResize(compute, target);
      assert.equal((await reaches('ACTIVE')).flavor.ram, flavor.ram);
    });

    it('is no size it has, and none that is not there', async () => {
      await refusal(wire.resizeServer(compute, target, flavor.id), 'invalid');
      await refusal(wire.resizeServer(compute, target, randomUUID()), 'invalid');
    });

    it('is made anew from its image', async () => {
      await wire.rebuildServer(compute, target, image.id);
      await reaches('ACTIVE');
    });

    it('is rescued, and leaves rescue', async () => {
      const password = await wire.rescueServer(compute, target);
      assert.ok(password === undefined || password.length > 4, 'the password is short');
      await reaches('RESCUE');
      await refusesTheSame();
      await wire.unrescueServer(compute, target);
      await reaches('ACTIVE');
    });

    it('becomes an image', async (t) => {
      const imageName = `${name}-image`;
      await wire.snapshotServer(compute, target, imageName);
      const images = actor.client(ImageClient);
      const mine = async (): Promise<Image | undefined> =>
        (await whole(images.images())).rows.find((each) => each.name === imageName);
      const made = await eventually(mine, (found) => found?.status === 'active', cloud.patience * 2);
      t.after(() =>
        cloud.fetch(`${must(actor.catalog.endpoint('image'), 'image service')}/v2/images/${made?.id ?? ''}`, {
          method: 'DELETE',
          headers: { 'X-Auth-Token': actor.issued.token.reveal() },
        }),
      );
      await reaches('ACTIVE');
    });

    it('is given another security group, which is taken away again', async (t) => {
      const groups = (await whole(actor.client(NetworkClient).securityGroups())).rows;
      const before_ = await wire.serverSecurityGroups(compute, target);
      const other = groups.find(({ id }) => !before_.some((own) => own.id === id));
      if (!other) {
        t.skip('the project has one group only');
        return;
      }
      await wire.addSecurityGroup(compute, target, other.id);
      const with_ = await wire.serverSecurityGroups(compute, target);
      assert.ok(
        with_.some(({ id }) => id === other.id),
        'the group is not there',
      );
      await wire.removeSecurityGroup(compute, target, other.id);
      const after_ = await wire.serverSecurityGroups(compute, target);
      assert.deepEqual(after_.map(({ id }) => id).sort(), before_.map(({ id }) => id).sort());
    });

    it('is connected once more, and disconnected', async () => {
      const [first] = await wire.serverInterfaces(compute, target);
      const { networkId } = must(first, 'interface');
      await wire.attachInterface(compute, target, { networkId });
      const both = await eventually(
        () => wire.serverInterfaces(compute, target),
        (found) => found.length === 2,
        cloud.patience,
      );
      const added = must(
        both.find(({ id }) => id !== first?.id),
        'second interface',
      );
      assert.equal(added.addresses.length > 0, true);
      await wire.detachInterface(compute, target, added.id);
      await eventually(
        () => wire.serverInterfaces(compute, target),
        (found) => found.length === 1,
        cloud.patience,
      );
    });

    it('keeps a passphrase in a tag, which no list shows, and one entry of metadata beside others', async () => {
      const passphrase = new Secret('able acid also army aunt away baby back ball band bank');
      const words = passphrase.reveal();
      // Nothing was left by a guest that makes none.
      assert.equal(await guestPassword(compute, target), undefined);
      assert.deepEqual(await handOver(placesOf(compute, target)), { kind: 'none' });
      await writeServerTags(compute, target, { tags: ['seen'], passphrases: [passphrase] });
      const server = await now();
      assert.deepEqual(server.tags, ['seen']);
      assert.equal(server.hasPassphrase, true);
      assert.ok(!JSON.stringify(server).includes(words), 'the passphrase is in the row');
      await replaceTags(compute, target, ['other']);
      const { tags, passphrases } = await serverTags(compute, target);
      assert.deepEqual(tags, ['other']);
      assert.deepEqual(
        passphrases.map((each) => each.reveal()),
        [words],
      );
      assert.equal((await findPassphrase(placesOf(compute, target)))?.reveal(), words);
      await forgetGuestPassword(compute, target);
      assert.equal((await now()).hasPassphrase, true);

      const before = (await now()).metadata;
      const setup = '{"status":"complete","epoch":1732000000000}';
      await writeMetadata(compute, target, 'exoSetup', setup);
      assert.deepEqual((await now()).metadata, { ...before, exoSetup: setup });
      await wire.setMetadata(compute, target, (await now()).metadata, before);
      await wire.setTags(compute, target, []);
    });

    it('gets and loses a volume', async (t) => {
      const base = actor.catalog.endpoint('block-storage');
      if (base === undefined) {
        t.skip('the cloud has no block storage');
        return;
      }
      const ask = (method: string, path: string, body?: unknown): Promise<Response> =>
        cloud.fetch(`${base}${path}`, {
          method,
          headers: { 'X-Auth-Token': actor.issued.token.reveal(), 'Content-Type': 'application/json' },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
      const made: unknown = await (
        await ask('POST', '/volumes', { volume: { size: 1, name: `${name}-volume` } })
      ).json();
      const id = idOf(made);
      const status = async (): Promise<string> =>
        JSON.stringify(await (await ask('GET', `/volumes/${id}`)).json());
      const is = (word: string): Promise<string> =>
        eventually(
          status,
          (text) => text.includes(`"status": "${word}"`) || text.includes(`"status":"${word}"`),
          cloud.patience,
        );
      t.after(() => ask('DELETE', `/volumes/${id}`));
      await is('available');
      await wire.attachVolume(compute, target, id);
      await is('in-use');
      const [attached] = await wire.volumeAttachments(compute, target);
      assert.equal(attached?.id, id);
      assert.match(attached?.device ?? '', /^\/dev\//);
      assert.equal(attached?.deletedWithServer, false);
      await wire.deleteVolumeWithServer(compute, target, id, true);
      assert.equal((await wire.volumeAttachments(compute, target))[0]?.deletedWithServer, true);
      await refusal(wire.attachVolume(compute, target, id), 'invalid');
      await wire.detachVolume(compute, target, id);
      await is('available');
      assert.deepEqual(await wire.volumeAttachments(compute, target), []);
    });

    it('is shelved, and comes back', async () => {
      await wire.shelveServer(compute, target);
      await reaches('SHELVED_OFFLOADED');
      await refusesTheSame();
      await wire.unshelveServer(compute, target);
      await reaches('ACTIVE');
    });
  });
}

function idOf(body: unknown): string {
  assert.ok(typeof body === 'object' && body !== null && 'volume' in body, JSON.stringify(body));
  const { volume } = body;
  assert.ok(typeof volume === 'object' && volume !== null && 'id' in volume, JSON.stringify(body));
  assert.ok(typeof volume.id === 'string', 'the volume has no id');
  return volume.id;
}
