import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ComputeQuota } from '../../../src/simulator/model.js';
import { computeQuotaOf } from '../../../src/simulator/quota.js';
import {
  activeServer,
  createServer,
  idNamed,
  namesIn,
  person,
  serverBody,
  signIn,
  type Answer,
  type Person,
} from './client.js';

const SERVERS = '/compute/v2.1/servers';
const SSH_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl demo@laptop';

function act(who: Person, id: string, body: object, version?: string): Promise<Answer> {
  return who.call('POST', `${SERVERS}/${id}/action`, { body, ...(version !== undefined && { version }) });
}

async function statesOf(who: Person, id: string): Promise<unknown[]> {
  const shown = await who.get(`${SERVERS}/${id}`);
  return [
    shown.at('server.status'),
    shown.at('server.OS-EXT-STS:task_state'),
    shown.at('server.OS-EXT-STS:power_state'),
  ];
}

function limit({ cloud, projectId }: Person, quota: Partial<ComputeQuota>): void {
  const [region] = cloud.state.regions;
  assert.ok(region, 'the cloud has no region');
  region.computeQuotas.set(projectId, { ...computeQuotaOf(region, projectId), ...quota });
}

describe('a simulated server', () => {
  it('is scheduled, connected, spawned and then active', async () => {
    const who = await person({ buildSeconds: 10 });
    const id = await createServer(who, { networks: 'auto' });
    assert.deepEqual(await statesOf(who, id), ['BUILD', 'scheduling', 0]);
    who.cloud.advance(2000);
    assert.deepEqual(await statesOf(who, id), ['BUILD', 'networking', 0]);
    who.cloud.advance(3000);
    assert.deepEqual(await statesOf(who, id), ['BUILD', 'spawning', 0]);
    assert.deepEqual((await who.get(`${SERVERS}/${id}`)).at('server.addresses'), {});
    who.cloud.advance(5000);
    assert.deepEqual(await statesOf(who, id), ['ACTIVE', null, 1]);
    const shown = await who.get(`${SERVERS}/${id}`);
    assert.equal(shown.at('server.updated'), '2026-01-31T12:00:10Z');
    assert.match(String(shown.at('server.addresses.auto_allocated_network.0.addr')), /^10\.\d+\.\d+\.\d+$/);
    assert.deepEqual(shown.at('server.security_groups'), [{ name: 'default' }]);
  });

  const JOURNEYS: readonly [string, object, unknown[], unknown[]][] = [
    ['stops', { 'os-stop': null }, ['ACTIVE', 'powering-off', 1], ['SHUTOFF', null, 4]],
    ['reboots softly', { reboot: { type: 'SOFT' } }, ['REBOOT', 'rebooting', 1], ['ACTIVE', null, 1]],
    ['reboots hard', { reboot: { type: 'HARD' } }, ['HARD_REBOOT', 'rebooting_hard', 1], ['ACTIVE', null, 1]],
    ['pauses', { pause: null }, ['ACTIVE', 'pausing', 1], ['PAUSED', null, 3]],
    ['is suspended', { suspend: null }, ['ACTIVE', 'suspending', 1], ['SUSPENDED', null, 4]],
  ];
  for (const [what, body, during, after] of JOURNEYS)
    it(what, async () => {
      const who = await person();
      const id = await activeServer(who);
      assert.equal((await act(who, id, body)).status, 202);
      assert.deepEqual(await statesOf(who, id), during);
      who.cloud.advance(2000);
      assert.deepEqual(await statesOf(who, id), after);
    });

  it('comes back from each of these', async () => {
    const who = await person();
    const id = await activeServer(who);
    for (const [away, back] of [
      ['os-stop', 'os-start'],
      ['pause', 'unpause'],
      ['suspend', 'resume'],
    ] as const) {
      await act(who, id, { [away]: null });
      who.cloud.advance(2000);
      assert.equal((await act(who, id, { [back]: null })).status, 202);
      who.cloud.advance(2000);
      assert.deepEqual(await statesOf(who, id), ['ACTIVE', null, 1]);
    }
  });

  it('refuses what its state does not allow, in Nova’s words', async () => {
    const who = await person();
    const id = await activeServer(who);
    const start = await act(who, id, { 'os-start': null });
    assert.equal(start.status, 409);
    assert.equal(
      start.at('conflictingRequest.message'),
      `Cannot 'start' instance ${id} while it is in vm_state active`,
    );
    await act(who, id, { 'os-stop': null });
    assert.equal(
      (await act(who, id, { 'os-stop': null })).at('conflictingRequest.message'),
      `Cannot 'stop' instance ${id} while it is in task_state powering-off`,
    );
  });

  it('refuses everything while it is locked', async () => {
    const who = await person();
    const id = await activeServer(who);
    await act(who, id, { lock: { locked_reason: 'exam' } });
    const shown = await who.get(`${SERVERS}/${id}`);
    assert.equal(shown.at('server.locked'), true);
    assert.equal(shown.at('server.locked_reason'), 'exam');
    for (const answer of [
      await act(who, id, { 'os-stop': null }),
      await who.call('DELETE', `${SERVERS}/${id}`),
    ]) {
      assert.equal(answer.status, 409);
      assert.equal(answer.at('conflictingRequest.message'), `Instance ${id} is locked`);
    }
    await act(who, id, { unlock: null });
    assert.equal((await act(who, id, { 'os-stop': null })).status, 202);
  });

  it('is deleting for a moment, then gone with its port', async () => {
    const who = await person();
    const id = await activeServer(who, { networks: 'auto' });
    assert.equal((await who.call('DELETE', `${SERVERS}/${id}`)).status, 204);
    assert.deepEqual(await statesOf(who, id), ['ACTIVE', 'deleting', 1]);
    who.cloud.advance(2000);
    assert.equal((await who.get(`${SERVERS}/${id}`)).status, 404);
    assert.deepEqual((await who.get(`/network/v2.0/ports?device_id=${id}`)).at('ports'), []);
  });

  it('ends in ERROR when no host has a virtual GPU left, and tells why to who asks for it alone', async () => {
    const who = await person();
    for (let index = 0; index < 8; index++) await createServer(who, {}, 'g3.medium');
    const id = await createServer(who, { name: 'ninth' }, 'g3.medium');
    who.cloud.advance(4000);
    const shown = await who.get(`${SERVERS}/${id}`);
    assert.equal(shown.at('server.status'), 'ERROR');
    assert.equal(shown.at('server.fault.message'), 'No valid host was found. ');
    const listed = await who.get(`${SERVERS}/detail?name=ninth`);
    assert.equal(listed.at('servers.0.status'), 'ERROR');
    assert.equal(listed.at('servers.0.fault'), undefined);
  });

  it('has a console log', async () => {
    const who = await person();
    const id = await activeServer(who);
    const all = String((await act(who, id, { 'os-getConsoleOutput': {} })).at('output'));
    assert.match(all, /web login: $/);
    const end = String((await act(who, id, { 'os-getConsoleOutput': { length: 2 } })).at('output'));
    assert.deepEqual(end.split('\n'), all.split('\n').slice(-2));
  });

  it('keeps metadata and tags', async () => {
    const who = await person();
    const id = await activeServer(who, { metadata: { a: '1' }, tags: ['x'] });
    const put = (path: string, body?: object) => who.call('PUT', `${SERVERS}/${id}${path}`, { body });
    assert.equal((await put('/metadata/b', { meta: { b: '2' } })).status, 200);
    assert.equal((await put('/tags/y')).status, 201);
    assert.equal((await put('/tags/y')).status, 204);
    const shown = await who.get(`${SERVERS}/${id}`);
    assert.deepEqual(shown.at('server.metadata'), { a: '1', b: '2' });
    assert.deepEqual(shown.at('server.tags'), ['x', 'y']);
  });
});

