import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { offerNetworks, type NetworkFacts } from '../../../src/launch/networks.js';
import { network } from './rows.js';

const facts = (change: Partial<NetworkFacts> = {}): NetworkFacts => ({
  networks: [],
  absent: false,
  projectId: 'project',
  ...change,
});
const out = network('public', { external: true, projectId: 'operators', isDefault: true });
const plain = { ...out, isDefault: false };
const mine = network('mine');
const lab = network('lab', { shared: true, projectId: 'operators' });

describe('the network of a launch', () => {
  it('takes the only one', () => {
    const offer = offerNetworks(facts({ networks: [out, mine] }), []);
    assert.deepEqual(offer.choice, { kind: 'network', id: mine.id, name: 'mine' });
    assert.equal(offer.ask, false);
  });

  it('asks Neutron to make one where there is none', () => {
    assert.deepEqual(offerNetworks(facts({ networks: [out] }), []).choice, { kind: 'topology' });
  });

  it('has no way where there is no network and none can be made', () => {
    assert.equal(offerNetworks(facts({ networks: [plain] }), []).choice, undefined);
  });

  it('takes the one that was made for the project, whatever others there are', () => {
    const made = network('auto_allocated_network');
    assert.deepEqual(offerNetworks(facts({ networks: [lab, mine, made] }), []).choice, {
      kind: 'network',
      id: made.id,
      name: made.name,
    });
  });

  it('asks where several could be meant, and begins with an own one', () => {
    const offer = offerNetworks(facts({ networks: [lab, network('zeta'), mine] }), []);
    assert.equal(offer.ask, true);
    assert.equal(offer.automatic, undefined);
    assert.deepEqual(offer.choice, { kind: 'network', id: mine.id, name: 'mine' });
  });

  it('does what is wanted, by name or id', () => {
    assert.deepEqual(offerNetworks(facts({ networks: [mine, lab] }), [undefined, 'gone', 'lab']).choice, {
      kind: 'network',
      id: lab.id,
      name: 'lab',
    });
  });

  it('offers the way out only where it is shared, and nothing that gives no address', () => {
    const shared = network('provider', { external: true, shared: true });
    const networks = [
      out,
      shared,
      network('bare', { subnets: [] }),
      network('down', { status: 'DOWN' }),
      network('off', { adminStateUp: false }),
    ];
    assert.deepEqual(offerNetworks(facts({ networks }), []).usable, [shared]);
  });

  it('leaves it to the cloud where it shows no network service', () => {
    assert.deepEqual(offerNetworks(facts({ absent: true }), []).choice, { kind: 'auto' });
  });
});
