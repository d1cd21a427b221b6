import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { serve, type ServedCloud } from '../../src/simulator/serve.js';
import { ensureStockClient, HOW_TO_INSTALL, openstack } from '../openstack/lib/stock-client.mjs';
import { must } from './choice.js';

interface Shown extends Record<string, unknown> {
  readonly id: string;
  readonly status: string;
}

const client = await ensureStockClient();

describe('the command-line client of OpenStack on the simulator', { skip: !client && HOW_TO_INSTALL }, () => {
  let served: ServedCloud;
  const NAME = 'by-the-stock-client';

  /** What the client prints as JSON, as a member of project demo. */
  async function ask<T>(...args: string[]): Promise<T> {
    return JSON.parse(await run(...args, '-f', 'json')) as T;
  }

  function run(...args: string[]): Promise<string> {
    return openstack(args, {
      // Nothing of the developer's own settings.
      OS_CLIENT_CONFIG_FILE: '/dev/null',
      OS_CLOUD: '',
      OS_AUTH_URL: `${served.url}/v3`,
      OS_USERNAME: 'demo',
      OS_PASSWORD: 'demo-password',
      OS_USER_DOMAIN_NAME: 'Default',
      OS_PROJECT_NAME: 'demo',
      OS_PROJECT_DOMAIN_NAME: 'Default',
      OS_REGION_NAME: 'RegionOne',
      OS_IDENTITY_API_VERSION: '3',
    });
  }

  const show = (): Promise<Shown> => ask<Shown>('server', 'show', NAME);

  async function becomes(status: string): Promise<void> {
    const end = Date.now() + 20_000;
    for (;;) {
      const shown = await show();
      if (shown.status === status) return;
      assert.ok(Date.now() < end, `${status} was expected, and it is ${shown.status}`);
    }
  }

  before(async () => {
    served = await serve({ port: 0, seed: 'empty', buildSeconds: 1, actionSeconds: 0.2 });
  });
  after(() => served.close());

  it('issues a token', async () => {
    const token = await ask<{ id: string; project_id: string }>('token', 'issue');
    assert.notEqual(token.id, '');
    assert.notEqual(token.project_id, '');
  });

  it('lists images, flavors and networks', async () => {
    const images = await ask<{ Name: string; Status: string }[]>('image', 'list');
    assert.ok(
      images.some(({ Name, Status }) => Name === 'Featured-Ubuntu24' && Status === 'active'),
      JSON.stringify(images),
    );
    const flavors = await ask<{ Name: string; VCPUs: number }[]>('flavor', 'list');
    assert.equal(flavors.find(({ Name }) => Name === 'm3.tiny')?.VCPUs, 1);
    const networks = await ask<{ Name: string }[]>('network', 'list');
    assert.ok(
      networks.some(({ Name }) => Name === 'auto_allocated_network'),
      JSON.stringify(networks),
    );
  });

  it('makes a key pair and shows its private half', async () => {
    const printed = await run('keypair', 'create', 'stock-key');
    assert.match(printed, /^-----BEGIN [A-Z ]*PRIVATE KEY-----/);
    const keys = await ask<{ Name: string }[]>('keypair', 'list');
    assert.deepEqual(
      keys.map(({ Name }) => Name),
      ['stock-key'],
    );
  });

  it('creates a server and waits for it', async () => {
    const made = await ask<Shown>(
      ...['server', 'create', '--wait', '--image', 'Featured-Ubuntu24', '--flavor', 'm3.tiny'],
      ...['--network', 'auto_allocated_network', '--key-name', 'stock-key', NAME],
    );
    assert.equal(made.status, 'ACTIVE');
    const listed = await ask<{ ID: string; Name: string; Status: string; Image: string; Flavor: string }[]>(
      'server',
      'list',
    );
    const row = must(
      listed.find(({ ID }) => ID === made.id),
      'server in the list',
    );
    assert.equal(row.Image, 'Featured-Ubuntu24');
    assert.equal(row.Flavor, 'm3.tiny');
  });

  it('shows the server with what it was asked for', async () => {
    const shown = await show();
    assert.equal(shown['name'], NAME);
    assert.equal(shown['key_name'], 'stock-key');
    assert.match(String(shown['image']), /^Featured-Ubuntu24 /);
    assert.match(String(shown['flavor']), /^m3\.tiny/);
    assert.deepEqual(Object.keys(shown['addresses'] as object), ['auto_allocated_network']);
  });

  it('stops and starts it', async () => {
    await run('server', 'stop', NAME);
    await becomes('SHUTOFF');
    await run('server', 'start', NAME);
    await becomes('ACTIVE');
  });

  it('deletes it and waits until it is gone', async () => {
    await run('server', 'delete', '--wait', NAME);
    assert.deepEqual(await ask<unknown[]>('server', 'list'), []);
    await assert.rejects(show(), /No server|could not be found/);
  });

  it('is told what does not exist', async () => {
    await assert.rejects(
      run('server', 'create', '--image', 'no-such-image', '--flavor', 'm3.tiny', 'x'),
      /no-such-image/,
    );
  });
});
