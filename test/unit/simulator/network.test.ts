import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { activeServer, createServer, idNamed, namesIn, person, serverBody, type Person } from './client.js';

const ROOT = '/network/v2.0';

async function networkNamed(who: Person, name: string): Promise<string> {
  return idNamed((await who.get(`${ROOT}/networks`)).at('networks'), name);
}

describe("the simulator's networks", () => {
  it('are the project’s own and the external one, which does not say that it is', async () => {
    const who = await person();
    const listed = await who.get(`${ROOT}/networks?sort_key=name&sort_dir=asc`);
    assert.deepEqual(namesIn(listed.at('networks')), ['auto_allocated_network', 'public']);
    assert.equal(listed.at('networks.0.router:external'), false);
    assert.equal(listed.at('networks.1.router:external'), undefined);
    assert.equal(listed.at('networks.1.is_default'), true);
  });

  it('say that they are external under the policies of old', async () => {
    const who = await person({ scopedPolicies: false });
    const listed = await who.get(`${ROOT}/networks?name=public`);
    assert.equal(listed.at('networks.0.router:external'), true);
  });

  it('are filtered, paged and cut to fields', async () => {
    const who = await person();
    const external = await who.get(`${ROOT}/networks?router:external=true&fields=name`);
    assert.deepEqual(external.at('networks'), [{ name: 'public' }]);
    const first = await who.get(`${ROOT}/networks?limit=1`);
    assert.equal(first.at('networks_links.0.rel'), 'next');
    const second = await who.get(String(first.at('networks_links.0.href')));
    assert.notEqual(second.at('networks.0.id'), first.at('networks.0.id'));
    assert.equal((await who.get(`${ROOT}/networks?colour=red`)).status, 400);
  });

  it('come by auto-allocation to a project that has none', async () => {
    const who = await person({}, 'demo', 'research');
    const own = async () =>
      namesIn((await who.get(`${ROOT}/networks?project_id=${who.projectId}`)).at('networks'));
    assert.deepEqual(await own(), []);
    const path = `${ROOT}/auto-allocated-topology/${who.projectId}`;
    const made = await who.get(path);
    assert.equal(made.status, 200);
    assert.deepEqual(await own(), ['auto_allocated_network']);
    assert.equal(
      (await who.get(path)).at('auto_allocated_topology.id'),
      made.at('auto_allocated_topology.id'),
    );
    assert.deepEqual(namesIn((await who.get(`${ROOT}/routers`)).at('routers')), ['auto_allocated_router']);
    assert.equal((await who.call('DELETE', path)).status, 204);
    assert.deepEqual(await own(), []);
  });

  it('keep a dry run from members, and Nova from allocating, as newer policies do', async () => {
    const who = await person({}, 'demo', 'research');
    const dry = await who.get(`${ROOT}/auto-allocated-topology/${who.projectId}?fields=dry-run`);
    assert.equal(dry.status, 404);
    const body = await serverBody(who, { networks: 'auto' });
    assert.equal((await who.call('POST', '/compute/v2.1/servers', { body })).status, 500);
  });

  it('let Nova allocate under the policies of old', async () => {
    const who = await person({ scopedPolicies: false }, 'demo', 'research');
    const dry = await who.get(`${ROOT}/auto-allocated-topology/${who.projectId}?fields=dry-run`);
    assert.equal(dry.at('auto_allocated_topology.id'), 'dry-run=pass');
    const id = await activeServer(who, { networks: 'auto' });
    const shown = await who.get(`/compute/v2.1/servers/${id}`);
    assert.notEqual(shown.at('server.addresses.auto_allocated_network.0.addr'), undefined);
  });

  it('lack what an extension that is not there would do', async () => {
    const who = await person({ withoutExtensions: ['auto-allocated-topology'] });
    assert.doesNotMatch((await who.get(`${ROOT}/extensions`)).text, /"auto-allocated-topology"/);
    assert.equal((await who.get(`${ROOT}/auto-allocated-topology/${who.projectId}`)).status, 404);
  });

  it('stay while something is plugged in', async () => {
    const who = await person();
    await activeServer(who, { networks: 'auto' });
    const id = await networkNamed(who, 'auto_allocated_network');
    const answer = await who.call('DELETE', `${ROOT}/networks/${id}`);
    assert.equal(answer.status, 409);
    assert.equal(answer.at('NeutronError.type'), 'NetworkInUse');
  });

  it('refuse a server whose host name is no DNS label', async () => {
    const who = await person();
    const id = await activeServer(who, { name: 'tübingen', networks: 'auto' });
    assert.equal((await who.get(`/compute/v2.1/servers/${id}`)).at('server.status'), 'ERROR');
    const named = await activeServer(who, { name: 'tübingen', networks: 'auto', hostname: 'tuebingen' });
    assert.equal((await who.get(`/compute/v2.1/servers/${named}`)).at('server.status'), 'ACTIVE');
  });
});

