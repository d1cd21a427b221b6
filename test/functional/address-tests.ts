import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { ComputeClient, type Server } from '../../src/openstack/compute.js';
import { FloatingIpClient } from '../../src/openstack/floating-ips.js';
import { NetworkClient, type FloatingIp } from '../../src/openstack/network.js';
import { serverSecurityGroups } from '../../src/openstack/server-actions.js';
import { ServerPortClient } from '../../src/openstack/server-ports.js';
import { actorIn, eventually, refusal, whole, type Actor } from './actor.js';
import { flavorFor, must, networksFor, smallestImage } from './choice.js';
import type { TestCloud } from './cloud.js';

/** How a server is reached: by which addresses, through which security groups. */
export function addressTests(cloud: TestCloud): void {
  describe('how a server is reached', () => {
    const name = `exo-reached-${randomUUID().slice(0, 8)}`;
    let actor: Actor;
    let compute: ComputeClient;
    let id = '';

    before(async () => {
      actor = await actorIn(cloud, cloud.member);
      compute = actor.client(ComputeClient);
      const image = await smallestImage(actor);
      const flavorId = (await flavorFor(actor, image)).id;
      const networks = await networksFor(actor);
      ({ id } = await compute.createServer({ name, imageId: image.id, flavorId, networks }));
      await eventually(
        () => compute.server(id),
        ({ status }) => status === 'ACTIVE',
        cloud.patience,
      );
    });
    after(async () => {
      await compute.deleteServer(id).catch(() => undefined);
    });

    it('has the ports that the network service names, and no others', async () => {
      const [port, ...more] = await actor.client(ServerPortClient).ports(id);
      assert.deepEqual(more, []);
      const server = await compute.server(id);
      assert.deepEqual(
        [...must(port, 'port').addresses].sort(),
        server.addresses.map(({ address }) => address).sort(),
      );
      assert.deepEqual(await actor.client(ServerPortClient).ports(randomUUID()), []);
    });

    it('changes the security groups of a port', async () => {
      const client = actor.client(ServerPortClient);
      const port = must((await client.ports(id))[0], 'port');
      assert.notDeepEqual(port.securityGroups, []);
      await client.setGroups(port.id, [], name);
      assert.deepEqual((await client.ports(id))[0]?.securityGroups, []);
      assert.deepEqual(await serverSecurityGroups(compute, { id, name }), []);
      await client.setGroups(port.id, port.securityGroups, name);
      const groups = await serverSecurityGroups(compute, { id, name });
      assert.deepEqual(groups.map((group) => group.id).sort(), [...port.securityGroups].sort());
      await refusal(client.setGroups(port.id, [randomUUID()], name), 'not-found');
      await refusal(client.setGroups(randomUUID(), [], name), 'not-found');
    });

    it('is given a floating IP, loses it, and gets it back', async (t) => {
      const client = actor.client(FloatingIpClient);
      const network = actor.client(NetworkClient);
      const outside = (await whole(network.networks())).rows.find(({ external }) => external);
      const port = must((await actor.client(ServerPortClient).ports(id))[0], 'port');
      const made = await network.createFloatingIp({ networkId: must(outside, 'way out').id });
      t.after(() => network.deleteFloatingIp(made.id).catch(() => undefined));
      const now = async (): Promise<FloatingIp> =>
        must(
          (await whole(network.floatingIps())).rows.find((each) => each.id === made.id),
          'floating IP',
        );
      const floatingOf = ({ addresses }: Server): readonly string[] =>
        addresses.filter(({ type }) => type === 'floating').map(({ address }) => address);

      const fixedAddress = port.addresses.find((each) => each.includes('.'));
      await client.assign(made, { portId: port.id, fixedAddress });
      assert.deepEqual([(await now()).portId, (await now()).fixedAddress], [port.id, fixedAddress]);
      await eventually(
        () => compute.server(id),
        (server) => floatingOf(server).includes(made.address),
        cloud.patience,
      );

      await client.unassign(made);
      assert.equal((await now()).portId, undefined);
      await eventually(
        () => compute.server(id),
        (server) => floatingOf(server).length === 0,
        cloud.patience,
      );

      await client.assign(made, { portId: port.id });
      assert.equal((await now()).portId, port.id);
      await refusal(client.assign(made, { portId: randomUUID() }), 'not-found');
      await network.deleteFloatingIp(made.id);
      await refusal(client.unassign(made), 'not-found');
    });
  });
}
