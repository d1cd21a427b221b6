import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ServerCollection } from '../../../src/live/servers.js';
import { ComputeClient, type Server } from '../../../src/openstack/compute.js';
import { ImageClient } from '../../../src/openstack/image.js';
import { isOpenStackError, OpenStackError } from '../../../src/openstack/errors.js';
import { testCloud, type TestCloud } from './cloud.js';
import { ManualEnvironment, settle } from './surroundings.js';

const SECOND = 1000;

describe('the servers of a project', () => {
  let test: TestCloud;
  let client: ComputeClient;
  let servers: ServerCollection;
  const pass = (ms: number): Promise<void> => test.environment.clock.advance(ms);
  const only = (): Server => {
    const { state } = servers;
    assert.ok(state.status === 'ready' && state.rows.length === 1, JSON.stringify(state));
    const [row] = state.rows;
    assert.ok(row);
    return row;
  };
  let flavorId: string;
  let imageId: string;
  const create = async (name = 'web-1', by = servers): Promise<string> =>
    (await by.create({ name, flavorId, imageId, networks: 'none' })).id;

  beforeEach(async () => {
    test = testCloud();
    client = new ComputeClient(await test.client('compute'));
    for await (const { rows } of client.flavors()) flavorId = rows[0]?.id ?? '';
    for await (const { rows } of new ImageClient(await test.client('image')).images())
      imageId = rows[0]?.id ?? '';
    servers = new ServerCollection(client, { environment: test.environment });
    servers.subscribe(() => undefined);
    await pass(0);
  });

  it('show a new one as soon as the cloud has taken it on, and follow it until it is active', async () => {
    const id = await create();
    assert.equal(only().id, id);
    assert.equal(only().name, 'web-1');
    assert.equal(only().status, 'BUILD');
    await pass(10 * SECOND);
    assert.equal(only().status, 'ACTIVE');
    assert.equal(only().pending, undefined);
  });

  it('stop, start and reboot', async () => {
    const id = await create();
    await pass(10 * SECOND);
    const stopped = servers.stop(id);
    assert.equal(only().pending, 'stopping');
    await stopped;
    await pass(10 * SECOND);
    assert.equal(only().status, 'SHUTOFF');
    assert.equal(only().pending, undefined);
    const started = servers.start(id);
    assert.equal(only().pending, 'starting');
    await started;
    await pass(10 * SECOND);
    assert.equal(only().status, 'ACTIVE');
    const rebooted = servers.reboot(id, 'SOFT');
    assert.equal(only().pending, 'rebooting');
    await rebooted;
    await pass(20 * SECOND);
    assert.equal(only().status, 'ACTIVE');
    assert.equal(only().pending, undefined);
  });

  it('delete', async () => {
    const id = await create();
    await pass(10 * SECOND);
    const deleted = servers.delete(id);
    assert.equal(only().pending, 'deleting');
    await deleted;
    await pass(10 * SECOND);
    assert.ok(servers.state.status === 'ready');
    assert.deepEqual(servers.state.rows, []);
  });

  it('are as they were when the cloud refuses, and tell why', async () => {
    const id = await create();
    await pass(10 * SECOND);
    const before = only();
    await assert.rejects(servers.start(id), (error) => {
      assert.ok(isOpenStackError(error));
      assert.equal(error.kind, 'conflict');
      assert.deepEqual({ ...error.attempt }, { action: 'start-instance', name: 'web-1' });
      return true;
    });
    assert.equal(only(), before);
  });

  it('stay where the cloud refuses to delete them', async () => {
    const id = await create();
    await pass(10 * SECOND);
    const before = only();
    test.cloud.fail({ method: 'DELETE' }, { status: 403 });
    await assert.rejects(
      servers.delete(id),
      (error) => isOpenStackError(error) && error.kind === 'forbidden',
    );
    assert.equal(only(), before);
  });

  it('are asked about at once after each write', async () => {
    const id = await create();
    await pass(60 * SECOND);
    const lists = (): number => test.asked.filter(({ url }) => url.includes('/servers/detail')).length;
    const before = lists();
    await servers.stop(id);
    await pass(0);
    assert.equal(lists(), before + 1);
    await pass(10 * SECOND);
    assert.ok(lists() >= before + 5, `${lists() - before} lists`);
  });

  it('count as deleted when they are gone already', async () => {
    const id = await create();
    await pass(10 * SECOND);
    await client.deleteServer(id);
    test.cloud.advance(60 * SECOND);
    await servers.delete(id);
    assert.ok(servers.state.status === 'ready');
    assert.deepEqual(servers.state.rows, []);
  });

  it('list those that others make within one poll', async () => {
    const other = new ServerCollection(client, { environment: test.environment });
    servers.subscribe(() => undefined);
    await pass(0);
    await create('elsewhere', other);
    await pass(31 * SECOND);
    assert.equal(only().name, 'elsewhere');
  });
});

