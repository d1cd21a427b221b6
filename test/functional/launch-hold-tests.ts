import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it, type TestContext } from 'node:test';
import type { LaunchFailure, LaunchProgress } from '../../src/launch/progress.js';
import { DnsClient } from '../../src/openstack/dns.js';
import { NetworkMaker } from '../../src/openstack/network-making.js';
import { eventually } from './actor.js';
import { must } from './choice.js';
import type { Account, TestCloud } from './cloud.js';
import { failuresOf, LaunchStage, type Fetch, type StageOptions } from './launch-stage.js';
import { goneWishes } from './misfortunes.js';
import { RawImage } from './raw-clients.js';

const RULE = { protocol: 'tcp', ethertype: 'IPv4', ports: [22, 22] } as const;

function failureOf(progress: LaunchProgress): LaunchFailure {
  assert.equal(progress.outcome, 'failed');
  return must(progress.steps.flatMap((step) => step.failure ?? [])[0], 'failure');
}

function isError(failure: LaunchFailure, kind: string, action: string): void {
  assert.ok(failure.kind === 'error', failure.kind);
  assert.deepEqual([failure.error.kind, failure.error.attempt.action], [kind, action], failure.error.message);
}

const isPath = (request: Request, pattern: RegExp) => pattern.test(new URL(request.url).pathname);

/** A cloud whose catalog has no block storage. */
async function withoutVolumes(request: Request, pass: Fetch): Promise<Response> {
  const answer = await pass(request);
  if (!isPath(request, /\/auth\/(?:tokens|catalog)$/) || !answer.ok || request.method === 'DELETE')
    return answer;
  const body = (await answer.json()) as {
    token?: { catalog?: { type: string }[] };
    catalog?: { type: string }[];
  };
  const less = (catalog: { type: string }[]) => catalog.filter(({ type }) => !/volume|block/.test(type));
  if (body.token?.catalog) body.token.catalog = less(body.token.catalog);
  if (body.catalog) body.catalog = less(body.catalog);
  const headers = new Headers(answer.headers);
  headers.delete('content-length');
  headers.delete('content-encoding');
  return new Response(JSON.stringify(body), { status: answer.status, headers });
}

