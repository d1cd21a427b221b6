import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connectInfo } from '../../../src/launch/connect.js';
import { accountOf, jumpHostFor } from '../../../src/launch/jump-host.js';
import type { ServerAddress } from '../../../src/openstack/compute.js';
import { image, server } from './rows.js';

const at = (network: string, address: string, type: ServerAddress['type'] = 'fixed'): ServerAddress => ({
  network,
  address,
  version: address.includes(':') ? 6 : 4,
  type,
  mac: undefined,
});

const images = [
  image('ubuntu', { osDistro: 'ubuntu' }),
  image('unknown'),
  image('windows', { osDistro: 'windows' }),
];
const inside = { addresses: [at('lab', '10.0.0.4')], keyName: 'ada' };
const reached = (name: string, address: string, network = 'lab') => ({
  name,
  addresses: [at(network, '10.0.0.9'), at(network, address, 'floating')],
});

describe('the way to an instance that only its own network reaches', () => {
  const wayThrough = (...servers: Parameters<typeof server>[1][]) =>
    jumpHostFor(
      inside,
      servers.map((each) => server(each?.name ?? '', each)),
      images,
      undefined,
    );

  it('is another one on that network that has a public address', () => {
    assert.deepEqual(wayThrough(reached('gate', '192.0.2.7')), { name: 'gate', account: 'ubuntu@192.0.2.7' });
    assert.deepEqual(wayThrough({ name: 'six', addresses: [at('lab', '2001:db8::1')] }), {
      name: 'six',
      account: 'ubuntu@[2001:db8::1]',
    });
  });

  it('is one that the same key opens, where there is one', () => {
    const gate = { ...reached('gate', '192.0.2.7'), keyName: 'grace' };
    assert.equal(wayThrough(gate, { ...reached('mine', '192.0.2.8'), keyName: 'ada' })?.name, 'mine');
    assert.equal(wayThrough(gate)?.name, 'gate');
  });

  for (const [name, other] of [
    ['is on another network', reached('far', '192.0.2.7', 'elsewhere')],
    ['has an address for the inside alone', { name: 'near', addresses: [at('lab', '10.0.0.9')] }],
    ['is stopped', { ...reached('off', '192.0.2.7'), status: 'SHUTOFF' as const }],
    ['has an account that nobody knows', { ...reached('odd', '192.0.2.7'), imageId: 'image-unknown' }],
    ['has no SSH', { ...reached('windows', '192.0.2.7'), imageId: 'image-windows' }],
  ] as const)
    it(`is none that ${name}`, () => {
      assert.equal(wayThrough(other), undefined);
    });

  it('is the institution\u2019s before any other', () => {
    const way = jumpHostFor(
      inside,
      [server('gate', reached('gate', '192.0.2.7'))],
      images,
      'bastion.example.org',
    );
    assert.deepEqual(way, { name: undefined, account: 'bastion.example.org' });
  });

  it('stands in the line for a terminal, and only where it is needed', () => {
    const line = (address: ServerAddress) =>
      connectInfo([address], 'debian', 'new.pem', 'ubuntu@192.0.2.7')?.command;
    assert.equal(line(at('lab', '10.0.0.4')), 'ssh -J ubuntu@192.0.2.7 -i new.pem debian@10.0.0.4');
    assert.equal(line(at('lab', '192.0.2.9', 'floating')), 'ssh -i new.pem debian@192.0.2.9');
  });
});

it('knows the account of an image, and of what Exosphere has made', () => {
  assert.equal(accountOf(server('web'), images[0]), 'ubuntu');
  assert.equal(accountOf(server('web'), undefined), undefined);
  assert.equal(accountOf(server('web', { metadata: { exoServerVersion: '6' } }), images[0]), 'exouser');
});
