import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LAUNCH_MARK, newLaunchId, readKeyMark } from '../../../src/launch/mark.js';
import { planLaunch, type LaunchRequest } from '../../../src/launch/plan.js';
import type { LaunchProgress } from '../../../src/launch/progress.js';
import { runSteps } from '../../../src/launch/run.js';
import type { LaunchServices } from '../../../src/launch/services.js';
import { undoLaunch } from '../../../src/launch/undo.js';
import type { CreateServer, Keypair, Server } from '../../../src/openstack/compute.js';
import { OpenStackError, type ErrorKind } from '../../../src/openstack/errors.js';
import { keypair, request as plain, server } from './rows.js';

const request = (change: Partial<LaunchRequest> = {}) => plain({ launchId: newLaunchId(), ...change });

const failure = (kind: ErrorKind, reason?: string, retryAfter?: number) =>
  new OpenStackError({ kind, reason, retryAfter, attempt: { action: 'create-instance', name: 'web' } });

/** A cloud of one project: what is asked becomes so at once, and misfortunes come as they are queued. */
class FakeCloud implements LaunchServices {
  rows: Server[] = [];
  keys: Keypair[] = [];
  calls: string[] = [];
  slept: number[] = [];
  /** What becomes of the next creations: `lost` is done without an answer. */
  creations: (OpenStackError | 'lost' | 'ok')[] = [];
  listings: (OpenStackError | 'ok')[] = [];
  /** What every new server ends as. */
  ends: Partial<Server> = { status: 'ACTIVE', taskState: undefined };
  bodies: CreateServer[] = [];
  #listener: (() => void) | undefined;
  clock = {
    now: () => this.slept.reduce((sum, ms) => sum + ms, 0),
    random: () => 0,
    sleep: (ms: number) => {
      this.slept.push(ms);
      return Promise.resolve();
    },
  };
  createKeypair = ({ name, publicKey }: { name: string; publicKey: string }) => {
    this.calls.push(`key ${name}`);
    if (this.keys.some((key) => key.name === name)) return Promise.reject(failure('conflict'));
    this.keys.push(keypair(name, { publicKey }));
    return Promise.resolve();
  };
  keypairs = () => Promise.resolve(this.keys);
  deleteKeypair = (name: string) => {
    this.keys = this.keys.filter((key) => key.name !== name);
    return Promise.resolve();
  };
  autoNetwork = (): Promise<string | undefined> => Promise.resolve('made-network');
  serverGroups = (): never => assert.fail('no server group is asked for');
  createServerGroup = (): never => assert.fail('no server group is asked for');
  deleteServerGroup = (): never => assert.fail('no server group is asked for');
  network = (): never => assert.fail('no network is asked for');
  wayOut = (): never => assert.fail('no way out is asked for');
  volume = (): never => assert.fail('no volume is asked for');
  dns = (): never => assert.fail('no DNS name is asked for');
  createServer = (body: CreateServer) => {
    this.calls.push(`create ${body.name}`);
    this.bodies.push(body);
    const fate = this.creations.shift() ?? 'ok';
    if (typeof fate === 'object') return Promise.reject(fate);
    const id = `id-${this.rows.length + 1}`;
    this.rows.push(
      server(body.name, { id, metadata: body.metadata ?? {}, status: 'BUILD', taskState: 'spawning' }),
    );
    return fate === 'ok' ? Promise.resolve({ id }) : Promise.reject(failure('network', 'answer-lost'));
  };
  servers = () => {
    this.calls.push('list');
    const fate = this.listings.shift() ?? 'ok';
    return typeof fate === 'object' ? Promise.reject(fate) : Promise.resolve(this.rows);
  };
  readServer = (id: string) => Promise.resolve(this.server(id));
  deleteServer = (id: string) => {
    this.calls.push(`delete ${id}`);
    this.rows = this.rows.filter((row) => row.id !== id);
    return Promise.resolve();
  };
  server = (id: string) => this.rows.find((row) => row.id === id);
  trouble = (): OpenStackError | undefined => undefined;
  watchServers = (listener: () => void) => {
    this.#listener = listener;
    setImmediate(() => {
      this.change((row) => (row.status === 'BUILD' ? { ...row, ...this.ends } : row));
    });
    return () => (this.#listener = undefined);
  };
  settled = () => undefined;
  /** What the console says at each look; the last one stays. */
  logs: (string | OpenStackError)[] = [''];
  console = () => {
    const log = (this.logs.length > 1 ? this.logs.shift() : this.logs[0]) ?? '';
    return typeof log === 'string' ? Promise.resolve(log) : Promise.reject(log);
  };
  writeMetadata = (id: string, _name: string, key: string, value: string) => {
    this.calls.push(`write ${key} ${value}`);
    this.rows = this.rows.map((row) =>
      row.id === id ? { ...row, metadata: { ...row.metadata, [key]: value } } : row,
    );
    return Promise.resolve();
  };
  change(to: (row: Server) => Server): void {
    this.rows = this.rows.map(to);
    this.#listener?.();
  }
  get watched(): boolean {
    return this.#listener !== undefined;
  }
}

async function run(cloud: FakeCloud, wish: LaunchRequest, again = false): Promise<LaunchProgress> {
  let last: LaunchProgress | undefined;
  for await (const progress of runSteps(planLaunch(wish, { buildSeconds: 9 }), cloud, { again }))
    last = progress;
  assert.ok(last);
  return last;
}

const statuses = ({ steps }: LaunchProgress) => steps.map(({ step, status }) => `${step.id} ${status}`);

describe('a plan', () => {
  it('names its steps in order', () => {
    const plan = planLaunch(
      request({
        count: 2,
        key: { kind: 'import', name: 'ada', publicKey: 'ssh-ed25519 A' },
        network: { kind: 'topology' },
      }),
      { buildSeconds: 9 },
    );
    assert.deepEqual(
      plan.steps.map(({ id, name, needs }) => [id, name, needs]),
      [
        ['keypair', 'ada', []],
        ['network', '', []],
        ['server-1', 'web-1', ['keypair', 'network']],
        ['server-2', 'web-2', ['keypair', 'network']],
        ['active', '', ['server-1', 'server-2']],
      ],
    );
  });

  it('asks Nova for what was decided, and marks it', () => {
    const userData = Uint8Array.of(0x1f, 0x8b);
    const plan = planLaunch(
      request({
        launchId: 'id',
        name: ' web ',
        key: { kind: 'existing', name: 'ada' },
        network: { kind: 'network', id: 'net', name: 'lab' },
        securityGroups: ['group'],
        userData,
      }),
      { buildSeconds: 9 },
    );
    assert.deepEqual(plan.bodyFor(1, {}), {
      name: 'web',
      imageId: 'image',
      flavorId: 'flavor',
      keyName: 'ada',
      networks: [{ networkId: 'net' }],
      securityGroups: ['group'],
      userData,
      // That there was a script, and never what is in it.
      metadata: { [LAUNCH_MARK]: 'id 1/1', 'exo:launch-given': 'script' },
    });
  });
});

describe('a launch', () => {
  it('goes through its steps until everything is active', async () => {
    const cloud = new FakeCloud();
    const progress = await run(
      cloud,
      request({
        count: 2,
        key: { kind: 'import', name: 'ada', publicKey: 'ssh-ed25519 A' },
        network: { kind: 'topology' },
      }),
    );
    assert.equal(progress.outcome, 'complete');
    assert.deepEqual(cloud.calls, ['key ada', 'create web-1', 'create web-2']);
    assert.deepEqual(
      cloud.bodies.map(({ networks }) => networks),
      [[{ networkId: 'made-network' }], [{ networkId: 'made-network' }]],
    );
    assert.deepEqual(
      progress.instances.map(({ id, status }) => [id, status]),
      [
        ['id-1', 'ACTIVE'],
        ['id-2', 'ACTIVE'],
      ],
    );
    assert.deepEqual(
      progress.made.map(({ kind, name }) => [kind, name]),
      [
        ['keypair', 'ada'],
        ['server', 'web-1'],
        ['server', 'web-2'],
      ],
    );
    assert.equal(cloud.watched, false);
  });

  it('tells of every state on the way, with what Nova does', async () => {
    const cloud = new FakeCloud();
    const seen = new Set<string>();
    for await (const { steps } of runSteps(planLaunch(request(), { buildSeconds: 9 }), cloud)) {
      for (const { step, status, doing } of steps)
        seen.add([step.id, status, doing?.kind === 'task' && doing.task].filter(Boolean).join(' '));
    }
    for (const state of [
      'server-1 waiting',
      'server-1 running',
      'server-1 done',
      'active running spawning',
      'active done',
    ]) {
      assert.ok(seen.has(state), state);
    }
  });

  for (const [what, error] of [
    ['a refusal', failure('quota')],
    ['an image that is gone', failure('invalid')],
    ['a role that may not', failure('forbidden')],
  ] as const) {
    it(`ends at once with ${what}`, async () => {
      const cloud = new FakeCloud();
      cloud.creations = [error];
      const progress = await run(cloud, request());
      assert.equal(progress.outcome, 'failed');
      assert.deepEqual(cloud.calls, ['create web']);
      assert.deepEqual(progress.steps[0]?.failure, { kind: 'error', error, unclear: false });
      assert.deepEqual(statuses(progress), ['server-1 failed', 'active skipped']);
    });
  }

  it('keeps what could be made when the quota ends half-way, and waits for it', async () => {
    const cloud = new FakeCloud();
    cloud.creations = ['ok', failure('quota'), failure('quota')];
    const progress = await run(cloud, request({ count: 3 }));
    assert.equal(progress.outcome, 'failed');
    assert.deepEqual(statuses(progress), [
      'server-1 done',
      'server-2 failed',
      'server-3 failed',
      'active done',
    ]);
    assert.deepEqual(
      progress.made.map(({ name }) => name),
      ['web-1'],
    );
    assert.equal(progress.instances[0]?.status, 'ACTIVE');
  });

  it('finds what was made when the answer was lost, and makes nothing twice', async () => {
    const cloud = new FakeCloud();
    cloud.creations = ['lost'];
    const progress = await run(cloud, request());
    assert.equal(progress.outcome, 'complete');
    assert.deepEqual(cloud.calls, ['create web', 'list']);
    assert.equal(cloud.rows.length, 1);
  });

  it('is not misled by a namesake or by another launch', async () => {
    const cloud = new FakeCloud();
    cloud.rows = [
      server('web'),
      server('web', { id: 'other', metadata: { [LAUNCH_MARK]: `${newLaunchId()} 1/1` } }),
    ];
    cloud.creations = ['lost'];
    const progress = await run(cloud, request());
    assert.equal(progress.instances[0]?.id, 'id-3');
  });

  for (const error of [
    failure('network', 'answer-lost'),
    failure('timeout', 'answer-lost'),
    failure('server'),
  ]) {
    it(`asks once more when nothing was made (${error.kind})`, async () => {
      const cloud = new FakeCloud();
      cloud.creations = [error, 'ok'];
      const progress = await run(cloud, request());
      assert.equal(progress.outcome, 'complete');
      // In the end it looks whether the first one has come after all.
      assert.deepEqual(cloud.calls, ['create web', 'list', 'list', 'list', 'create web', 'list']);
    });
  }

  it('makes no second one when it cannot find out about the first', async () => {
    const cloud = new FakeCloud();
    const lost = failure('timeout', 'answer-lost');
    cloud.creations = [lost];
    cloud.listings = [failure('network'), failure('network'), failure('network')];
    const progress = await run(cloud, request());
    assert.deepEqual(progress.steps[0]?.failure, { kind: 'error', error: lost, unclear: true });
    assert.deepEqual(
      cloud.calls.filter((call) => call.startsWith('create')),
      ['create web'],
    );
  });

  it('gives up after the second lost answer', async () => {
    const cloud = new FakeCloud();
    cloud.creations = [failure('server'), failure('server'), 'ok'];
    const progress = await run(cloud, request());
    assert.equal(progress.outcome, 'failed');
    assert.equal(cloud.rows.length, 0);
  });

  it('waits as long as the cloud asks for', async () => {
    const cloud = new FakeCloud();
    cloud.creations = [failure('rate-limit', undefined, 7), 'ok'];
    const progress = await run(cloud, request());
    assert.equal(progress.outcome, 'complete');
    // By then others can have seen the launch: it looks again whether what it made is the only one.
    assert.deepEqual(cloud.slept, [7000, 2000]);
  });

  it('tells why an instance went into ERROR, though the list does not', async () => {
    const cloud = new FakeCloud();
    cloud.ends = { status: 'ERROR', taskState: undefined };
    const alone = server('web', {
      status: 'ERROR',
      fault: { message: 'No valid host was found.', code: 500, created: undefined },
    });
    cloud.readServer = () => Promise.resolve(alone);
    const progress = await run(cloud, request());
    assert.equal(progress.outcome, 'failed');
    assert.deepEqual(progress.steps[1]?.failure, {
      kind: 'fault',
      name: 'web',
      message: 'No valid host was found.',
    });
    assert.deepEqual(
      progress.made.map(({ name }) => name),
      ['web'],
    );
  });

  it('notices when somebody deletes the instance meanwhile', async () => {
    const cloud = new FakeCloud();
    cloud.ends = { status: 'DELETED' };
    const progress = await run(cloud, request());
    assert.deepEqual(progress.steps[1]?.failure, { kind: 'gone', name: 'web' });
    assert.deepEqual(progress.made, []);
  });

  it('counts an instance that somebody stopped at once as having been active', async () => {
    const cloud = new FakeCloud();
    cloud.ends = { status: 'SHUTOFF', taskState: undefined };
    assert.equal((await run(cloud, request())).outcome, 'complete');
  });

  it('goes on waiting while the list cannot be read, and says so', async () => {
    const cloud = new FakeCloud();
    const trouble = failure('network', 'unreachable');
    cloud.ends = {};
    cloud.trouble = () => (cloud.rows[0]?.status === 'BUILD' ? trouble : undefined);
    const seen: (OpenStackError | undefined)[] = [];
    for await (const progress of runSteps(planLaunch(request(), { buildSeconds: 9 }), cloud)) {
      seen.push(progress.trouble);
      if (progress.trouble) cloud.change((row) => ({ ...row, status: 'ACTIVE', taskState: undefined }));
    }
    assert.ok(seen.includes(trouble));
    assert.equal(seen.at(-1), undefined);
  });

  it('ends quietly when it is aborted, and leaves what there is', async () => {
    const cloud = new FakeCloud();
    cloud.ends = {};
    const abort = new AbortController();
    const outcomes: string[] = [];
    for await (const { outcome, steps } of runSteps(planLaunch(request(), { buildSeconds: 9 }), cloud, {
      signal: abort.signal,
    })) {
      outcomes.push(outcome);
      if (steps.at(-1)?.status === 'running') abort.abort();
    }
    assert.equal(outcomes.at(-1), 'running');
    assert.equal(cloud.rows.length, 1);
    assert.equal(cloud.watched, false);
  });
});

describe('the network of a launch', () => {
  it('is left to Nova where Neutron may not be asked for it', async () => {
    const cloud = new FakeCloud();
    cloud.autoNetwork = () => Promise.reject(failure('not-found'));
    const progress = await run(cloud, request({ network: { kind: 'topology' } }));
    assert.equal(progress.outcome, 'complete');
    assert.equal(cloud.bodies[0]?.networks, 'auto');
  });

  it('ends the launch where there is none to be had', async () => {
    const cloud = new FakeCloud();
    cloud.autoNetwork = () => Promise.reject(failure('conflict'));
    const progress = await run(cloud, request({ network: { kind: 'topology' } }));
    assert.deepEqual(statuses(progress), ['network failed', 'server-1 skipped', 'active skipped']);
    assert.equal(cloud.bodies.length, 0);
  });
});

describe('a launch that is tried again', () => {
  it('goes on where it ended', async () => {
    const cloud = new FakeCloud();
    cloud.creations = ['ok', failure('quota'), failure('quota')];
    const wish = request({ count: 3, key: { kind: 'import', name: 'ada', publicKey: 'ssh-ed25519 A' } });
    await run(cloud, wish);
    cloud.calls = [];
    const progress = await run(cloud, wish, true);
    assert.equal(progress.outcome, 'complete');
    assert.deepEqual(
      cloud.calls.filter((call) => call !== 'list'),
      ['create web-2', 'create web-3'],
    );
    assert.equal(cloud.rows.length, 3);
    assert.deepEqual(
      progress.made.map(({ kind }) => kind),
      ['keypair', 'server', 'server', 'server'],
    );
  });

  it('replaces an instance that went into ERROR', async () => {
    const cloud = new FakeCloud();
    const wish = request();
    cloud.ends = {
      status: 'ERROR',
      taskState: undefined,
      fault: { message: 'x', code: 500, created: undefined },
    };
    await run(cloud, wish);
    cloud.ends = { status: 'ACTIVE', taskState: undefined };
    cloud.calls = [];
    const progress = await run(cloud, wish, true);
    assert.equal(progress.outcome, 'complete');
    assert.deepEqual(
      cloud.calls.filter((call) => call !== 'list'),
      ['delete id-1', 'create web'],
    );
  });
});

describe('the key pair of a launch', () => {
  const key = { kind: 'import', name: 'ada', publicKey: 'ssh-ed25519 AAAA ada@home' } as const;

  it('is found when its answer was lost', async () => {
    const cloud = new FakeCloud();
    const create = cloud.createKeypair;
    cloud.createKeypair = async (made) => {
      await create(made);
      throw failure('timeout', 'answer-lost');
    };
    const progress = await run(cloud, request({ key }));
    assert.equal(progress.outcome, 'complete');
    assert.equal(progress.made[0]?.kind, 'keypair');
  });

  it('is used when the very same one is there, and is not ours to delete', async () => {
    const cloud = new FakeCloud();
    cloud.keys = [keypair('ada', { publicKey: key.publicKey })];
    const progress = await run(cloud, request({ key }));
    assert.equal(progress.outcome, 'complete');
    assert.ok(progress.made.every(({ kind }) => kind !== 'keypair'));
  });

  it('is still not ours to delete when the launch is tried again', async () => {
    const cloud = new FakeCloud();
    cloud.keys = [keypair('ada', { publicKey: key.publicKey })];
    cloud.creations = [failure('quota')];
    const wish = request({ key });
    await run(cloud, wish);
    const progress = await run(cloud, wish, true);
    assert.equal(progress.outcome, 'complete');
    await undoLaunch(progress.made, cloud);
    assert.equal(cloud.keys.length, 1);
  });

  it('is taken when it is there, though the quota has no room for another', async () => {
    const cloud = new FakeCloud();
    cloud.creations = [failure('server'), failure('server')];
    const wish = request({ key });
    assert.equal((await run(cloud, wish)).outcome, 'failed');
    cloud.createKeypair = () => Promise.reject(failure('quota'));
    const progress = await run(cloud, wish, true);
    assert.equal(progress.outcome, 'complete');
    assert.equal(progress.made[0]?.kind, 'keypair');
  });

  it('carries the mark of its launch behind its comment', async () => {
    const cloud = new FakeCloud();
    const wish = request({ key, count: 2 });
    await run(cloud, wish);
    const publicKey = cloud.keys[0]?.publicKey ?? '';
    assert.ok(publicKey.startsWith(key.publicKey), 'the key is another');
    assert.deepEqual(readKeyMark(publicKey), {
      launchId: wish.launchId,
      number: 1,
      count: 2,
      part: 'key',
      recipe: '',
    });
  });

  it('stays where another instance has it by now', async () => {
    const cloud = new FakeCloud();
    const { made } = await run(cloud, request({ key }));
    cloud.rows.push(server('other', { id: 'other', keyName: 'ada' }));
    const left = await undoLaunch(made, cloud);
    assert.deepEqual(
      left.map((each) => [each.left.kind, each.error.reason]),
      [['keypair', 'in-use']],
    );
    assert.equal(cloud.keys.length, 1);
  });

  it('stops the launch when another one has its name', async () => {
    const cloud = new FakeCloud();
    cloud.keys = [keypair('ada', { publicKey: 'ssh-rsa BBBB' })];
    const progress = await run(cloud, request({ key }));
    assert.deepEqual(progress.steps[0]?.failure, { kind: 'key-taken', name: 'ada' });
    assert.equal(cloud.bodies.length, 0);
  });
});

describe('undoing a launch', () => {
  it('takes away what was made and tells what stays', async () => {
    const cloud = new FakeCloud();
    const { made } = await run(
      cloud,
      request({ count: 2, key: { kind: 'import', name: 'ada', publicKey: 'ssh-ed25519 A' } }),
    );
    const error = failure('conflict');
    const remove = cloud.deleteServer;
    cloud.deleteServer = (id) => (id === 'id-2' ? Promise.reject(error) : remove(id));
    const left = await undoLaunch(made, cloud);
    assert.deepEqual(left, [{ left: { kind: 'server', id: 'id-2', name: 'web-2' }, error }]);
    assert.deepEqual(cloud.keys, []);
    cloud.deleteServer = () => Promise.reject(failure('not-found'));
    assert.deepEqual(await undoLaunch(made, cloud), []);
  });
});

describe('a launch with a setup', () => {
  const profile = { kind: 'kit', keys: [], packages: [] } as const;
  const said = (...words: string[]) =>
    words.map((word, i) => `{"status":"${word}","epoch":${1_732_000_000_000 + i}}`).join('\n');

  it('is complete as soon as it is active, and follows the setup to its end', async () => {
    const cloud = new FakeCloud();
    cloud.logs = ['', said('running'), said('running'), said('running', 'complete')];
    const outcomes: string[] = [];
    const doing = new Set<string>();
    let last: LaunchProgress | undefined;
    for await (const progress of runSteps(planLaunch(request({ profile }), { buildSeconds: 9 }), cloud)) {
      last = progress;
      const setup = progress.steps.find(({ step }) => step.kind === 'setup');
      outcomes.push(`${progress.outcome} ${setup?.status ?? ''}`);
      if (setup?.doing?.kind === 'setup') doing.add(setup.doing.status);
    }
    assert.ok(outcomes.includes('running waiting'), outcomes.join());
    assert.ok(outcomes.includes('complete running'), outcomes.join());
    assert.equal(outcomes.at(-1), 'complete done');
    assert.ok(doing.has('waiting') && doing.has('running'), [...doing].join());
    assert.deepEqual(
      last?.made.map(({ kind }) => kind),
      ['server'],
    );
    // Each status is written once.
    assert.deepEqual(
      cloud.calls.filter((call) => call.startsWith('write')),
      [
        'write exo:setup {"status":"running","epoch":1732000000000}',
        'write exo:setup {"status":"complete","epoch":1732000000001}',
      ],
    );
    assert.equal(cloud.watched, false);
  });

  for (const [what, logs, status] of [
    ['fails', [said('running', 'error')], 'error'],
    ['never begins', [''], 'timeout'],
    ['never ends', [said('running')], 'timeout'],
    ['cannot be read', [failure('forbidden')], 'unknown'],
  ] as const)
    it(`is complete although the setup ${what}`, async () => {
      const cloud = new FakeCloud();
      cloud.logs = [...logs];
      cloud.ends = { ...cloud.ends, created: new Date(0).toISOString() };
      const progress = await run(cloud, request({ profile }));
      assert.equal(progress.outcome, 'complete');
      const setup = progress.steps.at(-1);
      assert.equal(setup?.status, 'failed');
      assert.deepEqual(setup.failure, { kind: 'setup', name: 'web', status });
    });

  it('goes on where it is when somebody else looks', async () => {
    const cloud = new FakeCloud();
    const wish = request({ profile });
    cloud.logs = [said('running')];
    const plan = planLaunch(wish, { buildSeconds: 9 });
    const first = runSteps(plan, cloud);
    for await (const { outcome } of first) if (outcome === 'complete') break;
    assert.equal(cloud.watched, false);
    cloud.logs = [said('running', 'complete')];
    const progress = await run(cloud, wish, true);
    assert.equal(progress.outcome, 'complete');
    assert.equal(progress.steps.at(-1)?.status, 'done');
    assert.equal(cloud.rows.length, 1);
  });

  it('does not wait for a setup where one instance could not be made', async () => {
    const cloud = new FakeCloud();
    cloud.ends = { status: 'ERROR', fault: { message: 'no room', code: 500, created: undefined } };
    const progress = await run(cloud, request({ profile }));
    assert.equal(progress.outcome, 'failed');
    assert.equal(progress.steps.at(-1)?.status, 'skipped');
  });
});
