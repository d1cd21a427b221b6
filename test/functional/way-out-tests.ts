import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { NetworkClient, type Network } from '../../src/openstack/network.js';
import { NetworkMaker } from '../../src/openstack/network-making.js';
import { WayOutClient } from '../../src/openstack/way-out.js';
import { actorIn, whole, type Actor } from './actor.js';
import { must } from './choice.js';
import type { TestCloud } from './cloud.js';

/** Where the routers of a project's network lead, as it gets one after the other. */
export function wayOutTests(cloud: TestCloud): void {
  describe('the way out of a network', () => {
    const name = `exo-closed-${randomUUID().slice(0, 8)}`;
    const undo: (() => Promise<unknown>)[] = [];
    let actor: Actor;
    let maker: NetworkMaker;
    let networkId = '';
    let subnetId = '';
    let outside: Network;
    const exits = (id = networkId) => actor.client(WayOutClient).exits(id);

    before(async () => {
      actor = await actorIn(cloud, cloud.member);
      maker = actor.client(NetworkMaker);
      const { rows } = await whole(actor.client(NetworkClient).networks());
      outside = must(
        rows.find(({ external, subnets }) => external && subnets.length > 0),
        'external network',
      );
      networkId = (await maker.createNetwork(name, '')).id;
      undo.push(() => maker.remove('networks', networkId, name));
      subnetId = (await maker.createSubnet({ name, description: '', networkId, cidr: '10.77.0.0/24' })).id;
    });
    after(async () => {
      for (const each of undo.reverse()) await each();
    });

    it('is not there without a router, which it could have', async () => {
      assert.deepEqual(await exits(), []);
      assert.equal(await actor.client(WayOutClient).isConnectable(networkId), true);
      assert.deepEqual(await actor.client(WayOutClient).ipv4Subnets(networkId), [subnetId]);
    });

    it('is where the gateway of its router is', async () => {
      const router = await maker.createRouter({ name, description: '', externalNetworkId: outside.id });
      undo.push(() => maker.remove('routers', router.id, name));
      assert.deepEqual(await exits(), [], 'it is not connected yet');
      await maker.connectRouter(router.id, subnetId, true);
      undo.push(() => maker.connectRouter(router.id, subnetId, false));
      assert.deepEqual(await exits(), [outside.id]);
      assert.equal(await actor.client(WayOutClient).isConnectable(networkId), false, 'the gateway is taken');
      const second = await maker.createRouter({ name, description: '', externalNetworkId: outside.id });
      try {
        await assert.rejects(maker.connectRouter(second.id, subnetId, true), { kind: 'conflict' });
      } finally {
        await maker.remove('routers', second.id, name);
      }
    });

    it('is none of a network that nobody knows', async () => {
      assert.deepEqual(await exits(randomUUID()), []);
      assert.equal(await actor.client(WayOutClient).isConnectable(randomUUID()), false);
    });
  });
}
