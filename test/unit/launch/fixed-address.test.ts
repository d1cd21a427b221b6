import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { misfitOf } from '../../../src/launch/fixed-address.js';
import type { ServerAddress } from '../../../src/openstack/server.js';

const subnet = (cidr: string, ipv6Mode?: string) => ({ id: cidr, cidr, ipv6Mode });
const at = (address: string): ServerAddress => ({
  network: 'lab',
  address,
  version: address.includes(':') ? 6 : 4,
  type: 'fixed',
  mac: undefined,
});
const servers = [{ name: 'web-1', addresses: [at('10.0.0.9'), at('2001:db8::9')] }];

describe('an address that somebody chooses', () => {
  const FOUR = ['10.0.0.0/20'];
  const BOTH = ['10.0.0.0/24', '2001:db8::/64'];
  for (const [address, cidrs, why] of [
    ['10.0.0.1', FOUR, undefined],
    ['10.0.15.254', FOUR, undefined],
    ['10.0.16.1', FOUR, 'outside'],
    ['192.168.0.7', FOUR, 'outside'],
    ['255.255.255.255', FOUR, 'outside'],
    ['10.0.0.0', FOUR, 'reserved'],
    ['10.0.15.255', FOUR, 'reserved'],
    ['10.0.14.255', FOUR, undefined],
    ['10.0.0.9', FOUR, 'taken'],
    ['10.0.0.7', ['10.9.0.0/24', '10.0.0.0/24'], undefined],
    ['10.0.0.0', ['10.0.0.0/31'], undefined],
    ['10.0.0.1', ['10.0.0.1/32'], undefined],
    ['2001:db8::7', BOTH, undefined],
    ['2001:DB8:0:0::7', BOTH, undefined],
    ['2001:db8:0:0:ffff:ffff:ffff:ffff', BOTH, undefined],
    ['2001:db8::', BOTH, 'reserved'],
    ['2001:db8:0:1::7', BOTH, 'outside'],
    ['2001:db8::7', FOUR, 'outside'],
    ['::ffff:10.0.0.1', BOTH, 'outside'],
    ['2001:0db8::0009', BOTH, 'taken'],
    // Nothing is known of the network, or nothing that can be understood.
    ['192.168.0.7', [], undefined],
    ['192.168.0.7', ['10.0.0.0'], undefined],
    ['192.168.0.7', ['nonsense/8'], undefined],
    ['nonsense', FOUR, undefined],
  ] as const) {
    it(`${address} on ${cidrs.join(' and ')}: ${why ?? 'nothing against it'}`, () =>
      assert.equal(
        misfitOf(
          address,
          cidrs.map((cidr) => subnet(cidr)),
          servers,
        )?.why,
        why,
      ));
  }

  it('says what the network has', () =>
    assert.deepEqual(misfitOf('10.0.1.7', [subnet('10.0.0.0/24'), subnet('fd00::/64')], []), {
      why: 'outside',
      cidrs: ['10.0.0.0/24', 'fd00::/64'],
    }));

  it('says who has it', () =>
    assert.deepEqual(misfitOf('10.0.0.9', [], servers), { why: 'taken', name: 'web-1' }));

  for (const [mode, why] of [
    ['slaac', 'automatic'],
    ['dhcpv6-stateless', 'automatic'],
    ['dhcpv6-stateful', undefined],
  ] as const) {
    it(`cannot be had where IPv6 gives it by itself: ${mode}`, () =>
      assert.equal(misfitOf('fd00::7', [subnet('fd00::/64', mode)], [])?.why, why));
  }
});