describe("the simulator's floating IPs", () => {
  it('appear among the addresses of the server they point at, and go again', async () => {
    const who = await person();
    const id = await activeServer(who, { networks: 'auto' });
    const port = (await who.get(`${ROOT}/ports?device_id=${id}`)).at('ports.0.id');
    const made = await who.call('POST', `${ROOT}/floatingips`, {
      body: { floatingip: { floating_network_id: await networkNamed(who, 'public'), port_id: port } },
    });
    assert.equal(made.status, 201);
    assert.equal(made.at('floatingip.status'), 'ACTIVE');
    const second = async () =>
      (await who.get(`/compute/v2.1/servers/${id}`)).at('server.addresses.auto_allocated_network.1.addr');
    assert.equal(await second(), made.at('floatingip.floating_ip_address'));
    const path = `${ROOT}/floatingips/${String(made.at('floatingip.id'))}`;
    assert.equal((await who.call('DELETE', path)).status, 204);
    assert.equal(await second(), undefined);
    assert.equal((await who.get(path)).status, 404);
  });

  it('end with the quota', async () => {
    const who = await person({ seed: 'demo' });
    const body = { floatingip: { floating_network_id: await networkNamed(who, 'public') } };
    let answer = await who.call('POST', `${ROOT}/floatingips`, { body });
    for (let count = 2; count < 20 && answer.status === 201; count++)
      answer = await who.call('POST', `${ROOT}/floatingips`, { body });
    assert.equal(answer.status, 409);
    assert.equal(answer.at('NeutronError.message'), "Quota exceeded for resources: ['floatingip'].");
    const quota = await who.get(`${ROOT}/quotas/${who.projectId}/details.json`);
    assert.deepEqual(quota.at('quota.floatingip'), { limit: 10, used: 10, reserved: 0 });
  });
});

describe("the simulator's security groups", () => {
  it('begin with a default one that lets everything out', async () => {
    const who = await person({}, 'demo', 'research');
    const listed = await who.get(`${ROOT}/security-groups`);
    assert.deepEqual(namesIn(listed.at('security_groups')), ['default']);
    const created = await who.call('POST', `${ROOT}/security-groups`, {
      body: { security_group: { name: 'default' } },
    });
    assert.equal(created.at('NeutronError.type'), 'SecurityGroupDefaultAlreadyExists');
  });

  it('hold each rule once', async () => {
    const who = await person();
    const group = await who.call('POST', `${ROOT}/security-groups`, {
      body: { security_group: { name: 'web', description: 'HTTP' } },
    });
    const id = String(group.at('security_group.id'));
    const rule = (change: object = {}) =>
      who.call('POST', `${ROOT}/security-group-rules`, {
        body: {
          security_group_rule: {
            security_group_id: id,
            direction: 'ingress',
            protocol: 'tcp',
            port_range_min: 80,
            port_range_max: 80,
            ...change,
          },
        },
      });
    assert.equal((await rule()).status, 201);
    assert.equal((await rule({ remote_ip_prefix: '0.0.0.0/0' })).status, 409);
    assert.equal(
      (await rule({ port_range_min: 90 })).at('NeutronError.type'),
      'SecurityGroupInvalidPortRange',
    );
    assert.equal((await rule({ direction: 'sideways' })).status, 400);
    await createServer(who, { networks: 'auto', security_groups: [{ name: 'web' }] });
    who.cloud.advance(4000);
    const path = `${ROOT}/security-groups/${id}`;
    assert.equal((await who.call('DELETE', path)).at('NeutronError.type'), 'SecurityGroupInUse');
  });

  it('are not a reader’s to change', async () => {
    const reader = await person({}, 'reader');
    const answer = await reader.call('POST', `${ROOT}/security-groups`, {
      body: { security_group: { name: 'web' } },
    });
    assert.equal(answer.status, 403);
    assert.deepEqual(answer.at('NeutronError'), {
      type: 'PolicyNotAuthorized',
      message: 'rule:create_security_group is disallowed by policy',
      detail: '',
    });
  });
});