/** A cloud whose network service has no extension, and knows nothing of what they would add. */
async function withoutExtensions(request: Request, pass: Fetch): Promise<Response> {
  if (isPath(request, /\/extensions$/)) {
    await (await pass(request)).text();
    return Response.json({ extensions: [] });
  }
  if (isPath(request, /\/auto-allocated-topology\//) && request.method === 'GET')
    return Response.json({ NeutronError: { message: 'The resource could not be found.' } }, { status: 404 });
  return pass(request);
}

/** A role that may use networks and change nothing about them. */
async function withoutNetworkRights(request: Request, pass: Fetch): Promise<Response> {
  const isWrite = request.method !== 'GET' && isPath(request, /\/v2\.0\//);
  if (isWrite || isPath(request, /\/auto-allocated-topology\//))
    return Response.json(
      { NeutronError: { type: 'PolicyNotAuthorized', message: 'It is disallowed by policy', detail: '' } },
      { status: 403 },
    );
  return pass(request);
}

/** What has to hold whatever the cloud is like, and whatever happens between the review and the launch. */
export function launchHoldTests(
  cloud: TestCloud,
  { pace = 1, concurrency = 1 }: { readonly pace?: number; readonly concurrency?: number } = {},
): void {
  describe(`a launch holds on ${cloud.title}`, { concurrency }, () => {
    async function on(t: TestContext, o: StageOptions = {}, account?: Account): Promise<LaunchStage> {
      const who = account ? { ...cloud, member: account } : cloud;
      const stage = await LaunchStage.open(who, { pace, ...o });
      t.after(() => stage.close());
      return stage;
    }

    it('when ten people begin one at once with the same new security group', async (t) => {
      // Services tell the second in which something was made: who looks sooner does not see what counts.
      const stage = await on(t, { pace: 1 });
      const newGroup = { name: `exo-shared-${randomUUID().slice(0, 8)}`, rules: [RULE] };
      const requests = Array.from({ length: 10 }, () => stage.request({ newGroup }));
      const ends = await Promise.all(requests.map((request) => stage.launch(request)));
      for (const end of ends) assert.equal(end.outcome, 'complete', failuresOf(end));
      const groups = await stage.connection.client(NetworkMaker).groups(newGroup.name);
      assert.deepEqual(
        groups.map(({ openings }) => openings),
        [1],
      );
      for (const request of requests) {
        const things = await stage.thingsOf(request);
        assert.deepEqual(
          things.filter((thing) => thing !== 'group'),
          stage.everything(request),
        );
        assert.equal(await stage.unfinished(request), undefined);
      }
      // The group goes with the launch that made it, and only once nobody else is in it.
      const without = (progress: LaunchProgress) =>
        progress.made.filter(({ kind }) => kind !== 'security-group');
      await Promise.all(ends.map(async (end) => assert.deepEqual(await stage.undo(without(end)), [])));
      const rest = ends.flatMap(({ made }) => made.filter(({ kind }) => kind === 'security-group'));
      assert.equal(rest.length, 1);
      assert.deepEqual(await stage.undo(rest), []);
    });

    it('without block storage, and says so where a volume is wanted', async (t) => {
      const stage = await on(t, { between: withoutVolumes });
      assert.equal(stage.withVolumes, false);
      const request = stage.request();
      const progress = await stage.launch(request);
      assert.equal(progress.outcome, 'complete', failuresOf(progress));
      assert.equal(await stage.unfinished(request), undefined);
      assert.deepEqual(await stage.undo(progress.made), []);
      const failure = failureOf(await stage.launch(stage.plain({ volumes: [{ size: 1 }] })));
      assert.ok(failure.kind === 'error' && failure.error.reason === 'service-missing', failure.kind);
    });

    it('without any extension of the network service', async (t) => {
      const stage = await on(t, { between: withoutExtensions });
      const request = stage.request({ volumes: [] });
      await stage.launch(request, {
        stop: ({ steps }) => steps.some(({ step: { kind }, status }) => kind === 'port' && status === 'done'),
      });
      assert.ok(await stage.unfinished(request), 'nothing tells of the launch');
      const progress = await stage.launch(request, { again: true });
      assert.equal(progress.outcome, 'complete', failuresOf(progress));
      assert.deepEqual(await stage.undo(progress.made), []);
      assert.deepEqual(await stage.thingsOf(request), []);
    });

    it('by who may change nothing about networks: Nova does it in its own name', async (t) => {
      const stage = await on(t, { between: withoutNetworkRights });
      const request = stage.plain({ network: { kind: 'topology' } });
      const progress = await stage.launch(request);
      assert.equal(progress.outcome, 'complete', failuresOf(progress));
      assert.ok((progress.instances[0]?.addresses.length ?? 0) > 0, 'the instance is on no network');
      assert.deepEqual(await stage.undo(progress.made), []);
      const { network } = stage.usual;
      for (const [wish, action] of [
        [{ address: { kind: 'new', networkId: stage.externalNetworkId }, network }, 'create-port'],
        [{ newGroup: { name: 'exo-forbidden', rules: [RULE] }, network }, 'create-security-group'],
        [
          {
            network: {
              kind: 'new',
              name: 'exo-forbidden',
              cidr: '10.86.0.0/24',
              externalNetworkId: undefined,
            },
          },
          'create-network',
        ],
      ] as const) {
        const refused = stage.plain(wish);
        const end = await stage.launch(refused);
        isError(failureOf(end), 'forbidden', action);
        assert.deepEqual(await stage.thingsOf(refused), []);
      }
    });

    it('by who may only look, and tells them', async (t) => {
      if (!cloud.reader) {
        t.skip('nobody here may only look');
        return;
      }
      const stage = await on(t, {}, cloud.reader);
      const request = stage.plain();
      isError(failureOf(await stage.launch(request)), 'forbidden', 'create-instance');
      assert.deepEqual(await stage.thingsOf(request), []);
    });

    it('when the quota was taken by somebody else', async (t) => {
      if (cloud.noQuotaProject === undefined) {
        t.skip('no project here is full');
        return;
      }
      const stage = await on(t, { project: cloud.noQuotaProject });
      const request = stage.request();
      const progress = await stage.launch(request);
      isError(failureOf(progress), 'quota', 'create-instance');
      assert.ok((await stage.thingsOf(request)).length > 0, 'nothing was made before');
      assert.deepEqual(await stage.undo(progress.made), []);
      assert.deepEqual(await stage.thingsOf(request), []);
    });

    it('when the image was deleted meanwhile', async (t) => {
      const stage = await on(t);
      const images = stage.connection.client(RawImage);
      const id = await images.create(`exo-image-${randomUUID().slice(0, 8)}`);
      // Not every cloud lets members add images; one that never was is as gone.
      if (id !== undefined) await images.remove(id);
      const imageId = id ?? randomUUID();
      const onDisk = stage.request({ imageId });
      const progress = await stage.launch(onDisk);
      isError(failureOf(progress), 'invalid', 'create-instance');
      assert.deepEqual(await stage.undo(progress.made), []);
      assert.deepEqual(await stage.thingsOf(onDisk), []);
      if (!stage.withVolumes) return;
      const boot = { kind: 'new-volume', size: 5, deleteWithServer: true } as const;
      const onVolume = stage.plain({ imageId, boot });
      const end = await stage.launch(onVolume);
      isError(failureOf(end), 'invalid', 'create-volume');
      assert.deepEqual(await stage.undo(end.made), []);
    });

    it('when the network, the group, the key, the size, the zone or the volume is gone', async (t) => {
      const stage = await on(t);
      const gone = randomUUID();
      for (const wish of goneWishes(gone)) {
        const end = await stage.launch(stage.plain(wish));
        const failure = failureOf(end);
        // A zone that is none may be refused at once, or where a host is looked for.
        if (failure.kind === 'fault') assert.ok('availabilityZone' in wish, failuresOf(end));
        else isError(failure, 'invalid', 'create-instance');
        assert.deepEqual(await stage.undo(end.made), []);
      }
    });

    it('when an instance was deleted by other means: what was made for it is told of and goes', async (t) => {
      const stage = await on(t);
      const request = stage.request({ volumes: [] });
      const progress = await stage.launch(request);
      assert.equal(progress.outcome, 'complete', failuresOf(progress));
      const id = must(progress.instances[0]?.id, 'instance');
      await stage.services().deleteServer(id);
      const maker = stage.connection.client(NetworkMaker);
      const isFree = async () => (await maker.ports({ name: request.name }))[0]?.deviceId === '';
      await eventually(isFree, Boolean, cloud.patience);
      const floating = must(
        progress.made.find(({ kind }) => kind === 'floating-ip'),
        'floating IP',
      );
      assert.deepEqual(await stage.undo([floating], progress.made), []);
      const found = await stage.unfinished(request);
      assert.deepEqual(
        found?.made.map(({ kind }) => kind),
        ['port'],
      );
      assert.deepEqual(await stage.undo(found?.made ?? []), []);
      assert.deepEqual(await stage.thingsOf(request), []);
    });

    it('with a name of emoji, or tells that the cloud cannot keep it', async (t) => {
      const stage = await on(t);
      const request = stage.request({ name: `exo-${'🚀'.repeat(60)}`, volumes: [] });
      const progress = await stage.launch(request);
      if (progress.outcome !== 'complete') assert.equal(failureOf(progress).kind, 'error');
      assert.deepEqual(await stage.undo(progress.made), []);
      assert.deepEqual(await stage.thingsOf(request), []);
    });

    it('with a name in the DNS for each instance, which goes when it is undone', async (t) => {
      const stage = await on(t);
      if (!stage.connection.has('dns')) {
        t.skip('there is no DNS service');
        return;
      }
      const dns = stage.connection.client(DnsClient);
      const zone = must((await dns.zones())[0], 'zone');
      const request = stage.request({ count: 2, volumes: [], zone: zone.name });
      const progress = await stage.launch(request);
      assert.equal(progress.outcome, 'complete', failuresOf(progress));
      const of = (name: string) => dns.records(zone.id, `${name}.${zone.name}`);
      for (const { name, addresses } of progress.instances) {
        const floating = addresses.find(({ type }) => type === 'floating')?.address;
        assert.deepEqual(
          (await of(name)).map(({ records }) => records),
          [[floating]],
        );
      }
      assert.deepEqual(await stage.undo(progress.made), []);
      for (const { name } of progress.instances)
        await eventually(
          () => of(name),
          (records) => records.length === 0,
          cloud.patience,
        );
    });
  });
}
