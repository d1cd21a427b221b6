import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { ComputeClient, type Server, type ServerStatus } from '../../src/openstack/compute.js';
import { IdentityClient, Secret } from '../../src/openstack/identity.js';
import { ImageClient, type Image } from '../../src/openstack/image.js';
import { NetworkClient } from '../../src/openstack/network.js';
import { onRowProblem, type RowProblem } from '../../src/openstack/schema.js';
import { Transport } from '../../src/openstack/transport.js';
import { compareVersions } from '../../src/openstack/versions.js';
import { VolumeClient } from '../../src/openstack/volume.js';
import { actorIn, actorWith, eventually, passwordOf, refusal, whole, type Actor } from './actor.js';
import { flavorFor, ids, must, networksFor, smallestImage } from './choice.js';
import { actionTests } from './action-tests.js';
import { addressTests } from './address-tests.js';
import type { TestCloud } from './cloud.js';
import { oneRowPages, record } from './recorder.js';
import { identityTests } from './identity-tests.js';
import { lookingTests } from './looking-tests.js';
import { sessionTests } from './session-tests.js';
import { wayOutTests } from './way-out-tests.js';

const PUBLIC_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIhz2GK/XCUj4i6Q5yQJNL1MKMY0RxzPV2QrBqfHrDq6 somebody@example';
const USER_DATA = '#cloud-config\nwrite_files: [{path: /etc/motd, content: "Grüße ✓"}]\n';

/** A project without server groups, keys and whatever else could be there already. */
const unique = (what: string): string => `exo-${what}-${randomUUID().slice(0, 8)}`;

