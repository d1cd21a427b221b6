import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCatalog } from '../../../src/openstack/catalog.js';
import { systemClock, type Clock } from '../../../src/openstack/clock.js';
import { OpenStackError, type ErrorFacts } from '../../../src/openstack/errors.js';
import {
  probe,
  probeClient,
  probeSignIn,
  servicesOf,
  type Check,
  type ProbeClient,
} from '../../../src/openstack/probe.js';
import { Transport } from '../../../src/openstack/transport.js';
import { goodToken } from './network.helper.js';

type Answers = (method: string, path: string) => Response | undefined;

/** A client of a service that answers as the test says; undefined is no answer at all. */
function client(type: 'identity' | 'compute' | 'image', answers: Answers): ProbeClient {
  const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const answer = answers(request.method, new URL(request.url).pathname);
    if (!answer) throw new TypeError('Failed to fetch');
    return Promise.resolve(answer);
  };
  const Client = probeClient(type);
  // Waits for no retry; a deadline is longer than any of their pauses.
  const clock: Clock = {
    now: () => systemClock.now(),
    random: () => 0.5,
    sleep: (ms, signal) => (ms < 10_000 ? Promise.resolve() : systemClock.sleep(ms, signal)),
  };
  return new Client({
    transport: new Transport({ fetch, clock }),
    type,
    endpoint: `https://${type}.example${type === 'identity' ? '/v3' : ''}`,
    tokens: goodToken,
    projectId: 'p1',
  });
}

const json = (status: number, headers: Record<string, string> = {}): Response =>
  new Response('{}', { status, headers: { 'content-type': 'application/json', ...headers } });

const outcomes = (checks: readonly Check[]): Record<string, string> =>
  Object.fromEntries(checks.map(({ id, outcome }) => [id, outcome]));

describe('looking at a service', () => {
  const ID = { 'x-openstack-request-id': 'req-1' };
  const cases: readonly (readonly [string, Answers, Record<string, string>])[] = [
    [
      'everything works',
      (method) => json(method === 'DELETE' ? 404 : 200, ID),
      { read: 'good', change: 'good', 'request-id': 'good' },
    ],
    [
      'its request ids are hidden',
      (method) => json(method === 'DELETE' ? 404 : 200),
      { read: 'good', change: 'good', 'request-id': 'note' },
    ],
    ['this person may not ask', () => json(403, ID), { read: 'note', change: 'good' }],
    ['nothing answers', () => undefined, { read: 'bad' }],
    ['it is broken', () => json(500), { read: 'bad' }],
    [
      'a browser may read and not change',
      (method) => (method === 'DELETE' ? undefined : json(200, ID)),
      { read: 'good', change: 'bad', 'request-id': 'good' },
    ],
  ];
  for (const [title, answers, expected] of cases)
    it(title, async () => {
      assert.deepEqual(outcomes(await probe('image', client('image', answers), systemClock)), expected);
    });

  it('says how far a clock is off that can be read', async () => {
    const date = new Date(systemClock.now() + 3_600_000).toUTCString();
    const checks = await probe(
      'image',
      client('image', (method) => json(method === 'DELETE' ? 404 : 200, { ...ID, date })),
      systemClock,
    );
    const clock = checks.find(({ id }) => id === 'clock');
    assert.equal(clock?.outcome, 'note');
    assert.ok(Math.abs(Number(clock.value) - 3600) < 5, `off by ${clock.value} s`);
  });

  it('names the microversions, or says that there are none to be read', async () => {
    const versions = { version: { id: 'v2.1', version: '2.93', min_version: '2.1' } };
    const good = await probe(
      'compute',
      client('compute', (method, path) =>
        path.endsWith('/v2.1/')
          ? new Response(JSON.stringify(versions), { headers: { 'content-type': 'application/json' } })
          : json(method === 'DELETE' ? 404 : 200, ID),
      ),
      systemClock,
    );
    assert.equal(good.find(({ id }) => id === 'microversions')?.value, '2.1 – 2.93');
    const none = await probe(
      'compute',
      client('compute', (method, path) =>
        path.endsWith('/v2.1/') ? json(403, ID) : json(method === 'DELETE' ? 404 : 200, ID),
      ),
      systemClock,
    );
    assert.equal(none.find(({ id }) => id === 'microversions')?.outcome, 'note');
  });

  it('tells whether people may keep credentials, and limit them', async () => {
    const look = async (rules: number, credentials: number): Promise<Record<string, string>> => {
      const answers: Answers = (method, path) => {
        if (path.endsWith('/users/u%201/access_rules')) return json(rules, ID);
        if (path.endsWith('/users/u%201/application_credentials')) return json(credentials, ID);
        return json(method === 'DELETE' ? 404 : 200, ID);
      };
      const { 'application-credentials': kept, 'access-rules': limited } = outcomes(
        await probe('identity', client('identity', answers), systemClock, { userId: 'u 1' }),
      );
      return { kept: String(kept), limited: String(limited) };
    };
    assert.deepEqual(await look(200, 200), { kept: 'good', limited: 'good' });
    assert.deepEqual(await look(404, 200), { kept: 'good', limited: 'note' });
    assert.deepEqual(await look(404, 403), { kept: 'note', limited: 'note' });
  });

  it('stops when nobody waits any more', async () => {
    const stop = new AbortController();
    stop.abort();
    await assert.rejects(
      probe(
        'image',
        client('image', () => json(200)),
        systemClock,
        { signal: stop.signal },
      ),
      {
        name: 'AbortError',
      },
    );
  });
});