describe('creating simulated servers', () => {
  const cases: readonly [string, Record<string, unknown>, number, RegExp][] = [
    ['no name', { name: undefined }, 400, /'name' is a required property/],
    ['a name with a space before', { name: ' x' }, 400, /Can not start or end with whitespace/],
    ['no networks', { networks: undefined }, 400, /'networks' is a required property/],
    ['an unknown size', { flavorRef: 'nope' }, 400, /^Flavor nope could not be found\.$/],
    ['an unknown image', { imageRef: '11111111-1111-4111-8111-111111111111' }, 400, /^Can not find requested image$/],
    ['an unknown key', { key_name: 'nope' }, 400, /^Invalid key_name provided\.$/],
    ['a member Nova does not know', { colour: 'red' }, 400, /\('colour' was unexpected\)/],
    ['metadata of 256 characters', { metadata: { a: 'x'.repeat(256) } }, 400, /is too long$/],
    ['51 tags', { tags: Array.from({ length: 51 }, (_, index) => String(index)) }, 400, /is too long$/],
    ['user data of 65,536', { user_data: 'A'.repeat(65_536) }, 400, /is too long$/],
    ['an unknown security group', { security_groups: [{ name: 'nope' }] }, 400, /security_group with name or id 'nope'/],
  ]; // prettier-ignore
  for (const [what, change, status, words] of cases)
    it(`refuses ${what}`, async () => {
      const who = await person();
      const { server } = await serverBody(who, change);
      const answer = await who.call('POST', SERVERS, { body: { server } });
      assert.equal(answer.status, status);
      assert.match(String(answer.at('badRequest.message')), words);
    });

  it('refuses beyond the quota with what was asked, used and allowed', async () => {
    const who = await person({}, 'demo', 'research');
    await createServer(who, {}, 'm3.medium');
    const answer = await who.call('POST', SERVERS, { body: await serverBody(who, {}, 'm3.large') });
    assert.equal(answer.status, 403);
    assert.deepEqual(answer.at('forbidden'), {
      code: 403,
      message:
        'Quota exceeded for cores, ram: Requested 16, 61440, but already used 8, 30720 of 20, 51200 cores, ram',
    });
  });

  it('counts what is used in the limits, and gives it back', async () => {
    const who = await person({}, 'demo', 'research');
    const used = async () => (await who.get('/compute/v2.1/limits')).at('limits.absolute.totalCoresUsed');
    const id = await createServer(who, {}, 'm3.quad');
    assert.equal(await used(), 4);
    who.cloud.advance(4000);
    await who.call('DELETE', `${SERVERS}/${id}`);
    who.cloud.advance(2000);
    assert.equal(await used(), 0);
  });

  it('refuses more metadata than a server may have', async () => {
    const who = await person({}, 'demo', 'research');
    const metadata = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`k${i}`, '']));
    const ask = async (n: number) =>
      who.call('POST', SERVERS, { body: await serverBody(who, { metadata: metadata(n) }) });
    const refused = await ask(129);
    assert.equal(refused.status, 403);
    assert.equal(refused.at('forbidden.message'), 'Maximum number of metadata items exceeds 128');
    assert.equal((await ask(128)).status, 202);
  });

  it('refuses more of one person’s servers in a group than it takes', async () => {
    const who = await person({}, 'demo', 'research');
    limit(who, { server_group_members: 2 });
    const group = await who.call('POST', '/compute/v2.1/os-server-groups', {
      body: { server_group: { name: 'team', policy: 'affinity' } },
      version: '2.64',
    });
    const ask = async (count: number) => {
      const body = await serverBody(who, { min_count: count });
      const hints = { 'os:scheduler_hints': { group: group.at('server_group.id') } };
      return who.call('POST', SERVERS, { body: { ...body, ...hints } });
    };
    assert.equal((await ask(1)).status, 202);
    const refused = await ask(2);
    assert.equal(refused.status, 403);
    assert.equal(refused.at('forbidden.message'), 'Quota exceeded, too many servers in group');
    assert.equal((await ask(1)).status, 202);
  });

  it('numbers several of a name, and makes fewer where the quota allows fewer', async () => {
    const who = await person({}, 'demo', 'research');
    await createServer(who, { name: 'node', min_count: 2, max_count: 12 });
    const names = namesIn((await who.get(SERVERS)).at('servers')).sort();
    assert.equal(names.length, 10);
    assert.ok(names.includes('node-10'), names.join());
    const refused = await who.call('POST', SERVERS, {
      body: await serverBody(who, { min_count: 2, max_count: 3 }),
    });
    assert.equal(refused.status, 403);
    assert.match(String(refused.at('forbidden.message')), /^Quota exceeded for instances: Requested 3, but/);
  });

  it('makes none where fewer fit than must be', async () => {
    const who = await person({}, 'demo', 'research');
    await createServer(who, { min_count: 9 });
    const refused = await who.call('POST', SERVERS, {
      body: await serverBody(who, { min_count: 2, max_count: 3 }),
    });
    assert.equal(refused.status, 403);
    assert.equal(namesIn((await who.get(SERVERS)).at('servers')).length, 9);
  });

  it('refuses a reader, in Nova’s words', async () => {
    const reader = await person({}, 'reader');
    const answer = await reader.call('POST', SERVERS, { body: await serverBody(reader) });
    assert.equal(answer.status, 403);
    assert.equal(
      answer.at('forbidden.message'),
      "Policy doesn't allow os_compute_api:servers:create to be performed.",
    );
  });

  it('attaches to a network given, and to none', async () => {
    const who = await person();
    const uuid = idNamed((await who.get('/network/v2.0/networks')).at('networks'), 'auto_allocated_network');
    const connected = await activeServer(who, { networks: [{ uuid }] });
    const alone = await activeServer(who, { networks: 'none' });
    const addresses = async (id: string) => (await who.get(`${SERVERS}/${id}`)).at('server.addresses');
    assert.notDeepEqual(await addresses(connected), {});
    assert.deepEqual(await addresses(alone), {});
  });

  it('starts from a volume, which then shows no image', async () => {
    const who = await person();
    const made = await who.call('POST', `/volume/v3/${who.projectId}/volumes`, {
      body: { volume: { size: 5 } },
    });
    who.cloud.advance(2000);
    const uuid = String(made.at('volume.id'));
    const id = await activeServer(who, {
      imageRef: '',
      block_device_mapping_v2: [
        {
          boot_index: 0,
          uuid,
          source_type: 'volume',
          destination_type: 'volume',
          delete_on_termination: false,
        },
      ],
    });
    assert.equal((await who.get(`${SERVERS}/${id}`)).at('server.image'), '');
    const volume = () => who.get(`/volume/v3/${who.projectId}/volumes/${uuid}`);
    assert.equal((await volume()).at('volume.attachments.0.server_id'), id);
    await who.call('DELETE', `${SERVERS}/${id}`);
    who.cloud.advance(2000);
    assert.equal((await volume()).at('volume.status'), 'available');
  });
});

