import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { serverReader } from '../../../src/openstack/server.js';
import { readRow } from '../../../src/openstack/schema.js';

const read = (raw: Readonly<Record<string, unknown>>) =>
  readRow(
    serverReader,
    { id: 'x', name: 'x', status: 'ACTIVE', addresses: {}, flavor: {}, created: '', updated: '', ...raw },
    'server',
  );

describe('a server as it is read', () => {
  it('has no passphrase in its tags, but says that there is one', () => {
    const server = read({ tags: ['web', 'exoPw:able acid also', 'exoPw:'] });
    assert.deepEqual(server.tags, ['web', 'exoPw:']);
    assert.equal(server.hasPassphrase, true);
    assert.ok(!JSON.stringify(server).includes('acid'), 'it is there');
  });

  it('has no password in its metadata, but says that there is one', () => {
    const server = read({ metadata: { exouserPassword: 'hunter2', purpose: 'web' } });
    assert.deepEqual(server.metadata, { exouserPassword: '•••', purpose: 'web' });
    assert.ok(!JSON.stringify(server).includes('hunter2'), 'it is there');
  });

  it('has all other tags and metadata', () => {
    const server = read({ tags: ['exo', 'pw'], metadata: { a: 'b' } });
    assert.deepEqual(server.tags, ['exo', 'pw']);
    assert.equal(server.hasPassphrase, undefined);
    assert.deepEqual(server.metadata, { a: 'b' });
  });
});