describe('whether people can sign in from a page', () => {
  const refusing = (facts: Partial<ErrorFacts>) => ({
    authenticate: () =>
      Promise.reject(
        new OpenStackError({ kind: 'auth', attempt: { action: 'discover-cloud' }, status: 401, ...facts }),
      ),
  });

  it('is so where the service itself refuses a token that nobody has', async () => {
    assert.deepEqual(await probeSignIn(refusing({})), { id: 'sign-in', outcome: 'good' });
    assert.equal((await probeSignIn(refusing({ kind: 'not-found', status: 404 }))).outcome, 'good');
  });

  it('is not so where the browser keeps the request back, with the lines that change it', async () => {
    const lines = ['[cors]', 'allowed_origin = https://portal.example'];
    const check = await probeSignIn(refusing({ kind: 'cors', status: undefined, configLines: lines }));
    assert.equal(check.outcome, 'bad');
    assert.deepEqual(check.lines, lines);
  });
});

describe('the services of a catalog', () => {
  const endpoint = (region: string, face = 'public') => ({
    interface: face,
    region,
    region_id: region,
    url: `https://${region}.example`,
  });
  const kinds = (...entries: { type: string; endpoints: unknown[] }[]) =>
    servicesOf(readCatalog(entries), 'One').map(({ type, kind }) => [type, kind]);

  it('are told apart by what can be done about each', () => {
    assert.deepEqual(
      kinds(
        { type: 'compute', endpoints: [endpoint('One')] },
        { type: 'image', endpoints: [endpoint('One', 'internal')] },
        { type: 'network', endpoints: [endpoint('Two')] },
        { type: 'identity', endpoints: [endpoint('Two')] },
        { type: 'unheard-of', endpoints: [endpoint('One')] },
      ).sort(),
      [
        ['compute', 'checked'],
        ['identity', 'checked'],
        ['image', 'internal-only'],
        ['network', 'other-region'],
        ['unheard-of', 'unused'],
      ],
    );
  });

  it('that go by two names are looked at once', () => {
    assert.deepEqual(
      kinds(
        { type: 'volumev3', endpoints: [endpoint('One')] },
        { type: 'block-storage', endpoints: [endpoint('One')] },
      ),
      [
        ['block-storage', 'checked'],
        ['volumev3', 'alias'],
      ],
    );
  });
});