describe('lists of simulated servers', () => {
  it('follow their links to the end, once through each row', async () => {
    const who = await person({ servers: 25, maxLimit: 10 });
    const names: string[] = [];
    let url: string | undefined = `${SERVERS}/detail?limit=500`;
    let pages = 0;
    while (url !== undefined && pages < 10) {
      const answer: Answer = await who.get(url);
      names.push(...namesIn(answer.at('servers')));
      const next = answer.at('servers_links.0.href');
      url = typeof next === 'string' ? next : undefined;
      pages++;
    }
    assert.equal(pages, 3);
    assert.equal(new Set(names).size, 25);
    assert.equal(names[0], 'node-00025');
  });

  it('tell what changed since a moment, deleted ones included', async () => {
    const who = await person();
    const old = await activeServer(who, { name: 'old' });
    const gone = await activeServer(who, { name: 'gone' });
    await who.call('DELETE', `${SERVERS}/${gone}`);
    who.cloud.advance(60_000);
    const since = '2026-01-31T12:00:10Z';
    const changed = await who.get(`${SERVERS}/detail?changes-since=${since}`);
    assert.deepEqual(namesIn(changed.at('servers')), ['gone']);
    assert.equal(changed.at('servers.0.status'), 'DELETED');
    assert.equal(changed.at('servers.0.OS-EXT-STS:vm_state'), 'deleted');
    assert.deepEqual(namesIn((await who.get(SERVERS)).at('servers')), ['old']);
    await act(who, old, { 'os-stop': null });
    const names = namesIn((await who.get(`${SERVERS}/detail?changes-since=${since}`)).at('servers'));
    assert.deepEqual(names.sort(), ['gone', 'old']);
  });

  it('compare whole seconds, and include the second asked for', async () => {
    const who = await person();
    await activeServer(who);
    const listed = async (since: string) =>
      namesIn((await who.get(`${SERVERS}/detail?changes-since=${since}`)).at('servers')).length;
    assert.equal(await listed('2026-01-31T12:00:04Z'), 1);
    assert.equal(await listed('2026-01-31T12:00:05Z'), 0);
  });

  it('filter by name and status', async () => {
    const who = await person({ seed: 'demo' });
    const names = async (query: string) => namesIn((await who.get(`${SERVERS}?${query}`)).at('servers'));
    assert.deepEqual(await names('name=^web'), ['web-1']);
    assert.deepEqual(await names('status=SHUTOFF'), ['teaching-notebooks']);
    assert.equal((await who.get(`${SERVERS}?status=NOPE`)).status, 400);
  });

  for (const query of ['limit=abc', 'marker=nope', 'changes-since=yesterday', 'sort_key=nope', 'colour=red'])
    it(`refuse ${query}`, async () => {
      const who = await person();
      assert.equal((await who.get(`${SERVERS}?${query}`)).status, 400);
    });

  it('are each project’s own', async () => {
    const demo = await person({ seed: 'demo' });
    const research = await signIn(demo.cloud, 'demo', 'research');
    assert.deepEqual((await research.get(SERVERS)).at('servers'), []);
    const id = idNamed((await demo.get(SERVERS)).at('servers'), 'web-1');
    assert.equal((await research.get(`${SERVERS}/${id}`)).status, 404);
  });
});