const server = (id: string, more: Partial<Server> = {}): Server => ({
  id,
  name: id,
  status: 'ACTIVE',
  taskState: undefined,
  vmState: undefined,
  powerState: 1,
  addresses: [],
  flavor: { id: '1', name: 'small', vcpus: 1, ram: 512, disk: 1 },
  imageId: undefined,
  keyName: undefined,
  created: '2029-12-31T00:00:00Z',
  updated: '2029-12-31T00:00:00Z',
  launchedAt: undefined,
  userId: undefined,
  projectId: undefined,
  description: undefined,
  metadata: {},
  tags: [],
  locked: false,
  lockedReason: undefined,
  progress: undefined,
  availabilityZone: undefined,
  fault: undefined,
  volumesAttached: [],
  securityGroups: [],
  ...more,
});

describe('servers in error', () => {
  let environment: ManualEnvironment;
  let rows: Server[];
  let read: string[];
  let servers: ServerCollection;
  const fault = { message: 'No valid host was found.', code: 500, created: undefined };
  const known = (): (string | undefined)[] =>
    rows.map(({ id }) => servers.get(id)?.fault?.message).filter((message) => message !== undefined);

  function start(...listed: Server[]): void {
    environment = new ManualEnvironment();
    rows = listed;
    read = [];
    const unused = (): never => assert.fail('not asked for here');
    servers = new ServerCollection(
      {
        async *servers(o = {}) {
          await Promise.resolve();
          const since = Date.parse(o.changesSince ?? '');
          const listed = structuredClone(rows).filter(
            ({ updated }) => Number.isNaN(since) || Date.parse(updated) >= since,
          );
          yield { rows: listed, next: false, problems: [], date: undefined };
        },
        async server(id) {
          await Promise.resolve();
          read.push(id);
          const row = rows.find((each) => each.id === id);
          if (row) return { ...row, fault };
          throw new OpenStackError({ kind: 'not-found', attempt: { action: 'read-instance' } });
        },
        createServer: unused,
        deleteServer: unused,
        startServer: unused,
        stopServer: unused,
        rebootServer: unused,
      },
      { environment },
    );
  }

  it('are read once on their own where the list does not tell the fault', async () => {
    start(server('a', { status: 'ERROR' }), server('b'));
    servers.subscribe(() => undefined);
    await environment.clock.advance(0);
    assert.deepEqual(read, ['a']);
    assert.deepEqual(servers.get('a')?.fault, fault);
    const row = servers.get('a');
    await environment.clock.advance(20 * 60 * SECOND);
    assert.deepEqual(read, ['a']);
    assert.equal(servers.get('a'), row, 'lists without the fault do not take it away');
  });

  it('are not read where the list tells it', async () => {
    start(server('a', { status: 'ERROR', fault }));
    servers.subscribe(() => undefined);
    await environment.clock.advance(0);
    assert.deepEqual(read, []);
  });

  it('are read a few at a time, the latest first', async () => {
    start(
      ...Array.from({ length: 100 }, (_, i) =>
        server(`s${i}`, { status: 'ERROR', updated: `2029-12-31T00:${String(i % 60).padStart(2, '0')}:00Z` }),
      ),
    );
    servers.subscribe(() => undefined);
    await environment.clock.advance(60 * SECOND);
    assert.deepEqual(read, ['s59', 's58', 's57', 's56', 's55']);
    assert.equal(known().length, 5);
  });

  it('are read again when they fail anew', async () => {
    start(server('a', { status: 'ERROR' }));
    servers.subscribe(() => undefined);
    await environment.clock.advance(0);
    rows = [server('a', { status: 'ERROR', updated: '2030-01-01T00:00:10Z' })];
    await environment.clock.advance(61 * SECOND);
    assert.deepEqual(read, ['a', 'a']);
  });

  it('are not read when nobody looks', async () => {
    start(server('a', { status: 'ERROR' }));
    await servers.refresh();
    await settle();
    assert.deepEqual(read, []);
  });

  it('that are gone by then leave the list', async () => {
    start(server('a', { status: 'ERROR' }));
    await servers.refresh();
    rows = [];
    assert.equal(await servers.read('a'), undefined);
    assert.ok(servers.state.status === 'ready');
    assert.deepEqual(servers.state.rows, []);
  });

  it('in a part of the cloud that is down keep what was known of them', async () => {
    start(server('a', { name: 'web-1', keyName: 'mine' }));
    await servers.refresh();
    rows = [server('a', { name: '', status: 'UNKNOWN', keyName: undefined })];
    await servers.refresh();
    assert.deepEqual(
      [servers.get('a')?.name, servers.get('a')?.keyName, servers.get('a')?.status],
      ['web-1', 'mine', 'UNKNOWN'],
    );
  });

  it('that were softly deleted are gone', async () => {
    start(server('a'), server('b'));
    servers.subscribe(() => undefined);
    await environment.clock.advance(0);
    rows = [server('a'), server('b', { status: 'SOFT_DELETED', updated: '2030-01-01T00:00:10Z' })];
    await environment.clock.advance(61 * SECOND);
    assert.equal(servers.get('b'), undefined);
  });
});
