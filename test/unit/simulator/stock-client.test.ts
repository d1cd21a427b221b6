import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { serve, type ServedCloud } from '../../../src/simulator/serve.js';
import { missingClient, StockClient } from './stock-client.js';

const missing = await missingClient();

describe('a stock OpenStack client on the simulated cloud', { skip: missing ?? false }, () => {
  let served: ServedCloud;
  let client: StockClient;

  before(async () => {
    served = await serve({ port: 0, seed: 'empty', buildSeconds: 1, actionSeconds: 0.5 });
    client = await StockClient.signedIn(`${served.url}/v3`, 'demo', 'demo-password', 'demo');
  });
  after(async () => {
    await client.close();
    await served.close();
  });

  it('signs in, and lists services, images, sizes, networks, security groups and limits', async () => {
    const [types, images, flavors, networks, groups, limits] = await Promise.all([
      client.column('Type', 'catalog', 'list'),
      client.column('Name', 'image', 'list'),
      client.column('Name', 'flavor', 'list'),
      client.column('Name', 'network', 'list'),
      client.column('Name', 'security', 'group', 'list'),
      client.run('limits', 'show', '--absolute', '-f', 'value'),
    ]);
    assert.ok(types.includes('compute') && types.includes('network'), types.join());
    assert.ok(images.includes('Featured-Ubuntu24'), images.join());
    assert.ok(flavors.includes('m3.tiny'), flavors.join());
    assert.deepEqual(networks.sort(), ['auto_allocated_network', 'public']);
    assert.deepEqual(groups, ['default']);
    assert.match(limits, /maxTotalInstances 5000/);
  });

  it('makes a key pair, and imports one', async () => {
    const path = await client.file(
      'id.pub',
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl demo@laptop\n',
    );
    const [key] = await Promise.all([
      client.run('keypair', 'create', 'made'),
      client.run('--os-compute-api-version', '2.92', 'keypair', 'create', '--public-key', path, 'imported'),
    ]);
    assert.match(key, /^-----BEGIN RSA PRIVATE KEY-----/);
    assert.deepEqual((await client.column('Name', 'keypair', 'list')).sort(), ['imported', 'made']);
  });

  it('takes a server through its life', async () => {
    const created = await client.run(
      'server', 'create', '--image', 'Featured-Ubuntu24', '--flavor', 'm3.tiny',
      '--network', 'auto_allocated_network', '--key-name', 'made', '--property', 'purpose=test',
      '--wait', '-f', 'value', '-c', 'status', 'life',
    ); // prettier-ignore
    assert.equal(created.trim(), 'ACTIVE');
    const [shown, log, names] = await Promise.all([
      client.run('server', 'show', 'life', '-f', 'json'),
      client.run('console', 'log', 'show', 'life'),
      client.column('Name', 'server', 'list'),
    ]);
    assert.match(shown, /"auto_allocated_network"/);
    assert.match(shown, /"key_name": "made"/);
    assert.match(shown, /m3\.tiny/);
    assert.match(log, /login:/);
    assert.deepEqual(names, ['life']);
    await client.run('server', 'stop', 'life');
    const status = () => client.run('server', 'show', 'life', '-f', 'value', '-c', 'status');
    const end = Date.now() + 30_000;
    while ((await status()).trim() !== 'SHUTOFF') assert.ok(Date.now() < end, 'the server does not stop');
    await client.run('server', 'delete', '--wait', 'life');
    assert.deepEqual(await client.column('Name', 'server', 'list'), []);
  });

  it('is told what is wrong', async () => {
    const [reader, stranger] = await Promise.all([
      StockClient.signedIn(`${served.url}/v3`, 'reader', 'reader-password', 'demo'),
      StockClient.signedIn(`${served.url}/v3`, 'demo', 'wrong', 'demo'),
    ]);
    const [missed, refused, unknown] = await Promise.all([
      client.try('server', 'show', 'nothing'),
      reader.try(
        'server', 'create', '--image', 'Featured-Debian12', '--flavor', 'm3.tiny',
        '--network', 'auto_allocated_network', 'mine',
      ), // prettier-ignore
      stranger.try('server', 'list'),
    ]);
    await Promise.all([reader.close(), stranger.close()]);
    assert.match(missed.stderr, /No server with a name or ID of 'nothing' exists/i);
    assert.match(refused.stderr, /Policy doesn't allow os_compute_api:servers:create to be performed/);
    assert.match(unknown.stderr, /requires authentication.*401/);
    assert.deepEqual([missed.code, refused.code, unknown.code], [1, 1, 1]);
  });
});