/** The whole life of a person's work in a cloud, told through the kit's own clients. */
export function functionalSuite(bare: TestCloud): void {
  const { fetch, answers } = record(bare.fetch);
  const cloud: TestCloud = { ...bare, fetch };
  const problems: RowProblem[] = [];

  const transport = (): Transport => new Transport({ fetch: (request) => cloud.fetch(request) });
  const identityAt = (authUrl: string): IdentityClient =>
    new IdentityClient({ transport: transport(), authUrl });

  describe(`on ${cloud.title}`, () => {
    let forget: () => void;
    before(() => {
      forget = onRowProblem((problem) => problems.push(problem));
    });
    after(() => forget());

    describe('the identity service', () => {
      const { member } = cloud;

      it('is found with and without its version in the URL', async () => {
        const withVersion = cloud.authUrl.replace(/\/+$/, '');
        const without = withVersion.replace(/\/v3$/, '');
        assert.match(withVersion, /\/v3$/);
        assert.equal(await identityAt(withVersion).discover(), withVersion);
        assert.equal(await identityAt(without).discover(), withVersion);
        assert.equal(await identityAt(`${without}/`).discover(), withVersion);
      });

      it('signs in with a password, the domain given by name or by id', async () => {
        const identity = identityAt(cloud.authUrl);
        for (const domain of [{ name: member.domain.name }, { id: member.domain.id }]) {
          const user = { name: member.name, domain };
          const password = new Secret(member.password);
          const issued = await identity.authenticate({ method: 'password', user, password }, 'unscoped');
          assert.equal(issued.user.name, member.name);
          assert.equal(issued.project, undefined);
          assert.notEqual(issued.token.reveal(), '');
          assert.ok(issued.expiresAt.getTime() > Date.now(), issued.expiresAt.toISOString());
          assert.ok(Math.abs(issued.serverOffset) < 60_000, `${issued.serverOffset} ms ahead`);
        }
      });

      it('refuses a wrong password and an unknown user alike', async () => {
        const identity = identityAt(cloud.authUrl);
        for (const account of [
          { ...member, password: 'not the password' },
          { ...member, name: 'nobody-of-that-name' },
        ]) {
          const error = await refusal(identity.authenticate(passwordOf(account), 'unscoped'), 'auth');
          assert.equal(error.reason, 'wrong-credentials');
          assert.equal(error.status, 401);
          assert.ok(!JSON.stringify(error).includes(account.password), 'the password is in the error');
        }
      });

      it('names the projects, and gives a catalog for the one that is chosen', async () => {
        const actor = await actorIn(cloud, member);
        assert.equal(actor.issued.project?.name, member.project);
        assert.ok(actor.issued.roles.includes('member'), actor.issued.roles.join());
        for (const type of ['identity', 'compute', 'image', 'network'] as const)
          assert.ok(actor.catalog.has(type), `no ${type}`);
        assert.notDeepEqual(actor.catalog.regions(), []);
      });

      it('tells everything about a token that came from elsewhere', async () => {
        const actor = await actorIn(cloud, member);
        const validated = await actor.identity.validate(actor.issued.token);
        assert.equal(validated.user.id, actor.issued.user.id);
        assert.equal(validated.project?.id, actor.issued.project?.id);
        assert.equal(validated.expiresAt.getTime(), actor.issued.expiresAt.getTime());
        assert.equal(validated.catalog?.has('compute'), true);
      });

      it('signs in with an application credential, by id and by name', async (t) => {
        const actor = await actorIn(cloud, member);
        const made = await makeApplicationCredential(cloud, actor);
        t.after(() => made.remove());
        const identity = identityAt(cloud.authUrl);
        const secret = new Secret(made.secret);
        const byId = await identity.authenticate(
          { method: 'application_credential', id: made.id, secret },
          'default',
        );
        assert.equal(byId.project?.id, actor.issued.project?.id);
        const user = { name: member.name, domain: { name: member.domain.name } };
        const byName = await identity.authenticate(
          { method: 'application_credential', name: made.name, user, secret },
          'default',
        );
        assert.equal(byName.user.id, actor.issued.user.id);
        const limits = await actorWith(transport(), identity, byName).client(ComputeClient).limits();
        assert.ok(limits.instances.limit > 0, 'no instance is allowed');
      });

      it('makes a token worthless, and says so to whoever still uses it', async () => {
        const actor = await actorIn(cloud, member);
        await actor.identity.revoke(actor.issued.token);
        await actor.identity.revoke(actor.issued.token);
        const error = await refusal(actor.client(ComputeClient).limits(), 'auth');
        assert.equal(error.status, 401);
        await refusal(actor.identity.validate(actor.issued.token), 'auth');
      });
    });

    describe('what there is to choose from', () => {
      let actor: Actor;
      before(async () => {
        actor = await actorIn(cloud, cloud.member);
      });

      it('negotiates a compute microversion that the service offers', async () => {
        const { min, max } = await actor.client(ComputeClient).versions();
        assert.ok(min !== undefined && max !== undefined, 'the service knows no microversions');
        assert.ok(compareVersions(min, max) <= 0, `${min} to ${max}`);
      });

      it('lists flavors with what they hold', async () => {
        const { rows } = await whole(actor.client(ComputeClient).flavors());
        assert.notEqual(rows.length, 0);
        for (const flavor of rows) assert.ok(flavor.vcpus >= 1 && flavor.ram >= 1, flavor.name);
      });

      it('lists the same images in one page and in many', async () => {
        const atOnce = await whole(actor.client(ImageClient).images());
        const inPages = await actorIn(cloud, cloud.member, { fetch: oneRowPages(cloud.fetch) });
        const oneByOne = await whole(inPages.client(ImageClient).images());
        assert.ok(atOnce.rows.length > 1, `${atOnce.rows.length} images`);
        assert.deepEqual(ids(oneByOne.rows), ids(atOnce.rows));
        assert.ok(oneByOne.answers >= atOnce.rows.length, `${oneByOne.answers} answers`);
      });

      it('lists the same flavors in one page and in many', async () => {
        const atOnce = await whole(actor.client(ComputeClient).flavors());
        const inPages = await actorIn(cloud, cloud.member, { fetch: oneRowPages(cloud.fetch) });
        const oneByOne = await whole(inPages.client(ComputeClient).flavors());
        assert.deepEqual(ids(oneByOne.rows), ids(atOnce.rows));
      });

      it('finds or makes a topology where the cloud can', async (t) => {
        const client = actor.client(NetworkClient);
        const extensions = await client.extensions();
        assert.notEqual(extensions.size, 0);
        if (!extensions.has('auto-allocated-topology')) {
          t.skip('the cloud cannot allocate networks');
          return;
        }
        const { id } = await client.autoAllocatedTopology({});
        const { rows } = await whole(client.networks());
        assert.ok(id !== undefined && ids(rows).includes(id), `no network ${id}`);
      });

      it('lists networks, and knows the outside from the inside', async () => {
        const { rows } = await whole(actor.client(NetworkClient).networks());
        const outside = rows.filter((network) => network.external);
        const inside = rows.filter((network) => !network.external && network.subnets.length > 0);
        assert.notDeepEqual(outside, [], 'no external network');
        assert.notDeepEqual(inside, [], 'no network to put a server in');
      });

      it('lists security groups with their rules', async () => {
        const { rows } = await whole(actor.client(NetworkClient).securityGroups());
        const standard = rows.find((group) => group.name === 'default');
        assert.notEqual(standard?.rules.length ?? 0, 0);
      });

      it('tells used and allowed amounts of all three services', async () => {
        const compute = await actor.client(ComputeClient).limits();
        for (const { used, limit } of [compute.instances, compute.cores, compute.ram]) {
          assert.ok(used >= 0, `${used} used`);
          assert.ok(limit > 0, `${limit} allowed`);
        }
        const network = await actor.client(NetworkClient).quotas();
        assert.ok((network['floatingip']?.limit ?? 0) > 0, 'no floating IP is allowed');
        if (!actor.catalog.has('block-storage')) return;
        const volume = await actor.client(VolumeClient).limits();
        assert.ok(volume.gigabytes.limit > 0, 'no volume is allowed');
        await whole(actor.client(VolumeClient).volumes());
      });

      it('takes a floating IP and gives it back', async () => {
        const client = actor.client(NetworkClient);
        const outside = must(
          (await whole(client.networks())).rows.find(({ external }) => external),
          'outside',
        );
        const made = await client.createFloatingIp({ networkId: outside.id });
        const listed = async (): Promise<string[]> => ids((await whole(client.floatingIps())).rows);
        assert.ok((await listed()).includes(made.id), 'the floating IP is not listed');
        await client.deleteFloatingIp(made.id);
        assert.ok(!(await listed()).includes(made.id), 'the floating IP is still listed');
      });

      it('imports a key pair, refuses the same name twice, and deletes it', async () => {
        const client = actor.client(ComputeClient);
        const name = unique('key');
        const made = await client.createKeypair({ name, publicKey: PUBLIC_KEY });
        assert.match(made.fingerprint, /^([0-9a-f]{2}:){15}[0-9a-f]{2}$/);
        const { rows } = await whole(client.keypairs());
        assert.equal(rows.find((keypair) => keypair.name === name)?.publicKey, PUBLIC_KEY);
        await refusal(client.createKeypair({ name, publicKey: PUBLIC_KEY }), 'conflict');
        await client.deleteKeypair(name);
        await refusal(client.deleteKeypair(name), 'not-found');
      });

      it('refuses what is not a key', async () => {
        const broken = { name: unique('key'), publicKey: 'ssh-ed25519 nonsense' };
        await refusal(actor.client(ComputeClient).createKeypair(broken), 'invalid');
      });
    });

    describe('the life of a server', () => {
      let actor: Actor;
      let compute: ComputeClient;
      let image: Image;
      let since: string;
      const name = unique('server');
      const keyName = unique('key');
      const made: string[] = [];

      const reaches = (id: string, ...wanted: ServerStatus[]): Promise<Server> =>
        eventually(
          () => compute.server(id),
          ({ status, taskState }) => wanted.includes(status) && taskState === undefined,
          cloud.patience,
        );

      before(async () => {
        actor = await actorIn(cloud, cloud.member);
        compute = actor.client(ComputeClient);
        image = await smallestImage(actor);
        await compute.createKeypair({ name: keyName, publicKey: PUBLIC_KEY });
      });
      after(async () => {
        for (const id of made) await compute.deleteServer(id).catch(() => undefined);
        await compute.deleteKeypair(keyName).catch(() => undefined);
      });

      it('begins with everything it was asked for', async () => {
        // Whole seconds of the service's clock, as changes-since wants them.
        since = `${new Date(Date.now() + actor.issued.serverOffset - 1000).toISOString().slice(0, 19)}Z`;
        const { id } = await compute.createServer({
          name,
          imageId: image.id,
          flavorId: (await flavorFor(actor, image)).id,
          keyName,
          networks: await networksFor(actor),
          securityGroups: ['default'],
          userData: USER_DATA,
          metadata: { purpose: 'functional test' },
          tags: ['exo-functional'],
          description: 'Grüße ✓',
        });
        made.push(id);
        const server = await reaches(id, 'ACTIVE');
        assert.equal(server.name, name);
        assert.equal(server.imageId, image.id);
        assert.equal(server.keyName, keyName);
        assert.equal(server.description, 'Grüße ✓');
        assert.deepEqual(server.metadata, { purpose: 'functional test' });
        assert.deepEqual(server.tags, ['exo-functional']);
        assert.equal(server.flavor.name, (await flavorFor(actor, image)).name);
        assert.deepEqual([...new Set(server.addresses.map(({ type }) => type))], ['fixed']);
        assert.equal(server.powerState, 1);
      });

      it('is found page by page', async () => {
        const second = await compute.createServer({
          name: `${name}-second`,
          imageId: image.id,
          flavorId: (await flavorFor(actor, image)).id,
          networks: 'none',
        });
        made.push(second.id);
        await reaches(second.id, 'ACTIVE');
        const inPages = await actorIn(cloud, cloud.member, { fetch: oneRowPages(cloud.fetch) });
        const { rows, answers } = await whole(inPages.client(ComputeClient).servers());
        assert.deepEqual(ids(rows), ids((await whole(compute.servers())).rows));
        for (const id of made) assert.ok(ids(rows).includes(id), `${id} is missing`);
        assert.ok(answers >= 2, `${answers} answers`);
      });

      it('stops and starts', async () => {
        const id = must(made[0], 'server');
        await compute.stopServer(id, name);
        assert.equal((await reaches(id, 'SHUTOFF')).powerState, 4);
        await compute.startServer(id, name);
        assert.equal((await reaches(id, 'ACTIVE')).powerState, 1);
      });

      it('reboots, gently and hard', async () => {
        const id = must(made[0], 'server');
        await compute.rebootServer(id, 'SOFT', name);
        await reaches(id, 'ACTIVE');
        await compute.rebootServer(id, 'HARD', name);
        await reaches(id, 'ACTIVE');
      });

      it('shows the end of its console log', async () => {
        const id = must(made[0], 'server');
        const all = await compute.consoleOutput(id);
        assert.notEqual(all, '');
        const lastLines = await compute.consoleOutput(id, { lines: 2 });
        assert.notEqual(lastLines, '');
        assert.ok(all.length > lastLines.length && all.trimEnd().endsWith(lastLines.trimEnd()), lastLines);
      });

      it('refuses what its state does not allow', async () => {
        const id = must(made[0], 'server');
        const error = await refusal(compute.startServer(id, name), 'conflict');
        assert.deepEqual(error.attempt, { action: 'start-instance', name });
        assert.match(error.requestId ?? '', /^req-/);
      });

      it('is gone when it was deleted, and told of among the changes', async () => {
        for (const id of made) await compute.deleteServer(id, name);
        await eventually(
          async () => ids((await whole(compute.servers())).rows),
          (left) => made.every((id) => !left.includes(id)),
          cloud.patience,
        );
        const changed = await whole(compute.servers({ changesSince: since }));
        for (const id of made)
          assert.equal(changed.rows.find((server) => server.id === id)?.status, 'DELETED');
        const first = must(made[0], 'server');
        const error = await refusal(compute.server(first, { name }), 'not-found');
        assert.equal(error.status, 404);
        made.length = 0;
      });
    });

    actionTests(cloud);

    describe('what is not allowed', () => {
      it('names the quota that is used up, with its numbers', async (t) => {
        if (cloud.noQuotaProject === undefined) {
          t.skip('the cloud has no project without quota');
          return;
        }
        const actor = await actorIn(cloud, cloud.member, { project: cloud.noQuotaProject });
        const image = await smallestImage(actor);
        const error = await refusal(
          actor.client(ComputeClient).createServer({
            name: unique('too-many'),
            imageId: image.id,
            flavorId: (await flavorFor(actor, image)).id,
            networks: 'none',
          }),
          'quota',
        );
        assert.deepEqual(error.quota, { resource: 'instances', requested: 1, used: 0, limit: 0 });
        assert.equal(error.status, 403);
      });

      it('says invalid to a flavor that does not exist', async () => {
        const actor = await actorIn(cloud, cloud.member);
        const image = await smallestImage(actor);
        await refusal(
          actor.client(ComputeClient).createServer({
            name: unique('odd'),
            imageId: image.id,
            flavorId: randomUUID(),
            networks: 'none',
          }),
          'invalid',
        );
      });

      it('says not-found to what is not there', async () => {
        const actor = await actorIn(cloud, cloud.member);
        const compute = actor.client(ComputeClient);
        await refusal(compute.server(randomUUID()), 'not-found');
        await refusal(compute.deleteServer(randomUUID()), 'not-found');
        await refusal(compute.stopServer(randomUUID()), 'not-found');
        await refusal(actor.client(NetworkClient).deleteFloatingIp(randomUUID()), 'not-found');
      });

      it('lets a reader look and not act', async (t) => {
        if (!cloud.reader) {
          t.skip('the cloud has no reader');
          return;
        }
        const actor = await actorIn(cloud, cloud.reader);
        assert.deepEqual(actor.issued.roles, ['reader']);
        const compute = actor.client(ComputeClient);
        await whole(compute.servers());
        await compute.limits();
        const network = actor.client(NetworkClient);
        const outside = must(
          (await whole(network.networks())).rows.find(({ external }) => external),
          'outside',
        );
        const image = await smallestImage(actor);
        const create = compute.createServer({
          name: unique('forbidden'),
          imageId: image.id,
          flavorId: (await flavorFor(actor, image)).id,
          networks: 'none',
        });
        assert.equal((await refusal(create, 'forbidden')).status, 403);
        await refusal(network.createFloatingIp({ networkId: outside.id }), 'forbidden');
      });
    });

    addressTests(cloud);
    wayOutTests(cloud);
    lookingTests(cloud);

    identityTests(cloud);

    sessionTests(cloud);

    describe('the contract', () => {
      it('holds: no answer had a field or value that the schemas do not know', () => {
        assert.deepEqual(problems, []);
      });

      it('was put to every answer the kit reads', () => {
        const met = new Set(
          answers.filter(({ status }) => status < 300).map(({ method, path }) => `${method} ${path.replace(/^.*(?=\/(v3\/auth|servers|flavors|os-keypairs|limits|images|networks|security-groups|floatingips|extensions|quotas|auto-allocated-topology)(\/|$))/, '')}`), // prettier-ignore
        );
        for (const wanted of [
          'POST /v3/auth/tokens',
          'GET /v3/auth/tokens',
          'DELETE /v3/auth/tokens',
          'GET /v3/auth/projects',
          'GET /servers/detail',
          'GET /servers/{id}',
          'POST /servers',
          'POST /servers/{id}/action',
          'GET /servers/{id}/os-instance-actions',
          'DELETE /servers/{id}',
          'GET /flavors/detail',
          'GET /os-keypairs',
          'POST /os-keypairs',
          'GET /limits',
          'GET /images',
          'GET /networks',
          'GET /security-groups',
          'GET /floatingips',
          'POST /floatingips',
        ])
          assert.ok(met.has(wanted), `${wanted} was not among ${[...met].join(', ')}`);
      });
    });
  });
}

/** The kit has no call for making one, so the test asks the service itself. */
async function makeApplicationCredential(
  cloud: TestCloud,
  actor: Actor,
): Promise<{ id: string; name: string; secret: string; remove: () => Promise<void> }> {
  const base = await actor.identity.discover();
  const url = `${base}/users/${actor.issued.user.id}/application_credentials`;
  const headers = { 'X-Auth-Token': actor.issued.token.reveal(), 'Content-Type': 'application/json' };
  const name = unique('credential');
  const response = await cloud.fetch(url, {
    method: 'POST',
    headers,
    body: JSON.stringify({ application_credential: { name } }),
  });
  assert.equal(response.status, 201);
  const body = (await response.json()) as { application_credential: { id: string; secret: string } };
  const { id, secret } = body.application_credential;
  return {
    id,
    name,
    secret,
    async remove() {
      const gone = await cloud.fetch(`${url}/${id}`, { method: 'DELETE', headers });
      assert.equal(gone.status, 204);
    },
  };
}