describe('microversions of the simulated Nova', () => {
  const FIELDS: readonly [string, string, string][] = [
    ['locked', '2.8', '2.9'],
    ['description', '2.18', '2.19'],
    ['tags', '2.25', '2.26'],
    ['trusted_image_certificates', '2.62', '2.63'],
    ['server_groups', '2.70', '2.71'],
    ['locked_reason', '2.72', '2.73'],
    ['OS-EXT-SRV-ATTR:hostname', '2.89', '2.90'],
    ['flavor.original_name', '2.46', '2.47'],
  ];
  for (const [field, before, from] of FIELDS)
    it(`have ${field} from ${from}`, async () => {
      const who = await person();
      const id = await createServer(who);
      assert.equal((await who.get(`${SERVERS}/${id}`, before)).at(`server.${field}`), undefined);
      assert.notEqual((await who.get(`${SERVERS}/${id}`, from)).at(`server.${field}`), undefined);
    });

  it('are named in the answer, and refused beyond the range', async () => {
    const who = await person({ maxMicroversion: '2.60' });
    assert.equal((await who.get('/compute/v2.1/', '2.1')).at('version.version'), '2.60');
    const good = await who.get(SERVERS, '2.60');
    assert.equal(good.headers.get('OpenStack-API-Version'), 'compute 2.60');
    const latest = await who.get(SERVERS, 'latest');
    assert.equal(latest.headers.get('OpenStack-API-Version'), 'compute 2.60');
    const refused = await who.get(SERVERS, '2.61');
    assert.equal(refused.status, 406);
    assert.equal(
      refused.at('computeFault.message'),
      'Version 2.61 is not supported by the API. Minimum is 2.1 and maximum is 2.60.',
    );
  });

  it('may be missing altogether', async () => {
    const who = await person({ maxMicroversion: 'none' });
    assert.equal((await who.get('/compute/v2.1/')).at('version.version'), '');
    const answer = await who.get(`${SERVERS}/detail`, '2.93');
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('OpenStack-API-Version'), null);
  });
});

describe('simulated key pairs', () => {
  const path = '/compute/v2.1/os-keypairs';
  const keypair = (change: object = {}) => ({ body: { keypair: { name: 'laptop', ...change } } });

  it('are imported with their fingerprint, one of a name, also by a reader', async () => {
    const who = await person({}, 'reader');
    const made = await who.call('POST', path, keypair({ public_key: SSH_KEY }));
    assert.equal(made.status, 201);
    // ssh-keygen -l -E md5 says so of this key.
    assert.equal(made.at('keypair.fingerprint'), '65:96:2d:fc:e8:d5:a9:11:64:0c:0f:ea:00:6e:5b:bd');
    assert.equal((await who.call('POST', path, keypair({ public_key: SSH_KEY }))).status, 409);
    assert.equal((await who.call('DELETE', `${path}/laptop`)).status, 204);
    assert.equal((await who.get(`${path}/laptop`)).status, 404);
  });

  it('are generated before 2.92 only', async () => {
    const who = await person();
    const old = await who.call('POST', path, { ...keypair(), version: '2.91' });
    assert.match(String(old.at('keypair.private_key')), /^-----BEGIN RSA PRIVATE KEY-----\n/);
    const now = await who.call('POST', path, keypair({ name: 'other' }));
    assert.equal(now.status, 400);
    assert.match(String(now.at('badRequest.message')), /'public_key' is a required property$/);
  });

  it('end with the quota, which may have no end', async () => {
    const who = await person();
    limit(who, { key_pairs: 0 });
    const refused = await who.call('POST', path, keypair({ public_key: SSH_KEY }));
    assert.equal(refused.status, 403);
    assert.equal(refused.at('forbidden.message'), 'Quota exceeded, too many key pairs.');
    limit(who, { key_pairs: -1 });
    assert.equal((await who.call('POST', path, keypair({ public_key: SSH_KEY }))).status, 201);
  });

  it('refuse what is no public key', async () => {
    const who = await person();
    const answer = await who.call('POST', path, keypair({ public_key: 'ssh-rsa AAAA' }));
    assert.equal(answer.status, 400);
  });
});
